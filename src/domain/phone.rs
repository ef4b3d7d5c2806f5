//! Chilean telephone numbers: nine digits since February 2016. A mobile number is a 9 followed by
//! the former eight digits; the guide's form still asks for those eight.

use std::fmt;
use std::str::FromStr;

use super::clean::{is_dash, is_invisible};

/// Of a whole number.
const DIGITS: usize = 9;

/// Nine digits, the first from 2 to 9, without +56.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Phone(String);

/// A number that takes an SMS: it starts with 9.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Mobile(Phone);

/// Why a telephone number can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing but blanks and punctuation.
    #[error("nothing was written")]
    Empty,
    /// Not nine digits, or a first digit of 0 or 1.
    #[error("it is not nine digits")]
    Shape,
    /// Nine digits of another kind of line.
    #[error("a mobile number starts with 9")]
    NotMobile,
}

/// The digits without blanks, dashes, dots, brackets, the country's code, and the 0 that was dialled
/// first within the country. Anything else is an error.
fn digits(raw: &str) -> Result<String, PhoneError> {
    let text: String = raw.chars().filter(|symbol| !is_punctuation(*symbol)).collect();
    if text.is_empty() {
        return Err(PhoneError::Empty);
    }
    let text = match text.strip_prefix("+56").or_else(|| text.strip_prefix("0056")) {
        Some(rest) => rest,
        None if text.len() == DIGITS + 2 => text.strip_prefix("56").unwrap_or(&text),
        None => &text,
    };
    let dialled = text.strip_prefix('0').filter(|rest| rest.len() == DIGITS);
    let text = dialled.unwrap_or(text);
    // The country's code alone is not a number.
    let is_right = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if is_right { Ok(text.to_string()) } else { Err(PhoneError::Shape) }
}

fn is_punctuation(symbol: char) -> bool {
    symbol.is_whitespace() || is_invisible(symbol) || is_dash(symbol) || "().,/·".contains(symbol)
}

impl FromStr for Phone {
    type Err = PhoneError;

    fn from_str(raw: &str) -> Result<Self, PhoneError> {
        let text = digits(raw)?;
        if text.len() == DIGITS && matches!(text.as_bytes()[0], b'2'..=b'9') {
            Ok(Phone(text))
        } else {
            Err(PhoneError::Shape)
        }
    }
}

/// Also takes the guide's eight digits, and puts the 9 in front.
impl FromStr for Mobile {
    type Err = PhoneError;

    fn from_str(raw: &str) -> Result<Self, PhoneError> {
        let text = digits(raw)?;
        match (text.len(), text.as_bytes()[0]) {
            (8, _) => Ok(Mobile(Phone(format!("9{text}")))),
            (DIGITS, b'9') => Ok(Mobile(Phone(text))),
            (DIGITS, b'2'..=b'8') => Err(PhoneError::NotMobile),
            _ => Err(PhoneError::Shape),
        }
    }
}

impl Phone {
    /// `+56` and nine digits (E.164).
    pub fn international(&self) -> String {
        format!("+56{}", self.0)
    }
}

impl Mobile {
    /// `+569XXXXXXXX` (E.164).
    pub fn international(&self) -> String {
        self.0.international()
    }

    /// Only the last two digits are shown.
    pub fn masked(&self) -> String {
        format!("+56 9 xxxx xx{}", &self.0.0[7..])
    }
}

/// `+56 2 2345 6789`
impl fmt::Display for Phone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "+56 {} {} {}", &self.0[..1], &self.0[1..5], &self.0[5..])
    }
}

impl fmt::Display for Mobile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Phone(…{})", &self.0[7..])
    }
}

impl fmt::Debug for Mobile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Mobile(…{})", &self.0.0[7..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn however_it_is_written() {
        for text in
            ["12345678", "912345678", "+56 9 1234 5678", "56912345678", "(9) 1234-5678", "0056912345678"]
        {
            assert_eq!(text.parse::<Mobile>().unwrap().international(), "+56912345678", "{text}");
        }
        assert_eq!("221234567".parse::<Mobile>(), Err(PhoneError::NotMobile));
        for text in ["09 8765 4321", "(0)9-8765-4321", "+56 09 8765 4321", "9\u{2011}8765\u{2011}4321"] {
            assert_eq!(text.parse::<Mobile>().unwrap().international(), "+56987654321", "{text}");
        }
        for text in ["02 2345 6789", "022345\u{ad}6789", "+56 (0)2 2345 6789"] {
            assert_eq!(text.parse::<Phone>().unwrap().international(), "+56223456789", "{text}");
        }
        assert_eq!("02 2345 6789".parse::<Mobile>(), Err(PhoneError::NotMobile));
        assert_eq!("09 876 5432".parse::<Mobile>(), Err(PhoneError::Shape), "a digit is missing");
        assert_eq!("00 2345 6789".parse::<Phone>(), Err(PhoneError::Shape));
        assert_eq!("+56 2 2123 4567".parse::<Phone>().unwrap().to_string(), "+56 2 2123 4567");
        for text in ["123", "1234567890", "abc", "112345678", "+56", "0056)"] {
            assert_eq!(text.parse::<Phone>(), Err(PhoneError::Shape), "{text}");
            assert!(text.parse::<Mobile>().is_err(), "{text}");
        }
        assert_eq!("".parse::<Phone>(), Err(PhoneError::Empty));
        assert_eq!("12345678".parse::<Mobile>().unwrap().masked(), "+56 9 xxxx xx78");
    }

    proptest! {
        #[test]
        fn never_panics(raw in any::<String>()) {
            let _ = (raw.parse::<Phone>(), raw.parse::<Mobile>());
        }

        #[test]
        fn shown_and_read_again(raw in "[2-9][0-9]{8}") {
            let phone: Phone = raw.parse().unwrap();
            prop_assert_eq!(phone.to_string().parse::<Phone>(), Ok(phone));
        }
    }
}
