//! Files that anybody can open: they are encrypted, but not even a password is asked for, so that
//! readers may forbid to print or to copy. What any reader finds in them is decrypted here too, with
//! the empty password; the file itself stays as it came, or a signature on it would break.

use std::sync::Arc;

use lopdf::encryption::crypt_filters::CryptFilter;
use lopdf::{Document, ObjectId};

use crate::domain::document::Refusal;

/// The name of the filter that leaves bytes as they are.
const IDENTITY: &[u8] = b"Identity";
/// From this version on, a file names its filters.
const VERSION_WITH_FILTERS: i64 = 4;

/// Decrypts texts and streams of one file.
pub struct Cipher {
    key: Vec<u8>,
    of_texts: Arc<dyn CryptFilter>,
    of_streams: Arc<dyn CryptFilter>,
}

impl Cipher {
    /// For a file as it was loaded without a password.
    ///
    /// # Errors
    /// [`Refusal::Encrypted`] when that doesn't open it.
    pub fn of(document: &Document) -> Result<Self, Refusal> {
        let state = document.encryption_state.as_ref().ok_or(Refusal::Encrypted)?;
        let names = [state.default_stream_filter(), state.default_string_filter()];
        let is_known =
            |name: &[u8]| name.is_empty() || name == IDENTITY || state.crypt_filters().contains_key(name);
        if state.version() >= VERSION_WITH_FILTERS && !names.into_iter().all(is_known) {
            return Err(Refusal::Encrypted);
        }
        Ok(Cipher {
            key: state.file_encryption_key().to_vec(),
            of_texts: state.get_string_filter(),
            of_streams: state.get_stream_filter(),
        })
    }

    /// A text of this object; nothing when readers would differ about it.
    pub fn text(&self, object: ObjectId, text: &[u8]) -> Option<Vec<u8>> {
        decrypted(&*self.of_texts, &self.key, object, text)
    }

    /// What a stream of this object may be, whose bytes begin here and have one of these lengths:
    /// nothing when none of them is right.
    pub fn streams(&self, object: ObjectId, raw: &[u8], lengths: &[usize]) -> Vec<Vec<u8>> {
        let ends = lengths.iter().filter_map(|length| raw.get(..*length));
        ends.filter_map(|bytes| decrypted(&*self.of_streams, &self.key, object, bytes)).collect()
    }
}

fn decrypted(filter: &dyn CryptFilter, key: &[u8], object: ObjectId, bytes: &[u8]) -> Option<Vec<u8>> {
    let key = filter.compute_key(key, object).ok()?;
    filter.decrypt(&key, bytes).ok()
}
