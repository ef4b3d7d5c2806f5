//! Randomness from the operating system: sent keys, codes, letters, ids.

use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use rand::{Rng, RngExt};
use zeroize::Zeroizing;

use crate::domain::secret::Secret;

/// Thirty symbols that can't be mistaken for each other (S6): no 0 and O, no 1, I and L, no U
/// beside V. Capitals, as the guide says of the clave in use (guide 4 (4)).
pub const CLAVE_ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CLAVE_SYMBOLS: usize = 10;
const CODE_DIGITS: usize = 8;

/// Letters that read well when drawn large.
const CHALLENGE_LETTERS: &[u8; 15] = b"ACDEFHJKMNPRTXY";
/// Words that nobody should have to type at a public counter.
const OFFENDING: [&str; 19] = [
    "CACA", "CAKA", "KAKA", "PENE", "TETA", "PAJA", "MEAR", "MEAD", "RATA", "FEA", "CTM", "HDP", "KKK",
    "XXX", "FART", "CRAP", "RAPE", "DEAD", "DYKE",
];

/// A system without randomness can make no key. It is better to stop than to make one that can be
/// guessed.
fn system() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// `N` random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    system().fill_bytes(&mut bytes);
    bytes
}

/// A number from 0 to `most`, all equally likely.
pub fn random_up_to(most: u64) -> u64 {
    system().random_range(0..=most)
}

fn draw(alphabet: &[u8], symbols: usize) -> Secret {
    let mut text = Zeroizing::new(String::with_capacity(symbols));
    for _ in 0..symbols {
        text.push(char::from(alphabet[system().random_range(0..alphabet.len())]));
    }
    Secret::new(text.as_str())
}

/// A key to be sent (S6): ten symbols, 49 bits.
pub fn new_clave() -> Secret {
    draw(CLAVE_ALPHABET, CLAVE_SYMBOLS)
}

/// A code to be mailed (S8): eight digits.
pub fn new_code() -> Secret {
    draw(b"0123456789", CODE_DIGITS)
}

/// Four letters for the challenge (guide 2 (6)).
pub fn challenge_letters() -> [char; 4] {
    loop {
        let letters = std::array::from_fn(|_| {
            char::from(CHALLENGE_LETTERS[system().random_range(0..CHALLENGE_LETTERS.len())])
        });
        if !offends(&letters) {
            return letters;
        }
    }
}

fn offends(letters: &[char; 4]) -> bool {
    let word: String = letters.iter().collect();
    OFFENDING.iter().any(|offending| word.contains(offending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_symbol_comes_and_no_other() {
        let drawn: BTreeSet<u8> =
            (0..300).flat_map(|_| new_clave().expose().bytes().collect::<Vec<_>>()).collect();
        assert_eq!(drawn, CLAVE_ALPHABET.iter().copied().collect());
        let code = new_code();
        assert_eq!((new_clave().expose().len(), code.expose().len()), (10, 8));
        assert!(code.expose().bytes().all(|digit| digit.is_ascii_digit()));
        assert_ne!(random::<32>(), random::<32>());
    }

    #[test]
    fn letters_do_not_offend() {
        assert!(offends(&['C', 'A', 'C', 'A']) && offends(&['A', 'C', 'T', 'M']));
        assert!(!offends(&['A', 'C', 'D', 'E']));
        for _ in 0..200 {
            let letters = challenge_letters();
            assert!(letters.iter().all(|letter| CHALLENGE_LETTERS.contains(&(*letter as u8))));
            assert!(!offends(&letters));
        }
    }

    #[test]
    fn numbers_stay_in_their_range() {
        assert_eq!(random_up_to(0), 0);
        assert!((0..100).all(|_| random_up_to(3) <= 3));
    }
}
