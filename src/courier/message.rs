//! A mail as a message after RFC 5322, whichever way it then takes: who it is from, its name, and
//! its sentences as text and as HTML. The same mail gives the same bytes.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Address;
use lettre::message::header::{
    ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue,
};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

use super::{Attachment, Mail, SendError, html};
use crate::domain::clean::Clean;
use crate::domain::email::Email;

/// Who mails are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// Beside the address.
    pub name: Clean,
    /// It need not take answers.
    pub address: Email,
    /// Where answers go, if not to `address`.
    pub reply_to: Option<Email>,
}

impl Sender {
    /// What stands after the @, in ASCII.
    pub(super) fn domain(&self) -> String {
        let address = self.address.on_the_wire();
        let domain = address.as_deref().and_then(|address| address.rsplit_once('@'));
        domain.map_or("localhost", |(_, domain)| domain).to_string()
    }
}

/// The message. Its Message-ID comes from the sending's key alone, so that a relay knows it again.
/// Headers are made of parsed addresses and cleaned text only (S21).
///
/// # Errors
/// When an address is one that the kiosk takes and mail does not.
pub fn message(mail: &Mail, sender: &Sender) -> Result<Message, SendError> {
    let permanent = |what: &str| SendError::Permanent(what.to_string());
    let from_address = wire(&sender.address).ok_or_else(|| permanent("the sender's address is not one"))?;
    let answers = match &sender.reply_to {
        Some(address) => Some(wire(address).ok_or_else(|| permanent("the address for answers is not one"))?),
        None => None,
    };
    let to = wire(&mail.to);
    let to =
        to.ok_or_else(|| SendError::AddressRefused("no mail server could find this address".to_string()))?;
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
        // Fixed, so equal mails are equal bytes. Quoted-printable text never holds what it begins
        // with, whatever the text is.
        .boundary(format!("=_totem-{}", mail.key))
        .singlepart(part(ContentType::TEXT_PLAIN, mail.body.expose())?)
        .singlepart(part(ContentType::TEXT_HTML, page.expose())?);
    let whole = match &mail.attachment {
        None => both,
        Some(attachment) => MultiPart::mixed()
            .boundary(format!("=_totem-with-{}", mail.key))
            .multipart(both)
            .singlepart(attached(attachment)?),
    };
    builder
        .message_id(Some(format!("<{}@{}>", mail.key, sender.domain())))
        .date(UNIX_EPOCH + Duration::from_millis(mail.at_ms))
        .from(Mailbox::new(Some(sender.name.to_string()), from_address))
        .to(Mailbox::new(None, to))
        .subject(mail.subject.as_str())
        .raw_header(automatic)
        .multipart(whole)
        .map_err(|error| permanent(&error.to_string()))
}

/// An address as every mail server takes it.
fn wire(address: &Email) -> Option<Address> {
    address.on_the_wire()?.parse().ok()
}

fn part(kind: ContentType, text: &str) -> Result<SinglePart, SendError> {
    let body = Body::new_with_encoding(text.to_string(), ContentTransferEncoding::QuotedPrintable);
    let body = body.map_err(|_| SendError::Permanent("the text can't be encoded".to_string()))?;
    Ok(SinglePart::builder().header(kind).body(body))
}

/// A file, in letters and digits: neither boundary begins as those do.
fn attached(file: &Attachment) -> Result<SinglePart, SendError> {
    let fault = |what: &str| SendError::Permanent(what.to_string());
    let kind = ContentType::parse(file.media_type).map_err(|_| fault("the file's kind is none"))?;
    let body = Body::new_with_encoding(file.bytes.to_vec(), ContentTransferEncoding::Base64);
    let body = body.map_err(|_| fault("the file can't be encoded"))?;
    let disposition = ContentDisposition::attachment(file.name.as_str());
    Ok(SinglePart::builder().header(kind).header(disposition).body(body))
}

#[cfg(test)]
mod tests {
    use mail_parser::{MessageParser, MimeHeaders as _};
    use proptest::prelude::*;

