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

#[async_trait]
pub trait Registry: Send + Sync {
    async fn company(&self, company: Rut) -> Looked<Company>;
    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation>;
    async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card>;
}

/// One source for each question.
pub struct Mixed {
    pub companies: Arc<dyn Registry>,
    pub representatives: Arc<dyn Registry>,
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
