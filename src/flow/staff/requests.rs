//! Facilitators' requests on the desk of the staff: a list by state, one request, its documents laid
//! out to be looked at, and what is decided. A machine within the desk's: it wants something of the
//! desk, and is told what came of it. The desk keeps the session, and asks.

mod screen;

use std::mem::discriminant;

use super::{going_back, reason_form};
use crate::domain::clean::Clean;
use crate::domain::document::Kind;
use crate::domain::facilitator::{Check, Checklist, Decided, DocumentsOpened, RequestStage, Undecided};
use crate::domain::staff::Act;
use crate::effect::requests::{
    Lookable, NotExported, RequestAct, RequestReply, RequestSeen, RequestsSeen, Shape, Which,
};
use crate::effect::{SentTo, StaffAct, StaffSession};
use crate::flow::Spot;
use crate::flow::menu::{Choosing, Chosen};
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Pressed, Touch};

/// Where staff can be.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// Which of them, and why they are looked at.
    Ask,
    /// Those at a stage or of a company, a page of them.
    List(Box<RequestsSeen>, Choosing),
    /// A list with nothing in it.
    Empty(Which, Form),
    /// One of them, and what can be done with it.
    One(Box<RequestSeen>, Form),
    /// What it takes to do something with the one.
    Deed(Box<RequestSeen>, Deed, Form),
    /// The documents lie ready.
    Exported { seen: Box<RequestSeen>, folder: Clean, minutes: u64, form: Form },
    /// What came of it.
    Told(Told, Form),
}

/// What staff do with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Export(Shape),
    Approve,
    Refuse,
    Withdraw,
}

/// Something that ends at the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// And what becomes of the messages that follow.
    Decided(Decided, SentTo),
    Undecided(Undecided),
    NotExported(NotExported),
    /// Erased meanwhile.
    Gone,
}

/// The machine within the desk's.
#[derive(Debug, PartialEq)]
pub struct Requests {
    step: Step,
    ask: Form,
    /// On record with every look from here on (S19).
    reason: Clean,
    /// The list that the one was chosen from; a folio leads past it.
    listed: Option<(Which, u32)>,
}

/// What a touch came to, for the desk.
#[derive(Debug, PartialEq)]
pub enum Wanted {
    Nothing,
    /// Back to the menu.
    Menu,
    Act(Box<StaffAct>, Clean),
}

/// The fields of the checklist, in its order.
const CHECKS: [(Check, Name); 4] = [
    (Check::DeclarationSigned, Name::CheckDeclarationSigned),
    (Check::DeclarationMatches, Name::CheckDeclarationMatches),
    (Check::IdentityLegible, Name::CheckIdentityLegible),
    (Check::DataAgree, Name::CheckDataAgree),
];

impl Default for Requests {
    /// From the menu.
    fn default() -> Self {
        let options = RequestStage::ALL.map(|stage| screen::stage_heading(stage).into()).to_vec();
        let fields = vec![Field::choice(Name::RequestStage, options), Field::line(Name::Reason)];
        Requests {
            step: Step::Ask,
            ask: Form::new(fields, vec![ButtonName::ListRequests]),
            reason: Clean::default(),
            listed: None,
        }
    }
}

impl Requests {
    /// From a search, for the reason that it had.
    pub fn found(reason: Clean) -> Self {
        Requests { reason, ..Requests::default() }
    }

    /// Which page stands.
    pub fn spot(&self) -> Spot {
        let within = match &self.step {
            Step::Deed(_, deed, _) => Spot::of(discriminant(deed)),
            _ => Spot::default(),
        };
        Spot::of((discriminant(&self.step), within))
    }

    /// Where staff are.
    #[cfg(test)]
    pub(super) fn step(&self) -> &Step {
        &self.step
    }

    /// A key, text, or a finger.
    pub fn touch(&mut self, touch: &Touch, session: &StaffSession) -> Wanted {
        match &mut self.step {
            Step::Ask => match self.ask.touch(touch) {
                Pressed::Nothing | Pressed::Toggled(_) => Wanted::Nothing,
                Pressed::Back => Wanted::Menu,
                Pressed::Button(_) => self.begin(),
            },
            Step::List(seen, choosing) => {
                let entries = u8::try_from(screen::entries(seen).len()).unwrap_or(u8::MAX);
                match choosing.touch(touch, entries) {
                    Chosen::NotYet => Wanted::Nothing,
                    Chosen::Back => self.leave_list(),
                    Chosen::Entry(entry) => self.choose(usize::from(entry)),
                }
            }
            Step::Empty(_, form)
            | Step::One(_, form)
            | Step::Deed(.., form)
            | Step::Exported { form, .. }
            | Step::Told(_, form) => match form.touch(touch) {
                Pressed::Nothing | Pressed::Toggled(_) => Wanted::Nothing,
                Pressed::Back => self.back(session),
                Pressed::Button(button) => self.go(button, session),
            },
        }
    }

