//! SII and Registro Civil over SOAP, by the contract of SENCE's own systems. A question is one or
//! two operations; both must answer, in one time limit.

pub mod answers;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::clock::{self, Clock};
use crate::config;
use crate::domain::cedula::Serial;
use crate::domain::register::{Call, Card, Company, Down, Looked, Operation, Representation, Service};
use crate::domain::rut::Rut;
use crate::domain::state_words::{Business, StateWords};
use crate::http::{Client, Endpoint, SetUpError};
use crate::registry::Registry;
use crate::registry::soap::answers::Person;
use crate::soap::xml::Element;
use crate::soap::{Failure, Limits, Line, Repeat, envelope};

/// Both registers.
pub struct Soap {
    sii: Line,
    registro_civil: Line,
    /// `idSistema`: the number by which the services know who asks.
    system_id: u32,
    words: StateWords,
    clock: Clock,
}

impl Soap {
    /// # Errors
    /// When a certificate or a key of the settings can't be used.
    pub fn new(settings: &config::Soap, limits: Limits, clock: Clock) -> Result<Self, SetUpError> {
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
        read: impl Fn(&Element) -> Result<T, Failure>,
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
        let words = &self.soap.words;
        let taxpayer = self.ask(Operation::ConsultaDatosContribuyente, company, &[], |answer| {
            answers::taxpayer(answer, words)
        });
        let Some(name) = taxpayer.await? else { return Ok(Company::Unknown) };
        let business =
            self.ask(Operation::ConsultaEstadoGiro, company, &[], |answer| answers::business(answer, words));
        Ok(match business.await? {
            Business::Open => Company::Open { name },
            Business::Closed => Company::Closed { name },
            Business::Unknown => Company::Unknown,
        })
    }

    async fn representation(&mut self, company: Rut, person: Rut) -> Result<Representation, Down> {
        let representatives =
            self.ask(Operation::ConsultaRepresentanteLegal, company, &[], answers::representatives);
        if !representatives.await?.contains(&person) {
            return Ok(Representation::Never);
        }
        Ok(match self.person(person).await? {
            Person { is_deceased: true, .. } => Representation::Never,
            Person { name, is_deceased: false } => Representation::Current { name: Some(name) },
        })
    }

    async fn card(&mut self, holder: Rut, serial: &Serial) -> Result<Card, Down> {
        // Without a day to go by, no card is good.
        let Some(today) = clock::day_in_chile((self.soap.clock)()) else {
            let reason = "the clock tells no day".to_string();
            return Err(Down { service: Service::RegistroCivil, reason });
        };
        let further = [Element::text("nroSerieDoc", serial.as_str()), Element::text("tipoDocumento", "C")];
        let card = self.ask(Operation::ConsultaNroSerieNroDocumento, holder, &further, |answer| {
            answers::card(answer, holder, serial, today)
        });
        match card.await? {
            Card::Matches if self.person(holder).await?.is_deceased => Ok(Card::HolderDeceased),
            card => Ok(card),
        }
    }

    async fn person(&mut self, person: Rut) -> Result<Person, Down> {
        self.ask(Operation::ConsultaRun, person, &[], |answer| answers::person(answer, person)).await
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
