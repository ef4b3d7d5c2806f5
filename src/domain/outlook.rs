//! What will become of a message, as far as it can be known when somebody is told of it. Pages, desk and
//! command line say no more than this.

use super::way_out::WayOut;

/// What will become of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// It leaves now.
    Now,
    /// Its address had messages enough for the time being: it leaves in so many minutes (T10).
    Later {
        /// From the moment that it is told, 2 or more.
        minutes: u64,
    },
    /// Its address had so many that the message would be of no use when its turn comes.
    UsedUp {
        /// In so many minutes the next one can leave.
        minutes: u64,
    },
    /// Its address refused messages before. It is tried once more.
    Refused,
    /// Nothing leaves by its channel for the time being. It is tried for as long as it is of use.
    Held,
    /// The office sends nothing by its channel.
    Off,
}

#[cfg(test)]
impl Outlook {
    /// One of each, for whoever must have words for all.
    pub const ONE_OF_EACH: [Outlook; 6] = [
        Outlook::Now,
        Outlook::Later { minutes: 20 },
        Outlook::UsedUp { minutes: 50 },
        Outlook::Refused,
        Outlook::Held,
        Outlook::Off,
    ];
}

impl Outlook {
    /// As far as the channel alone says.
    pub fn by_way_out(way_out: WayOut) -> Self {
        match way_out {
            WayOut::Open => Outlook::Now,
            WayOut::Off => Outlook::Off,
            WayOut::OursToMend { .. } | WayOut::Stalled { .. } => Outlook::Held,
        }
    }

    /// What it says of the channel alone, for another message by the same way.
    pub fn of_channel(self) -> Self {
        match self {
            Outlook::Now | Outlook::Later { .. } | Outlook::UsedUp { .. } | Outlook::Refused => Outlook::Now,
            Outlook::Held | Outlook::Off => self,
        }
    }

    /// Whether it may still arrive.
    pub fn may_arrive(self) -> bool {
        match self {
            Outlook::Now | Outlook::Later { .. } | Outlook::Refused | Outlook::Held => true,
            Outlook::UsedUp { .. } | Outlook::Off => false,
        }
    }

    /// The better one for who waits for either of two messages.
    pub fn or(self, other: Outlook) -> Self {
        if other.rank() < self.rank() { other } else { self }
    }

    /// From the best to the worst; of two waits the shorter one is better.
    fn rank(self) -> (u8, u64) {
        match self {
            Outlook::Now => (0, 0),
            Outlook::Later { minutes } => (1, minutes),
            Outlook::Refused => (2, 0),
            Outlook::Held => (3, 0),
            Outlook::UsedUp { minutes } => (4, minutes),
            Outlook::Off => (5, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_of_two_is_the_one_that_comes_sooner_or_at_all() {
        let ranked = [
            Outlook::Now,
            Outlook::Later { minutes: 2 },
            Outlook::Later { minutes: 90 },
            Outlook::Refused,
            Outlook::Held,
            Outlook::UsedUp { minutes: 60 },
            Outlook::Off,
        ];
        for (place, better) in ranked.iter().enumerate() {
            for worse in &ranked[place..] {
                assert_eq!((better.or(*worse), worse.or(*better)), (*better, *better));
            }
        }
        let arriving = ranked.iter().filter(|outlook| outlook.may_arrive()).count();
        assert_eq!(arriving, 5);
    }

    #[test]
    fn a_channel_that_does_not_work_promises_nothing() {
        let table = [
            (WayOut::Open, Outlook::Now),
            (WayOut::Off, Outlook::Off),
            (WayOut::OursToMend { since_ms: 1 }, Outlook::Held),
            (WayOut::Stalled { since_ms: 1 }, Outlook::Held),
        ];
        for (way_out, outlook) in table {
            assert_eq!(Outlook::by_way_out(way_out), outlook);
        }
    }
}
