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

use crate::clock::Clock;
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
/// of the last weeks is on no list yet. Once the list is so old that its *no* doesn't count, the service is
/// asked about everybody, and the list stands in only while that is down.
pub struct ListFirst {
    /// Asked first.
    pub list: Arc<dyn Registry>,
    /// Asked where the list knows nothing, is old, or can't be read.
    pub service: Arc<dyn Registry>,
    /// Tells how old the list is.
    pub clock: Clock,
}

impl ListFirst {
    async fn lists(&self, company: Rut) -> bool {
        !matches!(self.list.company(company).await.answer, Ok(Company::Unknown) | Err(_))
    }

    /// What counts of both.
    async fn of<T: Send>(
        &self,
        listed: Looked<T>,
        is_known: impl Fn(&T) -> bool + Send,
        asked: impl Future<Output = Looked<T>> + Send,
    ) -> Looked<T> {
        let is_old = listed.is_old((self.clock)());
        let knows = listed.answer.as_ref().is_ok_and(is_known);
        if knows && !is_old {
            return listed;
        }
        let said = asked.await;
        if said.answer.is_err() && knows { Looked { calls: said.calls, ..listed } } else { said }
    }
}

#[async_trait]
impl Registry for ListFirst {
    async fn company(&self, company: Rut) -> Looked<Company> {
        let listed = self.list.company(company).await;
        let is_known = |said: &Company| *said != Company::Unknown;
        self.of(listed, is_known, self.service.company(company)).await
    }

    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
        let listed = self.list.representation(company, person).await;
        // Nobody represents themself: where there is no account it is asked so, and answered from where it
        // is for a company that has one (T11).
        let is_stand_in = person == company && self.lists(company).await;
        let is_known = |said: &Representation| is_stand_in || *said != Representation::Never;
        self.of(listed, is_known, self.service.representation(company, person)).await
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

    /// The same from a list of that time.
    struct Lists(Says, u64);

    #[async_trait]
    impl Registry for Lists {
        async fn company(&self, company: Rut) -> Looked<Company> {
            Looked { listed_ms: Some(self.1), ..self.0.company(company).await }
        }

        async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
            Looked { listed_ms: Some(self.1), ..self.0.representation(company, person).await }
        }

        async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card> {
            self.0.card(holder, serial).await
        }
    }

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

    type Said = (Result<Company, Down>, Result<Representation, Down>, Result<Card, Down>);

    const NOW_MS: u64 = 1_795_348_800_000;

    async fn first(list: Says) -> Said {
        let service = Says(
            Ok(Company::Open { name: "by SII".into() }),
            Ok(Representation::Current { name: Some("by SII".into()) }),
            Card::Blocked,
        );
        both(Lists(list, NOW_MS), service).await
    }

    async fn both(list: Lists, service: Says) -> Said {
        let clock: Clock = Arc::new(|| NOW_MS);
        let both = ListFirst { list: Arc::new(list), service: Arc::new(service), clock };
        let serial = "123456789".parse().expect("a serial");
        (
            both.company(rut(60_000_001)).await.answer,
            both.representation(rut(60_000_001), rut(11_111_111)).await.answer,
            both.card(rut(11_111_111), &serial).await.answer,
        )
    }

    fn rut(body: u32) -> Rut {
        Rut::of_body(body).expect("a RUT")
    }

    /// So it is asked where there is no account: whose list has the company is not told apart by its time (T11).
    #[tokio::test]
    async fn of_themselves_a_company_is_answered_from_where_its_representatives_are() {
        let service = || Says(Err(down()), Err(down()), Card::Matches);
        let of = async |listed| {
            let list = Lists(Says(Ok(listed), Ok(Representation::Never), Card::Matches), NOW_MS);
            let (list, service) = (Arc::new(list), Arc::new(service()));
            let both = ListFirst { list, service, clock: Arc::new(|| NOW_MS) };
            both.representation(rut(60_000_001), rut(60_000_001)).await.answer
        };
        assert_eq!(of(Company::Open { name: "A".into() }).await, Ok(Representation::Never));
        assert_eq!(of(Company::Unknown).await, Err(down()));
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

    /// A list of last year may call a representative current whom SII has long removed, and a company closed
    /// that was opened again.
    #[tokio::test]
    async fn where_a_list_is_old_the_service_is_asked_about_everybody() {
        let year_ago_ms = NOW_MS - 365 * 24 * 3_600_000;
        let (open, closed) = (Company::Open { name: "A".into() }, Company::Closed { name: "A".into() });
        let current = Representation::Current { name: Some("B".into()) };
        for (listed, said) in [
            ((open.clone(), current.clone()), (closed.clone(), Representation::Former)),
            ((closed.clone(), Representation::Former), (open.clone(), current.clone())),
            ((open.clone(), current.clone()), (Company::Unknown, Representation::Never)),
        ] {
            let list = Says(Ok(listed.0), Ok(listed.1), Card::Matches);
            let service = Says(Ok(said.0.clone()), Ok(said.1.clone()), Card::Blocked);
            let answered = both(Lists(list, year_ago_ms), service).await;
            assert_eq!(answered, (Ok(said.0), Ok(said.1), Ok(Card::Matches)));
        }
        // While the service is down, what the list says is all there is; its *no* doesn't count.
        let list = Says(Ok(open.clone()), Ok(current.clone()), Card::Matches);
        let silent = Says(Err(down()), Err(down()), Card::Blocked);
        let answered = both(Lists(list, year_ago_ms), silent).await;
        assert_eq!(answered, (Ok(open), Ok(current), Ok(Card::Matches)));
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
