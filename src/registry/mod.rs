//! What the kiosk asks of the State's registers: is the company alive, is this its
//! representative, is this their card. Unknown is never yes: a service that doesn't answer is
//! [`Down`](crate::domain::register::Down), and every other outcome has a name.

pub mod bulk;
pub mod padron;
pub mod soap;
mod table;
mod words;

pub use table::{TableError, TableFault};

use std::sync::Arc;

use async_trait::async_trait;

use crate::domain::cedula::Serial;
use crate::domain::register::{Card, Company, Looked, Representation};
use crate::domain::rut::Rut;

/// Whoever answers for SII and Registro Civil. An answer comes with the calls that it took.
#[async_trait]
pub trait Registry: Send + Sync {
    /// Whether SII knows the company and it is open.
    async fn company(&self, company: Rut) -> Looked<Company>;
    /// Whether the person represents the company, by SII.
    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation>;
    /// Whether the card is the holder's and good today, by Registro Civil.
    async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card>;
}

/// One source for each question.
pub struct Mixed {
    /// Answers about companies.
    pub companies: Arc<dyn Registry>,
    /// Answers about representatives.
    pub representatives: Arc<dyn Registry>,
    /// Answers about cards.
    pub cards: Arc<dyn Registry>,
}

#[async_trait]
impl Registry for Mixed {
    async fn company(&self, company: Rut) -> Looked<Company> {
        self.companies.company(company).await
    }

    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
        self.representatives.representation(company, person).await
    }

    async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card> {
        self.cards.card(holder, serial).await
    }
}
