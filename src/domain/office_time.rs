//! The office's time (S12, T12). Two clocks tell it: the wall clock, which anybody may set, and the
//! machine's boot time, which nobody can. Where they differ, what is given ends by whichever ends it
//! sooner, and what guards somebody ends only when both say so.

/// A wall clock that is further than this from where it should be has jumped, in milliseconds.
pub const JUMP_MS: u64 = 300_000;

/// What time it is for the office, at one reading of both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeTime {
    now_ms: u64,
    proved_ms: u64,
    disbelieved: Option<Disbelieved>,
    standing: WallStanding,
    is_lagging: bool,
}

/// The wall clock is so far ahead that nothing is dated by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Disbelieved {
    /// Since when, in milliseconds of the office's time.
    since_ms: u64,
    wall_ms: u64,
}

/// How the wall clock stands to the time that is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WallStanding {
    /// They agree.
    Agrees,
    /// It is this many milliseconds behind. Until it is mended, time goes by the machine's boot time.
    Behind {
        /// In milliseconds.
        by_ms: u64,
    },
    /// It is this many milliseconds ahead, for so short a time that it proves nothing.
    Ahead {
        /// In milliseconds.
        by_ms: u64,
        /// Whether things are dated by it.
        is_believed: bool,
        /// How much longer the jump must stand until all of it is taken over, in milliseconds.
        waits_ms: u64,
    },
}

impl OfficeTime {
    /// Both clocks say the same: milliseconds since 1970.
    pub fn agreed(now_ms: u64) -> Self {
        OfficeTime::new(now_ms, now_ms, WallStanding::Agrees)
    }

    /// Things are dated by the one, and the other is proved.
    pub fn new(now_ms: u64, proved_ms: u64, standing: WallStanding) -> Self {
        OfficeTime { now_ms, proved_ms, disbelieved: None, standing, is_lagging: false }
    }

    /// The same, while nobody knows whether the wall clock, which was behind, was mended or tells too little
    /// still.
    pub fn lagging(self) -> Self {
        OfficeTime { is_lagging: true, ..self }
    }

    /// The wall clock says something that is not believed since this moment of the office's time.
    pub fn disbelieving(self, since_ms: u64, wall_ms: u64) -> Self {
        OfficeTime { disbelieved: Some(Disbelieved { since_ms, wall_ms }), ..self }
    }

    /// By which things are dated, in milliseconds since 1970. Nothing begins or ends by it.
    pub fn now_ms(self) -> u64 {
        self.now_ms
    }

    /// For what is given, and ends by whichever clock ends it sooner: keys, codes, sessions.
    pub fn rights(self) -> RightsTime {
        RightsTime { now_ms: self.now_ms, disbelieved: self.disbelieved }
    }

    /// For what guards somebody, and ends when both clocks say so: holds, locks, limits, erasures and
    /// whatever else takes something away.
    pub fn protections(self) -> ProtectionsTime {
        ProtectionsTime(self.proved_ms)
    }

    /// The same moment this many milliseconds later.
    #[must_use]
    pub fn later_by(self, passed_ms: u64) -> Self {
        let proved_ms = self.proved_ms.saturating_add(passed_ms);
        OfficeTime { now_ms: self.now_ms.saturating_add(passed_ms), proved_ms, ..self }
    }

    /// How the wall clock stands.
    pub fn standing(self) -> WallStanding {
        self.standing
    }

    /// Whether a day can be counted from now on. The wall clock that is behind, or ahead and not believed, may
    /// be mended by hours: those would be taken from whatever began before. So may one that was behind.
    pub fn is_sure(self) -> bool {
        match self.standing {
            WallStanding::Agrees => !self.is_lagging,
            WallStanding::Behind { .. } => false,
            WallStanding::Ahead { is_believed, .. } => is_believed && !self.is_lagging,
        }
    }

    /// Whether somebody's word for the wall clock changes anything: a member of staff may give it, whom a
    /// clock that is behind would believe a code of before (T12).
    pub fn asks_for_a_word(self) -> bool {
        match self.standing {
            WallStanding::Agrees => self.is_lagging,
            WallStanding::Behind { .. } => false,
            WallStanding::Ahead { .. } => true,
        }
    }

