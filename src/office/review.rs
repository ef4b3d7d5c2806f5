//! What staff decide on a facilitator's request: two different people approve it, none of them the
//! one who asked (S19), or one refuses it with a reason. Each decision is one batch.

use super::drawn::{Drawn, Ids};
use super::facilitator_notices::{FacilitatorNotices, Noted};
use super::means::{Decision, Means};
use super::messages::{Message, post, post_as};
use super::recoveries::KnownRecoveries;
use super::reviewer::Reviewer;
use super::trouble::Trouble;
use crate::audit::{Actor, Entry};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::document::Document;
use crate::domain::errand::{Errand, ErrandKind, FacilitatorErrand};
use crate::domain::facilitator::{
    self, Checklist, Decided, DocumentsOpened, Facilitator, FacilitatorRequest, REASON_CHARS, RequestState,
    Undecided, Verdict,
};
use crate::domain::folio::Folio;
use crate::domain::office_time::OfficeTime;
use crate::domain::pseudonym::Pseudonym;
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::trust::Rank;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

/// Why nothing was decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// Nobody asked under this folio, or it is forgotten.
    #[error("there is no request with this folio")]
    Unknown,
    /// Not for this member of staff, or not any more.
    #[error(transparent)]
    Not(#[from] Undecided),
    /// The company must hear why.
    #[error("a refusal needs a reason")]
    NoReason,
    /// So many characters.
    #[error("the reason has {0} characters, more than {REASON_CHARS}")]
    LongReason(usize),
    /// Nothing is known to be decided.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Trouble> for DecideError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Store(error) => DecideError::Store(error),
            other => DecideError::Store(StoreError::Unavailable(other.to_string())),
        }
    }
}

/// What is to be decided, with what stands beside it on record.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wish {
    /// What was looked at, and whether it can have been.
    Approve(Clean, DocumentsOpened),
    /// What the company is told.
    Refuse(Clean),
    /// Why.
    Withdraw(Clean),
}

impl Wish {
    fn note(&self) -> &Clean {
        match self {
            Wish::Approve(note, _) | Wish::Refuse(note) | Wish::Withdraw(note) => note,
        }
    }

    fn verdict(&self) -> Verdict {
        match self {
            Wish::Approve(..) => Verdict::Approve,
            Wish::Refuse(_) => Verdict::Refuse,
            Wish::Withdraw(_) => Verdict::Withdraw,
        }
    }

    fn action(&self) -> Action {
        match self {
            Wish::Approve(..) => Action::ApproveRequest,
            Wish::Refuse(_) => Action::RefuseRequest,
            Wish::Withdraw(_) => Action::WithdrawRequest,
        }
    }
}

/// Decides on requests.
#[derive(Clone, Copy)]
pub struct Review<'a> {
    means: &'a Means,
}

impl<'a> Review<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Review { means }
    }

    /// One of the two approvals that a request needs.
    ///
    /// # Errors
    /// When this member of staff may not or has not had its documents before them, or it was decided
    /// already; nothing changed then.
    pub async fn approve(
        &self,
        folio: Folio,
        reviewer: &Reviewer,
        (checklist, documents): (&Checklist, DocumentsOpened),
    ) -> Result<Decided, DecideError> {
        self.decide(folio, reviewer, &Wish::Approve(checklist.note(), documents)).await
    }

    /// One refusal is enough.
    ///
    /// # Errors
    /// As for approving, and when the reason is missing or too long.
    pub async fn refuse(
        &self,
        folio: Folio,
        reviewer: &Reviewer,
        reason: &Clean,
    ) -> Result<Decided, DecideError> {
        match reason.as_str().chars().count() {
            0 => Err(DecideError::NoReason),
            length if length > REASON_CHARS => Err(DecideError::LongReason(length)),
            _ => self.decide(folio, reviewer, &Wish::Refuse(reason.clone())).await,
        }
    }

    /// The company takes its request back, by a member of staff.
    ///
    /// # Errors
    /// As for approving.
    pub async fn withdraw(
        &self,
        folio: Folio,
        reviewer: &Reviewer,
        reason: &Clean,
    ) -> Result<Decided, DecideError> {
        self.decide(folio, reviewer, &Wish::Withdraw(reason.clone())).await
    }

    async fn decide(&self, folio: Folio, reviewer: &Reviewer, wish: &Wish) -> Result<Decided, DecideError> {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let terminal = &means.settings.terminal;
        let (documents_ms, flows_ms) = (means.kept.documents_ms, means.kept.flows_ms);
        let asked = Asked { reviewer, wish, terminal, documents_ms, flows_ms };
        let decided = means
            .settle(
                || UnderReview::read(means, folio, drawn.time()),
                |read| {
                    Ok(match read {
                        Some(read) => decide(&read, &asked, &drawn),
                        None => Decision::answer(&drawn, Err(DecideError::Unknown)),
                    })
                },
            )
            .await?;
        means.wake_courier();
        decided
    }
}

