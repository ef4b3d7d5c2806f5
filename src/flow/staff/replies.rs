//! What the desk of the staff makes of the world's answers.

use super::disputes::Waiting;
use super::menus::{company_form, figures_form, menu_form};
use super::requests::Requests;
use super::{Look, StaffDesk, Step, Told, code_form, going_back, reason_form};
use crate::effect::requests::RequestReply;
use crate::effect::settlement::DisputeReply;
use crate::effect::{Effect, Reply, StaffAct, StaffOrder, StaffReply};
use crate::flow::menu::Choosing;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

impl StaffDesk {
    pub(super) fn heard(mut self, effect: Effect, reply: Reply) -> Self {
        match (effect, reply) {
            (Effect::SignIn { .. }, Reply::Staff(StaffReply::SignedIn(session))) => {
                self.menu = menu_form(&session);
                self.session = Some(session);
                self.step = Step::Menu;
            }
            (Effect::SignIn { .. }, Reply::Staff(StaffReply::SignInWrong)) => {
                if let Step::SignIn { form } = &mut self.step {
                    form.forget_secrets();
                    form.fail(Name::Password, Msg::WrongSignIn);
                }
            }
            (Effect::Staff(_), Reply::Staff(StaffReply::SessionOver)) => return StaffDesk::session_over(),
            (Effect::Staff(order), Reply::Staff(reply)) => self.heard_of(&order, reply),
            _ => {}
        }
        self
    }

    /// Whoever goes on signs in anew.
    fn session_over() -> Self {
        let mut desk = StaffDesk::default();
        if let Step::SignIn { form } = &mut desk.step {
            form.fail(Name::StaffName, Msg::WrongSessionOver);
        }
        desk
    }

    fn heard_of(&mut self, order: &StaffOrder, reply: StaffReply) {
        let told = |told| Step::Told { told, buttons: going_back() };
        self.step = match (&order.act, reply) {
            (act, StaffReply::CodeWanted) => {
                Step::Code { act: Box::new(act.clone()), reason: order.reason.clone(), form: code_form() }
            }
            (_, StaffReply::CodeWrong) => {
                if let Step::Code { form, .. } = &mut self.step {
                    form.forget_secrets();
                    form.fail(Name::Totp, Msg::WrongStaffCode);
                }
                return;
            }
            (_, StaffReply::NotAllowed) => told(Told::NotAllowed),
            (StaffAct::SeeCompany(_), StaffReply::CompanySeen(seen)) => {
                let buttons = company_form(&seen, self.session.as_ref());
                Step::Company { seen, reason: order.reason.clone(), buttons }
            }
            // A folio leads straight to its request, and a company to its own.
            (StaffAct::Request(_) | StaffAct::SeeCompany(_), StaffReply::Request(reply)) => {
                self.about_request(order, reply);
                return;
            }
            (StaffAct::Request(_), StaffReply::NothingHeld) => {
                if let Step::Requests(requests) = &mut self.step {
                    requests.gone();
                }
                return;
            }
            (StaffAct::Unblock(_), StaffReply::Done) => told(Told::Unblocked),
            (StaffAct::SeeOutbox | StaffAct::RetryMessage(_), StaffReply::OutboxSeen(messages)) => {
                Step::Outbox { messages, choosing: Choosing::default(), buttons: going_back() }
            }
            (StaffAct::SeeFigures { .. }, StaffReply::FiguresSeen(figures)) => {
                let buttons = figures_form(&figures);
                Step::Figures { figures, reason: order.reason.clone(), buttons }
            }
            (StaffAct::Dispute(_), StaffReply::Dispute(reply)) => match reply {
                DisputeReply::Listed(seen) => Step::Disputes(Box::new(Waiting::new(seen))),
                DisputeReply::Confirmed { .. } => told(Told::DisputeConfirmed),
                DisputeReply::Not(why) => told(Told::Unsettled(why)),
                DisputeReply::Opened(_) => return,
            },
            (StaffAct::SeeCompany(_), StaffReply::NothingHeld) => told(Told::NothingHeld),
            // It left, or was ended, meanwhile.
            (StaffAct::RetryMessage(_), StaffReply::NothingHeld) => {
                Step::Look { look: Look::Outbox, form: reason_form(ButtonName::Continue) }
            }
            _ => return,
        };
    }

    fn about_request(&mut self, order: &StaffOrder, reply: RequestReply) {
        if !matches!(self.step, Step::Requests(_)) {
            self.step = Step::Requests(Box::new(Requests::found(order.reason.clone())));
        }
        if let Step::Requests(requests) = &mut self.step {
            requests.reply(reply, &order.session);
        }
    }
}
