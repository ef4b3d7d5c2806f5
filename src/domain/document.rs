//! A document that a person brings: what it may be, what is known of it once it was looked at, and
//! why one is not taken. `crate::documents` does the looking.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::clean::Clean;

/// What a kept document may weigh (S16).
pub const MOST_BYTES: u64 = 1_048_576;
/// The largest image that is read, to be scaled down.
pub const MOST_BYTES_TO_SCALE: u64 = 20 * MOST_BYTES;
/// Pixels on a side of an image (S16).
pub const MOST_PIXELS_A_SIDE: u32 = 10_000;
/// Pixels of an image (S16).
pub const MOST_PIXELS: u64 = 40_000_000;

/// What is taken. The numbers are stored and sealed with the document: they never change meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Kind {
    Jpg = 1,
    Png = 2,
    Pdf = 3,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Jpg, Kind::Png, Kind::Pdf];

    /// By the end of a file's name, whatever its case.
    pub fn of_name(name: &str) -> Option<Self> {
        let (before, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            _ if before.is_empty() => None,
            "jpg" | "jpeg" => Some(Kind::Jpg),
            "png" => Some(Kind::Png),
            "pdf" => Some(Kind::Pdf),
            _ => None,
        }
    }

    /// By the first bytes of a file.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Kind::Png),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Kind::Pdf),
            _ => None,
        }
    }

    /// The end of a name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Jpg => "jpg",
            Kind::Png => "png",
            Kind::Pdf => "pdf",
        }
    }

    pub fn is_image(self) -> bool {
        self != Kind::Pdf
    }

    /// How many bytes of a file of this kind are read at most.
    pub fn most_bytes_read(self) -> u64 {
        if self.is_image() { MOST_BYTES_TO_SCALE } else { MOST_BYTES }
    }
}

/// How much there is of it, for the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    Pixels { width: u32, height: u32 },
    Pages(u32),
}

/// A document that was looked at from end to end: extension, first bytes and content agree, an
/// image was written anew without what else stood in it. Only `crate::documents` makes one (or a
/// test, by `Checked::for_test`).
#[derive(Clone, PartialEq, Eq)]
pub struct Checked {
    kind: Kind,
    extent: Extent,
    bytes: Arc<Zeroizing<Vec<u8>>>,
}

impl Checked {
    pub(crate) fn new(kind: Kind, extent: Extent, bytes: Vec<u8>) -> Self {
        Checked { kind, extent, bytes: Arc::new(Zeroizing::new(bytes)) }
    }

    /// One that nobody looked at.
    #[cfg(test)]
    pub fn for_test(kind: Kind, extent: Extent, bytes: &[u8]) -> Self {
        Self::new(kind, extent, bytes.to_vec())
    }

    /// Scaled down, an image is [`Kind::Jpg`] whatever it was.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub fn extent(&self) -> Extent {
        self.extent
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn len(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Never: an empty file is refused.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Checked({:?}, {:?}, {} bytes)", self.kind, self.extent, self.len())
    }
}

/// What an image that is too large would become. An offer: nothing is scaled unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scaled {
    /// Always [`Kind::Jpg`] today: the lightest for a photo of a paper.
    pub kind: Kind,
    pub width: u32,
    pub height: u32,
    pub bytes: u64,
}

/// What a PDF may hold that does something, or carries something else along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Active {
    JavaScript,
    /// It would start a program.
    Launch,
    /// Other files travel in it.
    Attachment,
    /// A form that computes or sends, or something that happens on opening.
    Action,
}

/// Why a document is not taken. Its sentence is the screen's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// The name doesn't end as one of the kinds that are taken.
    #[error("its name ends as none of the kinds that are taken")]
    OtherKind,
    #[error("it is empty")]
    Empty,
    /// The name says one thing, the first bytes another, or nothing that is known.
    #[error("it is not what its name says")]
    NotWhatItsNameSays { named: Kind, found: Option<Kind> },
    /// Over [`MOST_BYTES`]. An image that could be read comes with what it would become.
    #[error("it is too large ({bytes} bytes)")]
    TooLarge { bytes: u64, could_be: Option<Scaled> },
    /// Over [`MOST_PIXELS`] or [`MOST_PIXELS_A_SIDE`].
    #[error("it has too many pixels ({width} × {height})")]
    TooManyPixels { width: u32, height: u32 },
    /// It breaks off, or can't be read to its end.
    #[error("it is damaged")]
    Damaged { kind: Kind },
    /// A PDF that asks for a password, or would.
    #[error("it is encrypted")]
    Encrypted,
    #[error("it is a PDF with more in it than pages")]
    Active(Active),
    #[error("its pages can't be counted")]
    NoPages,
    /// Looking at it took too long or too much memory. Printed and scanned anew it may do.
    #[error("it is too complicated to be looked at")]
    TooComplicated,
    /// Not the document's fault: it could not be looked at here. Worth another try, and help.
    #[error("it could not be looked at here")]
    NotLookedAt,
}

impl Refusal {
    /// Whether the person can do something about it; else it is ours.
    pub fn is_the_documents(self) -> bool {
        self != Refusal::NotLookedAt
    }
}

/// One entry of a listing. Means something to the listing that it comes from, and to no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice(pub(crate) u32);

impl Choice {
    /// For tests of screens, which know no listing.
    #[cfg(test)]
    pub fn for_test(number: u32) -> Self {
        Choice(number)
    }
}

/// Where a file lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A removable drive, by the name it goes by.
    Drive(Clean),
    /// The staff's scanner.
    Scanner,
}

/// Why a file that is listed can't be chosen, as far as its name and size tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Its name ends as none of the kinds that are taken.
    OtherKind,
    Empty,
    /// Too large, and nothing to be scaled down: a PDF over [`MOST_BYTES`], an image over
    /// [`MOST_BYTES_TO_SCALE`].
    TooLarge,
}

/// A file to choose, or the reason beside it (S16, S17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub choice: Choice,
    /// To be shown; never a path.
    pub name: Clean,
    pub place: Place,
    pub bytes: u64,
    /// When it was last written, in milliseconds since 1970, by whatever clock wrote it.
    pub written_ms: u64,
    /// An image over [`MOST_BYTES`] fits: it will be offered to be scaled down.
    pub fits: Result<Kind, Unfit>,
}

/// A removable drive to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drive {
    pub choice: Choice,
    pub name: Clean,
    pub is_read_only: bool,
}

/// Everything that lies ready.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The newest first; at most 200.
    pub files: Vec<Offer>,
    /// How many more there were.
    pub left_out: u32,
    pub drives: Vec<Drive>,
}

/// What a document's file is sealed with: destroying it is the erasure (S13).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentKey(pub(crate) [u8; 32]);

impl Drop for DocumentKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for DocumentKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("DocumentKey(…)")
    }
}

/// The record of a kept document. Dropping it makes its file unreadable for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub key: DocumentKey,
    pub kind: Kind,
    pub extent: Extent,
    pub bytes: u64,
    /// Of the document as it was checked.
    pub sha256: [u8; 32],
    pub created_ms: u64,
}

/// A document that was looked at, as the preview shows it. It lies in memory alone until the
/// request is made, so that a visit that is abandoned leaves nothing to erase.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    pub name: Clean,
    pub document: Checked,
}
