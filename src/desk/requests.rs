//! Facilitators' requests at the desk of the staff: listed, looked at, laid out and decided. Every
//! look is on record with its reason, and nobody comes near a request of their own (S19).

use super::facilitator::{DecideError, Reviewer};
use super::{Answer, Desk, Trouble};
use crate::clock;
use crate::documents::{KeepError, Sheet, Viewing};
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::document::Document;
use crate::domain::facilitator::{FacilitatorRequest, RequestState};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::reference::{Id, Kind};
use crate::domain::rut::Rut;
use crate::domain::staff::{Act, StaffAccount};
use crate::effect::requests::{
    DecisionSeen, DocumentSeen, NotExported, PersonSeen, REQUESTS_A_PAGE, RequestAct, RequestLine,
    RequestReply, RequestSeen, RequestsSeen, Which,
};
use crate::effect::{Reply, StaffOrder, StaffReply};
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::records::{Cursor, Group, Held};
use crate::text::{Msg, Sentences};

/// Bytes of a document's SHA-256 that are shown.
const FINGERPRINT_BYTES: usize = 8;

fn told(reply: RequestReply) -> Answer {
    Ok(Reply::Staff(StaffReply::Request(reply)))
}

impl Desk {
    /// That the role may was asked already.
    pub(super) async fn about_request(
        &self,
        acting: &StaffOrder,
        act: RequestAct,
        language: Language,
    ) -> Answer {
        match act {
            RequestAct::List { which, page } => self.list_requests(acting, which, page).await,
            RequestAct::See(folio) => self.see_request(acting, folio).await,
            RequestAct::Export(folio) => self.export_request(acting, folio, language).await,
            RequestAct::Approve(folio, checklist) => {
                let reviewer = self.reviews(acting, folio).await?;
                decided(self.approve_request(folio, &reviewer, &checklist).await)
            }
            RequestAct::Refuse(folio) => {
                let reviewer = self.reviews(acting, folio).await?;
                decided(self.refuse_request(folio, &reviewer, &acting.reason).await)
            }
            RequestAct::Withdraw(folio) => {
                let reviewer = self.reviews(acting, folio).await?;
                decided(self.withdraw_request(folio, &reviewer, &acting.reason).await)
            }
        }
    }

    async fn list_requests(&self, acting: &StaffOrder, which: Which, page: u32) -> Answer {
        let about = match which {
            Which::OfCompany(company) => Some(company),
            Which::At(_) => None,
        };
        self.allow(acting, Act::SeeRequests, about).await?;
        let kept = match which {
            Which::At(_) => self.means.records.all(Kind::FacilitatorRequest),
            Which::OfCompany(company) => self.requests_in(company),
        };
        let mut lines = Vec::new();
        self.each_request(kept, |request| {
            let is_meant = match which {
                Which::At(stage) => request.state.stage() == stage,
                Which::OfCompany(_) => true,
            };
            if is_meant {
                lines.push(line(request));
            }
        })
        .await?;
        if !which.is_oldest_first() {
            lines.reverse();
        }
        let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let pages = u32::try_from(lines.len().div_ceil(REQUESTS_A_PAGE)).unwrap_or(u32::MAX);
        // Some may have been decided since the page before was looked at.
        let page = page.min(pages.saturating_sub(1));
        let first = usize::try_from(page).unwrap_or(0) * REQUESTS_A_PAGE;
        let requests = lines.into_iter().skip(first).take(REQUESTS_A_PAGE).collect();
        let now_ms = self.means.now_ms().await?;
        let entry = self.staff_entry(acting, now_ms, Action::SeeRequests, Outcome::Done, about);
        self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        told(RequestReply::Listed(Box::new(RequestsSeen { which, page, pages, count, requests })))
    }

    /// Goes through them in the order in which they came. One that can't be read hides no other.
    async fn each_request(
        &self,
        mut requests: Cursor,
        mut look: impl FnMut(&FacilitatorRequest),
    ) -> Result<(), StoreError> {
        while let Some((at, read)) = requests.next().await? {
            match self.means.records.open::<FacilitatorRequest>(at, &read) {
                Ok(held) => look(&held.value),
                Err(error) => tracing::error!(reason = %error, "a request can't be read"),
            }
        }
        Ok(())
    }

    /// All that are kept of a company.
    fn requests_in(&self, company: Rut) -> Cursor {
        self.means.records.all_in(Group::Company(company), Kind::FacilitatorRequest)
    }

    /// How many requests are kept of a company.
    pub(super) async fn requests_of(&self, company: Rut) -> Result<u32, StoreError> {
        let mut count = 0;
        self.each_request(self.requests_in(company), |_| count += 1).await?;
        Ok(count)
    }

