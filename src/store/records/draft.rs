//! What is written, together: account, limits, outbox and audit as one atomic, durable batch.
//!
//! A draft is plain data: it knows neither the store nor a key, so that whoever decides can be
//! asked for one without either, and two drafts can be compared. It is sealed when it is committed.

use super::stored::Stored;
use super::{Group, Held, Record, Records, rows, set_aside};
use crate::audit::{ChainName, Entry};
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::country::Country;
use crate::domain::facilitator::IdentityNumber;
use crate::domain::folio::Folio;
use crate::domain::reference::{Id, Ref};
use crate::domain::rut::Rut;
use crate::store::{Batch, Change, Expect, StoreError, Versioned};
use crate::vault::Place;

/// By what a record is found besides its id. The store sees a keyed hash of it alone (S13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Index {
    /// A company's account, as older programs linked it: it didn't lie under its RUT's own hash.
    Account(Rut),
    /// A request for a facilitator's CS, by its receipt.
    Request(Folio),
    /// A company's facilitator, by their document.
    Facilitator {
        /// Whose facilitator.
        company: Rut,
        /// Who made out the document.
        country: Country,
        /// Of the document.
        number: IdentityNumber,
    },
    /// A member of staff, however their name is written.
    Staff(Clean),
}

/// One typed write, not yet sealed.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// A record that must not be there yet.
    New {
        /// Where it will lie.
        id: Id,
        /// What is written.
        value: Stored,
        /// When it is due, in milliseconds since 1970.
        due_ms: Option<u64>,
    },
    /// A company's first account, which lies under the keyed hash of its RUT.
    NewAccount(Box<Account>),
    /// Another value for a record that must still be at this version.
    Replace {
        /// Where it lies.
        id: Id,
        /// At which it was read.
        version: u64,
        /// What is written.
        value: Stored,
        /// When it is due, in milliseconds since 1970.
        due_ms: Option<u64>,
    },
    /// A record that must still be at this version goes.
    Remove {
        /// Where it lies.
        at: Ref,
        /// At which it was read.
        version: u64,
    },
    /// A record must still be at this version, and stays so.
    Unchanged {
        /// Where it lies.
        at: Ref,
        /// At which it was read.
        version: u64,
    },
    /// No member of a group may have come or gone since this version of it.
    SameMembers {
        /// Which group.
        group: Group,
        /// At which its members were read.
        version: u64,
    },
    /// What a record that can't be unsealed holds stays, and is brought up later.
    Postpone {
        /// Where it lies.
        at: Ref,
        /// As it was read, still sealed.
        read: Versioned,
        /// When it is due again, in milliseconds since 1970.
        due_ms: u64,
    },
    /// What a record holds stays, sealed to its version and due time.
    Rebind {
        /// Where it lies.
        at: Ref,
        /// As it was read, sealed to its place alone.
        read: Versioned,
    },
    /// From now on the record is found by this too.
    Link {
        /// By what it is found.
        index: Index,
        /// The record.
        to: Ref,
    },
    /// By this no record is found any more.
    Unlink(Index),
    /// One more row of the audit log.
    Audit(Box<Entry>),
    /// The rows of an audit chain up to this number go.
    CutRows {
        /// Which chain.
        chain: ChainName,
        /// The number of the last row that goes.
        up_to: u64,
    },
}

/// A batch being put together. Nothing happens before [`Draft::commit`].
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    id: Id,
    writes: Vec<Write>,
}

impl Draft {
    /// An empty one. The id is time-ordered and drawn once: committed again under it, it is one
    /// commit.
    pub fn new(id: Id) -> Self {
        Draft { id, writes: Vec::new() }
    }

    /// The version at which it writes its records.
    pub fn version(&self) -> u64 {
        self.id.version()
    }

    /// What it writes so far, in order.
    pub fn writes(&self) -> &[Write] {
        &self.writes
    }

    pub(super) fn with(mut self, write: Write) -> Self {
        self.writes.push(write);
        self
    }

    /// A record that is not there yet.
    pub fn new_record<T: Record>(self, id: Id, value: &T, due_ms: Option<u64>) -> Self {
        self.with(Write::New { id, value: value.clone().into(), due_ms })
    }

    /// Another value for a record that is still as it was read.
    pub fn replace<T: Record>(self, held: &Held<T>, value: &T, due_ms: Option<u64>) -> Self {
        self.with(Write::Replace { id: held.id, version: held.version, value: value.clone().into(), due_ms })
    }

    /// A new record, or another value for the one that was read.
    pub fn put_over<T: Record>(self, held: Option<&Held<T>>, id: Id, value: &T, due_ms: Option<u64>) -> Self {
        match held {
            Some(held) => self.replace(held, value, due_ms),
            None => self.new_record(id, value, due_ms),
        }
    }

    /// A record that is still as it was read goes.
    pub fn remove<T: Record>(self, held: &Held<T>) -> Self {
        self.remove_unread(held.at(), held.version)
    }

    /// The same for a record that was not unsealed.
    pub fn remove_unread(self, at: Ref, version: u64) -> Self {
        self.with(Write::Remove { at, version })
    }

    /// Leaves what a record that can't be unsealed holds, and brings it up later.
    pub fn postpone_unread(self, at: Ref, read: &Versioned, due_ms: u64) -> Self {
        self.with(Write::Postpone { at, read: read.clone(), due_ms })
    }

