//! Mistakes of the desk: it takes one thing for another, or answers what it should not.

use std::time::Duration;

use totem::domain::cedula::Serial;
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;
use totem::effect::{Effect, Refusal, Reply, StaffReply};
use totem::vault::totp;

use super::Plant;
use crate::sim::world::World;

/// How long a desk of endless sessions thinks about an act of staff.
const LATE: Duration = Duration::from_secs(6 * 60);

/// How long passes before the desk looks at what it is asked.
pub fn waits_before(world: &World, effect: &Effect) -> Option<Duration> {
    let is_late = world.plant == Some(Plant::EndlessSession) && matches!(effect, Effect::Staff(_));
    is_late.then_some(LATE)
}

/// What the desk takes for what it was asked.
pub fn performed(world: &World, effect: &Effect) -> Effect {
    let Some(plant) = world.plant else { return effect.clone() };
    match (plant, effect) {
        (Plant::AnyCodeIsRight, Effect::CheckCode { awaiting, code }) => {
            let right = world.laws().code_of(awaiting.proof());
            let code = right.map_or_else(|| code.clone(), |right| Secret::new(&right));
            Effect::CheckCode { awaiting: awaiting.clone(), code }
        }
        (Plant::AnyClaveOpens, Effect::CheckClave { company, representative, clave }) => {
            let right = world.laws().opened_last(*company);
            let clave = right.map_or_else(|| clave.clone(), |right| Secret::new(&right));
            Effect::CheckClave { company: *company, representative: *representative, clave }
        }
        (Plant::CodeOfLongAgo, Effect::Staff(order)) if order.code.is_none() => {
            let mut order = order.clone();
            let seed = world.staff_seed(order.session.name().as_str());
            order.code = seed.map(|seed| totp::code_at(&seed, world.now_ms()));
            Effect::Staff(order)
        }
        (Plant::EndlessSession, Effect::EndVisit { ending, lasted, session: Some(_) }) => {
            Effect::EndVisit { ending: *ending, lasted: *lasted, session: None }
        }
        (Plant::EndlessSession | Plant::ViewsStay, Effect::SignOut { .. })
        | (Plant::ViewsStay, Effect::EndVisit { .. }) => Effect::DrawChallenge,
        _ => effect.clone(),
    }
}

/// What the desk answers in place of what it should.
pub fn replied(world: &World, terminal: u8, effect: &Effect, reply: Reply) -> Reply {
    let Some(plant) = world.plant else { return reply };
    match (plant, effect) {
        (Plant::LockStays, effect) if is_counted(effect) && world.laws().failed_before(terminal) => {
            Reply::Refused(Refusal::TerminalLocked)
        }
        (Plant::LockOnBrakes, Effect::Undo { .. }) => Reply::Refused(Refusal::TerminalLocked),
        (Plant::BlockOnCard, effect) => match card(effect) {
            Some((company, ..)) if world.laws().failed_at(company) => {
                Reply::Refused(Refusal::Wait(Duration::from_secs(60)))
            }
            _ => reply,
        },
        (Plant::AccountTold, Effect::BeginRecovery(company)) => {
            let has_account = world.laws().account(*company).is_some();
            if has_account { reply } else { Reply::CompanyUnknown { listed: None } }
        }
        // A code that was typed for it is not looked at either.
        (Plant::CodeOfLongAgo, Effect::Staff(_)) if reply == Reply::Staff(StaffReply::CodeWrong) => {
            Reply::Staff(StaffReply::CodeWanted)
        }
        _ => reply,
    }
}

fn is_counted(effect: &Effect) -> bool {
    matches!(effect, Effect::CheckAnswer { .. } | Effect::CheckClave { .. } | Effect::CheckCard { .. })
}

fn card(effect: &Effect) -> Option<(Rut, &Serial)> {
    match effect {
        Effect::CheckCard { representative, serial } => Some((representative.company(), serial)),
        _ => None,
    }
}
