//! A mail as a message after RFC 5322, whichever way it then takes: who it is from, its name, and
//! its sentences as text and as HTML. The same mail gives the same bytes.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::{Mail, SendError, html};
use crate::domain::clean::Clean;
use crate::domain::email::Email;

/// Who mails are from, and where answers go if not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub name: Clean,
    pub address: Email,
    pub reply_to: Option<Email>,
}

impl Sender {
    /// What stands after the @.
    pub(super) fn domain(&self) -> &str {
        self.address.as_str().rsplit_once('@').map_or("localhost", |(_, domain)| domain)
    }
}

/// The message. Its Message-ID comes from the sending's key alone, so that a relay knows it again.
/// Headers are made of parsed addresses and cleaned text only (S21).
///
/// # Errors
/// When an address is one that our kiosk takes and mail does not.
pub fn message(mail: &Mail, sender: &Sender) -> Result<Message, SendError> {
    let permanent = |what: &str| SendError::Permanent(what.to_string());
    let from_address =
        sender.address.as_str().parse().map_err(|_| permanent("the sender's address is not one"))?;
    let answers = sender.reply_to.as_ref().map(|address| address.as_str().parse()).transpose();
    let answers = answers.map_err(|_| permanent("the address for answers is not one"))?;
    let refused = |_| SendError::AddressRefused("the mail program can't write this address".to_string());
    let to = mail.to.as_str().parse().map_err(refused)?;
    let automatic = HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        // RFC 3834: nobody's holiday answers to it.
        "auto-generated".to_string(),
    );
    let mut builder = Message::builder();
    if let Some(address) = answers {
        builder = builder.reply_to(Mailbox::new(None, address));
    }
    let page = html::page(mail);
    let both = MultiPart::alternative()
        // Not by chance, as it else would be: the same mail is the same bytes.
        .boundary(format!("totem-{}", mail.key))
        .singlepart(part(ContentType::TEXT_PLAIN, mail.body.expose()))
        .singlepart(part(ContentType::TEXT_HTML, page.expose()));
    builder
        .message_id(Some(format!("<{}@{}>", mail.key, sender.domain())))
        .date(UNIX_EPOCH + Duration::from_millis(mail.at_ms))
        .from(Mailbox::new(Some(sender.name.to_string()), from_address))
        .to(Mailbox::new(None, to))
        .subject(mail.subject.as_str())
        .raw_header(automatic)
        .multipart(both)
        .map_err(|error| permanent(&error.to_string()))
}

fn part(kind: ContentType, text: &str) -> SinglePart {
    SinglePart::builder().header(kind).body(text.to_string())
}
