//! A document that a person brings: what it may be, what a look at it found, and why one is
//! refused. `crate::documents` does the looking.

mod named;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

pub use self::named::{NameSays, is_heic};
use super::clean::Clean;

/// The most bytes of a kept document (S16).
pub const MOST_BYTES: u64 = 1_048_576;
/// How a PDF begins.
pub const PDF_HEAD: &[u8] = b"%PDF-";
/// How many bytes readers pass over to find that: a mark of the byte order, blank lines, a letter's
/// head.
const MOST_BYTES_BEFORE_A_PDF: usize = 1024;
/// The most bytes of an image that is read in order to scale it down.
pub const MOST_BYTES_TO_SCALE: u64 = 20 * MOST_BYTES;
/// The most pixels on one side of an image (S16).
pub const MOST_PIXELS_A_SIDE: u32 = 10_000;
/// The most pixels of an image (S16).
pub const MOST_PIXELS: u64 = 40_000_000;

/// The kinds that are taken (guide 5 (6)). The numbers are stored and sealed with the document, so
/// they never change meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Kind {
    /// JPEG.
    Jpg = 1,
    /// PNG.
    Png = 2,
    /// PDF.
    Pdf = 3,
}

impl Kind {
    /// All of them, in the order of their numbers.
    pub const ALL: [Kind; 3] = [Kind::Jpg, Kind::Png, Kind::Pdf];

    /// By the first bytes of a file. Something may stand before a PDF.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Kind::Png),
            _ => {
                let head = &bytes[..bytes.len().min(MOST_BYTES_BEFORE_A_PDF + PDF_HEAD.len())];
                head.windows(PDF_HEAD.len()).any(|window| window == PDF_HEAD).then_some(Kind::Pdf)
            }
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

    /// Whether it can be scaled down.
    pub fn is_image(self) -> bool {
        self != Kind::Pdf
    }

    /// How many bytes of such a file are read at most.
    pub fn most_bytes_read(self) -> u64 {
        if self.is_image() { MOST_BYTES_TO_SCALE } else { MOST_BYTES }
    }
}

/// The size of a document, as the preview tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    /// An image's.
    Pixels {
        /// From left to right.
        width: u32,
        /// From top to bottom.
        height: u32,
    },
    /// A PDF's.
    Pages(u32),
}

/// A document that was examined from end to end: extension, first bytes and content agree, and an
/// image was written again without its metadata. Only `crate::documents` makes one (or a test, by
/// `Checked::for_test`).
#[derive(Clone, PartialEq, Eq)]
pub struct Checked {
    kind: Kind,
    extent: Extent,
    bytes: Arc<Zeroizing<Vec<u8>>>,
}

impl Checked {
    /// Its content was looked at, today or when it was kept.
    pub(crate) fn looked_at(kind: Kind, extent: Extent, bytes: Vec<u8>) -> Self {
        Checked { kind, extent, bytes: Arc::new(Zeroizing::new(bytes)) }
    }

    /// One that nobody examined.
    #[cfg(test)]
    pub fn for_test(kind: Kind, extent: Extent, bytes: &[u8]) -> Self {
        Self::looked_at(kind, extent, bytes.to_vec())
    }

    /// An image that was scaled down is a [`Kind::Jpg`], whatever it was before.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its pixels or pages.
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// What is kept: the PDF as it came, without what stood around it, an image as it was written again.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// In bytes; [`MOST_BYTES`] at most.
    pub fn len(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Always false: an empty file is refused.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Checked({:?}, {:?}, {} bytes)", self.kind, self.extent, self.len())
    }
}

/// What an image that is too large would become. It is an offer: nothing is scaled without being asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scaled {
    /// Always [`Kind::Jpg`], which is the lightest for a photographed paper.
    pub kind: Kind,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What the scaled image weighs.
    pub bytes: u64,
}

/// What a PDF may hold that acts, or carries something else along (S16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Active {
    /// A script.
    JavaScript,
    /// It would start a program.
    Launch,
    /// Other files are embedded in it.
    Attachment,
    /// A form that computes or sends, an action on opening, or a way to another file.
    Action,
}