    /// How far the wall clock stands behind, if it does.
    pub fn behind_ms(self) -> Option<u64> {
        match self.standing {
            WallStanding::Behind { by_ms } => Some(by_ms),
            WallStanding::Agrees | WallStanding::Ahead { .. } => None,
        }
    }
}

/// The time by which keys, codes and sessions end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RightsTime {
    now_ms: u64,
    disbelieved: Option<Disbelieved>,
}

impl RightsTime {
    /// Whether a right that lasts so long is over. One that began later than now was dated by a clock
    /// that was wrong then and has been mended: nobody knows when it ends, so it is over too.
    pub fn is_over(self, ends_ms: u64, lasts_ms: u64) -> bool {
        let began_ms = ends_ms.saturating_sub(lasts_ms);
        let by_the_wall = |wrong: Disbelieved| began_ms < wrong.since_ms && wrong.wall_ms >= ends_ms;
        self.now_ms >= ends_ms
            || began_ms > self.now_ms.saturating_add(JUMP_MS)
            || self.disbelieved.is_some_and(by_the_wall)
    }

    /// How much longer it lasts, in milliseconds.
    pub fn left_ms(self, ends_ms: u64) -> u64 {
        ends_ms.saturating_sub(self.now_ms)
    }
}

/// The time by which holds, locks, limits and erasures end. What lasts less than a day is begun by it
/// too, in whole milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProtectionsTime(u64);

impl ProtectionsTime {
    /// In milliseconds since 1970.
    pub fn ms(self) -> u64 {
        self.0
    }

    /// Whether what ends then is over.
    pub fn is_over(self, ends_ms: u64) -> bool {
        self.0 >= ends_ms
    }

    /// How long ago that was, in milliseconds; 0 for what is still to come.
    pub fn since_ms(self, began_ms: u64) -> u64 {
        self.0.saturating_sub(began_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 24 * 3_600_000;

    #[test]
    fn a_right_ends_by_whichever_clock_ends_it_sooner() {
        let (now, years) = (1_000 * DAY, 6 * 365 * DAY);
        let agreed = OfficeTime::agreed(now);
        let jumped = agreed.disbelieving(now - 5, now + years);
        // The time, when the right ends, whether it is over; all last a day.
        let table = [
            (agreed, now + 1, false),
            (agreed, now, true),
            (agreed, now + DAY + JUMP_MS, false),
            // Made by a clock that was ahead, and is mended.
            (agreed, now + DAY + JUMP_MS + 1, true),
            (agreed, now + years, true),
            // The wall clock ends what was made before it jumped, and nothing that was made since.
            (jumped, now + DAY - 6, true),
            (jumped, now + DAY - 5, false),
            (jumped, now + DAY, false),
        ];
        for (number, (time, ends_ms, is_over)) in table.into_iter().enumerate() {
            assert_eq!(time.rights().is_over(ends_ms, DAY), is_over, "{number}");
        }
    }

    #[test]
    fn a_day_is_counted_from_a_time_that_is_sure() {
        let ahead = |is_believed| WallStanding::Ahead { by_ms: JUMP_MS + 1, is_believed, waits_ms: DAY };
        let table = [
            (WallStanding::Agrees, true),
            (WallStanding::Behind { by_ms: JUMP_MS + 1 }, false),
            (ahead(false), false),
            (ahead(true), true),
        ];
        for (standing, is_sure) in table {
            assert_eq!(OfficeTime::new(105, 100, standing).is_sure(), is_sure, "{standing:?}");
        }
    }

    #[test]
    fn a_protection_ends_by_what_is_proved() {
        let standing = WallStanding::Ahead { by_ms: 5, is_believed: true, waits_ms: DAY };
        let time = OfficeTime::new(105, 100, standing);
        assert_eq!((time.now_ms(), time.protections().ms(), time.behind_ms()), (105, 100, None));
        assert!(time.protections().is_over(100) && !time.protections().is_over(101));
        assert_eq!((time.protections().since_ms(40), time.protections().since_ms(104)), (60, 0));
    }
}
