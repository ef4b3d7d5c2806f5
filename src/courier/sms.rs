//! SMS as files of JSON in a folder, for a gateway that takes them from there, for demonstrations
//! and for tests.

use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use serde::Serialize;

use super::files::{deliver, off_loop, private_folder};
use super::{SendError, Text, Texter};

/// Writes one file for each SMS: `{"key", "to", "text", "at_ms"}` and an end of line.
#[derive(Clone, Debug)]
pub struct SmsFolder {
    folder: PathBuf,
}

impl SmsFolder {
    /// Makes the folder, and `tmp` within, if they are not there.
    pub fn open(folder: &Path) -> io::Result<Self> {
        private_folder(&folder.join("tmp"))?;
        Ok(SmsFolder { folder: folder.to_path_buf() })
    }
}

#[derive(Serialize)]
struct SmsFile<'a> {
    key: String,
    /// E.164
    to: String,
    text: &'a str,
    at_ms: u64,
}

#[async_trait]
impl Texter for SmsFolder {
    async fn send(&self, text: &Text) -> Result<(), SendError> {
        let (folder, text) = (self.folder.clone(), text.clone());
        off_loop(move || {
            let line = SmsFile {
                key: text.key.to_string(),
                to: text.to.international(),
                text: text.text.expose(),
                at_ms: text.at_ms,
            };
            let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(1024));
            serde_json::to_writer(&mut *bytes, &line)
                .map_err(|error| SendError::Permanent(error.to_string()))?;
            bytes.push(b'\n');
            deliver(&folder.join("tmp"), &folder, &format!("{}.json", text.key), &bytes)
        })
        .await
    }
}
