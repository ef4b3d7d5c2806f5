//! What the requests' screens show: masked, as text facts, with no document drawn.

use super::{Deed, Requests, Step, Told, has_documents, has_pdf};
use crate::domain::clean::Clean;
use crate::domain::document::Extent;
use crate::domain::facilitator::{Decided, DocumentsOpened, RequestStage, Undecided, Verdict};
use crate::effect::SentTo;
use crate::effect::requests::{
    DocumentSeen, Lookable, NotExported, RequestLine, RequestSeen, RequestsSeen, Shape, Which,
};
use crate::flow::menu;
use crate::flow::promise::{self, Promise};
use crate::flow::shown::{Shown, say};
use crate::page::{Block, Fact, Words};
use crate::text::Msg;

const BYTES_PER_KB: u64 = 1024;

/// An entry of the list.
pub(super) enum ListEntry<'a> {
    One(&'a RequestLine),
    /// Another page of it.
    Page(u32),
}

/// The requests, and where the list goes on.
pub(super) fn entries(seen: &RequestsSeen) -> Vec<ListEntry<'_>> {
    let next = (seen.page + 1 < seen.pages).then_some(ListEntry::Page(seen.page + 1));
    let previous = seen.page.checked_sub(1).map(ListEntry::Page);
    seen.requests.iter().map(ListEntry::One).chain(next).chain(previous).collect()
}

pub(super) fn stage_heading(stage: RequestStage) -> Msg {
    match stage {
        RequestStage::Waiting => Msg::RequestsWaiting,
        RequestStage::ApprovedByOne => Msg::RequestsApprovedByOne,
        RequestStage::Approved => Msg::RequestsApproved,
        RequestStage::Refused => Msg::RequestsRefused,
        RequestStage::Withdrawn => Msg::RequestsWithdrawn,
    }
}

fn stage_said(stage: RequestStage) -> Msg {
    match stage {
        RequestStage::Waiting => Msg::RequestWaiting,
        RequestStage::ApprovedByOne => Msg::RequestApprovedByOne,
        RequestStage::Approved => Msg::RequestApproved,
        RequestStage::Refused => Msg::RequestRefused,
        RequestStage::Withdrawn => Msg::RequestWithdrawn,
    }
}

fn which_heading(which: Which) -> Msg {
    match which {
        Which::At(stage) => stage_heading(stage),
        Which::OfCompany(company) => Msg::RequestsOfCompany { company: Clean::from(company.to_string()) },
    }
}

fn fact(label: Msg, value: impl Into<Words>) -> Fact {
    Fact { label, value: value.into(), change: None }
}

impl Requests {
    pub(in crate::flow) fn shown(&self) -> Shown<'_> {
        match &self.step {
            Step::Ask => Shown::form(Msg::RequestsHeading, vec![say(Msg::RequestsReasonHint)], &self.ask),
            Step::List(seen, choosing) => {
                Shown::within(which_heading(seen.which), list(seen), choosing.focus())
            }
            Step::Empty(which, form) => {
                Shown::form(which_heading(*which), vec![say(Msg::RequestsNone)], form)
            }
            Step::One(seen, form) => {
                let heading = Msg::RequestHeading { folio: Clean::from(seen.folio.to_string()) };
                Shown::form(heading, one(seen), form)
            }
            Step::Deed(seen, deed, form) => {
                let heading = match deed {
                    Deed::Export(Shape::Pages) => Msg::ButtonExportDocuments,
                    Deed::Export(Shape::Files) => Msg::ButtonExportFiles,
                    Deed::Approve => Msg::ChecklistHeading,
                    Deed::Refuse => Msg::RefuseHeading,
                    Deed::Withdraw => Msg::WithdrawHeading,
                };
                Shown::form(heading, deed_opening(seen, *deed), form)
            }
            Step::Exported { folder, minutes, form, .. } => {
                let says =
                    [Msg::Exported { folder: folder.clone() }, Msg::ExportedEnds { minutes: *minutes }];
                Shown::form(Msg::ExportedHeading, says.map(say).to_vec(), form)
            }
            Step::Told(told, form) => {
                let (heading, says) = told.says();
                Shown::form(heading, says, form)
            }
        }
    }
}

