//! Laws about tries: each is counted before it is answered, none passes its number, and what makes one
//! person wait shuts out no other (T2, T9).

use totem::domain::cedula::Serial;
use totem::domain::reference::{Id, Kind};
use totem::domain::rut::Rut;
use totem::effect::facilitator::{FacilitatorEffect, FacilitatorReply};
use totem::effect::settlement::{DisputeAct, SettlementReply};
use totem::effect::{Effect, Refusal, Reply, StaffAct, StaffReply};
use totem::office::counted_under::TalliesOfFacilitator;
use totem::office::pins::tally_of_pin;
use totem::store::{Batch, Change};
use totem::vault::Blind;

use super::answers::Answered;
use super::{Held, Law, evidence, must, within};
use crate::sim::world::World;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;
/// Wrong answers and claves in a row (S10).
const TRIES: usize = 10;
/// Wrong cards of a representative a day (T9).
const CARD_TRIES: usize = 5;
/// Wrong codes for one proof (S8).
const CODE_TRIES: u32 = 5;
/// How long before it counts a number may have been typed: one that waits for Registro Civil does so for a
/// week (T1), and counts for a day once it is asked about.
const TYPED_BEFORE_MS: u64 = 9 * DAY_MS;
/// Applications a terminal takes without staff in an hour, and in a day (T2).
const APPLICATIONS: [(usize, u64); 2] = [(3, HOUR_MS), (10, DAY_MS)];
/// How long a terminal's lock lasts (T9), and the window in which what locks it happens.
const LOCK_MS: u64 = 30 * 60_000;

/// Where the tries of what is asked are counted: in one of these, for while a company or a facilitator is
/// blocked, tries at what was sent to them are counted apart.
fn tallies(world: &World, effect: &Effect) -> Vec<Id> {
    let vault = world.records.vault();
    match effect {
        Effect::CheckAnswer { company, .. } => vec![vault.blind_rut(Blind::LimitOfRut, *company)],
        Effect::CheckClave { company, .. } => {
            vec![
                vault.blind_rut(Blind::LimitOfRut, *company),
                vault.blind_rut(Blind::SentKeysOfRut, *company),
            ]
        }
        Effect::Undo { company, .. } => vec![vault.blind_rut(Blind::UndoOfRut, *company)],
        Effect::Facilitator(FacilitatorEffect::CheckClave { company, country, number, .. }) => {
            let TalliesOfFacilitator { all, sent } =
                TalliesOfFacilitator::of(vault, *company, (*country, number));
            vec![all, sent]
        }
        Effect::Facilitator(FacilitatorEffect::LookUp { representative, .. }) => {
            vec![vault.blind_rut(Blind::StatusOfRut, *representative)]
        }
        Effect::VouchForPerson { pin, .. } => vec![tally_of_pin(vault, pin.number)],
        Effect::SignIn { name, .. } => vec![vault.blind_name(Blind::LimitOfStaff, name)],
        Effect::Staff(order) if order.code.is_some() => {
            vec![vault.blind_name(Blind::LimitOfStaff, order.session.name())]
        }
        _ => card(effect)
            .map(|(_, holder, _)| vault.blind_rut(Blind::CardsOfRut, holder))
            .into_iter()
            .collect(),
    }
}

/// The try that this asks for has to be counted.
pub fn asked(world: &World, terminal: u8, effect: &Effect) {
    let tallies = tallies(world, effect);
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    for tally in tallies {
        laws.counting.entry((terminal, tally)).or_default();
    }
    if let Some(holder) = holder_of_typed(effect) {
        laws.cards_typed.entry(holder).or_default().push(now_ms);
    }
}

/// What a terminal saved: a try, perhaps.
pub fn saved(world: &World, terminal: u8, batch: &Batch) {
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    for change in &batch.changes {
        let Change::Put { at, .. } = change else { continue };
        if at.kind == Kind::Limit {
            laws.counting.entry((terminal, at.id)).and_modify(|saved_ms| *saved_ms = now_ms);
        }
    }
}

