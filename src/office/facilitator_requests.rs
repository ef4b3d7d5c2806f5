//! A company's request for a facilitator's clave (guide 5): may it ask, the request with its two
//! documents, and what has become of it.

use super::drawn::Drawn;
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::outlooks::{Audience, Posting};
use super::tries::Tries;
use super::trouble::Trouble;
use crate::clock;
use crate::documents::{KeepError, Kept, Laid};
use crate::domain::account::{Account, SecretQuestion};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::{Channel, Destination};
use crate::domain::digest::Digest;
use crate::domain::errand::{Errand, ErrandKind, ErrandState, FacilitatorErrand};
use crate::domain::facilitator::{FacilitatorRequest, RequestStanding, RequestState};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::recovery::Recovery;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::trust::Rank;
use crate::effect::ClaveProved;
use crate::effect::facilitator::{FacilitatorApplication, FacilitatorReply, MayRequest, RequestTerms};
use crate::store::StoreError;
use crate::store::records::Held;

/// What this terminal has for documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// For the declaration.
    pub has_printer: bool,
    /// Whether a file may come from the person's phone.
    pub has_phone: bool,
}

/// Takes requests.
#[derive(Clone, Copy)]
pub struct FacilitatorRequests<'a> {
    means: &'a Means,
}

impl<'a> FacilitatorRequests<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        FacilitatorRequests { means }
    }

    /// The company's own clave was right: it may ask.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn begin(&self, proved: &ClaveProved, devices: Devices) -> Result<FacilitatorReply, Trouble> {
        let account = self.means.account(proved.company()).await?.value;
        let now_ms = self.means.now_ms().await?;
        let is_on_file = account.representative.rut == proved.representative();
        Ok(FacilitatorReply::MayRequest(MayRequest::proved_by_clave(RequestTerms {
            request: self.means.records.new_id(now_ms),
            company: account.company,
            company_name: account.name,
            representative: proved.representative(),
            representative_name: if is_on_file { account.representative.name } else { Clean::default() },
            masked_email: Clean::from(account.email.masked()),
            today: today(now_ms),
            has_printer: devices.has_printer,
            has_phone: devices.has_phone,
        })))
    }

    /// The declaration to the company's mailbox; the courier fills it in when it leaves.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn mail_declaration(
        &self,
        may: &MayRequest,
        language: Language,
    ) -> Result<FacilitatorReply, Trouble> {
        let means = self.means;
        let account = means.account(may.company()).await?.value;
        let drawn = means.draw().await?;
        let Drawn { now_ms, folio, .. } = drawn;
        let about = FacilitatorErrand::Declaration { representative: may.representative() };
        let kind = ErrandKind::Facilitator(about);
        let message = Message { kind, company: may.company(), language, folio, now_ms };
        let errand = message.to(Destination::Mail(account.email));
        let (sending, listener) =
            (Posting::new(kind, Rank::Low, None), (Audience::Prover, drawn.protections()));
        let sent_to = means.sent_to_one(&errand.to, sending, listener).await?;
        if !sent_to.outlook().may_arrive() {
            return Ok(FacilitatorReply::Mailed(sent_to));
        }
        let row = means.entry(now_ms, Action::HandOutDeclaration, Outcome::Done, may.company()).under(folio);
        means.commit(post(drawn.draft(), &mut drawn.ids(), &[errand]).audit(&row)).await?;
        means.wake_courier();
        Ok(FacilitatorReply::Mailed(sent_to))
    }

    /// The one batch of *Realizar solicitud*: request, both documents, receipt and audit. Pressed twice
    /// it is one, for the request bears the id that it got when the company's clave was right. The
    /// files are laid down before it, and removed only when it is known that no record names them;
    /// otherwise the sweep at a start does it.
    ///
    /// # Errors
    /// When the store does not answer, or the documents' folder.
    pub async fn make(
        &self,
        application: &FacilitatorApplication,
        kept: Option<&Kept>,
        language: Language,
    ) -> Result<FacilitatorReply, Trouble> {
        let (means, may) = (self.means, &application.may);
        if let Some(known) = Requestable::read(means, may).await?.known {
            return self.requested(may, known.value.folio).await;
        }
        let answer = means.vault().digest(application.answer.secret()).await;
        let drawn = means.draw().await?;
        let papers = LaidDown::of(application, kept, drawn.now_ms).await?;
        let asked = Asked { application, answer, papers: &papers.laid, language };
        let rows = means.rows(may.company());
        let made = means
            .settle(|| Requestable::read(means, may), |read| Ok(decide_make(&read, &asked, &drawn, &rows)))
            .await;
        match &made {
            Ok(Made::Now(_)) => means.wake_courier(),
            // It names documents of its own.
            Ok(Made::Before(_)) => papers.remove().await,
            Err(Trouble::Store(StoreError::Unknown(_))) => {}
            Err(_) => papers.remove().await,
        }
        let (Made::Now(folio) | Made::Before(folio)) = made?;
        self.requested(may, folio).await
    }

    /// The receipt, and what becomes of its copy.
    async fn requested(&self, may: &MayRequest, folio: Folio) -> Result<FacilitatorReply, Trouble> {
        let means = self.means;
        let (account, now) = (means.account(may.company()).await?.value, means.time().await?.protections());
        let kind = ErrandKind::Facilitator(FacilitatorErrand::Received);
        let sending = Posting::new(kind, Rank::Low, Some(folio));
        let to = Destination::Mail(account.email);
        let sent_to = means.sent_to_one(&to, sending, (Audience::Prover, now)).await?;
        Ok(FacilitatorReply::Requested { folio, sent_to })
    }

    /// A folio is no secret: tries are counted by the representative's RUT, before they are made
    /// (S10), and a pair that doesn't belong together is like one that is unknown (S9). They are
    /// counted apart from all else, and no lock covers them (T9).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when it is no such pair.
    pub async fn look_up(&self, folio: Folio, representative: Rut) -> Result<FacilitatorReply, Trouble> {
        let (means, tries, action) = (self.means, Tries::of(self.means), Action::LookUpRequest);
        let counted = tries.count_status(representative, action).await?;
        let request = means.records.request_of(folio).await?;
        let Some(request) = request.filter(|request| request.value.representative == representative) else {
            let entry = means.entry(counted.time.now_ms(), action, Outcome::Wrong, representative);
            return tries.fail(&counted, &entry).await;
        };
        let request = request.value;
        let entry = means.entry(counted.time.now_ms(), action, Outcome::Right, request.company).under(folio);
        tries.uncount(&counted, &entry).await?;
        let answer = means.outlooks(counted.time.protections()).by_channel(Channel::Mail);
        Ok(FacilitatorReply::Stands { standing: self.standing(&request.state).await?, answer })
    }

    async fn standing(&self, state: &RequestState) -> Result<RequestStanding, StoreError> {
        Ok(match state {
            RequestState::Received | RequestState::ApprovedByOne => RequestStanding::InReview,
            RequestState::Refused { reason } => RequestStanding::Refused { reason: reason.clone() },
            RequestState::Withdrawn => RequestStanding::Withdrawn,
            RequestState::Approved { recovery, .. } => self.standing_of_key(*recovery).await?,
        })
    }

    /// What became of the key's message, which has the recovery's own id. It is forgotten a day after it
    /// came to its end.
    async fn standing_of_key(&self, recovery: Id) -> Result<RequestStanding, StoreError> {
        let records = &self.means.records;
        let errand = records.get::<Errand>(recovery).await?;
        Ok(match errand.map(|held| held.value.state) {
            Some(ErrandState::Sent) => RequestStanding::ClaveSent,
            Some(ErrandState::Waiting | ErrandState::Leased { .. }) => RequestStanding::Approved,
            Some(
                ErrandState::Failed
                | ErrandState::Expired
                | ErrandState::Dropped
                | ErrandState::Cancelled
                | ErrandState::Withdrawn,
            ) => RequestStanding::ClaveUnsent,
            None => match records.get::<Recovery>(recovery).await? {
                Some(recovery) if recovery.value.claves.is_empty() => RequestStanding::ClaveUnsent,
                // It left, and was used or ran out since.
                _ => RequestStanding::ClaveSent,
            },
        })
    }
}

