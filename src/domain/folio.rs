//! The number on a receipt: eight symbols of Crockford's base 32 (no I, L, O, U) and a check symbol
//! (the number modulo 37). It can be said aloud without mistakes, and tells nothing about anybody.

use std::fmt;
use std::str::FromStr;

const SYMBOLS: &[u8; 37] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

/// The check symbols `*~$=`, which nobody knows how to say aloud.
const UNSPOKEN: std::ops::Range<u64> = 32..36;

/// 40 random bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Folio(u64);

/// Not eight symbols and the check symbol that fits them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FolioError {
    /// Other symbols, or another number of them.
    #[error("it is not a folio, such as 1K7P-W2QX-5")]
    Shape,
    /// The last symbol doesn't fit the others: one of them was mistaken.
    #[error("its last symbol doesn't fit the others: no folio is like it")]
    Check,
}

impl Folio {
    /// Made so that the check symbol is a letter or a digit: four numbers in 37 are moved down by
    /// four.
    pub fn new(random: [u8; 5]) -> Self {
        let number = random.into_iter().fold(0, |number, byte| number << 8 | u64::from(byte));
        let is_unspoken = UNSPOKEN.contains(&(number % 37));
        Folio(if is_unspoken { number - (UNSPOKEN.end - UNSPOKEN.start) } else { number })
    }
}

/// `1K7P-W2QX-5`
impl fmt::Display for Folio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..8).rev() {
            write!(out, "{}", char::from(SYMBOLS[(self.0 >> (5 * place) & 31) as usize]))?;
            if place == 4 {
                out.write_str("-")?;
            }
        }
        write!(out, "-{}", char::from(SYMBOLS[(self.0 % 37) as usize]))
    }
}

impl fmt::Debug for Folio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Takes lower case, blanks, missing dashes, and the letters that people read for digits.
impl FromStr for Folio {
    type Err = FolioError;

    fn from_str(raw: &str) -> Result<Self, FolioError> {
        let mut symbols = Vec::with_capacity(9);
        for symbol in raw.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let symbol = match symbol.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            symbols.push(
                SYMBOLS.iter().position(|known| char::from(*known) == symbol).ok_or(FolioError::Shape)?
                    as u64,
            );
        }
        let (check, body) = symbols.split_last().ok_or(FolioError::Shape)?;
        if body.len() != 8 || body.iter().any(|digit| *digit > 31) {
            return Err(FolioError::Shape);
        }
        let number = body.iter().fold(0, |number, digit| number << 5 | digit);
        if number % 37 == *check { Ok(Folio(number)) } else { Err(FolioError::Check) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_people_say_it() {
        let folio = Folio::new([1, 2, 3, 4, 5]);
        assert_eq!(folio.to_string(), "0410-6105-A");
        assert_eq!("o4i0 6l05 a".parse(), Ok(folio));
        assert_eq!("0410-6106-A".parse::<Folio>(), Err(FolioError::Check));
        assert_eq!("".parse::<Folio>(), Err(FolioError::Shape));
        assert_eq!("0410-6105-B".parse::<Folio>(), Err(FolioError::Check));
        assert_eq!("0410-6105".parse::<Folio>(), Err(FolioError::Shape));
        // 33, whose symbol would be `~`, becomes 29.
        assert_eq!(Folio::new([0, 0, 0, 0, 33]).to_string(), "0000-000X-X");
    }

    proptest! {
        #[test]
        fn shown_and_read_again(random in any::<[u8; 5]>()) {
            let folio = Folio::new(random);
            let text = folio.to_string();
            prop_assert!(text.chars().all(|symbol| symbol == '-' || symbol.is_ascii_alphanumeric()), "{}", text);
            prop_assert_eq!(text.parse(), Ok(folio));
        }

        #[test]
        fn never_panics(raw in any::<String>()) {
            let _ = raw.parse::<Folio>();
        }
    }
}
