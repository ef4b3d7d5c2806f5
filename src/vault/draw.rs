//! Randomness: sent keys, codes, letters, ids. It comes from the operating system, unless whoever made
//! the vault gave it another source, so that everything can be done a second time exactly alike.

use std::convert::Infallible;
use std::sync::Arc;

use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use rand::{Rng, RngExt, TryRng};
use zeroize::Zeroizing;

use super::Vault;
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

/// Fills bytes at random.
pub type Chance = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// What fills bytes by asking the operating system.
pub(super) fn of_system() -> Chance {
    Arc::new(|bytes| system().fill_bytes(bytes))
}

/// The same as a generator.
struct Generator<'a>(&'a Chance);

impl TryRng for Generator<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        (self.0)(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        (self.0)(bytes);
        Ok(())
    }
}

impl Vault {
    /// `N` random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.chance)(&mut bytes);
        bytes
    }

    /// A number from 0 to `most`, all equally likely.
    pub fn random_up_to(&self, most: u64) -> u64 {
        Generator(&self.chance).random_range(0..=most)
    }

    /// A key to be sent (S6): ten symbols, 49 bits.
    pub fn new_clave(&self) -> Secret {
        self.draw(CLAVE_ALPHABET, CLAVE_SYMBOLS)
    }

    /// A code to be mailed (S8): eight digits.
    pub fn new_code(&self) -> Secret {
        self.draw(b"0123456789", CODE_DIGITS)
    }

    /// Four letters for the challenge (guide 2 (6)).
    pub fn challenge_letters(&self) -> [char; 4] {
        loop {
            let letters = std::array::from_fn(|_| self.symbol_of(CHALLENGE_LETTERS));
            if !offends(&letters) {
                return letters;
            }
        }
    }

    fn draw(&self, alphabet: &[u8], symbols: usize) -> Secret {
        let mut text = Zeroizing::new(String::with_capacity(symbols));
        for _ in 0..symbols {
            text.push(self.symbol_of(alphabet));
        }
        Secret::new(text.as_str())
    }

    fn symbol_of(&self, alphabet: &[u8]) -> char {
        char::from(alphabet[Generator(&self.chance).random_range(0..alphabet.len())])
    }
}

fn offends(letters: &[char; 4]) -> bool {
    let word: String = letters.iter().collect();
    OFFENDING.iter().any(|offending| word.contains(offending))
}

#[cfg(test)]
mod tests {
    use super::super::{Cost, Keys};
    use super::*;
    use std::collections::BTreeSet;

    fn vault() -> Vault {
        Vault::new(Keys::random(), Cost::cheap_for_tests())
    }

    #[test]
    fn every_symbol_comes_and_no_other() {
        let vault = vault();
        let drawn: BTreeSet<u8> =
            (0..300).flat_map(|_| vault.new_clave().expose().bytes().collect::<Vec<_>>()).collect();
        assert_eq!(drawn, CLAVE_ALPHABET.iter().copied().collect());
        let code = vault.new_code();
        assert_eq!((vault.new_clave().expose().len(), code.expose().len()), (10, 8));
        assert!(code.expose().bytes().all(|digit| digit.is_ascii_digit()));
        assert_ne!(random::<32>(), random::<32>());
        assert_ne!(vault.random::<32>(), vault.random::<32>());
    }

    #[test]
    fn what_fills_bytes_alike_draws_alike() {
        let drawn = || {
            let next = std::sync::atomic::AtomicU8::new(7);
            let chance: Chance = Arc::new(move |bytes| {
                bytes.fill_with(|| next.fetch_add(41, std::sync::atomic::Ordering::Relaxed));
            });
            let vault = vault().drawing_from(chance);
            let secrets = [vault.new_clave(), vault.new_code()].map(|secret| secret.expose().to_string());
            (secrets, vault.challenge_letters(), vault.random::<16>(), vault.random_up_to(1_000_000))
        };
        assert_eq!(drawn(), drawn());
    }

    #[test]
    fn letters_do_not_offend() {
        assert!(offends(&['C', 'A', 'C', 'A']) && offends(&['A', 'C', 'T', 'M']));
        assert!(!offends(&['A', 'C', 'D', 'E']));
        let vault = vault();
        for _ in 0..200 {
            let letters = vault.challenge_letters();
            assert!(letters.iter().all(|letter| CHALLENGE_LETTERS.contains(&(*letter as u8))));
            assert!(!offends(&letters));
        }
    }

    #[test]
    fn numbers_stay_in_their_range() {
        assert_eq!(random_up_to(0), 0);
        let vault = vault();
        assert_eq!(vault.random_up_to(0), 0);
        assert!((0..100).all(|_| random_up_to(3) <= 3 && vault.random_up_to(3) <= 3));
    }
}
