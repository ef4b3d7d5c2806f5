//! The bulk register: millions of companies, representatives and cards, imported with `totem import`
//! from files that an operator has, each kind into one sorted file of its own.
//!
//! # How the kinds join
//!
//! SII's list of names is the authority for what exists and what is closed. RES only fills in
//! companies that SII's list doesn't have yet. What is published of RES says who was formed, and of
//! nobody that it was dissolved: without SII's list nothing can be said of a company, and the register
//! is then down. *Unknown* would be a lie, and so would *open*. A dissolution counts where a file has one.
//!
//! # Why a sorted file of pages
//!
//! Measured with 3.4 million companies on two shared cores that had much else to do, all in one run
//! (`cargo bench --bench register`); the two others were handed rows that were read and sorted already:
//!
//! | | sorted file | sled tree | fst map and a file of rows |
//! |---|---|---|---|
//! | making it | 3.2 s, reading and sorting included | 49 s | 4.9 s |
//! | on the disk | 147 MiB | 467 MiB | 144 MiB |
//! | found, p50 and p99 | 6.8 µs, 8.7 µs | 10.9 µs, 319 µs | 1.7 µs, 3.2 µs |
//! | memory of the kiosk (PSS) | under 0.1 MiB | 69 MiB | 14.5 MiB, grows with the rows |
//!
//! sled misses every aim. The map finds faster than anybody can tell, but without unsafe code it can't
//! be mapped and lies in memory whole, where the kiosk has no room for it, and nothing in it tells a
//! damaged row from a right one. The sorted file takes the two reads of a page, checks their sums, and
//! keeps its memory for itself.
//!
//! # Off the event loop
//!
//! With the file in the page cache a look-up costs a stat and two reads of a page, 7 µs; without, it
//! waits for a disk twice: 0.1 ms here, p99 0.3 ms, a hundred times that where disks turn, and seconds
//! where one fails. So each runs on the pool for blocking work, like argon2, which costs some 15 µs: a
//! key press is never behind a disk.
//!
//! # A new one under a running kiosk
//!
//! A register is replaced by renaming. Each look-up compares the identity of the file under the name
//! with that of the open one, and opens the new one when they differ; whoever is reading the old one
//! reads it to the end.

pub mod block;
mod error;
mod gone;
pub mod import;
mod import_error;
mod kind;
pub mod lines;
pub mod rows;
mod shelf;
mod sort;
pub mod sorted;
mod sorted_writer;
mod staging;
pub mod unpack;
pub mod value;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::task::spawn_blocking;

pub use error::RegisterError;
pub use kind::Kind;
pub use shelf::RegisterShelf;

use super::words::{CardState, CompanyState, RepresentativeState, judge_card};
use crate::clock::Clock;
use crate::domain::cedula::Serial;
use crate::domain::register::{Card, Company, Down, Looked, Representation, Service};
use crate::domain::rut::Rut;
use crate::registry::Registry;

/// The registers of a folder, as they are at each look-up.
#[derive(Clone)]
pub struct Bulk {
    shelf: Arc<RegisterShelf>,
    clock: Clock,
}

impl Bulk {
    /// Opens nothing yet: what is missing or damaged is told by each look-up, and the kiosk starts.
    pub fn new(folder: &Path, clock: Clock) -> Self {
        Bulk { shelf: Arc::new(RegisterShelf::new(folder)), clock }
    }

    /// Runs a look-up where it may wait for a disk. Its answer is as old as the list that gave it.
    async fn look_up<T: Send + 'static>(
        &self,
        service: Service,
        look: impl FnOnce(&RegisterShelf) -> Result<(T, Kind), String> + Send + 'static,
    ) -> Looked<T> {
        let shelf = self.shelf.clone();
        let looked = spawn_blocking(move || {
            let (answer, kind) = look(&shelf)?;
            let listed_ms = shelf.current(kind).map_err(|error| error.to_string())?.summary().listed_ms;
            Ok((answer, listed_ms))
        });
        match looked.await.unwrap_or_else(|error| Err(error.to_string())) {
            Ok((answer, listed_ms)) => {
                Looked { answer: Ok(answer), calls: Vec::new(), listed_ms: Some(listed_ms) }
            }
            Err(reason) => Err(Down { service, reason }).into(),
        }
    }
}

