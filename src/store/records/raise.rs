//! What an older program wrote, brought to where this one looks for it: once, before anything else is
//! done with the store. Broken off, it is begun again.

use std::sync::atomic::Ordering;

use serde::{Deserialize, Serialize};

use super::{Draft, Held, Index, Record, Records, Stored};
use crate::domain::account::Account;
use crate::domain::errand::Errand;
use crate::domain::facilitator::{Facilitator, FacilitatorRequest};
use crate::domain::pending::PendingApplication;
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::recovery::Recovery;
use crate::domain::reference::{Id, Kind};
use crate::domain::undo::Undo;
use crate::domain::update::Erasure;
use crate::store::{KINDS, StoreError};
use crate::vault::is_bound_to_version;

/// Says that nothing of an older program's is left to be raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    level: u16,
}

/// The drawers that are put into groups: what staff look after comes first, the rest only from level 0.
const GROUPED_KINDS: [Kind; 8] = [
    Kind::Outbox,
    Kind::FacilitatorRequest,
    Kind::Account,
    Kind::Recovery,
    Kind::Proof,
    Kind::Undo,
    Kind::Application,
    Kind::Facilitator,
];
/// How many of them are what staff look after.
const QUEUED_KINDS: usize = 2;

const RAISED: Id = Id(*b"raised\0\0\0\0\0\0\0\0\0\0");
/// 1: records are in groups, and accounts lie under the keyed hashes of their RUTs. 2: what staff look
/// after is in groups too. 3: seals are bound to version and due time.
const LEVEL: u16 = 3;
/// Records written in one batch.
const AT_ONCE: usize = 32;

impl Records {
    /// The drawers that have to be looked through, each as often as that is so, which takes a while: none,
    /// unless an older program wrote what is here.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn kinds_to_raise(&self) -> Result<Vec<Kind>, StoreError> {
        let grouped: &[Kind] = match self.get::<Raised>(RAISED).await?.map_or(0, |held| held.value.level) {
            LEVEL.. => return Ok(Vec::new()),
            0 => &GROUPED_KINDS,
            1 => &GROUPED_KINDS[..QUEUED_KINDS],
            _ => &[],
        };
        Ok([grouped, &KINDS].concat())
    }

    /// How many records raising has looked at so far, each as often as it had to.
    pub fn looked_at(&self) -> u64 {
        self.looked_at.load(Ordering::Relaxed)
    }

    fn look_at_another(&self) {
        self.looked_at.fetch_add(1, Ordering::Relaxed);
    }

    /// Raises what an older program wrote.
    ///
    /// # Errors
    /// When the store fails; what can't be unsealed is left as it is.
    pub async fn raise(&self, now_ms: u64) -> Result<(), StoreError> {
        let mark = self.get::<Raised>(RAISED).await?;
        let level = mark.as_ref().map_or(0, |held| held.value.level);
        if level >= LEVEL {
            return Ok(());
        }
        if level == 0 {
            self.raise_accounts(now_ms).await?;
            self.put_into_groups::<Recovery>(now_ms).await?;
            self.put_into_groups::<Proof>(now_ms).await?;
            self.put_into_groups::<Undo>(now_ms).await?;
            self.put_into_groups::<PendingApplication>(now_ms).await?;
            self.put_into_groups::<Facilitator>(now_ms).await?;
        }
        if level < 2 {
            self.put_into_groups::<Errand>(now_ms).await?;
            self.put_into_groups::<FacilitatorRequest>(now_ms).await?;
        }
        for kind in KINDS {
            self.bind_seals(kind, now_ms).await?;
        }
        let mark = self.get::<Raised>(RAISED).await?;
        self.draft(now_ms).raised(mark.as_ref()).commit(self).await
    }

    /// Each is written as it is: its groups follow from what it holds.
    async fn put_into_groups<T: Record>(&self, now_ms: u64) -> Result<(), StoreError> {
        let (mut cursor, mut draft) = (self.all(T::KIND), self.draft(now_ms));
        while let Some((at, read)) = cursor.next().await? {
            self.look_at_another();
            if let Ok(held) = self.open::<T>(at, &read)
                && read.groups != self.groups_of(&held.value)
            {
                draft = draft.replace(&held, &held.value, held.due_ms);
            }
            if draft.writes().len() >= AT_ONCE {
                std::mem::replace(&mut draft, self.draft(now_ms)).commit(self).await?;
            }
        }
        if draft.writes().is_empty() { Ok(()) } else { draft.commit(self).await }
    }

    /// Each record whose seal is bound to its place alone is sealed to its version and due time.
    async fn bind_seals(&self, kind: Kind, now_ms: u64) -> Result<(), StoreError> {
        let (mut cursor, mut draft) = (self.all(kind), self.draft(now_ms));
        while let Some((at, read)) = cursor.next().await? {
            self.look_at_another();
            if !is_bound_to_version(&read.bytes) {
                draft = draft.rebind(at, read);
            }
            if draft.writes().len() >= AT_ONCE {
                std::mem::replace(&mut draft, self.draft(now_ms)).commit(self).await?;
            }
        }
        if draft.writes().is_empty() { Ok(()) } else { draft.commit(self).await }
    }

    fn groups_of<T: Record>(&self, value: &T) -> Vec<Id> {
        let stored: Stored = value.clone().into();
        stored.groups().into_iter().map(|group| self.group(group)).collect()
    }

    /// Accounts had ids of their own, with a link to them under the keyed hash of the RUT.
    async fn raise_accounts(&self, now_ms: u64) -> Result<(), StoreError> {
        let mut cursor = self.all(Account::KIND);
        while let Some((at, read)) = cursor.next().await? {
            self.look_at_another();
            if let Ok(held) = self.open::<Account>(at, &read)
                && held.id != self.account_id(held.value.company)
            {
                self.move_account(&held, now_ms).await?;
            }
        }
        Ok(())
    }

    async fn move_account(&self, held: &Held<Account>, now_ms: u64) -> Result<(), StoreError> {
        let (before, id) = (held.id, self.account_id(held.value.company));
        let linked = self.find(&Index::Account(held.value.company)).await?;
        if linked != Some(held.at()) {
            // Nobody finds it by its RUT: not the company's account.
            return Ok(());
        }
        let draft = self.draft(now_ms).unlink(Index::Account(held.value.company)).remove(held);
        let mut draft = draft.new_account(&held.value);
        if let Some(erasure) = self.get::<Erasure>(before).await? {
            draft = draft.remove(&erasure).new_record(id, &erasure.value, erasure.due_ms);
        }
        let mut proofs = self.all(Proof::KIND);
        while let Some((at, read)) = proofs.next().await? {
            if let Ok(proof) = self.open::<Proof>(at, &read)
                && let Some(what) = of_account(&proof.value.what, before, id)
            {
                draft = draft.replace(&proof, &Proof { what, ..proof.value.clone() }, proof.due_ms);
            }
        }
        draft.commit(self).await
    }
}

/// The same for the account's new place, if it is for the one before.
fn of_account(what: &ProofFor, before: Id, id: Id) -> Option<ProofFor> {
    match what {
        ProofFor::Contact { account, contact } if *account == before => {
            Some(ProofFor::Contact { account: id, contact: contact.clone() })
        }
        _ => None,
    }
}

impl Draft {
    /// Nothing of an older program's is left.
    pub(super) fn raised(self, mark: Option<&Held<Raised>>) -> Self {
        self.put_over(mark, RAISED, &Raised { level: LEVEL }, None)
    }
}

#[cfg(test)]
#[path = "raise_tests.rs"]
mod tests;
