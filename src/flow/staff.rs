//! The desk of the staff: screens of their own, reached from the first page by a key that nobody is
//! told of (F12), behind a sign-in. What a role may not do is not offered, and refused by the desk
//! besides (S18, S19). What is looked at is masked, and looked at for a reason.

mod disputes;
mod menus;
mod replies;
pub mod requests;
mod screen;
pub mod second;
mod sign_in;
#[cfg(test)]
mod tests;
pub mod words;

use std::mem::discriminant;

use std::time::Duration;

use super::asked::Asked;
use super::machine::{Machine, waits};
use super::menu::{Choosing, Chosen};
use super::shown::Shown;
use super::{Ending, Next, Spot};
use crate::domain::clean::Clean;
use crate::domain::dispute::Unsettled;
use crate::domain::errand::ErrandState;
use crate::domain::reference::Id;
use crate::domain::secret::Secret;
use crate::domain::staff::Act;
use crate::effect::requests::{RequestAct, Which};
use crate::effect::settlement::DisputeAct;
use crate::effect::{CompanySeen, Effect, Figures, MessageSeen, Reply, StaffAct, StaffOrder, StaffSession};
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Touch};
use crate::text::Msg;
use disputes::{Confirming, Waiting};
use requests::{Requests, Wanted};
pub use sign_in::{read_sign_in, refuse_pin_for_name, sign_in_form};

/// Where staff can be.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// Name, password and the telephone's code → the menu.
    SignIn { form: Form },
    /// What this role may do.
    Menu,
    /// A RUT or a folio, and why → the company or the request.
    Search { form: Form },
    /// What is held, masked; and why it was looked for.
    Company { seen: Box<CompanySeen>, reason: Clean, buttons: Form },
    /// Facilitators' requests.
    Requests(Box<Requests>),
    /// The settlements that wait for a second.
    Disputes(Box<Waiting>),
    /// One of them: the card's last symbols, and why.
    Confirming(Box<Confirming>),
    /// A RUT whose wait is to end, and why.
    Unblock { form: Form },
    /// Why the outbox or the figures are looked at.
    Look { look: Look, form: Form },
    /// What waits in the outbox or has failed; one of them can be tried again.
    Outbox { messages: Vec<MessageSeen>, choosing: Choosing, buttons: Form },
    /// Why a message is tried again.
    TryAgain { id: Id, form: Form },
    /// How the visits of a day went, and why they were looked at.
    Figures { figures: Box<Figures>, reason: Clean, buttons: Form },
    /// What was ordered takes a code of the last minute (T8).
    Code { act: Box<StaffAct>, reason: Clean, form: Form },
    /// Something that ends at the menu.
    Told { told: Told, buttons: Form },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// What is looked at as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The messages that wait or have failed.
    Outbox,
    /// How the visits of a day went.
    Figures,
    /// The settlements that wait for a second.
    Disputes,
}

/// What came of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing is held under that RUT or folio.
    NothingHeld,
    /// The company need not wait any more.
    Unblocked,
    /// Not for this role, or about a company of their own.
    NotAllowed,
    /// The person whom the settlement is about may go on.
    DisputeConfirmed,
    /// Why they may not.
    Unsettled(Unsettled),
}

/// The workflow.
#[derive(Debug, PartialEq)]
pub struct StaffDesk {
    step: Step,
    session: Option<StaffSession>,
    menu: Form,
}

/// Another code of the telephone (T8).
pub fn code_form() -> Form {
    Form::new(vec![Field::hidden(Name::Totp)], vec![ButtonName::Continue])
}

/// What was typed into it, if anything was.
pub fn read_code(form: &mut Form) -> Option<Secret> {
    form.read(|reader| reader.hidden(Name::Totp))
}

/// A reason alone.
pub fn reason_form(button: ButtonName) -> Form {
    Form::new(vec![Field::line(Name::Reason)], vec![button])
}

fn with_reason(field: Field, button: ButtonName) -> Form {
    Form::new(vec![field, Field::line(Name::Reason)], vec![button])
}

fn going_back() -> Form {
    Form::new(vec![], vec![ButtonName::GoBack])
}

impl Default for Step {
    fn default() -> Self {
        Step::SignIn { form: sign_in_form() }
    }
}

