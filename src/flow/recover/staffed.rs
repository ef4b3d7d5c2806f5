//! Where staff beside the person can help *Recuperar CS* on: a card that they saw.

use super::{Recover, Request, Step};
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;
use crate::effect::{AwaitingCode, Effect, Proved, RefusedCard, Reply, VouchedOnFile};
use crate::flow::Next;
use crate::flow::machine::Machine;

impl Recover {
    /// The clave that waits a day, unless one member of staff confirms the card (S8).
    pub fn held(&self) -> Option<&AwaitingCode> {
        match &self.step {
            Step::Held(held) => held.awaiting(),
            _ => None,
        }
    }

    /// Company and representative about whom no register answers.
    pub fn unanswered(&self) -> Option<(Rut, Rut)> {
        let Step::Asking(asked) = &self.step else { return None };
        match &asked.effect {
            _ if !asked.is_unanswered() => None,
            Effect::CheckRepresentative { company, representative } => Some((*company, *representative)),
            Effect::CheckCard { representative, .. } => {
                Some((representative.company(), representative.representative()))
            }
            _ => None,
        }
    }

    /// The card that was refused for nothing but its date, on the page that says so.
    pub fn refused_card(&self) -> Option<RefusedCard> {
        let Step::Card { representative } = &self.step else { return None };
        let representative = representative.clone();
        let serial = self.typed.expired.serial_in(&self.typed.card)?;
        Some(RefusedCard::OfRepresentative { representative, serial })
    }

    /// Staff took that card: on as if the register had called it valid.
    pub fn card_accepted(self, reply: Reply) -> Next<Self> {
        Next::Stay(match self.refused_card() {
            Some(RefusedCard::OfRepresentative { representative, serial }) => {
                self.heard(Effect::CheckCard { representative, serial }, reply)
            }
            _ => self,
        })
    }

    /// Staff confirmed the card: the held clave is on its way.
    pub fn witnessed(mut self, proved: Proved) -> Next<Self> {
        if let (Some(_), Proved::Sending { folio, sent_to }) = (self.held(), proved) {
            self.sent_to_new_address(folio, sent_to);
        }
        Next::Stay(self)
    }

    /// Staff saw the card while no register answered: on to the challenge.
    pub fn vouched_on_file(mut self, vouched: VouchedOnFile, masked: Clean) -> Next<Self> {
        if self.unanswered().is_none_or(|(company, _)| company != vouched.company()) {
            return Next::Stay(self);
        }
        self.take_question();
        self.confirm(Request::Vouched { vouched, masked })
    }
}
