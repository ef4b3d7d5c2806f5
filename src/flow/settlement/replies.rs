//! What a settlement makes of the world's answers.

use super::{Settlement, Step};
use crate::domain::contact::Contact;
use crate::domain::outlook::Outlook;
use crate::effect::settlement::{SettlementBegun, SettlementEffect, SettlementReply};
use crate::effect::{Effect, Proved, Reply};
use crate::flow::Next;
use crate::flow::code::{CodePanel, CodeWords};
use crate::flow::machine::Machine as _;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

impl Settlement {
    pub(super) fn heard(mut self, effect: Effect, reply: Reply) -> Next<Self> {
        let accept = || Form::new(vec![], vec![ButtonName::Accept]);
        match (effect, reply) {
            (Effect::Settlement(_), Reply::Settlement(SettlementReply::Over)) => {
                self.step = Step::Over { buttons: accept() };
            }
            (Effect::Settlement(SettlementEffect::GoOn(_)), reply) => match reply {
                Reply::Settlement(SettlementReply::NotYet) => self.is_early = true,
                Reply::Settlement(SettlementReply::GoesOn(begun)) => self.begins(begun),
                _ => {}
            },
            (
                Effect::Settlement(SettlementEffect::ProveChannel(_, contact)),
                Reply::Settlement(SettlementReply::ToProve { awaiting, sent_to }),
            ) => {
                self.step = match contact {
                    Contact::Mobile(_) => Step::MobileCode { code: CodePanel::of_mobile(awaiting), sent_to },
                    Contact::CompanyEmail(_) | Contact::RepresentativeEmail(_) => {
                        Step::EmailCode { code: CodePanel::new(awaiting, CodeWords::Settlement), sent_to }
                    }
                };
            }
            (Effect::Settlement(SettlementEffect::ProveChannel(_, contact)), Reply::CodeLimit) => {
                let (form, name) = match contact {
                    Contact::Mobile(_) => (&mut self.typed.mobile, Name::Mobile),
                    Contact::CompanyEmail(_) | Contact::RepresentativeEmail(_) => {
                        (&mut self.typed.email, Name::CompanyEmail)
                    }
                };
                form.fail(name, Msg::WrongCodeLimitSettlement);
            }
            (Effect::CheckCode { .. }, Reply::AddressProved(Proved::Contact)) => self.code_right(),
            (
                Effect::Settlement(SettlementEffect::Settle(_)),
                Reply::Settlement(SettlementReply::Settled { folio, notices }),
            ) => {
                self.step = Step::Settled { folio, notices, buttons: accept() };
            }
            (effect @ Effect::Settlement(SettlementEffect::Settle(_)), _) => return self.left(&effect),
            (effect, reply) => {
                if let Step::EmailCode { code, .. } | Step::MobileCode { code, .. } = &mut self.step {
                    code.refused(&effect, &reply);
                }
            }
        }
        Next::Stay(self)
    }

    /// Whoever doesn't say that a facilitator stays, retires them.
    fn begins(&mut self, begun: Box<SettlementBegun>) {
        let stays = || Form::new(vec![Field::check(Name::FacilitatorStays)], vec![ButtonName::Continue]);
        self.typed.facilitators = begun.facilitators.iter().map(|_| stays()).collect();
        if begun.sms == Outlook::Off {
            self.typed.mobile = Form::new(vec![Field::line(Name::Mobile)], vec![ButtonName::Continue]);
        }
        self.begun = Some(begun);
        self.step = Step::Email;
    }

    fn code_right(&mut self) {
        let contact = match self.step {
            Step::EmailCode { .. } => self.email(),
            Step::MobileCode { .. } => {
                let mobile = self.mobile();
                mobile.map(Contact::Mobile)
            }
            _ => None,
        };
        if let Some(contact) = contact {
            self.channel_proved(&contact);
            self.proved.push(contact);
        }
    }
}
