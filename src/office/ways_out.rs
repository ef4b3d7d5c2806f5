//! How the ways out for messages stand, shared by whoever sends and by whoever promises: the courier
//! notes each attempt, and a page asks before it says that something arrives.

use std::sync::{Arc, Mutex, PoisonError};

use super::all;
use crate::domain::destination::Channel;
use crate::domain::errand::{Attempt, AttemptOutcome, Errand};
use crate::domain::reference::Kind;
use crate::domain::way_out::{WayOut, WayOutWatch};
use crate::store::StoreError;
use crate::store::records::Records;

/// Both channels. Clones share what is noted.
#[derive(Clone, Debug, Default)]
pub struct WaysOut(Arc<Mutex<Watches>>);

#[derive(Clone, Copy, Debug, Default)]
struct Watches {
    mail: WayOutWatch,
    sms: WayOutWatch,
}

impl Watches {
    fn of(&mut self, channel: Channel) -> &mut WayOutWatch {
        match channel {
            Channel::Mail => &mut self.mail,
            Channel::Sms => &mut self.sms,
        }
    }
}

impl WaysOut {
    /// The same, with this channel turned off.
    #[must_use]
    pub fn without(self, channel: Channel) -> Self {
        self.with(|watches| *watches.of(channel) = WayOutWatch::off());
        self
    }

    /// How a channel stands.
    pub fn of(&self, channel: Channel) -> WayOut {
        self.with(|watches| watches.of(channel).way())
    }

    /// Notes what an attempt came to, at this time in milliseconds since 1970.
    pub fn note(&self, channel: Channel, outcome: AttemptOutcome, at_ms: u64) {
        self.with(|watches| {
            let watch = watches.of(channel);
            *watch = watch.after(outcome, at_ms);
        });
    }

    /// Notes the attempts that the outbox tells of, in their order: what nobody could send before the
    /// kiosk was started again is not forgotten. A channel that is off stays off.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recall(&self, records: &Records) -> Result<(), StoreError> {
        let mut attempts: Vec<(Channel, Attempt)> = Vec::new();
        all::each::<Errand>(records, records.all(Kind::Outbox), |held| {
            let channel = held.value.to.channel();
            attempts.extend(held.value.attempts.iter().map(|attempt| (channel, *attempt)));
        })
        .await?;
        attempts.sort_by_key(|(_, attempt)| attempt.at_ms);
        let is_on = |channel: &Channel| self.of(*channel) != WayOut::Off;
        // An attempt while the channel was off says nothing of how it stands now that it is on.
        let tells = |attempt: &Attempt| attempt.outcome != AttemptOutcome::TurnedOff;
        for (channel, attempt) in attempts.iter().filter(|(channel, one)| is_on(channel) && tells(one)) {
            self.note(*channel, attempt.outcome, attempt.at_ms);
        }
        Ok(())
    }

    fn with<T>(&self, look: impl FnOnce(&mut Watches) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
