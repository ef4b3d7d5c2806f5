//! How many connections are open at once, in all and from one address. When there is no place left,
//! whoever holds the most of them loses the oldest that showed no right to the page: four devices that
//! open connections and say nothing keep no phone out. Who was let in stays.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::limits::of_one_household;

/// Of all addresses together.
const MOST: usize = 32;
/// Of one; a browser opens six at most.
const MOST_OF_AN_ADDRESS: usize = 8;

/// Knows who is inside, by household and in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Doors {
    room: Arc<Mutex<Room>>,
}

#[derive(Debug, Default)]
struct Room {
    last: u64,
    guests: Vec<Guest>,
}

#[derive(Debug)]
struct Guest {
    number: u64,
    from: IpAddr,
    /// They hold the page: nobody takes their place.
    is_welcome: bool,
    /// Dropped when somebody else gets the place.
    _stays: oneshot::Sender<Infallible>,
}

/// One connection, until this is dropped.
#[derive(Debug)]
pub(super) struct Inside {
    doors: Doors,
    number: u64,
    /// Where it comes from.
    pub from: IpAddr,
}

/// Resolves when the connection has to make place.
pub(super) type ShownOut = oneshot::Receiver<Infallible>;

impl Doors {
    /// Lets a connection in, if need be in the place of another; nothing when all who are inside, in all
    /// or of this household, are welcome.
    pub fn enter(&self, from: IpAddr) -> Option<(Inside, ShownOut)> {
        let mut room = self.room();
        room.make_place(of_one_household(from))?;
        room.last += 1;
        let (stays, shown_out) = oneshot::channel();
        let (number, household) = (room.last, of_one_household(from));
        room.guests.push(Guest { number, from: household, is_welcome: false, _stays: stays });
        Some((Inside { doors: self.clone(), number, from }, shown_out))
    }

    fn room(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room {
    /// `None` when nobody can be shown out.
    fn make_place(&mut self, newcomer: IpAddr) -> Option<()> {
        let of_newcomer = self.guests.iter().filter(|guest| guest.from == newcomer).count();
        let strangers = || self.guests.iter().filter(|guest| !guest.is_welcome);
        let leaves = if of_newcomer >= MOST_OF_AN_ADDRESS {
            strangers().find(|guest| guest.from == newcomer)?.number
        } else if self.guests.len() >= MOST {
            let mut held: HashMap<IpAddr, usize> = HashMap::new();
            strangers().for_each(|guest| *held.entry(guest.from).or_default() += 1);
            let most = held.values().copied().max()?;
            strangers().find(|guest| held.get(&guest.from) == Some(&most))?.number
        } else {
            return Some(());
        };
        self.guests.retain(|guest| guest.number != leaves);
        Some(())
    }
}

impl Inside {
    /// They hold the page, and keep their place.
    pub fn is_welcome(&self) {
        let mut room = self.doors.room();
        if let Some(guest) = room.guests.iter_mut().find(|guest| guest.number == self.number) {
            guest.is_welcome = true;
        }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.doors.room().guests.retain(|guest| guest.number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(number: usize) -> IpAddr {
        format!("10.0.0.{number}").parse().unwrap()
    }

    type Connection = (Inside, ShownOut);

    /// How many of these still have their place.
    fn staying(connections: &mut [Connection]) -> usize {
        let stays = |(_, shown_out): &mut Connection| {
            matches!(shown_out.try_recv(), Err(oneshot::error::TryRecvError::Empty))
        };
        connections.iter_mut().map(stays).filter(|stays| *stays).count()
    }

    #[test]
    fn a_share_for_each_and_an_end_for_all() {
        let doors = Doors::default();
        let mut of_one: Vec<Connection> = (0..20).filter_map(|_| doors.enter(ip(1))).collect();
        assert_eq!(of_one.len(), 20, "the newest of a household takes the place of its oldest");
        assert_eq!((staying(&mut of_one[..12]), staying(&mut of_one[12..])), (0, 8));
        let mut others: Vec<Connection> = (20..51).filter_map(|number| doors.enter(ip(number))).collect();
        assert_eq!(staying(&mut of_one), 1, "whoever holds the most loses first");
        assert_eq!(staying(&mut others), 31);
        drop((of_one, others));
        let v6 = (0..20).map(|number| format!("2001:db8::{number:x}").parse().unwrap());
        let mut of_one: Vec<Connection> = v6.filter_map(|from| doors.enter(from)).collect();
        assert_eq!(staying(&mut of_one), 8, "of one telephone");
        drop(of_one);
        assert!(doors.room().guests.is_empty(), "nothing is kept of who left");
    }

    #[test]
    fn who_is_welcome_stays_and_strangers_make_place() {
        let doors = Doors::default();
        let mut phone: Vec<Connection> = (0..6).filter_map(|_| doors.enter(ip(1))).collect();
        phone.iter().for_each(|(inside, _)| inside.is_welcome());
        let mut strangers: Vec<Connection> =
            (0..400).filter_map(|number| doors.enter(ip(1 + number % 4))).collect();
        assert_eq!((staying(&mut phone), staying(&mut strangers)), (6, 26));
        phone.push(doors.enter(ip(9)).unwrap());
        assert_eq!((staying(&mut phone), staying(&mut strangers)), (7, 25), "a newcomer has a place");
    }

    #[test]
    fn where_all_are_welcome_nobody_else_comes_in() {
        let doors = Doors::default();
        let all: Vec<Connection> = (0..40).filter_map(|number| doors.enter(ip(1 + number % 4))).collect();
        all.iter().for_each(|(inside, _)| inside.is_welcome());
        assert!(doors.enter(ip(1)).is_none() && doors.enter(ip(9)).is_none());
        drop(all);
        assert!(doors.enter(ip(9)).is_some());
    }
}
