//! A key that waits for a day to pass or for staff, wherever its address was proved: when *Recuperar CS*
//! sends it elsewhere, and when a company registers that has a CS (S8, T1, T4).

use super::folio_blocks;
use super::promise::Notice;
use super::shown::{Shown, say};
use crate::domain::outlook::Outlook;
use crate::effect::{AwaitingCode, HeldUntil, Witnesses};
use crate::form::Form;
use crate::form::names::ButtonName;
use crate::page::Block;
use crate::text::Msg;

/// What waits, and until when.
#[derive(Debug, PartialEq)]
pub struct HeldKey {
    awaiting: AwaitingCode,
    until: HeldUntil,
    /// Whether the contacts on file hear of it.
    notices: Outlook,
    buttons: Form,
}

impl HeldKey {
    /// With these two buttons beneath. What leaving would end is not left by an Enter more.
    pub fn new(
        awaiting: AwaitingCode,
        (until, notices): (HeldUntil, Outlook),
        (leave, help): (ButtonName, ButtonName),
    ) -> Self {
        let buttons = match until {
            HeldUntil::NextDay => vec![leave, help],
            HeldUntil::Staff(_) | HeldUntil::StaffBesideHold { .. } => vec![help, ButtonName::Leave],
        };
        HeldKey { awaiting, until, notices, buttons: Form::new(vec![], buttons) }
    }

    /// For one member of staff to confirm, where one is enough.
    pub fn awaiting(&self) -> Option<&AwaitingCode> {
        (!self.takes_two()).then_some(&self.awaiting)
    }

    /// Whether only two of them together help.
    pub fn takes_two(&self) -> bool {
        self.until == HeldUntil::Staff(Witnesses::Two)
    }

    /// Its buttons, for a touch.
    pub fn form_mut(&mut self) -> &mut Form {
        &mut self.buttons
    }

    fn heading(&self) -> Msg {
        match self.until {
            HeldUntil::NextDay => Msg::RecoverHeldHeading,
            HeldUntil::Staff(Witnesses::One) | HeldUntil::StaffBesideHold { .. } => {
                Msg::RegisterInPersonHeading
            }
            HeldUntil::Staff(Witnesses::Two) => Msg::StopTwoHeading,
        }
    }

    /// What it says, below `first`.
    pub fn shows(&self, first: Option<Msg>) -> Shown<'_> {
        let says = match self.until {
            HeldUntil::NextDay => {
                vec![Msg::RecoverHeld, Notice::KeyHeld.said(self.notices), Msg::RecoverHeldStaff]
            }
            HeldUntil::Staff(Witnesses::One) => {
                vec![Msg::RecoverHeldInPerson, Msg::RecoverHeldInPersonNext]
            }
            HeldUntil::Staff(Witnesses::Two) => vec![Msg::StopTwo, Msg::RecoverHeldTwoNext],
            HeldUntil::StaffBesideHold { hours } => vec![
                Msg::RecoverHeldBeside { hours },
                Msg::RecoverHeldBesideNext,
                Msg::RecoverHeldInPersonNext,
            ],
        };
        let mut blocks: Vec<Block> = first.into_iter().chain(says).map(say).collect();
        blocks.extend(folio_blocks(self.awaiting.folio()));
        Shown::form(self.heading(), blocks, &self.buttons).confirms()
    }
}
