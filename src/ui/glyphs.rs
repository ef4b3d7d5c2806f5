//! The door of the screen: which characters may reach it, and what becomes of the others.
//!
//! Debian's Western console fonts have Latin-1 and a few blocks, lines and arrows; whatever they
//! lack shows as a blank or a box. So every text passes [`admit`] before it is measured: what
//! comes out is one column a character, and drawing never has to guess a width.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;

/// The glyphs beyond Latin-1 that the base fonts have.
const EXTRA: [char; 11] = ['█', '░', '■', '•', '─', '│', '←', '↑', '→', '↓', '▲'];

/// What a Linux console may lack, and everything else has: a QR is drawn in them there.
pub const HALF_BLOCKS: [char; 2] = ['▀', '▄'];

/// Whether the base fonts have it, one column wide and visible (or a blank).
pub fn is_allowed(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{FF}' | '▼')
        || EXTRA.contains(&character)
}

/// The same text in glyphs that can be drawn: composed, then without the marks the font lacks,
/// then `?`. Every character of the result is one column wide.
pub fn admit(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    let mut admitted = String::with_capacity(text.len());
    for character in text.nfc() {
        if is_allowed(character) {
            admitted.push(character);
        } else if let Some(likeness) = likeness(character) {
            admitted.push_str(likeness);
        } else {
            decompose(character, &mut admitted);
        }
    }
    Cow::Owned(admitted)
}

/// Letters and signs that Unicode does not decompose, in the way a clerk would type them.
fn likeness(character: char) -> Option<&'static str> {
    Some(match character {
        '‘' | '’' | '‚' | '′' => "'",
        '“' | '”' | '„' | '″' => "\"",
        '‐'..='―' | '−' => "-",
        '‹' => "«",
        '›' => "»",
        '€' => "EUR",
        'œ' => "oe",
        'Œ' => "OE",
        'ł' => "l",
        'Ł' => "L",
        'đ' => "d",
        'Đ' => "D",
        'ı' => "i",
        'ẞ' => "SS",
        _ => return None,
    })
}

fn decompose(character: char, admitted: &mut String) {
    let before = admitted.len();
    let mut only_marks = true;
    decompose_compatible(character, |part| {
        if is_allowed(part) {
            admitted.push(part);
        }
        only_marks &= is_mark(part);
    });
    // A mark that composed with nothing goes without a trace; all else leaves at least a `?`.
    if admitted.len() == before && !only_marks {
        admitted.push('?');
    }
}

fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn names_from_abroad_stay_readable() {
        for (raw, drawn) in [
            ("Ñuñoa, Ángel « ü »", "Ñuñoa, Ángel « ü »"),
            ("Jose\u{301} Nun\u{303}ez", "José Nuñez"),
            ("Łukasz Dvořák", "Lukasz Dvorák"),
            ("Ștefan ﬁn…", "Stefan fin..."),
            ("“—”", "\"-\""),
            ("李 😀\u{1b}", "? ??"),
        ] {
            assert_eq!(admit(raw), drawn);
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_out_is_allowed_and_one_column_a_character(raw in any::<String>()) {
            let drawn = admit(&raw);
            prop_assert!(drawn.chars().all(is_allowed));
            prop_assert_eq!(drawn.width(), drawn.chars().count());
        }
    }
}
