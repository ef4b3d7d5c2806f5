//! Being forgotten (S15): nobody took the request back in time, so all that is kept of the company
//! goes, as one batch.

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
    now_ms: u64,
) -> Result<(), StoreError> {
    let Erasure { company, folio, .. } = due.value;
    let found = CompanyRecords::find(records, company).await?;
    let subject = records.vault().pseudonym(company);
    let row = author.row(now_ms, Action::EraseCompany, Outcome::Done).about(subject).under(folio);
    decide(records.draft(now_ms), due, &found, &row).commit(records).await
}

fn decide(draft: Draft, due: &Held<Erasure>, found: &CompanyRecords, row: &Entry) -> Draft {
    match &found.erasure {
        Some(erasure) if erasure == due => found.remove(draft.audit(row)),
        // An operator was faster, and the company may have come back since.
        _ => draft.remove(due),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Actor;
    use crate::domain::folio::Folio;
    use crate::domain::reference::Id;
    use crate::domain::rut::Rut;
    use crate::store::records::Write;

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
        let erased = decide(draft(), &due, &of(Some(due.clone())), &row);
        assert_eq!((erased.writes().first(), erased.writes().last()), (Some(&told), Some(&gone)));
        let asked_anew = Held { version: 2, ..due.clone() };
        for other in [None, Some(asked_anew)] {
            assert_eq!(decide(draft(), &due, &of(other), &row).writes(), std::slice::from_ref(&gone));
        }
    }
}
