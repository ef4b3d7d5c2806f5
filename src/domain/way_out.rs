//! How the way out for messages of one channel stands, as far as its last attempts tell. A page asks
//! this before it promises that a message arrives.

use super::errand::AttemptOutcome;

/// So many messages in a row that were put off mean that nothing leaves for now. One alone may be a
/// server that lets every stranger wait.
const PUT_OFF_IN_A_ROW: u8 = 3;

/// How a channel stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WayOut {
    /// Messages leave, as far as anybody knows.
    #[default]
    Open,
    /// The office sends nothing this way.
    Off,
    /// User, password, sender or certificate are refused: nothing leaves until the office mends that,
    /// and what was to be sent is held until then.
    OursToMend {
        /// The first such refusal, in milliseconds since 1970.
        since_ms: u64,
    },
    /// Nobody answers, or whoever answers puts every message off.
    Stalled {
        /// Since then, in milliseconds since 1970.
        since_ms: u64,
    },
}

impl WayOut {
    /// Whether a message that is put into the outbox now can be expected to leave within minutes.
    pub fn is_open(self) -> bool {
        self == WayOut::Open
    }
}

/// A channel's way out, and what led to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WayOutWatch {
    way: WayOut,
    /// Messages that were put off since the last one that was not.
    put_off: u8,
}

impl WayOutWatch {
    /// Of a channel that the office turned off.
    pub fn off() -> Self {
        WayOutWatch { way: WayOut::Off, put_off: 0 }
    }

    /// How it stands.
    pub fn way(self) -> WayOut {
        self.way
    }

    /// With what an attempt at this time, in milliseconds since 1970, came to.
    #[must_use]
    pub fn after(self, outcome: AttemptOutcome, at_ms: u64) -> Self {
        let way = |way| WayOutWatch { way, put_off: 0 };
        match outcome {
            // Whoever refuses one message for good has accepted us.
            AttemptOutcome::Sent | AttemptOutcome::Permanent | AttemptOutcome::AddressRefused => {
                way(WayOut::Open)
            }
            AttemptOutcome::TurnedOff => way(WayOut::Off),
            AttemptOutcome::Untrusted | AttemptOutcome::AccessRefused => match self.way {
                WayOut::OursToMend { .. } => self,
                WayOut::Open | WayOut::Off | WayOut::Stalled { .. } => {
                    way(WayOut::OursToMend { since_ms: at_ms })
                }
            },
            AttemptOutcome::Unreachable => self.stalled(at_ms),
            AttemptOutcome::Temporary | AttemptOutcome::Unknown => {
                let put_off = self.put_off.saturating_add(1);
                let counted = WayOutWatch { put_off, ..self };
                if put_off >= PUT_OFF_IN_A_ROW { counted.stalled(at_ms) } else { counted }
            }
        }
    }

    /// What is ours to mend stays so: a server that is down says nothing of the password.
    fn stalled(self, at_ms: u64) -> Self {
        match self.way {
            WayOut::OursToMend { .. } | WayOut::Stalled { .. } => self,
            WayOut::Open | WayOut::Off => WayOutWatch { way: WayOut::Stalled { since_ms: at_ms }, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_attempts_tell_how_a_channel_stands() {
        use AttemptOutcome::*;
        let (open, ours) = (WayOut::Open, |since_ms| WayOut::OursToMend { since_ms });
        let stalled = |since_ms| WayOut::Stalled { since_ms };
        // Attempts at the times 1, 2, 3 and so on.
        let table: [(&[AttemptOutcome], WayOut); 14] = [
            (&[], open),
            (&[Sent], open),
            (&[AccessRefused], ours(1)),
            (&[Sent, Untrusted, AccessRefused], ours(2)),
            (&[AccessRefused, Sent], open),
            // The server took the sender, and refused one mailbox.
            (&[AccessRefused, AddressRefused], open),
            (&[Unreachable, Unreachable], stalled(1)),
            (&[Unreachable, AccessRefused], ours(2)),
            (&[AccessRefused, Unreachable, Temporary, Temporary, Temporary], ours(1)),
            (&[Temporary, Temporary], open),
            (&[Temporary, Unknown, Temporary], stalled(3)),
            (&[Temporary, Temporary, Sent, Temporary], open),
            (&[Unreachable, Temporary, Sent], open),
            (&[TurnedOff, TurnedOff], WayOut::Off),
        ];
        for (outcomes, expected) in table {
            let watch = (1..)
                .zip(outcomes)
                .fold(WayOutWatch::default(), |watch, (at_ms, outcome)| watch.after(*outcome, at_ms));
            assert_eq!(watch.way(), expected, "{outcomes:?}");
            assert_eq!(watch.way().is_open(), expected == open);
        }
        assert_eq!(WayOutWatch::off().way(), WayOut::Off);
    }
}
