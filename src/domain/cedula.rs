//! The serial number of an identity card, in its three shapes (laminated until 2013: A and nine
//! digits; until December 2024: nine digits; since: a letter and eight letters or digits), and
//! the line that a scanner reads from the QR on its back.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::clean::{is_dash, is_invisible};
use super::rut::Rut;

/// A well-formed serial number, upper-case, without dots or spaces. Half of a proof, so it is
/// wiped (S4). It is kept, sealed, only as long as Registro Civil is silent (T1).
#[derive(Clone, PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop, Serialize, Deserialize)]
pub struct Serial(String);

/// The last four symbols of a serial number, upper-case, which each of two members of staff reads off
/// the card (T6). A part of a proof, so it is wiped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct CardEnding(String);

/// What people put between a serial number's symbols, and pages that they copy from.
fn parts(symbol: char) -> bool {
    symbol.is_whitespace() || is_invisible(symbol) || is_dash(symbol) || symbol == '.' || symbol == ','
}

/// How many symbols they are.
const ENDING_SYMBOLS: usize = 4;

impl CardEnding {
    /// The symbols.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CardEnding {
    type Err = SerialError;

    fn from_str(raw: &str) -> Result<Self, SerialError> {
        let mut text = Zeroizing::new(String::with_capacity(raw.len()));
        let symbols = raw.chars().filter(|symbol| !parts(*symbol));
        text.extend(symbols.map(|symbol| symbol.to_ascii_uppercase()));
        match text.len() {
            0 => Err(SerialError::Empty),
            ENDING_SYMBOLS if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                Ok(CardEnding(std::mem::take(&mut *text)))
            }
            _ => Err(SerialError::Shape),
        }
    }
}

impl fmt::Debug for CardEnding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("CardEnding(…)")
    }
}

/// Why a serial number can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SerialError {
    /// Nothing but blanks.
    #[error("nothing was written")]
    Empty,
    /// None of the three shapes.
    #[error("it is none of the three forms of a card's serial number")]
    Shape,
}

impl Serial {
    /// In the shape that Registro Civil is asked with.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its last four symbols.
    pub fn ending(&self) -> CardEnding {
        CardEnding(self.0[self.0.len() - ENDING_SYMBOLS..].to_string())
    }
}

/// How many symbols a document's number has, of whichever country.
const DOCUMENT_SYMBOLS: std::ops::RangeInclusive<usize> = ENDING_SYMBOLS..=20;

/// The document that a representative shows to staff where a company's papers stand for SII's word (T6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentShown {
    /// A card, about which Registro Civil is asked.
    Card(Serial),
    /// Another one, such as a passport, by its last four symbols. It stands for a card where Registro Civil
    /// knows nobody under the RUT.
    Other(CardEnding),
}

impl DocumentShown {
    /// What the second member of staff reads off it too.
    pub fn ending(&self) -> CardEnding {
        match self {
            DocumentShown::Card(serial) => serial.ending(),
            DocumentShown::Other(ending) => ending.clone(),
        }
    }

    /// With which number Registro Civil is asked: that of the card, or one that no card has, to hear whether
    /// it knows the holder.
    pub fn asked_with(&self) -> Serial {
        match self {
            DocumentShown::Card(serial) => serial.clone(),
            DocumentShown::Other(_) => Serial("000000000".to_string()),
        }
    }
}

impl FromStr for DocumentShown {
    type Err = SerialError;

    fn from_str(raw: &str) -> Result<Self, SerialError> {
        match raw.parse::<Serial>() {
            Ok(serial) => return Ok(DocumentShown::Card(serial)),
            Err(SerialError::Empty) => return Err(SerialError::Empty),
            Err(SerialError::Shape) => {}
        }
        let mut text = Zeroizing::new(String::with_capacity(raw.len()));
        text.extend(raw.chars().filter(|symbol| !parts(*symbol)));
        let is_number = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match DOCUMENT_SYMBOLS.contains(&text.len()) && is_number {
            true => text[text.len() - ENDING_SYMBOLS..].parse().map(DocumentShown::Other),
            false => Err(SerialError::Shape),
        }
    }
}

