//! What *Actualizar datos* makes of the world's answers.

use super::{At, FIRST_LINE, Owner, Panel, Receipt, Step, Told, Update};
use crate::domain::folio::Folio;
use crate::effect::{ClaveKind, Effect, Proved, Refusal, Reply, Representing, ToProve};
use crate::flow::machine::Machine;
use crate::flow::{Next, code_comes};
use crate::form::Form;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

impl Update {
    pub(super) fn heard(mut self, effect: Effect, reply: Reply) -> Next<Self> {
        match (effect, reply) {
            (Effect::CheckClave { .. }, Reply::ClaveRight(proved)) => {
                self.who.forget_secrets();
                if proved.kind() == ClaveKind::Own {
                    return self.ask(Effect::ReadData(proved));
                }
                self.plain = Form::new(vec![], vec![ButtonName::GoChange, ButtonName::GoBack]);
                self.step = Step::SentClave;
            }
            (Effect::ReadData(proved), Reply::DataRead(on_file)) => {
                self.panels.fill(&on_file);
                return Next::Stay(self.to(Owner { proved, on_file }, At::Review { at: FIRST_LINE }));
            }
            (_, Reply::DataStale) => return Next::Stay(self.stale()),
            (Effect::CheckNewRepresentative(..), Reply::RepresentativeNamed(representing)) => {
                return Next::Stay(self.represented(representing));
            }
            (Effect::SaveData(..), Reply::DataSaved { folio, to_prove }) => {
                return Next::Stay(self.saved(folio, to_prove));
            }
            (Effect::CheckCode { .. }, Reply::AddressProved(Proved::Contact)) => {
                return Next::Stay(self.next_code(true));
            }
            (Effect::SendCopy(_), Reply::CopySent { folio, sent_to }) => {
                self = self.ends(Step::CopySent { folio, sent_to }, ButtonName::Finish);
            }
            (Effect::RequestErasure(_), Reply::ErasureAsked { folio }) => {
                self = self.ends(Step::ErasureAsked { folio }, ButtonName::Finish);
            }
            (Effect::TakeErasureBack(_), Reply::ErasureTakenBack { folio }) => {
                self = self.ends(Step::ErasureTakenBack { folio }, ButtonName::Finish);
            }
            (effect, reply) => return Next::Stay(self.refused(&effect, &reply)),
        }
        Next::Stay(self)
    }

    fn ends(mut self, step: Step, button: ButtonName) -> Self {
        self.plain = Form::new(vec![], vec![button]);
        self.step = step;
        self
    }

    /// The account changed since the key was proved: it is proved again, and all is read anew.
    fn stale(self) -> Self {
        let mut before = self.start_over();
        before.who.fail(Name::CurrentClave, Msg::WrongDataStale);
        before
    }

    fn represented(mut self, representing: Representing) -> Self {
        let Step::Open(owner, At::Panel(Panel::Representative)) = &self.step else { return self };
        let owner = owner.clone();
        if representing.company.rut != owner.proved.company {
            return self;
        }
        self.panels.name_representative(representing.rut, &representing.name);
        if self.representing.as_ref().is_none_or(|known| known.rut != representing.rut) {
            self.panels.empty_representative_contact();
        }
        self.representing = Some(representing);
        self.to(owner, At::Panel(Panel::RepresentativeContact))
    }

    fn saved(mut self, folio: Folio, to_prove: Vec<ToProve>) -> Self {
        let receipt = Receipt { folio, proved: Vec::new(), later: Vec::new() };
        if to_prove.is_empty() {
            return self.ends(Step::Saved(receipt), ButtonName::Finish);
        }
        self.code = crate::flow::panels::code_form();
        self.step = Step::Code { waiting: to_prove, receipt };
        self
    }

    fn refused(mut self, effect: &Effect, reply: &Reply) -> Self {
        match (effect, reply) {
            (Effect::CheckClave { .. }, Reply::Refused(Refusal::Mismatch { tries_left })) => {
                self.who.forget_secrets();
                self.who.fail(Name::CurrentClave, Msg::MismatchClave { tries: u64::from(*tries_left) });
            }
            (Effect::CheckNewRepresentative(..), reply) => {
                let error = match reply {
                    Reply::Refused(Refusal::Mismatch { tries_left }) => {
                        Msg::MismatchRepresentative { tries: u64::from(*tries_left) }
                    }
                    Reply::CompanyClosed { .. } | Reply::CompanyUnknown => Msg::WrongCompanyNotOpen,
                    _ => return self,
                };
                self.panels.form_mut(Panel::Representative).fail(Name::RepresentativeRut, error);
            }
            (Effect::SendCodeAgain { .. } | Effect::CheckCode { .. }, reply) => {
                self.code_refused(effect, reply)
            }
            (Effect::SaveData(..) | Effect::RequestErasure(_), Reply::DataLimit) => {
                return self.told(Told::TooManyChanges);
            }
            (Effect::SendCopy(_), Reply::CodeLimit) => return self.told(Told::TooManyMails),
            _ => {}
        }
        self
    }

    fn told(self, told: Told) -> Self {
        match &self.step {
            Step::Open(owner, _) => {
                let owner = owner.clone();
                self.to(owner, At::Told(told))
            }
            _ => self,
        }
    }

    fn code_refused(&mut self, effect: &Effect, reply: &Reply) {
        let error = match (effect, reply) {
            (_, Reply::CodeWrong { tries_left }) => Msg::WrongCode { tries: u64::from(*tries_left) },
            (Effect::SendCodeAgain { .. }, Reply::CodeDead) => Msg::WrongCodeOverContact,
            (_, Reply::CodeDead) => Msg::WrongCodeDeadContact,
            (_, Reply::CodeComing) => return code_comes(&mut self.code),
            (_, Reply::CodeLimit) => Msg::WrongCodeLimitContact,
            (_, Reply::CodeNotSent) => Msg::WrongCodeEarly,
            (_, Reply::DataLimit) => Msg::WrongDataLimit,
            _ => return,
        };
        self.code.fail(Name::Code, error);
    }
}
