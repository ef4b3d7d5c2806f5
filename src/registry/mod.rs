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

/// A list, and the service itself beside it for whom the list doesn't know: a company or a representative
/// of the last weeks is on no list yet.
pub struct ListFirst {
    /// Asked first.
    pub list: Arc<dyn Registry>,
    /// Asked where the list knows nothing, or can't be read.
    pub service: Arc<dyn Registry>,
}

#[async_trait]
impl Registry for ListFirst {
    async fn company(&self, company: Rut) -> Looked<Company> {
        let listed = self.list.company(company).await;
        match listed.answer {
            Ok(Company::Unknown) | Err(_) => self.service.company(company).await,
            Ok(Company::Open { .. } | Company::Closed { .. }) => listed,
        }
    }

    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
        let listed = self.list.representation(company, person).await;
        match listed.answer {
            Ok(Representation::Never) | Err(_) => self.service.representation(company, person).await,
            Ok(Representation::Current { .. } | Representation::Former) => listed,
        }
    }

    async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card> {
        self.list.card(holder, serial).await
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::register::{Down, Service};

    /// Says the same of everybody.
    struct Says(Result<Company, Down>, Result<Representation, Down>, Card);

    #[async_trait]
    impl Registry for Says {
        async fn company(&self, _: Rut) -> Looked<Company> {
            self.0.clone().into()
        }

        async fn representation(&self, _: Rut, _: Rut) -> Looked<Representation> {
            self.1.clone().into()
        }

        async fn card(&self, _: Rut, _: &Serial) -> Looked<Card> {
            Ok(self.2).into()
        }
    }

    fn down() -> Down {
        Down { service: Service::Sii, reason: "cut".into() }
    }

    async fn first(list: Says) -> (Result<Company, Down>, Result<Representation, Down>, Result<Card, Down>) {
        let service = Says(
            Ok(Company::Open { name: "by SII".into() }),
            Ok(Representation::Current { name: Some("by SII".into()) }),
            Card::Blocked,
        );
        let both = ListFirst { list: Arc::new(list), service: Arc::new(service) };
        let rut = Rut::of_body(60_000_001).expect("a RUT");
        let serial = "123456789".parse().expect("a serial");
        (
            both.company(rut).await.answer,
            both.representation(rut, rut).await.answer,
            both.card(rut, &serial).await.answer,
        )
    }

    /// A company of the last weeks is on no list, nor is its representative.
    #[tokio::test]
    async fn the_service_is_asked_for_whom_the_list_lacks() {
        let by_sii = (
            Ok(Company::Open { name: "by SII".into() }),
            Ok(Representation::Current { name: Some("by SII".into()) }),
            Ok(Card::Matches),
        );
        assert_eq!(first(Says(Ok(Company::Unknown), Ok(Representation::Never), Card::Matches)).await, by_sii);
        assert_eq!(
            first(Says(Err(down()), Err(down()), Card::Matches)).await,
            by_sii,
            "no list was imported"
        );
    }

    #[tokio::test]
    async fn what_the_list_knows_it_answers_alone() {
        let closed = Company::Closed { name: "listed".into() };
        let open = Company::Open { name: "listed".into() };
        let current = Representation::Current { name: Some("listed".into()) };
        for (company, representation) in [(closed, Representation::Former), (open, current)] {
            let list = Says(Ok(company.clone()), Ok(representation.clone()), Card::Expired);
            assert_eq!(first(list).await, (Ok(company), Ok(representation), Ok(Card::Expired)));
        }
    }
}
