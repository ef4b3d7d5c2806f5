//! What *Registrar Persona Jurídica* makes of the world's answers.

use super::{Panel, Register, Step, Then, Unfit};
use crate::domain::folio::Folio;
use crate::effect::{Effect, Proved, Refusal, Reply};
use crate::flow::code::{CodePanel, CodeWords};
use crate::form::Form;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

impl Register {
    pub(super) fn heard(mut self, effect: Effect, reply: Reply) -> Self {
        match (effect, reply) {
            (Effect::LookUpCompany(_), Reply::CompanyOpen(company)) => {
                self.panels.question.show_name(company.rut(), company.name());
                self.subject.company_is_open(company);
                self.open_after(Panel::Company);
            }
            (Effect::LookUpCompany(_), Reply::CompanyClosed { .. }) => self.unfit(Unfit::CompanyClosed),
            (Effect::LookUpCompany(_), Reply::CompanyUnknown) => self.unfit(Unfit::CompanyUnknown),
            (Effect::LookUpRepresentative { .. }, Reply::RepresentativeNamed(representing)) => {
                self.panels.representative_contact.show_name(representing.rut(), representing.name());
                self.subject.representative_is_right(representing);
                self.open_after(Panel::Representative);
            }
            (Effect::CreateAccount(_), Reply::ApplicationTaken { awaiting, sent_to }) => {
                self.panels.form_mut(Panel::Clave).forget_secrets();
                let code = CodePanel::or_later(awaiting, CodeWords::Registration);
                self.step = Step::Code { code, sent_to };
            }
            (Effect::CheckCode { .. }, Reply::AddressProved(Proved::Registration { folio })) => {
                return self.taken(folio, true);
            }
            (effect @ (Effect::CheckCode { .. } | Effect::SendCodeAgain { .. }), reply) => {
                if let Step::Code { code, .. } = &mut self.step {
                    code.refused(&effect, &reply);
                }
            }
            (_, Reply::Refused(Refusal::Mismatch { tries_left })) => {
                let error = Msg::MismatchRepresentative { tries: u64::from(tries_left) };
                self.panels.form_mut(Panel::Representative).fail(Name::RepresentativeRut, error);
            }
            _ => {}
        }
        self
    }

    /// The second part of a panel whose first was validated, still on the way to the review if it
    /// was opened from there.
    pub(super) fn open_after(&mut self, panel: Panel) {
        if let (Step::Panel(_, then), Some(next)) = (&self.step, panel.after()) {
            self.step = Step::Panel(next, *then);
        }
    }

    fn unfit(&mut self, unfit: Unfit) {
        let then = if let Step::Panel(_, then) = self.step { then } else { Then::NextPanel };
        let buttons = Form::new(vec![], vec![ButtonName::GoBack, ButtonName::AskHelp]);
        self.step = Step::Unfit { unfit, then, buttons };
    }

    pub(super) fn taken(mut self, folio: Folio, address_proved: bool) -> Self {
        let buttons = Form::new(vec![], vec![ButtonName::Finish]);
        self.step = Step::Taken { folio, address_proved, buttons };
        self
    }
}