    use super::*;
    use crate::courier::SendingKey;
    use crate::domain::language::Language;
    use crate::domain::reference::Id;
    use crate::domain::secret::Secret;

    const HEADERS: [&str; 9] = [
        "Reply-To",
        "Message-ID",
        "Date",
        "From",
        "To",
        "Subject",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];

    fn written(name: &str, subject: &str, body: &str, to: &str) -> Option<Message> {
        written_with(None, name, subject, body, to)
    }

    fn written_with(
        attachment: Option<Attachment>,
        name: &str,
        subject: &str,
        body: &str,
        to: &str,
    ) -> Option<Message> {
        let mail = Mail {
            to: to.parse().ok()?,
            subject: subject.into(),
            body: Secret::new(body),
            language: Language::En,
            key: SendingKey { errand: Id([7; 16]), generation: 1 },
            at_ms: 1_795_348_800_000,
            attachment,
        };
        let sender = Sender {
            name: name.into(),
            address: "no-responder@totem.example".parse().unwrap(),
            reply_to: "ayuda@totem.example".parse().ok(),
        };
        message(&mail, &sender).ok()
    }

    /// Text as it comes from those who want more than one header.
    fn nasty() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\r\nBcc: malo@example.cl\r\n".to_string()),
            Just("\r\n\r\n.\r\n\n--=_totem-07070707070707070707070707070707-1--\n".to_string()),
            Just("--=_totem-07070707070707070707070707070707-1".to_string()),
            Just("=?utf-8?q?=0D=0ABcc:_x?=".to_string()),
            any::<String>(),
        ];
        prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_file_goes_along_as_it_is_under_its_name(name in nasty(), bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let attachment = Attachment {
                name: format!("{name}.docx").into(),
                media_type: crate::documents::declaration::MEDIA_TYPE,
                bytes: bytes.clone().into(),
            };
            let message = written_with(Some(attachment.clone()), "a", "b", "c", "a@example.cl").unwrap();
            let formatted = message.formatted();
            prop_assert!(formatted.is_ascii());
            let read = MessageParser::default().parse(&formatted).unwrap();
            let names: Vec<&str> = read.headers().iter().map(|header| header.name()).collect();
            prop_assert_eq!(names, HEADERS);
            prop_assert_eq!(read.attachment_count(), 1);
            let file = read.attachment(0).unwrap();
            prop_assert_eq!(file.contents(), &bytes[..]);
            prop_assert_eq!(read.body_text(0).map(|text| text.trim_end().to_string()), Some("c".to_string()));
            let kind = file.content_type().unwrap();
            prop_assert_eq!(format!("{}/{}", kind.ctype(), kind.subtype().unwrap()), attachment.media_type);
        }

        #[test]
        fn no_text_becomes_a_header_or_another_part(name in nasty(), subject in nasty(), body in nasty()) {
            let message = written(&name, &subject, &body, "a@example.cl").unwrap();
            let bytes = message.formatted();
            prop_assert!(bytes.is_ascii());
            let read = MessageParser::default().parse(&bytes).unwrap();
            let names: Vec<&str> = read.headers().iter().map(|header| header.name()).collect();
            prop_assert_eq!(names, HEADERS);
            prop_assert_eq!(read.parts.len(), 3);
            let to: Vec<String> = message.envelope().to().iter().map(ToString::to_string).collect();
            prop_assert_eq!(to, ["a@example.cl"]);
        }

        #[test]
        fn no_address_becomes_two_or_a_command(to in r"[!-~\r\n\t <>,;:@.a-z]{1,40}@[a-z.,;<> \r\n-]{1,30}") {
            if let Some(message) = written("a", "b", "c", &to) {
                let to = message.envelope().to();
                prop_assert_eq!(to.len(), 1);
                let has_break = to[0].to_string().contains(|c: char| c.is_control() || " <>,;".contains(c));
                prop_assert!(!has_break);
            }
        }
    }
}
