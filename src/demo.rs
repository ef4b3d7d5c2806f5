//! The demo world's accounts: invented companies in each state from which the guide's ways to a new
//! clave start, and a member of staff with a known PIN. They exist only beside the invented
//! registry, whose screens say so.

use crate::domain::account::{Account, Address, Representative, SecretQuestion};
use crate::domain::answer::Answer;
use crate::domain::clean::Clean;
use crate::domain::comuna::Comuna;
use crate::domain::language::Language;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::staff::{Role, StaffAccount, TotpSecret};
use crate::domain::trust::{ChannelOnFile, Channels, Rank, Trust};
use crate::office::means::StaffMember;
use crate::store::StoreError;
use crate::store::records::Records;
use crate::vault::{new_clave, totp};

/// The PIN of the only member with one in the demo world; the README gives it, with the number 1 before
/// it.
const STAFF_PIN: &str = "246813";

/// Staff accounts of a demonstration that is gone when it ends: enough for two to approve a
/// request. A store that stays gets none (S18).
const EMPLOYED: [(&str, u32, Role); 3] = [
    ("Rosa", 15_000_001, Role::Approver),
    ("Eva", 15_000_002, Role::Approver),
    ("Marta", 15_000_003, Role::Manager),
];

/// A staff account of the demonstration, and what its owner types.
pub struct Employed {
    /// What they sign in with.
    pub name: Clean,
    /// What they may do.
    pub role: Role,
    /// The same for all of them, and new in every demonstration.
    pub password: Secret,
    /// Goes onto their telephone.
    pub totp: TotpSecret,
}

/// A company that already has a clave.
struct Known {
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
const KNOWN: [Known; 3] = [
    Known {
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
    Known {
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
    Known {
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
            records.draft(now_ms).new_account(&account).commit(records).await?;
        }
    }
    Ok(())
}

/// Makes the staff accounts, with new passwords and TOTP secrets.
///
/// # Errors
/// When the store can't save.
pub async fn employ(records: &Records, now_ms: u64) -> Result<Vec<Employed>, StoreError> {
    let password = Secret::new(format!("{}-{}", new_clave().expose(), new_clave().expose()));
    let digest = records.vault().digest(&password).await;
    let mut employed = Vec::new();
    for (name, rut, role) in EMPLOYED {
        let Some(rut) = Rut::of_body(rut) else { continue };
        let (name, totp) = (Clean::from(name), totp::new_secret());
        let account = StaffAccount {
            name: name.clone(),
            rut,
            role,
            password: digest.clone(),
            totp: totp.clone(),
            last_step: 0,
            disabled: false,
            created_ms: now_ms,
        };
        records.draft(now_ms).new_staff(records.new_id(now_ms), &account).commit(records).await?;
        employed.push(Employed { name, role, password: password.clone(), totp });
    }
    Ok(employed)
}

/// The member of staff with the known PIN, under a number that nobody has.
pub async fn staff(records: &Records, number: u16) -> StaffMember {
    let pin = records.vault().digest(&Secret::new(STAFF_PIN)).await;
    StaffMember { number, name: Clean::from("Funcionaria de demostración"), pin }
}

/// The account; `None` only if the table above is wrong, which a test rules out.
async fn account(records: &Records, known: &Known, now_ms: u64) -> Option<Account> {
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
    use crate::domain::reference::Kind;
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
    }
}
