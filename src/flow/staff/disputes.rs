//! *Entregas por confirmar*: the settlements that wait for a second, and the page on which another member
//! of staff confirms one of them, at any terminal (E6, T6).

use super::Step;
use super::second::{fields_of_second, hint_of_second, read_ending};
use crate::domain::clean::Clean;
use crate::effect::StaffAct;
use crate::effect::settlement::{DisputeAct, DisputeSeen};
use crate::flow::menu::{self, Choosing};
use crate::flow::shown::{Shown, say};
use crate::form::Form;
use crate::form::names::ButtonName;
use crate::page::{Block, Fact, Words};
use crate::text::Msg;

/// The list, and what is chosen of it.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    seen: Vec<DisputeSeen>,
    pub choosing: Choosing,
    pub buttons: Form,
}

/// One of them, to be confirmed.
#[derive(Debug, PartialEq)]
pub struct Confirming {
    seen: DisputeSeen,
    pub form: Form,
}

impl Waiting {
    pub fn new(seen: Vec<DisputeSeen>) -> Self {
        let buttons = Form::new(vec![], vec![ButtonName::GoBack]);
        Waiting { seen, choosing: Choosing::default(), buttons }
    }

    /// How many there are.
    pub fn count(&self) -> u8 {
        u8::try_from(self.seen.len()).unwrap_or(u8::MAX)
    }

    /// To the page of one.
    pub fn chosen(&self, entry: u8) -> Option<Step> {
        let seen = self.seen.get(usize::from(entry))?.clone();
        let form = Form::new(fields_of_second(seen.grounds), vec![ButtonName::ConfirmDispute]);
        Some(Step::Confirming(Box::new(Confirming { seen, form })))
    }

    pub fn shown(&self) -> Shown<'_> {
        if self.seen.is_empty() {
            return Shown::form(Msg::ButtonSeeDisputes, vec![say(Msg::DisputeNone)], &self.buttons);
        }
        let entries = menu::list(self.seen.iter().map(|seen| {
            let company = Clean::from(seen.company.to_string());
            let label = Msg::DisputeLine { folio: Clean::from(seen.folio.to_string()), company };
            (label, Some(detail(seen)))
        }));
        Shown::within(Msg::ButtonSeeDisputes, vec![say(Msg::DisputeHint), entries], self.choosing.focus())
    }
}

impl Confirming {
    /// What was typed, if it is all there.
    pub fn read(&mut self) -> Option<(StaffAct, Clean)> {
        let (ending, reason) = read_ending(&mut self.form)?;
        Some((StaffAct::Dispute(DisputeAct::Confirm { folio: self.seen.folio, ending }), reason))
    }

    pub fn shown(&self) -> Shown<'_> {
        let fact = |label, value: Clean| Fact { label, value: Words::Given(value), change: None };
        let facts = vec![
            fact(Msg::LabelFolio, Clean::from(self.seen.folio.to_string())),
            fact(Msg::LabelRutOfCompany, Clean::from(self.seen.company.to_string())),
            fact(Msg::LabelRepresentativeRut, self.seen.masked_representative.clone()),
        ];
        let hint = say(hint_of_second(self.seen.grounds));
        Shown::form(Msg::ButtonConfirmDispute, vec![hint, Block::Facts(facts)], &self.form)
    }
}

fn detail(seen: &DisputeSeen) -> Msg {
    Msg::DisputeDetail {
        representative: seen.masked_representative.clone(),
        first: seen.first.clone(),
        terminal: seen.terminal.clone(),
        minutes: seen.minutes_left,
    }
}
