//! What time it is, from the mark that is kept and one reading of both clocks (S12, T12). It is pure,
//! and moves only two things: the time that is proved, which never goes back and never leaps by what
//! the wall clock alone said for less than a day, and the jumps that wait to be taken over.

use serde::{Deserialize, Serialize};

use crate::clock::BootMoment;
use crate::domain::office_time::{JUMP_MS, OfficeTime, WallStanding};

/// How long the machine may have been off without anybody wondering, in milliseconds: over a month.
const PLAUSIBLY_OFF_MS: u64 = 40 * 24 * 3_600_000;
/// How long after the boot the wall clock may still be set right, in milliseconds.
const SETTLING_MS: u64 = 3_600_000;
/// How long a jump stands before it is taken over, in milliseconds of boot time (T12).
const STANDS_MS: u64 = 24 * 3_600_000;
/// 2026 in milliseconds since 1970: no kiosk ran before. A mark that is older was made by a clock that had not been set yet.
pub const FIRST_KIOSK_MS: u64 = 1_767_225_600_000;
/// More jumps than this that wait are counted as one with the newest.
const JUMPS_KEPT: usize = 8;

/// The latest time that is proved, and at which moment of which boot that was (S12, T12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockMark {
    pub(super) proved_ms: u64,
    boot: BootMoment,
    /// By which the wall clock is ahead of that, the smallest first.
    jumps: Vec<Jump>,
    /// Things were dated by more than the wall clock has told since.
    lag: Option<Lag>,
}

/// The wall clock fell behind the proved time while a jump was believed. It is wrong then, so the jump may
/// have been right: until the wall clock tells as much again, nobody knows whether it was mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Lag {
    /// By how much things were dated ahead of the proved time, in milliseconds.
    ahead_ms: u64,
    /// Since when the wall clock is no more behind the proved time, in the proved time.
    since_ms: u64,
}

/// The wall clock was set forward, or the machine was off: nobody knows which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Jump {
    /// How far the wall clock is ahead of the proved time with it, in milliseconds.
    ahead_ms: u64,
    /// Since when, in the proved time.
    since_ms: u64,
    /// Whether things are dated by it.
    is_believed: bool,
}

/// The mark as it was before the boot time was kept.
#[derive(Deserialize)]
pub(super) struct ClockMarkBefore {
    latest_ms: u64,
}

impl From<ClockMarkBefore> for ClockMark {
    fn from(before: ClockMarkBefore) -> Self {
        ClockMark::at(before.latest_ms, BootMoment::UNKNOWN)
    }
}

/// The mark as it was before a lag was kept.
#[derive(Deserialize)]
pub(super) struct ClockMarkWithoutLag {
    proved_ms: u64,
    boot: BootMoment,
    jumps: Vec<Jump>,
}

impl From<ClockMarkWithoutLag> for ClockMark {
    fn from(before: ClockMarkWithoutLag) -> Self {
        let ClockMarkWithoutLag { proved_ms, boot, jumps } = before;
        ClockMark { proved_ms, boot, jumps, lag: None }
    }
}

impl ClockMark {
    /// Where time begins, or goes on from once somebody has vouched for the wall clock.
    pub(super) fn at(wall_ms: u64, boot: BootMoment) -> Self {
        ClockMark { proved_ms: wall_ms, boot, jumps: Vec::new(), lag: None }
    }

    /// The same at this moment, with at least this time proved.
    pub(super) fn at_least(&self, proved_ms: u64, boot: BootMoment) -> Self {
        ClockMark { proved_ms: self.proved_ms.max(proved_ms), boot, ..self.clone() }
    }

    /// As many machines share it: the boot time of none of them tells what passed since.
    pub(super) fn of_no_boot(self) -> Self {
        ClockMark { boot: BootMoment::UNKNOWN, ..self }
    }

    /// Whether this must be kept, and not only reckoned with: something else than time passing came of
    /// the last reading, or so much of it passed that a crash must not lose it.
    pub(super) fn is_worth_keeping(&self, before: &ClockMark, lag_ms: u64) -> bool {
        self.jumps != before.jumps
            || self.lag.map(|lag| lag.ahead_ms) != before.lag.map(|lag| lag.ahead_ms)
            || self.boot.boot != before.boot.boot
            || self.proved_ms >= before.proved_ms.saturating_add(lag_ms)
    }

    /// The mark at this reading of both clocks.
    pub(super) fn reckon(&self, wall_ms: u64, boot: BootMoment) -> ClockMark {
        let passed_ms = boot.since_ms(self.boot).unwrap_or(0);
        let proved_ms = self.proved_ms.saturating_add(passed_ms);
        if proved_ms < FIRST_KIOSK_MS && wall_ms >= FIRST_KIOSK_MS {
            return ClockMark::at(wall_ms, boot);
        }
        let mut next = ClockMark { proved_ms, boot, ..self.clone() };
        let Some(ahead_ms) = wall_ms.checked_sub(proved_ms) else {
            next.falls_behind(wall_ms);
            if proved_ms - wall_ms <= JUMP_MS {
                // Set back a little: time stands still rather than run ahead of the wall clock.
                next.proved_ms = self.proved_ms.max(wall_ms);
            }
            return next;
        };
        next.catches_up(ahead_ms);
        let is_settling = self.boot.boot != boot.boot || boot.at_ms <= SETTLING_MS;
        next.note_jumps(ahead_ms, is_settling);
        next.take_over();
        if next.jumps.is_empty() {
            next.proved_ms = next.proved_ms.max(wall_ms);
        }
        next
    }

