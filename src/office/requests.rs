//! Facilitators' requests as staff look at them: listed, and one of them masked. Every look is on
//! record with its reason, and nobody comes near a request of their own (S19).

use super::acting::{Acting, Concerned};
use super::all::each;
use super::means::Means;
use super::reviewer::Reviewer;
use super::trouble::{Answer, Trouble};
use crate::audit::Entry;
use crate::clock;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::document::Document;
use crate::domain::facilitator::{DocumentsOpened, FacilitatorRequest, RequestState};
use crate::domain::folio::Folio;
use crate::domain::reference::{Id, Kind};
use crate::domain::rut::Rut;
use crate::domain::staff::Act;
use crate::effect::requests::{
    DecisionSeen, DocumentSeen, Lookable, PersonSeen, REQUESTS_A_PAGE, RequestLine, RequestReply,
    RequestSeen, RequestsSeen, Which,
};
use crate::effect::{Reply, StaffReply};
use crate::store::StoreError;
use crate::store::records::{Cursor, Group};

/// Bytes of a document's SHA-256 that are shown.
const FINGERPRINT_BYTES: usize = 8;

/// An answer about requests.
pub fn told(reply: RequestReply) -> Answer {
    Ok(Reply::Staff(StaffReply::Request(reply)))
}

/// How whoever looks at requests can see their documents, and has seen them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looking {
    /// How, at this terminal.
    pub lookable: Lookable,
    /// Of which requests they had the documents laid out since they signed in.
    pub opened: Vec<Folio>,
}

impl Looking {
    /// Whether this request's were.
    pub fn documents_of(&self, folio: Folio) -> DocumentsOpened {
        if self.opened.contains(&folio) { DocumentsOpened::Yes } else { DocumentsOpened::No }
    }
}

/// Shows requests. The role was checked already.
#[derive(Clone, Copy)]
pub struct Requests<'a> {
    means: &'a Means,
    acting: Acting<'a>,
}

impl<'a> Requests<'a> {
    /// For whoever acts.
    pub fn of(means: &'a Means, acting: Acting<'a>) -> Self {
        Requests { means, acting }
    }

    /// One page of them.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when they may not.
    pub async fn list(&self, which: Which, page: u32) -> Answer {
        let about = match which {
            Which::OfCompany(company) => Some(company),
            Which::At(_) => None,
        };
        self.acting.allow(Act::SeeRequests, about.map(Concerned::company)).await?;
        let records = &self.means.records;
        let kept = match which {
            Which::At(stage) => records.all_in(Group::Requests(stage), Kind::FacilitatorRequest),
            Which::OfCompany(company) => self.all_of(company),
        };
        let mut lines = Vec::new();
        each::<FacilitatorRequest>(records, kept, |held| lines.push(line(&held.value))).await?;
        if !which.is_oldest_first() {
            lines.reverse();
        }
        self.acting.tell(Outcome::Done, about, None).await?;
        told(RequestReply::Listed(Box::new(paged(lines, which, page))))
    }

    /// How many requests are kept of a company.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn count_of(&self, company: Rut) -> Result<u32, StoreError> {
        let mut count = 0;
        each::<FacilitatorRequest>(&self.means.records, self.all_of(company), |_| count += 1).await?;
        Ok(count)
    }

    /// All that are kept of a company.
    fn all_of(&self, company: Rut) -> Cursor {
        self.means.records.all_in(Group::Company(company), Kind::FacilitatorRequest)
    }

    /// One request, masked.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when they may not, or there is none.
    pub async fn see(&self, folio: Folio, looking: Looking) -> Answer {
        let (request, reviewer) = self.looked_at(folio).await?;
        let now_ms = self.means.now_ms().await?;
        let row = self.acting.row(now_ms, Outcome::Done, Some(request.company)).under(folio);
        // A company may be sought by this folio.
        let row = Entry { action: Action::SeeRequest, ..row };
        self.means.commit(self.means.records.draft(now_ms).audit(&row)).await?;
        let seen = self.seen(&request, &reviewer, &looking).await?;
        told(RequestReply::Seen(Box::new(seen)))
    }

    /// The request, for somebody whose own it is not, and who they are.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when they may not, or there is none.
    pub async fn looked_at(&self, folio: Folio) -> Result<(FacilitatorRequest, Reviewer), Trouble> {
        let held = self.means.records.request_of(folio).await?;
        let request = held.ok_or(Trouble::Staff(StaffReply::NothingHeld))?.value;
        self.acting.allow(Act::SeeRequests, Some(Concerned::company(request.company))).await?;
        let reviewer = self.reviewer().await?;
        if reviewer.is_of(&request) {
            self.acting.tell(Outcome::NotAllowed, Some(request.company), Some(folio)).await?;
            return Err(Trouble::Staff(StaffReply::NotAllowed));
        }
        Ok((request, reviewer))
    }

    /// The reviewer; own requests are refused when deciding.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when they may not decide.
    pub async fn reviewer_of(&self, folio: Folio) -> Result<Reviewer, Trouble> {
        if let Some(held) = self.means.records.request_of(folio).await? {
            self.acting.allow(Act::DecideRequest, Some(Concerned::company(held.value.company))).await?;
        }
        self.reviewer().await
    }

    async fn reviewer(&self) -> Result<Reviewer, Trouble> {
        let account = self.acting.account().await?;
        let account = account.ok_or(Trouble::Staff(StaffReply::NotAllowed))?;
        Ok(Reviewer { name: account.name.clone(), rut: account.rut })
    }

    async fn seen(
        &self,
        request: &FacilitatorRequest,
        reviewer: &Reviewer,
        looking: &Looking,
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
            documents: looking.documents_of(request.folio),
            lookable: looking.lookable,
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
}

/// Some may have been decided since the page before was looked at: then it is the last one.
fn paged(lines: Vec<RequestLine>, which: Which, page: u32) -> RequestsSeen {
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let pages = u32::try_from(lines.len().div_ceil(REQUESTS_A_PAGE)).unwrap_or(u32::MAX);
    let page = page.min(pages.saturating_sub(1));
    let begin = usize::try_from(page).unwrap_or(0) * REQUESTS_A_PAGE;
    let requests = lines.into_iter().skip(begin).take(REQUESTS_A_PAGE).collect();
    RequestsSeen { which, page, pages, count, requests }
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
