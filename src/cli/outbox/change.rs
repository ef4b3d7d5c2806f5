//! What an operator may change: messages that failed are tried again, and one that shall not
//! leave is ended. Each leaves a row in the audit log.

use std::io::Write as _;

use data_encoding::HEXLOWER;

use super::{chosen, kind, outlook, refuse};
use crate::audit::{Actor, Entry};
use crate::cli::sure::is_sure;
use crate::cli::{Exit, Failure};
use crate::clock;
use crate::config::Config;
use crate::domain::deed::{Action as Audited, Outcome};
use crate::domain::errand::{Errand, ErrandState};
use crate::domain::lives::FINISHED_KEPT_MS;
use crate::domain::outlook::Outlook;
use crate::store::records::{Held, Records};

/// Tries one again, or all for which that makes sense.
pub(super) async fn retry(
    config: &Config,
    records: &Records,
    errands: &[Held<Errand>],
    id: Option<&str>,
) -> anyhow::Result<Exit> {
    let again: Vec<&Held<Errand>> = match id {
        Some(id) => {
            let one = chosen(errands, id)?;
            can_retry(&one.value)?;
            vec![one]
        }
        None => errands.iter().filter(|held| can_retry(&held.value).is_ok()).collect(),
    };
    let now_ms = records.time(clock::now_ms()).await.map_err(Failure::from)?.now_ms();
    for held in &again {
        let mut errand = held.value.clone();
        errand.begin_anew(now_ms);
        let entry = entry(config, records, &errand, Audited::RetryMessage, now_ms);
        let draft = records.draft(now_ms).replace(held, &errand, Some(now_ms)).audit(&entry);
        draft.commit(records).await.map_err(Failure::from)?;
    }
    let hindered = hindered(config, records, &again).await?;
    let mut out = std::io::stdout().lock();
    match again.len() {
        0 => writeln!(out, "No message failed or came too late.")?,
        1 => writeln!(out, "1 message waits again, for the kiosk to send it.")?,
        count => writeln!(out, "{count} messages wait again, for the kiosk to send them.")?,
    }
    for line in hindered {
        writeln!(out, "{line}")?;
    }
    Ok(Exit::Done)
}

/// A line for each that does not leave as soon as the kiosk runs.
async fn hindered(
    config: &Config,
    records: &Records,
    again: &[&Held<Errand>],
) -> Result<Vec<String>, Failure> {
    let mut waiting = Vec::new();
    for held in again {
        waiting.extend(records.get::<Errand>(held.id).await.map_err(Failure::from)?);
    }
    let waiting: Vec<&Held<Errand>> = waiting.iter().collect();
    let outlooks = outlook::of_each(config, records, &waiting).await?;
    let told = waiting.iter().zip(outlooks).filter_map(|(held, outlook)| {
        let outlook = outlook.filter(|outlook| *outlook != Outlook::Now)?;
        let (id, to) = (HEXLOWER.encode(&held.id.0), &held.value.to);
        Some(format!("{id} to {}: {}.", to.masked(), outlook::sentence(outlook, to.channel())))
    });
    Ok(told.collect())
}

/// Whether trying again makes sense; why not, in a sentence.
fn can_retry(errand: &Errand) -> Result<(), Failure> {
    match errand.state {
        ErrandState::Failed | ErrandState::Expired | ErrandState::Dropped => Ok(()),
        ErrandState::Sent => Err(refuse("it was sent already; who lost it asks for a new one at the kiosk")),
        ErrandState::Waiting | ErrandState::Leased { .. } => {
            Err(refuse("it is waiting already, and goes out when it is due and the kiosk runs"))
        }
        ErrandState::Cancelled => Err(refuse("what it was about is no more; it stays cancelled")),
        ErrandState::Withdrawn => Err(refuse("an operator ended it; it stays so")),
    }
}

/// Ends a message for good, once somebody said yes.
pub(super) async fn withdraw(
    config: &Config,
    records: &Records,
    held: &Held<Errand>,
    yes: bool,
) -> anyhow::Result<Exit> {
    can_withdraw(&held.value)?;
    let which = format!("{} to {}", kind(held.value.kind), held.value.to.masked());
    if !yes && !is_sure(&format!("Never send this message ({which})?"))? {
        return Err(refuse("nothing was changed: answer y, or say --yes").into());
    }
    let now_ms = records.time(clock::now_ms()).await.map_err(Failure::from)?.now_ms();
    let errand = Errand { state: ErrandState::Withdrawn, ..held.value.clone() };
    let entry = entry(config, records, &errand, Audited::DropMessage, now_ms);
    let draft = records.draft(now_ms).replace(held, &errand, Some(now_ms + FINISHED_KEPT_MS));
    draft.audit(&entry).commit(records).await.map_err(Failure::from)?;
    writeln!(std::io::stdout(), "It is never sent.")?;
    Ok(Exit::Done)
}

/// Whether there is anything to end; why not, in a sentence.
fn can_withdraw(errand: &Errand) -> Result<(), Failure> {
    match errand.state {
        ErrandState::Waiting | ErrandState::Leased { .. } | ErrandState::Failed | ErrandState::Expired => {
            Ok(())
        }
        ErrandState::Sent => Err(refuse("it was sent already, and can't be called back")),
        ErrandState::Dropped | ErrandState::Cancelled | ErrandState::Withdrawn => {
            Err(refuse("it has ended already, and is never sent"))
        }
    }
}

fn entry(config: &Config, records: &Records, errand: &Errand, action: Audited, now_ms: u64) -> Entry {
    Entry::new(now_ms, &config.kiosk.desk, Actor::Operator, action, Outcome::Done)
        .about(records.vault().pseudonym(errand.company))
        .under(errand.folio)
}
