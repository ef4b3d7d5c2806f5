//! Who is who at the real desk: the model's people, mailboxes and mobiles, and the account that is there
//! at first.

use std::sync::LazyLock;

use totem::domain::account::{Account, Address, Representative, SecretQuestion};
use totem::domain::answer::Answer;
use totem::domain::clean::Clean;
use totem::domain::comuna::Comuna;
use totem::domain::language::Language;
use totem::domain::phone::Mobile;
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;
use totem::domain::trust::{Channels, Rank, TRUSTED_AFTER_MS, Trust};
use totem::store::records::Records;
use totem_model::desk::{MAIN, MOBILE, Mailbox, SECOND, Who};
use totem_model::variant::Variant;

use crate::booth::{ANSWER, COMPANY, questions};

/// Of the company's first CS.
pub const FIRST: &str = "Trebol?71";

pub fn company() -> Rut {
    rut(COMPANY)
}

pub fn rut(text: &str) -> Rut {
    text.parse().expect("a RUT")
}

/// Their RUT and card. Whoever steals comes as the owner.
pub fn named(who: Who) -> (Rut, &'static str) {
    match who {
        Who::Owner | Who::Thief => (rut("11111111-1"), "B1C234567"),
        Who::Partner => (rut("22222222-2"), "222222222"),
    }
}

pub fn email(mailbox: Mailbox) -> &'static str {
    match mailbox {
        Mailbox::Own => "duena@empresa.example",
        Mailbox::Fresh => "nueva@empresa.example",
        Mailbox::Former => "antes@empresa.example",
        Mailbox::Stranger => "ajena@correo.example",
        Mailbox::Partner => "socio@empresa.example",
    }
}

/// As the form takes it.
pub fn mobile(mailbox: Option<Mailbox>) -> Mobile {
    let number = match mailbox {
        None => "900000000",
        Some(Mailbox::Own) => "911111111",
        Some(Mailbox::Fresh) => "922222222",
        Some(Mailbox::Former) => "933333333",
        Some(Mailbox::Stranger) => "944444444",
        Some(Mailbox::Partner) => "955555555",
    };
    number.parse().expect("a mobile")
}

/// Looking a commune up by its name takes longer than all the rest of a trace.
static COMUNA: LazyLock<Comuna> = LazyLock::new(|| Comuna::named("Ñuñoa").expect("there is such a commune"));

pub fn address() -> Address {
    Address {
        comuna: *COMUNA,
        street: Clean::from("Avenida Irarrázaval"),
        number: Clean::from("1234"),
        block: None,
        apartment: None,
    }
}

/// Puts what is on file at first into the store, if anything is.
pub async fn enter(variant: &Variant, records: &Records, now_ms: u64) {
    let Some(known) = variant.first_desk().account else { return };
    let vault = records.vault();
    let answer = Answer::new(ANSWER).expect("the answer is long enough");
    let mailbox = |place: usize| known.places[place].map(|on_file| on_file.mailbox);
    let mail = |place| email(mailbox(place).expect("a mailbox is on file")).parse().expect("an address");
    let mut account = Account {
        company: company(),
        name: Clean::from("Comercial Ejemplo Limitada"),
        secret_question: Some(SecretQuestion {
            question: questions().swap_remove(0),
            answer: vault.digest(answer.secret()).await,
        }),
        address: address(),
        email: mail(MAIN),
        phone: "223456789".parse().expect("a telephone"),
        fax: None,
        representative: Representative {
            rut: named(known.representative).0,
            name: Clean::from("Ana Ejemplo Demostración"),
            mobile: mobile(mailbox(MOBILE)),
            email: mail(SECOND),
        },
        clave: vault.digest(&Secret::new(FIRST)).await,
        recoveries: Vec::new(),
        undos: Vec::new(),
        language: Language::Es,
        created_ms: now_ms,
        trust: Trust::new(Channels::typed(now_ms), Rank::Low, now_ms),
    };
    let long_ago_ms = now_ms - TRUSTED_AFTER_MS - 1;
    for (channel, place) in account.channels().into_iter().zip([MAIN, MOBILE, SECOND]) {
        if known.places[place].is_some_and(|on_file| on_file.proved.is_some()) {
            account.prove(&channel.contact.destination(), Rank::Low, long_ago_ms);
        }
    }
    records.draft(now_ms).new_account(&account).commit(records).await.expect("the store is up");
}
