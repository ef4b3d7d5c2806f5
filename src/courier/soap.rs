//! SMS by the State's message service (`EnviarSMS`). It takes a message and says nothing of what
//! became of it, and knows no key that would let it notice the same message twice: what may have
//! been sent counts as sent, unless the service was never reached.

use std::time::Duration;

use async_trait::async_trait;

use super::{SendError, Text, Texter};
use crate::clock::Clock;
use crate::config;
use crate::domain::clean::Clean;
use crate::http::{Client, SetUpError};
use crate::soap::xml::{Element, XmlError};
use crate::soap::{Failure, Line, LineLimits, Process, Repeat, envelope};

const OPERATION: &str = "EnviarSMS";

/// Sends SMS by the State's message service.
pub struct SoapTexter {
    line: Line,
    system_id: u32,
    ambiente: Clean,
    /// For one message.
    within: Duration,
}

impl SoapTexter {
    /// # Errors
    /// When a certificate or a key of the settings can't be used.
    pub fn new(settings: &config::Soap, limits: LineLimits, clock: Clock) -> Result<Self, SetUpError> {
        let client = Client::new(&settings.way)?;
        let namespace = settings.messages_namespace.clone();
        Ok(SoapTexter {
            line: Line::new(client, settings.messages.clone(), namespace, limits, clock),
            system_id: settings.system_id,
            ambiente: settings.ambiente.clone(),
            within: limits.question,
        })
    }
}

#[async_trait]
impl Texter for SoapTexter {
    async fn send(&self, text: &Text) -> Result<(), SendError> {
        let national = text.to.international();
        let national = national.strip_prefix("+56").unwrap_or(&national);
        let parameters = [
            Element::text("idSistema", self.system_id),
            Element::text("ambiente", self.ambiente.as_str()),
            Element::text("celular", national),
            Element::text("mensaje", text.text.expose()),
        ];
        let until = tokio::time::Instant::now() + self.within;
        let namespace = self.line.namespace();
        let mut attempts = Vec::new();
        let sent = self.line.ask(OPERATION, &parameters, Repeat::Never, until, &mut attempts, |received| {
            let answer = envelope::response(received.bytes(), received.content_type(), OPERATION, namespace)?;
            taken(&answer)
        });
        sent.await.map_err(|failure| outcome(&failure))
    }
}

/// Whether the service took the message. By the contract it says nothing; one that says how its work went is
/// believed, and one that says anything else in its result is not.
fn taken(answer: &Element) -> Result<(), Failure> {
    let says = process_of(answer)?;
    match says {
        Some(Process::Correcto) => Ok(()),
        Some(process) => Err(Failure::Process(process)),
        None => {
            let mut results = answer.children.iter().filter(|child| child.name == "EnviarSMSResult");
            match answer.text.is_empty() && results.all(Element::is_blank) {
                true => Ok(()),
                false => Err(XmlError::Kind("EnviarSMSResult").into()),
            }
        }
    }
}

/// What it says of its work, wherever that stands.
fn process_of(element: &Element) -> Result<Option<Process>, XmlError> {
    const NAME: &str = "estadoProceso";
    let mut said = None;
    for child in &element.children {
        let found = match child.name.eq_ignore_ascii_case(NAME) {
            true => {
                let word = Process::WORDS.iter().find(|(word, _)| *word == child.text.trim());
                Some(word.ok_or(XmlError::Kind(NAME))?.1)
            }
            false => process_of(child)?,
        };
        match (said, found) {
            (Some(before), Some(found)) if before != found => return Err(XmlError::Twice(NAME)),
            (_, found) => said = found.or(said),
        }
    }
    Ok(said)
}

/// Whether the message left. A service that failed after it took the message may have sent it.
fn outcome(failure: &Failure) -> SendError {
    let reason = format!("{OPERATION}: {failure}");
    match failure {
        Failure::NotReached(_) | Failure::LeftAlone | Failure::Redirected(_) => SendError::Temporary(reason),
        // Whoever answers so did not look at the message.
        Failure::Status(400..=499 | 503) => SendError::Temporary(reason),
        Failure::Broken
        | Failure::TimedOut
        | Failure::Status(_)
        | Failure::Fault
        | Failure::Process(_)
        | Failure::Answered(_)
        | Failure::Unreadable(_) => SendError::Unknown(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(parts: Vec<Element>) -> Result<(), Failure> {
        taken(&Element::of("EnviarSMSResponse", parts))
    }

    #[test]
    fn what_is_said_of_a_message() {
        let result = |parts| Element::of("EnviarSMSResult", parts);
        let state = |word| Element::of("cabecera", vec![Element::text("EstadoProceso", word)]);
        assert_eq!(said(vec![]), Ok(()));
        assert_eq!(said(vec![result(vec![])]), Ok(()));
        assert_eq!(said(vec![Element::text("idMensaje", "77"), result(vec![])]), Ok(()));
        assert_eq!(said(vec![result(vec![state("CORRECTO"), Element::text("id", 7)])]), Ok(()));
        let refused = said(vec![result(vec![state("ERROR")])]);
        assert_eq!(refused, Err(Failure::Process(Process::Error)));
        let twice = said(vec![state("CORRECTO"), result(vec![state("ERROR")])]);
        assert_eq!(twice, Err(XmlError::Twice("estadoProceso").into()));
        let other = said(vec![result(vec![state("TAL VEZ")])]);
        assert_eq!(other, Err(XmlError::Kind("estadoProceso").into()));
        let text = said(vec![Element::text("EnviarSMSResult", "Sin saldo")]);
        assert_eq!(text, Err(XmlError::Kind("EnviarSMSResult").into()));
    }
}
