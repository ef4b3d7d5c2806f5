//! A foreign facilitator (guide 5) behind the screens: the company's request with its two
//! documents, what staff decide, and the facilitator's own key.

mod decide;
mod key;
mod papers;
mod undone;

pub use decide::DecideError;
pub use papers::{Papers, PapersError};

use super::{Answer, Desk, Message, Trouble, post};
use crate::clock;
use crate::documents::{KeepError, Laid};
use crate::domain::account::SecretQuestion;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::errand::{ErrandKind, FacilitatorErrand};
use crate::domain::facilitator::{FacilitatorRequest, RequestState, Standing};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::recovery::Recovery;
use crate::domain::rut::Rut;
use crate::effect::facilitator::{
    FacilitatorApplication, FacilitatorEffect, FacilitatorReply, HandOut, MayRequest, RequestTerms,
};
use crate::effect::{ClaveProved, Reply, SentTo};
use crate::office::means::CommitBy;
use crate::store::StoreError;

impl Desk {
    pub(super) async fn about_facilitator(&self, effect: FacilitatorEffect, language: Language) -> Answer {
        let reply = match effect {
            FacilitatorEffect::Begin(proved) => self.begin_request(&proved).await?,
            FacilitatorEffect::ListFiles => self.list_files().await,
            FacilitatorEffect::TakeFile(choice) => self.take_file(choice).await,
            FacilitatorEffect::ScaleFile(choice) => self.scale_file(choice).await,
            FacilitatorEffect::OpenPhonePage => self.open_phone_page(language),
            FacilitatorEffect::AwaitPhone(page) => self.await_phone(page).await,
            FacilitatorEffect::HandOut { may, to: HandOut::Mail } => {
                self.mail_declaration(&may, language).await?
            }
            FacilitatorEffect::HandOut { may, to } => self.hand_out(&may, to).await?,
            FacilitatorEffect::Request(application) => self.make_request(&application, language).await?,
            FacilitatorEffect::LookUp { folio, representative } => {
                self.look_up_request(folio, representative).await?
            }
            FacilitatorEffect::CheckClave { company, country, number, clave } => {
                self.check_facilitator_key(company, country, &number, &clave).await?
            }
            FacilitatorEffect::ChangeClave { proved, clave } => {
                self.change_facilitator_key(&proved, &clave).await?
            }
        };
        Ok(Reply::Facilitator(reply))
    }

