//! SII and Registro Civil, who know the truth about everybody, and don't always say it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use totem::domain::cedula::Serial;
use totem::domain::register::{Call, CallEnd, Card, Company, Down, Looked, Operation, Representation};
use totem::domain::rut::Rut;
use totem::registry::Registry;

use super::cast::{FIRMS, Known, Who, firm_of, rut};
use super::plan::RegisterWeather;
use super::plants::Plant;
use super::power::Power;
use super::world::World;

/// As one terminal reaches them.
pub struct Registers {
    pub world: Arc<World>,
    pub power: Arc<Power>,
}

/// Whether this is the card of the person, in truth.
pub fn is_card_of(holder: Rut, serial: &Serial) -> bool {
    Who::ALL.iter().any(|who| rut(who.rut()) == holder && who.serial() == serial.as_str())
}

/// Whether the person represents the company, in truth.
pub fn represents(company: Rut, person: Rut) -> bool {
    let firm = firm_of(company).map(|firm| &FIRMS[firm]);
    firm.is_some_and(|firm| firm.represented_by.iter().any(|who| rut(who.rut()) == person))
}

/// How well the registers know a company, and by which name.
fn known_as(company: Rut) -> Option<(Known, &'static str)> {
    firm_of(company).map(|firm| (FIRMS[firm].known, FIRMS[firm].name))
}

impl Registers {
    /// When the list was made that answers for SII, if one does: yesterday.
    fn listed_ms(&self, company: Rut) -> Option<u64> {
        let is_listed = known_as(company).is_some_and(|(known, _)| known == Known::Unlisted);
        (is_listed || self.world.has_lists).then(|| self.world.now_ms() - 24 * 3_600_000)
    }

    /// Says it, unless the weather is against it.
    async fn says<T>(&self, operation: Operation, truth: T, lie: T) -> Looked<T> {
        self.power.calls().await;
        self.world.lingers().await;
        let weather = self.world.weather().registers;
        if weather == RegisterWeather::Slow {
            let pause_ms = self.world.faults().between(500, 20_000);
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        }
        self.power.holds().await;
        let call = |end| vec![Call { operation, end, at_ms: self.world.now_ms() }];
        let down = |end| {
            let down = Down { service: operation.service(), reason: "the weather".to_string() };
            Looked { answer: Err(down), calls: call(end), listed_ms: None }
        };
        let (is_odd, is_lost) = {
            let mut dice = self.world.faults();
            (dice.percent(40), dice.percent(2))
        };
        match weather {
            RegisterWeather::Down => down(CallEnd::Unreachable),
            _ if is_lost && !self.world.is_calm() => down(CallEnd::TimedOut),
            RegisterWeather::Contradict if is_odd => {
                Looked { answer: Ok(lie), calls: call(CallEnd::Answered), listed_ms: None }
            }
            _ => Looked { answer: Ok(truth), calls: call(CallEnd::Answered), listed_ms: None },
        }
    }
}

#[async_trait]
impl Registry for Registers {
    async fn company(&self, company: Rut) -> Looked<Company> {
        let truth = match known_as(company) {
            Some((Known::Closed, name)) => Company::Closed { name: name.into() },
            Some((Known::Unlisted, _)) | None => Company::Unknown,
            Some((Known::Well | Known::WithoutRun | Known::CardExpired, name)) => {
                Company::Open { name: name.into() }
            }
        };
        let said = self.says(Operation::ConsultaDatosContribuyente, truth, Company::Unknown).await;
        Looked { listed_ms: self.listed_ms(company), ..said }
    }

    async fn representation(&self, company: Rut, person: Rut) -> Looked<Representation> {
        let named = Who::ALL.iter().find(|who| rut(who.rut()) == person);
        let is_said_of_all = self.world.plant == Some(Plant::AnybodyRepresents);
        let known = known_as(company).map(|(known, _)| known);
        let truth = match (represents(company, person) || is_said_of_all, named, known) {
            (true, _, Some(Known::WithoutRun)) => Representation::Current { name: None },
            (_, _, Some(Known::Unlisted)) => Representation::Never,
            (true, Some(who), _) => Representation::Current { name: Some(who.name().into()) },
            _ => Representation::Never,
        };
        let said = self.says(Operation::ConsultaRepresentanteLegal, truth, Representation::Former).await;
        Looked { listed_ms: self.listed_ms(company), ..said }
    }

    async fn card(&self, holder: Rut, serial: &Serial) -> Looked<Card> {
        let is_right = is_card_of(holder, serial) || self.world.plant == Some(Plant::AnyCardMatches);
        let truth = match is_right {
            _ if holder == rut(Who::Greta.rut()) && self.world.has_lists => Card::Unlisted,
            _ if holder == rut(Who::Greta.rut()) => Card::Unknown,
            true if holder == rut(Who::Ines.rut()) => Card::Expired,
            true => Card::Matches,
            false => Card::DoesNotMatch,
        };
        self.says(Operation::ConsultaNroSerieNroDocumento, truth, Card::Blocked).await
    }
}
