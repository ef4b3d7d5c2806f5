//! Boots with clocks that are behind, ahead and mended, one after the other: what time it is then, and what
//! must not end early or outlive its time (T12).

use super::*;

const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;
const MINUTE: u64 = 60_000;
const YEARS: u64 = 6 * 365 * DAY;
/// 26-11-2026, at noon.
const TRUE_MS: u64 = 1_795_694_400_000;

/// A machine whose two clocks the test moves, and what the store keeps of them.
struct TwoClocks {
    mark: ClockMark,
    /// What time it really is.
    true_ms: u64,
    /// By which the wall clock is wrong.
    wrong_ms: i64,
    boot: BootMoment,
}

impl TwoClocks {
    fn new() -> Self {
        let boot = BootMoment { boot: [1; 16], at_ms: 90 * DAY };
        TwoClocks { mark: ClockMark::at(TRUE_MS, boot), true_ms: TRUE_MS, wrong_ms: 0, boot }
    }

    fn wall_ms(&self) -> u64 {
        self.true_ms.saturating_add_signed(self.wrong_ms)
    }

    /// The store is asked for the time, as it is kept.
    fn look(&mut self) -> OfficeTime {
        let next = self.mark.reckon(self.wall_ms(), self.boot);
        let time = next.time(self.wall_ms());
        if next.is_worth_keeping(&self.mark, MINUTE) {
            self.mark = next;
        }
        time
    }

    /// The program runs so long, and looks at the clock once a minute.
    fn runs(&mut self, for_ms: u64) -> OfficeTime {
        let mut time = self.look();
        for _ in 0..for_ms / MINUTE {
            self.true_ms += MINUTE;
            self.boot.at_ms += MINUTE;
            time = self.look();
        }
        time
    }

    /// The machine is off, and starts with a wall clock that is wrong by this.
    fn boots(&mut self, off_ms: u64, wrong_ms: i64) -> OfficeTime {
        self.true_ms += off_ms;
        self.boot = BootMoment { boot: [self.boot.boot[0] + 1; 16], at_ms: MINUTE };
        self.is_set(wrong_ms)
    }

    fn is_set(&mut self, wrong_ms: i64) -> OfficeTime {
        self.wrong_ms = wrong_ms;
        self.look()
    }

    /// What the wall clock is wrong by when it stands in 1970.
    fn to_1970(&self) -> i64 {
        -(self.true_ms as i64) + 5 * HOUR as i64
    }
}

fn signed(ms: u64) -> i64 {
    ms as i64
}

/// How far the dates of the office's time are from the truth.
fn wrong_by(time: OfficeTime, machine: &TwoClocks) -> i64 {
    signed(time.now_ms()) - signed(machine.true_ms)
}

#[test]
fn while_both_agree_time_is_the_wall_clocks() {
    let mut machine = TwoClocks::new();
    let time = machine.runs(3 * DAY);
    assert_eq!(time, OfficeTime::agreed(machine.true_ms));
    // A clock that goes wrong slowly is followed.
    for second in 1..600 {
        machine.is_set(second * 1000);
        assert_eq!(machine.runs(MINUTE), OfficeTime::agreed(machine.wall_ms()));
    }
}

/// 1970, mended after some minutes, is what a machine without a battery does at every boot.
#[test]
fn twenty_boots_with_a_clock_behind_push_nothing_into_the_future() {
    let three_hours = -3 * signed(HOUR);
    for behind in [None, Some(three_hours), Some(-signed(DAY))] {
        let mut machine = TwoClocks::new();
        for boot in 1..=20 {
            let wrong_ms = behind.unwrap_or_else(|| machine.to_1970());
            let time = machine.boots(2 * MINUTE, wrong_ms);
            assert!(time.now_ms() <= machine.true_ms, "boot {boot}, {behind:?}");
            let time = machine.runs(20 * MINUTE);
            assert!(time.behind_ms().is_some() && wrong_by(time, &machine) <= 0, "boot {boot}, {behind:?}");
            machine.is_set(0);
            let time = machine.runs(HOUR);
            assert_eq!(time, OfficeTime::agreed(machine.true_ms), "boot {boot}, {behind:?}");
        }
    }
}

/// Seen: off for fifteen hours, set back by twenty-five, off for ten more. The two clocks agreed then, and a
/// wait of a day that began there ended as soon as the right time was vouched for.
#[test]
fn a_clock_that_fell_behind_what_was_told_is_not_sure_when_it_agrees_again() {
    for (off_hours, agrees) in [(10, true), (11, false), (14, false), (24, false)] {
        let mut machine = TwoClocks::new();
        assert!(machine.boots(15 * HOUR, 0).is_sure());
        machine.runs(2 * HOUR);
        let back = -25 * signed(HOUR);
        assert!(!machine.is_set(back).is_sure());
        let time = machine.boots(off_hours * HOUR, back);
        assert_eq!(time.standing() == WallStanding::Agrees, agrees);
        assert!(!time.is_sure() && time.asks_for_a_word(), "{off_hours} h, {time:?}");
        // It tells as much again, or has stood for a day.
        let mut other = TwoClocks { mark: machine.mark.clone(), ..machine };
        assert!(other.is_set(0).is_sure(), "{off_hours}");
        assert!(machine.runs(25 * HOUR).is_sure(), "{off_hours}");
    }
}

