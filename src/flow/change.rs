//! *Cambiar CS* (guide 4): who, and the key in use; the new one twice; the letters; *Cambiar
//! Clave*. A key that was sent leads here too, and is good for nothing but choosing one's own (S7).

#[cfg(test)]
mod tests;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::machine::{Machine, waits};
use super::{Ending, Engagement, Next, Workflow, credentials, folio_blocks, page};
use crate::domain::clave::Clave;
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::effect::{ClaveKind, ClaveProved, Effect, Refusal, Reply};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Fact, Page, Words};
use crate::text::Msg;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Step {
    /// *Rut Empresa*, *Rut Representante Legal*, *CS Actual* → *Validar*.
    #[default]
    Who,
    /// *CS Nueva*, *Repetir CS Nueva*.
    Choose { proved: ClaveProved },
    /// The letters and *Cambiar Clave*.
    Confirm { proved: ClaveProved, clave: Clave, letters: ChallengePanel },
    /// The guide's dialog.
    Changed { folio: Folio },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

#[derive(Debug, PartialEq)]
pub struct Change {
    step: Step,
    who: Form,
    choose: Form,
    /// The buttons of a page without fields.
    plain: Form,
}

impl Default for Change {
    fn default() -> Self {
        Change {
            step: Step::Who,
            who: Form::new(
                credentials::fields(Name::CurrentClave),
                vec![ButtonName::Validate, ButtonName::GoRecover],
            ),
            choose: Form::new(
                vec![Field::hidden(Name::NewClave), Field::hidden(Name::RepeatNewClave)],
                vec![ButtonName::Continue],
            ),
            plain: Form::new(vec![], vec![ButtonName::GoBack]),
        }
    }
}

waits!(Step);

impl Machine for Change {
    type Step = Step;

    fn step(&self) -> &Step {
        &self.step
    }

    fn step_mut(&mut self) -> &mut Step {
        &mut self.step
    }

    fn form_mut(&mut self) -> &mut Form {
        match self.step {
            Step::Who => &mut self.who,
            Step::Choose { .. } => &mut self.choose,
            _ => &mut self.plain,
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match self.step.clone() {
            Step::Who if button == ButtonName::GoRecover => Next::Leave(Ending::To(Workflow::Recover)),
            Step::Who => match credentials::check(&mut self.who, Name::CurrentClave) {
                Some(effect) => self.ask(effect),
                None => Next::Stay(self),
            },
            Step::Choose { proved } => {
                let known = proved.known().clone();
                let read =
                    self.choose.read(|reader| reader.clave(Name::NewClave, Name::RepeatNewClave, &known));
                match read {
                    Some(clave) if self.is_current(&clave) => {
                        self.choose.fail(Name::NewClave, Msg::WrongClaveUnchanged);
                        Next::Stay(self)
                    }
                    Some(clave) => {
                        let letters = ChallengePanel::new([' '; 4], ButtonName::ChangeClave);
                        self.step = Step::Confirm { proved, clave, letters };
                        self.ask(Effect::DrawChallenge)
                    }
                    None => Next::Stay(self),
                }
            }
            Step::Changed { .. } => Next::Leave(Ending::Visit),
            Step::Confirm { .. } | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::Who => Next::Leave(Ending::Menu),
            Step::Choose { .. } => {
                self.who.forget_secrets();
                self.choose.forget_secrets();
                self.step = Step::Who;
                Next::Stay(self)
            }
            Step::Confirm { proved, .. } => {
                self.choose.forget_secrets();
                self.step = Step::Choose { proved };
                Next::Stay(self)
            }
            Step::Changed { .. } | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        if let Step::Confirm { letters, .. } = &mut self.step { Some(letters) } else { None }
    }

    fn challenge_passed(self) -> Next<Self> {
        let Step::Confirm { proved, clave, .. } = self.step.clone() else { return Next::Stay(self) };
        self.ask(Effect::ChangeClave { proved, clave })
    }

    fn answered(mut self, effect: Effect, reply: Reply) -> Next<Self> {
        match (effect, reply) {
            (Effect::CheckClave { .. }, Reply::ClaveRight(proved)) => self.step = Step::Choose { proved },
            (Effect::ChangeClave { .. }, Reply::ClaveChanged { folio }) => {
                self.forget_secrets();
                self.plain = Form::new(vec![], vec![ButtonName::Accept]);
                self.step = Step::Changed { folio };
            }
            (Effect::ChangeClave { .. }, Reply::ClaveUnchanged) => {
                if let Step::Confirm { proved, .. } = self.step.clone() {
                    self.choose.forget_secrets();
                    self.choose.fail(Name::NewClave, Msg::WrongClaveUnchanged);
                    self.step = Step::Choose { proved };
                }
            }
            (Effect::CheckClave { .. }, Reply::Refused(Refusal::Mismatch { tries_left })) => {
                self.forget_secrets();
                self.who.fail(Name::CurrentClave, Msg::MismatchClave { tries: u64::from(tries_left) });
                self.step = Step::Who;
            }
            _ => {}
        }
        Next::Stay(self)
    }
}

impl Change {
    fn form(&self) -> &Form {
        match &self.step {
            Step::Who => &self.who,
            Step::Choose { .. } => &self.choose,
            Step::Confirm { letters, .. } => letters.form(),
            _ => &self.plain,
        }
    }

    /// Whether it is the key that was typed as the current one.
    fn is_current(&self, clave: &Clave) -> bool {
        self.who.field(Name::CurrentClave).is_some_and(|field| &field.secret() == clave.secret())
    }

    fn forget_secrets(&mut self) {
        self.who.forget_secrets();
        self.choose.forget_secrets();
    }

    pub fn engagement(&self) -> Engagement {
        match self.step {
            Step::Changed { .. } => Engagement::Confirmation,
            Step::Who if !self.who.is_touched() => Engagement::NothingTyped,
            _ => Engagement::DataTyped,
        }
    }

    pub fn page(&self) -> Page {
        let place = Msg::PlaceChange;
        let form = self.form();
        let steps = vec![Msg::StepWho, Msg::StepNewClave, Msg::StepLetters];
        let say = |msg| Block::Paragraph(Words::Said(msg));
        let (heading, mut blocks, number, help) = match &self.step {
            Step::Asking(asked) => return asked.page(place),
            Step::Who => (Msg::ChangeWhoHeading, vec![say(Msg::ChangeWhoHint)], 1, vec![Msg::HelpSentKey]),
            Step::Choose { proved } if proved.kind() == ClaveKind::Sent => {
                (Msg::ChangeSentHeading, vec![say(Msg::ChangeSentHint)], 2, vec![Msg::HelpClave])
            }
            Step::Choose { .. } => {
                (Msg::ChangeOwnHeading, vec![say(Msg::ClaveRule)], 2, vec![Msg::HelpClave])
            }
            Step::Confirm { proved, letters, .. } => {
                let company = Words::Given(Clean::from(proved.company.to_string()));
                let facts = Fact { label: Msg::LabelCompanyRut, value: company, change: None };
                let mut blocks = vec![Block::Facts(vec![facts])];
                blocks.extend(letters.blocks());
                let page = page(place, Msg::ChangeConfirmHeading, blocks, form.focus());
                return page.at_step(3, steps).with_help(vec![Msg::HelpLetters]);
            }
            Step::Changed { folio } => {
                let mut blocks = vec![say(Msg::Changed), say(Msg::ChangedWhatNext)];
                blocks.extend(folio_blocks(*folio));
                blocks.extend(form.blocks());
                return page(place, Msg::SuccessHeading, blocks, form.focus()).with_no_way_back();
            }
        };
        blocks.extend(form.blocks());
        page(place, heading, blocks, form.focus()).at_step(number, steps).with_help(help)
    }
}
