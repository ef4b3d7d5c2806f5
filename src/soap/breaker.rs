//! The breaker: a service that failed five times in a row is left alone for a while, then one
//! question alone tries it (S20). Time is passed in.
//!
//! `failsafe` counts failures in a row as well, but lets everybody through as soon as the time is up
//! (ten of ten who asked at once) and reads the clock itself; `recloser` opens by the share of
//! failures instead.

/// How many failures in a row open it.
const FAILURES: u32 = 5;
/// How long a trial question that never comes back holds up the others.
const TRIAL_MS: u64 = 15_000;

/// What may be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// The service is asked as usual.
    Free,
    /// This one question tries whether the service is back.
    Trial,
    /// The service is left alone: the question fails without a call.
    Shut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BreakerState {
    Closed { failures: u32 },
    Open { until_ms: u64 },
    Trying { until_ms: u64 },
}

/// What is known of one service. Every call's end is told to it.
#[derive(Clone, Debug)]
pub struct Breaker {
    state: BreakerState,
    open_ms: u64,
}

impl Breaker {
    /// `open_ms`: how long the service is left alone.
    pub fn new(open_ms: u64) -> Self {
        Breaker { state: BreakerState::Closed { failures: 0 }, open_ms }
    }

    /// Asks before each call whether it may be made. `now_ms` may count from any moment, but must
    /// never go back.
    pub fn passage(&mut self, now_ms: u64) -> Passage {
        match self.state {
            BreakerState::Closed { .. } => Passage::Free,
            BreakerState::Open { until_ms } | BreakerState::Trying { until_ms } if now_ms >= until_ms => {
                self.state = BreakerState::Trying { until_ms: now_ms + TRIAL_MS };
                Passage::Trial
            }
            BreakerState::Open { .. } | BreakerState::Trying { .. } => Passage::Shut,
        }
    }

    /// A call was answered, or failed for a reason that isn't the service's.
    pub fn succeeded(&mut self) {
        self.state = BreakerState::Closed { failures: 0 };
    }

    /// `jitter_ms`: how much longer than usual it is left alone, so that many kiosks don't come back
    /// at once.
    pub fn failed(&mut self, now_ms: u64, jitter_ms: u64) {
        let open = BreakerState::Open { until_ms: now_ms + self.open_ms + jitter_ms };
        self.state = match self.state {
            BreakerState::Closed { failures } if failures + 1 < FAILURES => {
                BreakerState::Closed { failures: failures + 1 }
            }
            BreakerState::Closed { .. } | BreakerState::Trying { .. } => open,
            // Asked before it opened, so it is open long enough already.
            BreakerState::Open { until_ms } => BreakerState::Open { until_ms },
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_in_a_row_open_it_and_one_question_closes_it() {
        let mut breaker = Breaker::new(30_000);
        for _ in 0..4 {
            breaker.failed(0, 0);
        }
        breaker.succeeded();
        for _ in 0..4 {
            breaker.failed(0, 0);
            assert_eq!(breaker.passage(0), Passage::Free);
        }
        breaker.failed(1_000, 500);
        assert_eq!(breaker.passage(31_499), Passage::Shut);
        breaker.failed(20_000, 0);
        assert_eq!(breaker.passage(31_500), Passage::Trial);
        assert_eq!(breaker.passage(31_501), Passage::Shut);
        breaker.failed(32_000, 0);
        assert_eq!(breaker.passage(61_999), Passage::Shut);
        assert_eq!(breaker.passage(62_000), Passage::Trial);
        // It never came back.
        assert_eq!(breaker.passage(62_000 + TRIAL_MS), Passage::Trial);
        breaker.succeeded();
        assert_eq!(breaker.passage(80_000), Passage::Free);
        breaker.failed(80_000, 0);
        assert_eq!(breaker.passage(80_000), Passage::Free);
    }
}
