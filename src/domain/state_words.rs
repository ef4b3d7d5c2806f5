//! What a company is to SII, and the services' words for whoever they know or don't.

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

/// The words by which one operation says that it knows no such RUT.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownWords(pub Vec<Clean>);

impl UnknownWords {
    /// Whether the word is one of them, accents and case aside.
    pub fn has(&self, written: &str) -> bool {
        let written = folded(written);
        !written.is_empty() && self.0.iter().any(|word| folded(word.as_str()) == written)
    }
}

/// The services' words, operation by operation: the same word may be good news in one and bad news in
/// another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceWords {
    /// `ConsultaEstadoGiro`
    pub business: StateWords,
    /// `ConsultaDatosContribuyente`
    pub taxpayer: UnknownWords,
    /// `ConsultaRepresentanteLegal`
    pub representatives: UnknownWords,
    /// `ConsultaRun`
    pub person: UnknownWords,
    /// `ConsultaNroSerieNroDocumento`
    pub card: UnknownWords,
}

/// Upper case, no accents, single blanks.
pub fn folded(text: &str) -> String {
    let plain: String = text.nfd().filter(|symbol| !is_combining_mark(*symbol)).collect();
    plain.to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