/// Holds the laws against an answer.
pub fn heard(world: &World, answered: &Answered<'_>) {
    world.holds(Law::CountedFirst, counted_first(world, answered));
    world.holds(Law::WrongTries, tries(world, answered));
    world.holds(Law::WrongCards, cards(world, answered));
    world.holds(Law::WrongCodes, codes(world, answered));
    world.holds(Law::Applications, applications(world, answered));
    world.holds(Law::LockEnds, lock_ends(world, answered));
    world.holds(Law::LockLeavesBrakes, lock_leaves_brakes(answered));
    world.holds(Law::OwnerPasses, owner_passes(world, answered));
}

/// Whoever pulls the plug before the answer doesn't get the try back (S10).
fn counted_first(world: &World, answered: &Answered<'_>) -> Held {
    let was_judged = matches!(
        answered.reply,
        Reply::Refused(Refusal::Mismatch { .. } | Refusal::Unconfirmed { .. } | Refusal::Expired { .. })
            | Reply::ClaveRight(_)
            | Reply::AnswerRight(_)
            | Reply::CardRight { .. }
            | Reply::ApplicantCardRight(_)
            | Reply::Undone { .. }
            | Reply::Facilitator(FacilitatorReply::ClaveRight(_) | FacilitatorReply::Stands { .. })
            | Reply::PinRight
            | Reply::PinWrong
            | Reply::Staff(StaffReply::SignedIn(_) | StaffReply::SignInWrong | StaffReply::CodeWrong)
    );
    let tallies = tallies(world, answered.effect);
    if !was_judged || tallies.is_empty() {
        return Ok(());
    }
    let took_ms = u64::try_from(answered.took.as_millis()).unwrap_or(u64::MAX);
    let asked_ms = world.now_ms() - took_ms;
    let laws = world.laws();
    let counted = |tally: &Id| laws.counting.get(&(answered.terminal, *tally)).copied();
    let is_counted = tallies.iter().filter_map(counted).any(|saved_ms| saved_ms >= asked_ms);
    must(is_counted, || "nothing that was saved counts it".to_string())
}

