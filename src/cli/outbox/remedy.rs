//! What an operator can do about a message that does not leave, by what keeps it.

use super::word;
use crate::config::{Courier, MailRoute, SmsRoute};
use crate::domain::destination::Channel;
use crate::domain::errand::{AttemptOutcome, Errand, ErrandState};
use crate::domain::outlook::Outlook;

/// One cause of the list, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Remedy {
    /// As the columns of the list have it.
    pub because: String,
    /// What to do, as a sentence without its point.
    pub says: String,
}

/// `None` for what has left, has ended, or leaves by itself. `id` stands in the commands.
pub(super) fn of(errand: &Errand, id: &str, outlook: Option<Outlook>, courier: &Courier) -> Option<Remedy> {
    let channel = errand.to.channel();
    let by_last = || {
        let last = errand.attempts.last()?.outcome;
        Some(Remedy { because: word(&last), says: by_outcome(last, errand, id, courier)? })
    };
    let because = |because: &str, says: String| Some(Remedy { because: because.to_string(), says });
    match (errand.state, outlook) {
        (ErrandState::Failed, _) => by_last(),
        (ErrandState::Expired, _) => {
            let cause = by_last().map_or(String::new(), |remedy| format!("{}; ", remedy.says));
            because(
                "expired",
                format!("{cause}`totem outbox retry {id}` sends it once more, if it is of use still"),
            )
        }
        (ErrandState::Waiting | ErrandState::Leased { .. }, Some(Outlook::Off)) => {
            because("off", format!("{}, or end it with `totem outbox drop {id}`", turn_on(channel)))
        }
        (ErrandState::Waiting | ErrandState::Leased { .. }, Some(Outlook::UsedUp { .. })) => because(
            "used_up",
            "nothing: the address had its messages, and this one comes too late; the person asks again later"
                .to_string(),
        ),
        (ErrandState::Waiting | ErrandState::Leased { .. }, Some(Outlook::Refused)) => {
            because("refused", another_address(channel))
        }
        (ErrandState::Waiting | ErrandState::Leased { .. }, _) => by_last(),
        (ErrandState::Sent | ErrandState::Dropped | ErrandState::Cancelled | ErrandState::Withdrawn, _) => {
            None
        }
    }
}

fn turn_on(channel: Channel) -> &'static str {
    match channel {
        Channel::Mail => "set courier.mail to \"maildir\" or \"smtp\"",
        Channel::Sms => "set courier.sms to \"file\", \"http\" or \"soap\"",
    }
}

fn another_address(channel: Channel) -> String {
    match channel {
        Channel::Mail => {
            "there is no such mailbox, by its server: the person names another one, with their card at «Recuperar \
             CS aquí» (El email es correcto: NO)"
        }
        Channel::Sms => "the gateway takes no SMS to this number: the person names another one at «Actualizar datos»",
    }
    .to_string()
}

fn by_outcome(outcome: AttemptOutcome, errand: &Errand, id: &str, courier: &Courier) -> Option<String> {
    let channel = errand.to.channel();
    let (peer, settings) = peer(channel, courier);
    Some(match outcome {
        AttemptOutcome::Sent => return None,
        AttemptOutcome::AccessRefused => format!(
            "{peer} refuses the office: check {settings}; `totem doctor` tries them, and the log has the code that \
             it answered. It leaves by itself once that is mended"
        ),
        AttemptOutcome::Untrusted => format!(
            "{peer} does not prove who it is: `totem doctor` says what is wrong with its TLS, and which setting or \
             command mends it. It leaves by itself then"
        ),
        AttemptOutcome::Unreachable => format!(
            "nobody answers: check network and firewall, and the address of {peer} in the settings; `totem doctor` \
             tries it. It leaves by itself then"
        ),
        AttemptOutcome::Temporary => match folder(channel, courier) {
            Some(folder) => format!("check rights and room of {folder}: it can't be written to"),
            None => format!(
                "{peer} asks to try later, as for a full mailbox or from a new sender: it is tried again. If that lasts \
                 for hours, ask whoever runs it, with the time of an attempt"
            ),
        },
        AttemptOutcome::Unknown if errand.kind.carries_secret() => {
            "nothing: it may have arrived, and goes out again with another secret; the newest is the one to use, \
             and the mail says so"
                .to_string()
        }
        AttemptOutcome::Unknown => {
            "nothing: it may have arrived, and goes out again as the same message".to_string()
        }
        AttemptOutcome::AddressRefused => {
            format!("{}; if the address is right after all: `totem outbox retry {id}`", another_address(channel))
        }
        AttemptOutcome::Permanent => format!(
            "{peer} refused this message: the log has its code, under the folio; ask whoever runs it, then `totem \
             outbox retry {id}`"
        ),
        AttemptOutcome::TurnedOff => format!("{}, then `totem outbox retry {id}`", turn_on(channel)),
    })
}

