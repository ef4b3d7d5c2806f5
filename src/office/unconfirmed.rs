//! A clave that was compared while SII was silent, so that nobody was told what came of it. Asked again word for
//! word in the same visit it is the same try, and costs no other (S10). Forgotten with the visit.

use std::sync::{Mutex, PoisonError};

use crate::domain::rut::Rut;
use crate::domain::secret::Secret;

/// Who acts for which company, with which clave.
#[derive(Clone, Copy, Debug)]
pub struct TriedClave<'a> {
    /// Whose clave it should be.
    pub company: Rut,
    /// Who typed it.
    pub representative: Rut,
    /// In their words.
    pub clave: &'a Secret,
}

/// What was tried, as long as the visit lasts.
#[derive(Debug)]
struct KeptBack {
    company: Rut,
    representative: Rut,
    clave: Secret,
}

/// The one that was tried last at this terminal, if its outcome was kept back.
#[derive(Debug, Default)]
pub struct Unconfirmed(Mutex<Option<KeptBack>>);

impl Unconfirmed {
    /// Whether it is this, word for word: its try was counted already.
    pub fn is_of(&self, TriedClave { company, representative, clave }: TriedClave<'_>) -> bool {
        self.with(|kept| {
            kept.as_ref().is_some_and(|kept| {
                (kept.company, kept.representative) == (company, representative) && kept.clave == *clave
            })
        })
    }

    /// What came of it is kept back.
    pub fn keep(&self, TriedClave { company, representative, clave }: TriedClave<'_>) {
        let clave = clave.clone();
        self.with(|kept| *kept = Some(KeptBack { company, representative, clave }));
    }

    /// It was told, or the visit is over.
    pub fn forget(&self) {
        self.with(|kept| *kept = None);
    }

    fn with<T>(&self, work: impl FnOnce(&mut Option<KeptBack>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
