//! What *Recuperar CS* makes of the world's answers.

use super::{Recover, Step, WayToCard};
use crate::domain::destination::Channel;
use crate::domain::folio::Folio;
use crate::effect::settlement::SettlementReply;
use crate::effect::{Effect, Outgoing, Proved, Reply, SentTo};
use crate::flow::code::{CodePanel, CodeWords};
use crate::flow::mismatch;
use crate::flow::sent_key;
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
                self.forward(Step::Representative { company, by: WayToCard::NoQuestion });
            }
            (Effect::CheckRepresentative { .. }, Reply::RepresentativeRight(representative)) => {
                self.forward(Step::Card { representative });
            }
            (Effect::CheckCard { .. }, Reply::CardRight { card, masked_email, outlook }) => {
                let on_file = Outgoing { channel: Channel::Mail, to: masked_email, outlook };
                self.forward(Step::Address { card, on_file });
            }
            (Effect::CheckCard { .. }, Reply::Settlement(SettlementReply::Needed(card))) => {
                let buttons = Form::new(vec![], vec![ButtonName::AskHelp, ButtonName::GoBack]);
                self.step = Step::Frozen { card, buttons };
            }
            (
                Effect::CheckCard { .. } | Effect::RecoverWithCard { .. } | Effect::RecoverVouched { .. },
                Reply::CardRightNoAccount { card },
            ) => self.step = Step::not_registered(card),
            (
                Effect::RecoverWithAnswer { .. }
                | Effect::RecoverWithCard { .. }
                | Effect::RecoverVouched { .. },
                Reply::RecoveryTaken { folio, sent_to },
            ) => {
                self.sent(folio, sent_to);
            }
            (
                Effect::RecoverToNewAddress { .. }
                | Effect::RecoverWithAnswer { .. }
                | Effect::RecoverWithCard { .. }
                | Effect::RecoverVouched { .. },
                Reply::NewAddressToProve { awaiting, sent_to },
            ) => self.step = Step::Code { code: CodePanel::new(awaiting, CodeWords::Recovery), sent_to },
            (
                Effect::CheckCode { .. } | Effect::RecoverWithCard { .. },
                Reply::AddressProved(Proved::Held { awaiting, until, notices }),
            ) => {
                self.step = Step::held(awaiting, (until, notices));
            }
            (Effect::CheckCode { .. }, Reply::AddressProved(Proved::Sending { folio, sent_to })) => {
                self.sent(folio, sent_to);
            }
            (effect, reply) => self.refused(&effect, &reply),
        }
        self
    }

    fn sent(&mut self, folio: Folio, sent_to: SentTo) {
        self.trail.clear();
        let buttons = sent_key::buttons(&sent_to);
        self.step = Step::Sent { folio, sent_to, buttons };
    }

    pub(super) fn sent_to_new_address(&mut self, folio: Folio, sent_to: SentTo) {
        self.trail.clear();
        let buttons = sent_key::buttons(&sent_to);
        self.step = Step::SentToNewAddress { folio, sent_to, buttons };
    }

    /// What was typed last did not match: where, and what is said there.
    fn mismatch(&mut self, effect: &Effect, reply: &Reply) -> Option<(&mut Form, Name, Msg)> {
        let typed = &mut self.typed;
        if let Effect::CheckCard { serial, .. } = effect {
            typed.expired.heard(serial, reply);
        }
        let (form, name, says): (_, _, fn(u64) -> Msg) = match effect {
            Effect::CheckAnswer { .. } => {
                (&mut typed.question, Name::Answer, |tries| Msg::MismatchAnswer { tries })
            }
            Effect::CheckRepresentative { .. } => {
                (&mut typed.representative, Name::RepresentativeRut, |tries| Msg::MismatchRepresentative {
                    tries,
                })
            }
            Effect::CheckCard { .. } => (&mut typed.card, Name::Serial, |tries| Msg::MismatchCard { tries }),
            _ => return None,
        };
        Some((form, name, mismatch::said(reply, says)?))
    }

    /// A check did not pass: one neutral sentence beside the field that was asked last.
    fn refused(&mut self, effect: &Effect, reply: &Reply) {
        if let Some((form, name, error)) = self.mismatch(effect, reply) {
            form.fail(name, error);
            return;
        }
        match (effect, reply) {
            (Effect::RecoverWithAnswer { .. }, Reply::DataStale) => {
                if let Some(step) = self.trail.pop() {
                    self.step = step;
                }
                self.typed.question.fail(Name::Answer, Msg::WrongAnswerStale);
            }
            (Effect::RecoverToNewAddress { .. }, Reply::CodeLimit) => {
                if let Some(step) = self.trail.pop() {
                    self.step = step;
                }
                self.typed.address.fail(Name::NewEmail, Msg::WrongCodeLimitAddress);
            }
            (
                Effect::RecoverWithAnswer { .. }
                | Effect::RecoverWithCard { .. }
                | Effect::RecoverVouched { .. },
                Reply::CodeLimit,
            ) => self.step = Step::TooManyCodes { buttons: accept() },
            (Effect::CheckCode { .. } | Effect::SendCodeAgain { .. }, reply) => {
                if let Step::Code { code, .. } = &mut self.step {
                    code.refused(effect, reply);
                }
            }
            _ => {}
        }
    }
}

fn accept() -> Form {
    Form::new(vec![], vec![ButtonName::Accept])
}
