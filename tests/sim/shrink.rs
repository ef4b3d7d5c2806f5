//! From a plan that breaks a law to the shortest one that breaks the same law.

use std::time::{Duration, Instant};

use super::laws::Law;
use super::office::play;
use super::plan::{Plan, Step};
use super::plants::Plant;
use super::trace::Aloud;

/// Takes away what is not needed for this law to break, for as long as there is time.
pub fn shortest(plan: &Plan, law: Law, plant: Option<Plant>, time: Duration) -> Plan {
    let until = Instant::now() + time;
    let breaks = |plan: &Plan| {
        let broken = play(plan, plant, Aloud::No).broken;
        broken.filter(|(broken, _)| broken.law == law).map(|(_, done)| done)
    };
    let mut best = plan.clone();
    if let Some(done) = breaks(&best) {
        best.steps.truncate(done);
    }
    let mut size = best.steps.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < best.steps.len() && Instant::now() < until {
            let shorter = without(&best, at, size);
            match breaks(&shorter) {
                Some(done) => {
                    best = shorter;
                    best.steps.truncate(done);
                }
                None => at += size,
            }
        }
        size /= 2;
    }
    best
}

/// Without these steps; what comes after them happens when it did.
fn without(plan: &Plan, at: usize, size: usize) -> Plan {
    let end = (at + size).min(plan.steps.len());
    let skipped_s: u64 = plan.steps[at..end].iter().map(|step| step.after_s).sum();
    let mut steps: Vec<Step> = plan.steps[..at].to_vec();
    steps.extend_from_slice(&plan.steps[end..]);
    if let Some(next) = steps.get_mut(at) {
        next.after_s += skipped_s;
    }
    Plan { seed: plan.seed, steps }
}
