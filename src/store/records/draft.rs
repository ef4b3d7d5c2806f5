//! What is written, together: account, limits, outbox and audit as one atomic, durable batch.

use serde::Serialize;
use zeroize::Zeroizing;

use super::{Held, Record, Records, rows};
use crate::audit::Entry;
use crate::domain::account::Account;
use crate::store::{Batch, Change, Expect, Id, Ref, StoreError, Versioned};

/// A batch being put together. Nothing happens before [`Draft::commit`].
pub struct Draft<'a> {
    pub(super) records: &'a Records,
    pub(super) batch: Batch,
    /// The first thing that went wrong, told by the commit.
    fault: Option<StoreError>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(records: &'a Records, now_ms: u64) -> Self {
        let batch = Batch { id: records.new_id(now_ms), expect: Vec::new(), changes: Vec::new() };
        Draft { records, batch, fault: None }
    }

    /// A record that is not there yet.
    pub fn new_record<T: Record>(mut self, id: Id, value: &T, due_ms: Option<u64>) -> Self {
        let at = Ref { kind: T::KIND, id };
        self.batch.expect.push(Expect::Absent(at));
        self.put(at, value, due_ms)
    }

    /// Another value for a record that is still as it was read.
    pub fn replace<T: Record>(mut self, held: &Held<T>, value: &T, due_ms: Option<u64>) -> Self {
        self.batch.expect.push(Expect::At(held.at(), held.version));
        self.put(held.at(), value, due_ms)
    }

    /// A new record, or another value for the one that was read.
    pub fn put_over<T: Record>(self, held: Option<&Held<T>>, id: Id, value: &T, due_ms: Option<u64>) -> Self {
        match held {
            Some(held) => self.replace(held, value, due_ms),
            None => self.new_record(id, value, due_ms),
        }
    }

    pub fn remove<T: Record>(mut self, held: &Held<T>) -> Self {
        self.batch.expect.push(Expect::At(held.at(), held.version));
        self.batch.changes.push(Change::Drop(held.at()));
        self
    }

    /// The same for a record that was not unsealed.
    pub fn remove_unread(mut self, at: Ref, version: u64) -> Self {
        self.batch.expect.push(Expect::At(at, version));
        self.batch.changes.push(Change::Drop(at));
        self
    }

    /// Leaves the bytes of a record that can't be unsealed, and brings it up later.
    pub fn postpone_unread(mut self, at: Ref, read: &Versioned, due_ms: u64) -> Self {
        self.batch.expect.push(Expect::At(at, read.version));
        self.batch.changes.push(Change::Put { at, bytes: read.bytes.clone(), due_ms: Some(due_ms) });
        self
    }

    /// A record that must still be as it was read, and stays so.
    pub fn expect_unchanged<T: Record>(mut self, held: &Held<T>) -> Self {
        self.batch.expect.push(Expect::At(held.at(), held.version));
        self
    }

    pub fn link(mut self, index: Id, to: Ref) -> Self {
        self.batch.changes.push(Change::Link { index, to });
        self
    }

    /// A company's first account, found by its RUT from then on.
    pub fn new_account(self, account: &Account) -> Self {
        let id = self.records.account_id(account.company);
        self.new_record(id, account, None)
    }

    /// A company's account, by its RUT no longer found.
    pub fn remove_account(self, held: &Held<Account>) -> Self {
        let id = self.records.account_id(held.value.company);
        // Older ones lie elsewhere, with a link here.
        let draft = if held.id == id { self } else { self.unlink(id) };
        draft.remove(held)
    }

    pub fn unlink(mut self, index: Id) -> Self {
        self.batch.changes.push(Change::Unlink { index });
        self
    }

    pub fn audit(mut self, entry: &Entry) -> Self {
        if let Some(plain) = self.plain(rows::ENTRY_VERSION, entry) {
            let sealed = self.records.vault.seal_row(&plain);
            self.batch.changes.push(Change::Append(sealed));
        }
        self
    }

    /// All or nothing, on stable storage when it resolves. On [`StoreError::Conflict`] nothing
    /// was done: read and decide again.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.fault {
            Some(fault) => Err(fault),
            None => self.records.store.commit(self.batch).await,
        }
    }

    fn put<T: Record>(mut self, at: Ref, value: &T, due_ms: Option<u64>) -> Self {
        if let Some(plain) = self.plain(T::VERSION, value) {
            let bytes = self.records.vault.seal(at, &plain);
            self.batch.changes.push(Change::Put { at, bytes, due_ms });
        }
        self
    }

    fn plain<T: Serialize>(&mut self, version: u8, value: &T) -> Option<Zeroizing<Vec<u8>>> {
        match postcard::to_extend(value, vec![version]) {
            Ok(plain) => Some(Zeroizing::new(plain)),
            Err(error) => {
                self.fault.get_or_insert(StoreError::Refused(format!("a value can't be written: {error}")));
                None
            }
        }
    }
}