impl Told {
    /// Heading, and what stands beneath.
    fn says(&self) -> (Msg, Vec<Block>) {
        let told = |promises: &[Promise], sent_to: &SentTo| {
            let said = promises.iter().zip(&sent_to.messages).map(|(promise, message)| promise.said(message));
            said.map(say).chain(promise::read_in_demo(sent_to)).collect()
        };
        let (heading, says) = match self {
            Told::Decided(Decided::Approved, sent_to) => {
                let follow = [Promise::KeyToFacilitator, Promise::ApprovalToCompany];
                return (Msg::DecidedApprovedHeading, told(&follow, sent_to));
            }
            Told::Decided(Decided::Refused, sent_to) => {
                return (Msg::DecidedRefusedHeading, told(&[Promise::ReasonToCompany], sent_to));
            }
            Told::Decided(Decided::ApprovedByOne, _) => {
                (Msg::DecidedApprovedByOneHeading, Msg::DecidedApprovedByOne)
            }
            Told::Decided(Decided::Withdrawn, _) => (Msg::DecidedWithdrawnHeading, Msg::DecidedWithdrawn),
            Told::Undecided(why) => (
                Msg::UndecidedHeading,
                match why {
                    Undecided::Already => Msg::UndecidedAlready,
                    Undecided::SamePerson => Msg::UndecidedSamePerson,
                    Undecided::OwnRequest => Msg::UndecidedOwnRequest,
                    Undecided::TooManyNotices => Msg::UndecidedTooManyNotices,
                    Undecided::Unopened => Msg::UndecidedUnopened,
                },
            ),
            Told::NotExported(why) => (
                Msg::NotExportedHeading,
                match why {
                    NotExported::NoFolder => Msg::RequestNoFolder,
                    NotExported::NoRenderer => Msg::RequestNoRenderer,
                    NotExported::NotDrawn => Msg::NotExportedNotDrawn,
                    NotExported::Gone => Msg::NotExportedGone,
                    NotExported::Failed => Msg::NotExportedFailed,
                },
            ),
            Told::Gone => (Msg::RequestGoneHeading, Msg::RequestGone),
        };
        (heading, vec![say(says)])
    }
}

fn list(seen: &RequestsSeen) -> Vec<Block> {
    let (count, page, pages) = (u64::from(seen.count), u64::from(seen.page) + 1, u64::from(seen.pages));
    let told = match seen.which.is_oldest_first() {
        true => Msg::RequestsOldestFirst { count, page, pages },
        false => Msg::RequestsNewestFirst { count, page, pages },
    };
    let entries = entries(seen).into_iter().map(|entry| match entry {
        ListEntry::One(line) => entry_of(line, seen.which),
        ListEntry::Page(page) if page > seen.page => (Msg::RequestsNext, None),
        ListEntry::Page(_) => (Msg::RequestsPrevious, None),
    });
    vec![say(told), menu::list(entries)]
}

/// In a company's list its RUT is known, and the state is not.
fn entry_of(line: &RequestLine, which: Which) -> (Msg, Option<Msg>) {
    let folio = Clean::from(line.folio.to_string());
    let label = Msg::RequestEntry { folio, person: line.masked_person.clone() };
    let detail = match which {
        Which::At(_) => {
            Msg::RequestEntryDetail { company: line.masked_company.clone(), day: line.received.clone() }
        }
        Which::OfCompany(_) => stage_said(line.stage),
    };
    (label, Some(detail))
}