    pub(super) async fn see_request(&self, acting: &StaffOrder, folio: Folio) -> Answer {
        let (request, reviewer) = self.looks_at(acting, folio).await?;
        let now_ms = self.means.now_ms().await?;
        let action = Action::SeeRequest;
        let entry = self.staff_entry(acting, now_ms, action, Outcome::Done, Some(request.company));
        self.means.records.draft(now_ms).audit(&entry.under(folio)).commit_by(&self.means).await?;
        let seen = self.request_seen(&request, &reviewer).await?;
        told(RequestReply::Seen(Box::new(seen)))
    }

    /// The request, for somebody whose own it is not.
    async fn looks_at(
        &self,
        acting: &StaffOrder,
        folio: Folio,
    ) -> Result<(FacilitatorRequest, Reviewer), Trouble> {
        let nothing = || Trouble::Staff(StaffReply::NothingHeld);
        let held: Held<FacilitatorRequest> =
            self.means.records.request_of(folio).await?.ok_or_else(nothing)?;
        let request = held.value;
        self.allow(acting, Act::SeeRequests, Some(request.company)).await?;
        let reviewer = self.reviewer(acting).await?;
        if reviewer.is_of(&request) {
            let now_ms = self.means.now_ms().await?;
            let action = super::session::action(&acting.act);
            let entry = self.staff_entry(acting, now_ms, action, Outcome::NotAllowed, Some(request.company));
            self.means.records.draft(now_ms).audit(&entry.under(folio)).commit_by(&self.means).await?;
            return Err(Trouble::Staff(StaffReply::NotAllowed));
        }
        Ok((request, reviewer))
    }

    /// Whoever decides on it. That they asked for it themself they hear from the decision.
    async fn reviews(&self, acting: &StaffOrder, folio: Folio) -> Result<Reviewer, Trouble> {
        if let Some(held) = self.means.records.request_of(folio).await? {
            self.allow(acting, Act::DecideRequest, Some(held.value.company)).await?;
        }
        self.reviewer(acting).await
    }

    async fn reviewer(&self, acting: &StaffOrder) -> Result<Reviewer, Trouble> {
        let account = match acting.session.account() {
            Some(id) => self.means.records.get::<StaffAccount>(id).await?,
            None => None,
        };
        let account = account.ok_or(Trouble::Staff(StaffReply::NotAllowed))?.value;
        Ok(Reviewer { name: account.name.clone(), rut: account.rut })
    }

    async fn request_seen(
        &self,
        request: &FacilitatorRequest,
        reviewer: &Reviewer,
    ) -> Result<RequestSeen, StoreError> {
        let account = self.means.records.account_of(request.company).await?;
        let person = &request.person;
        let decisions = request.decisions.iter().map(|decision| DecisionSeen {
            staff: decision.staff.clone(),
            on: day(decision.at_ms),
            verdict: decision.verdict,
        });
        let reason = match &request.state {
            RequestState::Refused { reason } => Some(reason.clone()),
            _ => None,
        };
        Ok(RequestSeen {
            folio: request.folio,
            stage: request.state.stage(),
            reason,
            received: day(request.created_ms),
            company: request.company,
            company_name: account.map(|held| held.value.name).unwrap_or_default(),
            masked_representative: Clean::from(request.representative.masked()),
            person: PersonSeen {
                masked_name: person.masked_name(),
                kind: person.identity.kind,
                masked_number: person.identity.number.masked(),
                country: person.identity.country,
                sex: person.sex,
                masked_birth: person.masked_birth(),
                civil_status: person.civil_status,
                children: person.children,
                masked_email: Clean::from(person.email.masked()),
            },
            declaration: self.document_seen(request.declaration).await?,
            identity_document: self.document_seen(request.identity_document).await?,
            decisions: decisions.collect(),
            was_approved_by_viewer: reviewer.has_approved(request),
            can_be_exported: self.viewing().is_some(),
        })
    }

    async fn document_seen(&self, id: Id) -> Result<Option<DocumentSeen>, StoreError> {
        let held = self.means.records.get::<Document>(id).await?;
        Ok(held.map(|held| DocumentSeen {
            kind: held.value.kind,
            extent: held.value.extent,
            bytes: held.value.bytes,
            taken: day(held.value.created_ms),
            fingerprint: Clean::from(data_encoding::HEXLOWER.encode(&held.value.sha256[..FINGERPRINT_BYTES])),
        }))
    }

