//! Many offices, one after the other or a few at once, until one breaks a law, the time is over, or somebody
//! ends it.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

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
/// How often whoever looks on is told.
const TOLD_EVERY: Duration = Duration::from_secs(60);

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

impl Night {
    /// In an office's own time.
    pub fn office_days(&self) -> f64 {
        self.lasted_ms as f64 / 86_400_000.0
    }
}

/// Who looks on.
pub struct Onlooker<'a> {
    /// Is told now and then how far it is, and how long it has taken.
    pub hears: &'a (dyn Fn(&Night, Duration) + Sync),
    /// No office begins once they set it.
    pub has_enough: &'a AtomicBool,
}

/// The plan of one of the offices of a seed.
pub fn plan_of(seed: u64, office: u64, steps: u64) -> Plan {
    let mut dice = Dice::of(seed, 1_000 + office);
    Plan::drawn(dice.next(), usize::try_from(steps).unwrap_or(usize::MAX))
}

/// Plays the offices of a seed on as many threads.
pub fn play_many(seed: u64, until: Until, plant: Option<Plant>, threads: usize) -> Night {
    let onlooker = Onlooker { hears: &|_, _| {}, has_enough: &AtomicBool::new(false) };
    play_before(seed, until, plant, (threads, &onlooker))
}

/// The same while somebody looks on.
pub fn play_before(
    seed: u64,
    until: Until,
    plant: Option<Plant>,
    (threads, onlooker): (usize, &Onlooker<'_>),
) -> Night {
    let (next, began, sum) = (AtomicU64::new(0), Instant::now(), Mutex::new(Sum::default()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while !sum.lock().expect("no office panics").is_broken
                    && !onlooker.has_enough.load(Ordering::SeqCst)
                {
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
                    let mut sum = sum.lock().expect("no office panics");
                    sum.add(office, (plan, outcome), plant);
                    if sum.told.elapsed() >= TOLD_EVERY {
                        sum.told = Instant::now();
                        (onlooker.hears)(&sum.night, began.elapsed());
                    }
                }
            });
        }
    });
    sum.into_inner().expect("no office panics").ends()
}

/// Whether this is what was looked for: a planted mistake is found by its own laws alone.
fn counts(plant: Option<Plant>, broken: &Broken) -> bool {
    plant.is_none_or(|plant| plant.is_found_by(broken.law))
}

/// The offices that were played, each added in its turn, so that a night takes no more memory than an hour.
struct Sum {
    night: Night,
    hash: Sha256,
    /// Those that were faster than one before them.
    early: BTreeMap<u64, (Plan, Outcome)>,
    is_broken: bool,
    told: Instant,
}

impl Default for Sum {
    fn default() -> Self {
        let (hash, early) = (Sha256::new(), BTreeMap::new());
        Sum { night: Night::default(), hash, early, is_broken: false, told: Instant::now() }
    }
}

impl Sum {
    fn add(&mut self, office: u64, played: (Plan, Outcome), plant: Option<Plant>) {
        self.early.insert(office, played);
        while let Some((plan, outcome)) = self.early.remove(&self.night.offices) {
            let night = &mut self.night;
            night.offices += 1;
            night.lasted_ms += outcome.lasted_ms;
            self.hash.update(outcome.hash);
            night.figures.add(outcome.figures);
            let found = outcome.broken.filter(|(broken, _)| counts(plant, broken));
            if let (None, Some((broken, _))) = (&night.broken, found) {
                night.broken = Some((plan, broken));
            }
        }
        let mut played = self.early.values().filter_map(|(_, outcome)| outcome.broken.as_ref());
        self.is_broken |= self.night.broken.is_some() || played.any(|(broken, _)| counts(plant, broken));
    }

    fn ends(self) -> Night {
        Night { hash: data_encoding::HEXLOWER.encode(&self.hash.finalize()), ..self.night }
    }
}
