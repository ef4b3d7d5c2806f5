//! The demo world's accounts: invented companies in each state from which the guide's ways to a new
//! clave start, and its staff. They exist only beside the invented registry, whose screens say so,
//! and in a store that never serves another (T14).

use data_encoding::BASE32_NOPAD;

use crate::domain::account::{Account, Address, Representative, SecretQuestion};
use crate::domain::answer::Answer;
use crate::domain::clean::Clean;
use crate::domain::comuna::Comuna;
use crate::domain::digest::Digest;
use crate::domain::language::Language;
use crate::domain::reference::{Kind, Ref};
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::staff::{Role, StaffAccount, TotpSecret};
use crate::domain::trust::{ChannelOnFile, Channels, Rank, Trust};
use crate::office::means::StaffMember;
use crate::store::StoreError;
use crate::store::records::Records;
use crate::vault::{Blind, Vault};

/// The PIN of the only member with one in the demo world; the README gives it, with the number 1 before
/// it.
const STAFF_PIN: &str = "246813";

/// Of a password: eighty bits, in sixteen letters and digits.
const PASSWORD_BYTES: usize = 10;

/// Enough for two to act together (E6), and for one to look on.
const EMPLOYED: [(&str, u32, Role); 3] = [
    ("Rosa", 15_000_001, Role::Approver),
    ("Eva", 15_000_002, Role::Approver),
    ("Marta", 15_000_003, Role::Manager),
];

/// A staff account of the invented world, and what its owner types.
pub struct Employed {
    /// What they sign in with.
    pub name: Clean,
    /// Keeps them from acting for a company of their own.
    rut: Rut,
    /// What they may do.
    pub role: Role,
    /// The same for all of them.
    pub password: Secret,
    /// Goes onto their telephone.
    pub totp: TotpSecret,
}

/// A company that already has a clave.
struct CompanyWithClave {
    company: u32,
    name: &'static str,
    /// Question and answer; accounts older than the questions have none (guide 3.1).
    secret_question: Option<(&'static str, &'static str)>,
    email: &'static str,
    representative: u32,
    representative_name: &'static str,
    representative_email: &'static str,
    mobile: &'static str,
    clave: &'static str,
}

/// The README's table shows the same.
const KNOWN: [CompanyWithClave; 3] = [
    CompanyWithClave {
        company: 50_000_000,
        name: "Panadería Inventada SpA",
        secret_question: Some(("NOMBRE DE MI MASCOTA", "Firulais")),
        email: "contacto@panaderia.example",
        representative: 12_345_678,
        representative_name: "Diego Prueba",
        representative_email: "diego@panaderia.example",
        mobile: "912345678",
        clave: "Horno7+pan",
    },
    CompanyWithClave {
        company: 99_999_998,
        name: "Transportes Imaginarios S.A.",
        secret_question: None,
        email: "oficina@transportes.example",
        representative: 22_222_222,
        representative_name: "Bruno Modelo",
        representative_email: "bruno@transportes.example",
        mobile: "922222222",
        clave: "Ruta5-lejo",
    },
    CompanyWithClave {
        company: 99_999_997,
        name: "Capacitación de Prueba OTEC Limitada",
        secret_question: Some(("NOMBRE DE MI PRIMER COLEGIO", "Los Aromos")),
        email: "correo.antiguo@otec.example",
        representative: 11_111_111,
        representative_name: "Ana Ejemplo",
        representative_email: "ana@otec.example",
        mobile: "911111111",
        clave: "Tiza#40vez",
    },
];

/// Makes the missing accounts, and leaves the others as people have changed them.
///
/// # Errors
/// When the store can't read or save.
pub async fn furnish(records: &Records, now_ms: u64) -> Result<(), StoreError> {
    for known in &KNOWN {
        let Some(company) = Rut::of_body(known.company) else { continue };
        if records.account_of(company).await?.is_some() {
            continue;
        }
        if let Some(account) = account(records, known, now_ms).await {
            unless_there(records.draft(now_ms).new_account(&account).commit(records).await)?;
        }
    }
    Ok(())
}

