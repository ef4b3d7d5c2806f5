//! Mails as files of a Maildir: for a relay that takes them from there, for demonstrations, and
//! for tests. Each is a message after RFC 5322, which any mail program reads.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};

use super::files::{deliver, off_loop, private_folder};
use super::{Mail, Mailer, SendError};
use crate::domain::clean::Clean;
use crate::domain::email::Email;

/// Writes into `tmp`, then `new`, of one folder.
#[derive(Clone, Debug)]
pub struct Maildir {
    folder: PathBuf,
    from_name: Clean,
    from: Email,
    reply_to: Option<Email>,
}

impl Maildir {
    /// Makes the three folders of a Maildir if they are not there.
    pub fn open(folder: &Path, from_name: Clean, from: Email) -> io::Result<Self> {
        for part in ["tmp", "new", "cur"] {
            private_folder(&folder.join(part))?;
        }
        Ok(Maildir { folder: folder.to_path_buf(), from_name, from, reply_to: None })
    }

    /// The same, with answers going to this address instead of the sender's.
    pub fn answered_at(self, reply_to: Option<Email>) -> Self {
        Maildir { reply_to, ..self }
    }

    /// The folder that a mail program looks into.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

#[async_trait]
impl Mailer for Maildir {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let (maildir, mail) = (self.clone(), mail.clone());
        off_loop(move || {
            let message = message(&mail, &maildir.from_name, &maildir.from, maildir.reply_to.as_ref())?;
            let bytes = zeroize::Zeroizing::new(message.formatted());
            // The time is the errand's: sent again under the same key, it is the same file.
            let name = format!("{}.totem", mail.key);
            deliver(&maildir.folder.join("tmp"), &maildir.folder.join("new"), &name, &bytes)
        })
        .await
    }
}

/// The message after RFC 5322. Its Message-ID comes from the sending's key alone, so that a relay
/// knows it again. Headers are made of parsed addresses and cleaned text only (S21).
pub fn message(
    mail: &Mail,
    from_name: &Clean,
    from: &Email,
    reply_to: Option<&Email>,
) -> Result<Message, SendError> {
    let permanent = |what: &str| SendError::Permanent(what.to_string());
    let from_address = from.as_str().parse().map_err(|_| permanent("the sender's address is not one"))?;
    let answers = reply_to.map(|address| address.as_str().parse()).transpose();
    let answers = answers.map_err(|_| permanent("the address for answers is not one"))?;
    let to = mail.to.as_str().parse().map_err(|_| permanent("the mail program can't write this address"))?;
    let domain = from.as_str().rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let automatic = HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        // RFC 3834: nobody's holiday answers to it.
        "auto-generated".to_string(),
    );
    let mut builder = Message::builder();
    if let Some(address) = answers {
        builder = builder.reply_to(Mailbox::new(None, address));
    }
    builder
        .message_id(Some(format!("<{}@{domain}>", mail.key)))
        .date(UNIX_EPOCH + Duration::from_millis(mail.at_ms))
        .from(Mailbox::new(Some(from_name.to_string()), from_address))
        .to(Mailbox::new(None, to))
        .subject(mail.subject.as_str())
        .raw_header(automatic)
        .header(ContentType::TEXT_PLAIN)
        .body(mail.body.expose().to_string())
        .map_err(|error| permanent(&error.to_string()))
}
