//! What stands in the address, and what the phone that opened it holds: 128 bits of the operating
//! system's, in Crockford's base 32, which nobody misreads.

use std::fmt;

use subtle::ConstantTimeEq as _;
use zeroize::Zeroize;

use crate::vault::random;

const BYTES: usize = 16;
/// Five bits a symbol.
const SYMBOLS: usize = (BYTES * 8).div_ceil(5);
/// Symbols between two dashes.
const GROUP: usize = 4;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#[derive(Clone)]
pub(super) struct Token([u8; BYTES]);

impl Token {
    /// A token that nobody can guess.
    pub fn draw() -> Self {
        Token(random())
    }

    /// In capitals, without dashes: a QR packs these closer.
    pub fn compact(&self) -> String {
        let number = u128::from_be_bytes(self.0);
        let symbol = |place: usize| ALPHABET[(number >> (5 * place) & 31) as usize];
        (0..SYMBOLS).rev().map(|place| char::from(symbol(place))).collect()
    }

    /// In small letters and groups, to be read and typed.
    pub fn readable(&self) -> String {
        let compact = self.compact().to_ascii_lowercase();
        let symbols: Vec<char> = compact.chars().collect();
        let groups: Vec<String> = symbols.chunks(GROUP).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }

    /// What somebody typed, or scanned: dashes and case aside, with the letters that are read for
    /// digits. Nothing for what can be no token.
    pub fn read(text: &str) -> Option<Self> {
        let (mut number, mut symbols) = (0_u128, 0);
        for symbol in text.bytes().filter(|symbol| *symbol != b'-') {
            let symbol = match symbol.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            let value = ALPHABET.iter().position(|known| *known == symbol)?;
            symbols += 1;
            // The first symbol has three bits; more would overflow.
            if symbols > SYMBOLS || number >> 123 != 0 {
                return None;
            }
            number = number << 5 | value as u128;
        }
        (symbols == SYMBOLS).then(|| Token(number.to_be_bytes()))
    }
}

/// Takes the same time whichever byte differs.
impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_it_is_read_and_typed() {
        let token = Token(std::array::from_fn(|place| place as u8));
        assert_eq!(token.readable(), "0004-1061-050r-3gg2-8a1c-60t3-gf");
        for typed in
            ["000O-iO8l g8", "", "0004-1061-050R-3GG2-8A1C-60T3-GFF", "8000-0000-0000-0000-0000-0000-00"]
        {
            assert_eq!(Token::read(typed), None, "{typed}");
        }
        assert_eq!(Token::read("OOO4LO6L-O5OR3GG28AiC6OT3GF"), Some(token));
        let largest = Token([0xFF; BYTES]);
        assert_eq!(largest.compact(), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        assert!(!format!("{largest:?}").contains('Z'));
    }

    proptest! {
        #[test]
        fn shown_and_read_again(bytes in any::<[u8; BYTES]>()) {
            let token = Token(bytes);
            prop_assert_eq!(Token::read(&token.readable()), Some(token.clone()));
            prop_assert_eq!(Token::read(&token.compact()), Some(token));
        }

        #[test]
        fn never_panics(raw in any::<String>()) {
            let _ = Token::read(&raw);
        }
    }
}
