//! Lines of a table that somebody else wrote: TAB or `;` between the columns, a byte-order mark, CRLF,
//! UTF-8 or Latin-1 line by line, fields in quotes.
//!
//! Read line by line and not by `csv`: there a field in quotes may go on over many lines, so that one
//! stray quote at the beginning of a company's name swallows the rest of three million. `csv-core`,
//! fed a line at a time, splits as fast (4.5 million lines a second each), but takes the quotes out
//! of `"EL SOL" LTDA`, and a separator for a letter after a stray one.

use std::borrow::Cow;
use std::io::{self, Read};

use memchr::{memchr, memrchr};
use unicode_normalization::UnicodeNormalization as _;

/// Longer than any honest line.
pub const MAX_LINE_BYTES: usize = 64 * 1024;
const CHUNK_BYTES: usize = 1024 * 1024;

/// Cuts a stream into pieces that end with a line's end. A line that is too long is cut to one byte
/// more than it may have, so that whoever reads it sees that it is.
pub struct Chunks<'a> {
    from: &'a mut dyn Read,
    rest: Vec<u8>,
    at_end: bool,
}

impl<'a> Chunks<'a> {
    /// Reads from here, in pieces of about a megabyte.
    pub fn new(from: &'a mut dyn Read) -> Self {
        Chunks { from, rest: Vec::new(), at_end: false }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// When the stream can't be read.
    pub fn take_next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut chunk = std::mem::take(&mut self.rest);
        while !self.at_end {
            let before = chunk.len();
            chunk.reserve(CHUNK_BYTES + MAX_LINE_BYTES);
            (&mut *self.from).take(CHUNK_BYTES as u64).read_to_end(&mut chunk)?;
            self.at_end = chunk.len() < before + CHUNK_BYTES;
            match memrchr(b'\n', &chunk) {
                Some(end) => {
                    self.rest.extend_from_slice(&chunk[end + 1..]);
                    self.rest.truncate(MAX_LINE_BYTES + 1);
                    chunk.truncate(end + 1);
                    return Ok(Some(chunk));
                }
                None => chunk.truncate(MAX_LINE_BYTES + 1),
            }
        }
        Ok(Some(chunk).filter(|chunk| !chunk.is_empty()))
    }
}

/// The lines of a piece, without their ends.
pub fn lines(chunk: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = chunk;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let line = match memchr(b'\n', rest) {
            Some(end) => {
                let line = &rest[..end];
                rest = &rest[end + 1..];
                line
            }
            None => std::mem::take(&mut rest),
        };
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

/// A line as text: UTF-8, or else Latin-1.
pub fn decode(line: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(line.iter().map(|byte| char::from(*byte)).collect()),
    }
}

/// The first line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    separator: u8,
    /// Without accents, in lower-case, `_` for whatever is no letter or digit.
    names: Vec<String>,
}

impl Header {
    /// Reads the names of the columns, and takes TAB for the separator if there is any, else `;`.
    pub fn read(line: &[u8]) -> Self {
        let text = decode(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)).into_owned();
        let separator = if text.contains('\t') { b'\t' } else { b';' };
        let mut cells = Cells::default();
        cells.split(&text, separator);
        let names = (0..cells.len()).filter_map(|index| cells.get(&text, index));
        Header { separator, names: names.map(|name| plain(&name)).collect() }
    }

    /// Where a column stands that may have any of these names.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = plain(name);
        self.names.iter().position(|other| *other == name)
    }

    /// TAB or `;`.
    pub fn separator(&self) -> u8 {
        self.separator
    }

    /// How many columns it names.
    pub fn width(&self) -> usize {
        self.names.len()
    }
}

fn plain(name: &str) -> String {
    let mut plain = String::new();
    for symbol in name.nfd().filter(char::is_ascii) {
        if symbol.is_ascii_alphanumeric() {
            plain.push(symbol.to_ascii_lowercase());
        } else if !plain.ends_with('_') && !plain.is_empty() {
            plain.push('_');
        }
    }
    plain.truncate(plain.trim_end_matches('_').len());
    plain
}

/// Where the fields of a line stand; used again for the next one.
#[derive(Default)]
pub struct Cells {
    places: Vec<(usize, usize, bool)>,
}

impl Cells {
    /// Finds the fields. A quote is a letter unless it begins a field and has its partner at that
    /// field's end.
    pub fn split(&mut self, line: &str, separator: u8) {
        self.places.clear();
        let bytes = line.as_bytes();
        let mut start = 0;
        loop {
            let end = match closing_quote(&bytes[start..], separator) {
                Some(length) => {
                    self.places.push((start + 1, start + length, true));
                    start + length + 1
                }
                None => {
                    let end = memchr(separator, &bytes[start..]).map_or(bytes.len(), |at| start + at);
                    self.places.push((start, end, false));
                    end
                }
            };
            if end >= bytes.len() {
                return;
            }
            start = end + 1;
        }
    }

