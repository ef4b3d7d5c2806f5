//! Being forgotten (S15): nobody took the request back in time, so all that is kept of the company
//! goes, as one batch. An account that was given in person leaves its rank behind (T4d).

use super::company::CompanyRecords;
use crate::audit::{Author, Entry};
use crate::domain::deed::{Action, Outcome};
use crate::domain::update::Erasure;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records};

/// Carries out an erasure that is due.
///
/// # Errors
/// [`StoreError::Conflict`] when something of the company's changed meanwhile: it is due again.
pub(super) async fn carry_out(
    records: &Records,
    due: &Held<Erasure>,
    author: &Author,
    (now_ms, audit_kept_ms): (u64, u64),
) -> Result<(), StoreError> {
    let Erasure { company, folio, .. } = due.value;
    let found = CompanyRecords::find(records, company).await?;
    let subject = records.vault().pseudonym(company);
    let row = author.row(now_ms, Action::EraseCompany, Outcome::Done).about(subject).under(folio);
    decide(records.draft(now_ms), due, &found, (&row, audit_kept_ms)).commit(records).await
}

fn decide(
    draft: Draft,
    due: &Held<Erasure>,
    found: &CompanyRecords,
    (row, audit_kept_ms): (&Entry, u64),
) -> Draft {
    match &found.erasure {
        Some(erasure) if erasure == due => found.remove(draft.audit(row), (row.at_ms, audit_kept_ms)),
        // An operator was faster, and the company may have come back since.
        _ => draft.remove(due),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Actor;
    use crate::domain::folio::Folio;
    use crate::domain::office_time::OfficeTime;
    use crate::domain::reference::Id;
    use crate::domain::rut::Rut;
    use crate::domain::trust::Rank;
    use crate::office::samples::{NOON, account};
    use crate::store::records::{Stored, Write};

    const KEPT_MS: u64 = 1_000;

    /// Low deeds leave nothing; a person's leave their rank for as long as the audit log.
    #[test]
    fn an_account_leaves_the_rank_of_what_was_done_in_person() {
        let author = Author::new("01".into(), Actor::Courier);
        let row = author.row(NOON, Action::EraseCompany, Outcome::Done);
        let erased = |rank| {
            let mut known = account();
            known.trust.remember(rank, OfficeTime::agreed(NOON - 1));
            let value = Erasure { company: known.company, folio: Folio::new([0; 5]), requested_ms: 1 };
            let due = Held { id: Id([1; 16]), version: 1, due_ms: Some(4), value };
            let mut found = CompanyRecords::only(due.value.company, Some(due.clone()));
            found.account = Some(Held { id: Id([1; 16]), version: 1, due_ms: None, value: known });
            decide(Draft::new(Id([9; 16])), &due, &found, (&row, KEPT_MS))
        };
        let left = |draft: &Draft| match draft.writes().last() {
            Some(Write::New { value: Stored::Ranked(left), due_ms, .. }) => {
                Some((left.rank(OfficeTime::agreed(NOON).protections()), *due_ms))
            }
            _ => None,
        };
        assert_eq!(left(&erased(Rank::Low)), None);
        assert_eq!(left(&erased(Rank::Person)), Some((Rank::Person, Some(NOON + KEPT_MS))));
    }

    #[test]
    fn only_the_request_that_is_due_erases() {
        let author = Author::new("01".into(), Actor::Courier);
        let row = author.row(5, Action::EraseCompany, Outcome::Done);
        let draft = || Draft::new(Id([9; 16]));
        let value = Erasure {
            company: Rut::of_body(99_999_999).unwrap(),
            folio: Folio::new([0; 5]),
            requested_ms: 1,
        };
        let due = Held { id: Id([1; 16]), version: 1, due_ms: Some(4), value };
        let of = |erasure| CompanyRecords::only(due.value.company, erasure);
        let gone = Write::Remove { at: due.at(), version: 1 };

        let told = Write::Audit(Box::new(row.clone()));
        let erased = decide(draft(), &due, &of(Some(due.clone())), (&row, KEPT_MS));
        assert_eq!((erased.writes().first(), erased.writes().last()), (Some(&told), Some(&gone)));
        let asked_anew = Held { version: 2, ..due.clone() };
        for other in [None, Some(asked_anew)] {
            assert_eq!(
                decide(draft(), &due, &of(other), (&row, KEPT_MS)).writes(),
                std::slice::from_ref(&gone)
            );
        }
    }
}