/// How it stands comes first: it says whether there is anything to do.
fn one(seen: &RequestSeen) -> Vec<Block> {
    let company = Clean::from(format!("{} · {}", seen.company_name, seen.company));
    let about = vec![
        fact(Msg::FactCompany, company),
        fact(Msg::LabelRepresentativeRut, seen.masked_representative.clone()),
        fact(Msg::FactReceived, seen.received.clone()),
        fact(Msg::FactDeclaration, document(seen.declaration.as_ref())),
        fact(Msg::FactIdentityDocument, document(seen.identity_document.as_ref())),
    ];
    let mut blocks = vec![
        Block::Panel(Msg::PanelRequestState),
        Block::Facts(standing(seen)),
        Block::Panel(Msg::PanelCompanyOfRequest),
        Block::Facts(about),
        Block::Panel(Msg::PanelFacilitator),
        Block::Facts(person(seen)),
    ];
    if seen.was_approved_by_viewer && !seen.stage.is_decided() {
        blocks.push(Block::Important(Msg::RequestOwnApproval));
    }
    if is_to_be_opened(seen) {
        blocks.push(Block::Important(Msg::RequestUnopened));
    }
    match seen.lookable {
        Lookable::Nowhere => blocks.push(say(Msg::RequestNoFolder)),
        Lookable::FilesAlone if has_documents(seen) && has_pdf(seen) => {
            blocks.push(say(Msg::RequestNoRenderer));
        }
        Lookable::FilesAlone | Lookable::Pages => {}
    }
    blocks
}

/// Whether nothing but a look at its documents keeps the viewer from approving it.
fn is_to_be_opened(seen: &RequestSeen) -> bool {
    !seen.stage.is_decided() && !seen.was_approved_by_viewer && seen.documents == DocumentsOpened::No
}

/// Who decided what, and what is missing.
fn standing(seen: &RequestSeen) -> Vec<Fact> {
    let mut facts = vec![
        fact(Msg::LabelFolio, Clean::from(seen.folio.to_string())),
        fact(Msg::FactState, stage_said(seen.stage)),
    ];
    facts.extend(seen.decisions.iter().map(|decision| {
        let label = match decision.verdict {
            Verdict::Approve => Msg::FactApprovedBy,
            Verdict::Refuse => Msg::FactRefusedBy,
            Verdict::Withdraw => Msg::FactWithdrawnBy,
        };
        fact(label, Msg::FactDecision { staff: decision.staff.clone(), day: decision.on.clone() })
    }));
    facts.extend(seen.reason.iter().map(|reason| fact(Msg::LabelRefusalReason, reason.clone())));
    facts
}

fn person(seen: &RequestSeen) -> Vec<Fact> {
    let person = &seen.person;
    vec![
        fact(Msg::FactFacilitator, person.masked_name.clone()),
        fact(Msg::LabelIdentityKind, person.kind.label()),
        fact(Msg::FactIdentityNumber, person.masked_number.clone()),
        fact(Msg::LabelCountry, Clean::from(person.country.name())),
        fact(Msg::LabelSex, person.sex.label()),
        fact(Msg::LabelBirthDate, person.masked_birth.clone()),
        fact(Msg::LabelCivilStatus, person.civil_status.label()),
        fact(Msg::LabelChildren, Clean::from(person.children.count().to_string())),
        fact(Msg::LabelFacilitatorEmail, person.masked_email.clone()),
    ]
}

fn document(seen: Option<&DocumentSeen>) -> Msg {
    let Some(seen) = seen else { return Msg::DocumentErased };
    let kilobytes = seen.bytes.div_ceil(BYTES_PER_KB);
    let (day, fingerprint) = (seen.taken.clone(), seen.fingerprint.clone());
    match seen.extent {
        Extent::Pixels { width, height } => Msg::DocumentImage {
            kind: Clean::from(seen.kind.extension()),
            width: u64::from(width),
            height: u64::from(height),
            kilobytes,
            day,
            fingerprint,
        },
        Extent::Pages(pages) => Msg::DocumentPages { pages: u64::from(pages), kilobytes, day, fingerprint },
    }
}

fn deed_opening(seen: &RequestSeen, deed: Deed) -> Vec<Block> {
    let folio = Msg::RequestHeading { folio: Clean::from(seen.folio.to_string()) };
    let hint = match deed {
        Deed::Export(Shape::Pages) => Msg::ExportHint,
        Deed::Export(Shape::Files) => Msg::ExportFilesHint,
        Deed::Approve => Msg::ChecklistHint,
        Deed::Refuse => Msg::RefuseHint,
        Deed::Withdraw => Msg::WithdrawHint,
    };
    vec![Block::Panel(folio), say(hint)]
}
