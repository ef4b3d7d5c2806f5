//! *Cambiar CS* (guide 4), of a company: who stands in for it, and the clave in use.

#[cfg(test)]
mod tests;

use super::choose_clave::{ChooseClave, ClaveInUse, Heard, Holder, HolderWords};
use super::credentials;
use super::machine::Machine as _;
use super::promise::Notice;
use super::shown::say;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::rut::Rut;
use crate::effect::{ClaveKind, ClaveProved, Effect, Reply};
use crate::form::Form;
use crate::form::names::Name;
use crate::page::Block;
use crate::text::Msg;

/// The workflow.
pub type Change = ChooseClave<Company>;

impl Change {
    /// With this RUT filled in, for whoever has just asked for a key.
    pub fn of(company: Rut) -> Self {
        let mut change = Change::default();
        if let Some(field) = change.form_mut().and_then(|form| form.field_mut(Name::CompanyRut)) {
            field.set_text(&company.to_string());
        }
        if let Some(form) = change.form_mut() {
            form.focus_on(Name::RepresentativeRut);
        }
        change
    }
}

/// The company's own clave.
#[derive(Debug, PartialEq)]
pub enum Company {}

impl ClaveInUse for ClaveProved {
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

impl Holder for Company {
    type Proof = ClaveProved;
    const IN_USE: Name = Name::CurrentClave;

    fn place() -> Msg {
        Msg::PlaceChange
    }

    fn who() -> Form {
        credentials::form(Name::CurrentClave)
    }

    fn check(who: &mut Form) -> Option<Effect> {
        credentials::check(who, Name::CurrentClave)
    }

    fn change(proved: ClaveProved, clave: Clave) -> Effect {
        Effect::ChangeClave { proved, clave }
    }

    fn heard(effect: &Effect, reply: Reply) -> Heard<ClaveProved> {
        match (effect, reply) {
            (Effect::CheckClave { .. }, Reply::ClaveRight(proved)) => Heard::Right(proved),
            (Effect::CheckClave { .. }, reply) => Heard::wrong(credentials::wrong(&reply)),
            (Effect::ChangeClave { .. }, Reply::ClaveChanged { folio, notices }) => {
                Heard::Changed { folio, notices }
            }
            (Effect::ChangeClave { .. }, Reply::ClaveUnchanged) => Heard::Unchanged,
            (Effect::ChangeClave { .. }, Reply::DataStale) => Heard::Wrong { says: Msg::WrongDataStale },
            _ => Heard::Nothing,
        }
    }

    fn words() -> HolderWords {
        HolderWords {
            who: vec![
                Block::guide_or(say(Msg::GuideChange), say(Msg::ChangeWhoHint)),
                Block::guide(Block::Important(Msg::GuideChangeImportant)),
                Block::Panel(Msg::PanelValidate),
            ],
            help: Msg::HelpSentKey,
            sent: Msg::ChangeSentHint,
            notice: Notice::ClaveChanged,
        }
    }
}