/// Who decides what, and how long things are kept then, in milliseconds.
struct Asked<'a> {
    reviewer: &'a Reviewer,
    wish: &'a Wish,
    terminal: &'a Clean,
    documents_ms: u64,
    flows_ms: u64,
}

impl Asked<'_> {
    fn row(&self, read: &UnderReview, outcome: Outcome, now_ms: u64) -> Entry {
        let by = Actor::Staff(self.reviewer.name.clone());
        let row = Entry::new(now_ms, self.terminal, by, self.wish.action(), outcome);
        row.noted(self.wish.note()).about(read.subject.clone()).under(read.request.value.folio)
    }
}

/// What a decision is made on.
struct UnderReview {
    request: Held<FacilitatorRequest>,
    subject: Pseudonym,
    notices: FacilitatorNotices,
    documents: Vec<Held<Document>>,
    /// Whoever was a facilitator of the company already, by the same document.
    known: Option<(Held<Facilitator>, KnownRecoveries)>,
}

impl UnderReview {
    async fn read(means: &Means, folio: Folio, time: OfficeTime) -> Result<Option<Self>, Trouble> {
        let records = &means.records;
        let Some(request) = records.request_of(folio).await? else { return Ok(None) };
        let FacilitatorRequest { company, person, declaration, identity_document, .. } = &request.value;
        let (subject, identity) = (means.vault().pseudonym(*company), &person.identity);
        let notices = FacilitatorNotices::read(means, *company, time).await?;
        let mut documents = Vec::new();
        for id in [*declaration, *identity_document] {
            documents.extend(records.get::<Document>(id).await?);
        }
        let known = match records.facilitator_of(*company, identity.country, &identity.number).await? {
            Some(held) => {
                let recoveries = KnownRecoveries::read(means, &held.value.recoveries).await?;
                Some((held, recoveries))
            }
            None => None,
        };
        Ok(Some(UnderReview { request, subject, notices, documents, known }))
    }
}

fn decide(read: &UnderReview, asked: &Asked<'_>, drawn: &Drawn) -> Decision<Result<Decided, DecideError>> {
    match decided(read, asked, drawn) {
        Ok((draft, decided)) => Decision { draft, answer: Ok(decided) },
        Err(why) => {
            let outcome = match why {
                Undecided::Already => Outcome::Already,
                Undecided::SamePerson | Undecided::OwnRequest => Outcome::Wrong,
                Undecided::TooManyNotices | Undecided::Unopened => Outcome::NotAllowed,
            };
            let draft = drawn.draft().audit(&asked.row(read, outcome, drawn.now_ms));
            Decision { draft, answer: Err(why.into()) }
        }
    }
}

fn decided(read: &UnderReview, asked: &Asked<'_>, drawn: &Drawn) -> Result<(Draft, Decided), Undecided> {
    let (held, now_ms) = (&read.request, drawn.now_ms);
    may_decide(&held.value, asked)?;
    let mut request = held.value.clone();
    let (staff, rut) = (asked.reviewer.name.clone(), asked.reviewer.rut);
    let verdict = asked.wish.verdict();
    request.decisions.push(facilitator::Decision { staff, rut, at_ms: now_ms, verdict });
    let draft = drawn.draft().audit(&asked.row(read, Outcome::Done, now_ms));
    let mut ids = drawn.ids();
    let (draft, decided) = match asked.wish {
        Wish::Approve(..) if request.state == RequestState::Received => {
            request.state = RequestState::ApprovedByOne;
            return Ok((draft.replace(held, &request, None), Decided::ApprovedByOne));
        }
        Wish::Approve(..) => {
            let due_ms = now_ms + asked.flows_ms;
            (open_facilitator(read, draft, &mut request, &mut ids, (now_ms, due_ms))?, Decided::Approved)
        }
        Wish::Refuse(reason) => {
            request.state = RequestState::Refused { reason: reason.clone() };
            let about = FacilitatorErrand::Refused { request: held.id };
            (tell_company(read, draft, &mut ids, about, now_ms), Decided::Refused)
        }
        Wish::Withdraw(_) => {
            request.state = RequestState::Withdrawn;
            (draft, Decided::Withdrawn)
        }
    };
    // From the decision on the documents are needed for questions alone, and then no more (S15).
    // Destroying a document's key, which its record is, erases it (S13).
    let due_ms = now_ms + asked.documents_ms;
    let draft = read
        .documents
        .iter()
        .fold(draft, |draft, document| draft.replace(document, &document.value, Some(due_ms)));
    Ok((draft.replace(held, &request, Some(due_ms)), decided))
}

