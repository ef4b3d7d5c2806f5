//! The forms of a settlement's list.

use crate::domain::clean::Clean;
use crate::flow::Setup;
use crate::flow::panels::AddressPanel;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::page::Words;

/// What was typed. It outlives its step.
#[derive(Debug, PartialEq)]
pub struct SettlementForms {
    pub waiting: Form,
    pub email: Form,
    pub mobile: Form,
    pub phone: Form,
    pub address: AddressPanel,
    pub question: Form,
    pub clave: Form,
    pub facilitators: Vec<Form>,
    /// To choose from.
    pub questions: Vec<Clean>,
}

impl SettlementForms {
    /// With nothing typed.
    pub fn new(setup: &Setup) -> Self {
        let options = setup.questions.iter().cloned().map(Words::Given).collect();
        let going_on = |fields| Form::new(fields, vec![ButtonName::Continue]);
        SettlementForms {
            waiting: Form::new(vec![], vec![ButtonName::Continue, ButtonName::AskHelp]),
            email: going_on(vec![Field::email(Name::CompanyEmail)]),
            mobile: Form::new(
                vec![Field::line(Name::Mobile)],
                vec![ButtonName::Continue, ButtonName::NoMobileHere],
            ),
            phone: going_on(vec![Field::line(Name::Phone)]),
            address: AddressPanel::new(),
            question: going_on(vec![Field::choice(Name::Question, options), Field::hidden(Name::Answer)]),
            clave: going_on(vec![Field::hidden(Name::Clave), Field::hidden(Name::RepeatClave)]),
            facilitators: Vec::new(),
            questions: setup.questions.clone(),
        }
    }
}
