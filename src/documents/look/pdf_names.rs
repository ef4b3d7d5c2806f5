//! Names by which a PDF does something or carries something, found in bytes as they stand: also in
//! what no table of contents leads to, and what some other reader would find by searching.

use crate::domain::document::Active;

/// Every name that is not let in, by what it does.
const NAMES: [(&[u8], Active); 17] = [
    (b"JavaScript", Active::JavaScript),
    (b"JS", Active::JavaScript),
    (b"Launch", Active::Launch),
    (b"EmbeddedFile", Active::Attachment),
    (b"EmbeddedFiles", Active::Attachment),
    (b"EF", Active::Attachment),
    (b"FileAttachment", Active::Attachment),
    (b"GoToE", Active::Attachment),
    (b"RichMedia", Active::Attachment),
    (b"AA", Active::Action),
    (b"ImportData", Active::Action),
    (b"SubmitForm", Active::Action),
    (b"Rendition", Active::Action),
    (b"Movie", Active::Action),
    (b"Sound", Active::Action),
    (b"RichMediaExecute", Active::Action),
    (b"XFA", Active::Action),
];
/// Shorter names occur by chance in compressed bytes.
const LEAST_LETTERS_IN_RAW: usize = 6;
/// No name that matters is longer, escapes and all.
const MOST_BYTES_OF_A_NAME: usize = 64;

/// What a name does, without its slash and escapes.
pub fn active(name: &[u8]) -> Option<Active> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, active)| *active)
}

/// The worst of what stands in these bytes.
pub fn active_in_raw(bytes: &[u8]) -> Option<Active> {
    let long = names_in(bytes).filter(|name| name.len() >= LEAST_LETTERS_IN_RAW);
    long.filter_map(|name| active(&name)).min()
}

/// Whether this very name stands in these bytes.
pub fn stands_in(bytes: &[u8], wanted: &[u8]) -> bool {
    names_in(bytes).any(|name| name == wanted)
}

/// Whatever follows a slash, with escapes (a hash and two digits) made letters again.
fn names_in(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    memchr::memchr_iter(b'/', bytes).map(|slash| {
        let rest = &bytes[slash + 1..];
        let name = &rest[..rest.len().min(MOST_BYTES_OF_A_NAME)];
        let end = name.iter().position(|byte| is_end(*byte)).unwrap_or(name.len());
        unescaped(&name[..end])
    })
}

fn is_end(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ') || b"()<>[]{}/%".contains(&byte)
}

fn unescaped(name: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        let escaped = match (first, after) {
            (b'#', [high, low, ..]) => digit(*high).zip(digit(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        plain.push(escaped.unwrap_or(*first));
        rest = &after[if escaped.is_some() { 2 } else { 0 }..];
    }
    plain
}
