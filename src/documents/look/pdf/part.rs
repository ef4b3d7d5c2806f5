//! Which part of a file is the PDF: what stands before its head and after its end, and what readers
//! pass over, is left behind.

use std::ops::Range;

use memchr::memmem;

use crate::domain::document::PDF_HEAD;

const END: &[u8] = b"%%EOF";
/// How other files begin, wherever they stand: an archive is found from its end.
const OTHER_FILES: [&[u8]; 6] =
    [b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x7fELF", PDF_HEAD];
/// Too short to mean something but at the very beginning.
const OTHER_BEGINNINGS: [&[u8]; 4] = [b"MZ", b"GIF8", b"#!", b"\xff\xd8\xff"];

/// From its head to its last end mark; `None` without one, or when another file is hidden before or
/// after it.
pub fn of(bytes: &[u8]) -> Option<Range<usize>> {
    let begins = memmem::find(bytes, PDF_HEAD)?;
    let ends = begins + memmem::rfind(&bytes[begins..], END)? + END.len();
    match hides_a_file(&bytes[..begins]) || hides_a_file(&bytes[ends..]) {
        true => None,
        false => Some(begins..ends + line_end(&bytes[ends..])),
    }
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
