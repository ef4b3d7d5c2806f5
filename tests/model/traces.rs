//! Ways through the worlds as plain data: what is tried, what comes of it, who is told, and who is in
//! afterwards. The same tries at the real desk must come to the same. Time passes here only as it can at
//! a desk whose courier is prompt, so that a day, three days and thirty days mean what they say.

use std::collections::{HashSet, VecDeque};
use std::fmt::{Display, Formatter};
use std::mem::discriminant;

use crate::desk::{DEEDS, Key, Mailbox, Rank, Stage, Told, Who};
use crate::rules::{Refusal, Rules, Try};
use crate::variant::{Variant, variants};
use crate::world::{Action, World};

/// What came of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was done, and these heard of it.
    Done(Told),
    /// It was not.
    Refused(Refusal),
}

/// What a code of a notice does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeFor {
    /// Undoes a low deed and all after it.
    Undo,
    /// Freezes the account.
    Freeze,
    /// Stops a hold.
    Stop,
}

/// A code as the desk gave it out: where it went, and in which step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// What it does.
    pub what: CodeFor,
    /// The mailbox that it was sent to.
    pub mailbox: Mailbox,
    /// The step of the trace that was told of with it, from 0.
    pub told_in: usize,
}

/// What is done in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Done {
    /// Anything but typing a notice's code.
    Action(Action),
    /// A notice's code is typed.
    Typed(Code),
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TraceStep {
    /// What is done.
    pub done: Done,
    /// What comes of it.
    pub outcome: Outcome,
    /// Who has a CS or a key that works afterwards: owner, partner, thief.
    pub is_in: [bool; 3],
    /// Whether the account is frozen afterwards.
    pub is_frozen: bool,
}

/// One way through a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Which world.
    pub world: &'static str,
    /// One after the other.
    pub steps: Vec<TraceStep>,
}

impl Display for Trace {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.world)?;
        for step in &self.steps {
            writeln!(
                f,
                "  {:?} -> {:?}, in {:?}, frozen {}",
                step.done, step.outcome, step.is_in, step.is_frozen
            )?;
        }
        Ok(())
    }
}

/// A small generator with a fixed sequence (SplitMix64): the traces are the same with every version of
/// every library.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}

/// A trace that is being written.
#[derive(Clone)]
struct Writer {
    variant: Variant,
    world: World,
    /// Days since the last three days, and three days since the last month.
    passed: (u8, u8),
    /// In which step the code of each living low deed was told, the oldest first.
    deeds: Vec<usize>,
    codes: Vec<Code>,
    steps: Vec<TraceStep>,
}

impl Writer {
    fn new(variant: Variant) -> Self {
        // Crashes need a courier that is killed; the notices of the real desk have room for eight.
        let variant = Variant { crashes: false, room: DEEDS, rules: Rules::ALL, ..variant };
        let world = World::first(&variant);
        Writer { variant, world, passed: (0, 0), deeds: Vec::new(), codes: Vec::new(), steps: Vec::new() }
    }

    /// What may be tried next, as far as the real desk is asked the same.
    fn actions(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        self.world.actions(&self.variant, &mut actions);
        actions.retain(|action| self.is_comparable(*action));
        actions
    }

    fn is_comparable(&self, action: Action) -> bool {
        let account = self.world.desk.account;
        let has = |stage| {
            let of = |key: &Key| account.and_then(|account| *account.sending(*key));
            Key::ALL.iter().filter_map(of).any(|sending| sending.stage == stage)
        };
        match action {
            Action::Deliver(_) => true,
            // The courier is prompt.
            _ if has(Stage::Queued) => false,
            Action::Day => self.passed.0 < 2,
            Action::ThreeDays => self.passed.1 < 4 && !has(Stage::Held),
            Action::Month => !has(Stage::Held),
            Action::Try(Try::Undo { deed, mailbox, .. }) => {
                self.is_undoing_known(deed) && self.has_own_code(mailbox, deed)
            }
            Action::Try(tried) => {
                // Asked for again, a recovery is the same for a minute, and another one later.
                let is_same = self.world.decide(&self.variant, tried).err() == Some(Refusal::AskedBefore);
                !is_same && (self.has_room() || !is_low_deed(tried))
            }
            _ => true,
        }
    }

