//! What a mail server's refusal means for a message: whose fault it is, and whether another try makes
//! sense. The code and the stage decide (RFC 5321, RFC 3463, and the registry of enhanced codes). What
//! the server says beside them may quote the address, so it goes nowhere; two words of it are looked
//! for, where servers give no code of their own for an office that may not send.
//!
//! An address is marked only where nothing else can be meant: a mark keeps the office from writing to
//! somebody for months.

use std::error::Error as _;
use std::fmt;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::{Code, Response, Severity};

use super::SendError;
use super::smtp_replies::ServerReply;

/// How far the dialogue had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DialogueStage {
    Greeting,
    Hello,
    StartTls,
    Login,
    From,
    To,
    Data,
    Text,
}

impl fmt::Display for DialogueStage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            DialogueStage::Greeting => "the greeting",
            DialogueStage::Hello => "EHLO",
            DialogueStage::StartTls => "STARTTLS",
            DialogueStage::Login => "AUTH",
            DialogueStage::From => "MAIL FROM",
            DialogueStage::To => "RCPT TO",
            DialogueStage::Data => "DATA",
            DialogueStage::Text => "the text",
        })
    }
}

/// Words by which servers say that the office may not send: a relay that takes nothing from us, and
/// Exchange, which has one code (5.2.0) for this and for much else.
const OFFICE_S_WORDS: [&str; 2] = ["relay", "sendasdenied"];

/// Whose fault a refusal for good is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blame {
    /// The office's, or its server's: user, sender, relaying, policy. It can go once that is mended.
    Office,
    /// There is no such mailbox.
    Address,
    /// The mailbox takes nothing for now.
    Mailbox,
    /// The message, or nobody knows.
    Message,
}

/// Before the text began nothing has left, whatever happened.
pub(super) fn before_text(stage: DialogueStage, error: &Error) -> SendError {
    match (error.status(), stage) {
        (Some(code), _) => refused(stage, code, &said_with(error)),
        (None, DialogueStage::Login) if error.is_client() => {
            SendError::AccessRefused("the server takes neither AUTH PLAIN nor AUTH LOGIN".to_string())
        }
        (None, _) => SendError::Unreachable(format!("the connection broke at {stage}")),
    }
}

/// An answer to the text says what became of it; without one it may have been taken.
pub(super) fn after_text(error: &Error) -> SendError {
    match error.status() {
        Some(code) => refused(DialogueStage::Text, code, &said_with(error)),
        None => SendError::Unknown("the connection broke after the text".to_string()),
    }
}

/// Only 354 asks for the text: who says anything else would read it as commands.
pub(super) fn asks_for_text(answer: &Response) -> Result<(), SendError> {
    match answer.has_code(354) {
        true => Ok(()),
        false => Err(SendError::Temporary(format!("{} at {}", answer.code(), DialogueStage::Data))),
    }
}

/// Only a 2xx after the text takes the message over.
pub(super) fn takes_over(answer: &Response) -> Result<(), SendError> {
    match answer.code().severity {
        Severity::PositiveCompletion => Ok(()),
        _ => Err(SendError::Unknown(format!("{} at {}", answer.code(), DialogueStage::Text))),
    }
}

/// Said before the library had the connection: it does not let us go on.
pub(super) fn refused_by(reply: &ServerReply, stage: DialogueStage) -> SendError {
    let mut written = Vec::new();
    reply.write(&mut written);
    match String::from_utf8_lossy(&written).parse::<Response>() {
        Ok(answer) => refused(stage, answer.code(), &reply.lines.join(" ")),
        Err(_) => SendError::Temporary(format!("the server is not ready at {stage}")),
    }
}

/// What the server said beside the code.
fn said_with(error: &Error) -> String {
    error.source().map(ToString::to_string).unwrap_or_default()
}