/// Ten wrong answers or claves of a company in a day, over all terminals, crashes or not (S10).
fn tries(world: &World, answered: &Answered<'_>) -> Held {
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    if let (Effect::Staff(order), Reply::Staff(StaffReply::Done)) = (answered.effect, answered.reply) {
        if let StaffAct::Unblock(rut) = order.act {
            laws.wrong.remove(&rut);
            laws.wrong_cards.remove(&rut);
            // With a company, its representative on file.
            let on_file = laws.accounts.get(&rut).map(|account| account.representative.rut);
            on_file.map(|holder| laws.wrong_cards.remove(&holder));
        }
        return Ok(());
    }
    let (Effect::CheckAnswer { company, .. } | Effect::CheckClave { company, .. }) = answered.effect else {
        return Ok(());
    };
    match answered.reply {
        Reply::Refused(Refusal::Mismatch { .. } | Refusal::Unconfirmed { .. }) => {
            let most = TRIES * (1 + laws.leaps_within_days(now_ms));
            let wrong = laws.wrong.entry(*company).or_default();
            wrong.push(now_ms);
            let count = within(wrong, now_ms, DAY_MS - HOUR_MS);
            must(count <= most, || format!("{count} wrong tries at {company} in a day"))
        }
        // Whoever brings it clears what strangers left.
        Reply::ClaveRight(_) | Reply::AnswerRight(_) => {
            laws.wrong.remove(company);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Five wrong numbers of a card in a day, over all companies (T9).
fn cards(world: &World, answered: &Answered<'_>) -> Held {
    let Some((company, holder, serial)) = card(answered.effect) else { return Ok(()) };
    let now_ms = world.now_ms();
    match answered.reply {
        Reply::Refused(Refusal::Mismatch { .. } | Refusal::Expired { .. }) => {
            let mut laws = world.laws();
            let most = CARD_TRIES * (1 + laws.leaps_within_days(now_ms));
            let wrong = laws.wrong_cards.entry(holder).or_default();
            wrong.push(now_ms);
            let count = within(wrong, now_ms, DAY_MS - HOUR_MS);
            must(count <= most, || format!("{count} wrong cards of {holder} in a day"))
        }
        Reply::CardRight { .. }
        | Reply::CardRightNoAccount { card: Some(_) }
        | Reply::Settlement(SettlementReply::Needed(_))
        | Reply::ApplicantCardRight(_) => {
            world.laws().wrong_cards.remove(&holder);
            evidence::card_was_right(world, company, holder, serial);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Whose card's number is typed, by themselves or by staff before them: each counts as a try at it.
fn holder_of_typed(effect: &Effect) -> Option<Rut> {
    let by_staff = match effect {
        Effect::Staff(order) => match &order.act {
            StaffAct::Dispute(DisputeAct::OpenUnlisted(unlisted)) => Some(unlisted.representative),
            StaffAct::AcceptCard(refused) => Some(refused.of().1),
            _ => None,
        },
        _ => None,
    };
    by_staff.or_else(|| card(effect).map(|(_, holder, _)| holder))
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
    let leaps = laws.leaps_within_days(now_ms);
    let taken = laws.applications.entry(answered.terminal).or_default();
    taken.push(now_ms);
    for (most, lasts_ms) in APPLICATIONS {
        let count = within(taken, now_ms, lasts_ms);
        must(count <= most * (1 + leaps), || format!("{count} within {} h", lasts_ms / HOUR_MS))?;
    }
    Ok(())
}

/// A terminal that is locked was tried at in the last half hour: a lock adds no try, so that it ends (T9).
fn lock_ends(world: &World, answered: &Answered<'_>) -> Held {
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    let off_ms = laws.off_within_ms(now_ms, LOCK_MS);
    let tried = laws.tried_at.entry(answered.terminal).or_default();
    match answered.reply {
        Reply::Refused(
            Refusal::Mismatch { .. }
            | Refusal::Unconfirmed { .. }
            | Refusal::Expired { .. }
            | Refusal::NotListed { .. },
        ) => tried.push(now_ms),
        // A try that a register left open, or whose program was killed, counts too.
        Reply::RegistryDown(_) | Reply::StoreDown | Reply::StoreUnsure | Reply::OfficeAway(_) => {
            tried.push(now_ms)
        }
        Reply::Refused(Refusal::TerminalLocked) => {
            let took_ms = u64::try_from(answered.took.as_millis()).unwrap_or(u64::MAX);
            let asked_ms = now_ms - took_ms;
            let count = within(tried, asked_ms, LOCK_MS + 60_000 + off_ms);
            must(count > 0, || format!("nobody tried anything at Puesto {} since", answered.terminal + 1))?;
        }
        _ => {}
    }
    Ok(())
}

/// *No fui yo* and the status of a request work at a locked terminal (T9).
fn lock_leaves_brakes(answered: &Answered<'_>) -> Held {
    let is_brake = matches!(
        answered.effect,
        Effect::Undo { .. } | Effect::Facilitator(FacilitatorEffect::LookUp { .. })
    );
    let is_locked = matches!(answered.reply, Reply::Refused(Refusal::TerminalLocked));
    must(!(is_brake && is_locked), || format!("{:?}", answered.effect))
}

/// A card waits for tries at this very card alone (T9).
fn owner_passes(world: &World, answered: &Answered<'_>) -> Held {
    let (Some((company, holder, _)), Reply::Refused(Refusal::Wait(_))) =
        (card(answered.effect), answered.reply)
    else {
        return Ok(());
    };
    let now_ms = world.now_ms();
    let laws = world.laws();
    let typed = laws.cards_typed.get(&holder).map_or(0, |typed| within(typed, now_ms, TYPED_BEFORE_MS));
    // The last one is the one that waits.
    must(typed > CARD_TRIES, || format!("{holder} typed {} numbers for {company}", typed.saturating_sub(1)))
}
