//! What a mail server's refusal means for a message: whose fault it is, and whether another try
//! makes sense. By the codes alone (RFC 5321, RFC 3463): what a server says beside them may quote
//! the address, so it goes nowhere.

use std::error::Error as _;
use std::fmt;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::{Code, Severity};

use super::SendError;

/// How far the dialogue had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Greeting,
    StartTls,
    Login,
    From,
    To,
    Data,
    Text,
}

impl fmt::Display for Stage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Stage::Greeting => "the greeting",
            Stage::StartTls => "STARTTLS",
            Stage::Login => "AUTH",
            Stage::From => "MAIL FROM",
            Stage::To => "RCPT TO",
            Stage::Data => "DATA",
            Stage::Text => "the text",
        })
    }
}

/// Before the text began nothing has left, whatever happened.
pub(super) fn before_text(stage: Stage, error: &Error) -> SendError {
    match (error.status(), stage) {
        (Some(code), _) => refused(stage, code, error),
        (None, Stage::Login) if error.is_client() => {
            SendError::AccessRefused("the server takes neither AUTH PLAIN nor AUTH LOGIN".to_string())
        }
        (None, _) => SendError::Unreachable(format!("the connection broke at {stage}")),
    }
}

/// An answer to the text says what became of it; without one it may have been taken.
pub(super) fn after_text(error: &Error) -> SendError {
    match error.status() {
        Some(code) => refused(Stage::Text, code, error),
        None => SendError::Unknown("the connection broke after the text".to_string()),
    }
}

fn refused(stage: Stage, code: Code, error: &Error) -> SendError {
    let detail = detail(error);
    let said = match detail {
        Some((class, subject, number)) => format!("{code} {class}.{subject}.{number} at {stage}"),
        None => format!("{code} at {stage}"),
    };
    if code.severity != Severity::PermanentNegativeCompletion {
        return SendError::Temporary(said);
    }
    match stage {
        // Nothing of this is about the message: it can go once somebody mended the settings.
        Stage::Greeting | Stage::StartTls | Stage::Login | Stage::From => SendError::AccessRefused(said),
        Stage::To | Stage::Text if is_about_the_address(stage, code, detail) => {
            SendError::AddressRefused(said)
        }
        Stage::To | Stage::Data | Stage::Text => SendError::Permanent(said),
    }
}

/// Subjects 1 and 2 of RFC 3463 are the address and its mailbox, but for two that are about the
/// sender's. Who gives no such detail means the address when RCPT is refused with one of three
/// codes.
fn is_about_the_address(stage: Stage, code: Code, detail: Option<(u16, u16, u16)>) -> bool {
    match detail {
        Some((5, 1, number)) => !(7..=8).contains(&number),
        Some((5, subject, _)) => subject == 2,
        _ => stage == Stage::To && ["550", "551", "553"].contains(&code.to_string().as_str()),
    }
}

/// The enhanced code, `5.1.1`, with which an answer's text begins if the server has them.
fn detail(error: &Error) -> Option<(u16, u16, u16)> {
    let text = error.source()?.to_string();
    let mut numbers = text.split_whitespace().next()?.splitn(3, '.').map(|part| part.parse::<u16>().ok());
    Some((numbers.next()??, numbers.next()??, numbers.next()??))
}
