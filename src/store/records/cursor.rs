//! Going through many records, a page at a time: a drawer, or what of it belongs together.

use std::sync::Arc;
use std::vec::IntoIter;

use super::{Held, Record, Records};
use crate::domain::errand::MessageQueue;
use crate::domain::facilitator::RequestStage;
use crate::domain::folio::Folio;
use crate::domain::reference::{Id, Kind, Ref};
use crate::domain::rut::Rut;
use crate::store::{Store, StoreError, Versioned};
use crate::vault::Blind;

/// Records read at once.
const AT_ONCE: u16 = 128;

/// What belongs together and is found as such. A record's groups follow from what it holds; the store
/// sees a keyed hash of them alone (S13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What there is of a company, but for its account and a request to erase it, which lie under
    /// its RUT.
    Company(Rut),
    /// What was done under one receipt.
    Folio(Folio),
    /// Messages that the staff look after.
    Messages(MessageQueue),
    /// Requests for facilitators that have come so far.
    Requests(RequestStage),
}

/// Records in the order of their ids, as they lie in the store. What is written meanwhile behind the
/// last one that was read is met too.
pub struct Cursor {
    store: Arc<dyn Store>,
    kind: Kind,
    /// Only these members of the drawer.
    group: Option<Id>,
    after: Option<Id>,
    page: IntoIter<(Ref, Versioned)>,
    is_last_page: bool,
}

impl Cursor {
    /// The next one, until there is none.
    ///
    /// # Errors
    /// When the store can't be read; asked again, it goes on from there.
    pub async fn next(&mut self) -> Result<Option<(Ref, Versioned)>, StoreError> {
        if self.page.len() == 0 && !self.is_last_page {
            let page = match self.group {
                Some(group) => self.store.members(group, self.kind, self.after, AT_ONCE).await?,
                None => self.store.list(self.kind, self.after, AT_ONCE).await?,
            };
            self.is_last_page = page.len() < usize::from(AT_ONCE);
            self.after = page.last().map(|(at, _)| at.id).or(self.after);
            self.page = page.into_iter();
        }
        Ok(self.page.next())
    }
}

impl Records {
    /// All records of a drawer.
    pub fn all(&self, kind: Kind) -> Cursor {
        self.cursor(kind, None)
    }

    /// All members of a group that lie in a drawer.
    pub fn all_in(&self, group: Group, kind: Kind) -> Cursor {
        self.cursor(kind, Some(self.group(group)))
    }

    fn cursor(&self, kind: Kind, group: Option<Id>) -> Cursor {
        let (store, page) = (Arc::clone(&self.store), Vec::new().into_iter());
        Cursor { store, kind, group, after: None, page, is_last_page: false }
    }

    /// All members of a group that are of a kind. What can't be unsealed is nobody's.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn read_all_in<T: Record>(&self, group: Group) -> Result<Vec<Held<T>>, StoreError> {
        let (mut cursor, mut found) = (self.all_in(group, T::KIND), Vec::new());
        while let Some((at, read)) = cursor.next().await? {
            found.extend(self.open::<T>(at, &read));
        }
        Ok(found)
    }

    /// The keyed hash under which the store keeps a group (S13).
    pub(super) fn group(&self, group: Group) -> Id {
        match group {
            Group::Company(company) => self.vault.blind_rut(Blind::RecordsOfCompany, company),
            Group::Folio(folio) => self.vault.blind(Blind::RecordsOfFolio, folio.to_string().as_bytes()),
            Group::Messages(queue) => self.vault.blind(Blind::QueueOfStaff, word_of_queue(queue)),
            Group::Requests(stage) => self.vault.blind(Blind::QueueOfStaff, word_of_stage(stage)),
        }
    }

    /// The version of a group, for [`super::Draft::expect_same_members`]: to be read before them.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn version_of(&self, group: Group) -> Result<u64, StoreError> {
        self.store.group(self.group(group)).await
    }
}

/// These words, and those of stages, are hashed into the store: they never change.
fn word_of_queue(queue: MessageQueue) -> &'static [u8] {
    match queue {
        MessageQueue::Failed => b"messages-failed",
        MessageQueue::Waiting => b"messages-waiting",
    }
}

fn word_of_stage(stage: RequestStage) -> &'static [u8] {
    match stage {
        RequestStage::Waiting => b"requests-waiting",
        RequestStage::ApprovedByOne => b"requests-approved-by-one",
        RequestStage::Approved => b"requests-approved",
        RequestStage::Refused => b"requests-refused",
        RequestStage::Withdrawn => b"requests-withdrawn",
    }
}
