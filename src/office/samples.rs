//! What the tables of the use cases decide on.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use crate::domain::account::{Account, Address, Representative, SecretQuestion};
use crate::domain::comuna::Comuna;
use crate::domain::digest::Digest;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::lives::UNDO_LIFE_MS;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::trust::{ChannelOnFile, Channels, Rank, Trust};
use crate::domain::undo::{NoticeCode, Undo, Undoes};
use crate::office::notices::Notices;
use crate::store::records::{Held, Write};

/// A Thursday at noon, in milliseconds since 1970.
pub const NOON: u64 = 1_795_348_800_000;

/// Whose account it is.
pub fn company() -> Rut {
    Rut::of_body(99_999_999).unwrap()
}

/// Any digest: two are the same if their words are.
pub fn digest(of: &str) -> Digest {
    Digest(of.to_string())
}

/// As if it had been read.
pub fn held<T>(id: u8, value: T) -> Held<T> {
    Held { id: Id([id; 16]), version: 5, due_ms: None, value }
}

/// Its clave is `old`, its answer `answer`; it names no recovery and no notice, and its channels have been
/// proved for years.
pub fn account() -> Account {
    let mut account = Account {
        company: company(),
        name: "Comercial Ejemplo Limitada".into(),
        secret_question: Some(SecretQuestion { question: "¿CUÁL?".into(), answer: digest("answer") }),
        address: Address {
            comuna: Comuna::named("Ñuñoa").unwrap(),
            street: "Avenida Irarrázaval".into(),
            number: "1234".into(),
            block: None,
            apartment: None,
        },
        email: "contacto@comercial.example".parse().unwrap(),
        phone: "223456789".parse().unwrap(),
        fax: None,
        representative: Representative {
            rut: Rut::of_body(11_111_111).unwrap(),
            name: "Ana Ejemplo".into(),
            mobile: "987654321".parse().unwrap(),
            email: "ana@ejemplo.example".parse().unwrap(),
        },
        clave: digest("old"),
        recoveries: Vec::new(),
        undos: Vec::new(),
        language: Language::Es,
        created_ms: 0,
        trust: Trust::new(Channels::typed(0), Rank::Low, 0),
    };
    for place in account.places(ChannelOnFile::is_on_file) {
        account.prove(&place, Rank::Low, 0);
    }
    account
}

/// A notice of this deed, with one code, `code` and its number. It was sent at noon.
pub fn notice(id: u8, what: Undoes) -> Held<Undo> {
    let code = NoticeCode { errand: Id([id; 16]), to: Id([0; 16]), digest: digest(&format!("code {id}")) };
    let expires_ms = NOON + UNDO_LIFE_MS;
    let undo = Undo { company: company(), folio: folio(id), what, codes: vec![code], expires_ms, tries: 0 };
    held(id, undo)
}

/// Any folio: two are the same if their numbers are.
pub fn folio(number: u8) -> Folio {
    Folio::new([number, 0, 0, 0, 0])
}

/// What a batch does, a word and a kind or deed each.
pub fn told(writes: &[Write]) -> Vec<String> {
    let kind = |of: &dyn std::fmt::Debug| format!("{of:?}");
    let one = |write: &Write| match write {
        Write::New { value, .. } => format!("new {}", kind(&value.kind())),
        Write::NewAccount(_) => "new account".to_string(),
        Write::Replace { value, .. } => format!("replace {}", kind(&value.kind())),
        Write::Remove { at, .. } => format!("remove {} {}", kind(&at.kind), at.id.0[0]),
        Write::Unchanged { at, .. } => format!("unchanged {}", kind(&at.kind)),
        Write::Audit(entry) => format!("row {:?} {:?}", entry.action, entry.outcome),
        other => panic!("not of these use cases: {other:?}"),
    };
    writes.iter().map(one).collect()
}

/// So many notices that work, 20 and on, at noon.
pub fn notices(count: u8) -> Notices {
    let known: Vec<_> =
        (20..20 + count).map(|id| notice(id, Undoes::Recovery { recovery: Id([id; 16]) })).collect();
    Notices::for_test(&known, NOON)
}