    /// How far things are dated ahead of the proved time, in milliseconds.
    fn believed_ms(&self) -> u64 {
        let believed = self.jumps.iter().take_while(|jump| jump.is_believed).last();
        believed.map_or(0, |jump| jump.ahead_ms)
    }

    /// The wall clock says less than what is proved: no jump stands any more.
    fn falls_behind(&mut self, wall_ms: u64) {
        let ahead_ms = self.believed_ms().max(self.lag.map_or(0, |lag| lag.ahead_ms));
        let is_wrong = self.proved_ms - wall_ms > JUMP_MS && ahead_ms > JUMP_MS;
        self.jumps.clear();
        if is_wrong || self.lag.is_some() {
            self.lag = Some(Lag { ahead_ms, since_ms: self.proved_ms });
        }
    }

    /// A lag is over when the wall clock tells as much as was told before it, or has told less for a day.
    fn catches_up(&mut self, ahead_ms: u64) {
        let is_over = |lag: Lag| {
            ahead_ms.saturating_add(JUMP_MS) >= lag.ahead_ms
                || self.proved_ms.saturating_sub(lag.since_ms) >= STANDS_MS
        };
        self.lag = self.lag.filter(|lag| !is_over(*lag));
    }

    /// Forgets the jumps that were mended, and notes the one that is new.
    fn note_jumps(&mut self, ahead_ms: u64, is_settling: bool) {
        self.mend_jumps(ahead_ms);
        if !self.is_further(ahead_ms) {
            return;
        }
        self.jumps.truncate(JUMPS_KEPT - 1);
        let is_believed =
            is_settling && ahead_ms <= PLAUSIBLY_OFF_MS && self.jumps.iter().all(|jump| jump.is_believed);
        self.jumps.push(Jump { ahead_ms, since_ms: self.proved_ms, is_believed });
    }

    /// A jump that was mended in part is what is left of it: by so much the wall clock has been ahead as long
    /// as before.
    fn mend_jumps(&mut self, ahead_ms: u64) {
        let is_mended = |jump: &Jump| jump.ahead_ms > ahead_ms.saturating_add(JUMP_MS);
        let Some(place) = self.jumps.iter().position(is_mended) else { return };
        let left = Jump { ahead_ms, ..self.jumps[place] };
        self.jumps.truncate(place);
        if self.is_further(ahead_ms) {
            self.jumps.push(left);
        }
    }

    /// Whether this is more than the jumps that are known.
    fn is_further(&self, ahead_ms: u64) -> bool {
        let known_ms = self.jumps.last().map_or(0, |jump| jump.ahead_ms);
        ahead_ms > known_ms.saturating_add(JUMP_MS)
    }

    /// Jumps that have stood for a day are taken over, the smallest first. One that was not believed is
    /// believed then, and taken over a day later: what was begun meanwhile was dated without it.
    fn take_over(&mut self) {
        while let Some(first) = self.jumps.first_mut() {
            if self.proved_ms.saturating_sub(first.since_ms) < STANDS_MS {
                return;
            }
            if !first.is_believed {
                (first.is_believed, first.since_ms) = (true, self.proved_ms);
                return;
            }
            let taken_ms = first.ahead_ms;
            self.proved_ms = self.proved_ms.saturating_add(taken_ms);
            self.jumps.remove(0);
            for jump in &mut self.jumps {
                jump.ahead_ms = jump.ahead_ms.saturating_sub(taken_ms);
                jump.since_ms = jump.since_ms.saturating_add(taken_ms);
            }
        }
    }

    /// What time it is for the office at the reading that this was reckoned for.
    pub(super) fn time(&self, wall_ms: u64) -> OfficeTime {
        let time = self.time_without_lag(wall_ms);
        if self.lag.is_some() { time.lagging() } else { time }
    }

    fn time_without_lag(&self, wall_ms: u64) -> OfficeTime {
        let (proved_ms, believed_ms) = (self.proved_ms, self.believed_ms());
        let Some(last) = self.jumps.last() else {
            let behind_ms = proved_ms.saturating_sub(wall_ms);
            let standing = match behind_ms > JUMP_MS {
                true => WallStanding::Behind { by_ms: behind_ms },
                false => WallStanding::Agrees,
            };
            return OfficeTime::new(proved_ms, proved_ms, standing);
        };
        let waits_ms = last.since_ms.saturating_add(STANDS_MS).saturating_sub(proved_ms);
        let by_ms = wall_ms.saturating_sub(proved_ms);
        let standing = WallStanding::Ahead { by_ms, is_believed: last.is_believed, waits_ms };
        match self.jumps.iter().find(|jump| !jump.is_believed) {
            None => OfficeTime::new(proved_ms.max(wall_ms), proved_ms, standing),
            Some(disbelieved) => OfficeTime::new(proved_ms + believed_ms, proved_ms, standing)
                .disbelieving(disbelieved.since_ms.saturating_add(believed_ms), wall_ms),
        }
    }
}

#[cfg(test)]
#[path = "reckoning_tests.rs"]
mod tests;
