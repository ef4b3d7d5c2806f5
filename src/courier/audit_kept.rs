//! The end of the audit log's oldest rows (S15): once a day, those that are past their time go, and a
//! row says up to which.

use super::Courier;
use crate::audit::AuditAnchor;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::store::StoreError;
use crate::store::records::Held;

const DAY_MS: u64 = 24 * 3_600_000;
/// Five years, leap days included.
pub const AUDIT_KEPT_MS: u64 = 1826 * DAY_MS;
/// The days of the log that may go at once: a clock that stands years ahead takes no more of it
/// before somebody notices.
const DAYS_AT_ONCE: u64 = 31;
const ROWS_AT_ONCE: u16 = 256;
/// Until there is nothing more to do: soon again, after whatever else is due.
const SOON_MS: u64 = 1000;

impl Courier {
    /// From then on the log's front is looked after.
    ///
    /// # Errors
    /// When the store can't save.
    pub async fn keep_audit(&self, now_ms: u64) -> Result<(), StoreError> {
        match self.records.audit_anchor().await? {
            Some(_) => Ok(()),
            None => self.records.draft(now_ms).new_anchor(now_ms + DAY_MS).commit(&self.records).await,
        }
    }

    pub(super) async fn cut_audit(&self, held: &Held<AuditAnchor>, now_ms: u64) -> Result<(), StoreError> {
        let anchor = held.value;
        let rows = self.records.audit_rows(anchor.sequence, ROWS_AT_ONCE).await?;
        let until_ms = anchor.cutting_until_ms.unwrap_or_else(|| {
            let most_ms =
                rows.first().map_or(0, |(_, first)| first.at_ms.saturating_add(DAYS_AT_ONCE * DAY_MS));
            most_ms.min(now_ms.saturating_sub(self.audit_kept_ms))
        });
        // The newest row stays, whatever its age: the next one is chained to it.
        let may_go = &rows[..rows.len().saturating_sub(1)];
        let old = may_go.iter().take_while(|(_, entry)| entry.at_ms < until_ms).count();
        let Some((last, _)) = old.checked_sub(1).and_then(|newest| may_go.get(newest)) else {
            let done = AuditAnchor { cutting_until_ms: None, ..anchor };
            return self
                .records
                .draft(now_ms)
                .cut_rows(held, &done, now_ms + DAY_MS)
                .commit(&self.records)
                .await;
        };
        let to = AuditAnchor { sequence: last.sequence, mac: last.mac, cutting_until_ms: Some(until_ms) };
        let head = data_encoding::HEXLOWER.encode(&to.mac);
        let note = Clean::from(format!("rows up to {} with the mac {head}", to.sequence));
        let entry = self.entry(now_ms, Action::CutAudit, Outcome::Done).noted(&note);
        self.records
            .draft(now_ms)
            .cut_rows(held, &to, now_ms + SOON_MS)
            .audit(&entry)
            .commit(&self.records)
            .await
    }
}
