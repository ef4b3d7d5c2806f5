//! Shapes and places of records that are read still, and written no more.

use serde::Deserialize;

use super::{Held, Records};
use crate::domain::account::Account;
use crate::domain::digest::Digest;
use crate::domain::folio::Folio;
use crate::domain::reference::{Id, Kind};
use crate::domain::rut::Rut;
use crate::domain::undo::{NoticeCode, Undo, Undoes};
use crate::store::StoreError;

impl Records {
    /// The account to which this hash of a RUT is linked: accounts had ids of their own.
    pub(super) async fn linked_account(&self, index: Id) -> Result<Option<Held<Account>>, StoreError> {
        match self.store.find(index).await? {
            Some(at) if at.kind == Kind::Account => self.get(at.id).await,
            Some(at) => Err(StoreError::Corrupt(format!("a RUT leads to a record of kind {:?}", at.kind))),
            None => Ok(None),
        }
    }
}

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
