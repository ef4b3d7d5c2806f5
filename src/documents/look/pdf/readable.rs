//! The file as the library reads it. Every reader opens files that lack what it wants: an end mark, the way
//! of their encryption in an object of its own, the name that the key comes of. Of such a one the library
//! gets a copy with that added, as a saving adds it; nobody keeps the copy.

use std::borrow::Cow;

use memchr::memmem;

use super::lexer::{Lexer, PdfToken, is_regular};
use super::objects::Objects;
use super::part::{END, START};
use super::value::{Parser, PdfValue};
use crate::domain::document::Refusal;

/// A file without a name has the empty one: so readers take it.
const NO_NAME: &[u8] = b"[<> <>]";

/// These bytes, or a copy with what they lack.
///
/// # Errors
/// [`Refusal::Encrypted`] when it can't be found how the file is encrypted.
pub fn for_library<'a>(
    bytes: &'a [u8],
    objects: &Objects,
    parser: &mut Parser,
) -> Result<Cow<'a, [u8]>, Refusal> {
    let Some(lock) = LockOfPdf::of(bytes, objects, parser)? else {
        return Ok(match memmem::find(bytes, END) {
            Some(_) => Cow::Borrowed(bytes),
            None => Cow::Owned([bytes, b"\n", END, b"\n"].concat()),
        });
    };
    let number = objects.free_number().ok_or(Refusal::Encrypted)?;
    Ok(Cow::Owned(lock.saved_again(bytes, number)))
}

/// How a file is encrypted, as it stands in its bytes, where the library would not find it.
struct LockOfPdf<'a> {
    way: &'a [u8],
    is_direct: bool,
    root: &'a [u8],
    name: &'a [u8],
}

impl<'a> LockOfPdf<'a> {
    /// Nothing where the library finds all of it, or there is none.
    fn of(bytes: &'a [u8], objects: &Objects, parser: &mut Parser) -> Result<Option<Self>, Refusal> {
        let locked = || objects.trailers().filter(|trailer| trailer.has(b"Encrypt"));
        let named = locked().find_map(|trailer| trailer.all(b"ID").next());
        let way = locked().find_map(|trailer| trailer.all(b"Encrypt").next());
        let Some(way) = way else { return Ok(None) };
        let is_direct = matches!(way, PdfValue::Dictionary(_));
        if !is_direct && named.is_some() {
            return Ok(None);
        }
        let root = locked().find_map(|trailer| trailer.all(b"Root").next()).ok_or(Refusal::Encrypted)?;
        let mut raw = |key: &[u8], value: &PdfValue| raw_of(bytes, key, value, parser);
        let name = match named {
            Some(name) => raw(b"/ID", name)?,
            None => NO_NAME,
        };
        Ok(Some(LockOfPdf { way: raw(b"/Encrypt", way)?, is_direct, root: raw(b"/Root", root)?, name }))
    }

    /// The file with one more saving, which says it as the library wants it.
    fn saved_again(&self, bytes: &[u8], number: u32) -> Vec<u8> {
        let (own_place, own) = (bytes.len() + 1, format!("{number} 0 R"));
        let mut copy = [bytes, b"\n"].concat();
        let (way, entry) = match self.is_direct {
            true => {
                let head = format!("{number} 0 obj\n");
                copy.extend([head.as_bytes(), self.way, b"\nendobj\n"].concat());
                (own.as_bytes(), format!("{own_place:010} 00000 n "))
            }
            false => (self.way, "0000000000 65535 f ".to_string()),
        };
        let table = copy.len();
        let before = last_table(bytes).map_or(String::new(), |before| format!("/Prev {before}"));
        let size = u64::from(number) + 1;
        let head = format!("xref\n{number} 1\n{entry}\ntrailer\n<< /Size {size} {before} /Root ");
        let end = format!(" >>\nstartxref\n{table}\n%%EOF\n");
        let parts = [head.as_bytes(), self.root, b" /Encrypt ", way, b" /ID ", self.name, end.as_bytes()];
        copy.extend(parts.concat());
        copy
    }
}

/// The bytes of this value, after its key.
fn raw_of<'a>(
    bytes: &'a [u8],
    key: &[u8],
    value: &PdfValue,
    parser: &mut Parser,
) -> Result<&'a [u8], Refusal> {
    for at in memmem::find_iter(bytes, key) {
        let after = at + key.len();
        if bytes.get(after).is_some_and(|byte| is_regular(*byte)) {
            continue;
        }
        match parser.value(bytes, after) {
            Ok(Some((read, end))) if read == *value => return Ok(&bytes[after..end]),
            Err(Refusal::TooComplicated) => return Err(Refusal::TooComplicated),
            _ => {}
        }
    }
    Err(Refusal::Encrypted)
}

/// Where the newest table begins, by the file's own word.
fn last_table(bytes: &[u8]) -> Option<i64> {
    let at = memmem::rfind(bytes, START)? + START.len();
    match Lexer::new(bytes, at).next() {
        PdfToken::Integer(place) => Some(place),
        _ => None,
    }
}