#[async_trait]
impl Registry for Bulk {
    async fn company(&self, company: Rut) -> Looked<Company> {
        self.look_up(Service::Sii, move |shelf| look_up_company(shelf, company)).await
    }

    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
        self.look_up(Service::Sii, move |shelf| look_up_representation(shelf, company, person)).await
    }

    async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card> {
        let (serial, clock) = (serial.clone(), self.clock.clone());
        self.look_up(Service::RegistroCivil, move |shelf| look_up_card(shelf, holder, &serial, &clock)).await
    }
}

/// Asks SII's list, and then RES.
fn look_up_company(shelf: &RegisterShelf, company: Rut) -> Result<(Company, Kind), String> {
    let key = value::company_key(company);
    let said = |error: RegisterError| error.to_string();
    let sii = match shelf.find(Kind::SiiNombres, key) {
        Ok(None) => Ok(()),
        Err(missing @ RegisterError::Missing(_)) => Err(missing),
        found => return answer_company(Kind::SiiNombres, found.map_err(said)?),
    };
    match shelf.find(Kind::Res, key) {
        Ok(Some(value)) => match (answer_company(Kind::Res, Some(value))?, sii) {
            ((Company::Open { .. }, _), Err(missing)) => {
                Err(format!("RES knows it, and not whether it is open; {}", said(missing)))
            }
            (answer, _) => Ok(answer),
        },
        Ok(None) | Err(RegisterError::Missing(_)) => {
            sii.map(|()| (Company::Unknown, Kind::SiiNombres)).map_err(said)
        }
        Err(error) => Err(said(error)),
    }
}

fn answer_company(kind: Kind, found: Option<Vec<u8>>) -> Result<(Company, Kind), String> {
    let Some(found) = found else { return Ok((Company::Unknown, kind)) };
    match value::company(&found) {
        Some((CompanyState::Open, name)) => Ok((Company::Open { name }, kind)),
        Some((CompanyState::Closed, name)) => Ok((Company::Closed { name }, kind)),
        Some((CompanyState::NoService, _)) => Err(no_service()),
        None => Err(not_understood(kind)),
    }
}

fn look_up_representation(
    shelf: &RegisterShelf,
    company: Rut,
    person: Rut,
) -> Result<(Representation, Kind), String> {
    let (key, kind) = (value::representative_key(company, person), Kind::Representantes);
    let found = shelf.find(kind, key).map_err(|error| error.to_string())?;
    let Some(found) = found else { return Ok((Representation::Never, kind)) };
    match value::representative(&found) {
        Some((RepresentativeState::Current, name)) => {
            Ok((Representation::Current { name: Some(name) }, kind))
        }
        Some((RepresentativeState::Former, _)) => Ok((Representation::Former, kind)),
        Some((RepresentativeState::NoService, _)) => Err(no_service()),
        None => Err(not_understood(kind)),
    }
}

fn look_up_card(
    shelf: &RegisterShelf,
    holder: Rut,
    serial: &Serial,
    clock: &Clock,
) -> Result<(Card, Kind), String> {
    let (key, kind) = (value::card_key(holder, serial), Kind::Cedulas);
    let found = shelf.find(kind, key).map_err(|error| error.to_string())?;
    let Some(found) = found else {
        let has_another =
            shelf.has_between(kind, value::cards_of(holder)).map_err(|error| error.to_string())?;
        return Ok((if has_another { Card::DoesNotMatch } else { Card::Unlisted }, kind));
    };
    match value::card(&found) {
        Some((CardState::NoService, _)) => Err(no_service()),
        Some((state, valid_until)) => Ok((judge_card(state, valid_until, clock), kind)),
        None => Err(not_understood(kind)),
    }
}

fn no_service() -> String {
    "the register says sin-servicio".to_string()
}

fn not_understood(kind: Kind) -> String {
    RegisterError::OtherVersion(kind).to_string()
}

#[cfg(test)]
#[path = "bulk_tests.rs"]
mod tests;
