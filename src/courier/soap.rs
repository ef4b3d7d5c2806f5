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
use crate::soap::{Failure, Limits, Line, Repeat, envelope};

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
    pub fn new(settings: &config::Soap, limits: Limits, clock: Clock) -> Result<Self, SetUpError> {
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
            match is_blank(&answer) {
                true => Ok(()),
                false => Err(XmlError::Order.into()),
            }
        });
        sent.await.map_err(|failure| outcome(&failure))
    }
}

/// Whether nothing is said in it, with or without an element for the nothing.
fn is_blank(answer: &Element) -> bool {
    answer.text.is_empty() && answer.children.iter().all(is_blank)
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
