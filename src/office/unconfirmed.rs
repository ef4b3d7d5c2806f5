//! A clave or an answer that was compared while SII was silent, so that nobody was told what came of it. Asked
//! again word for word in the same visit it is the same try, and costs no other (S10). Forgotten with the visit.

use std::sync::{Mutex, PoisonError};

use super::trouble::{Answer, Trouble};
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::effect::Refusal;

/// Who acts for which company, with what.
#[derive(Clone, Copy, Debug)]
pub struct TriedSecret<'a> {
    /// Whose it should be.
    pub company: Rut,
    /// Who typed a clave. An answer may be anybody's.
    pub representative: Option<Rut>,
    /// In their words.
    pub secret: &'a Secret,
}

/// What was tried, as long as the visit lasts.
#[derive(Debug)]
struct KeptBack {
    company: Rut,
    representative: Option<Rut>,
    secret: Secret,
}

/// The one that was tried last at this terminal, if its outcome was kept back.
#[derive(Debug, Default)]
pub struct Unconfirmed(Mutex<Option<KeptBack>>);

impl Unconfirmed {
    /// Whether it is this, word for word: its try was counted already.
    pub fn is_of(&self, TriedSecret { company, representative, secret }: TriedSecret<'_>) -> bool {
        self.with(|kept| {
            kept.as_ref().is_some_and(|kept| {
                (kept.company, kept.representative) == (company, representative) && kept.secret == *secret
            })
        })
    }

    /// What this was answered: kept back, or told.
    pub fn hears(&self, tried: TriedSecret<'_>, answer: &Answer) {
        match answer {
            Err(Trouble::Refused(Refusal::Unconfirmed { .. })) => self.keep(tried),
            // Still nobody knows.
            Err(Trouble::Registry(_) | Trouble::Store(_)) => {}
            _ => self.forget(),
        }
    }

    fn keep(&self, TriedSecret { company, representative, secret }: TriedSecret<'_>) {
        let secret = secret.clone();
        self.with(|kept| *kept = Some(KeptBack { company, representative, secret }));
    }

    /// It was told, or the visit is over.
    pub fn forget(&self) {
        self.with(|kept| *kept = None);
    }

    fn with<T>(&self, work: impl FnOnce(&mut Option<KeptBack>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