    /// Leaves what a record holds, and seals it to its version and due time.
    pub fn rebind(self, at: Ref, read: Versioned) -> Self {
        self.with(Write::Rebind { at, read })
    }

    /// A record that must still be as it was read, and stays so.
    pub fn expect_unchanged<T: Record>(self, held: &Held<T>) -> Self {
        self.with(Write::Unchanged { at: held.at(), version: held.version })
    }

    /// No member of a group may have come or gone since this version ([`Records::version_of`]).
    pub fn expect_same_members(self, group: Group, version: u64) -> Self {
        self.with(Write::SameMembers { group, version })
    }

    /// The record is found by this too.
    pub fn link(self, index: Index, to: Ref) -> Self {
        self.with(Write::Link { index, to })
    }

    /// No record is found by this any more.
    pub fn unlink(self, index: Index) -> Self {
        self.with(Write::Unlink(index))
    }

    /// A company's first account, found by its RUT from then on.
    pub fn new_account(self, account: &Account) -> Self {
        self.with(Write::NewAccount(Box::new(account.clone())))
    }

    /// One more row of the audit log (S23).
    pub fn audit(self, entry: &Entry) -> Self {
        self.with(Write::Audit(Box::new(entry.clone())))
    }

    /// All or nothing, on stable storage when it resolves. On [`StoreError::Conflict`] nothing
    /// was done: read and decide again.
    ///
    /// # Errors
    /// Those of [`crate::store::Store::commit`]; [`StoreError::Refused`] for a value that can't be
    /// written, which is a bug.
    pub async fn commit(self, records: &Records) -> Result<(), StoreError> {
        let batch = self.sealed(records)?;
        match records.store.commit(batch.clone()).await {
            // Sent again it is still one commit, and then its fate may be known.
            Err(StoreError::Unknown(why)) => match records.store.commit(batch).await {
                Err(StoreError::Unavailable(_)) => Err(StoreError::Unknown(why)),
                known => known,
            },
            known => known,
        }
    }

    fn sealed(self, records: &Records) -> Result<Batch, StoreError> {
        let mut batch = Batch { id: self.id, expect: Vec::new(), changes: Vec::new() };
        for write in self.writes {
            write.seal_into(&mut batch, records)?;
        }
        Ok(batch)
    }
}

impl Write {
    fn seal_into(self, batch: &mut Batch, records: &Records) -> Result<(), StoreError> {
        match self {
            Write::New { id, value, due_ms } => put_new(batch, records, id, &value, due_ms)?,
            Write::NewAccount(account) => {
                let id = records.account_id(account.company);
                put_new(batch, records, id, &Stored::Account(account), None)?;
            }
            Write::Replace { id, version, value, due_ms } => {
                let at = Ref { kind: value.kind(), id };
                batch.expect.push(Expect::At(at, version));
                put(batch, records, at, &value, due_ms)?;
            }
            Write::Remove { at, version } => {
                batch.expect.push(Expect::At(at, version));
                batch.changes.push(Change::Drop(at));
            }
            Write::Unchanged { at, version } => batch.expect.push(Expect::At(at, version)),
            Write::SameMembers { group, version } => {
                batch.expect.push(Expect::Group(records.group(group), version));
            }
            Write::Postpone { at, read, due_ms } => {
                batch.expect.push(Expect::At(at, read.version));
                let to = Place { at, version: batch.id.version(), due_ms: Some(due_ms) };
                let bytes = set_aside::moved(records.vault(), &read, to);
                batch.changes.push(Change::Put { at, bytes, due_ms: Some(due_ms), groups: read.groups });
            }
            Write::Rebind { at, read } => {
                batch.expect.push(Expect::At(at, read.version));
                let to = Place { at, version: batch.id.version(), due_ms: read.due_ms };
                let bytes = set_aside::rebound(records.vault(), &read, to);
                batch.changes.push(Change::Put { at, bytes, due_ms: read.due_ms, groups: read.groups });
            }
            Write::Link { index, to } => {
                batch.changes.push(Change::Link { index: records.index(&index), to });
            }
            Write::Unlink(index) => {
                batch.changes.push(Change::Unlink { index: records.index(&index) });
            }
            Write::Audit(entry) => {
                let bytes = rows::seal(records.vault(), &entry)?;
                batch.changes.push(Change::Append { chain: records.chain(), bytes });
            }
            Write::CutRows { chain, up_to } => batch.changes.push(Change::Cut { chain, up_to }),
        }
        Ok(())
    }
}

fn put_new(
    batch: &mut Batch,
    records: &Records,
    id: Id,
    value: &Stored,
    due_ms: Option<u64>,
) -> Result<(), StoreError> {
    let at = Ref { kind: value.kind(), id };
    batch.expect.push(Expect::Absent(at));
    put(batch, records, at, value, due_ms)
}

fn put(
    batch: &mut Batch,
    records: &Records,
    at: Ref,
    value: &Stored,
    due_ms: Option<u64>,
) -> Result<(), StoreError> {
    let place = Place { at, version: batch.id.version(), due_ms };
    let (bytes, groups) = (
        value.seal(records.vault(), place)?,
        value.groups().into_iter().map(|group| records.group(group)).collect(),
    );
    batch.changes.push(Change::Put { at, bytes, due_ms, groups });
    Ok(())
}
