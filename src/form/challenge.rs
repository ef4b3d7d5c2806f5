//! The letters that stand in place of the guide's image captcha. They say that a person is here;
//! the limits on tries do the guarding.

use crate::page;
use crate::text::Msg;

/// Four letters without twins, good for one use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge {
    letters: [char; 4],
}

impl Challenge {
    /// Of these letters, in capitals.
    pub fn new(letters: [char; 4]) -> Self {
        Challenge { letters }
    }

    /// Case and blanks don't matter.
    pub fn is_answered_by(&self, typed: &str) -> bool {
        typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).eq(self.letters)
    }

    /// How it is shown.
    pub fn page(&self) -> page::ChallengeShown {
        page::ChallengeShown { letters: self.letters, words: self.letters.map(word) }
    }
}

/// The letter in a plain word, for whoever can't read it off the screen or hears it read.
fn word(letter: char) -> Msg {
    match letter {
        'A' => Msg::LetterA,
        'C' => Msg::LetterC,
        'D' => Msg::LetterD,
        'E' => Msg::LetterE,
        'F' => Msg::LetterF,
        'H' => Msg::LetterH,
        'J' => Msg::LetterJ,
        'K' => Msg::LetterK,
        'M' => Msg::LetterM,
        'N' => Msg::LetterN,
        'P' => Msg::LetterP,
        'R' => Msg::LetterR,
        'T' => Msg::LetterT,
        'X' => Msg::LetterX,
        _ => Msg::LetterY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_blanks_do_not_matter() {
        let challenge = Challenge::new(['C', 'A', 'H', 'T']);
        assert!(challenge.is_answered_by(" c a HT"));
        for wrong in ["", "CAH", "CAHTX", "CAHX"] {
            assert!(!challenge.is_answered_by(wrong), "{wrong}");
        }
    }
}
