//! What a company is to SII, and SII's words for it.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::clean::Clean;

/// What a company is to SII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Business {
    /// It does business.
    Open,
    /// It has ended its business.
    Closed,
    /// SII does not know it.
    Unknown,
}

/// SII's words for each. They aren't published, so they are settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateWords {
    /// For [`Business::Open`].
    pub open: Vec<Clean>,
    /// For [`Business::Closed`].
    pub closed: Vec<Clean>,
    /// For [`Business::Unknown`].
    pub unknown: Vec<Clean>,
}

impl StateWords {
    /// What SII's word means, accents and case aside; `None` if it is none of these.
    pub fn meaning(&self, written: &str) -> Option<Business> {
        let written = folded(written);
        let has = |words: &[Clean]| words.iter().any(|word| folded(word.as_str()) == written);
        [(&self.open, Business::Open), (&self.closed, Business::Closed), (&self.unknown, Business::Unknown)]
            .into_iter()
            .find_map(|(words, meaning)| has(words).then_some(meaning))
    }
}

/// Upper case, no accents, single blanks.
pub fn folded(text: &str) -> String {
    let plain: String = text.nfd().filter(|symbol| !is_combining_mark(*symbol)).collect();
    plain.to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
