//! The one way in for text from outside (S21): registry, file names, configuration, keyboard. Clean
//! text holds no control character, no terminal escape and nothing that changes the direction of
//! writing, so it can go to a screen, a mail, an SMS or a log.

use std::fmt;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// The longest text that is kept, in characters. The rest is dropped: nothing honest is longer.
const MAX_CHARS: usize = 512;

/// One line of text, safe to show anywhere.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Clean(String);

impl Clean {
    /// Drops what is unsafe and joins runs of blanks and line ends into one blank. Never fails.
    pub fn new(raw: &str) -> Self {
        let mut text = String::with_capacity(raw.len().min(MAX_CHARS));
        for character in raw.chars().take(MAX_CHARS) {
            if character.is_ascii_graphic() {
                text.push(character);
            } else if character.is_whitespace() || character.is_control() {
                if !text.ends_with(' ') && !text.is_empty() {
                    text.push(' ');
                }
            } else if !is_invisible(character) {
                text.push(character);
            }
        }
        text.truncate(text.trim_end().len());
        // Names of files from a Mac have letters and accents apart, which a terminal draws side by side.
        // Texts out of the store never do, and each record that is read has a dozen.
        match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => Clean(text),
            IsNormalized::No | IsNormalized::Maybe => Clean(text.nfc().collect()),
        }
    }

    /// The text, on one line.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Characters that show nothing and change how their neighbours are read: bidirectional controls,
/// zero-width marks, tags, interlinear annotation, the byte-order mark, private use.
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{10FFFF}')
}

/// Hyphens, dashes and the minus sign: word processors and web pages write one for another.
pub fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

impl From<&str> for Clean {
    fn from(raw: &str) -> Self {
        Clean::new(raw)
    }
}

impl From<String> for Clean {
    fn from(raw: String) -> Self {
        Clean::new(&raw)
    }
}

impl From<Clean> for String {
    fn from(clean: Clean) -> Self {
        clean.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_and_direction_marks_go() {
        assert_eq!(Clean::new("  A\u{1b}[31m\u{202e}B\r\nBcc: x\u{200b} ").as_str(), "A [31mB Bcc: x");
    }

    #[test]
    fn accents_stand_on_their_letters() {
        assert_eq!(Clean::new("ce\u{301}dula n\u{303}andu\u{301}.pdf").as_str(), "cédula ñandú.pdf");
    }

    proptest! {
        #[test]
        fn nothing_dangerous_passes(raw in any::<String>()) {
            let clean = Clean::new(&raw);
            prop_assert!(!clean.as_str().chars().any(|c| c.is_control() || is_invisible(c)));
            prop_assert_eq!(Clean::new(clean.as_str()), clean.clone());
        }
    }
}
