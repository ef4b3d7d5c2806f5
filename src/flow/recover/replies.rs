//! What *Recuperar CS* makes of the world's answers.

use super::{Recover, Step, held_form};
use crate::effect::{Effect, Proved, Refusal, Reply};
use crate::flow::code_comes;
use crate::flow::machine::Machine;
use crate::form::Form;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

impl Recover {
    pub(super) fn heard(mut self, effect: Effect, reply: Reply) -> Self {
        match (effect, reply) {
            (Effect::BeginRecovery(company), Reply::SecretQuestion { question }) => {
                self.forward(Step::Question { company, question });
            }
            (Effect::BeginRecovery(company), Reply::NoSecretQuestion) => {
                self.forward(Step::Representative { company });
            }
            (Effect::CheckRepresentative { .. }, Reply::RepresentativeRight(representative)) => {
                self.forward(Step::Card { representative });
            }
            (Effect::CheckCard { .. }, Reply::CardRight { card, masked_email }) => {
                self.forward(Step::Address { card, masked: masked_email });
            }
            (
                Effect::CheckCard { .. } | Effect::RecoverWithCard { .. } | Effect::RecoverVouched { .. },
                Reply::CardRightNoAccount,
            ) => {
                self.plain = Form::new(vec![], vec![ButtonName::GoRegister, ButtonName::GoBack]);
                self.step = Step::NotRegistered;
            }
            (
                Effect::RecoverWithAnswer { .. }
                | Effect::RecoverWithCard { .. }
                | Effect::RecoverVouched { .. },
                Reply::RecoveryTaken { folio, sent_to },
            ) => self.sent(Step::Sent { folio, sent_to }),
            (Effect::WitnessCard { .. }, Reply::AddressProved(Proved::Sending { folio, sent_to })) => {
                self.sent(Step::SentToNewAddress { folio, sent_to });
            }
            (Effect::RecoverToNewAddress { .. }, Reply::NewAddressToProve { awaiting, sent_to }) => {
                self.step = Step::Code { awaiting, sent_to }
            }
            (Effect::CheckCode { .. }, Reply::AddressProved(Proved::Held { awaiting })) => {
                self.plain = held_form();
                self.step = Step::Held { awaiting };
            }
            (effect, reply) => self.refused(&effect, &reply),
        }
        self
    }

    pub(super) fn sent(&mut self, step: Step) {
        self.plain = Form::new(vec![], vec![ButtonName::Accept]);
        self.trail.clear();
        self.step = step;
    }

    /// A check did not pass: one neutral sentence beside the field that was asked last.
    fn refused(&mut self, effect: &Effect, reply: &Reply) {
        match (effect, reply) {
            (Effect::RecoverWithAnswer { .. }, Reply::Refused(Refusal::Mismatch { tries_left })) => {
                if let Some(step) = self.trail.pop() {
                    self.step = step;
                }
                self.question.fail(Name::Answer, Msg::Mismatch { tries: u64::from(*tries_left) });
            }
            (_, Reply::Refused(Refusal::Mismatch { tries_left })) => {
                let name = match effect {
                    Effect::CheckRepresentative { .. } => Name::RepresentativeRut,
                    Effect::CheckCard { .. } => Name::Serial,
                    _ => return,
                };
                self.form_mut().fail(name, Msg::Mismatch { tries: u64::from(*tries_left) });
            }
            (_, Reply::CodeWrong { tries_left }) => {
                self.code.fail(Name::Code, Msg::WrongCode { tries: u64::from(*tries_left) });
            }
            (Effect::SendCodeAgain { .. }, Reply::CodeDead) => {
                self.code.fail(Name::Code, Msg::WrongCodeOver);
            }
            (Effect::WitnessCard { .. }, Reply::CodeDead | Reply::PinWrong) => {
                let error = if *reply == Reply::PinWrong { Msg::WrongPin } else { Msg::WrongCodeOver };
                self.witness.forget_secrets();
                self.witness.fail(Name::Pin, error);
            }
            (_, Reply::CodeComing) => code_comes(&mut self.code),
            (_, Reply::CodeLimit) => self.code.fail(Name::Code, Msg::WrongCodeLimit),
            (_, Reply::CodeNotSent) => self.code.fail(Name::Code, Msg::WrongCodeEarly),
            (_, Reply::CodeDead) => self.code.fail(Name::Code, Msg::WrongCodeDead),
            _ => {}
        }
    }
}
