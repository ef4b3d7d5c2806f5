//! How many connections are open at once, in all and from one address: whoever opens many and says
//! nothing on them takes no more than their share.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::limits::of_one_household;

/// Of all addresses together.
const MOST: usize = 32;
/// Of one; a browser opens six at most.
const MOST_OF_AN_ADDRESS: usize = 8;

/// Counts what is open, by household.
#[derive(Clone, Debug, Default)]
pub(super) struct Doors {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection, until this is dropped.
#[derive(Debug)]
pub(super) struct Inside {
    doors: Doors,
    from: IpAddr,
}

impl Doors {
    /// Lets a connection in; nothing when too many are open already, in all or from this household.
    pub fn enter(&self, from: IpAddr) -> Option<Inside> {
        let from = of_one_household(from);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let of_address = open.get(&from).copied().unwrap_or(0);
        if open.values().sum::<usize>() >= MOST || of_address >= MOST_OF_AN_ADDRESS {
            return None;
        }
        open.insert(from, of_address + 1);
        Some(Inside { doors: self.clone(), from })
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        let mut open = self.doors.open.lock().unwrap_or_else(PoisonError::into_inner);
        match open.get_mut(&self.from) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&self.from)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_for_each_and_an_end_for_all() {
        let doors = Doors::default();
        let ip = |number: usize| format!("10.0.0.{number}").parse().unwrap();
        let mut inside: Vec<Inside> = (0..20).filter_map(|_| doors.enter(ip(1))).collect();
        assert_eq!(inside.len(), 8);
        inside.extend((2..9).flat_map(|number| [doors.enter(ip(number)), doors.enter(ip(number))]).flatten());
        inside.extend((20..60).filter_map(|number| doors.enter(ip(number))));
        assert_eq!(inside.len(), 32);
        inside.clear();
        let v6 = (0..20).map(|number| format!("2001:db8::{number:x}").parse().unwrap());
        inside.extend(v6.filter_map(|from| doors.enter(from)));
        assert_eq!(inside.len(), 8, "of one telephone");
        inside.clear();
        assert!(doors.enter(ip(1)).is_some());
        assert!(doors.open.lock().unwrap().is_empty(), "nothing is kept of who left");
    }
}
