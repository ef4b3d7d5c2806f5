//! What one terminal saw pass of the time of an office that many share. The clock is the database's, and
//! the mark is everybody's, so each terminal's own boot time stands beside them: whoever was there when
//! that clock was set forwards or back has seen that no time passed (T12).

use std::sync::{Mutex, PoisonError};

use super::reckoning::ClockMark;
use crate::clock::BootMoment;

/// Where the terminal's last reading stood; none when the program has just begun.
#[derive(Debug, Default)]
pub(super) struct SeenPassing(Mutex<Option<Seen>>);

#[derive(Clone, Copy, Debug)]
struct Seen {
    /// The mark that everybody shares, as it was then, in milliseconds since 1970.
    shared_ms: u64,
    /// The time that was proved then, in milliseconds since 1970.
    proved_ms: u64,
    boot: BootMoment,
}

impl SeenPassing {
    /// What to reckon from: the shared mark, or what passed here since, if that is more.
    pub(super) fn beside(&self, shared: &ClockMark, boot: BootMoment) -> ClockMark {
        let seen = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The mark goes back only when somebody vouched for an earlier time. What was seen before is void then.
        let seen = seen.filter(|seen| shared.proved_ms >= seen.shared_ms);
        let passed = seen.and_then(|seen| Some(seen.proved_ms.saturating_add(boot.since_ms(seen.boot)?)));
        match passed {
            Some(passed_ms) => shared.at_least(passed_ms, boot),
            None => shared.clone(),
        }
    }

    /// A reading came to this; `shared` is the mark as it is kept.
    pub(super) fn note(&self, shared: &ClockMark, proved: &ClockMark, boot: BootMoment) {
        let seen = Seen { shared_ms: shared.proved_ms, proved_ms: proved.proved_ms, boot };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::office_time::{OfficeTime, WallStanding};

    const MINUTE: u64 = 60_000;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    const NOON: u64 = 1_795_694_400_000;

    /// An office of several terminals, whose database has a clock that may be wrong.
    struct Office {
        shared: ClockMark,
        passed_ms: u64,
        wrong_ms: i64,
    }

    struct Terminal {
        seen: SeenPassing,
        boot: [u8; 16],
    }

    impl Terminal {
        fn new(number: u8) -> Self {
            Terminal { seen: SeenPassing::default(), boot: [number; 16] }
        }

        fn looks(&self, office: &mut Office) -> OfficeTime {
            let wall_ms = (NOON + office.passed_ms).saturating_add_signed(office.wrong_ms);
            let boot = BootMoment { boot: self.boot, at_ms: 9 * DAY + office.passed_ms };
            let next = self.seen.beside(&office.shared, boot).reckon(wall_ms, boot);
            let shared = next.clone().of_no_boot();
            if shared.is_worth_keeping(&office.shared, MINUTE) {
                office.shared = shared;
            }
            self.seen.note(&office.shared, &next, boot);
            next.time(wall_ms)
        }
    }

    impl Office {
        fn new() -> Self {
            Office { shared: ClockMark::at(NOON, BootMoment::UNKNOWN), passed_ms: 0, wrong_ms: 0 }
        }

        /// So long passes, and these look once a minute.
        fn goes_on(&mut self, for_ms: u64, terminals: &[&Terminal]) {
            for _ in 0..for_ms / MINUTE {
                self.passed_ms += MINUTE;
                for terminal in terminals {
                    terminal.looks(self);
                }
            }
        }
    }

    #[test]
    fn a_clock_of_the_databases_that_leaps_ends_nothing_at_any_terminal() {
        for ahead_ms in [HOUR, 10 * DAY, 6 * 365 * DAY] {
            let (mut office, first, second) = (Office::new(), Terminal::new(1), Terminal::new(2));
            office.goes_on(HOUR, &[&first, &second]);
            office.wrong_ms = i64::try_from(ahead_ms).unwrap();
            office.goes_on(10 * MINUTE, &[&first, &second]);
            // One that starts meanwhile is told by the mark.
            for terminal in [&first, &second, &Terminal::new(3)] {
                let time = terminal.looks(&mut office);
                assert_eq!(time.protections().ms(), NOON + HOUR + 10 * MINUTE, "{ahead_ms}");
                assert!(matches!(time.standing(), WallStanding::Ahead { is_believed: false, .. }));
            }
            // Mended, nothing is left of it.
            office.wrong_ms = 0;
            office.goes_on(10 * MINUTE, &[&first]);
            let now = NOON + HOUR + 20 * MINUTE;
            assert_eq!(second.looks(&mut office), OfficeTime::agreed(now), "{ahead_ms}");
        }
    }

    #[test]
    fn one_that_is_set_back_stops_no_time() {
        let (mut office, first, second) = (Office::new(), Terminal::new(1), Terminal::new(2));
        office.goes_on(HOUR, &[&first, &second]);
        office.wrong_ms = -3 * i64::try_from(HOUR).unwrap();
        office.goes_on(HOUR, &[&first]);
        let time = second.looks(&mut office);
        assert_eq!((time.now_ms(), time.behind_ms()), (NOON + 2 * HOUR, Some(3 * HOUR)));
    }

    #[test]
    fn a_night_without_terminals_is_dated_by_at_once_and_proved_by_who_was_there() {
        let (mut office, first) = (Office::new(), Terminal::new(1));
        office.goes_on(HOUR, &[&first]);
        office.passed_ms += 14 * HOUR;
        let time = Terminal::new(2).looks(&mut office);
        assert_eq!((time.now_ms(), time.protections().ms()), (NOON + 15 * HOUR, NOON + HOUR));
        // One that was on all night, and only asked nothing, knows that it passed.
        assert_eq!(first.looks(&mut office).protections().ms(), NOON + 15 * HOUR);
        assert_eq!(Terminal::new(3).looks(&mut office), OfficeTime::agreed(NOON + 15 * HOUR));
    }

    #[test]
    fn what_somebody_vouched_for_holds_at_the_others_too() {
        let (mut office, first, second) = (Office::new(), Terminal::new(1), Terminal::new(2));
        office.goes_on(3 * HOUR, &[&first, &second]);
        office.shared = ClockMark::at(NOON + HOUR, BootMoment::UNKNOWN);
        office.wrong_ms = -2 * i64::try_from(HOUR).unwrap();
        for terminal in [&first, &second] {
            assert_eq!(terminal.looks(&mut office), OfficeTime::agreed(NOON + HOUR));
        }
    }
}
