//! Laws about what the desk answers: tries are counted whatever happens, nobody learns by time or by a
//! changing question whether there is an account, and what a receipt tells was done.

use std::time::Duration;

use totem::domain::cedula::Serial;
use totem::domain::folio::Folio;
use totem::domain::reference::Id;
use totem::domain::rut::Rut;
use totem::effect::settlement::{DisputeAct, SettlementReply};
use totem::effect::{Effect, Proved, Refusal, Registered, Reply, StaffAct, StaffReply};

use super::{Held, evidence, must, within};
use crate::sim::world::World;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;
/// No answer about a RUT comes sooner (S9).
pub const FLOOR: Duration = Duration::from_millis(600);
/// A session lives so long without an act of staff (T8), in milliseconds.
const SESSION_MS: u64 = 5 * 60_000;
/// Wrong answers and claves in a row (S10).
const TRIES: usize = 10;
/// Wrong cards of a representative a day (T9).
const CARD_TRIES: usize = 5;
/// Wrong codes for one proof (S8).
const CODE_TRIES: u32 = 5;
/// Applications a terminal takes without staff in an hour, and in a day (T2).
const APPLICATIONS: [(usize, u64); 2] = [(3, HOUR_MS), (10, DAY_MS)];

/// One answer of the desk at a terminal.
pub struct Answered<'a> {
    pub terminal: u8,
    pub effect: &'a Effect,
    pub reply: &'a Reply,
    pub took: Duration,
    /// Whether a member of staff is signed in there.
    pub is_staffed: bool,
}

/// Notes what is brought before it is answered.
pub fn asked(world: &World, effect: &Effect) {
    if let Effect::CheckCode { code, .. } = effect {
        evidence::code_is_typed(world, code.expose());
    }
    if let Effect::Staff(order) = effect {
        let company = match &order.act {
            StaffAct::WitnessCard(awaiting) => company_of(world, awaiting.proof()),
            StaffAct::Dispute(DisputeAct::Open { card, .. }) => Some(card.company()),
            _ => None,
        };
        company.into_iter().for_each(|company| evidence::staff_saw(world, company));
    }
}

/// Holds the laws against an answer.
pub fn heard(world: &World, answered: &Answered<'_>) {
    world.holds("the time of an answer tells nothing", no_sooner(answered));
    world.holds("no more wrong answers and claves than may be", tries(world, answered));
    world.holds("no more wrong cards than may be", cards(world, answered));
    world.holds("no more wrong codes than may be", codes(world, answered));
    world.holds("a terminal takes no more applications than it may", applications(world, answered));
    world.holds("the invented question of a RUT stays the same", question(world, answered));
    world.holds("a frozen account opens to nobody", frozen(world, answered));
    world.holds("a session of staff ends after five minutes without an act", session(world, answered));
    proofs(world, answered);
    let receipt = folio_of(answered.reply);
    world.laws().receipts.extend(receipt);
}

/// No answer about a RUT comes sooner than this (S9, T11).
fn no_sooner(answered: &Answered<'_>) -> Held {
    let is_about_a_rut = matches!(
        answered.effect,
        Effect::BeginRecovery(_)
            | Effect::CheckAnswer { .. }
            | Effect::RecoverWithAnswer { .. }
            | Effect::CheckRepresentative { .. }
            | Effect::CheckCard { .. }
            | Effect::CheckClave { .. }
            | Effect::CreateAccount(_)
            | Effect::Undo { .. }
    );
    must(!is_about_a_rut || answered.took >= FLOOR, || format!("{:?}", answered.took))
}

