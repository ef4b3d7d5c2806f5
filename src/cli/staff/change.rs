//! The accounts that there are, and the end of one.

use std::io::Write as _;

use super::{Office, word};
use crate::cli::{Exit, Failure};
use crate::clock;
use crate::domain::deed::Action as Audited;
use crate::domain::reference::Kind;
use crate::domain::staff::StaffAccount;
use crate::store::records::Held;

pub(super) async fn list(office: &Office<'_>) -> anyhow::Result<Exit> {
    let (mut all, mut cursor) = (Vec::<Held<StaffAccount>>::new(), office.records.all(Kind::Staff));
    while let Some((at, read)) = cursor.next().await.map_err(Failure::from)? {
        all.push(office.records.open(at, &read).map_err(Failure::from)?);
    }
    let mut out = std::io::stdout().lock();
    if all.is_empty() {
        writeln!(out, "There is no account. `totem staff add` makes the first.")?;
    }
    let widest = all.iter().map(|held| held.value.name.as_str().chars().count()).max().unwrap_or(0);
    for StaffAccount { name, role, disabled, created_ms, .. } in all.iter().map(|held| &held.value) {
        let state = if *disabled { "disabled" } else { "active" };
        let blanks = " ".repeat(widest - name.as_str().chars().count());
        writeln!(out, "{name}{blanks}  {:8}  {state:8}  {}", word(*role), clock::utc(*created_ms))?;
    }
    Ok(Exit::Done)
}

pub(super) async fn disable(office: &Office<'_>, name: &str) -> anyhow::Result<Exit> {
    let held = office.known(name).await?;
    if held.value.disabled {
        return Err(Failure::new(Exit::Failed, "it is disabled already").into());
    }
    let account = StaffAccount { disabled: true, ..held.value.clone() };
    let now_ms = office.now_ms().await?;
    let entry = office.entry(now_ms, Audited::DisableStaff, &account);
    let draft = office.records.draft(now_ms).replace(&held, &account, None).audit(&entry);
    draft.commit(office.records).await.map_err(Failure::from)?;
    writeln!(std::io::stdout(), "{} signs in no more.", account.name)?;
    Ok(Exit::Done)
}
