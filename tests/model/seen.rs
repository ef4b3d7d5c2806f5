//! What is remembered of the past for the properties alone. The desk knows none of it.

use crate::desk::{DEEDS, Key, Mailbox, Mailboxes, Rank, Stage, Who};
use crate::faults::Fault;
use crate::rules::Try;
use crate::variant::{Start, Variant};
use crate::world::{Action, World};

/// What happened so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seen {
    /// Of the thief's mailboxes: proved and on file at some time.
    pub ever_on_file: Mailboxes,
    /// Of the thief's mailboxes: trusted to freeze at some time (T4b).
    pub ever_trusted: Mailboxes,
    /// The account is an honest representative's.
    pub is_honest: bool,
    /// An honest E5 or E6 is done, and the CS chosen by it was not stolen since.
    pub is_secured: bool,
    /// An honest E5 or E6 gave the account its channels.
    pub is_clean: bool,
    /// An honest E6 was less than 30 days ago, and its CS was not stolen.
    pub is_office_fresh: bool,
    /// There was an honest E6.
    pub had_office: bool,
    /// The thief froze the account.
    pub has_frozen: bool,
    /// Somebody honest did, and no E6 came since.
    pub is_frozen_by_owner: bool,
    /// The last E5 was the thief's, by a bribed member.
    pub is_thiefs_person: bool,
    /// A hold of the thief's ran out.
    pub hold_ran_out: bool,
    /// The owner's undoing took the thief's clave away, and nobody did anything new.
    pub is_undone: bool,
    /// What must never happen, and did.
    pub faults: u16,
}

const STRANGERS: [Mailbox; 2] = [Mailbox::Former, Mailbox::Stranger];

impl Seen {
    /// At first.
    pub fn first(variant: &Variant) -> Seen {
        let is_others =
            matches!(variant.start, Start::Nothing | Start::FormersMailbox | Start::FormerRepresentative);
        let mut seen = Seen { is_honest: !is_others, ..Seen::default() };
        seen.note_channels(&variant.first_desk());
        seen
    }

    /// Whether this happened.
    pub fn has(&self, fault: Fault) -> bool {
        self.faults & (1 << fault as u16) != 0
    }

    fn note_channels(&mut self, desk: &crate::desk::Desk) {
        let Some(account) = desk.account else { return };
        let strangers = STRANGERS.into_iter().collect::<Mailboxes>();
        self.ever_on_file = self.ever_on_file | (account.proved() & strangers);
        self.ever_trusted = self.ever_trusted | (account.trusted() & strangers);
    }
}

/// What is remembered after a step.
pub fn after(variant: &Variant, before: &World, after: &World, action: Action) -> Seen {
    let mut seen = before.seen;
    seen.note_channels(&after.desk);
    if let Action::Try(tried) = action {
        seen.is_undone &= tried.is_brake();
    }
    match action {
        Action::Try(tried) if tried.who() == Who::Thief => {
            of_thief(variant, (before, after), tried, &mut seen)
        }
        Action::Try(tried) => of_honest(variant, (before, after), tried, &mut seen),
        Action::Steal => (seen.is_secured, seen.is_office_fresh, seen.is_undone) = (false, false, false),
        Action::Day | Action::ThreeDays | Action::Month => {
            seen.hold_ran_out |= variant.is_alone() && has_thiefs_hold(before);
            seen.is_office_fresh &= action != Action::Month;
        }
        Action::Open(_) | Action::Deliver(_) | Action::DeliverAndDie(_) | Action::Silence(_) => {}
    }
    if after.desk.account.is_none() {
        (seen.is_honest, seen.is_undone) = (false, false);
    }
    seen
}

fn has_thiefs_hold(world: &World) -> bool {
    let Some(account) = world.desk.account else { return false };
    let mut held = account.to_new.iter().flatten().filter(|sending| sending.stage == Stage::Held);
    held.any(|sending| sending.by == Who::Thief)
}

fn of_thief(variant: &Variant, (before, after): (&World, &World), tried: Try, seen: &mut Seen) {
    match tried {
        Try::Freeze { .. } => seen.has_frozen = true,
        Try::AskInPerson { .. } | Try::FinishInPerson { .. } => seen.is_thiefs_person = true,
        _ => {}
    }
    let reached = |world: &World| world.desk.account.map(|account| account.on_file().meets(variant.honest()));
    // The thief registered, or the owner's last channel left, and heard of it.
    if reached(before) != Some(false) && reached(after) == Some(false) {
        seen.is_honest = false;
    }
}

fn of_honest(variant: &Variant, (before, after): (&World, &World), tried: Try, seen: &mut Seen) {
    let is_made = before.desk.account.is_none() && after.desk.account.is_some();
    match tried {
        Try::FinishWithCard { .. } => seen.is_honest |= is_made,
        Try::FinishInPerson { .. } if is_made && is_low(after) => seen.is_honest = true,
        Try::FinishInPerson { .. } | Try::AskInPerson { .. } => {
            (seen.is_honest, seen.is_clean, seen.is_thiefs_person) = (true, true, false);
            seen.is_secured |= is_made;
        }
        Try::UseKey { key: Key::InPerson, .. } => seen.is_secured = true,
        Try::Settle { .. } => {
            (seen.is_honest, seen.is_clean, seen.is_thiefs_person) = (true, true, false);
            (seen.is_secured, seen.is_office_fresh, seen.had_office) = (true, true, true);
            seen.is_frozen_by_owner = false;
        }
        Try::Freeze { .. } => seen.is_frozen_by_owner = true,
        Try::Undo { deed, .. } => seen.is_undone = is_undone(variant, before, after, deed),
        _ => {}
    }
}

fn is_low(world: &World) -> bool {
    world.desk.account.is_some_and(|account| account.rank == Rank::Low)
}

/// The thief is out, and has no code for something earlier.
fn is_undone(variant: &Variant, before: &World, after: &World, deed: u8) -> bool {
    let history = before.desk.account.map_or([None; DEEDS], |account| account.history);
    let mut earlier = history[..deed as usize].iter().flatten();
    !after.desk.is_claves(Who::Thief) && !earlier.any(|known| known.codes.meets(variant.read_by(Who::Thief)))
}