/// Why a document is refused. The screen has its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// The extension is of no kind that is taken.
    #[error("its name ends as none of the kinds that are taken")]
    OtherKind,
    /// No bytes.
    #[error("it is empty")]
    Empty,
    /// A photo as iPhones take them, whatever its name.
    #[error("it is a photo of an iPhone (HEIC)")]
    Heic,
    /// The extension and the first bytes disagree.
    #[error("it is not what its name says")]
    NotWhatItsNameSays {
        /// By its extension.
        named: Kind,
        /// By its first bytes; `None` if they belong to no kind that is taken.
        found: Option<Kind>,
    },
    /// Over [`MOST_BYTES`].
    #[error("it is too large ({bytes} bytes)")]
    TooLarge {
        /// What the file weighs.
        bytes: u64,
        /// For an image that could be read, what it would become.
        could_be: Option<Scaled>,
    },
    /// Over [`MOST_PIXELS`] or [`MOST_PIXELS_A_SIDE`].
    #[error("it has too many pixels ({width} × {height})")]
    TooManyPixels {
        /// From left to right, as the image's head says.
        width: u32,
        /// From top to bottom, as the image's head says.
        height: u32,
    },
    /// It breaks off, or can't be read to its end.
    #[error("it is damaged")]
    Damaged {
        /// By its first bytes.
        kind: Kind,
    },
    /// A PDF that asks for a password, or may.
    #[error("it is encrypted")]
    Encrypted,
    /// The first such thing that was found.
    #[error("it is a PDF with more in it than pages")]
    Active(Active),
    /// A PDF without pages, or none that could be counted.
    #[error("its pages can't be counted")]
    NoPages,
    /// Examining it took too long or too much memory. A fresh scan may pass.
    #[error("it is too complicated to be looked at")]
    TooComplicated,
    /// The document is not to blame: it could not be examined here. Another try may work; otherwise
    /// staff are needed.
    #[error("it could not be looked at here")]
    NotLookedAt,
}

impl Refusal {
    /// Whether the person can do something about it; otherwise the fault is the kiosk's.
    pub fn is_the_documents(self) -> bool {
        self != Refusal::NotLookedAt
    }
}

/// One entry of a listing. It means something only to the listing that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice(u32);

impl Choice {
    /// The n-th entry that was ever listed.
    pub(crate) fn listed(number: u32) -> Self {
        Choice(number)
    }

    /// For tests of screens, which have no listing.
    #[cfg(test)]
    pub fn for_test(number: u32) -> Self {
        Choice(number)
    }
}

/// Where a file lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A removable drive, by its label.
    Drive(Clean),
    /// The staff's scanner.
    Scanner,
}

/// Why a listed file can't be chosen, as far as its name and size tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The extension is of no kind that is taken.
    OtherKind,
    /// A photo as iPhones take them.
    Heic,
    /// No bytes.
    Empty,
    /// Too large, and not to be scaled down: a PDF over [`MOST_BYTES`], or an image over
    /// [`MOST_BYTES_TO_SCALE`].
    TooLarge,
}

/// A file that can be chosen, or the reason why it can't (S16, S17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What to ask for it by.
    pub choice: Choice,
    /// For showing only; never a path (S17).
    pub name: Clean,
    /// Where it lies.
    pub place: Place,
    /// Its size, as the folder says.
    pub bytes: u64,
    /// When it was last written, in milliseconds since 1970, by the clock of the device that wrote
    /// it.
    pub written_ms: u64,
    /// An image over [`MOST_BYTES`] fits too: scaling it down will be offered.
    pub fits: Result<NameSays, Unfit>,
}

/// A removable drive, to write the declaration to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drive {
    /// What to ask for it by.
    pub choice: Choice,
    /// Its label.
    pub name: Clean,
    /// As it is mounted.
    pub is_read_only: bool,
}

/// All files that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The newest first; at most 200.
    pub files: Vec<Offer>,
    /// How many more there were.
    pub left_out: u32,
    /// All drives that are plugged in.
    pub drives: Vec<Drive>,
    /// The names of those that were pulled out, or stopped answering, while they were looked through.
    pub lost: Vec<Clean>,
    /// Whether the staff's scanner lays its files here too.
    pub has_scanner: bool,
}

/// The key that a document's file is sealed with. Destroying it erases the document (S13).
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

/// The record of a kept document. Dropping the record makes its file unreadable for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What its file is sealed with.
    pub key: DocumentKey,
    /// Sealed with it: one kind can't be passed off as another.
    pub kind: Kind,
    /// Its pixels or pages.
    pub extent: Extent,
    /// Its size before sealing.
    pub bytes: u64,
    /// Of the document before sealing.
    pub sha256: [u8; 32],
    /// Milliseconds since 1970.
    pub created_ms: u64,
}

/// A document that was examined, as the preview shows it. It is held in memory only until the
/// request is made, so an abandoned visit leaves nothing to erase.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// What the person knows the file by.
    pub name: Clean,
    /// What will be kept.
    pub document: Checked,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is laid out for staff, or handed to the process that looks, is named so that it is known again.
    #[test]
    fn a_name_with_the_extension_of_a_kind_says_that_kind() {
        for kind in Kind::ALL {
            let name = format!("hoja.{}", kind.extension());
            assert_eq!(NameSays::of(&name), NameSays::Kind(kind), "{name}");
        }
    }
}
