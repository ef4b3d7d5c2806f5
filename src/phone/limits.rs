//! How much is answered: so many requests a minute from one address, and so many that know no
//! token from all of them. Whoever knows the token is not kept out by strangers.

use std::collections::HashMap;
use std::net::IpAddr;

const WINDOW_MS: u64 = 60_000;
/// A phone opens the page once, sends a few files, and its browser asks for an icon.
const MOST_RIGHT_OF_AN_ADDRESS: u32 = 40;
/// Wrong tokens of one address.
const MOST_WRONG_OF_AN_ADDRESS: u32 = 10;
/// Wrong tokens of all addresses.
const MOST_WRONG: u32 = 100;
/// Addresses that are counted apart; what comes from more of them waits for the next minute.
const MOST_ADDRESSES: usize = 1024;

#[derive(Debug, Default)]
pub(super) struct Limits {
    /// The current minute.
    window: u64,
    wrong: u32,
    by_address: HashMap<IpAddr, Count>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: u32,
    wrong: u32,
}

impl Limits {
    /// Counts a request before it is looked at: whether it may be answered.
    pub fn admits(&mut self, from: IpAddr, now_ms: u64, is_right: bool) -> bool {
        let window = now_ms / WINDOW_MS;
        if self.window != window {
            *self = Limits { window, ..Limits::default() };
        }
        let from = of_one_household(from);
        if self.by_address.len() >= MOST_ADDRESSES && !self.by_address.contains_key(&from) && !is_right {
            return false;
        }
        let count = self.by_address.entry(from).or_default();
        if is_right {
            count.right = count.right.saturating_add(1);
            return count.right <= MOST_RIGHT_OF_AN_ADDRESS;
        }
        count.wrong = count.wrong.saturating_add(1);
        if count.wrong > MOST_WRONG_OF_AN_ADDRESS {
            return false;
        }
        self.wrong = self.wrong.saturating_add(1);
        self.wrong <= MOST_WRONG
    }
}

/// A telephone has many IPv6 addresses, all in one network of its own.
pub(super) fn of_one_household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let network = u128::from(address) & !(u128::from(u64::MAX));
            IpAddr::V6(network.into())
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn guessing_ends_soon_and_knowing_goes_on() {
        let mut limits = Limits::default();
        let wrong = |limits: &mut Limits, from: &str| limits.admits(ip(from), 1, false);
        assert_eq!((0..200).filter(|_| wrong(&mut limits, "10.0.0.1")).count(), 10);
        assert!(limits.admits(ip("10.0.0.1"), 1, true), "the phone behind the same router");
        assert!(wrong(&mut limits, "10.0.0.2"));
        assert!(limits.admits(ip("10.0.0.1"), WINDOW_MS, false), "a minute later");
        let mut limits = Limits::default();
        let networks = (0..200).map(|number| format!("10.0.1.{number}"));
        assert_eq!(networks.filter(|from| wrong(&mut limits, from)).count(), 100);
        assert!(limits.admits(ip("10.0.0.9"), 1, true), "strangers keep nobody out");
    }

    #[test]
    fn nobody_asks_without_end() {
        let mut limits = Limits::default();
        assert_eq!((0..100).filter(|_| limits.admits(ip("::ffff:10.0.0.1"), 1, true)).count(), 40);
        assert!(!limits.admits(ip("10.0.0.1"), 1, true), "the same address");
        let v6 = (0..60).map(|number| format!("2001:db8::{number:x}"));
        assert_eq!(v6.filter(|from| limits.admits(ip(from), 1, true)).count(), 40);
    }
}
