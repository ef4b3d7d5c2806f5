//! What the desk of the staff makes of the world's answers.

use super::requests::Requests;
use super::{Look, StaffDesk, Step, Told, company_form, menu_form, sign_in_form};
use crate::effect::requests::RequestReply;
use crate::effect::{Effect, Reply, StaffAct, StaffOrder, StaffReply};
use crate::flow::Next;
use crate::flow::menu::Choosing;
use crate::form::names::Name;
use crate::text::Msg;

impl StaffDesk {
    pub fn reply(mut self, reply: Reply) -> Next<Self> {
        let Step::Asking(asked) = &mut self.step else { return Next::Stay(self) };
        if !asked.is_answered_by(&reply) {
            return Next::Stay(self);
        }
        let asked = asked.clone();
        self.step = *asked.from;
        match (asked.effect, reply) {
            (Effect::SignIn { .. }, Reply::Staff(StaffReply::SignedIn(session))) => {
                self.sign_in = sign_in_form();
                self.menu = menu_form(&session);
                self.session = Some(session);
                self.step = Step::Menu;
            }
            (Effect::SignIn { .. }, Reply::Staff(StaffReply::SignInWrong)) => {
                self.sign_in.forget_secrets();
                self.sign_in.fail(Name::Password, Msg::WrongSignIn);
            }
            (Effect::Staff(order), Reply::Staff(reply)) => self.answered(&order, reply),
            _ => {}
        }
        Next::Stay(self)
    }

    fn answered(&mut self, order: &StaffOrder, reply: StaffReply) {
        self.step = match (&order.act, reply) {
            (_, StaffReply::SessionOver) => {
                *self = StaffDesk::default();
                self.sign_in.fail(Name::StaffName, Msg::WrongSessionOver);
                return;
            }
            (_, StaffReply::NotAllowed) => Step::Told(Told::NotAllowed),
            (StaffAct::SeeCompany(_), StaffReply::CompanySeen(seen)) => {
                self.company = company_form(&seen, self.session.as_ref());
                Step::Company(seen, order.reason.clone())
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
            (StaffAct::Unblock(_), StaffReply::Done) => Step::Told(Told::Unblocked),
            (StaffAct::SeeOutbox | StaffAct::RetryMessage(_), StaffReply::OutboxSeen(messages)) => {
                Step::Outbox(messages, Choosing::default())
            }
            (StaffAct::SeeFigures, StaffReply::FiguresSeen(figures)) => Step::Figures(figures),
            (StaffAct::SeeCompany(_), StaffReply::NothingHeld) => Step::Told(Told::NothingHeld),
            // It left, or was ended, meanwhile.
            (StaffAct::RetryMessage(_), StaffReply::NothingHeld) => Step::Look(Look::Outbox),
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
