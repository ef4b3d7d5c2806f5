//! Messages that a use case puts into the outbox with its batch. The courier carries them.

use super::drawn::Ids;
use crate::domain::account::Account;
use crate::domain::destination::Destination;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::store::records::Draft;

/// One message of a company, before it is said where it goes.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// What it is about.
    pub kind: ErrandKind,
    /// Whose it is.
    pub company: Rut,
    /// In which it is written.
    pub language: Language,
    /// Of the receipt that it tells of.
    pub folio: Folio,
    /// When it was asked for, in milliseconds since 1970.
    pub now_ms: u64,
}

impl Message {
    /// To one place, at once.
    pub fn to(&self, to: Destination) -> Errand {
        Errand::new(self.kind, self.company, to, self.language, self.folio, self.now_ms)
    }

    /// The same message to every channel that the company is known by, each place once.
    pub fn to_all_channels(&self, account: &Account) -> Vec<Errand> {
        let mut places = vec![
            Destination::Mail(account.email.clone()),
            Destination::Mobile(account.representative.mobile.clone()),
        ];
        if account.representative.email.folded() != account.email.folded() {
            places.push(Destination::Mail(account.representative.email.clone()));
        }
        places.into_iter().map(|place| self.to(place)).collect()
    }
}

/// Puts errands into the outbox with the batch.
pub fn post(draft: Draft, ids: &mut Ids, errands: &[Errand]) -> Draft {
    errands.iter().fold(draft, |draft, errand| post_as(ids.fresh(), draft, errand))
}

/// Puts one errand into the outbox under an id that something else names.
pub fn post_as(id: Id, draft: Draft, errand: &Errand) -> Draft {
    draft.new_record(id, errand, errand.due_ms())
}