impl FromStr for Serial {
    type Err = SerialError;

    fn from_str(raw: &str) -> Result<Self, SerialError> {
        let mut text = Zeroizing::new(String::with_capacity(raw.len()));
        let symbols = raw.chars().filter(|symbol| !parts(*symbol));
        text.extend(symbols.map(|symbol| symbol.to_ascii_uppercase()));
        if text.is_empty() {
            return Err(SerialError::Empty);
        }
        let bytes = text.as_bytes();
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        let right = match bytes.len() {
            9 => {
                digits(bytes)
                    || bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_alphanumeric)
            }
            10 => bytes[0] == b'A' && digits(&bytes[1..]),
            _ => false,
        };
        if right { Ok(Serial(std::mem::take(&mut *text))) } else { Err(SerialError::Shape) }
    }
}

/// A serial number is half of a proof, so it doesn't print.
impl fmt::Debug for Serial {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Serial(…)")
    }
}

/// What a scanner read from a card: its holder and its number. The birth date and name are not
/// kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The card's holder.
    pub rut: Rut,
    /// The number that Registro Civil is asked about.
    pub serial: Serial,
}

impl Scan {
    /// Reads the card's QR, an address with `RUN=…&type=CEDULA…&serial=…&mrz=…`. Readers type like
    /// a keyboard, and a foreign layout turns `= & ? : /` into other marks, so whatever is no
    /// letter or digit only separates. `None` if it is no such line, or its check digits
    /// (ICAO 9303) don't fit.
    pub fn read(line: &str) -> Option<Scan> {
        let upper = Zeroizing::new(line.to_ascii_uppercase());
        let after = |name: &str| {
            let start = upper.match_indices(name).map(|(at, _)| at + name.len()).next()?;
            let rest = upper[start..].trim_start_matches(|symbol: char| !symbol.is_ascii_alphanumeric());
            let end = rest.find(|symbol: char| !symbol.is_ascii_alphanumeric()).unwrap_or(rest.len());
            Some(&rest[..end])
        };
        let serial: Serial = after("SERIAL")?.parse().ok()?;
        let body = after("RUN")?;
        let run_at = upper.find("RUN")? + 3;
        let type_at = upper.find("TYPE").filter(|at| *at > run_at)?;
        let digits: String = upper[run_at..type_at].chars().filter(char::is_ascii_alphanumeric).collect();
        let rut = digits.parse::<Rut>().ok().or_else(|| body.parse().ok().and_then(Rut::of_body))?;
        let mrz = after("MRZ")?;
        (mrz_is_right(mrz) && mrz.starts_with(serial.as_str())).then_some(Scan { rut, serial })
    }
}

