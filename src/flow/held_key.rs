//! A key that waits for a day to pass or for staff, wherever its address was proved: when *Recuperar CS*
//! sends it elsewhere, and when a company registers that has a CS (S8, T1, T4).

use super::folio_blocks;
use super::promise::Notice;
use super::shown::{Shown, say};
use crate::domain::outlook::Outlook;
use crate::effect::{AwaitingCode, HeldUntil};
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
    /// With these buttons beneath.
    pub fn new(
        awaiting: AwaitingCode,
        (until, notices): (HeldUntil, Outlook),
        buttons: Vec<ButtonName>,
    ) -> Self {
        HeldKey { awaiting, until, notices, buttons: Form::new(vec![], buttons) }
    }

    /// For staff to confirm.
    pub fn awaiting(&self) -> &AwaitingCode {
        &self.awaiting
    }

    /// Its buttons, for a touch.
    pub fn form_mut(&mut self) -> &mut Form {
        &mut self.buttons
    }

    /// What it says, below `first`.
    pub fn shows(&self, first: Option<Msg>) -> Shown<'_> {
        let says = match self.until {
            HeldUntil::NextDay => {
                vec![Msg::RecoverHeld, Notice::KeyHeld.said(self.notices), Msg::RecoverHeldStaff]
            }
            HeldUntil::Staff => vec![Msg::RecoverHeldInPerson, Msg::RecoverHeldInPersonNext],
        };
        let mut blocks: Vec<Block> = first.into_iter().chain(says).map(say).collect();
        blocks.extend(folio_blocks(self.awaiting.folio()));
        Shown::form(Msg::RecoverHeldHeading, blocks, &self.buttons).confirms()
    }
}
