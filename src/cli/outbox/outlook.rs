//! What will become of a message that waits, in a word and in a sentence.

use serde::Serialize;

use crate::cli::Failure;
use crate::clock;
use crate::config::Config;
use crate::domain::destination::Channel;
use crate::domain::errand::Errand;
use crate::domain::outlook::Outlook;
use crate::office::outlooks::Outlooks;
use crate::service;
use crate::store::records::{Held, Records};

/// As it stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Prospect {
    Now,
    Later,
    UsedUp,
    Refused,
    Held,
    Off,
}

impl From<Outlook> for Prospect {
    fn from(outlook: Outlook) -> Self {
        match outlook {
            Outlook::Now => Prospect::Now,
            Outlook::Later { .. } => Prospect::Later,
            Outlook::UsedUp { .. } => Prospect::UsedUp,
            Outlook::Refused => Prospect::Refused,
            Outlook::Held => Prospect::Held,
            Outlook::Off => Prospect::Off,
        }
    }
}

/// What will become of each of these, once the kiosk runs; nothing of one that came to its end.
pub(super) async fn of_each(
    config: &Config,
    records: &Records,
    errands: &[&Held<Errand>],
) -> Result<Vec<Option<Outlook>>, Failure> {
    let ways_out = service::ways_out(config);
    let now = records.time(clock::now_ms()).await.map_err(Failure::from)?.protections();
    let outlooks = Outlooks::new(records, &ways_out, now);
    let mut found = Vec::new();
    for held in errands {
        found.push(outlooks.of(held).await.map_err(Failure::from)?);
    }
    Ok(found)
}

/// The same for an operator to read.
pub(super) fn sentence(outlook: Outlook, channel: Channel) -> String {
    let setting = match channel {
        Channel::Mail => "courier.mail",
        Channel::Sms => "courier.sms",
    };
    match outlook {
        Outlook::Now => "leaves when the kiosk runs".to_string(),
        Outlook::Later { minutes } => format!("leaves in {minutes} minutes at the earliest"),
        Outlook::UsedUp { minutes } => {
            format!(
                "does not leave: its address has a turn in {minutes} minutes, when it is of no use any more"
            )
        }
        Outlook::Refused => "is tried again, but its address refused messages before".to_string(),
        Outlook::Held => "waits: nothing leaves by its channel for the time being".to_string(),
        Outlook::Off => format!("does not leave: {setting} is \"off\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outlook_has_a_sentence_of_its_own() {
        let all = Outlook::ONE_OF_EACH;
        let said: std::collections::BTreeSet<String> =
            all.iter().map(|outlook| sentence(*outlook, Channel::Mail)).collect();
        assert_eq!(said.len(), all.len());
        assert!(sentence(Outlook::Off, Channel::Sms).contains("courier.sms"));
    }
}
