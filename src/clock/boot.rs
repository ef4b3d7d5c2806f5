//! The machine's boot time: it goes on while the machine sleeps, nobody can set it, and it begins anew
//! with every boot. A restart of the program within one boot loses nothing of it (T12).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A moment of one boot of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BootMoment {
    /// Drawn by the system at each boot; zeros where it is not known.
    pub boot: [u8; 16],
    /// Since the machine started, in milliseconds.
    pub at_ms: u64,
}

impl BootMoment {
    /// Of a boot that nobody knows, and that no other one equals.
    pub const UNKNOWN: BootMoment = BootMoment { boot: [0; 16], at_ms: 0 };

    /// How long before this the other one was, in milliseconds; `None` if that was another boot.
    pub fn since_ms(self, earlier: BootMoment) -> Option<u64> {
        let is_same = self.boot == earlier.boot && self.boot != BootMoment::UNKNOWN.boot;
        is_same.then(|| self.at_ms.saturating_sub(earlier.at_ms))
    }
}

/// Reads the boot time. It is told what the wall clock says at that moment, in milliseconds since 1970,
/// so that a test's two clocks can go together.
pub type BootClock = Arc<dyn Fn(u64) -> BootMoment + Send + Sync>;

/// The machine's boot time.
pub fn of_machine() -> BootClock {
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok();
    let boot = boot.and_then(|text| read_id(&text)).unwrap_or_else(id_of_process);
    Arc::new(move |_wall_ms| {
        let time = rustix::time::clock_gettime(CLOCK);
        let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
        let milliseconds = u64::try_from(time.tv_nsec / 1_000_000).unwrap_or_default();
        BootMoment { boot, at_ms: seconds.saturating_mul(1000).saturating_add(milliseconds) }
    })
}

/// One that goes as the wall clock does, for tests that move time with one hand.
pub fn like_the_wall() -> BootClock {
    Arc::new(|wall_ms| BootMoment { boot: [1; 16], at_ms: wall_ms })
}

#[cfg(target_os = "linux")]
const CLOCK: rustix::time::ClockId = rustix::time::ClockId::Boottime;
#[cfg(not(target_os = "linux"))]
const CLOCK: rustix::time::ClockId = rustix::time::ClockId::Monotonic;

/// Where the system names no boot, each start of the program counts as one.
fn id_of_process() -> [u8; 16] {
    let mut id = [0xff; 16];
    id[..4].copy_from_slice(&std::process::id().to_be_bytes());
    id[4..12].copy_from_slice(&super::now_ms().to_be_bytes());
    id
}

/// `6f1b8c5e-…`, as the kernel writes it.
fn read_id(text: &str) -> Option<[u8; 16]> {
    let digits: String = text.trim().split('-').collect();
    data_encoding::HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_tells_one_boot_and_goes_on() {
        let clock = of_machine();
        let (first, second) = (clock(5), clock(1));
        assert!(second.since_ms(first).is_some(), "{first:?}");
        let other = BootMoment { boot: [9; 16], ..second };
        assert_eq!((other.since_ms(first), BootMoment::UNKNOWN.since_ms(BootMoment::UNKNOWN)), (None, None));
    }

    #[test]
    fn the_kernels_id_is_read() {
        assert_eq!(
            read_id("00010203-0405-0607-0809-0a0b0c0d0e0f\n").map(|id| (id[0], id[15])),
            Some((0, 15))
        );
        assert_eq!((read_id(""), read_id("00010203")), (None, None));
    }
}
