//! Shapes of records that are read still, and written no more.

use serde::Deserialize;

use crate::domain::digest::Digest;
use crate::domain::folio::Folio;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::undo::{NoticeCode, Undo, Undoes};

/// Stands for the message and the address of a code that doesn't say them.
const UNTOLD: Id = Id([0; 16]);

/// A notice whose codes don't say which message they were made for.
#[derive(Deserialize)]
pub(super) struct UndoBefore {
    company: Rut,
    folio: Folio,
    what: Undoes,
    codes: Vec<Digest>,
    expires_ms: u64,
    tries: u32,
}

impl From<UndoBefore> for Undo {
    fn from(before: UndoBefore) -> Self {
        let UndoBefore { company, folio, what, codes, expires_ms, tries } = before;
        let code = |digest| NoticeCode { errand: UNTOLD, to: UNTOLD, digest };
        let codes = codes.into_iter().map(code).collect();
        Undo { company, folio, what, codes, expires_ms, tries }
    }
}
