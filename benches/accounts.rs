//! A store with many accounts, written through the program's own records.

use std::path::Path;

use totem::config::{Config, Environment};
use totem::domain::account::{Account, Address, Representative, SecretQuestion};
use totem::domain::clean::Clean;
use totem::domain::comuna::Comuna;
use totem::domain::digest::Digest;
use totem::domain::language::Language;
use totem::domain::rut::Rut;
use totem::domain::trust::{ChannelOnFile, Channels, Rank, Trust};
use totem::service;

const PER_BATCH: u32 = 100;
const FIRST_RUT: u32 = 76_000_000;

/// The RUT of the account of this number.
pub fn company(number: u32) -> Rut {
    Rut::of_body(FIRST_RUT + number).expect("a RUT")
}

/// The built-in settings, with those of the environment over them, such as
/// TOTEM__STORE__CACHE_MIB=64.
pub fn config(folder: &Path) -> Config {
    let environment = Environment::of_process().with("store.ballast_mib", "0");
    Config::in_folder(folder, &environment).expect("sound settings")
}

/// Fills the store in this folder.
pub fn write(folder: &Path, count: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let records = service::open(&config(folder)).await.expect("the store opens").records;
        for first in (0..count).step_by(PER_BATCH as usize) {
            let now_ms = 1_790_000_000_000 + u64::from(first);
            let mut draft = records.draft(now_ms);
            for number in first..(first + PER_BATCH).min(count) {
                draft = draft.new_account(&account(number, now_ms));
            }
            draft.commit(&records).await.expect("a commit");
        }
    });
}

fn account(number: u32, now_ms: u64) -> Account {
    let rut = |body| Rut::of_body(body).expect("a RUT");
    let digest = || Digest(format!("$argon2id$v=19$m=65536,t=3,p=4${:022}${number:043}", number / 7));
    let mut account = Account {
        company: company(number),
        name: Clean::new(&format!("Comercial Número {number} Limitada")),
        secret_question: Some(SecretQuestion {
            question: Clean::new("NOMBRE DE MI MASCOTA"),
            answer: digest(),
        }),
        address: Address {
            comuna: Comuna::all().nth(number as usize % 300).expect("there are more"),
            street: Clean::new("Avenida Libertador Bernardo O'Higgins"),
            number: Clean::new(&number.to_string()),
            block: None,
            apartment: None,
        },
        email: format!("contacto{number}@empresa{number}.cl").parse().expect("an address"),
        phone: "223456789".parse().expect("a number"),
        fax: None,
        representative: Representative {
            rut: rut(10_000_000 + number % 8_000_000),
            name: Clean::new("Ana Ejemplo Demostración"),
            mobile: "912345678".parse().expect("a number"),
            email: format!("ana{number}@empresa{number}.cl").parse().expect("an address"),
        },
        clave: digest(),
        recoveries: Vec::new(),
        undos: Vec::new(),
        language: Language::Es,
        created_ms: now_ms,
        trust: Trust::new(Channels::typed(now_ms), Rank::Low, now_ms),
    };
    for place in account.places(ChannelOnFile::is_on_file) {
        account.prove(&place, Rank::Low, now_ms);
    }
    account
}
