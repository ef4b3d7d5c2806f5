//! SII and Registro Civil over SOAP, by the contract of SENCE's own systems. A question is one or
//! two operations; both must answer, in one time limit. When the second one fails, the first one's
//! answer is kept for the retry.

pub mod answers;
mod kept;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::clock::{self, Clock};
use crate::config;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::register::{
    Call, CallEnd, Card, Company, Down, Looked, Operation, Representation, Service,
};
use crate::domain::rut::Rut;
use crate::domain::state_words::{Business, ServiceWords};
use crate::http::{Client, Endpoint, SetUpError};
use crate::registry::Registry;
use crate::registry::soap::answers::Person;
use crate::soap::envelope::Answer;
use crate::soap::xml::Element;
use crate::soap::{Failure, Line, LineLimits, Repeat, envelope};
use kept::{FirstAnswer, KeptAnswers};

/// Both registers.
pub struct Soap {
    sii: Line,
    registro_civil: Line,
    /// `idSistema`: the number by which the services know who asks.
    system_id: u32,
    words: ServiceWords,
    kept: KeptAnswers,
    clock: Clock,
}

impl Soap {
    /// # Errors
    /// When a certificate or a key of the settings can't be used.
    pub fn new(settings: &config::Soap, limits: LineLimits, clock: Clock) -> Result<Self, SetUpError> {
        let client = Client::new(&settings.way)?;
        let line = |endpoint: &Option<Endpoint>| {
            let namespace = settings.registers_namespace.clone();
            Line::new(client.clone(), endpoint.clone(), namespace, limits, clock.clone())
        };
        Ok(Soap {
            sii: line(&settings.sii),
            registro_civil: line(&settings.registro_civil),
            system_id: settings.system_id,
            words: settings.words.clone(),
            kept: KeptAnswers::default(),
            clock: clock.clone(),
        })
    }
}

impl Operation {
    /// As it is called in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Operation::ConsultaDatosContribuyente => "ConsultaDatosContribuyente",
            Operation::ConsultaRepresentanteLegal => "ConsultaRepresentanteLegal",
            Operation::ConsultaEstadoGiro => "ConsultaEstadoGiro",
            Operation::ConsultaRun => "ConsultaRun",
            Operation::ConsultaNroSerieNroDocumento => "ConsultaNroSerieNroDocumento",
        }
    }
}

/// One question: what is asked of one or two operations until one moment, and the calls so far.
struct Question<'a> {
    soap: &'a Soap,
    until: Instant,
    calls: Vec<Call>,
}

impl<'a> Question<'a> {
    fn of(soap: &'a Soap, line: &Line) -> Self {
        Question { soap, until: line.until(), calls: Vec::new() }
    }

    /// `further`: what the operation wants to know beside the RUT.
    async fn ask<T>(
        &mut self,
        operation: Operation,
        about: Rut,
        further: &[Element],
        read: impl Fn(&Answer) -> Result<T, Failure>,
    ) -> Result<T, Down> {
        let soap = self.soap;
        let service = operation.service();
        let line = match service {
            Service::Sii => &soap.sii,
            Service::RegistroCivil => &soap.registro_civil,
        };
        let mut parameters = vec![
            Element::text("idSistema", soap.system_id),
            Element::text("rut", about.body()),
            Element::text("dv", about.check()),
        ];
        parameters.extend_from_slice(further);
        let name = operation.name();
        let mut attempts = Vec::new();
        let asked = line.ask(name, &parameters, Repeat::Harmless, self.until, &mut attempts, |received| {
            let answer = envelope::answer(received.bytes(), received.content_type(), name, line.namespace())?;
            read(&answer)
        });
        let answer = asked.await;
        self.calls.extend(attempts.iter().map(|call| Call { operation, end: call.end, at_ms: call.at_ms }));
        answer.map_err(|failure| Down { service, reason: format!("{name}: {failure}") })
    }

    async fn company(&mut self, company: Rut) -> Result<Company, Down> {
        let (words, kept) = (&self.soap.words, &self.soap.kept);
        let before = kept.take(|first| matches!(first, FirstAnswer::Taxpayer(of, _) if *of == company));
        let (name, given) = match before {
            Some((FirstAnswer::Taxpayer(_, name), given)) => (name, given),
            _ => match self.taxpayer(company).await? {
                Some(name) => (name, Instant::now()),
                None => return Ok(Company::Unknown),
            },
        };
        let business = self.ask(Operation::ConsultaEstadoGiro, company, &[], |answer| {
            answers::business(answer, &words.business)
        });
        match business.await {
            Ok(Business::Open) => Ok(Company::Open { name }),
            Ok(Business::Closed) => Ok(Company::Closed { name }),
            Ok(Business::Unknown) => Ok(Company::Unknown),
            Err(down) => {
                kept.keep(FirstAnswer::Taxpayer(company, name), given);
                Err(down)
            }
        }
    }