    async fn begin_request(&self, proved: &ClaveProved) -> Result<FacilitatorReply, Trouble> {
        let account = self.reread(proved.company()).await?.value;
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
            has_printer: self.papers.as_ref().is_some_and(Papers::has_printer),
            has_phone: self.papers.as_ref().is_some_and(Papers::has_phone),
        })))
    }

    /// To the company's mailbox; the courier fills it in when it leaves.
    async fn mail_declaration(
        &self,
        may: &MayRequest,
        language: Language,
    ) -> Result<FacilitatorReply, Trouble> {
        let account = self.reread(may.company()).await?.value;
        let (now_ms, folio) = (self.means.now_ms().await?, self.new_folio());
        let about = FacilitatorErrand::Declaration { representative: may.representative() };
        let kind = ErrandKind::Facilitator(about);
        let message = Message { kind, company: may.company(), language, folio, now_ms };
        let errand = message.to(Destination::Mail(account.email));
        let entry =
            self.means.entry(now_ms, Action::HandOutDeclaration, Outcome::Done, may.company()).under(folio);
        post(&self.means.records, self.means.records.draft(now_ms), &[errand])
            .audit(&entry)
            .commit_by(&self.means)
            .await?;
        self.means.wake_courier();
        Ok(FacilitatorReply::HandedOver)
    }

    /// The one batch of *Realizar solicitud*: request, both documents, receipt and audit. Pressed
    /// twice it is one, for the request bears the id that it got when the company's key was right.
    async fn make_request(
        &self,
        application: &FacilitatorApplication,
        language: Language,
    ) -> Result<FacilitatorReply, Trouble> {
        let (may, company) = (&application.may, application.may.company());
        let account = self.reread(company).await?.value;
        let sent_to = SentTo {
            email: Some(may.masked_email().clone()),
            mobile: None,
            demo_folder: self.means.settings.demo_folder.clone(),
        };
        if let Some(known) = self.means.records.get::<FacilitatorRequest>(may.request()).await? {
            return Ok(FacilitatorReply::Requested { folio: known.value.folio, sent_to });
        }
        let answer = self.means.vault().digest(application.answer.secret()).await;
        let (now_ms, folio) = (self.means.now_ms().await?, self.new_folio());
        let [declaration, identity_document] = self.lay_down(application, now_ms).await?;
        let request = FacilitatorRequest {
            folio,
            company,
            representative: may.representative(),
            person: application.person.clone(),
            secret_question: SecretQuestion { question: application.question.clone(), answer },
            declaration: declaration.id,
            identity_document: identity_document.id,
            state: RequestState::Received,
            decisions: Vec::new(),
            language,
            created_ms: now_ms,
        };
        let kind = ErrandKind::Facilitator(FacilitatorErrand::Received);
        let receipt = Message { kind, company, language, folio, now_ms }.to(Destination::Mail(account.email));
        let entry = self.means.entry(now_ms, Action::RequestFacilitator, Outcome::Done, company).under(folio);
        let draft = self.means.records.draft(now_ms).new_request(may.request(), &request).audit(&entry);
        let draft = draft.new_record(declaration.id, &declaration.record, None);
        let draft = draft.new_record(identity_document.id, &identity_document.record, None);
        if let Err(error) = post(&self.means.records, draft, &[receipt]).commit_by(&self.means).await {
            // Without their records nobody can read the files.
            self.forget_files(&[declaration.id, identity_document.id]).await;
            return Err(error.into());
        }
        self.means.wake_courier();
        Ok(FacilitatorReply::Requested { folio, sent_to })
    }

    /// Both files, sealed on the disk, or neither.
    async fn lay_down(
        &self,
        application: &FacilitatorApplication,
        now_ms: u64,
    ) -> Result<[Laid; 2], StoreError> {
        let Some(papers) = &self.papers else {
            return Err(StoreError::Unavailable("there is no folder for documents".into()));
        };
        let declaration = papers.kept.lay_down(&application.declaration.document, now_ms).await;
        let declaration = declaration.map_err(not_kept)?;
        match papers.kept.lay_down(&application.identity_document.document, now_ms).await {
            Ok(identity_document) => Ok([declaration, identity_document]),
            Err(error) => {
                papers.kept.remove_file(declaration.id).await;
                Err(not_kept(error))
            }
        }
    }

    async fn forget_files(&self, ids: &[crate::domain::reference::Id]) {
        for id in ids {
            if let Some(papers) = &self.papers {
                papers.kept.remove_file(*id).await;
            }
        }
    }

    /// A folio is no secret: tries are counted by the representative's RUT, before they are made
    /// (S10), and a pair that doesn't belong together is like one that is unknown (S9).
    async fn look_up_request(&self, folio: Folio, representative: Rut) -> Result<FacilitatorReply, Trouble> {
        let action = Action::LookUpRequest;
        let counted = self.tries().count(representative, action).await?;
        let request = self.means.records.request_of(folio).await?;
        let Some(request) = request.filter(|request| request.value.representative == representative) else {
            let entry = self.means.entry(counted.now_ms, action, Outcome::Wrong, representative);
            return self.tries().fail(&counted, &entry).await;
        };
        let request = request.value;
        let entry = self.means.entry(counted.now_ms, action, Outcome::Right, request.company).under(folio);
        self.tries().uncount(&counted, &entry).await?;
        Ok(FacilitatorReply::Stands(self.standing(&request.state).await?))
    }

    async fn standing(&self, state: &RequestState) -> Result<Standing, StoreError> {
        Ok(match state {
            RequestState::Received | RequestState::ApprovedByOne => Standing::InReview,
            RequestState::Refused { reason } => Standing::Refused { reason: reason.clone() },
            RequestState::Withdrawn => Standing::Withdrawn,
            RequestState::Approved { recovery, .. } => {
                match self.means.records.get::<Recovery>(*recovery).await? {
                    Some(recovery) if recovery.value.keys.is_empty() => Standing::Approved,
                    // It left, and was used or ran out since.
                    _ => Standing::ClaveSent,
                }
            }
        })
    }
}

fn today(now_ms: u64) -> time::Date {
    // A clock beyond the calendar: then every birth is in the future, and nothing is taken.
    clock::day_in_chile(now_ms).unwrap_or(time::Date::MIN)
}

/// As when the store is full: nothing was done, and it may be tried again.
fn not_kept(error: KeepError) -> StoreError {
    match error {
        KeepError::Store(error) => error,
        other => StoreError::Unavailable(other.to_string()),
    }
}