/// Who takes the messages of this channel, and which settings say as whom they are sent.
fn peer(channel: Channel, courier: &Courier) -> (String, &'static str) {
    match channel {
        Channel::Mail => match &courier.mail {
            MailRoute::Smtp(smtp) => (
                format!("the mail server {}:{}", smtp.host, smtp.port),
                "smtp.user and its password, courier.sender, and whether it takes mail from this machine",
            ),
            MailRoute::Off | MailRoute::Maildir { .. } => ("the mail's folder".to_string(), "[courier]"),
        },
        Channel::Sms => match &courier.sms {
            SmsRoute::Http(_) => (
                "the SMS gateway".to_string(),
                "sms_gateway.url, sms_gateway.authentication and sms-gateway.secret",
            ),
            SmsRoute::Soap => ("the message service".to_string(), "soap.messages_address and soap.system_id"),
            SmsRoute::Off | SmsRoute::Folder { .. } => ("the folder of SMS".to_string(), "[courier]"),
        },
    }
}

/// Where the messages of this channel are written, if they are.
fn folder(channel: Channel, courier: &Courier) -> Option<String> {
    match (channel, &courier.mail, &courier.sms) {
        (Channel::Mail, MailRoute::Maildir { folder }, _)
        | (Channel::Sms, _, SmsRoute::Folder { folder }) => Some(folder.display().to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::config::{Config, Environment};
    use crate::domain::errand::{Attempt, Destination, ErrandKind};
    use crate::domain::folio::Folio;
    use crate::domain::language::Language;
    use crate::domain::reference::Id;
    use crate::domain::rut::Rut;

    const ALL: [AttemptOutcome; 8] = [
        AttemptOutcome::Permanent,
        AttemptOutcome::Temporary,
        AttemptOutcome::Unknown,
        AttemptOutcome::AddressRefused,
        AttemptOutcome::Unreachable,
        AttemptOutcome::Untrusted,
        AttemptOutcome::AccessRefused,
        AttemptOutcome::TurnedOff,
    ];

    fn errand(to: &Destination, state: ErrandState, last: Option<AttemptOutcome>) -> Errand {
        let company = Rut::of_body(99_999_999).unwrap();
        let (kind, folio) = (ErrandKind::SendClave { recovery: Id([1; 16]) }, Folio::new([1; 5]));
        let mut errand = Errand::new(kind, company, to.clone(), Language::Es, folio, 0);
        errand.attempts.extend(last.map(|outcome| Attempt { at_ms: 5, outcome }));
        Errand { state, ..errand }
    }

    fn courier() -> Courier {
        let text = "[courier]\nmail = \"smtp\"\nsms = \"off\"\n[smtp]\nhost = \"smtp.oficina.example\"\n";
        let file = Path::new("/srv/totem/config.toml");
        Config::parse(file, text, &Environment::default()).expect("settings").courier
    }

    #[test]
    fn each_cause_has_a_remedy_of_its_own() {
        let to = Destination::Mail("duena@empresa.example".parse().unwrap());
        let said = |outcome| {
            let waits = errand(&to, ErrandState::Waiting, Some(outcome));
            of(&waits, "1a2b3c4d", Some(Outlook::Now), &courier()).expect("a remedy").says
        };
        let all: BTreeSet<String> = ALL.map(said).into_iter().collect();
        assert_eq!(all.len(), ALL.len(), "{all:#?}");
        assert!(said(AttemptOutcome::AccessRefused).contains("smtp.oficina.example"));
        assert!(said(AttemptOutcome::Permanent).contains("`totem outbox retry 1a2b3c4d`"));
        assert!(all.iter().all(|says| !says.ends_with('.')));
    }

    #[test]
    fn what_leaves_or_has_ended_needs_none() {
        let to = Destination::Mobile("987654321".parse().unwrap());
        for (state, outlook, expected) in [
            (ErrandState::Waiting, Some(Outlook::Now), None),
            (ErrandState::Waiting, Some(Outlook::Later { minutes: 9 }), None),
            (ErrandState::Waiting, Some(Outlook::Off), Some("off")),
            (ErrandState::Waiting, Some(Outlook::UsedUp { minutes: 9 }), Some("used_up")),
            (ErrandState::Waiting, Some(Outlook::Refused), Some("refused")),
            (ErrandState::Expired, None, Some("expired")),
            (ErrandState::Sent, None, None),
            (ErrandState::Cancelled, None, None),
            (ErrandState::Withdrawn, None, None),
        ] {
            let remedy = of(&errand(&to, state, None), "1a2b3c4d", outlook, &courier());
            assert_eq!(remedy.map(|remedy| remedy.because).as_deref(), expected, "{state:?} {outlook:?}");
        }
    }
}