    async fn taxpayer(&mut self, company: Rut) -> Result<Option<Clean>, Down> {
        let words = &self.soap.words.taxpayer;
        let read = |answer: &Answer| answers::taxpayer(answer, words);
        self.ask(Operation::ConsultaDatosContribuyente, company, &[], read).await
    }

    async fn representation(&mut self, company: Rut, person: Rut) -> Result<Representation, Down> {
        let kept = &self.soap.kept;
        let first = FirstAnswer::Representative(company, person);
        let given = match kept.take(|other| *other == first) {
            Some((_, given)) => given,
            None if self.represents(company, person).await? => Instant::now(),
            None if person == company => return self.of_themself(company).await,
            None => return Ok(Representation::Never),
        };
        match self.person(person).await {
            Ok(Some(Person { name, is_deceased: false })) => Ok(Representation::Current { name: Some(name) }),
            Ok(Some(Person { is_deceased: true, .. })) => Ok(Representation::Never),
            // A company, or somebody without a RUN.
            Ok(None) => Ok(Representation::Current { name: None }),
            Err(down) => {
                kept.keep(first, given);
                Err(down)
            }
        }
    }

    async fn represents(&mut self, company: Rut, person: Rut) -> Result<bool, Down> {
        let words = &self.soap.words.representatives;
        self.ask(Operation::ConsultaRepresentanteLegal, company, &[], |answer| {
            answers::representatives(answer, words)?.have(person)
        })
        .await
    }

    /// Nobody represents themself: so it is asked where there is no account. It takes as many calls, and fails
    /// in the same outages, as for a company that has one (T11); whatever is said of such a RUT is an answer.
    async fn of_themself(&mut self, company: Rut) -> Result<Representation, Down> {
        let before = self.calls.len();
        let said = self.person(company).await;
        let is_outage = |call: &Call| matches!(call.end, CallEnd::Unreachable | CallEnd::TimedOut);
        match said {
            Err(down) if self.calls[before..].last().is_none_or(is_outage) => Err(down),
            _ => Ok(Representation::Never),
        }
    }

    async fn card(&mut self, holder: Rut, serial: &Serial) -> Result<Card, Down> {
        let kept = &self.soap.kept;
        let first = FirstAnswer::Card(holder, serial.clone());
        let given = match kept.take(|other| *other == first) {
            Some((_, given)) => given,
            None => match self.card_alone(holder, serial).await? {
                Card::Matches => Instant::now(),
                // Some answer so to any wrong number: only who has no entry at all is nobody.
                Card::Unknown => {
                    let is_somebody = self.person(holder).await?.is_some();
                    return Ok(if is_somebody { Card::DoesNotMatch } else { Card::Unknown });
                }
                card => return Ok(card),
            },
        };
        match self.person(holder).await {
            Ok(Some(Person { is_deceased: false, .. })) => Ok(Card::Matches),
            Ok(Some(Person { is_deceased: true, .. })) => Ok(Card::HolderDeceased),
            Ok(None) => Ok(Card::Unknown),
            Err(down) => {
                kept.keep(first, given);
                Err(down)
            }
        }
    }

    /// Whatever became of its holder.
    async fn card_alone(&mut self, holder: Rut, serial: &Serial) -> Result<Card, Down> {
        // Without a day to go by, nothing can be said of a card.
        let Some(today) = clock::day_in_chile((self.soap.clock)()) else {
            let reason = "the clock tells no day".to_string();
            return Err(Down { service: Service::RegistroCivil, reason });
        };
        let words = &self.soap.words.card;
        let further = [Element::text("nroSerieDoc", serial.as_str()), Element::text("tipoDocumento", "C")];
        self.ask(Operation::ConsultaNroSerieNroDocumento, holder, &further, |answer| {
            answers::card(answer, holder, serial, today, words)
        })
        .await
    }

    /// `None` when Registro Civil knows nobody of that number.
    async fn person(&mut self, person: Rut) -> Result<Option<Person>, Down> {
        let words = &self.soap.words.person;
        self.ask(Operation::ConsultaRun, person, &[], |answer| answers::person(answer, person, words)).await
    }
}

#[async_trait]
impl Registry for Soap {
    async fn company(&self, company: Rut) -> Looked<Company> {
        let mut question = Question::of(self, &self.sii);
        let answer = question.company(company).await;
        Looked { answer, calls: question.calls, listed_ms: None }
    }

    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
        let mut question = Question::of(self, &self.sii);
        let answer = question.representation(company, person).await;
        Looked { answer, calls: question.calls, listed_ms: None }
    }

    async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card> {
        let mut question = Question::of(self, &self.registro_civil);
        let answer = question.card(holder, serial).await;
        Looked { answer, calls: question.calls, listed_ms: None }
    }
}
