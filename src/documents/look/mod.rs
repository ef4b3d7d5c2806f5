//! Looks at a document from end to end (S16). Everything here works on bytes that somebody may
//! have made to harm: it runs in a process of its own, with little memory and time, which holds
//! no key and may open nothing.

mod image;
mod jpeg;
mod pdf;
mod png;
pub mod protocol;

pub use pdf::harmless_part;

use crate::domain::document::{Extent, Kind, MOST_BYTES, Refusal, is_heic};

/// What is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Taken as it is, if it is small enough.
    AsItIs,
    /// An image, scaled down until it is small enough.
    ScaledDown,
}

/// A document in which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What it is, which may be another than its name said: a large PNG becomes a JPEG.
    pub kind: Kind,
    /// Its pixels or its pages.
    pub extent: Extent,
    /// An image written anew, or the part of a file that is its PDF; nothing for one that stays as it is.
    pub anew: Option<Vec<u8>>,
}

/// Looks at bytes whose name ends as `kind`.
///
/// # Errors
/// Why it can't be kept.
pub fn look_at(kind: Kind, bytes: &[u8], wish: Wish) -> Result<Seen, Refusal> {
    agree(kind, bytes)?;
    match kind {
        Kind::Jpg | Kind::Png => image::look_at(kind, bytes, wish),
        Kind::Pdf => pdf::look_at(bytes),
    }
}

/// Whether name, first bytes and size agree: what needs no decoder, and is asked before one runs.
///
/// # Errors
/// When they don't, or there is nothing or too much.
pub fn agree(named: Kind, bytes: &[u8]) -> Result<(), Refusal> {
    let size = bytes.len() as u64;
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    match Kind::of_bytes(bytes) {
        Some(kind) if kind == named => {}
        None if is_heic(bytes) => return Err(Refusal::Heic),
        found => return Err(Refusal::NotWhatItsNameSays { named, found }),
    }
    let most = if named.is_image() { named.most_bytes_read() } else { MOST_BYTES };
    match size > most {
        true => Err(Refusal::TooLarge { bytes: size, could_be: None }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
