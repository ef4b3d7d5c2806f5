//! Laws about what opens an account: the clave in use, a key that lives, and nothing else, whatever was
//! known before (T4, T6, T7).

use totem::domain::errand::ErrandKind;
use totem::domain::recovery::{Recovery, RecoveryState};
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;
use totem::effect::settlement::{SettlementEffect, SettlementReply};
use totem::effect::{ClaveKind, Effect, Reply, Undoing};

use super::answers::Answered;
use super::{Held, KeySent, Law, must, staff};
use crate::sim::cast::{self, FIRMS, Who};
use crate::sim::world::World;

/// How long a sent key works (S6), in milliseconds, with the time that the message may take.
const KEY_MS: u64 = 25 * 3_600_000;

/// Holds the laws against an answer.
pub async fn heard(world: &World, answered: &Answered<'_>) {
    if let (Effect::CheckClave { company, clave, .. }, Reply::ClaveRight(_)) =
        (answered.effect, answered.reply)
    {
        world.laws().opened.insert(*company, clave.expose().to_string());
    }
    world.holds(Law::FrozenOpens, frozen(world, answered));
    world.holds(Law::CodeFreezes, code_freezes(world, answered));
    world.holds(Law::OnlyLiveOpens, only_live(world, answered).await);
    ends_keys(world, answered);
}

/// No clave and no key of a frozen account is accepted (T6).
fn frozen(world: &World, answered: &Answered<'_>) -> Held {
    let (Effect::CheckClave { company, .. }, Reply::ClaveRight(proved)) = (answered.effect, answered.reply)
    else {
        return Ok(());
    };
    let laws = world.laws();
    let is_frozen = laws
        .account(*company)
        .is_some_and(|account| account.trust.is_frozen() && account.clave == *proved.on());
    must(!is_frozen, || format!("{company}"))
}

/// Against what a person's deed was, a code freezes; against a weak one, it puts back what was (T4a).
fn code_freezes(world: &World, answered: &Answered<'_>) -> Held {
    let (Effect::Undo { company, code }, Reply::Undone { leaves, .. }) = (answered.effect, answered.reply)
    else {
        return Ok(());
    };
    let laws = world.laws();
    let Some(sent) = laws.codes.get(code.expose()) else {
        return Err(format!("a code that never left undid something of {company}"));
    };
    must(sent.company == *company, || format!("a code of {} undid something of {company}", sent.company))?;
    let is_against_person = matches!(sent.kind, ErrandKind::DoneInPerson { .. });
    let is_frozen = laws.account(*company).is_some_and(|account| account.trust.is_frozen());
    match leaves {
        Undoing::Frozen => {
            must(is_against_person, || format!("{:?} froze {company}", sent.kind))?;
            must(is_frozen, || format!("{company} is said to be frozen, and is not"))
        }
        Undoing::AsBefore | Undoing::NotErased | Undoing::NoClave => {
            must(!is_against_person, || format!("{:?} did not freeze {company}", sent.kind))
        }
    }
}

/// What was typed is the clave in use, or a key that left of late and that nothing has ended since.
async fn only_live(world: &World, answered: &Answered<'_>) -> Held {
    let (Effect::CheckClave { company, clave, .. }, Reply::ClaveRight(proved)) =
        (answered.effect, answered.reply)
    else {
        return Ok(());
    };
    match proved.kind() {
        ClaveKind::Own => {
            let digest = world.laws().account(*company).map(|account| account.clave.clone());
            let Some(digest) = digest else { return Err(format!("{company} has no account")) };
            let is_it = world.records.vault().verify(clave, &digest).await.is_right();
            // Somebody may have chosen another one just now.
            let is_other = digest != *proved.on();
            must(is_it || is_other, || format!("another clave than the one of {company}"))
        }
        ClaveKind::Sent => {
            let now_ms = world.now_ms();
            let laws = world.laws();
            let Some(key) = laws.keys.get(clave.expose()) else {
                return Err(format!("a key for {company} that never left"));
            };
            must(key.company == *company, || format!("a key of {} opened {company}", key.company))?;
            let ended_ms = laws.keys_ended.get(company).copied().unwrap_or(0);
            must(key.left_ms >= ended_ms, || format!("a key for {company} that staff had ended"))?;
            let is_young = now_ms - key.left_ms <= KEY_MS + laws.clocks_wrong_ms;
            must(is_young, || format!("a key for {company} of more than a day ago"))
        }
    }
}

/// Staff saw person and card, or two gave the account: every key that left before is dead (T4c, T6).
fn ends_keys(world: &World, answered: &Answered<'_>) {
    let took_ms = u64::try_from(answered.took.as_millis()).unwrap_or(u64::MAX);
    let asked_ms = world.now_ms() - took_ms;
    let company = match (answered.effect, answered.reply) {
        (
            Effect::Settlement(SettlementEffect::Settle(list)),
            Reply::Settlement(SettlementReply::Settled { .. }),
        ) => Some(list.confirmed.opened().company()),
        (Effect::RecoverVouched { vouched }, Reply::RecoveryTaken { .. }) => Some(vouched.company()),
        _ if staff::let_go(answered) => super::answers::witnessed(world, answered.effect),
        _ => None,
    };
    if let Some(company) = company {
        world.laws().keys_ended.insert(company, asked_ms);
    }
}

/// A key left.
pub fn key_left(world: &World, company: Rut, key: &str) {
    let left_ms = world.now_ms();
    world.laws().keys.insert(key.to_string(), KeySent { company, left_ms });
}

/// Whatever a thief ever learnt or got, it does not open an account that its representative was given (T7).
pub async fn thieves_lose(world: &World, firm: usize, known: &[String]) -> Held {
    let company = cast::rut(FIRMS[firm].rut);
    let account = world.records.account_of(company).await.map_err(|error| error.to_string())?;
    let Some(account) = account else { return Err(format!("{company} has no account")) };
    let account = account.value;
    for clave in known {
        let verdict = world.records.vault().verify(&Secret::new(clave), &account.clave).await;
        must(!verdict.is_right(), || format!("a thief knows the clave of {company}"))?;
    }
    for id in &account.recoveries {
        let held = world.records.get::<Recovery>(*id).await.map_err(|error| error.to_string())?;
        // One that was ended is kept for whoever types its key to be told.
        let is_over = held.is_none_or(|held| held.value.state == RecoveryState::Cancelled);
        must(is_over, || format!("a key for {company} works still"))?;
    }
    let theirs: Vec<&str> = Who::THIEVES.into_iter().flat_map(Who::mailboxes).collect();
    let place = account.places(|channel| channel.is_proved());
    let stranger = place.iter().find(|place| theirs.contains(&place.folded().as_str()));
    must(stranger.is_none(), || format!("{company} tells a thief of everything"))
}