    /// The model does not know whether a recovery to a new address came before an erasure that is taken
    /// back, or after, nor whether the clave that a visit was opened with is the same again.
    fn is_undoing_known(&self, deed: u8) -> bool {
        let Some(account) = self.world.desk.account else { return false };
        let mut undone = account.history[deed as usize..].iter().flatten();
        let has_new_address = account.to_new.iter().any(Option::is_some);
        self.world.visit.is_none() && (!has_new_address || undone.any(|undone| undone.changes))
    }

    /// Whether the mailbox got a code with the notice of this deed. The one that it got with the hold before
    /// lives for three days from then.
    fn has_own_code(&self, mailbox: Mailbox, deed: u8) -> bool {
        let told_in = self.deeds.get(deed as usize);
        let mut codes = self.codes.iter().filter(|code| code.what == CodeFor::Undo);
        codes.any(|code| code.mailbox == mailbox && Some(&code.told_in) == told_in)
    }

    /// Whether one more low deed has a code of its own.
    fn has_room(&self) -> bool {
        let account = self.world.desk.account;
        account.is_none_or(|account| account.history.iter().any(Option::is_none))
    }

    fn take(&mut self, action: Action) {
        let done = self.done(action);
        let outcome = match self.world.step(&self.variant, action) {
            Ok((next, told)) => {
                self.note(action, &next, told);
                self.world = next;
                Outcome::Done(told)
            }
            Err(refusal) => Outcome::Refused(refusal),
        };
        self.write(done, outcome);
    }

    fn write(&mut self, done: Done, outcome: Outcome) {
        let is_in = [Who::Owner, Who::Partner, Who::Thief].map(|who| self.world.is_in(&self.variant, who));
        let is_frozen = self.world.desk.account.is_some_and(|account| account.frozen);
        self.steps.push(TraceStep { done, outcome, is_in, is_frozen });
    }

    /// A code is typed as it was told, not by the number of its deed.
    fn done(&self, action: Action) -> Done {
        let (what, mailbox, deed) = match action {
            Action::Try(Try::Undo { mailbox, deed, .. }) => (CodeFor::Undo, mailbox, Some(deed)),
            Action::Try(Try::Freeze { mailbox, .. }) => (CodeFor::Freeze, mailbox, None),
            Action::Try(Try::StopHold { mailbox, .. }) => (CodeFor::Stop, mailbox, None),
            _ => return Done::Action(action),
        };
        let told_in = deed.map(|deed| self.deeds[deed as usize]);
        let is_it = |code: &&Code| {
            code.what == what && code.mailbox == mailbox && told_in.is_none_or(|step| code.told_in == step)
        };
        let code = self.codes.iter().rfind(is_it);
        Done::Typed(*code.expect("a living code was told in some step"))
    }

    /// What a step gave out, and which deeds can still be undone.
    fn note(&mut self, action: Action, next: &World, told: Told) {
        let told_in = self.steps.len();
        let given = [(CodeFor::Undo, told.undo), (CodeFor::Freeze, told.freeze), (CodeFor::Stop, told.stop)];
        for (what, mailboxes) in given {
            self.codes.extend(mailboxes.iter().map(|mailbox| Code { what, mailbox, told_in }));
        }
        let living = next.desk.account.map_or(0, |account| account.history.iter().flatten().count());
        if living > self.deeds.len() {
            self.deeds.push(told_in);
        }
        self.deeds.truncate(living);
        self.passed = match action {
            Action::Day => (self.passed.0 + 1, self.passed.1),
            Action::ThreeDays => (0, self.passed.1 + 1),
            Action::Month => (0, 0),
            _ => self.passed,
        };
    }