/// Serial (9) and check, birth (6) and check, expiry (6) and check; weights 7, 3, 1.
fn mrz_is_right(mrz: &str) -> bool {
    let bytes = mrz.as_bytes();
    bytes.len() == 24
        && [(0, 9), (10, 16), (17, 23)].into_iter().all(|(start, end)| {
            let sum: u32 = bytes[start..end]
                .iter()
                .zip([7, 3, 1].into_iter().cycle())
                .map(|(byte, weight)| char::from(*byte).to_digit(36).unwrap_or(0) * weight)
                .sum();
            bytes[end] == b'0' + (sum % 10) as u8
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_passport_is_known_by_its_last_four_symbols() {
        let shown = |text: &str| text.parse::<DocumentShown>();
        assert_eq!(shown("ab 123-456"), Ok(DocumentShown::Other("3456".parse().unwrap())));
        assert!(matches!(shown("123456789"), Ok(DocumentShown::Card(_))));
        assert_eq!(shown(" "), Err(SerialError::Empty));
        for wrong in ["123", "AB/123456", "ñandú1234", "123456789012345678901"] {
            assert_eq!(shown(wrong), Err(SerialError::Shape), "{wrong}");
        }
        let passport = shown("ab 123-456").unwrap();
        assert_eq!((passport.ending().as_str(), passport.asked_with().as_str()), ("3456", "000000000"));
    }

    #[test]
    fn three_shapes() {
        for (text, serial) in [
            ("A012345678", "A012345678"),
            ("123.456.789", "123456789"),
            ("b1c 234 567", "B1C234567"),
            ("123\u{2011}456\u{ad}789", "123456789"),
        ] {
            assert_eq!(text.parse::<Serial>().unwrap().as_str(), serial);
        }
        for text in ["12345678", "1234567890", "B012345678", "12345678A", "ÑBC234567"] {
            assert_eq!(text.parse::<Serial>(), Err(SerialError::Shape), "{text}");
        }
        assert_eq!("".parse::<Serial>(), Err(SerialError::Empty));
    }

    #[test]
    fn a_scanned_card_on_two_keyboards() {
        let line = "https://portal.example/docstatus?RUN=12345678-5&type=CEDULA&serial=123456789&mrz=123456789780010143001019";
        let scan = Scan::read(line).unwrap();
        assert_eq!((scan.rut.canonical().as_str(), scan.serial.as_str()), ("12345678-5", "123456789"));
        let spanish =
            line.replace(':', "Ñ").replace('/', "-").replace('?', "_").replace('=', "¿").replace('&', "/");
        assert_eq!(Scan::read(&spanish.replace("12345678-5", "12345678'5")), Some(scan));
        let new = "RUN=11111111-1&type=CEDULA_EXT&serial=B1C234567&mrz=B1C234567975123193412318";
        assert_eq!(Scan::read(new).unwrap().serial.as_str(), "B1C234567");
        assert_eq!(Scan::read(&line.replace("1019", "1018")), None);
    }

    /// What a reader types when it and the terminal disagree about the keyboard, or caps lock is on.
    #[test]
    fn a_scanned_card_on_other_keyboards() {
        let line = "https://portal.example/docstatus?RUN=12345678-5&type=CEDULA&serial=123456789&mrz=123456789780010143001019";
        let scan = Scan::read(line).unwrap();
        // What stands on the key that the reader means, for `: / ? & = - .`
        for (layout, marks) in [
            ("a reader of the United States at a Latin American terminal", "Ñ-_/¿'."),
            ("the same at a Spanish one", "Ñ-_/¡'."),
            ("the same at a Brazilian one", "Ç;:&=-."),
            ("a Latin American reader at a terminal of the United States", ">&_^)/."),
        ] {
            let marks: Vec<char> = marks.chars().collect();
            let typed: String = line
                .chars()
                .map(|symbol| {
                    ":/?&=-.".chars().position(|mark| mark == symbol).map_or(symbol, |at| marks[at])
                })
                .collect();
            assert_eq!(Scan::read(&typed).as_ref(), Some(&scan), "{layout}: {typed}");
        }
        let shifted: String = line
            .chars()
            .map(|letter| {
                if letter.is_uppercase() { letter.to_ascii_lowercase() } else { letter.to_ascii_uppercase() }
            })
            .collect();
        assert_eq!(Scan::read(&shifted).as_ref(), Some(&scan), "caps lock");
        assert_eq!(Scan::read(&format!("{line}\u{a0}")).as_ref(), Some(&scan));
        assert_eq!(Scan::read("12345678-5"), None);
    }

    proptest! {
        #[test]
        fn never_panics(raw in any::<String>(), tail in "[A-Z0-9&=]{0,60}") {
            let _ = raw.parse::<Serial>();
            let _ = Scan::read(&raw);
            let _ = Scan::read(&format!("RUN={raw}&type=CEDULA&serial={tail}&mrz={tail}"));
        }
    }
}