impl Default for StaffDesk {
    fn default() -> Self {
        StaffDesk { step: Step::default(), session: None, menu: Form::new(vec![], vec![ButtonName::SignOut]) }
    }
}

waits!(Step);

impl Machine for StaffDesk {
    type Step = Step;

    fn step(&self) -> &Step {
        &self.step
    }

    fn step_mut(&mut self) -> &mut Step {
        &mut self.step
    }

    fn place(&self) -> Msg {
        match &self.session {
            Some(session) => Msg::PlaceStaffOf { name: session.name().clone() },
            None => Msg::PlaceStaff,
        }
    }

    fn shows(&self) -> Shown<'_> {
        self.shown()
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        match &mut self.step {
            Step::Menu => Some(&mut self.menu),
            Step::SignIn { form }
            | Step::Search { form }
            | Step::Unblock { form }
            | Step::Look { form, .. }
            | Step::Code { form, .. }
            | Step::TryAgain { form, .. } => Some(form),
            Step::Company { buttons, .. }
            | Step::Outbox { buttons, .. }
            | Step::Figures { buttons, .. }
            | Step::Told { buttons, .. } => Some(buttons),
            Step::Disputes(waiting) => Some(&mut waiting.buttons),
            Step::Confirming(confirming) => Some(&mut confirming.form),
            Step::Requests(_) | Step::Asking(_) => None,
        }
    }

    fn touched(mut self, touch: &Touch) -> Next<Self> {
        match &mut self.step {
            Step::Outbox { messages, choosing, .. } if !messages.is_empty() => {
                let entries = u8::try_from(messages.len()).unwrap_or(u8::MAX);
                match choosing.touch(touch, entries) {
                    Chosen::Back => self.back(),
                    Chosen::NotYet => Next::Stay(self),
                    Chosen::Entry(entry) => self.choose_message(usize::from(entry)),
                }
            }
            Step::Disputes(waiting) if waiting.count() > 0 => {
                let count = waiting.count();
                match waiting.choosing.touch(touch, count) {
                    Chosen::Back => self.back(),
                    Chosen::NotYet => Next::Stay(self),
                    Chosen::Entry(entry) => {
                        if let Some(step) = waiting.chosen(entry) {
                            self.step = step;
                        }
                        Next::Stay(self)
                    }
                }
            }
            Step::Requests(requests) => match &self.session {
                Some(session) => {
                    let wanted = requests.touch(touch, session);
                    self.follow_requests(wanted)
                }
                None => Next::Stay(self),
            },
            _ => self.touch_form(touch),
        }
    }

    fn within(&self) -> Spot {
        match &self.step {
            Step::Requests(requests) => requests.spot(),
            Step::Look { look, .. } => Spot::of(discriminant(look)),
            _ => Spot::default(),
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        let read = match &mut self.step {
            Step::SignIn { form } => {
                let effect = read_sign_in(form);
                return self.ask_if(effect);
            }
            Step::Menu => return self.enter(button),
            Step::Search { form } => form.read(|reader| {
                let (sought, reason) = (reader.sought(Name::Sought), reader.reason(Name::Reason));
                Some((StaffAct::SeeCompany(sought?), reason?))
            }),
            Step::Unblock { form } => form.read(|reader| {
                let (company, reason) = (reader.rut(Name::CompanyRut), reader.reason(Name::Reason));
                Some((StaffAct::Unblock(company?), reason?))
            }),
            Step::Company { seen, reason, .. } if button == ButtonName::SeeRequests => {
                let which = Which::OfCompany(seen.company);
                Some((StaffAct::Request(RequestAct::List { which, page: 0 }), reason.clone()))
            }
            Step::Look { look, form } => {
                let act = match look {
                    Look::Outbox => StaffAct::SeeOutbox,
                    Look::Figures => StaffAct::SeeFigures { days_ago: 0 },
                    Look::Disputes => StaffAct::Dispute(DisputeAct::List),
                };
                form.read(|reader| reader.reason(Name::Reason)).map(|reason| (act, reason))
            }
            Step::Figures { figures, reason, .. } if button == ButtonName::DayBefore => {
                Some((StaffAct::SeeFigures { days_ago: figures.days_ago + 1 }, reason.clone()))
            }
            Step::Figures { figures, reason, .. } if button == ButtonName::DayAfter => {
                Some((StaffAct::SeeFigures { days_ago: figures.days_ago.saturating_sub(1) }, reason.clone()))
            }
            Step::TryAgain { id, form } => {
                let act = StaffAct::RetryMessage(*id);
                form.read(|reader| reader.reason(Name::Reason)).map(|reason| (act, reason))
            }
            Step::Confirming(confirming) => confirming.read(),
            Step::Code { act, reason, form } => {
                let (act, reason, code) = ((**act).clone(), reason.clone(), read_code(form));
                return match code {
                    Some(code) => self.act(Some((act, reason)), Some(code)),
                    None => Next::Stay(self),
                };
            }
            Step::Company { .. }
            | Step::Requests(_)
            | Step::Disputes(_)
            | Step::Outbox { .. }
            | Step::Figures { .. }
            | Step::Told { .. }
            | Step::Asking(_) => return self.back(),
        };
        self.act(read, None)
    }

    /// Esc: the menu; from there, out.
    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::SignIn { .. } | Step::Menu => return Next::Leave(Ending::Visit),
            Step::Asking(_) => {}
            Step::Search { .. }
            | Step::Company { .. }
            | Step::Requests(_)
            | Step::Disputes(_)
            | Step::Confirming(_)
            | Step::Unblock { .. }
            | Step::Look { .. }
            | Step::Outbox { .. }
            | Step::TryAgain { .. }
            | Step::Figures { .. }
            | Step::Code { .. }
            | Step::Told { .. } => self.step = Step::Menu,
        }
        Next::Stay(self)
    }

    /// Whoever didn't wait to be signed in types their secrets anew.
    fn left(mut self, _: &Effect) -> Next<Self> {
        if let Step::SignIn { form } | Step::Code { form, .. } = &mut self.step {
            form.forget_secrets();
        }
        Next::Stay(self)
    }

    fn answered(self, effect: Effect, reply: Reply) -> Next<Self> {
        Next::Stay(self.heard(effect, reply))
    }

    /// Nobody vouches for staff.
    fn vouched(self) -> Next<Self> {
        Next::Stay(self)
    }
}