/// What a request is decided on.
struct Requestable {
    account: Held<Account>,
    known: Option<Held<FacilitatorRequest>>,
}

impl Requestable {
    async fn read(means: &Means, may: &MayRequest) -> Result<Self, Trouble> {
        let account = means.account(may.company()).await?;
        Ok(Requestable { account, known: means.records.get(may.request()).await? })
    }
}

/// What is asked for.
struct Asked<'a> {
    application: &'a FacilitatorApplication,
    /// To the facilitator's secret question.
    answer: Digest,
    /// Declaration and document of identity.
    papers: &'a [Laid; 2],
    language: Language,
}

/// A request that was made.
enum Made {
    Now(Folio),
    /// By a press whose answer nobody waited for.
    Before(Folio),
}

fn decide_make(read: &Requestable, asked: &Asked<'_>, drawn: &Drawn, rows: &Rows) -> Decision<Made> {
    if let Some(known) = &read.known {
        return Decision::answer(drawn, Made::Before(known.value.folio));
    }
    let Asked { application, answer, papers: [declaration, identity_document], language } = asked;
    let (may, Drawn { now_ms, folio, .. }) = (&application.may, *drawn);
    let request = FacilitatorRequest {
        folio,
        company: may.company(),
        representative: may.representative(),
        person: application.person.clone(),
        secret_question: SecretQuestion { question: application.question.clone(), answer: answer.clone() },
        declaration: declaration.id,
        identity_document: identity_document.id,
        state: RequestState::Received,
        decisions: Vec::new(),
        language: *language,
        created_ms: now_ms,
    };
    let kind = ErrandKind::Facilitator(FacilitatorErrand::Received);
    let message = Message { kind, company: may.company(), language: *language, folio, now_ms };
    let receipt = message.to(Destination::Mail(read.account.value.email.clone()));
    let row = rows.row(now_ms, Action::RequestFacilitator, Outcome::Done).under(folio);
    let draft = drawn.draft().new_request(may.request(), &request).audit(&row);
    let draft = draft.new_record(declaration.id, &declaration.record, None);
    let draft = draft.new_record(identity_document.id, &identity_document.record, None);
    Decision { draft: post(draft, &mut drawn.ids(), &[receipt]), answer: Made::Now(folio) }
}