    /// The documents, and what they are compared with, into a folder of this request's own.
    async fn export_request(&self, acting: &StaffOrder, folio: Folio, language: Language) -> Answer {
        let (request, _) = self.looks_at(acting, folio).await?;
        let (Some(viewing), Some(papers)) = (self.viewing(), &self.papers) else {
            return told(RequestReply::NotExported(NotExported::NoFolder));
        };
        let mut sheets = Vec::new();
        for (name, id) in [
            ("1-declaracion-jurada", request.declaration),
            ("2-documento-de-identificacion", request.identity_document),
        ] {
            match papers.kept.open_document(id).await {
                Ok(document) => sheets.push(Sheet {
                    name: format!("{name}.{}", document.kind().extension()),
                    bytes: document.bytes().to_vec().into(),
                }),
                Err(KeepError::Store(error)) => return Err(error.into()),
                Err(error) => {
                    tracing::error!(reason = %error, "a document can't be laid out for viewing");
                    return told(RequestReply::NotExported(NotExported::Gone));
                }
            }
        }
        let account = self.means.records.account_of(request.company).await?.map(|held| held.value);
        let data = data_sheet(&request, account.as_ref(), language).into_bytes().into();
        sheets.push(Sheet { name: "3-datos.txt".to_string(), bytes: data });
        // On record before anything leaves its seal.
        let now_ms = self.means.now_ms().await?;
        let action = Action::ExportDocuments;
        let entry = self.staff_entry(acting, now_ms, action, Outcome::Done, Some(request.company));
        self.means.records.draft(now_ms).audit(&entry.under(folio)).commit_by(&self.means).await?;
        self.lay_sheets_out(viewing, acting, folio, sheets).await
    }

    async fn lay_sheets_out(
        &self,
        viewing: &Viewing,
        acting: &StaffOrder,
        folio: Folio,
        sheets: Vec<Sheet>,
    ) -> Answer {
        match self.lay_out(viewing, folio, acting.session.id(), sheets).await {
            Ok(None) => Err(Trouble::Staff(StaffReply::SessionOver)),
            Ok(Some(folder)) => told(RequestReply::Exported {
                folder: Clean::from(folder.display().to_string()),
                minutes: viewing.lasts.as_secs() / 60,
            }),
            Err(error) => {
                tracing::error!(reason = %error, "documents can't be laid out for viewing");
                told(RequestReply::NotExported(NotExported::Failed))
            }
        }
    }
}

fn day(ms: u64) -> Clean {
    Clean::from(clock::written_day_in_chile(ms))
}

fn line(request: &FacilitatorRequest) -> RequestLine {
    RequestLine {
        folio: request.folio,
        stage: request.state.stage(),
        masked_company: Clean::from(request.company.masked()),
        masked_person: request.person.masked_name(),
        received: day(request.created_ms),
    }
}

fn decided(result: Result<crate::domain::facilitator::Decided, DecideError>) -> Answer {
    match result {
        Ok(decided) => told(RequestReply::Decided(decided)),
        Err(DecideError::Not(why)) => told(RequestReply::Undecided(why)),
        Err(DecideError::Store(error)) => Err(error.into()),
        Err(DecideError::Unknown | DecideError::NoReason | DecideError::LongReason(_)) => {
            Ok(Reply::Staff(StaffReply::NothingHeld))
        }
    }
}

/// What was typed of the facilitator, whole: the documents beside it hold the same, and only beside
/// each other can they be compared. No question, answer or key.
fn data_sheet(request: &FacilitatorRequest, account: Option<&Account>, language: Language) -> String {
    let (person, sentences) = (&request.person, Sentences::screens(language));
    let identity = &person.identity;
    let company = account.map(|account| account.name.to_string()).unwrap_or_default();
    // Somebody else may have asked than who is on file.
    let on_file = account.map(|account| &account.representative);
    let on_file = on_file.filter(|on_file| on_file.rut == request.representative);
    let representative = on_file.map(|on_file| on_file.name.to_string()).unwrap_or_default();
    let maternal = person.maternal_surname.as_ref().map(|name| name.words().to_string()).unwrap_or_default();
    let lines = [
        (Msg::LabelFolio, request.folio.to_string()),
        (Msg::LabelCompanyRut, request.company.to_string()),
        (Msg::LabelBusinessName, company),
        (Msg::LabelRepresentativeRut, request.representative.to_string()),
        (Msg::LabelRepresentativeName, representative),
        (Msg::LabelIdentityKind, sentences.say(&identity.kind.label())),
        (Msg::LabelIdentityNumber, identity.number.to_string()),
        (Msg::LabelCountry, identity.country.name().to_string()),
        (Msg::LabelNames, person.names.words().to_string()),
        (Msg::LabelPaternalSurname, person.paternal_surname.words().to_string()),
        (Msg::LabelMaternalSurname, maternal),
        (Msg::LabelSex, sentences.say(&person.sex.label())),
        (Msg::LabelBirthDate, person.birth.to_string()),
        (Msg::LabelCivilStatus, sentences.say(&person.civil_status.label())),
        (Msg::LabelChildren, person.children.count().to_string()),
    ];
    lines.into_iter().map(|(label, value)| format!("{}: {value}\n", sentences.say(&label))).collect()
}