    /// A code that works no more is typed.
    fn type_dead(&mut self, dice: &mut Dice) {
        let living = |code: &Code| {
            let Some(account) = self.world.desk.account else { return false };
            match code.what {
                CodeFor::Undo => {
                    let deed = self.deeds.iter().position(|told_in| *told_in == code.told_in);
                    deed.is_some_and(|deed| account.history[deed].is_some())
                }
                CodeFor::Freeze => account.freeze_codes.has(code.mailbox),
                CodeFor::Stop => true,
            }
        };
        // At the desk the code of a hold that ended still works for three days, and does nothing.
        let codes = self.codes.iter().filter(|code| code.what != CodeFor::Stop);
        let dead: Vec<Code> = codes.filter(|code| !living(code)).copied().collect();
        if !dead.is_empty() {
            let refusal = if self.world.desk.account.is_some() { Refusal::Dead } else { Refusal::NoAccount };
            self.write(Done::Typed(dead[dice.roll(dead.len())]), Outcome::Refused(refusal));
        }
    }

    fn trace(self) -> Trace {
        Trace { world: self.variant.name, steps: self.steps }
    }
}

fn is_low_deed(tried: Try) -> bool {
    matches!(tried, Try::Change { .. } | Try::UseKey { .. } | Try::Readdress { .. } | Try::Forget { .. })
}

/// So many random ways through a world. The same seed gives the same.
pub fn random(variant: Variant, seed: u64, count: usize) -> Vec<Trace> {
    let mut dice = Dice(seed);
    let mut traces = Vec::new();
    for _ in 0..count {
        let mut writer = Writer::new(variant);
        for _ in 0..4 + dice.roll(12) {
            let actions = writer.actions();
            match actions.len() {
                0 => break,
                _ if dice.roll(12) == 0 => writer.type_dead(&mut dice),
                sides => writer.take(actions[dice.roll(sides)]),
            }
        }
        traces.push(writer.trace());
    }
    traces
}

/// The shortest way to every kind of outcome: who tries what, at which rank, frozen or not, with which
/// things under way, and what comes of it. Looks at so many states.
pub fn shortest(variant: Variant, most_states: usize) -> Vec<Trace> {
    let first = Writer::new(variant);
    let (mut known, mut kinds) = (HashSet::from([first.world]), HashSet::new());
    let mut queue = VecDeque::from([first]);
    let mut traces = Vec::new();
    while let Some(writer) = queue.pop_front() {
        for action in writer.actions() {
            let mut next = writer.clone();
            next.take(action);
            let Some(last) = next.steps.last() else { continue };
            if kinds.insert(kind(&writer.world, action, last)) {
                traces.push(next.clone().trace());
            }
            if known.len() < most_states && known.insert(next.world) {
                queue.push_back(next);
            }
        }
    }
    traces
}

/// What makes a step another kind than the steps before it.
fn kind(before: &World, action: Action, last: &TraceStep) -> impl Eq + std::hash::Hash + use<> {
    let account = before.desk.account.map(|account| {
        let under_way = Key::ALL.map(|key| account.sending(key).map(|sending| sending.stage));
        (account.rank, account.frozen, under_way, account.erasing, account.representative)
    });
    let tried = match action {
        Action::Try(tried) => Some((discriminant(&tried), tried.who())),
        _ => None,
    };
    let remembered: Rank = before.desk.remembered;
    (account, remembered, discriminant(&action), tried, last.outcome, last.is_in)
}

/// How many random ways there are through each world.
const RANDOM_EACH: usize = 300;
/// How many states of each world are looked at for the shortest ways.
const STATES_EACH: usize = 3_000;

/// The traces of one world.
pub fn of_world(variant: Variant, seed: u64) -> Vec<Trace> {
    let mut traces = shortest(variant, STATES_EACH);
    traces.extend(random(variant, seed, RANDOM_EACH));
    traces
}

/// The traces of all worlds.
pub fn all() -> Vec<Trace> {
    variants().zip(1..).flat_map(|(variant, seed)| of_world(variant, seed)).collect()
}
