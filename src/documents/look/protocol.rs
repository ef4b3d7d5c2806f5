//! How the process that looks answers: one line of JSON, and after it an image written anew, or the
//! part of a file that is its PDF.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::{Seen, Wish, look_at};
use crate::domain::document::{Checked, Extent, Kind, MOST_BYTES, Refusal};

/// No verdict is longer.
const MOST_BYTES_OF_A_LINE: usize = 1024;

/// The line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// So many bytes follow; none of a PDF that stays as it is.
    Fits {
        /// What it is.
        kind: Kind,
        /// Its pixels or its pages.
        extent: Extent,
        /// Bytes that follow.
        bytes: u64,
    },
    /// It is refused.
    Refused(Refusal),
}

/// Reads the document, looks at it, and answers.
///
/// # Errors
/// When it can't be read, or nobody listens.
pub fn answer(kind: Kind, wish: Wish, from: impl Read, mut to: impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    from.take(kind.most_bytes_read() + 1).read_to_end(&mut bytes)?;
    let seen = look_at(kind, &bytes, wish);
    let (verdict, anew) = match seen {
        Ok(Seen { kind, extent, anew }) => {
            let anew = anew.unwrap_or_default();
            (Verdict::Fits { kind, extent, bytes: anew.len() as u64 }, anew)
        }
        Err(refusal) => (Verdict::Refused(refusal), Vec::new()),
    };
    serde_json::to_writer(&mut to, &verdict)?;
    to.write_all(b"\n")?;
    to.write_all(&anew)?;
    to.flush()
}

/// What was answered about `given`. Who answered read hostile bytes, and is not believed further
/// than it can be seen: [`Refusal::Damaged`] if the answer doesn't hold together.
pub fn understand(named: Kind, given: &[u8], answer: &[u8]) -> Result<Checked, Refusal> {
    let damaged = Refusal::Damaged { kind: named };
    let head = &answer[..answer.len().min(MOST_BYTES_OF_A_LINE)];
    let end = head.iter().position(|byte| *byte == b'\n').ok_or(damaged)?;
    let anew = &answer[end + 1..];
    match serde_json::from_slice(&head[..end]).map_err(|_| damaged)? {
        Verdict::Refused(refusal) => Err(refusal),
        Verdict::Fits { kind, extent, bytes } => {
            let (content, matches) = match (kind, extent) {
                (Kind::Pdf, Extent::Pages(_)) if bytes == 0 => (given, named == Kind::Pdf && anew.is_empty()),
                (Kind::Pdf, Extent::Pages(_)) => {
                    let is_part = memchr::memmem::find(given, anew).is_some();
                    (anew, named == Kind::Pdf && bytes == anew.len() as u64 && is_part)
                }
                (_, Extent::Pixels { .. }) => (anew, named.is_image() && bytes == anew.len() as u64),
                _ => return Err(damaged),
            };
            let is_right =
                matches && Kind::of_bytes(content) == Some(kind) && content.len() as u64 <= MOST_BYTES;
            if is_right { Ok(Checked::looked_at(kind, extent, content.to_vec())) } else { Err(damaged) }
        }
    }
}
