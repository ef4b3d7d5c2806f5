//! Laws about staff: sessions end, what opens something takes a fresh code, and an account is given by two
//! of them (T6, T8).

use totem::domain::rut::Rut;
use totem::effect::settlement::{DisputeAct, DisputeReply, SettlementEffect, SettlementReply};
use totem::effect::{Effect, Proved, Refusal, Reply, StaffAct, StaffOrder, StaffReply};

use super::answers::Answered;
use super::{Held, Law, must};
use crate::sim::world::World;

/// A session lives so long without an act of staff (T8), in milliseconds.
const SESSION_MS: u64 = 5 * 60_000;
/// How long a code counts (T8), in milliseconds, with the time that an answer may take.
const FRESH_MS: u64 = 60_000;
/// How long a settlement takes at the longest (T6), in milliseconds.
const SETTLEMENT_MS: u64 = 2 * 3_600_000;

/// Holds the laws against an answer.
pub fn heard(world: &World, answered: &Answered<'_>) {
    world.holds(Law::SessionEnds, session(world, answered));
    world.holds(Law::FreshCode, fresh_code(world, answered));
    world.holds(Law::WhoLeft, who_left(world, answered));
    notes_who_saw(world, answered);
    if let (
        Effect::Settlement(SettlementEffect::Settle(list)),
        Reply::Settlement(SettlementReply::Settled { .. }),
    ) = (answered.effect, answered.reply)
    {
        world.holds(Law::TwoGive, two_saw(world, list.confirmed.opened().company()));
    }
}

fn asked_ms(world: &World, answered: &Answered<'_>) -> u64 {
    world.now_ms() - u64::try_from(answered.took.as_millis()).unwrap_or(u64::MAX)
}

/// An act of staff is done in a session whose last act is not long ago (T8).
fn session(world: &World, answered: &Answered<'_>) -> Held {
    let (now_ms, asked_ms) = (world.now_ms(), asked_ms(world, answered));
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
    let Some(last_ms) = laws.sessions.insert(order.session.id(), now_ms) else { return Ok(()) };
    must(asked_ms.saturating_sub(last_ms) <= SESSION_MS, || format!("{} s", (asked_ms - last_ms) / 1000))
}

/// A card that is confirmed, a wait that ends, a settlement, and what is told of one company (T8).
fn fresh_code(world: &World, answered: &Answered<'_>) -> Held {
    let (now_ms, asked_ms) = (world.now_ms(), asked_ms(world, answered));
    let mut laws = world.laws();
    if let Reply::Staff(StaffReply::SignedIn(session)) = answered.reply {
        laws.codes_of_staff.insert(session.id(), now_ms);
    }
    let Effect::Staff(order) = answered.effect else { return Ok(()) };
    if order.code.is_some() && is_code_right(answered.reply) {
        laws.codes_of_staff.insert(order.session.id(), now_ms);
        return Ok(());
    }
    if !takes_code(order) || !is_told(answered.reply) {
        return Ok(());
    }
    let typed_ms = laws.codes_of_staff.get(&order.session.id()).copied().unwrap_or(0);
    let ago_ms = asked_ms.saturating_sub(typed_ms);
    must(ago_ms <= FRESH_MS, || format!("{:?} with a code of {} s ago", order.act.needs(), ago_ms / 1000))
}

/// No sign-in of theirs is right, and no act that takes a code is done (T8).
fn who_left(world: &World, answered: &Answered<'_>) -> Held {
    let laws = world.laws();
    let name = match (answered.effect, answered.reply) {
        (Effect::SignIn { name, .. }, Reply::Staff(StaffReply::SignedIn(_))) => name.as_str(),
        (Effect::Staff(order), reply) if order.code.is_some() && is_told(reply) => {
            order.session.name().as_str()
        }
        _ => return Ok(()),
    };
    must(!laws.gone.contains(name), || format!("{name} had left"))
}

/// Whether the code that was typed is not known to be wrong: it counts whatever else stands in the act's way,
/// also that it is about a company of their own.
fn is_code_right(reply: &Reply) -> bool {
    let is_refused = matches!(
        reply,
        Reply::Staff(StaffReply::CodeWanted | StaffReply::CodeWrong | StaffReply::SessionOver)
            | Reply::Refused(Refusal::Wait(_))
    );
    !is_refused
}

/// Whether what staff asked for was told or done.
fn is_told(reply: &Reply) -> bool {
    match reply {
        Reply::Staff(
            StaffReply::CodeWanted | StaffReply::CodeWrong | StaffReply::SessionOver | StaffReply::NotAllowed,
        ) => false,
        Reply::Staff(_) | Reply::AddressProved(_) => true,
        // The card that the register calls expired was taken.
        Reply::CardRight { .. }
        | Reply::CardRightNoAccount { .. }
        | Reply::ApplicantCardRight(_)
        | Reply::Settlement(SettlementReply::Needed(_)) => true,
        _ => false,
    }
}

fn takes_code(order: &StaffOrder) -> bool {
    matches!(
        order.act,
        StaffAct::WitnessCard(_)
            | StaffAct::VouchUnchecked { .. }
            | StaffAct::AcceptCard(_)
            | StaffAct::Unblock(_)
            | StaffAct::UnlockTerminal
            | StaffAct::SeeRefusal
            | StaffAct::SeeCompany(_)
            | StaffAct::Dispute(_)
    )
}

/// Which members of staff saw whom, as they were answered.
fn notes_who_saw(world: &World, answered: &Answered<'_>) {
    let (Effect::Staff(order), Reply::Staff(StaffReply::Dispute(reply))) = (answered.effect, answered.reply)
    else {
        return;
    };
    let (now_ms, name) = (world.now_ms(), order.session.name().to_string());
    let mut laws = world.laws();
    match (&order.act, reply) {
        (_, DisputeReply::Opened(opened)) => {
            laws.settlements.insert(opened.folio().to_string(), opened.company());
            laws.saw.entry(opened.company()).or_default().push((name, now_ms));
        }
        (StaffAct::Dispute(DisputeAct::Confirm { folio, .. }), DisputeReply::Confirmed { .. }) => {
            if let Some(company) = laws.settlements.get(&folio.to_string()).copied() {
                laws.saw.entry(company).or_default().push((name, now_ms));
            }
        }
        _ => {}
    }
}

/// Two different members saw the person in the last hours (T6).
pub fn two_saw(world: &World, company: Rut) -> Held {
    let now_ms = world.now_ms();
    let laws = world.laws();
    let seen = laws.saw.get(&company).into_iter().flatten();
    let fresh = seen.filter(|(_, at_ms)| now_ms - at_ms <= SETTLEMENT_MS + FRESH_MS);
    let mut names: Vec<&String> = fresh.map(|(name, _)| name).collect();
    names.sort();
    names.dedup();
    must(names.len() >= 2, || format!("{company} by {names:?}"))
}

/// Whether staff let a key go, or made an account, and for which proof.
pub fn let_go(answered: &Answered<'_>) -> bool {
    matches!(answered.reply, Reply::AddressProved(Proved::Sending { .. } | Proved::Registration { .. }))
        && matches!(answered.effect, Effect::Staff(_))
}