impl StaffDesk {
    /// Who is signed in.
    pub fn session(&self) -> Option<&StaffSession> {
        self.session.as_ref()
    }

    /// An entry of the menu. Each act has a reason of its own, and a form of its own to give it.
    fn enter(mut self, button: ButtonName) -> Next<Self> {
        let look = |look| Step::Look { look, form: reason_form(ButtonName::Continue) };
        self.step = match button {
            ButtonName::Search => {
                Step::Search { form: with_reason(Field::line(Name::Sought), ButtonName::Search) }
            }
            ButtonName::Unblock => {
                Step::Unblock { form: with_reason(Field::company_rut(), ButtonName::Unblock) }
            }
            ButtonName::SeeRequests => Step::Requests(Box::default()),
            ButtonName::SeeDisputes => look(Look::Disputes),
            ButtonName::SeeOutbox => look(Look::Outbox),
            ButtonName::SeeFigures => look(Look::Figures),
            _ => return Next::Leave(Ending::Visit),
        };
        Next::Stay(self)
    }

    /// Only what failed or came too late can be tried again.
    fn choose_message(mut self, entry: usize) -> Next<Self> {
        let Step::Outbox { messages, .. } = &self.step else { return Next::Stay(self) };
        if let Some(message) = messages.get(entry)
            && matches!(message.state, ErrandState::Failed | ErrandState::Expired)
            && self.session.as_ref().is_some_and(|session| session.may(Act::RetryMessage))
        {
            self.step = Step::TryAgain { id: message.id, form: reason_form(ButtonName::Continue) };
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
            Wanted::Act(act, reason) => self.act(Some((*act, reason)), None),
        }
    }

    fn act(self, read: Option<(StaffAct, Clean)>, code: Option<Secret>) -> Next<Self> {
        let effect = self.session.clone().zip(read).map(|(session, (act, reason))| {
            Effect::Staff(Box::new(StaffOrder { session, act, reason, visit: Duration::ZERO, code }))
        });
        self.ask_if(effect)
    }
}
