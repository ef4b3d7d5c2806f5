//! *Subir desde el teléfono*: the address of a page of the person's own, drawn to be scanned and
//! written to be typed; then *Teléfono conectado*; then the file, or why it is none. The page dies
//! with the step that shows it.

use super::{Facilitator, Paper, Step, Then};
use crate::domain::phone_page::PhonePage;
use crate::effect::Effect;
use crate::effect::facilitator::{FacilitatorEffect, FacilitatorReply};
use crate::flow::shown::{Shown, say};
use crate::flow::{Engagement, Next};
use crate::form::Form;
use crate::form::names::ButtonName;
use crate::page::{Block, Words};
use crate::text::Msg;
use crate::text::document_refused;

/// A page that is open for a phone.
#[derive(Debug, PartialEq)]
pub struct Phone {
    pub(super) paper: Paper,
    pub(super) then: Then,
    page: PhonePage,
    pub(super) seen: Seen,
    /// Why the last file was none.
    says: Option<Msg>,
    pub(super) buttons: Form,
}

/// What is known of the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Nothing,
    /// It opened the page: no other phone can.
    Connected,
}

impl Facilitator {
    /// The page is there: it is shown until something happens on it.
    pub(super) fn show_phone_page(mut self, page: PhonePage) -> Next<Self> {
        let (Step::Files(paper, then, _) | Step::PhoneOver { paper, then, .. }) = self.step else {
            return Next::Stay(self);
        };
        let buttons = Form::new(vec![], vec![ButtonName::GoBack]);
        self.step = Step::Phone(Phone { paper, then, page, seen: Seen::Nothing, says: None, buttons });
        self.await_phone()
    }

    /// What happened on the page.
    pub(super) fn heard_of_phone(mut self, reply: FacilitatorReply) -> Next<Self> {
        let Step::Phone(phone) = &mut self.step else { return Next::Stay(self) };
        match reply {
            FacilitatorReply::PhoneConnected => phone.seen = Seen::Connected,
            FacilitatorReply::NotTaken { refusal, .. } => phone.says = Some(document_refused(refusal)),
            FacilitatorReply::Taken(taken) => {
                let (paper, then) = (phone.paper, phone.then);
                self.step = Step::preview(paper, then, taken);
                return Next::Stay(self);
            }
            _ => return self.phone_over(),
        }
        self.await_phone()
    }

    /// Nobody hears of the page any more, or its time is over.
    pub(super) fn phone_over(mut self) -> Next<Self> {
        if let Step::Phone(Phone { paper, then, .. }) = self.step {
            let buttons = Form::new(vec![], vec![ButtonName::NewPhonePage, ButtonName::GoBack]);
            self.step = Step::PhoneOver { paper, then, buttons };
        }
        Next::Stay(self)
    }

    /// Asked beside what the page shows: it stays on the screen meanwhile.
    fn await_phone(self) -> Next<Self> {
        let Step::Phone(phone) = &self.step else { return Next::Stay(self) };
        let effect = Effect::Facilitator(FacilitatorEffect::AwaitPhone(phone.page.id()));
        Next::Ask(self, effect)
    }
}

impl Phone {
    pub(super) fn shown(&self) -> Shown<'_> {
        // The kiosk puts in for how long.
        let waiting = |what| Block::Waiting { what, since: Msg::WaitingSince { seconds: 0 } };
        let mut blocks = vec![Block::Panel(self.paper.label())];
        blocks.extend(self.says.iter().cloned().map(Block::Important));
        let heading = match self.seen {
            Seen::Connected => {
                blocks.push(say(Msg::PhoneConnectedHint));
                blocks.push(waiting(Msg::WaitingForPhoneFile));
                Msg::PhoneConnectedHeading
            }
            Seen::Nothing => {
                let address = self.page.address().clone();
                blocks.push(say(Msg::PhoneHint));
                let letters = Words::Said(Msg::PhoneAddress { address });
                blocks.push(Block::Qr { content: self.page.scanned().to_string(), letters });
                blocks.push(waiting(Msg::WaitingForPhone));
                Msg::PhoneHeading
            }
        };
        Shown::form(heading, blocks, &self.buttons)
            .help([Msg::HelpPhone, Msg::HelpFiles])
            .engages(Engagement::WaitingForPhone)
    }
}
