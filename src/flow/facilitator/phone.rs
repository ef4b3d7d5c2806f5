//! *Subir desde el teléfono*: the address of a page of the person's own, drawn to be scanned and
//! written to be typed; then *Teléfono conectado*; then the file, or why it is none. The page dies
//! with the step that shows it.

use crate::domain::phone_page::PhonePage;
use crate::effect::facilitator::FacilitatorEffect;
use crate::flow::Engagement;
use crate::flow::shown::{Shown, say};
use crate::form::Form;
use crate::form::names::ButtonName;
use crate::page::{Block, Words};
use crate::text::Msg;

/// A page that is open for a phone.
#[derive(Debug, PartialEq)]
pub(super) struct Phone {
    page: PhonePage,
    pub(super) seen: Seen,
    /// Why the last file was none.
    pub(super) says: Option<Msg>,
    pub(super) buttons: Form,
}

/// What is known of the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Nothing,
    /// It opened the page: no other phone can.
    Connected,
}

impl Phone {
    pub(super) fn new(page: PhonePage) -> Self {
        let buttons = Form::new(vec![], vec![ButtonName::GoBack]).resting_before();
        Phone { page, seen: Seen::Nothing, says: None, buttons }
    }

    /// What happens next on the page is asked for beside what it shows.
    pub(super) fn await_it(&self) -> FacilitatorEffect {
        FacilitatorEffect::AwaitPhone(self.page.id())
    }

    /// Below what the page opens with.
    pub(super) fn shown(&self, mut blocks: Vec<Block>) -> Shown<'_> {
        // The kiosk puts in for how long.
        let waiting = |what| Block::Waiting { what, since: Msg::WaitingSince { seconds: 0 } };
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
        // What browsers do about a page that isn't encrypted.
        let not_loading = self.page.is_plain().then_some(Msg::HelpPhoneNotLoading);
        let help = [Some(Msg::HelpPhone), not_loading, Some(Msg::HelpFiles)];
        Shown::form(heading, blocks, &self.buttons)
            .help(help.into_iter().flatten().collect::<Vec<_>>())
            .engages(Engagement::WaitingForPhone)
    }
}