/// Another terminal of the same office may be furnishing it now.
fn unless_there(done: Result<(), StoreError>) -> Result<(), StoreError> {
    match done {
        Err(StoreError::Conflict(_)) => Ok(()),
        done => done,
    }
}

/// How many companies have an account here.
pub const KNOWN_COMPANIES: usize = KNOWN.len();

/// Where the accounts of the invented companies lie, in a store or in a backup.
pub fn places(vault: &Vault) -> [Ref; KNOWN_COMPANIES] {
    KNOWN.map(|known| {
        let company = Rut::of_body(known.company);
        let company = company.unwrap_or_else(|| unreachable!("a test reads the whole table"));
        Ref { kind: Kind::Account, id: vault.blind_rut(Blind::AccountOfRut, company) }
    })
}

/// Whether what lies in these places is the invented world's, as far as an older program's store can
/// tell: a company under its invented name, or all of them, whatever they are called now.
pub fn are_invented(accounts: &[Option<Account>; KNOWN_COMPANIES]) -> bool {
    let named = |(account, known): (&Option<Account>, &CompanyWithClave)| {
        account.as_ref().is_some_and(|account| account.name.as_str() == known.name)
    };
    accounts.iter().all(Option::is_some) || accounts.iter().zip(&KNOWN).any(named)
}

/// What the staff type in a store with these keys. It is written nowhere, and nobody can tell it who
/// has not the keys.
pub fn employed(vault: &Vault) -> Vec<Employed> {
    let bytes = |what: &str| vault.blind(Blind::InventedStaff, what.as_bytes()).0;
    let letters = BASE32_NOPAD.encode(&bytes("password")[..PASSWORD_BYTES]).to_lowercase();
    let groups = [&letters[..4], &letters[4..8], &letters[8..12], &letters[12..]];
    let password = Secret::new(groups.join("-"));
    let employ = |(name, rut, role): (&str, u32, Role)| {
        let mut totp = [0; 20];
        totp[..16].copy_from_slice(&bytes(&format!("telephone {name}")));
        totp[16..].copy_from_slice(&bytes(&format!("telephone's rest {name}"))[..4]);
        let (name, password) = (Clean::from(name), password.clone());
        Some(Employed { name, rut: Rut::of_body(rut)?, role, password, totp: TotpSecret(totp) })
    };
    EMPLOYED.into_iter().filter_map(employ).collect()
}

/// Makes the missing staff accounts, and leaves the others as people have changed them.
///
/// # Errors
/// When the store can't read or save.
pub async fn employ(records: &Records, now_ms: u64) -> Result<(), StoreError> {
    let mut digest = None;
    for Employed { name, rut, role, password, totp } in employed(records.vault()) {
        if records.staff_named(&name).await?.is_some() {
            continue;
        }
        // All have the same password.
        let password = match digest {
            Some(ref digest) => Digest::clone(digest),
            None => digest.insert(records.vault().digest(&password).await).clone(),
        };
        let (last_step, disabled, created_ms) = (0, false, now_ms);
        let account = StaffAccount { name, rut, role, password, totp, last_step, disabled, created_ms };
        unless_there(
            records.draft(now_ms).new_staff(records.new_id(now_ms), &account).commit(records).await,
        )?;
    }
    Ok(())
}

/// The member of staff with the known PIN, under a number that nobody has.
pub async fn staff(records: &Records, number: u16) -> StaffMember {
    let pin = records.vault().digest(&Secret::new(STAFF_PIN)).await;
    StaffMember { number, name: Clean::from("Funcionaria de demostración"), pin }
}

