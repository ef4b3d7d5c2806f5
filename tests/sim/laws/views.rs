//! Laws about documents that are laid out for staff to look at: they lie there in clear, so they go when
//! whoever asked for them does, after some minutes, and at the next start (S13).

use std::path::PathBuf;
use std::time::Duration;

use totem::domain::office_time::JUMP_MS;
use totem::domain::reference::Id;
use totem::effect::requests::RequestReply;
use totem::effect::{Effect, Reply, StaffReply};

use super::answers::Answered;
use super::{Law, must};
use crate::sim::world::World;

/// How long they lie there.
pub const LASTS: Duration = Duration::from_secs(10 * 60);
/// By how much later they may go: the wall clock may be set back by so much without a jump, and it takes its
/// time.
const LATE_MS: u64 = JUMP_MS + 60_000;

/// One request's documents.
#[derive(Clone, Debug)]
pub struct LaidOut {
    terminal: u8,
    session: Id,
    folder: PathBuf,
    at_ms: u64,
}

/// Notes what was laid out, and holds the law when a session or a visit is over.
pub fn heard(world: &World, answered: &Answered<'_>) {
    match (answered.effect, answered.reply) {
        (Effect::Staff(order), Reply::Staff(StaffReply::Request(RequestReply::Exported { folder, .. }))) => {
            let (folder, at_ms) = (PathBuf::from(folder.as_str()), world.now_ms());
            let session = order.session.id();
            let laid = LaidOut { terminal: answered.terminal, session, folder, at_ms };
            let mut laws = world.laws();
            laws.laid_out.retain(|before| before.folder != laid.folder);
            laws.laid_out.push(laid);
        }
        (Effect::SignOut { session }, _) => {
            are_gone(world, |laid| laid.terminal == answered.terminal && laid.session == session.id());
        }
        (Effect::EndVisit { .. }, _) => are_gone(world, |laid| laid.terminal == answered.terminal),
        _ => {}
    }
}

/// None of those lies there any more.
fn are_gone(world: &World, of_these: impl Fn(&LaidOut) -> bool) {
    let over: Vec<LaidOut> = world.laws().laid_out.extract_if(.., |laid| of_these(laid)).collect();
    let left = over.iter().find(|laid| laid.folder.exists());
    let held = must(left.is_none(), || format!("at Puesto {}", left.map_or(0, |laid| laid.terminal + 1)));
    world.holds(Law::LaidOutEnds, held);
}

/// Nobody can take anything away at a terminal whose program has ended.
pub fn program_ended(world: &World, terminal: u8) {
    let mut laws = world.laws();
    for laid in laws.laid_out.iter_mut().filter(|laid| laid.terminal == terminal) {
        laid.at_ms = u64::MAX;
    }
}

/// The program has started, and taken away what was left there.
pub fn program_started(world: &World, terminal: u8) {
    are_gone(world, |laid| laid.terminal == terminal);
}

/// Nothing lies there longer than it may.
pub fn end_in_time(world: &World) {
    let now_ms = world.now_ms();
    let most_ms = u64::try_from(LASTS.as_millis()).unwrap_or(u64::MAX) + LATE_MS;
    are_gone(world, |laid| now_ms.saturating_sub(laid.at_ms) > most_ms);
}
