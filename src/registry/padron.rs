//! The embedded registry: companies, representatives and cards from three tables of the
//! operator's own (`empresas.tsv`, `representantes.tsv`, `cedulas.tsv`), or from the small made-up
//! world that comes with the program. For offices without a line to the State's services, for
//! demonstrations and for tests.

mod facts;

use std::collections::HashMap;
use std::fs::File;
use std::hash::Hash;
use std::io::Read;
use std::path::Path;
use std::time::UNIX_EPOCH;

use async_trait::async_trait;
use time::Date;

use super::table::{Line, Table, TableError, TableFault};
use super::words::{
    CARD_STATES, COMPANY_STATES, CardState, CompanyState, DATE, REPRESENTATIVE_STATES, RepresentativeState,
    Words, judge_card,
};
use crate::clock::Clock;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::register::{Card, Company, Down, Looked, Representation, Service};
use crate::domain::rut::Rut;
use crate::registry::Registry;

const COMPANIES: &str = "empresas.tsv";
const REPRESENTATIVES: &str = "representantes.tsv";
const CARDS: &str = "cedulas.tsv";
const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

type Companies = HashMap<Rut, (CompanyState, Clean)>;
/// By company and person.
type Representatives = HashMap<(Rut, Rut), (RepresentativeState, Clean)>;

struct CardRow {
    serial: Serial,
    state: CardState,
    /// The last day on which it is valid; without one it never expires.
    valid_until: Option<Date>,
}

/// All three tables, in memory.
pub struct Padron {
    companies: Companies,
    representatives: Representatives,
    cards: HashMap<Rut, Vec<CardRow>>,
    clock: Clock,
    /// When the older of SII's two tables was written, in milliseconds since 1970. The invented world is
    /// never old.
    listed_ms: Option<u64>,
}

impl Padron {
    /// Reads the three tables of a folder. All of it is right, or nothing is taken.
    ///
    /// # Errors
    /// For the first thing that is wrong, with file, line, column and remedy.
    pub fn load(folder: &Path, clock: Clock) -> Result<Self, TableError> {
        let read = |file: &str| {
            let fault = |fault| TableError { file: file.to_string(), line: 0, column: None, fault };
            let unreadable = |error: std::io::Error| fault(TableFault::Unreadable(error.to_string()));
            let mut bytes = Vec::new();
            let opened = File::open(folder.join(file)).map_err(unreadable)?;
            let written = opened.metadata().and_then(|metadata| metadata.modified()).map_err(unreadable)?;
            opened.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
            if bytes.len() as u64 > MAX_FILE_BYTES {
                return Err(fault(TableFault::Large));
            }
            let text = String::from_utf8(bytes).map_err(|_| fault(TableFault::NotUtf8))?;
            Ok((text, written))
        };
        let ((companies, one), (representatives, other)) = (read(COMPANIES)?, read(REPRESENTATIVES)?);
        let parsed = Self::parse(&companies, &representatives, &read(CARDS)?.0, clock)?;
        let since_1970 = one.min(other).duration_since(UNIX_EPOCH).unwrap_or_default();
        let listed_ms = Some(u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX));
        Ok(Padron { listed_ms, ..parsed })
    }

    /// The invented world: nobody in it exists, and every outcome can be tried.
    pub fn demo(clock: Clock) -> Self {
        let parsed = Self::parse(
            include_str!("../../assets/demo/empresas.tsv"),
            include_str!("../../assets/demo/representantes.tsv"),
            include_str!("../../assets/demo/cedulas.tsv"),
            clock,
        );
        match parsed {
            Ok(padron) => padron,
            Err(error) => unreachable!("a test reads these very tables: {error}"),
        }
    }

    fn parse(companies: &str, representatives: &str, cards: &str, clock: Clock) -> Result<Self, TableError> {
        let companies = read_companies(companies)?;
        let representatives = read_representatives(representatives, &companies)?;
        let (cards, listed_ms) = (read_cards(cards)?, None);
        Ok(Padron { representatives, cards, companies, clock, listed_ms })
    }

    /// An answer as old as SII's tables.
    fn listed<T>(&self, answer: Result<T, Down>) -> Looked<T> {
        Looked { answer, calls: Vec::new(), listed_ms: self.listed_ms }
    }
}

fn read_companies(text: &str) -> Result<Companies, TableError> {
    let table = Table::new(COMPANIES, text, &["rut", "razon_social", "estado"])?;
    let (mut companies, mut seen) = (HashMap::new(), HashMap::new());
    for line in table.lines() {
        let company = rut(&line, "rut")?;
        once(&line, "rut", &mut seen, company)?;
        let name = Clean::new(&line.filled("razon_social")?);
        companies.insert(company, (word(&line, "estado", &COMPANY_STATES)?, name));
    }
    Ok(companies)
}