    /// How many fields the line has.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nothing was split yet: an empty line has one field.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// A field of the line that was split, without blanks around it; nothing if the line ends before.
    pub fn get<'a>(&self, line: &'a str, index: usize) -> Option<Cow<'a, str>> {
        let (start, end, is_quoted) = *self.places.get(index)?;
        let text = line[start..end].trim();
        Some(match is_quoted && text.contains("\"\"") {
            true => Cow::Owned(text.replace("\"\"", "\"")),
            false => Cow::Borrowed(text),
        })
    }
}

/// Where the quote stands that closes the field beginning here; a doubled one stands for itself.
fn closing_quote(field: &[u8], separator: u8) -> Option<usize> {
    if field.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    loop {
        at += memchr(b'"', &field[at..])?;
        match field.get(at + 1) {
            Some(b'"') => at += 2,
            None => return Some(at),
            Some(next) if *next == separator => return Some(at),
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(line: &str, separator: u8) -> Vec<String> {
        let mut cells = Cells::default();
        cells.split(line, separator);
        (0..cells.len()).map(|index| cells.get(line, index).unwrap().into_owned()).collect()
    }

    #[test]
    fn quotes_are_letters_unless_they_hold_a_field() {
        assert_eq!(cells("a;b;;", b';'), ["a", "b", "", ""]);
        assert_eq!(cells("1;\"A; \"\"B\"\" LTDA\";x", b';'), ["1", "A; \"B\" LTDA", "x"]);
        assert_eq!(cells("1\t\"EL SOL\" LTDA\tx", b'\t'), ["1", "\"EL SOL\" LTDA", "x"]);
        assert_eq!(cells("1;\"EL SOL LTDA;x", b';'), ["1", "\"EL SOL LTDA", "x"]);
        assert_eq!(cells("\"", b';'), ["\""]);
        assert_eq!(cells("\"\"", b';'), [""]);
        assert_eq!(cells("", b';'), [""]);
    }

    #[test]
    fn columns_by_whatever_their_names_are_written_like() {
        let header =
            Header::read("\u{feff}ID;\"RUT\"; Razón  Social ;Fecha de actuacion (1era firma)".as_bytes());
        assert_eq!(header.separator(), b';');
        assert_eq!(header.find("rut"), Some(1));
        assert_eq!(header.find("RAZON_SOCIAL"), Some(2));
        assert_eq!(header.find("Fecha de actuación (1era firma)"), Some(3));
        assert_eq!(header.find("Fecha"), None);
        assert_eq!(Header::read(b"RUT\tRaz\xf3n Social").find("razon_social"), Some(1));
    }

    #[test]
    fn a_line_that_is_not_utf8_is_latin1() {
        assert_eq!(decode("Ñandú".as_bytes()), "Ñandú");
        assert_eq!(decode(b"\xd1and\xfa"), "Ñandú");
    }

    /// Hands out a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read_all(text: &[u8], at_once: usize) -> Vec<Vec<u8>> {
        let mut from = Drops(text, at_once);
        let mut chunks = Chunks::new(&mut from);
        let mut found = Vec::new();
        while let Some(chunk) = chunks.take_next().unwrap() {
            found.extend(lines(&chunk).map(<[u8]>::to_vec));
        }
        found
    }

    #[test]
    fn a_line_without_an_end_takes_no_more_memory_than_any_other() {
        let mut text = b"one\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', 3 * CHUNK_BYTES + 17));
        text.extend(b"\r\nthree");
        let lengths: Vec<usize> = read_all(&text, 8192).iter().map(Vec::len).collect();
        assert_eq!(lengths.len(), 3);
        assert!(lengths[0] == 3 && lengths[1] > MAX_LINE_BYTES && lengths[2] == 5, "{lengths:?}");
        assert!(lengths[1] <= CHUNK_BYTES + MAX_LINE_BYTES + 1, "{lengths:?}");
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_text(text in "[a-c\r\n;\"]{0,80}", at_once in 1usize..9) {
            let expected: Vec<Vec<u8>> = text.split_inclusive('\n').map(|line| {
                let line = line.strip_suffix('\n').unwrap_or(line);
                line.strip_suffix('\r').unwrap_or(line).as_bytes().to_vec()
            }).collect();
            prop_assert_eq!(read_all(text.as_bytes(), at_once), expected);
        }

        #[test]
        fn quoted_fields_come_back(fields in proptest::collection::vec("[a-c;\" ñ]{0,6}", 1..5)) {
            let quoted: Vec<String> = fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\""))).collect();
            let expected: Vec<String> = fields.iter().map(|field| field.trim().to_string()).collect();
            prop_assert_eq!(cells(&quoted.join(";"), b';'), expected);
        }

        #[test]
        fn any_bytes_are_some_line(raw in proptest::collection::vec(any::<u8>(), 0..200)) {
            let header = Header::read(&raw);
            let text = decode(&raw);
            let mut cells = Cells::default();
            cells.split(&text, header.separator());
            for index in 0..=cells.len() {
                let _ = cells.get(&text, index);
            }
        }
    }
}
