//! How many messages are under way at once. A mail server that takes minutes to answer holds up some of
//! its own mails, and never an SMS.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::destination::Channel;

/// Of one channel.
const AT_ONCE: usize = 8;

/// The places of both channels. Clones share them.
#[derive(Clone)]
pub(super) struct Places {
    mail: Arc<Semaphore>,
    sms: Arc<Semaphore>,
}

impl Default for Places {
    fn default() -> Self {
        Places { mail: Arc::new(Semaphore::new(AT_ONCE)), sms: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Places {
    /// A place for one message, given back when it is dropped; `None` when all are taken.
    pub fn take(&self, channel: Channel) -> Option<OwnedSemaphorePermit> {
        let places = match channel {
            Channel::Mail => &self.mail,
            Channel::Sms => &self.sms,
        };
        places.clone().try_acquire_owned().ok()
    }
}
