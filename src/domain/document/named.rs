//! What a file's name says that it is; and photos that need a word of their own, whatever they are called.

use super::{Kind, MOST_BYTES_TO_SCALE};

/// What a file's name says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameSays {
    /// It ends as this kind.
    Kind(Kind),
    /// It has no end: its first bytes will say.
    Nothing,
    /// A photo as iPhones take them ([`is_heic`]).
    Heic,
    /// It ends as no kind that is taken.
    Otherwise,
}

impl NameSays {
    /// By the extension of a file's name, whatever its case.
    pub fn of(name: &str) -> Self {
        let Some((before, extension)) = name.trim().rsplit_once('.') else { return NameSays::Nothing };
        match extension.to_ascii_lowercase().as_str() {
            _ if before.is_empty() => NameSays::Otherwise,
            "jpg" | "jpeg" | "jpe" | "jfif" => NameSays::Kind(Kind::Jpg),
            "png" => NameSays::Kind(Kind::Png),
            "pdf" => NameSays::Kind(Kind::Pdf),
            "heic" | "heif" => NameSays::Heic,
            _ => NameSays::Otherwise,
        }
    }

    /// How many bytes of such a file are read at most.
    pub fn most_bytes_read(self) -> u64 {
        match self {
            NameSays::Kind(kind) => kind.most_bytes_read(),
            NameSays::Nothing | NameSays::Heic | NameSays::Otherwise => MOST_BYTES_TO_SCALE,
        }
    }
}

/// Whether a file is a photo as iPhones take them, whatever its name: HEIF or AVIF (ISO/IEC 23008-12),
/// in which the kind stands from the fifth byte on.
pub fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 9] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_phones_and_copiers_call_files() {
        for (name, named) in [
            ("carta.PDF", NameSays::Kind(Kind::Pdf)),
            ("foto.jfif", NameSays::Kind(Kind::Jpg)),
            ("foto.JPE", NameSays::Kind(Kind::Jpg)),
            ("carta.pdf ", NameSays::Kind(Kind::Pdf)),
            ("1000004711", NameSays::Nothing),
            ("IMG_1.HEIC", NameSays::Heic),
            ("carta.docx", NameSays::Otherwise),
            ("carta.pdf.", NameSays::Otherwise),
            (".pdf", NameSays::Otherwise),
        ] {
            assert_eq!(NameSays::of(name), named, "{name}");
        }
    }
}
