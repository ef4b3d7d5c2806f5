//! What *Actualizar datos* and *Mis datos* make of the world's answers.

use super::{At, Panel, Receipt, Step, Told, Update, buttons};
use crate::effect::{ClaveKind, Effect, Proved, Reply, Representing};
use crate::flow::Next;
use crate::flow::credentials;
use crate::flow::machine::Machine;
use crate::flow::mismatch;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

impl Update {
    pub(super) fn heard(mut self, effect: Effect, reply: Reply) -> Next<Self> {
        let leave = || buttons([ButtonName::Leave]);
        match (effect, reply) {
            (Effect::CheckClave { .. }, Reply::ClaveRight(proved)) => {
                self.who.forget_secrets();
                if proved.kind() == ClaveKind::Own {
                    return self.ask(Effect::ReadData(proved));
                }
                self.step = Step::SentClave { buttons: buttons([ButtonName::GoChange, ButtonName::GoBack]) };
            }
            (Effect::ReadData(proved), Reply::DataRead(on_file)) => {
                return Next::Stay(self.open(proved, on_file));
            }
            (_, Reply::DataStale) => return Next::Stay(self.stale()),
            (Effect::CheckNewRepresentative(..), Reply::RepresentativeNamed(representing)) => {
                return Next::Stay(self.represented(representing));
            }
            (Effect::SaveData(..), Reply::DataSaved { folio, to_prove, notices }) => {
                let receipt = Receipt { folio, notices, proved: Vec::new(), later: Vec::new() };
                self.step = Step::prove(to_prove, receipt);
            }
            (Effect::CheckCode { .. }, Reply::AddressProved(Proved::Contact)) => {
                return Next::Stay(self.next_code(true));
            }
            (Effect::SendCopy(_), Reply::CopySent { folio, sent_to }) => {
                self.step = Step::CopySent { folio, sent_to, buttons: leave() };
            }
            (Effect::RequestErasure(_), Reply::ErasureAsked { folio, notices }) => {
                self.step = Step::ErasureAsked { folio, notices, buttons: leave() };
            }
            (Effect::TakeErasureBack(_), Reply::ErasureTakenBack { folio, notices }) => {
                self.step = Step::ErasureTakenBack { folio, notices, buttons: leave() };
            }
            (effect, reply) => return Next::Stay(self.refused(&effect, &reply)),
        }
        Next::Stay(self)
    }

    /// The account changed since the clave was proved: it is proved again, and all is read anew.
    fn stale(self) -> Self {
        let mut before = self.start_over();
        before.who.fail(Name::CurrentClave, Msg::WrongDataStale);
        before
    }

    fn represented(mut self, representing: Representing) -> Self {
        match &self.step {
            Step::Open(owner, At::Panel(Panel::Representative))
                if representing.company().rut() == owner.proved.company() => {}
            _ => return self,
        }
        self.wanted.represented(representing);
        self.to(At::Panel(Panel::RepresentativeContact))
    }

    fn refused(mut self, effect: &Effect, reply: &Reply) -> Self {
        match (effect, reply) {
            (Effect::CheckClave { .. }, reply) => {
                if let Some(error) = credentials::wrong(reply) {
                    self.who.forget_secrets();
                    self.who.fail(Name::CurrentClave, error);
                }
            }
            (Effect::CheckNewRepresentative(..), reply) => {
                let error = match reply {
                    Reply::CompanyClosed { .. } | Reply::CompanyUnknown { .. } => {
                        Some(Msg::WrongCompanyNotOpen)
                    }
                    reply => mismatch::said(reply, |tries| Msg::MismatchRepresentative { tries }),
                };
                if let Some(error) = error {
                    self.wanted.panels.form_mut(Panel::Representative).fail(Name::RepresentativeRut, error);
                }
            }
            (Effect::SendCodeAgain { .. } | Effect::CheckCode { .. }, reply) => {
                if let Step::Code { code, .. } = &mut self.step {
                    code.refused(effect, reply);
                }
            }
            (Effect::SaveData(..) | Effect::RequestErasure(_), Reply::DataLimit) => {
                return self.to(At::told(Told::TooManyChanges));
            }
            (Effect::SendCopy(_), Reply::CodeLimit) => return self.to(At::told(Told::TooManyMails)),
            (Effect::SaveData(..), Reply::ContactInPerson) => {
                return self.to(At::told(Told::ContactInPerson));
            }
            (Effect::SendCopy(_), Reply::NotProved) => return self.to(At::told(Told::NotProved)),
            _ => {}
        }
        self
    }
}
