//! Mails as files of a Maildir: for a relay that takes them from there, for demonstrations, and
//! for tests. Each is a message after RFC 5322, which any mail program reads.

use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::files::{deliver, off_loop, private_folder};
use super::message::{Sender, message};
use super::{Mail, Mailer, SendError};

/// Writes into `tmp`, then `new`, of one folder.
#[derive(Clone, Debug)]
pub struct Maildir {
    folder: PathBuf,
    sender: Sender,
}

impl Maildir {
    /// Makes the three folders of a Maildir if they are not there.
    pub fn open(folder: &Path, sender: Sender) -> io::Result<Self> {
        for part in ["tmp", "new", "cur"] {
            private_folder(&folder.join(part))?;
        }
        Ok(Maildir { folder: folder.to_path_buf(), sender })
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
            let bytes = zeroize::Zeroizing::new(message(&mail, &maildir.sender)?.formatted());
            // Sent again under the same key, it is the same file.
            let name = format!("{}.totem", mail.key);
            deliver(&maildir.folder.join("tmp"), &maildir.folder.join("new"), &name, &bytes)
        })
        .await
    }
}
