//! The desk of the staff: screens of their own, reached from the first page by a key that nobody is
//! told of (F12), behind a sign-in. What a role may not do is not offered, and refused by the desk
//! besides (S18, S19). What is looked at is masked, and looked at for a reason.

mod replies;
pub mod requests;
mod screen;
#[cfg(test)]
mod tests;
pub mod words;

use std::time::Duration;

use super::asked::{Asked, Waited};
use super::menu::{Choosing, Chosen};
use super::{Ending, Engagement, Next};
use crate::domain::clean::Clean;
use crate::domain::errand::ErrandState;
use crate::domain::reference::Id;
use crate::domain::staff::Act;
use crate::effect::requests::{RequestAct, Which};
use crate::effect::{CompanySeen, Effect, Figures, MessageSeen, StaffAct, StaffOrder, StaffSession};
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Pressed, Touch};
use requests::{Requests, Wanted};

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Name, password and the telephone's code.
    SignIn,
    /// What this role may do.
    Menu,
    /// A RUT or a folio, and why.
    Search,
    /// What is held, masked; and why it was looked for.
    Company(Box<CompanySeen>, Clean),
    /// Facilitators' requests.
    Requests(Box<Requests>),
    /// A RUT whose wait is to end, and why.
    Unblock,
    /// Why the outbox or the figures are looked at.
    Look(Look),
    Outbox(Vec<MessageSeen>, Choosing),
    /// Why a message is tried again.
    TryAgain(Id),
    Figures(Box<Figures>),
    /// Something that ends at the menu.
    Told(Told),
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// What is looked at as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Outbox,
    Figures,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    NothingHeld,
    Unblocked,
    NotAllowed,
}

#[derive(Debug, PartialEq)]
pub struct StaffDesk {
    step: Step,
    session: Option<StaffSession>,
    sign_in: Form,
    menu: Form,
    /// The buttons beneath a company.
    company: Form,
    search: Form,
    unblock: Form,
    /// A reason alone.
    reason: Form,
    /// The buttons of a page without fields.
    plain: Form,
}

/// Name, password, and the code of the telephone.
pub fn sign_in_form() -> Form {
    let fields = vec![Field::line(Name::StaffName), Field::hidden(Name::Password), Field::hidden(Name::Totp)];
    Form::new(fields, vec![ButtonName::Enter])
}

/// What was typed into it, if it is all there.
pub fn read_sign_in(form: &mut Form) -> Option<Effect> {
    let (name, password, code) = form.read(|reader| {
        let (name, password) = (reader.words(Name::StaffName), reader.hidden(Name::Password));
        let code = reader.hidden(Name::Totp);
        Some((name?, password?, code?))
    })?;
    Some(Effect::SignIn { name, password, code })
}

pub fn reason_form(button: ButtonName) -> Form {
    Form::new(vec![Field::line(Name::Reason)], vec![button])
}

impl Default for StaffDesk {
    fn default() -> Self {
        StaffDesk {
            step: Step::SignIn,
            session: None,
            sign_in: sign_in_form(),
            menu: Form::new(vec![], vec![ButtonName::SignOut]),
            company: Form::new(vec![], vec![ButtonName::GoBack]),
            search: with_reason(Name::Sought, ButtonName::Search),
            unblock: with_reason(Name::CompanyRut, ButtonName::Unblock),
            reason: reason_form(ButtonName::Continue),
            plain: Form::new(vec![], vec![ButtonName::GoBack]),
        }
    }
}

fn with_reason(name: Name, button: ButtonName) -> Form {
    Form::new(vec![Field::line(name), Field::line(Name::Reason)], vec![button])
}

/// What a role finds in the menu.
fn menu_form(session: &StaffSession) -> Form {
    let entries = [
        (Act::SeeCompany, ButtonName::Search),
        (Act::Unblock, ButtonName::Unblock),
        (Act::SeeRequests, ButtonName::SeeRequests),
        (Act::SeeOutbox, ButtonName::SeeOutbox),
        (Act::SeeFigures, ButtonName::SeeFigures),
    ];
    let may = entries.into_iter().filter(|(act, _)| session.may(*act)).map(|(_, button)| button);
    Form::new(vec![], may.chain([ButtonName::SignOut]).collect())
}

/// What can be looked at beside a company.
fn company_form(seen: &CompanySeen, session: Option<&StaffSession>) -> Form {
    let has_requests = seen.requests > 0 && session.is_some_and(|session| session.may(Act::SeeRequests));
    let requests = has_requests.then_some(ButtonName::SeeRequests);
    Form::new(vec![], requests.into_iter().chain([ButtonName::GoBack]).collect())
}

impl StaffDesk {
    pub fn step(&self) -> &Step {
        &self.step
    }

    /// Who is signed in.
    pub fn session(&self) -> Option<&StaffSession> {
        self.session.as_ref()
    }

    pub fn press(mut self, touch: &Touch) -> Next<Self> {
        match &mut self.step {
            Step::Asking(asked) => match asked.touch(touch) {
                Waited::Back => self.back(),
                Waited::Again => self.ask_again(),
                Waited::Help => Next::CallStaff(self),
                Waited::NotYet | Waited::GoOnUnchecked => Next::Stay(self),
            },
            Step::Outbox(messages, choosing) if !messages.is_empty() => {
                let entries = u8::try_from(messages.len()).unwrap_or(u8::MAX);
                match choosing.touch(touch, entries) {
                    Chosen::Back => self.back(),
                    Chosen::NotYet => Next::Stay(self),
                    Chosen::Entry(entry) => self.choose_message(usize::from(entry)),
                }
            }
            Step::Requests(requests) => match &self.session {
                Some(session) => {
                    let wanted = requests.touch(touch, session);
                    self.follow_requests(wanted)
                }
                None => Next::Stay(self),
            },
            _ => match self.form_mut().touch(touch) {
                Pressed::Nothing | Pressed::Toggled(_) => Next::Stay(self),
                Pressed::Back => self.back(),
                Pressed::Button(button) => self.go(button),
            },
        }
    }

