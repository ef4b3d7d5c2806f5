//! Messages that a use case puts into the outbox with its batch. The courier carries them.

use super::drawn::Ids;
use crate::domain::account::Account;
use crate::domain::destination::Destination;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::trust::ChannelOnFile;
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

    /// To every channel on file, each place once: the message itself where it is proved, elsewhere a
    /// warning without names (T3).
    pub fn to_all_channels(&self, account: &Account) -> Vec<Errand> {
        let places = account.places(ChannelOnFile::is_on_file).into_iter();
        places.map(|place| self.to_known(place, account)).collect()
    }

    /// The same, and to every channel that the deed brought onto the file: a warning, if the message has a
    /// code, for that belongs to who was there before (T5).
    pub fn to_all_touched(&self, before: &Account, after: &Account) -> Vec<Errand> {
        let mut told = self.to_all_channels(before);
        for place in after.places(ChannelOnFile::is_on_file) {
            if told.iter().all(|errand| errand.to.folded() != place.folded()) {
                told.push(match self.kind.carries_secret() {
                    true => self.unproved().to(place),
                    false => self.to_known(place, after),
                });
            }
        }
        told
    }

    /// To every channel on file, each place once: the message itself where `trusted` names the place,
    /// elsewhere a warning without names (T4b).
    pub fn to_trusted(&self, trusted: &[Destination], account: &Account) -> Vec<Errand> {
        let is_trusted = |place: &Destination| trusted.iter().any(|known| known.folded() == place.folded());
        let places = account.places(ChannelOnFile::is_on_file).into_iter();
        let message = |place: &Destination| if is_trusted(place) { *self } else { self.unproved() };
        places.map(|place| message(&place).to(place)).collect()
    }

    fn to_known(self, place: Destination, account: &Account) -> Errand {
        match account.has_proved(&place) {
            true => self.to(place),
            false => self.unproved().to(place),
        }
    }

    fn unproved(&self) -> Message {
        Message { kind: self.kind.for_unproved(), ..*self }
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
