//! What the desk of the staff makes of the world's answers.

use super::{Look, StaffDesk, Step, Told, menu_form, sign_in_form};
use crate::effect::{Effect, Reply, StaffAct, StaffReply};
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
            (Effect::Staff(order), Reply::Staff(reply)) => self.answered(&order.act, reply),
            _ => {}
        }
        Next::Stay(self)
    }

    fn answered(&mut self, act: &StaffAct, reply: StaffReply) {
        self.step = match (act, reply) {
            (_, StaffReply::SessionOver) => {
                *self = StaffDesk::default();
                self.sign_in.fail(Name::StaffName, Msg::WrongSessionOver);
                return;
            }
            (_, StaffReply::NotAllowed) => Step::Told(Told::NotAllowed),
            (StaffAct::SeeCompany(_), StaffReply::CompanySeen(seen)) => Step::Company(seen),
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
}
