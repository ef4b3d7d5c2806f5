//! What the tables about facilitators decide on.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

pub use super::samples::{NOON, held};
use crate::domain::account::SecretQuestion;
use crate::domain::country::Country;
use crate::domain::digest::Digest;
use crate::domain::facilitator::{
    CivilStatus, Facilitator, FacilitatorRequest, Identity, IdentityKind, Person, RequestState, Sex,
};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;

/// Who is to get a clave.
pub fn person() -> Person {
    let country = Country::named("Perú").unwrap();
    Person {
        identity: Identity { kind: IdentityKind::Passport, number: "AB123456".parse().unwrap(), country },
        names: "María".parse().unwrap(),
        paternal_surname: "Quispe".parse().unwrap(),
        maternal_surname: None,
        sex: Sex::Female,
        birth: "01-12-1992".parse().unwrap(),
        civil_status: CivilStatus::Single,
        children: "0".parse().unwrap(),
        email: "maria@ejemplo.example".parse().unwrap(),
    }
}

fn question() -> SecretQuestion {
    SecretQuestion { question: "?".into(), answer: Digest("answer".into()) }
}

/// A request that has come this far; `11111111-1` asked for it.
pub fn request(state: RequestState) -> FacilitatorRequest {
    FacilitatorRequest {
        folio: Folio::new([9; 5]),
        company: Rut::of_body(99_999_999).unwrap(),
        representative: Rut::of_body(11_111_111).unwrap(),
        person: person(),
        secret_question: question(),
        declaration: Id([21; 16]),
        identity_document: Id([22; 16]),
        state,
        decisions: Vec::new(),
        language: Language::Es,
        created_ms: 0,
    }
}

/// A facilitator with this clave, and no sent one.
pub fn facilitator(clave: &str) -> Facilitator {
    Facilitator {
        company: Rut::of_body(99_999_999).unwrap(),
        person: person(),
        secret_question: question(),
        clave: Some(Digest(clave.into())),
        recoveries: Vec::new(),
        language: Language::Es,
        created_ms: 0,
    }
}