/// While it is behind, time goes by the boot time, and a restart of the program loses nothing.
#[test]
fn behind_time_goes_on_by_the_boot_time() {
    let mut machine = TwoClocks::new();
    let wrong_ms = machine.to_1970();
    machine.boots(MINUTE, wrong_ms);
    let before = machine.look();
    let after = machine.runs(5 * HOUR);
    assert_eq!(after.now_ms() - before.now_ms(), 5 * HOUR);
    assert_eq!(after.protections().ms(), after.now_ms());
    // The program was away for two hours of the same boot.
    (machine.true_ms, machine.boot.at_ms) = (machine.true_ms + 2 * HOUR, machine.boot.at_ms + 2 * HOUR);
    assert_eq!(machine.look().now_ms() - after.now_ms(), 2 * HOUR);
}

/// A clock in local time is ahead or behind by hours at each boot, until the network mends it.
#[test]
fn twenty_boots_with_a_clock_ahead_leave_nothing_over_and_end_no_protection() {
    for wrong_ms in [signed(3 * HOUR), signed(20 * DAY), signed(YEARS)] {
        let mut machine = TwoClocks::new();
        for boot in 1..=20 {
            let time = machine.boots(2 * MINUTE, wrong_ms);
            assert!(time.protections().ms() <= machine.true_ms, "boot {boot}, {wrong_ms}");
            let time = machine.runs(20 * MINUTE);
            assert!(time.protections().ms() <= machine.true_ms, "boot {boot}, {wrong_ms}");
            machine.is_set(0);
            let time = machine.runs(HOUR);
            assert_eq!(time, OfficeTime::agreed(machine.true_ms), "boot {boot}, {wrong_ms}");
        }
    }
}

#[test]
fn ten_seconds_ahead_end_nothing() {
    let mut machine = TwoClocks::new();
    let before = machine.runs(2 * DAY);
    let jumped = machine.is_set(signed(YEARS));
    assert_eq!((jumped.now_ms(), jumped.protections().ms()), (before.now_ms(), before.now_ms()));
    // A key of an hour ago ends by the wall clock; one that was made since doesn't.
    let hour_ago = before.now_ms() - HOUR + DAY;
    assert!(jumped.rights().is_over(hour_ago, DAY) && !jumped.rights().is_over(before.now_ms() + DAY, DAY));
    let mended = machine.is_set(0);
    assert_eq!(mended, OfficeTime::agreed(machine.true_ms));
    assert!(!mended.rights().is_over(hour_ago, DAY));
}

/// A weekend or a month: things are dated and rights end by the wall clock at once, and what guards
/// somebody waits until the jump has stood for a day.
#[test]
fn a_machine_that_was_off_believes_its_clock_and_waits_with_what_guards() {
    for off_ms in [DAY, 3 * DAY, 30 * DAY] {
        let mut machine = TwoClocks::new();
        let before = machine.runs(HOUR);
        let time = machine.boots(off_ms, 0);
        assert_eq!(time.now_ms(), machine.true_ms);
        assert!(time.rights().is_over(before.now_ms() + DAY, DAY));
        assert_eq!(time.protections().ms(), before.now_ms(), "nobody knows how long it was off");
        let time = machine.runs(DAY - MINUTE);
        assert_eq!(time.protections().ms(), before.now_ms() + DAY - MINUTE);
        assert_eq!(machine.runs(MINUTE), OfficeTime::agreed(machine.true_ms));
    }
}

/// What lasted a day when the clock jumped out of bounds lasts it to the end, although the jump stands.
#[test]
fn a_jump_that_is_not_believed_is_dated_by_after_a_day_and_taken_over_after_two() {
    let mut machine = TwoClocks::new();
    machine.runs(DAY);
    let jumped = machine.is_set(signed(YEARS));
    let guarded_until_ms = jumped.now_ms() + DAY;
    let time = machine.runs(DAY - MINUTE);
    assert_eq!((wrong_by(time, &machine), time.protections().is_over(guarded_until_ms)), (0, false));
    let time = machine.runs(MINUTE);
    assert_eq!((wrong_by(time, &machine), time.protections().ms()), (signed(YEARS), guarded_until_ms));
    let time = machine.runs(DAY - MINUTE);
    assert!(time.protections().ms() < machine.true_ms + HOUR);
    assert_eq!(machine.runs(MINUTE), OfficeTime::agreed(machine.wall_ms()));
}

