//! The end of the audit log's oldest rows (S15): once a day, chain by chain, those that are past their
//! time go, a page at a time, and a row of the own chain says up to which.

use crate::audit::{AuditAnchor, Author, ChainName, Entry, Row};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::office_time::OfficeTime;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records, chain_of_anchor};

/// In milliseconds.
const DAY_MS: u64 = 24 * 3_600_000;
/// How long rows are kept when the office says nothing else, in milliseconds: five years, leap days
/// included.
pub const AUDIT_KEPT_MS: u64 = 1826 * DAY_MS;
/// The days of the log that may go at once. A clock that stands years ahead takes no more of it
/// before somebody notices.
const DAYS_AT_ONCE: u64 = 31;
/// One page.
const ROWS_AT_ONCE: u16 = 256;
/// The wait before the next page, in milliseconds: soon, but after whatever else is due.
const SOON_MS: u64 = 1000;

/// From then on the front of each chain that has rows, and of the own one, is looked after.
///
/// # Errors
/// When the store can't save.
pub(super) async fn begin(records: &Records, now_ms: u64) -> Result<(), StoreError> {
    let mut chains = records.audit_chains().await?;
    chains.insert(records.chain());
    for chain in chains {
        if records.in_chain(chain).audit_anchor().await?.is_some() {
            continue;
        }
        match records.draft(now_ms).new_anchor(chain, now_ms + DAY_MS).commit(records).await {
            // Somebody else began with it.
            Ok(()) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Cuts one page of rows off the front of a chain, or looks again the next day.
///
/// # Errors
/// When the store does not answer or can't save, or a row can't be unsealed.
pub(super) async fn go_on(
    records: &Records,
    front: &Held<AuditAnchor>,
    kept_ms: u64,
    author: &Author,
    time: OfficeTime,
) -> Result<(), StoreError> {
    let unknown = || StoreError::Corrupt("an anchor of the audit log lies where no chain has one".into());
    let chain = chain_of_anchor(front.id).ok_or_else(unknown)?;
    if chain == records.chain() {
        begin(records, time.now_ms()).await?;
    }
    let rows = records.in_chain(chain).audit_rows(front.value.sequence, ROWS_AT_ONCE).await?;
    let draft = decide(records.draft(time.now_ms()), (chain, front), &rows, kept_ms, author, time);
    draft.commit(records).await
}

/// What goes of a page of rows, the oldest first.
fn decide(
    draft: Draft,
    (chain, front): (ChainName, &Held<AuditAnchor>),
    rows: &[(Row, Entry)],
    kept_ms: u64,
    author: &Author,
    time: OfficeTime,
) -> Draft {
    let (anchor, now_ms) = (front.value, time.now_ms());
    let until_ms = anchor.cutting_until_ms.unwrap_or_else(|| {
        let most_ms = rows.first().map_or(0, |(_, first)| first.at_ms.saturating_add(DAYS_AT_ONCE * DAY_MS));
        most_ms.min(time.protections().ms().saturating_sub(kept_ms))
    });
    // The newest row stays, whatever its age: the next one is chained to it.
    let may_go = &rows[..rows.len().saturating_sub(1)];
    let old = may_go.iter().take_while(|(_, entry)| entry.at_ms < until_ms).count();
    let Some((last, _)) = old.checked_sub(1).and_then(|newest| may_go.get(newest)) else {
        let done = AuditAnchor { cutting_until_ms: None, ..anchor };
        return draft.cut_rows(front, &done, now_ms + DAY_MS);
    };
    let to = AuditAnchor { sequence: last.sequence, mac: last.mac, cutting_until_ms: Some(until_ms) };
    let head = data_encoding::HEXLOWER.encode(&to.mac);
    let of_chain = match chain {
        ChainName::FIRST => String::new(),
        named => format!(" of chain {named}"),
    };
    let note = Clean::from(format!("rows up to {}{of_chain} with the mac {head}", to.sequence));
    let row = author.row(now_ms, Action::CutAudit, Outcome::Done).noted(&note);
    draft.cut_rows(front, &to, now_ms + SOON_MS).audit(&row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Actor;
    use crate::domain::reference::Id;

    /// What a front that stands at `from` and was cutting until `cutting` does at `now_ms` with rows
    /// of these days, which are kept for ten: the number it stands at then, until when it cuts, and
    /// when it looks again.
    fn cut(from: u64, cutting: Option<u64>, days: &[u64], now_ms: u64) -> Draft {
        let author = Author::new("01".into(), Actor::Courier);
        let row = |(place, day): (usize, &u64)| {
            let sequence = from + 1 + place as u64;
            let row = Row { sequence, mac: [sequence as u8; 32], bytes: Vec::new() };
            (row, author.row(day * DAY_MS, Action::StartUp, Outcome::Done))
        };
        let rows: Vec<(Row, Entry)> = days.iter().enumerate().map(row).collect();
        let (draft, front) = (Draft::new(Id([1; 16])), front(from, cutting));
        decide(draft, (ChainName::FIRST, &front), &rows, 10 * DAY_MS, &author, OfficeTime::agreed(now_ms))
    }

    fn front(sequence: u64, cutting_until_ms: Option<u64>) -> Held<AuditAnchor> {
        let value = AuditAnchor { sequence, mac: [sequence as u8; 32], cutting_until_ms };
        Held { id: Id(*b"audit-anchor\0\0\0\0"), version: 3, due_ms: None, value }
    }

    fn cuts_to(from: (u64, Option<u64>), to: u64, until_ms: u64, now_ms: u64) -> Draft {
        let author = Author::new("01".into(), Actor::Courier);
        let head = data_encoding::HEXLOWER.encode(&[to as u8; 32]);
        let note = Clean::from(format!("rows up to {to} with the mac {head}"));
        let row = author.row(now_ms, Action::CutAudit, Outcome::Done).noted(&note);
        let anchor = front(to, Some(until_ms)).value;
        Draft::new(Id([1; 16])).cut_rows(&front(from.0, from.1), &anchor, now_ms + SOON_MS).audit(&row)
    }

    fn rests(from: (u64, Option<u64>), now_ms: u64) -> Draft {
        let held = front(from.0, from.1);
        Draft::new(Id([1; 16])).cut_rows(&held, &front(from.0, None).value, now_ms + DAY_MS)
    }

    #[test]
    fn old_rows_go_a_page_at_a_time_and_the_newest_stays() {
        let day = DAY_MS;
        // Nothing is old enough, or nothing but the newest.
        assert_eq!(cut(0, None, &[1, 2, 3], 11 * day), rests((0, None), 11 * day));
        assert_eq!(cut(0, None, &[1], 40 * day), rests((0, None), 40 * day));
        assert_eq!(cut(0, None, &[], 40 * day), rests((0, None), 40 * day));
        // Two days are.
        assert_eq!(cut(4, None, &[1, 2, 3, 4], 13 * day), cuts_to((4, None), 6, 3 * day, 13 * day));
        // The end that was set with the first page holds for all of them.
        let begun = (6, Some(3 * day));
        assert_eq!(cut(6, begun.1, &[3, 4], 99 * day), rests(begun, 99 * day));
        // However late it is, a month goes at once.
        assert_eq!(cut(0, None, &[1, 31, 40, 50], 999 * day), cuts_to((0, None), 2, 32 * day, 999 * day));
    }
}
