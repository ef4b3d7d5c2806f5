//! Why a document is refused, in words: on the screen and on the phone's page.

use super::Msg;
use crate::domain::document::{Active, Refusal};

const BYTES_PER_MB: u64 = 1_048_576;

/// Why a file is refused, and what to do.
pub fn document_refused(refusal: Refusal) -> Msg {
    match refusal {
        Refusal::OtherKind => Msg::WrongFileKind,
        Refusal::Heic => Msg::WrongFileHeic,
        Refusal::Empty => Msg::WrongFileEmpty,
        Refusal::NotWhatItsNameSays { .. } => Msg::WrongFileNotItsName,
        Refusal::TooLarge { bytes, .. } => {
            let (whole, tenth) = megabytes(bytes);
            Msg::WrongFileLarge { whole, tenth }
        }
        Refusal::TooManyPixels { width, height } => {
            Msg::WrongFilePixels { width: u64::from(width), height: u64::from(height) }
        }
        Refusal::Damaged { .. } => Msg::WrongFileDamaged,
        Refusal::Encrypted => Msg::WrongFileEncrypted,
        Refusal::Active(Active::Attachment) => Msg::WrongFileAttachment,
        Refusal::Active(Active::JavaScript | Active::Launch | Active::Action) => Msg::WrongFileActive,
        Refusal::NoPages => Msg::WrongFileNoPages,
        Refusal::TooComplicated => Msg::WrongFileComplicated,
        Refusal::NotLookedAt => Msg::WrongFileNotLookedAt,
    }
}

/// Whole megabytes and tenths, rounded up: a byte over 1 MB is more than 1 MB.
pub fn megabytes(bytes: u64) -> (u64, u64) {
    let tenths = (bytes * 10).div_ceil(BYTES_PER_MB);
    (tenths / 10, tenths % 10)
}
