//! What staff decide on a facilitator's request: two different people approve it, none of them the
//! one who asked (S19), or one refuses it with a reason. Each decision is one batch.

use super::undone::Noted;
use super::{Desk, Message, post};
use crate::audit::Actor;
use crate::desk::{ROUNDS, post_as};
use crate::domain::account::RECOVERIES_KEPT;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::document::Document;
use crate::domain::errand::{Errand, ErrandKind, FacilitatorErrand};
use crate::domain::facilitator::{
    Checklist, Decided, Decision, Facilitator, FacilitatorRequest, REASON_CHARS, RequestState, Undecided,
    Verdict,
};
use crate::domain::folio::Folio;
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::reference::Id;
use crate::office::means::CommitBy;
use crate::office::reviewer::Reviewer;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

/// Why nothing was decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    #[error("there is no request with this folio")]
    Unknown,
    #[error(transparent)]
    Not(#[from] Undecided),
    #[error("a refusal needs a reason")]
    NoReason,
    #[error("the reason has {0} characters, more than {REASON_CHARS}")]
    LongReason(usize),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is to be decided, with what stands beside it on record.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wish {
    /// What was looked at.
    Approve(Clean),
    /// What the company is told.
    Refuse(Clean),
    /// Why.
    Withdraw(Clean),
}

impl Wish {
    fn note(&self) -> &Clean {
        match self {
            Wish::Approve(note) | Wish::Refuse(note) | Wish::Withdraw(note) => note,
        }
    }

    fn verdict(&self) -> Verdict {
        match self {
            Wish::Approve(_) => Verdict::Approve,
            Wish::Refuse(_) => Verdict::Refuse,
            Wish::Withdraw(_) => Verdict::Withdraw,
        }
    }
}

impl Desk {
    /// # Errors
    /// When this member of staff may not, or it was decided already; nothing changed then.
    pub async fn approve_request(
        &self,
        folio: Folio,
        reviewer: &Reviewer,
        checklist: &Checklist,
    ) -> Result<Decided, DecideError> {
        self.decide(folio, reviewer, Wish::Approve(checklist.note())).await
    }

    /// # Errors
    /// The same, and when the reason is missing or too long.
    pub async fn refuse_request(
        &self,
        folio: Folio,
        reviewer: &Reviewer,
        reason: &Clean,
    ) -> Result<Decided, DecideError> {
        match reason.as_str().chars().count() {
            0 => Err(DecideError::NoReason),
            length if length > REASON_CHARS => Err(DecideError::LongReason(length)),
            _ => self.decide(folio, reviewer, Wish::Refuse(reason.clone())).await,
        }
    }

    /// The company takes its request back, by a member of staff.
    ///
    /// # Errors
    /// As for approving.
    pub async fn withdraw_request(
        &self,
        folio: Folio,
        reviewer: &Reviewer,
        reason: &Clean,
    ) -> Result<Decided, DecideError> {
        self.decide(folio, reviewer, Wish::Withdraw(reason.clone())).await
    }

    /// Reads and decides again when somebody else was faster.
    async fn decide(&self, folio: Folio, reviewer: &Reviewer, wish: Wish) -> Result<Decided, DecideError> {
        for _ in 0..ROUNDS {
            match self.decide_once(folio, reviewer, &wish).await {
                Err(DecideError::Store(StoreError::Conflict(_))) => {}
                done => {
                    self.means.wake_courier();
                    return done;
                }
            }
        }
        Err(StoreError::Unavailable("somebody else always comes first".into()).into())
    }

    async fn decide_once(
        &self,
        folio: Folio,
        reviewer: &Reviewer,
        wish: &Wish,
    ) -> Result<Decided, DecideError> {
        let held = self.means.records.request_of(folio).await?.ok_or(DecideError::Unknown)?;
        let now_ms = self.means.now_ms().await?;
        if let Err(why) = may_decide(&held.value, reviewer, wish) {
            let outcome = if why == Undecided::Already { Outcome::Already } else { Outcome::Wrong };
            self.means
                .records
                .draft(now_ms)
                .audit(&self.decision_entry(&held.value, reviewer, wish, outcome, now_ms))
                .commit_by(&self.means)
                .await?;
            return Err(why.into());
        }
        let mut request = held.value.clone();
        let (staff, rut) = (reviewer.name.clone(), reviewer.rut);
        request.decisions.push(Decision { staff, rut, at_ms: now_ms, verdict: wish.verdict() });
        let entry = self.decision_entry(&request, reviewer, wish, Outcome::Done, now_ms);
        let draft = self.means.records.draft(now_ms).audit(&entry);
        let (draft, decided) = match wish {
            Wish::Approve(_) if request.state == RequestState::Received => {
                request.state = RequestState::ApprovedByOne;
                draft.replace(&held, &request, None).commit_by(&self.means).await?;
                return Ok(Decided::ApprovedByOne);
            }
            Wish::Approve(_) => match self.open_facilitator(draft, &mut request, now_ms).await {
                Ok(draft) => (draft, Decided::Approved),
                Err(DecideError::Not(why)) => {
                    let entry = self.decision_entry(&held.value, reviewer, wish, Outcome::NotAllowed, now_ms);
                    self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
                    return Err(why.into());
                }
                Err(other) => return Err(other),
            },
            Wish::Refuse(reason) => {
                request.state = RequestState::Refused { reason: reason.clone() };
                let about = FacilitatorErrand::Refused { request: held.id };
                (self.tell_company(draft, &request, about, now_ms).await?, Decided::Refused)
            }
            Wish::Withdraw(_) => {
                request.state = RequestState::Withdrawn;
                (draft, Decided::Withdrawn)
            }
        };
        // From the decision on the documents are needed for questions alone, and then no more (S15).
        let due_ms = now_ms + self.means.kept.documents_ms;
        let draft = self.documents_end(draft, &request, due_ms).await?;
        draft.replace(&held, &request, Some(due_ms)).commit_by(&self.means).await?;
        Ok(decided)
    }

    fn decision_entry(
        &self,
        request: &FacilitatorRequest,
        reviewer: &Reviewer,
        wish: &Wish,
        outcome: Outcome,
        now_ms: u64,
    ) -> crate::audit::Entry {
        let action = match wish {
            Wish::Approve(_) => Action::ApproveRequest,
            Wish::Refuse(_) => Action::RefuseRequest,
            Wish::Withdraw(_) => Action::WithdrawRequest,
        };
        let by = Actor::Staff(reviewer.name.clone());
        let entry = self.means.entry_by(by, now_ms, action, outcome).noted(wish.note());
        entry.about(self.means.vault().pseudonym(request.company)).under(request.folio)
    }

    /// The key goes to the facilitator by the road of a recovery: made when it is sent, replaced at
    /// its first use (S6, S7). Who was a facilitator of the company already keeps their key till then.
    async fn open_facilitator<'a>(
        &'a self,
        draft: Draft,
        request: &mut FacilitatorRequest,
        now_ms: u64,
    ) -> Result<Draft, DecideError> {
        let identity = &request.person.identity;
        let known =
            self.means.records.facilitator_of(request.company, identity.country, &identity.number).await?;
        let id = known.as_ref().map_or_else(|| self.means.records.new_id(now_ms), |known| known.id);
        let recovery_id = self.means.records.new_id(now_ms);
        let recovery = Recovery {
            company: request.company,
            folio: request.folio,
            requested_ms: now_ms,
            route: Route::Facilitator(id),
            state: RecoveryState::Sending,
            keys: Vec::new(),
        };
        let kind = ErrandKind::Facilitator(FacilitatorErrand::Key { recovery: recovery_id });
        let key =
            self.message_about(request, kind, now_ms).to(Destination::Mail(request.person.email.clone()));
        let before = known.as_ref().map(|known| &known.value);
        let mut facilitator = Facilitator {
            company: request.company,
            person: request.person.clone(),
            secret_question: request.secret_question.clone(),
            clave: before.and_then(|before| before.clave.clone()),
            recoveries: before.map(|before| before.recoveries.clone()).unwrap_or_default(),
            language: request.language,
            created_ms: before.map_or(now_ms, |before| before.created_ms),
        };
        let due_ms = Some(now_ms + kind.life_ms() + self.means.kept.flows_ms);
        let draft = match &known {
            Some(known) => self.tell_former_mailbox(draft, known, request, now_ms).await?,
            None => draft,
        };
        let mut draft = draft.new_record(recovery_id, &recovery, due_ms);
        facilitator.recoveries.push(recovery_id);
        while facilitator.recoveries.len() > RECOVERIES_KEPT {
            let oldest = facilitator.recoveries.remove(0);
            if let Some(held) = self.means.records.get::<Recovery>(oldest).await? {
                draft = draft.remove(&held);
            }
        }
        let draft = match &known {
            Some(known) => draft.replace(known, &facilitator, None),
            None => draft.new_facilitator(id, &facilitator),
        };
        request.state = RequestState::Approved { facilitator: id, recovery: recovery_id };
        let draft = post_as(recovery_id, draft, &key);
        Ok(self.tell_company(draft, request, FacilitatorErrand::Approved, now_ms).await?)
    }

    /// Whoever had the mailbox before hears, with a code that stops it, that the key goes to another
    /// one now (S8).
    async fn tell_former_mailbox<'a>(
        &'a self,
        draft: Draft,
        known: &Held<Facilitator>,
        request: &FacilitatorRequest,
        now_ms: u64,
    ) -> Result<Draft, DecideError> {
        let former = &known.value.person.email;
        if former.folded() == request.person.email.folded() {
            return Ok(draft);
        }
        let Noted { draft, undo, mailboxes } =
            self.note_facilitator(draft, known, request.folio, now_ms).await?;
        let undo = undo.ok_or(Undecided::TooManyNotices)?;
        let kind = ErrandKind::Facilitator(FacilitatorErrand::Readdressed { undo });
        let message = Message { language: known.value.language, ..self.message_about(request, kind, now_ms) };
        let notices: Vec<Errand> =
            mailboxes.into_iter().map(|mailbox| message.to(Destination::Mail(mailbox))).collect();
        Ok(post(&self.means.records, draft, &notices))
    }

    fn message_about(&self, request: &FacilitatorRequest, kind: ErrandKind, now_ms: u64) -> Message {
        let FacilitatorRequest { company, language, folio, .. } = *request;
        Message { kind, company, language, folio, now_ms }
    }

    /// A company that is no longer here hears nothing.
    async fn tell_company<'a>(
        &'a self,
        draft: Draft,
        request: &FacilitatorRequest,
        about: FacilitatorErrand,
        now_ms: u64,
    ) -> Result<Draft, StoreError> {
        let account = self.means.records.account_of(request.company).await?;
        let message = self.message_about(request, ErrandKind::Facilitator(about), now_ms);
        let errands: Vec<Errand> =
            account.into_iter().map(|account| message.to(Destination::Mail(account.value.email))).collect();
        Ok(post(&self.means.records, draft, &errands))
    }

    /// Destroying a document's key, which its record is, erases it (S13).
    async fn documents_end<'a>(
        &'a self,
        mut draft: Draft,
        request: &FacilitatorRequest,
        due_ms: u64,
    ) -> Result<Draft, StoreError> {
        for id in [request.declaration, request.identity_document] {
            if let Some(document) = self.document(id).await? {
                draft = draft.replace(&document, &document.value, Some(due_ms));
            }
        }
        Ok(draft)
    }

    async fn document(&self, id: Id) -> Result<Option<Held<Document>>, StoreError> {
        self.means.records.get(id).await
    }
}

fn may_decide(request: &FacilitatorRequest, reviewer: &Reviewer, wish: &Wish) -> Result<(), Undecided> {
    if request.state.is_decided() {
        Err(Undecided::Already)
    } else if reviewer.is_of(request) {
        Err(Undecided::OwnRequest)
    } else if wish.verdict() == Verdict::Approve && reviewer.has_approved(request) {
        Err(Undecided::SamePerson)
    } else {
        Ok(())
    }
}