/// The account; `None` only if the table above is wrong, which a test rules out.
async fn account(records: &Records, known: &CompanyWithClave, now_ms: u64) -> Option<Account> {
    let vault = records.vault();
    let secret_question = match known.secret_question {
        Some((question, answer)) => Some(SecretQuestion {
            question: Clean::from(question),
            answer: vault.digest(Answer::new(answer).ok()?.secret()).await,
        }),
        None => None,
    };
    let mut account = Account {
        company: Rut::of_body(known.company)?,
        name: Clean::from(known.name),
        secret_question,
        address: Address {
            comuna: Comuna::named("Santiago")?,
            street: Clean::from("Calle Inventada"),
            number: Clean::from("123"),
            block: None,
            apartment: None,
        },
        email: known.email.parse().ok()?,
        phone: "221234567".parse().ok()?,
        fax: None,
        representative: Representative {
            rut: Rut::of_body(known.representative)?,
            name: Clean::from(known.representative_name),
            mobile: known.mobile.parse().ok()?,
            email: known.representative_email.parse().ok()?,
        },
        clave: vault.digest(&Secret::new(known.clave)).await,
        recoveries: Vec::new(),
        undos: Vec::new(),
        language: Language::Es,
        created_ms: now_ms,
        trust: Trust::new(Channels::typed(now_ms), Rank::Low, now_ms),
    };
    for place in account.places(ChannelOnFile::is_on_file) {
        account.prove(&place, Rank::Low, now_ms);
    }
    Some(account)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::clave::{Clave, KnownWords};
    use crate::domain::staff::check_password;
    use crate::store::memory::MemoryStore;
    use crate::vault::{Cost, Keys, Vault};

    #[tokio::test]
    async fn every_company_of_the_table_is_there_once() {
        let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
        let records = Records::new(Arc::new(MemoryStore::new(vault.chain())), vault);
        furnish(&records, 1).await.unwrap();
        furnish(&records, 2).await.unwrap();
        for known in &KNOWN {
            let company = Rut::of_body(known.company).unwrap();
            let account = records.account_of(company).await.unwrap().unwrap().value;
            let clave = Secret::new(known.clave);
            assert!(records.vault().verify(&clave, &account.clave).await.is_right());
            let words = KnownWords::new(company, &[known.name, known.representative_name, "Santiago"]);
            assert!(Clave::new(&clave, &words).is_ok(), "{}", known.name);
        }
        let all = records.store().list(Kind::Account, None, 10).await.unwrap();
        assert_eq!(all.len(), KNOWN.len());
        assert!(places(records.vault()).iter().all(|place| all.iter().any(|(at, _)| at == place)));
    }

    #[tokio::test]
    async fn staff_keep_what_they_type_and_only_the_keys_tell_it() {
        let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
        let records = Records::new(Arc::new(MemoryStore::new(vault.chain())), vault.clone());
        employ(&records, 1).await.unwrap();
        employ(&records, 2).await.unwrap();
        let all = records.list::<StaffAccount>(None, 10).await.unwrap();
        assert_eq!(all.len(), EMPLOYED.len());
        let typed = employed(&vault);
        for (person, (name, rut, role)) in typed.iter().zip(EMPLOYED) {
            let account = records.staff_named(&Clean::from(name)).await.unwrap().unwrap().value;
            assert_eq!((account.rut, account.role), (Rut::of_body(rut).unwrap(), role));
            assert!(vault.verify(&person.password, &account.password).await.is_right());
            assert!(check_password(&person.password, &person.name).is_ok());
            assert_eq!(account.totp, person.totp);
        }
        assert!(typed[0].totp != typed[1].totp);
        let others = employed(&Vault::new(Keys::random(), Cost::cheap_for_tests()));
        assert!(others[0].password.expose() != typed[0].password.expose() && others[0].totp != typed[0].totp);
    }

    #[tokio::test]
    async fn an_older_store_is_recognised_by_its_companies() {
        let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
        let records = Records::new(Arc::new(MemoryStore::new(vault.chain())), vault);
        let (mut found, mut renamed) = ([const { None }; 3], [const { None }; 3]);
        for (place, known) in KNOWN.iter().enumerate() {
            let invented = account(&records, known, 1).await.unwrap();
            renamed[place] = Some(Account { name: Clean::from("Otra Limitada"), ..invented.clone() });
            found[place] = Some(invented);
        }
        assert!(are_invented(&found) && are_invented(&[None, found[1].clone(), None]));
        assert!(are_invented(&renamed), "nobody else has all of these RUTs");
        assert!(!are_invented(&[renamed[0].clone(), None, renamed[2].clone()]), "a real one has one of them");
        assert!(!are_invented(&[None, None, None]));
    }
}
