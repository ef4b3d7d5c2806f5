//! A facilitator's own *Cambiar CS*: they have no RUT, so their company, country and document say
//! who they are.

#[cfg(test)]
mod tests;

use super::choose_clave::{ChooseClave, ClaveInUse, Heard, Holder, HolderWords};
use super::mismatch;
use super::promise::Notice;
use super::shown::say;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::rut::Rut;
use crate::effect::facilitator::{FacilitatorEffect, FacilitatorProved, FacilitatorReply};
use crate::effect::{ClaveKind, Effect, Reply};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

/// The workflow.
pub type FacilitatorClave = ChooseClave<OfFacilitator>;

/// A facilitator's own clave.
#[derive(Debug, PartialEq)]
pub enum OfFacilitator {}

impl ClaveInUse for FacilitatorProved {
    fn company(&self) -> Rut {
        self.company()
    }

    fn kind(&self) -> ClaveKind {
        self.kind()
    }

    fn known(&self) -> &KnownWords {
        self.known()
    }
}

impl Holder for OfFacilitator {
    type Proof = FacilitatorProved;
    const IN_USE: Name = Name::SentClave;

    fn place() -> Msg {
        Msg::PlaceFacilitator
    }

    fn who() -> Form {
        let fields = vec![
            Field::company_rut(),
            Field::country(Name::Country),
            Field::line(Name::IdentityNumber),
            Field::hidden(Name::SentClave),
        ];
        Form::new(fields, vec![ButtonName::Validate])
    }

    fn check(who: &mut Form) -> Option<Effect> {
        let effect = who.read(|reader| {
            let company = reader.company_rut(Name::CompanyRut);
            let country = reader.country(Name::Country);
            let number = reader.identity_number(Name::IdentityNumber);
            let clave = reader.hidden(Name::SentClave);
            Some(FacilitatorEffect::CheckClave {
                company: company?,
                country: country?,
                number: number?,
                clave: clave?,
            })
        });
        effect.map(Effect::Facilitator)
    }

    fn change(proved: FacilitatorProved, clave: Clave) -> Effect {
        Effect::Facilitator(FacilitatorEffect::ChangeClave { proved, clave })
    }

    fn heard(effect: &Effect, reply: Reply) -> Heard<FacilitatorProved> {
        let Effect::Facilitator(effect) = effect else { return Heard::Nothing };
        match (effect, reply) {
            (
                FacilitatorEffect::CheckClave { .. },
                Reply::Facilitator(FacilitatorReply::ClaveRight(proved)),
            ) => Heard::Right(proved),
            (FacilitatorEffect::CheckClave { .. }, reply) => {
                Heard::wrong(mismatch::said(&reply, |tries| Msg::MismatchFacilitator { tries }))
            }
            (
                FacilitatorEffect::ChangeClave { .. },
                Reply::Facilitator(FacilitatorReply::ClaveChanged { folio, notices }),
            ) => Heard::Changed { folio, notices },
            (FacilitatorEffect::ChangeClave { .. }, Reply::Facilitator(FacilitatorReply::ClaveUnchanged)) => {
                Heard::Unchanged
            }
            _ => Heard::Nothing,
        }
    }

    fn words() -> HolderWords {
        HolderWords {
            who: vec![say(Msg::FacilitatorKeyHint)],
            help: Msg::HelpFacilitatorKey,
            sent: Msg::FacilitatorKeySentHint,
            notice: Notice::FacilitatorClaveChanged,
        }
    }
}