fn refused(stage: DialogueStage, code: Code, text: &str) -> SendError {
    let detail = Detail::of(code, text);
    let said = match detail {
        Some(detail) => format!("{code} {detail} at {stage}"),
        None => format!("{code} at {stage}"),
    };
    if code.severity != Severity::PermanentNegativeCompletion {
        return SendError::Temporary(said);
    }
    match blame(stage, u16::from(code), detail, text) {
        Blame::Office => SendError::AccessRefused(said),
        Blame::Address => SendError::AddressRefused(said),
        Blame::Mailbox => SendError::Temporary(said),
        Blame::Message => SendError::Permanent(said),
    }
}

fn blame(stage: DialogueStage, code: u16, detail: Option<Detail>, text: &str) -> Blame {
    let text = text.to_ascii_lowercase();
    match stage {
        // Nothing of this is about the message or whom it is for.
        DialogueStage::Greeting | DialogueStage::Hello | DialogueStage::StartTls | DialogueStage::Login => {
            Blame::Office
        }
        DialogueStage::From => match detail {
            Some(Detail { subject: 3, number: 4, .. }) => Blame::Message,
            _ => Blame::Office,
        },
        DialogueStage::To | DialogueStage::Data | DialogueStage::Text
            if OFFICE_S_WORDS.iter().any(|word| text.contains(word)) =>
        {
            Blame::Office
        }
        DialogueStage::To | DialogueStage::Data | DialogueStage::Text => {
            detail.and_then(Detail::blame).unwrap_or_else(|| by_code(stage, code))
        }
    }
}

/// By the code alone, for servers that give no detail.
fn by_code(stage: DialogueStage, code: u16) -> Blame {
    match (code, stage) {
        // 503: the command came too early, so that a login was wanted; 521: no mail is taken at all.
        (503 | 521 | 530 | 534 | 535 | 538, _) => Blame::Office,
        // Its allotment is used up.
        (552, _) => Blame::Mailbox,
        (550 | 551 | 553 | 556, DialogueStage::To) => Blame::Address,
        _ => Blame::Message,
    }
}

/// The enhanced code of a refusal: `5.1.1` is class 5, subject 1, number 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Detail {
    class: Severity,
    subject: u16,
    number: u16,
}

impl Detail {
    /// The first that stands in the text, of the same class as the code: at its beginning as a rule, with
    /// some servers in brackets at its end.
    fn of(code: Code, text: &str) -> Option<Self> {
        let class = code.severity.to_string();
        let is_part = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit());
        text.split_whitespace().take(40).find_map(|word| {
            let word = word.trim_matches(|c: char| !c.is_ascii_digit());
            let parts: Vec<&str> = word.split('.').collect();
            let [first, subject, number] = parts[..] else { return None };
            let is_one = first == class && [subject, number].iter().all(is_part);
            if !is_one {
                return None;
            }
            let (subject, number) = (subject.parse().ok()?, number.parse().ok()?);
            Some(Detail { class: code.severity, subject, number })
        })
    }

    /// `None` where it says less than the code.
    fn blame(self) -> Option<Blame> {
        Some(match (self.subject, self.number) {
            // The sender's address.
            (1, 7 | 8) => Blame::Office,
            // Meant for who already delivered it.
            (1, 5) => Blame::Message,
            (1, _) => Blame::Address,
            (2, 2) => Blame::Mailbox,
            (2, 1) => Blame::Address,
            // Exchange's own: SendAsDenied.
            (2, 252) => Blame::Office,
            (2, _) => Blame::Message,
            // The server is set up wrongly, sends in a circle, or counts what an office sends a day.
            (3, 5) | (4, 5 | 6) => Blame::Office,
            // Nobody takes mail for that domain.
            (4, 4) => Blame::Address,
            // A command that came too early, or that it doesn't know.
            (5, 1) => Blame::Office,
            (0 | 5, 0) => return None,
            // The mailbox or its domain has another owner now (RFC 7293).
            (7, 17 | 18) => Blame::Address,
            // Who may send what to whom: Totem's mails are all alike, so this meets each of them.
            (7, _) => Blame::Office,
            _ => Blame::Message,
        })
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}.{}", self.class, self.subject, self.number)
    }
}
