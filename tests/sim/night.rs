//! Many offices, one after the other or a few at once, until one breaks a law or the time is over.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use sha2::{Digest, Sha256};

use super::dice::Dice;
use super::figures::Figures;
use super::laws::Broken;
use super::office::{Outcome, play};
use super::plan::Plan;
use super::plants::Plant;
use super::trace::Aloud;

/// How many steps an office has.
const STEPS: u64 = 60;

/// How long to go on.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// So many steps were done, over all offices.
    Steps(u64),
    /// No office begins after this.
    Time(Instant),
}

/// What became of many offices.
#[derive(Default)]
pub struct Night {
    pub offices: u64,
    pub lasted_ms: u64,
    /// Over the traces of all offices, in their order.
    pub hash: String,
    pub figures: Figures,
    /// The first office that broke a law.
    pub broken: Option<(Plan, Broken)>,
}

/// The plan of one of the offices of a seed.
pub fn plan_of(seed: u64, office: u64, steps: u64) -> Plan {
    let mut dice = Dice::of(seed, 1_000 + office);
    Plan::drawn(dice.next(), usize::try_from(steps).unwrap_or(usize::MAX))
}

/// Plays the offices of a seed on as many threads.
pub fn play_many(seed: u64, until: Until, plant: Option<Plant>, threads: usize) -> Night {
    let (next, played) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    let is_broken = || {
        played.lock().expect("no office panics").iter().any(|(_, _, outcome): &Played| {
            outcome.broken.as_ref().is_some_and(|(broken, _)| counts(plant, broken))
        })
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while !is_broken() {
                    let office = next.fetch_add(1, Ordering::SeqCst);
                    let steps = match until {
                        Until::Steps(all) => all.saturating_sub(office * STEPS).min(STEPS),
                        Until::Time(end) if Instant::now() >= end => 0,
                        Until::Time(_) => STEPS,
                    };
                    if steps == 0 {
                        return;
                    }
                    let plan = plan_of(seed, office, steps);
                    let outcome = play(&plan, plant, Aloud::No);
                    played.lock().expect("no office panics").push((office, plan, outcome));
                }
            });
        }
    });
    summed_up(played.into_inner().expect("no office panics"), plant)
}

/// Whether this is what was looked for: a planted mistake is found by its own laws alone.
fn counts(plant: Option<Plant>, broken: &Broken) -> bool {
    plant.is_none_or(|plant| plant.is_found_by(broken.law))
}

type Played = (u64, Plan, Outcome);

fn summed_up(mut played: Vec<Played>, plant: Option<Plant>) -> Night {
    played.sort_by_key(|(office, ..)| *office);
    let (mut night, mut hash) = (Night::default(), Sha256::new());
    for (_, plan, outcome) in played {
        night.offices += 1;
        night.lasted_ms += outcome.lasted_ms;
        hash.update(outcome.hash);
        night.figures.add(outcome.figures);
        let found = outcome.broken.filter(|(broken, _)| counts(plant, broken));
        if let (None, Some((broken, _))) = (&night.broken, found) {
            night.broken = Some((plan, broken));
        }
    }
    night.hash = data_encoding::HEXLOWER.encode(&hash.finalize());
    night
}