    fn form_mut(&mut self) -> &mut Form {
        match self.step {
            Step::SignIn => &mut self.sign_in,
            Step::Menu => &mut self.menu,
            Step::Company(..) => &mut self.company,
            Step::Search => &mut self.search,
            Step::Unblock => &mut self.unblock,
            Step::Look(_) | Step::TryAgain(_) => &mut self.reason,
            _ => &mut self.plain,
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match self.step.clone() {
            Step::SignIn => match read_sign_in(&mut self.sign_in) {
                Some(effect) => self.ask(effect),
                None => Next::Stay(self),
            },
            Step::Menu => self.enter(button),
            Step::Search => {
                let read = self.search.read(|reader| {
                    let (sought, reason) = (reader.sought(Name::Sought), reader.reason(Name::Reason));
                    Some((sought?, reason?))
                });
                self.act(read.map(|(sought, reason)| (StaffAct::SeeCompany(sought), reason)))
            }
            Step::Unblock => {
                let read = self.unblock.read(|reader| {
                    let (company, reason) = (reader.rut(Name::CompanyRut), reader.reason(Name::Reason));
                    Some((company?, reason?))
                });
                self.act(read.map(|(company, reason)| (StaffAct::Unblock(company), reason)))
            }
            Step::Company(seen, reason) if button == ButtonName::SeeRequests => {
                let which = Which::OfCompany(seen.company);
                let act = StaffAct::Request(RequestAct::List { which, page: 0 });
                self.act(Some((act, reason)))
            }
            Step::Look(look) => {
                let act = match look {
                    Look::Outbox => StaffAct::SeeOutbox,
                    Look::Figures => StaffAct::SeeFigures,
                };
                let reason = self.reason.read(|reader| reader.reason(Name::Reason));
                self.act(reason.map(|reason| (act, reason)))
            }
            Step::TryAgain(id) => {
                let reason = self.reason.read(|reader| reader.reason(Name::Reason));
                self.act(reason.map(|reason| (StaffAct::RetryMessage(id), reason)))
            }
            _ => self.back(),
        }
    }

    fn enter(mut self, button: ButtonName) -> Next<Self> {
        self.forget();
        self.step = match button {
            ButtonName::Search => Step::Search,
            ButtonName::Unblock => Step::Unblock,
            ButtonName::SeeRequests => Step::Requests(Box::default()),
            ButtonName::SeeOutbox => Step::Look(Look::Outbox),
            ButtonName::SeeFigures => Step::Look(Look::Figures),
            _ => return Next::Leave(Ending::Visit),
        };
        Next::Stay(self)
    }

    /// Only what failed or came too late can be tried again.
    fn choose_message(mut self, entry: usize) -> Next<Self> {
        let Step::Outbox(messages, _) = &self.step else { return Next::Stay(self) };
        if let Some(message) = messages.get(entry)
            && matches!(message.state, ErrandState::Failed | ErrandState::Expired)
            && self.session.as_ref().is_some_and(|session| session.may(Act::RetryMessage))
        {
            let id = message.id;
            self.forget();
            self.step = Step::TryAgain(id);
        }
        Next::Stay(self)
    }

    fn follow_requests(mut self, wanted: Wanted) -> Next<Self> {
        match wanted {
            Wanted::Nothing => Next::Stay(self),
            Wanted::Menu => {
                self.step = Step::Menu;
                Next::Stay(self)
            }
            Wanted::Act(act, reason) => self.act(Some((*act, reason))),
        }
    }

    fn act(self, read: Option<(StaffAct, Clean)>) -> Next<Self> {
        match (self.session.clone(), read) {
            (Some(session), Some((act, reason))) => {
                self.ask(Effect::Staff(Box::new(StaffOrder { session, act, reason, visit: Duration::ZERO })))
            }
            _ => Next::Stay(self),
        }
    }

    /// Each act has a reason of its own.
    fn forget(&mut self) {
        self.search = with_reason(Name::Sought, ButtonName::Search);
        self.unblock = with_reason(Name::CompanyRut, ButtonName::Unblock);
        self.reason = reason_form(ButtonName::Continue);
    }

    fn ask(mut self, effect: Effect) -> Next<Self> {
        let from = std::mem::replace(&mut self.step, Step::Menu);
        self.step = Step::Asking(Asked::new(effect.clone(), from));
        Next::Ask(self, effect)
    }

    fn ask_again(mut self) -> Next<Self> {
        let Step::Asking(asked) = self.step else { return Next::Stay(self) };
        self.step = *asked.from;
        self.ask(asked.effect)
    }

    /// Esc: the menu; from there, out.
    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::SignIn | Step::Menu => return Next::Leave(Ending::Visit),
            Step::Asking(asked) => {
                self.step = *asked.from;
                self.sign_in.forget_secrets();
            }
            _ => self.step = Step::Menu,
        }
        Next::Stay(self)
    }

    pub fn engagement(&self) -> Engagement {
        match (&self.session, &self.step) {
            (Some(_), _) => Engagement::Staff,
            (None, Step::SignIn) if !self.sign_in.is_touched() => Engagement::NothingTyped,
            (None, _) => Engagement::DataTyped,
        }
    }
}
