//! What shall happen in an office: a list of steps that is drawn from a seed, can be made shorter, kept
//! in a file, and read out in plain words. A step has a seed of its own, so that the ones that are left
//! go as they went before.

use serde::{Deserialize, Serialize};

use super::cast::{FIRMS, Known, STAFF, WELL_KNOWN, Who};
use super::dice::Dice;
use super::stories;

/// How many terminals the office has.
pub const TERMINALS: u8 = 3;
pub const HOUR_S: u64 = 3_600;

/// An office, and what happens in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Of everything that the steps don't draw themselves.
    pub seed: u64,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// How long after the step before, in seconds.
    pub after_s: u64,
    pub seed: u64,
    pub what: What,
}

/// What happens in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Somebody comes to a terminal, and waits for their turn there.
    Visit {
        terminal: u8,
        who: Who,
        firm: usize,
        purpose: Purpose,
        /// The member of staff beside them, if one is.
        beside: Option<usize>,
    },
    /// Both services of the State, for a while.
    Registers(RegisterWeather),
    Post(PostWeather),
    Store(StoreWeather),
    /// The wall clock of all terminals is wrong by so much from now on.
    ClockIsWrong {
        by_s: i64,
    },
    /// The program of a terminal ends, after so many more calls to store, register or post.
    Killed {
        terminal: u8,
        after_calls: u16,
    },
    /// All terminals lose their power, and the machines boot anew.
    PowerCut,
    /// All machines are switched off for so long.
    Off {
        minutes: u32,
    },
    /// A member of staff leaves, and their account is closed.
    StaffLeaves {
        member: usize,
    },
    /// One who had left is there again.
    StaffReturns {
        member: usize,
    },
    /// From now on some of what lies in the store can't be read any more.
    StoreRots {
        records: u8,
    },
    /// Nobody does anything.
    Quiet,
}

