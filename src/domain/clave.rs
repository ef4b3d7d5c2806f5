//! The Clave Sence: 8 to 10 characters (guide 2 (5)), exact, case kept, never cut (S2). It is
//! refused when it is easy to guess: common, or made of what everybody knows about the company.

use unicode_normalization::UnicodeNormalization;

use super::rut::Rut;
use super::secret::Secret;

/// The fewest characters of a clave (guide 2 (5)).
pub const MIN_CHARS: usize = 8;
/// The most characters of a clave (guide 2 (5)).
pub const MAX_CHARS: usize = 10;

/// A clave that takes fewer guesses than this (log 10) is refused.
const MIN_GUESSES_LOG10: f64 = 6.0;

/// Claves that everybody tries first, one a line, of 8 to 10 characters.
static COMMON: &str = include_str!("../../assets/claves-comunes.txt");

/// A clave that its owner may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clave(Secret);

/// Why a clave can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaveError {
    /// Nothing was typed.
    #[error("nothing was written")]
    Empty,
    /// Not [`MIN_CHARS`] to [`MAX_CHARS`]; how many characters it has.
    #[error("it has {0} characters, not 8 to 10")]
    Length(usize),
    /// On the bundled list, or guessed by zxcvbn in under a million tries.
    #[error("it is among the first that anybody would try")]
    Common,
    /// It contains one of the [`KnownWords`].
    #[error("it is made of what is known about the company")]
    Known,
}

/// What is known about the company, which its clave must not contain.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct KnownWords {
    words: Vec<String>,
}

/// Names are nobody's business in a log.
impl std::fmt::Debug for KnownWords {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("KnownWords(…)")
    }
}

impl KnownWords {
    /// `names` are the company's, the representative's and the commune's, as they are written.
    pub fn new(company: Rut, names: &[&str]) -> Self {
        let mut words: Vec<String> = names.iter().flat_map(|name| words_of(name)).collect();
        words.push(company.body().to_string());
        words.extend(["sence".to_string(), "clave".to_string()]);
        words.sort();
        words.dedup();
        KnownWords { words }
    }

    /// The same, and what one more name is made of.
    pub fn and(mut self, name: &str) -> Self {
        self.words.extend(words_of(name));
        self
    }
}

/// The words of a name that are long enough to be recognised.
fn words_of(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(|symbol: char| !symbol.is_alphanumeric()).map(fold);
    words.filter(|word| word.chars().count() >= 4)
}

impl Clave {
    /// Checks what was typed. It is kept exactly as typed.
    ///
    /// # Errors
    /// When its length is wrong, or when it is easy to guess (S2).
    pub fn new(text: &Secret, known: &KnownWords) -> Result<Self, ClaveError> {
        let raw = text.expose();
        match raw.chars().count() {
            0 => return Err(ClaveError::Empty),
            length if !(MIN_CHARS..=MAX_CHARS).contains(&length) => return Err(ClaveError::Length(length)),
            _ => {}
        }
        let folded = fold(raw);
        if known.words.iter().any(|word| folded.contains(word.as_str())) {
            return Err(ClaveError::Known);
        }
        if is_common(&folded) || zxcvbn::zxcvbn(raw, &[]).guesses_log10() < MIN_GUESSES_LOG10 {
            return Err(ClaveError::Common);
        }
        Ok(Clave(text.clone()))
    }

    /// The clave as it was typed.
    pub fn secret(&self) -> &Secret {
        &self.0
    }
}

fn is_common(folded: &str) -> bool {
    COMMON.lines().any(|line| line == folded)
}

/// Lower case, without accents.
fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|symbol| !unicode_normalization::char::is_combining_mark(*symbol))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<(), ClaveError> {
        let company = Rut::of_body(76_000_006).unwrap();
        let known = KnownWords::new(company, &["Comercial Ñandú Limitada", "Rosa Peñaloza", "Valparaíso"]);
        Clave::new(&Secret::new(text), &known).map(|_| ())
    }

    #[test]
    fn lengths_count_characters_and_nothing_is_cut() {
        assert_eq!(check(""), Err(ClaveError::Empty));
        assert_eq!(check("Zq7#mñ2"), Err(ClaveError::Length(7)));
        assert_eq!(check("Zq7#mñ2w"), Ok(()));
        assert_eq!(check("Zq7#mñ2wLp"), Ok(()));
        assert_eq!(check("Zq7#mñ2wLpX"), Err(ClaveError::Length(11)));
    }

    #[test]
    fn what_anybody_would_try_is_refused() {
        for text in ["password", "Password1", "12345678", "qwertyuiop", "abcdefgh", "aaaaaaaa"] {
            assert_eq!(check(text), Err(ClaveError::Common), "{text}");
        }
        for text in ["76000006xy", "xSence4829", "Ñandu.9417", "peñaloza77", "ValparaIso"] {
            assert_eq!(check(text), Err(ClaveError::Known), "{text}");
        }
    }
}