/// Off every night: what guards lags by as much as is off within a day of work, and no more.
#[test]
fn an_office_that_is_off_at_night_lags_and_does_not_fall_back_ever_more() {
    let mut machine = TwoClocks::new();
    let mut lags = Vec::new();
    for _day in 0..30 {
        machine.runs(9 * HOUR);
        let time = machine.boots(15 * HOUR, 0);
        assert_eq!(time.now_ms(), machine.true_ms);
        lags.push((machine.true_ms - time.protections().ms()) / HOUR);
    }
    assert_eq!((lags[0], lags[10], lags[29]), (15, 45, 45), "{lags:?}");
}

#[test]
fn a_mark_from_before_the_clock_was_ever_set_is_left_at_once() {
    let boot = BootMoment { boot: [1; 16], at_ms: 5 * DAY };
    let mark = ClockMark::at(5 * HOUR, boot);
    assert_eq!(mark.reckon(TRUE_MS, boot).time(TRUE_MS), OfficeTime::agreed(TRUE_MS));
}

/// One of an older program says nothing of the boot, and is gone on from.
#[test]
fn a_mark_without_a_lag_is_read() {
    let jump = Jump { ahead_ms: 9 * HOUR, since_ms: TRUE_MS, is_believed: true };
    let boot = BootMoment { boot: [1; 16], at_ms: DAY };
    let bytes = postcard::to_allocvec(&(TRUE_MS, boot, [jump].as_slice())).expect("it can be written");
    let mark: ClockMark = postcard::from_bytes::<ClockMarkWithoutLag>(&bytes).expect("it can be read").into();
    assert_eq!(mark, ClockMark { proved_ms: TRUE_MS, boot, jumps: vec![jump], lag: None });
}

#[test]
fn an_older_mark_is_read() {
    let bytes = postcard::to_extend(&TRUE_MS, Vec::new()).expect("it can be written");
    let mark: ClockMark = postcard::from_bytes::<ClockMarkBefore>(&bytes).expect("it can be read").into();
    let boot = BootMoment { boot: [1; 16], at_ms: 5 * DAY };
    let later_ms = TRUE_MS + 2 * MINUTE;
    assert_eq!(mark.reckon(later_ms, boot).time(later_ms), OfficeTime::agreed(later_ms));
    // It was pushed into the future: time goes on from there until somebody accepts the wall clock.
    let pushed = ClockMark { proved_ms: TRUE_MS + YEARS, ..mark };
    let time = pushed.reckon(TRUE_MS, boot).time(TRUE_MS);
    assert_eq!((time.now_ms(), time.behind_ms()), (TRUE_MS + YEARS, Some(YEARS)));
    let accepted = ClockMark::at(TRUE_MS, boot).reckon(TRUE_MS, boot);
    assert_eq!(accepted.time(TRUE_MS), OfficeTime::agreed(TRUE_MS));
}

#[test]
fn after_2038_and_at_the_end_of_time_it_still_reckons() {
    let (boot, y2038) = (BootMoment { boot: [1; 16], at_ms: 5 }, 2_147_483_648_000);
    let mark = ClockMark::at(y2038 - 1, boot);
    assert_eq!(mark.reckon(y2038 + MINUTE, boot).time(y2038 + MINUTE), OfficeTime::agreed(y2038 + MINUTE));
    let last = mark.reckon(u64::MAX, boot);
    assert_eq!(last.time(u64::MAX).now_ms(), y2038 - 1);
    assert_eq!(last.reckon(0, boot).time(0).now_ms(), y2038 - 1);
}

/// More reboots in a day than are counted apart still end the wait.
#[test]
fn many_boots_in_a_day_are_counted_together() {
    let mut machine = TwoClocks::new();
    for _ in 0..20 {
        machine.runs(HOUR);
        machine.boots(HOUR, 0);
        assert!(machine.mark.jumps.len() <= JUMPS_KEPT);
    }
    machine.runs(DAY + HOUR);
    assert_eq!(machine.look(), OfficeTime::agreed(machine.true_ms));
}

/// The machine was off for an hour, and its wall clock is set back by some minutes and forward again. All that
/// is left of the jump has stood since the boot: things are dated by it, and what guards somebody for three
/// days lasts them, but for those minutes.
#[test]
fn a_jump_that_is_mended_in_part_has_stood_as_long_as_before() {
    let some_minutes = 7 * MINUTE;
    let mut machine = TwoClocks::new();
    machine.runs(HOUR);
    machine.boots(HOUR, 0);
    machine.runs(20 * HOUR);
    let time = machine.is_set(-signed(some_minutes));
    assert_eq!(wrong_by(time, &machine), -signed(some_minutes));
    machine.runs(2 * HOUR);
    let time = machine.is_set(0);
    assert_eq!(wrong_by(time, &machine), -signed(some_minutes), "the rest is believed a day later");
    let (began_ms, guarded_until_ms) = (machine.true_ms, time.now_ms() + 3 * DAY);
    while !machine.runs(MINUTE).protections().is_over(guarded_until_ms) {}
    let early_ms = (began_ms + 3 * DAY).saturating_sub(machine.true_ms);
    assert!(early_ms <= some_minutes, "{} minutes early", early_ms / MINUTE);
    assert_eq!(machine.runs(3 * DAY), OfficeTime::agreed(machine.true_ms));
}
