//! What a company is to SII, and the words by which SII says so.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::clean::Clean;

/// What a company is to SII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Business {
    Open,
    Closed,
    Unknown,
}

/// The words by which SII says so. They aren't published, so they are settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateWords {
    pub open: Vec<Clean>,
    pub closed: Vec<Clean>,
    pub unknown: Vec<Clean>,
}

impl StateWords {
    /// What a word that SII wrote means, accents and case aside; `None` if it is none of ours.
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