fn read_representatives(text: &str, companies: &Companies) -> Result<Representatives, TableError> {
    let table = Table::new(REPRESENTATIVES, text, &["rut_empresa", "rut_persona", "nombre", "estado"])?;
    let (mut representatives, mut seen) = (HashMap::new(), HashMap::new());
    for line in table.lines() {
        let (company, person) = (rut(&line, "rut_empresa")?, rut(&line, "rut_persona")?);
        if !companies.contains_key(&company) {
            return Err(line.fault("rut_empresa", TableFault::NoCompany));
        }
        once(&line, "rut_persona", &mut seen, (company, person))?;
        let name = Clean::new(&line.filled("nombre")?);
        representatives.insert((company, person), (word(&line, "estado", &REPRESENTATIVE_STATES)?, name));
    }
    Ok(representatives)
}

fn read_cards(text: &str) -> Result<HashMap<Rut, Vec<CardRow>>, TableError> {
    let table = Table::new(CARDS, text, &["rut", "numero_serie", "estado", "vencimiento"])?;
    let mut cards: HashMap<Rut, Vec<CardRow>> = HashMap::new();
    let mut seen = HashMap::new();
    for line in table.lines() {
        let holder = rut(&line, "rut")?;
        let serial = line.filled("numero_serie")?.parse::<Serial>();
        let serial = serial.map_err(|_| line.fault("numero_serie", TableFault::Serial))?;
        once(&line, "numero_serie", &mut seen, (holder, serial.clone()))?;
        let state = word(&line, "estado", &CARD_STATES)?;
        let valid_until = match line.cell("vencimiento")? {
            date if date.is_empty() => None,
            date => {
                let parsed = Date::parse(&date, DATE);
                Some(parsed.map_err(|_| line.fault("vencimiento", TableFault::Date))?)
            }
        };
        cards.entry(holder).or_default().push(CardRow { serial, state, valid_until });
    }
    Ok(cards)
}

fn rut(line: &Line<'_>, column: &'static str) -> Result<Rut, TableError> {
    let parsed = line.filled(column)?.parse::<Rut>();
    parsed.map_err(|error| line.fault(column, TableFault::Rut(error.to_string())))
}

fn word<T: Copy + PartialEq>(
    line: &Line<'_>,
    column: &'static str,
    words: &Words<T>,
) -> Result<T, TableError> {
    let found = words.meaning(&line.filled(column)?);
    found.ok_or_else(|| line.fault(column, TableFault::State(words.all)))
}

fn once<K: Eq + Hash>(
    line: &Line<'_>,
    column: &'static str,
    seen: &mut HashMap<K, usize>,
    key: K,
) -> Result<(), TableError> {
    match seen.insert(key, line.number) {
        None => Ok(()),
        Some(before) => Err(line.fault(column, TableFault::Twice(before))),
    }
}

fn down(service: Service) -> Down {
    Down { service, reason: "the padron says sin-servicio".to_string() }
}

#[async_trait]
impl Registry for Padron {
    async fn company(&self, company: Rut) -> Looked<Company> {
        let answer = match self.companies.get(&company) {
            Some((CompanyState::Open, name)) => Ok(Company::Open { name: name.clone() }),
            Some((CompanyState::Closed, name)) => Ok(Company::Closed { name: name.clone() }),
            Some((CompanyState::NoService, _)) => Err(down(Service::Sii)),
            None => Ok(Company::Unknown),
        };
        self.listed(answer)
    }

    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
        if let Some((CompanyState::NoService, _)) = self.companies.get(&company) {
            return Err(down(Service::Sii)).into();
        }
        let answer = match self.representatives.get(&(company, person)) {
            Some((RepresentativeState::Current, name)) => {
                Ok(Representation::Current { name: Some(name.clone()) })
            }
            Some((RepresentativeState::Former, _)) => Ok(Representation::Former),
            Some((RepresentativeState::NoService, _)) => Err(down(Service::Sii)),
            None => Ok(Representation::Never),
        };
        self.listed(answer)
    }

    async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card> {
        let Some(cards) = self.cards.get(&holder) else { return Ok(Card::Unlisted).into() };
        if cards.iter().any(|card| card.state == CardState::NoService) {
            return Err(down(Service::RegistroCivil)).into();
        }
        let card = cards.iter().find(|card| card.serial == *serial);
        Ok(card.map_or(Card::DoesNotMatch, |card| judge_card(card.state, card.valid_until, &self.clock)))
            .into()
    }
}

#[cfg(test)]
#[path = "padron_tests.rs"]
mod tests;
