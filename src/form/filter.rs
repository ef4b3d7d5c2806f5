//! One of many, found by typing some of its letters: a commune, a country.

use zeroize::Zeroizing;

use super::line::Line;
use crate::domain::clean::Clean;
use crate::domain::comuna::Comuna;
use crate::domain::country::Country;
use crate::event::Key;
use crate::page::Control;

/// How many are in sight while one types.
const MATCHES: usize = 5;

/// Something of which there are many, each with a name of its own.
pub trait Listed: Copy {
    /// Those whose names fit, at most `limit`.
    fn matching(typed: &str, limit: usize) -> Vec<Self>;
    /// The one of this very name.
    fn named(typed: &str) -> Option<Self>;
    /// Its name, as it is written.
    fn label(self) -> String;
}

impl Listed for Comuna {
    fn matching(typed: &str, limit: usize) -> Vec<Self> {
        Comuna::matching(typed, limit)
    }

    fn named(typed: &str) -> Option<Self> {
        Comuna::named(typed)
    }

    fn label(self) -> String {
        Comuna::label(self)
    }
}

impl Listed for Country {
    fn matching(typed: &str, limit: usize) -> Vec<Self> {
        Country::matching(typed, limit)
    }

    fn named(typed: &str) -> Option<Self> {
        Country::named(typed)
    }

    fn label(self) -> String {
        self.name().to_string()
    }
}

/// What was typed, which match is under the cursor, and what was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter<T> {
    line: Line,
    at: usize,
    chosen: Option<T>,
}

impl<T> Default for Filter<T> {
    fn default() -> Self {
        Filter { line: Line::default(), at: 0, chosen: None }
    }
}

impl<T: Listed> Filter<T> {
    /// What was typed.
    pub fn text(&self) -> &str {
        self.line.text()
    }

    /// What was chosen, or is named in full.
    pub fn chosen(&self) -> Option<T> {
        self.chosen.or_else(|| T::named(self.line.text()))
    }

    /// Takes one of those in sight.
    pub fn choose(&mut self, option: usize) {
        if let Some(found) = self.in_sight().get(option) {
            self.set(*found);
        }
    }

    /// As if it had been chosen.
    pub fn set(&mut self, found: T) {
        self.line.set(&found.label());
        (self.at, self.chosen) = (0, Some(found));
    }

    /// Whether the key was for the list; Enter and Tab choose, and go on as well.
    pub fn press(&mut self, key: Key) -> bool {
        match key {
            Key::Down => match self.in_sight().len() {
                0 => return false,
                // The only one is taken by going on, as with Enter.
                1 => {
                    self.choose(self.at);
                    return false;
                }
                several => self.at = (self.at + 1).min(several - 1),
            },
            Key::Up if self.at > 0 => self.at -= 1,
            Key::Enter | Key::Tab => {
                self.choose(self.at);
                return false;
            }
            Key::Char(_) | Key::Backspace | Key::Delete | Key::EraseLine => {
                self.line.press(key);
                (self.at, self.chosen) = (0, None);
            }
            _ => return self.line.press(key),
        }
        true
    }

    /// Those that fit what was typed; none before anything is, or once one is chosen.
    fn in_sight(&self) -> Vec<T> {
        match self.chosen {
            None if !self.line.text().trim().is_empty() => T::matching(self.line.text(), MATCHES),
            _ => Vec::new(),
        }
    }

    /// How it is shown.
    pub fn control(&self) -> Control {
        Control::Filter {
            value: Zeroizing::new(self.line.text().to_string()),
            caret: self.line.caret(),
            matches: self.in_sight().iter().map(|found| Clean::from(found.label())).collect(),
            at: self.at,
            chosen: self.chosen.map(|found| Clean::from(found.label())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, keys: &[Key]) -> (Filter<Country>, bool) {
        let mut filter = Filter::default();
        text.chars().for_each(|letter| _ = filter.press(Key::Char(letter)));
        let is_for_the_list = keys.iter().all(|key| filter.press(*key));
        (filter, is_for_the_list)
    }

    #[test]
    fn the_arrow_down_takes_the_only_one_and_stays_at_the_last_of_several() {
        let (filter, stays) = typed("Bras", &[Key::Down]);
        assert_eq!((filter.text(), stays), ("Brasil", false));
        let (mut filter, stays) = typed("Gu", &[Key::Down; 50]);
        assert!(stays && filter.chosen().is_none());
        let last = filter.in_sight().last().copied();
        assert!(filter.in_sight().len() > 1);
        filter.press(Key::Enter);
        assert_eq!(filter.chosen(), last);
        assert!(!typed("zzz", &[Key::Down]).1, "there is nothing to take");
    }
}
