//! Which part of a file is the PDF: what stands before its head and after its end, and what readers
//! pass over, is left behind.

use std::ops::Range;

use memchr::memmem;

use super::lexer::{Lexer, PdfToken};
use crate::domain::document::PDF_HEAD;

/// Stands at the end of each saving.
pub const END: &[u8] = b"%%EOF";
/// Before where the newest table begins, which the end mark follows.
pub const START: &[u8] = b"startxref";
/// How other files begin, wherever they stand: an archive is found from its end.
const OTHER_FILES: [&[u8]; 6] =
    [b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x7fELF", PDF_HEAD];
/// Too short to mean something but at the very beginning.
const OTHER_BEGINNINGS: [&[u8]; 4] = [b"MZ", b"GIF8", b"#!", b"\xff\xd8\xff"];

/// From its head to its last end mark, or to where that should stand in one that has none; `None` when it is
/// cut off before, or another file is hidden before or after it.
pub fn of(bytes: &[u8]) -> Option<Range<usize>> {
    let begins = memmem::find(bytes, PDF_HEAD)?;
    let ends = begins + ends(&bytes[begins..])?;
    match hides_a_file(&bytes[..begins]) || hides_a_file(&bytes[ends..]) {
        true => None,
        false => Some(begins..ends + line_end(&bytes[ends..])),
    }
}

/// Some writers leave the last mark away, or half of it is lost: after the table's place there is nothing. Where
/// no line ends there, some of the place may be lost too.
fn ends(bytes: &[u8]) -> Option<usize> {
    if let Some(at) = memmem::rfind(bytes, END) {
        return Some(at + END.len());
    }
    let mut lexer = Lexer::new(bytes, memmem::rfind(bytes, START)? + START.len());
    let is_a_place = matches!(lexer.next(), PdfToken::Integer(_));
    (is_a_place && line_end(&bytes[lexer.at()..]) > 0).then(|| lexer.at())
}

/// The end of the last line belongs to it.
fn line_end(after: &[u8]) -> usize {
    after.iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

fn hides_a_file(around: &[u8]) -> bool {
    let begins = around.trim_ascii_start();
    OTHER_FILES.iter().any(|head| memmem::find(around, head).is_some())
        || OTHER_BEGINNINGS.iter().any(|head| begins.starts_with(head))
}