/// Why somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Purpose {
    Register,
    /// They leave while the code is asked for.
    RegisterAndLeave,
    FinishRegistration,
    RecoverByAnswer,
    RecoverByCard,
    RecoverToNewMailbox,
    Change,
    UseSentKey,
    UpdateContacts,
    AskErasure,
    SendCopy,
    Undo,
    LookAround,
    /// Keys at random.
    Dice,
    /// A member of staff signs in and looks things up.
    StaffDesk,
    /// Two members of staff give the account to the representative (T6).
    Settle,
    /// The same, all of it on the screens.
    SettleOnScreen,
    /// Another representative of the firm puts themselves on file.
    NewRepresentative,
    /// Goes through RUTs with wrong answers.
    Sweep,
    RequestFacilitator,
    FacilitatorStatus,
    /// A facilitator uses the key that was sent, or their own.
    FacilitatorClave,
    /// A member of staff decides on facilitators' requests.
    Review,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegisterWeather {
    #[default]
    Answer,
    Down,
    Slow,
    /// Now yes, now no.
    Contradict,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PostWeather {
    #[default]
    Goes,
    /// The first attempt at each message is put off.
    Greylists,
    /// The mailbox refuses for good.
    Bounces,
    /// Taken, and not said so.
    TakenTwice,
    Unreachable,
    Slow,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoreWeather {
    #[default]
    Works,
    /// Nothing can be saved.
    Full,
    /// Nothing answers.
    Down,
    /// Whether something was saved is not said, in half of the cases.
    Unsure,
    Slow,
}

/// How often a story begins in place of a step alone, of a hundred times.
const STORIES: u64 = 8;

impl Plan {
    /// An office of this seed with so many steps.
    pub fn drawn(seed: u64, steps: usize) -> Self {
        let mut dice = Dice::of(seed, 1);
        let mut plan = Plan { seed, steps: Vec::new() };
        let mut second_of_day = 0;
        while plan.steps.len() < steps {
            let story = match dice.percent(STORIES) {
                true => stories::drawn(&mut dice),
                false => vec![(pause(&mut dice, &mut second_of_day), drawn(&mut dice))],
            };
            for (after_s, what) in story {
                plan.steps.push(Step { after_s, seed: dice.next(), what });
            }
        }
        plan.steps.truncate(steps);
        plan
    }
}

/// Minutes within a day of eight hours, then a night; now and then a quiet month.
fn pause(dice: &mut Dice, second_of_day: &mut u64) -> u64 {
    let pause_s = dice.between(5, 40 * 60);
    *second_of_day += pause_s;
    if *second_of_day < 8 * HOUR_S {
        return pause_s;
    }
    *second_of_day = 0;
    match dice.below(40) {
        0 => 31 * 24 * HOUR_S,
        1 | 2 => 3 * 24 * HOUR_S,
        _ => 16 * HOUR_S,
    }
}

fn drawn(dice: &mut Dice) -> What {
    match dice.below(100) {
        0..=4 => What::Registers(dice.one_of(&[
            RegisterWeather::Answer,
            RegisterWeather::Answer,
            RegisterWeather::Down,
            RegisterWeather::Slow,
            RegisterWeather::Contradict,
        ])),
        5..=9 => What::Post(dice.one_of(&[
            PostWeather::Goes,
            PostWeather::Goes,
            PostWeather::Goes,
            PostWeather::Greylists,
            PostWeather::Bounces,
            PostWeather::TakenTwice,
            PostWeather::Unreachable,
            PostWeather::Slow,
        ])),
        10..=14 => What::Store(dice.one_of(&[
            StoreWeather::Works,
            StoreWeather::Works,
            StoreWeather::Works,
            StoreWeather::Full,
            StoreWeather::Down,
            StoreWeather::Unsure,
            StoreWeather::Slow,
        ])),
        15 => What::ClockIsWrong { by_s: dice.one_of(&[0, 0, 0, 400, -400, 7_200, 90_000, -90_000]) },
        16..=19 => What::Killed { terminal: some_terminal(dice), after_calls: dice.between(0, 60) as u16 },
        20 => match dice.below(2) {
            0 => What::PowerCut,
            _ => What::Off { minutes: dice.one_of(&[5, 60, 15 * 60, 3 * 24 * 60]) },
        },
        21 => What::StaffLeaves { member: dice.below(STAFF.len() as u64) as usize },
        22 => What::StaffReturns { member: dice.below(STAFF.len() as u64) as usize },
        23 => What::StoreRots { records: dice.between(1, 3) as u8 },
        _ => visit(dice),
    }
}

fn some_terminal(dice: &mut Dice) -> u8 {
    dice.below(TERMINALS.into()) as u8
}

/// Why people come, the more often the more entries.
const PURPOSES: [Purpose; 36] = [
    Purpose::Register,
    Purpose::Register,
    Purpose::Register,
    Purpose::FinishRegistration,
    Purpose::RecoverByAnswer,
    Purpose::RecoverByAnswer,
    Purpose::RecoverByCard,
    Purpose::RecoverByCard,
    Purpose::RecoverToNewMailbox,
    Purpose::RecoverToNewMailbox,
    Purpose::Change,
    Purpose::Change,
    Purpose::UseSentKey,
    Purpose::UseSentKey,
    Purpose::UseSentKey,
    Purpose::UpdateContacts,
    Purpose::UpdateContacts,
    Purpose::AskErasure,
    Purpose::SendCopy,
    Purpose::Undo,
    Purpose::Undo,
    Purpose::LookAround,
    Purpose::Dice,
    Purpose::StaffDesk,
    Purpose::StaffDesk,
    Purpose::Settle,
    Purpose::SettleOnScreen,
    Purpose::NewRepresentative,
    Purpose::RequestFacilitator,
    Purpose::RequestFacilitator,
    Purpose::RequestFacilitator,
    Purpose::FacilitatorStatus,
    Purpose::FacilitatorClave,
    Purpose::Review,
    Purpose::Review,
    Purpose::Sweep,
];

fn visit(dice: &mut Dice) -> What {
    let terminal = some_terminal(dice);
    let firm = match dice.below(20) {
        0 => dice.below(FIRMS.len() as u64) as usize,
        _ => dice.below(WELL_KNOWN as u64) as usize,
    };
    let who = match dice.below(100) {
        0..=65 => dice.one_of(FIRMS[firm].represented_by),
        // Who represents another firm may try this one.
        66..=69 => dice.one_of(&[Who::Ana, Who::Bruno, Who::Diego]),
        _ => dice.one_of(&Who::THIEVES),
    };
    let purpose = dice.one_of(&PURPOSES);
    let who = match purpose {
        Purpose::FacilitatorClave => Who::Hugo,
        Purpose::Sweep => Who::Stranger,
        // Two members of staff who look at papers tell whose they are.
        Purpose::Settle | Purpose::SettleOnScreen if FIRMS[firm].known == Known::Unlisted => {
            FIRMS[firm].represented_by[0]
        }
        _ => who,
    };
    // Only one of them can be bribed.
    let members: &[usize] = if who.is_honest() { &[0, 1, 2] } else { &[2] };
    let beside = dice.percent(purpose.beside_of_hundred()).then(|| dice.one_of(members));
    let beside = match purpose {
        Purpose::StaffDesk => Some(dice.below(STAFF.len() as u64) as usize),
        // Those whose role it is.
        Purpose::Review => Some(dice.between(1, 2) as usize),
        Purpose::SettleOnScreen if who.is_honest() => Some(dice.below(STAFF.len() as u64) as usize),
        _ => beside,
    };
    What::Visit { terminal, who, firm, purpose, beside }
}

impl Step {
    /// How long the weather of a step lasts, in minutes.
    pub fn lasts_min(&self) -> u64 {
        Dice::new(self.seed).between(2, 180)
    }
}

impl Purpose {
    /// How often a member of staff stands beside whoever comes for this, of a hundred times.
    fn beside_of_hundred(self) -> u64 {
        match self {
            Purpose::RecoverToNewMailbox
            | Purpose::Register
            | Purpose::FinishRegistration
            | Purpose::Dice => 40,
            Purpose::RecoverByAnswer | Purpose::RecoverByCard | Purpose::Change | Purpose::Undo => 15,
            _ => 0,
        }
    }
}