    fn begin(&mut self) -> Wanted {
        let read = self.ask.read(|reader| {
            let (stage, reason) = (reader.choice(Name::RequestStage), reader.reason(Name::Reason));
            Some((*RequestStage::ALL.get(stage?)?, reason?))
        });
        let Some((stage, reason)) = read else { return Wanted::Nothing };
        self.reason = reason;
        self.list(Which::At(stage), 0)
    }

    fn list(&self, which: Which, page: u32) -> Wanted {
        self.look(RequestAct::List { which, page })
    }

    /// A look, for the reason that was given once for all of them.
    fn look(&self, act: RequestAct) -> Wanted {
        Wanted::Act(Box::new(StaffAct::Request(act)), self.reason.clone())
    }

    fn leave_list(&mut self) -> Wanted {
        match self.listed.take() {
            Some((Which::At(_), _)) => {
                // With the same reason, and another state to choose.
                self.ask.focus_on(Name::RequestStage);
                self.step = Step::Ask;
                Wanted::Nothing
            }
            Some((Which::OfCompany(_), _)) | None => Wanted::Menu,
        }
    }

    fn choose(&mut self, entry: usize) -> Wanted {
        let Step::List(seen, _) = &self.step else { return Wanted::Nothing };
        match screen::entries(seen).get(entry) {
            Some(screen::ListEntry::One(line)) => self.look(RequestAct::See(line.folio)),
            Some(screen::ListEntry::Page(page)) => self.list(seen.which, *page),
            None => Wanted::Nothing,
        }
    }

    fn go(&mut self, button: ButtonName, session: &StaffSession) -> Wanted {
        match &self.step {
            Step::One(..) => match deed(button) {
                Some((deed, form)) => {
                    if let Step::One(seen, _) = std::mem::replace(&mut self.step, Step::Ask) {
                        self.step = Step::Deed(seen, deed, form);
                    }
                    Wanted::Nothing
                }
                None => self.back(session),
            },
            Step::Deed(..) => self.do_it(),
            Step::Ask | Step::List(..) | Step::Empty(..) | Step::Exported { .. } | Step::Told(..) => {
                self.back(session)
            }
        }
    }

    fn do_it(&mut self) -> Wanted {
        let Step::Deed(seen, deed, form) = &mut self.step else { return Wanted::Nothing };
        let folio = seen.folio;
        let read = match deed {
            Deed::Export(shape) => {
                let shape = *shape;
                reason(form).map(|reason| (RequestAct::Export(folio, shape), reason))
            }
            Deed::Withdraw => reason(form).map(|reason| (RequestAct::Withdraw(folio), reason)),
            Deed::Refuse => form
                .read(|reader| reader.refusal_reason(Name::RefusalReason))
                .map(|reason| (RequestAct::Refuse(folio), reason)),
            Deed::Approve => checklist(form).map(|checklist| {
                let note = checklist.note();
                (RequestAct::Approve(folio, checklist), note)
            }),
        };
        read.map_or(Wanted::Nothing, |(act, reason)| Wanted::Act(Box::new(StaffAct::Request(act)), reason))
    }

    /// Esc: a step nearer to the menu. The list is read anew, for it is not what it was.
    fn back(&mut self, session: &StaffSession) -> Wanted {
        match std::mem::replace(&mut self.step, Step::Ask) {
            Step::Deed(seen, ..) | Step::Exported { seen, .. } => {
                let form = buttons(&seen, session);
                self.step = Step::One(seen, form);
                Wanted::Nothing
            }
            step @ (Step::One(..) | Step::Told(..)) => {
                self.step = step;
                match self.listed {
                    Some((which, page)) => self.list(which, page),
                    None => Wanted::Menu,
                }
            }
            step @ (Step::Ask | Step::List(..) | Step::Empty(..)) => {
                self.step = step;
                self.leave_list()
            }
        }
    }

