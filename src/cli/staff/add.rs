//! A new account, and new secrets for one that is there.

use std::io::Write as _;

use super::{Office, enrol, word};
use crate::cli::{Exit, Failure, hidden};
use crate::domain::clean::Clean;
use crate::domain::deed::Action as Audited;
use crate::domain::digest::Digest;
use crate::domain::rut::Rut;
use crate::domain::staff::{MIN_PASSWORD_CHARACTERS, Role, StaffAccount, TotpSecret, check_password};
use crate::store::StoreError;
use crate::store::tallies::FailuresOfRut;
use crate::vault::{Blind, totp};

pub(super) async fn add(office: &Office<'_>, name: &str, rut: Rut, role: Role) -> anyhow::Result<Exit> {
    let name = Clean::new(name);
    if name.is_empty() {
        return Err(Failure::new(Exit::Usage, "the name is empty; the audit needs one").into());
    }
    let taken = || Failure::new(Exit::Failed, format!("there is a {name} among the staff already"));
    if office.records.staff_named(&name).await.map_err(Failure::from)?.is_some() {
        return Err(taken().into());
    }
    let Secrets { password, totp, last_step } = ask(office, &name).await?;
    let created_ms = office.now_ms().await?;
    let account = StaffAccount {
        name: name.clone(),
        rut,
        role,
        password,
        totp,
        last_step,
        disabled: false,
        created_ms,
    };
    let entry = office.entry(created_ms, Audited::AddStaff, &account);
    let draft = office.records.draft(created_ms).new_staff(office.records.new_id(created_ms), &account);
    match draft.audit(&entry).commit(office.records).await {
        Err(StoreError::Conflict(_)) => return Err(taken().into()),
        result => result.map_err(Failure::from)?,
    }
    writeln!(std::io::stdout(), "{name} may sign in at the terminal, as {}.", word(role))?;
    Ok(Exit::Done)
}

pub(super) async fn reset(office: &Office<'_>, name: &str) -> anyhow::Result<Exit> {
    let held = office.known(name).await?;
    let Secrets { password, totp, last_step } = ask(office, &held.value.name).await?;
    let now_ms = office.now_ms().await?;
    let account = StaffAccount { password, totp, last_step, disabled: false, ..held.value.clone() };
    let entry = office.entry(now_ms, Audited::ResetStaff, &account);
    let tally = office.records.vault().blind_name(Blind::LimitOfStaff, &account.name);
    let draft = office.records.draft(now_ms).replace(&held, &account, None).audit(&entry);
    let draft = match office.records.get::<FailuresOfRut>(tally).await.map_err(Failure::from)? {
        Some(failures) => draft.remove(&failures),
        None => draft,
    };
    draft.commit(office.records).await.map_err(Failure::from)?;
    writeln!(std::io::stdout(), "{} has another password and telephone.", account.name)?;
    Ok(Exit::Done)
}

struct Secrets {
    password: Digest,
    totp: TotpSecret,
    last_step: u64,
}

/// Asks for the password, enrols a telephone, and sees that it gives the right codes.
async fn ask(office: &Office<'_>, name: &Clean) -> anyhow::Result<Secrets> {
    let what = format!("Password, at least {MIN_PASSWORD_CHARACTERS} characters");
    let password = hidden::ask_twice(&what, "The same password again")?;
    check_password(&password, name)?;
    let totp = totp::new_secret();
    enrol::show(&totp, name, office.abilities)?;
    let last_step = enrol::confirm(&totp)?;
    Ok(Secrets { password: office.records.vault().digest(&password).await, totp, last_step })
}