/// Both files, sealed on the disk. Without their records nobody can read them.
struct LaidDown<'a> {
    kept: &'a Kept,
    laid: [Laid; 2],
}

impl<'a> LaidDown<'a> {
    /// Both, or neither.
    async fn of(
        application: &FacilitatorApplication,
        kept: Option<&'a Kept>,
        now_ms: u64,
    ) -> Result<Self, StoreError> {
        let none = || StoreError::Unavailable("there is no folder for documents".into());
        let kept = kept.ok_or_else(none)?;
        let declaration = kept.lay_down(&application.declaration.document, now_ms).await;
        let declaration = declaration.map_err(not_kept)?;
        match kept.lay_down(&application.identity_document.document, now_ms).await {
            Ok(identity_document) => Ok(LaidDown { kept, laid: [declaration, identity_document] }),
            Err(error) => {
                kept.remove_file(declaration.id).await;
                Err(not_kept(error))
            }
        }
    }

    async fn remove(&self) {
        for laid in &self.laid {
            self.kept.remove_file(laid.id).await;
        }
    }
}

/// As when the store is full: nothing was done, and it may be tried again.
fn not_kept(error: KeepError) -> StoreError {
    match error {
        KeepError::Store(error) => error,
        other => StoreError::Unavailable(other.to_string()),
    }
}

/// The day on which a declaration is made out. On a clock beyond the calendar every birth is in the
/// future, and nothing is taken.
pub fn today(now_ms: u64) -> time::Date {
    clock::day_in_chile(now_ms).unwrap_or(time::Date::MIN)
}
