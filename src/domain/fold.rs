//! Text as it is compared while somebody types to filter a list.

use unicode_normalization::UnicodeNormalization;

/// Without case and accents.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|symbol| !unicode_normalization::char::is_combining_mark(*symbol))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Letters and digits alone, without case and accents: people part names as they like, and write
/// hyphens, apostrophes and points or leave them out.
pub fn letters(text: &str) -> String {
    fold(text).chars().filter(|symbol| symbol.is_alphanumeric()).collect()
}

/// A name of a list with the others that it goes by, which are told apart by `|`.
#[derive(Clone, Copy)]
pub struct Names {
    /// As it is written officially.
    pub official: &'static str,
    /// As people call it.
    pub others: &'static str,
}

/// How well a name fits what was typed; the best is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It begins so.
    Begins,
    /// Another name for it begins so.
    OtherBegins,
    /// It stands somewhere in one of them.
    Within,
}

impl Names {
    fn others(self) -> impl Iterator<Item = &'static str> {
        self.others.split('|').filter(|name| !name.is_empty())
    }

    /// How well one of the names fits, if any does. `typed` is of [`letters`].
    pub fn fit(self, typed: &str) -> Option<Fit> {
        let official = letters(self.official);
        let others: Vec<String> = self.others().map(letters).collect();
        if official.starts_with(typed) {
            Some(Fit::Begins)
        } else if others.iter().any(|name| name.starts_with(typed)) {
            Some(Fit::OtherBegins)
        } else if official.contains(typed) || others.iter().any(|name| name.contains(typed)) {
            Some(Fit::Within)
        } else {
            None
        }
    }

    /// Whether another name for it is exactly this one. `typed` is of [`letters`].
    pub fn is_other(self, typed: &str) -> bool {
        self.others().any(|name| letters(name) == typed)
    }
}
