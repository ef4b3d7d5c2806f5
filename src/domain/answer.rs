//! A secret answer as it is compared (S3): compatibility forms unified, and case, accents and
//! repeated blanks ignored, so that "Mi Perro  PÉPE" and "mi perro pepe" are one.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::secret::Secret;

/// An answer of at least three characters, ready to be hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer(Secret);

/// Why a secret answer can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Nothing but blanks.
    #[error("nothing was written")]
    Empty,
    /// Fewer than three characters once folded.
    #[error("it has fewer than three characters")]
    Short,
}

const MIN_CHARS: usize = 3;

impl Answer {
    /// Folds what was typed.
    ///
    /// # Errors
    /// When fewer than three characters are left.
    pub fn new(text: &str) -> Result<Self, AnswerError> {
        let letters = || {
            let plain = text.nfkc().flat_map(char::to_lowercase).nfd();
            plain.filter(|symbol| !unicode_normalization::char::is_combining_mark(*symbol))
        };
        // Allocated once, so that growing leaves no copy behind (S4): one character may become
        // eighteen.
        let length_bytes = letters().map(char::len_utf8).sum();
        let mut folded = Zeroizing::new(String::with_capacity(length_bytes));
        for symbol in letters() {
            if !symbol.is_whitespace() {
                folded.push(symbol);
            } else if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        let answer = folded.trim_end();
        match answer.chars().count() {
            0 => Err(AnswerError::Empty),
            length if length < MIN_CHARS => Err(AnswerError::Short),
            _ => Ok(Answer(Secret::new(answer))),
        }
    }

    /// The folded answer, to be hashed.
    pub fn secret(&self) -> &Secret {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_answer_however_it_is_written() {
        let answer = Answer::new("mi perro pepe").unwrap();
        for text in ["Mi Perro  PÉPE", " mi perro\tpepe ", "ｍｉ perro pepe"] {
            assert_eq!(Answer::new(text), Ok(answer.clone()), "{text}");
        }
        assert_eq!(Answer::new("  "), Err(AnswerError::Empty));
        assert_eq!(Answer::new("ñu"), Err(AnswerError::Short));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(raw in any::<String>()) {
            if let Ok(answer) = Answer::new(&raw) {
                prop_assert_eq!(Answer::new(answer.secret().expose()), Ok(answer));
            }
        }
    }
}