    /// What came of an act.
    pub fn reply(&mut self, reply: RequestReply, session: &StaffSession) {
        self.step = match reply {
            RequestReply::Listed(seen) => {
                self.listed = Some((seen.which, seen.page));
                match seen.requests.is_empty() {
                    true => Step::Empty(seen.which, going_back()),
                    false => Step::List(seen, Choosing::default()),
                }
            }
            RequestReply::Seen(seen) => {
                let form = buttons(&seen, session);
                Step::One(seen, form)
            }
            RequestReply::Exported { folder, minutes } => {
                match std::mem::replace(&mut self.step, Step::Ask) {
                    Step::Deed(mut seen, ..) => {
                        seen.documents = DocumentsOpened::Yes;
                        Step::Exported { seen, folder, minutes, form: going_back() }
                    }
                    step => step,
                }
            }
            RequestReply::NotExported(why) => Step::Told(Told::NotExported(why), going_back()),
            RequestReply::Decided { decided, sent_to } => {
                Step::Told(Told::Decided(decided, sent_to), going_back())
            }
            RequestReply::Undecided(why) => Step::Told(Told::Undecided(why), going_back()),
        };
    }

    /// What was asked about is no longer there.
    pub fn gone(&mut self) {
        self.step = Step::Told(Told::Gone, going_back());
    }
}

/// What a button does with a request, and what that takes.
fn deed(button: ButtonName) -> Option<(Deed, Form)> {
    match button {
        ButtonName::ExportDocuments => Some((Deed::Export(Shape::Pages), reason_form(button))),
        ButtonName::ExportFiles => Some((Deed::Export(Shape::Files), reason_form(button))),
        ButtonName::ApproveRequest => Some((Deed::Approve, checklist_form())),
        ButtonName::RefuseRequest => {
            Some((Deed::Refuse, Form::new(vec![Field::line(Name::RefusalReason)], vec![button])))
        }
        ButtonName::WithdrawRequest => Some((Deed::Withdraw, reason_form(button))),
        _ => None,
    }
}

fn reason(form: &mut Form) -> Option<Clean> {
    form.read(|reader| reader.reason(Name::Reason))
}

fn checklist_form() -> Form {
    Form::new(CHECKS.map(|(_, name)| Field::check(name)).to_vec(), vec![ButtonName::ApproveRequest])
}

/// Every point that is not ticked is pointed at.
fn checklist(form: &mut Form) -> Option<Checklist> {
    form.read(|reader| {
        for (_, name) in CHECKS {
            reader.ticked(name);
        }
        Checklist::gone_through(|check| {
            CHECKS.iter().any(|(known, name)| *known == check && reader.is_checked(*name))
        })
    })
}

/// What this role may do with it, as it stands.
fn buttons(seen: &RequestSeen, session: &StaffSession) -> Form {
    let as_pages = can_be_seen_as_pages(seen);
    // Pictures are the same either way.
    let as_files = seen.lookable != Lookable::Nowhere && has_documents(seen) && has_pdf(seen);
    let may_decide = !seen.stage.is_decided() && session.may(Act::DecideRequest);
    let offered = [
        (ButtonName::ExportDocuments, as_pages),
        // In its place where nothing draws pages, so that the digits after it stay the same.
        (ButtonName::ExportFiles, as_files && !as_pages),
        (ButtonName::RefuseRequest, may_decide),
        (ButtonName::WithdrawRequest, may_decide),
        // Behind those that can't be taken back, whose digits stay the same when it is not offered.
        (ButtonName::ApproveRequest, may_decide && may_approve(seen)),
        (ButtonName::ExportFiles, as_files && as_pages),
        (ButtonName::GoBack, true),
    ];
    let offered = offered.into_iter().filter(|(_, is_offered)| *is_offered);
    Form::new(vec![], offered.map(|(button, _)| button).collect())
}

/// Who approved it is not the second, and nobody approves what they have not had before them.
fn may_approve(seen: &RequestSeen) -> bool {
    !seen.was_approved_by_viewer && seen.documents == DocumentsOpened::Yes
}

fn can_be_seen_as_pages(seen: &RequestSeen) -> bool {
    has_documents(seen)
        && match seen.lookable {
            Lookable::Nowhere => false,
            Lookable::FilesAlone => !has_pdf(seen),
            Lookable::Pages => true,
        }
}

fn has_pdf(seen: &RequestSeen) -> bool {
    let mut documents = [&seen.declaration, &seen.identity_document].into_iter().flatten();
    documents.any(|document| document.kind == Kind::Pdf)
}

fn has_documents(seen: &RequestSeen) -> bool {
    seen.declaration.is_some() && seen.identity_document.is_some()
}