fn may_decide(request: &FacilitatorRequest, asked: &Asked<'_>) -> Result<(), Undecided> {
    if request.state.is_decided() {
        Err(Undecided::Already)
    } else if asked.reviewer.is_of(request) {
        Err(Undecided::OwnRequest)
    } else if asked.wish.verdict() == Verdict::Approve && asked.reviewer.has_approved(request) {
        Err(Undecided::SamePerson)
    } else if matches!(asked.wish, Wish::Approve(_, DocumentsOpened::No)) {
        Err(Undecided::Unopened)
    } else {
        Ok(())
    }
}

/// The clave goes to the facilitator by the road of a recovery: made when it is sent, replaced at its
/// first use (S6, S7). Who was a facilitator of the company already keeps their clave till then.
fn open_facilitator(
    read: &UnderReview,
    draft: Draft,
    request: &mut FacilitatorRequest,
    ids: &mut Ids,
    (now_ms, kept_ms): (u64, u64),
) -> Result<Draft, Undecided> {
    let known = read.known.as_ref().map(|(held, _)| held);
    let id = known.map_or_else(|| ids.fresh(), |known| known.id);
    let recovery_id = ids.fresh();
    let recovery = Recovery {
        company: request.company,
        folio: request.folio,
        requested_ms: now_ms,
        route: Route::Facilitator(id),
        state: RecoveryState::Sending,
        rank: Rank::Low,
        claves: Vec::new(),
    };
    let kind = ErrandKind::Facilitator(FacilitatorErrand::Clave { recovery: recovery_id });
    let key = message_about(request, kind, now_ms).to(Destination::Mail(request.person.email.clone()));
    let before = known.map(|known| &known.value);
    let mut facilitator = Facilitator {
        company: request.company,
        person: request.person.clone(),
        secret_question: request.secret_question.clone(),
        clave: before.and_then(|before| before.clave.clone()),
        recoveries: before.map(|before| before.recoveries.clone()).unwrap_or_default(),
        language: request.language,
        created_ms: before.map_or(now_ms, |before| before.created_ms),
    };
    let draft = match known {
        Some(known) => tell_former_mailbox(read, draft, known, ids, now_ms)?,
        None => draft,
    };
    let draft = draft.new_record(recovery_id, &recovery, Some(kept_ms + kind.life_ms()));
    let none = KnownRecoveries::default();
    let recoveries = read.known.as_ref().map_or(&none, |(_, recoveries)| recoveries);
    let draft = recoveries.keep_newest_of(draft, &mut facilitator.recoveries, recovery_id);
    let draft = match known {
        Some(known) => draft.replace(known, &facilitator, None),
        None => draft.new_facilitator(id, &facilitator),
    };
    request.state = RequestState::Approved { facilitator: id, recovery: recovery_id };
    let draft = post_as(recovery_id, draft, &key);
    Ok(tell_company(read, draft, ids, FacilitatorErrand::Approved, now_ms))
}

/// Whoever had the mailbox before hears, with a code that stops it, that the clave goes to another one
/// (S8).
fn tell_former_mailbox(
    read: &UnderReview,
    draft: Draft,
    known: &Held<Facilitator>,
    ids: &mut Ids,
    now_ms: u64,
) -> Result<Draft, Undecided> {
    let request = &read.request.value;
    if known.value.person.email.folded() == request.person.email.folded() {
        return Ok(draft);
    }
    let Noted { draft, undo, mailboxes } = read.notices.note(draft, ids, known, request.folio);
    let undo = undo.ok_or(Undecided::TooManyNotices)?;
    let kind = ErrandKind::Facilitator(FacilitatorErrand::Readdressed { undo });
    let message = Message { language: known.value.language, ..message_about(request, kind, now_ms) };
    let notices: Vec<Errand> =
        mailboxes.into_iter().map(|mailbox| message.to(Destination::Mail(mailbox))).collect();
    Ok(post(draft, ids, &notices))
}

fn message_about(request: &FacilitatorRequest, kind: ErrandKind, now_ms: u64) -> Message {
    let FacilitatorRequest { company, language, folio, .. } = *request;
    Message { kind, company, language, folio, now_ms }
}

/// A company that is no longer here hears nothing.
fn tell_company(
    read: &UnderReview,
    draft: Draft,
    ids: &mut Ids,
    about: FacilitatorErrand,
    now_ms: u64,
) -> Draft {
    let message = message_about(&read.request.value, ErrandKind::Facilitator(about), now_ms);
    let to = read.notices.account().map(|account| message.to(Destination::Mail(account.email.clone())));
    post(draft, ids, to.as_slice())
}

#[cfg(test)]
#[path = "review_tests.rs"]
mod tests;
