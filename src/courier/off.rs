//! A channel that the office turned off: what should leave by it is refused for good, and the outbox
//! says so.

use async_trait::async_trait;

use super::{Mail, Mailer, SendError, Text, Texter};

/// Sends nothing.
#[derive(Clone, Copy, Debug)]
pub struct Off;

#[async_trait]
impl Mailer for Off {
    async fn send(&self, _: &Mail) -> Result<(), SendError> {
        Err(SendError::TurnedOff("mail is off"))
    }
}

#[async_trait]
impl Texter for Off {
    async fn send(&self, _: &Text) -> Result<(), SendError> {
        Err(SendError::TurnedOff("SMS are off"))
    }
}
