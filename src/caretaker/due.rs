//! A record that is due: what its kind says is to be done with it. On an errand that is sending; on
//! an erasure, carrying it out; on the front of the audit log, cutting it. On anything else the due
//! time is the end of its life (S15).

use super::{cut, erasure};
use crate::audit::{AuditAnchor, Author};
use crate::courier::Courier;
use crate::domain::deed::{Action, Outcome};
use crate::domain::errand::Errand;
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::{Kind, Ref};
use crate::domain::update::Erasure;
use crate::store::records::{Draft, Records};
use crate::store::{StoreError, Versioned};

/// When a record that can't be unsealed is looked at again, in milliseconds.
const SET_ASIDE_MS: u64 = 3_600_000;

/// Does what is due.
#[derive(Clone)]
pub(super) struct DueWork {
    pub records: Records,
    pub courier: Courier,
    pub author: Author,
    /// How long rows of the audit log are kept, in milliseconds (S15).
    pub audit_kept_ms: u64,
}

impl DueWork {
    /// Does what is due with this record.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it can't be unsealed, [`StoreError::Conflict`] when somebody
    /// else was faster.
    pub async fn bring_up(&self, at: Ref, read: &Versioned, time: OfficeTime) -> Result<(), StoreError> {
        let (records, author, now_ms) = (&self.records, &self.author, time.now_ms());
        match at.kind {
            Kind::Outbox => self.courier.carry(records.open::<Errand>(at, read)?, time).await,
            Kind::Erasure => {
                let due = records.open::<Erasure>(at, read)?;
                erasure::carry_out(records, &due, author, (now_ms, self.audit_kept_ms)).await
            }
            Kind::Meta => {
                let front = records.open::<AuditAnchor>(at, read)?;
                cut::go_on(records, &front, self.audit_kept_ms, author, time).await
            }
            Kind::Limit => self.end(at, read, EndOnRecord::No, now_ms).await,
            Kind::Account
            | Kind::Recovery
            | Kind::Proof
            | Kind::Undo
            | Kind::Application
            | Kind::Refusal
            | Kind::Staff
            | Kind::FacilitatorRequest
            | Kind::Document
            | Kind::Facilitator
            | Kind::Dispute
            | Kind::Remembered => self.end(at, read, EndOnRecord::InTheLog, now_ms).await,
        }
    }

    /// Leaves a record that can't be unsealed as it is, and looks at it again later.
    ///
    /// # Errors
    /// Those of [`Draft::commit`].
    pub async fn set_aside(&self, at: Ref, read: &Versioned, now_ms: u64) -> Result<(), StoreError> {
        let draft = set_aside(self.records.draft(now_ms), at, read, &self.author, now_ms);
        draft.commit(&self.records).await
    }

    async fn end(&self, at: Ref, read: &Versioned, told: EndOnRecord, now_ms: u64) -> Result<(), StoreError> {
        let draft = end_of_life(self.records.draft(now_ms), (at, read.version), told, &self.author, now_ms);
        draft.commit(&self.records).await
    }
}

/// Whether the end of a record stands in the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EndOnRecord {
    InTheLog,
    /// Tallies come and go by the hundred, and tell of nobody.
    No,
}

fn end_of_life(
    draft: Draft,
    (at, version): (Ref, u64),
    told: EndOnRecord,
    author: &Author,
    now_ms: u64,
) -> Draft {
    let draft = draft.remove_unread(at, version);
    match told {
        EndOnRecord::InTheLog => draft.audit(&author.row(now_ms, Action::Erase, Outcome::Done)),
        EndOnRecord::No => draft,
    }
}

fn set_aside(draft: Draft, at: Ref, read: &Versioned, author: &Author, now_ms: u64) -> Draft {
    let row = author.row(now_ms, Action::SetAside, Outcome::Damaged);
    draft.postpone_unread(at, read, now_ms + SET_ASIDE_MS).audit(&row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Actor;
    use crate::domain::reference::Id;
    use crate::store::records::Write;

    #[test]
    fn what_ends_is_removed_as_it_was_read_and_told_unless_it_is_a_tally() {
        let author = Author::new("01".into(), Actor::Courier);
        let at = |kind| Ref { kind, id: Id([3; 16]) };
        let row = Write::Audit(Box::new(author.row(5, Action::Erase, Outcome::Done)));
        let draft = || Draft::new(Id([9; 16]));
        let ended = end_of_life(draft(), (at(Kind::Limit), 4), EndOnRecord::No, &author, 5);
        assert_eq!(ended.writes(), [Write::Remove { at: at(Kind::Limit), version: 4 }]);
        let ended = end_of_life(draft(), (at(Kind::Undo), 4), EndOnRecord::InTheLog, &author, 5);
        assert_eq!(ended.writes(), [Write::Remove { at: at(Kind::Undo), version: 4 }, row]);
    }

    #[test]
    fn what_is_set_aside_keeps_its_bytes_and_comes_again_in_an_hour() {
        let author = Author::new("01".into(), Actor::Courier);
        let at = Ref { kind: Kind::Outbox, id: Id([3; 16]) };
        let read = Versioned { version: 7, bytes: vec![1, 2], due_ms: Some(5), groups: Vec::new() };
        let draft = set_aside(Draft::new(Id([9; 16])), at, &read, &author, 5);
        let row = author.row(5, Action::SetAside, Outcome::Damaged);
        let postponed = Write::Postpone { at, read, due_ms: 3_600_005 };
        assert_eq!(draft.writes(), [postponed, Write::Audit(Box::new(row))]);
    }
}
