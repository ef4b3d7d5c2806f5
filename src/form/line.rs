//! One line that a person types: in clear with a caret, or hidden. Both are wiped when dropped, for
//! answers, card numbers and codes are typed in clear.

use tui_input::{Input, InputRequest};
use zeroize::{Zeroize as _, Zeroizing};

use crate::domain::clean::is_invisible;
use crate::domain::secret::Secret;
use crate::event::Key;

/// More than this is a stuck key or a wrong paste, not an answer. Within it nothing is ever cut.
const MAX_CHARS: usize = 300;
/// No character takes more in UTF-8.
const MAX_CHAR_BYTES: usize = 4;

/// A line in clear. It may hold an answer or a code, so it doesn't print, and is wiped (S4).
pub struct Line {
    /// Over a buffer that never has to grow: the editor moves characters within it, and leaves no
    /// copies behind.
    input: Input,
}

/// A buffer for all that may be typed, with this in it.
fn roomy(text: &str) -> String {
    let mut buffer = String::with_capacity(text.len().max(MAX_CHARS * MAX_CHAR_BYTES));
    buffer.push_str(text);
    buffer
}

impl Default for Line {
    fn default() -> Self {
        Line { input: Input::new(roomy("")) }
    }
}

impl Clone for Line {
    fn clone(&self) -> Self {
        Line { input: Input::new(roomy(self.text())).with_cursor(self.caret()) }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // The editor hands its own buffer over, not a copy.
        String::from(std::mem::take(&mut self.input)).zeroize();
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Line(…)")
    }
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.input.value() == other.input.value() && self.input.cursor() == other.input.cursor()
    }
}

impl Line {
    /// What was typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether digits alone were typed: where a name is asked for they may be a PIN, which nobody shall read.
    pub fn may_be_pin(&self) -> bool {
        let is_of_pin = |symbol: char| symbol.is_ascii_digit() || symbol == ' ' || symbol == '-';
        !self.text().is_empty() && self.text().chars().all(is_of_pin)
    }

    /// Counted in characters from the start.
    pub fn caret(&self) -> usize {
        self.input.cursor()
    }

    /// Puts another text in its place, with the caret at its end.
    pub fn set(&mut self, text: &str) {
        *self = Line { input: Input::new(roomy(text)) };
    }

    /// Whether the key was one that edits.
    pub fn press(&mut self, key: Key) -> bool {
        let request = match key {
            Key::Char(character) if is_writable(character) => {
                if self.text().chars().count() < MAX_CHARS {
                    self.input.handle(InputRequest::InsertChar(character));
                }
                return true;
            }
            Key::Backspace => InputRequest::DeletePrevChar,
            Key::Delete => InputRequest::DeleteNextChar,
            Key::Left => InputRequest::GoToPrevChar,
            Key::Right => InputRequest::GoToNextChar,
            Key::EraseLine => {
                *self = Line::default();
                return true;
            }
            Key::Home => InputRequest::GoToStart,
            Key::End => InputRequest::GoToEnd,
            _ => return false,
        };
        self.input.handle(request);
        true
    }
}

/// A line that nobody reads over a shoulder. It is typed and deleted at its end only.
#[derive(Clone, PartialEq)]
pub struct HiddenLine {
    text: Zeroizing<String>,
    shown: bool,
}

impl Default for HiddenLine {
    fn default() -> Self {
        HiddenLine {
            // Reserved at once, so that growing leaves no copies behind.
            text: Zeroizing::new(String::with_capacity(MAX_CHARS * MAX_CHAR_BYTES)),
            shown: false,
        }
    }
}

impl std::fmt::Debug for HiddenLine {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("HiddenLine(…)")
    }
}

impl HiddenLine {
    /// What was typed.
    pub fn secret(&self) -> Secret {
        Secret::new(self.text.as_str())
    }

    /// In characters.
    pub fn length(&self) -> usize {
        self.text.chars().count()
    }

    /// The text, while it is shown.
    pub fn shown(&self) -> Option<Zeroizing<String>> {
        self.shown.then(|| Zeroizing::new(self.text.to_string()))
    }

    /// Shows it, or hides it.
    pub fn show(&mut self, shown: bool) {
        self.shown = shown;
    }

    /// Whether it is shown.
    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Forgets what was typed.
    pub fn clear(&mut self) {
        *self = HiddenLine::default();
    }

    /// Whether the key was one that edits.
    pub fn press(&mut self, key: Key) -> bool {
        match key {
            Key::Char(character) if is_writable(character) => {
                if self.length() < MAX_CHARS {
                    self.text.push(character);
                }
            }
            Key::Backspace | Key::Delete => {
                self.text.pop();
            }
            Key::EraseLine => self.text.zeroize(),
            Key::Left | Key::Right | Key::Home | Key::End => {}
            _ => return false,
        }
        true
    }
}

/// What may be typed: no control characters and nothing that shows nothing.
fn is_writable(character: char) -> bool {
    !character.is_control() && !is_invisible(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the text lies.
    fn place(line: &Line) -> *const u8 {
        line.text().as_ptr()
    }

    #[test]
    fn a_line_is_edited_where_it_lies() {
        let mut line = Line::default();
        let before = place(&line);
        for _ in 0..MAX_CHARS + 9 {
            line.press(Key::Char('𝄞'));
        }
        line.press(Key::Home);
        line.press(Key::Delete);
        line.press(Key::Char('ñ'));
        assert_eq!((place(&line), line.text().chars().count(), line.caret()), (before, MAX_CHARS, 1));

        let mut copy = line.clone();
        assert!(copy == line);
        let before = place(&copy);
        (0..MAX_CHARS).for_each(|_| _ = copy.press(Key::Delete));
        (0..MAX_CHARS).for_each(|_| _ = copy.press(Key::Char('𝄞')));
        assert_eq!((place(&copy), copy.text().len()), (before, 2 + (MAX_CHARS - 1) * 4));
    }
}