/// Ten wrong answers or claves of a company in a day, over all terminals, crashes or not (S10).
fn tries(world: &World, answered: &Answered<'_>) -> Held {
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    if let (Effect::Staff(order), Reply::Staff(StaffReply::Done)) = (answered.effect, answered.reply) {
        if let StaffAct::Unblock(company) = order.act {
            laws.wrong.remove(&company);
            laws.wrong_cards.retain(|(wronged, _), _| *wronged != company);
        }
        return Ok(());
    }
    let (Effect::CheckAnswer { company, .. } | Effect::CheckClave { company, .. }) = answered.effect else {
        return Ok(());
    };
    match answered.reply {
        Reply::Refused(Refusal::Mismatch { .. }) => {
            let wrong = laws.wrong.entry(*company).or_default();
            wrong.push(now_ms);
            let count = within(wrong, now_ms, DAY_MS - HOUR_MS);
            must(count <= TRIES, || format!("{count} wrong tries at {company} in a day"))
        }
        // Whoever brings it clears what strangers left.
        Reply::ClaveRight(_) | Reply::AnswerRight(_) => {
            laws.wrong.remove(company);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Five wrong numbers of a representative's card in a day (T9).
fn cards(world: &World, answered: &Answered<'_>) -> Held {
    let Some((company, holder, _)) = card(answered.effect) else { return Ok(()) };
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    match answered.reply {
        Reply::Refused(Refusal::Mismatch { .. }) => {
            let wrong = laws.wrong_cards.entry((company, holder)).or_default();
            wrong.push(now_ms);
            let count = within(wrong, now_ms, DAY_MS - HOUR_MS);
            must(count <= CARD_TRIES, || format!("{count} wrong cards for {company} in a day"))
        }
        Reply::CardRight { .. } | Reply::ApplicantCardRight(_) => {
            laws.wrong_cards.remove(&(company, holder));
            Ok(())
        }
        _ => Ok(()),
    }
}

fn card(effect: &Effect) -> Option<(Rut, Rut, &Serial)> {
    match effect {
        Effect::CheckCard { representative, serial } => {
            Some((representative.company(), representative.representative(), serial))
        }
        Effect::CheckApplicantCard { company, representative, serial } => {
            Some((*company, *representative, serial))
        }
        _ => None,
    }
}

/// Five wrong codes for one proof, however often another code is sent (S8).
fn codes(world: &World, answered: &Answered<'_>) -> Held {
    let (Effect::CheckCode { awaiting, .. }, Reply::CodeWrong { .. }) = (answered.effect, answered.reply)
    else {
        return Ok(());
    };
    let mut laws = world.laws();
    let wrong = laws.wrong_codes.entry(awaiting.proof()).or_default();
    *wrong += 1;
    must(*wrong <= CODE_TRIES, || format!("{wrong} wrong codes"))
}

/// Three in an hour, ten in a day, unless staff are there (T2).
fn applications(world: &World, answered: &Answered<'_>) -> Held {
    let (Effect::CreateAccount(_), Reply::ApplicationTaken { .. }) = (answered.effect, answered.reply) else {
        return Ok(());
    };
    if answered.is_staffed {
        return Ok(());
    }
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    let taken = laws.applications.entry(answered.terminal).or_default();
    taken.push(now_ms);
    for (most, lasts_ms) in APPLICATIONS {
        let count = within(taken, now_ms, lasts_ms);
        must(count <= most, || format!("{count} within {} h", lasts_ms / HOUR_MS))?;
    }
    Ok(())
}

/// Whoever asks twice about a RUT without an account sees the same question (S9).
fn question(world: &World, answered: &Answered<'_>) -> Held {
    let (Effect::BeginRecovery(company), Reply::SecretQuestion { question }) =
        (answered.effect, answered.reply)
    else {
        return Ok(());
    };
    let mut laws = world.laws();
    if laws.accounts.contains_key(company) {
        return Ok(());
    }
    let before = laws.made_up.insert(*company, question.to_string());
    must(before.is_none_or(|before| before == question.as_str()), || format!("{company}"))
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

/// An act of staff is done in a session whose last act is not long ago (T8).
fn session(world: &World, answered: &Answered<'_>) -> Held {
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    if let Reply::Staff(StaffReply::SignedIn(session)) = answered.reply {
        laws.sessions.insert(session.id(), now_ms);
    }
    let (Effect::Staff(order), Reply::Staff(reply)) = (answered.effect, answered.reply) else {
        return Ok(());
    };
    if *reply == StaffReply::SessionOver {
        return Ok(());
    }
    let asked_ms = now_ms - u64::try_from(answered.took.as_millis()).unwrap_or(u64::MAX);
    let Some(last_ms) = laws.sessions.insert(order.session.id(), now_ms) else { return Ok(()) };
    must(asked_ms.saturating_sub(last_ms) <= SESSION_MS, || format!("{} s", (asked_ms - last_ms) / 1000))
}

/// Notes what was proved.
fn proofs(world: &World, answered: &Answered<'_>) {
    match (answered.effect, answered.reply) {
        (Effect::CheckCode { code, .. }, Reply::AddressProved(_)) => {
            evidence::code_was_right(world, code.expose());
        }
        (effect, Reply::CardRight { .. } | Reply::ApplicantCardRight(_)) => {
            if let Some((company, holder, serial)) = card(effect) {
                evidence::card_was_right(world, company, holder, serial);
            }
        }
        _ => {}
    }
}

fn company_of(world: &World, proof: Id) -> Option<Rut> {
    world.laws().proofs.get(&proof).map(|(company, _)| *company)
}

/// On the receipt of what was done, if it was.
fn folio_of(reply: &Reply) -> Option<Folio> {
    match reply {
        Reply::ApplicationTaken { awaiting, .. } => Some(awaiting.folio()),
        Reply::RecoveryTaken { folio, .. }
        | Reply::ClaveChanged { folio, .. }
        | Reply::DataSaved { folio, .. }
        | Reply::CopySent { folio, .. }
        | Reply::ErasureAsked { folio, .. }
        | Reply::ErasureTakenBack { folio, .. }
        | Reply::Undone { folio, .. }
        | Reply::Settlement(SettlementReply::Settled { folio, .. }) => Some(*folio),
        Reply::AddressProved(Proved::Registration {
            folio, registered: Registered::Account { .. }, ..
        }) => Some(*folio),
        _ => None,
    }
}
