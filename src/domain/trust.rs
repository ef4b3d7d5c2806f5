//! Who may do what on the strength of what: the rank of a deed, how each channel stands on file, and
//! what an account remembers of the strongest deed that was done to it (T3, T4, T6).

use serde::{Deserialize, Serialize};

use super::office_time::{OfficeTime, ProtectionsTime};

/// How long an unmarked channel is on file before it is trusted to freeze an account, and how long an
/// office's deed outranks a person's (T4b, T4d), in milliseconds.
pub const TRUSTED_AFTER_MS: u64 = 30 * 24 * 3_600_000;

/// The evidence behind a deed, the weakest first (T4). Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rank {
    /// An answer, a card's number, a code or the clave in use (E1 to E4).
    #[default]
    Low,
    /// A member of staff saw person and card (E5).
    Person,
    /// Two of them did (E6).
    Office,
}

/// What is known of a channel on file. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Nobody has typed a code that was sent there. It hears warnings, and nothing secret (T3).
    Unproved,
    /// Somebody who could do so then typed a code that was sent there.
    Proved,
    /// A deed in person left it behind (T4c): it is written down still, and hears nothing.
    Left,
}

/// How one channel came to be on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelOnFile {
    standing: Standing,
    since_ms: u64,
    by: Rank,
}

impl ChannelOnFile {
    /// Written down at this time, and not proved.
    pub fn typed(now_ms: u64) -> Self {
        ChannelOnFile { standing: Standing::Unproved, since_ms: now_ms, by: Rank::Low }
    }

    /// Proved at this time by a deed of this rank.
    pub fn proved(now_ms: u64, by: Rank) -> Self {
        ChannelOnFile { standing: Standing::Proved, since_ms: now_ms, by }
    }

    /// The same once it was proved again: what is proved stays as old as it was, and rises in rank.
    pub fn proved_again(self, now_ms: u64, by: Rank) -> Self {
        match self.standing {
            Standing::Proved => ChannelOnFile { by: self.by.max(by), ..self },
            Standing::Unproved | Standing::Left => ChannelOnFile::proved(now_ms, by),
        }
    }

    /// The same once a deed in person left it behind.
    pub fn left(self) -> Self {
        ChannelOnFile { standing: Standing::Left, ..self }
    }

    /// What is known of it.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Whether secrets and what is personal may go there (T3).
    pub fn is_proved(&self) -> bool {
        self.standing == Standing::Proved
    }

    /// Whether it hears warnings.
    pub fn is_on_file(&self) -> bool {
        self.standing != Standing::Left
    }

    /// Whether it gets codes that freeze the account (T4b).
    pub fn may_freeze(&self, now: ProtectionsTime) -> bool {
        let is_old = now.since_ms(self.since_ms) >= TRUSTED_AFTER_MS;
        self.is_proved() && (self.by > Rank::Low || is_old)
    }
}

/// How the channels of an account stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channels {
    /// The company's mailbox.
    pub email: ChannelOnFile,
    /// The representative's mobile.
    pub mobile: ChannelOnFile,
    /// The representative's mailbox.
    pub representative_email: ChannelOnFile,
}

impl Channels {
    /// All written down at this time, and none proved.
    pub fn typed(now_ms: u64) -> Self {
        let typed = ChannelOnFile::typed(now_ms);
        Channels { email: typed, mobile: typed, representative_email: typed }
    }
}

/// The strongest deed that was done to an account, and when. It outlives the account (T4d).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    rank: Rank,
    at_ms: u64,
}

impl Ranked {
    /// A deed of this rank, done at this time.
    pub fn new(rank: Rank, at_ms: u64) -> Self {
        Ranked { rank, at_ms }
    }

    /// The rank that it has at this time: an office's is a person's after a month (T4d).
    pub fn rank(&self, now: ProtectionsTime) -> Rank {
        let is_over = now.since_ms(self.at_ms) >= TRUSTED_AFTER_MS;
        if self.rank == Rank::Office && is_over { Rank::Person } else { self.rank }
    }
}

/// What an account remembers of how it came to be what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// Where its messages may go.
    pub channels: Channels,
    ranked: Ranked,
    frozen_ms: Option<u64>,
}

impl Trust {
    /// That of an account made at this time by a deed of this rank.
    pub fn new(channels: Channels, rank: Rank, now_ms: u64) -> Self {
        Trust { channels, ranked: Ranked::new(rank, now_ms), frozen_ms: None }
    }

    /// The rank that a new address needs now (T4d).
    pub fn rank(&self, now: ProtectionsTime) -> Rank {
        self.ranked.rank(now)
    }

    /// What is remembered when the account is erased: the strongest deed, unless that was a weak one. Of a
    /// frozen account, which only two members of staff could give, that they must do so still (T4d, T6).
    pub fn left_behind(&self, now_ms: u64) -> Option<Ranked> {
        match (self.is_frozen(), self.ranked.rank) {
            (true, _) => Some(Ranked::new(Rank::Office, now_ms)),
            (false, Rank::Low) => None,
            (false, Rank::Person | Rank::Office) => Some(self.ranked),
        }
    }

    /// Remembers a deed of this rank. A weaker one than before is not remembered.
    pub fn remember(&mut self, deed: Rank, time: OfficeTime) {
        if deed >= self.rank(time.protections()) {
            self.ranked = Ranked::new(deed, time.now_ms());
        }
    }

    /// Whether only two members of staff can help (T6).
    pub fn is_frozen(&self) -> bool {
        self.frozen_ms.is_some()
    }

    /// A notice's code froze it.
    pub fn freeze(&mut self, now_ms: u64) {
        self.frozen_ms.get_or_insert(now_ms);
    }

    /// Two members of staff gave it to whoever stands before them (T6).
    pub fn settle(&mut self, time: OfficeTime) {
        self.frozen_ms = None;
        self.remember(Rank::Office, time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: u64 = TRUSTED_AFTER_MS;

    fn at(now_ms: u64) -> OfficeTime {
        OfficeTime::agreed(now_ms)
    }

    #[test]
    fn a_channel_freezes_once_a_person_or_a_month_stands_behind_it() {
        let table = [
            (ChannelOnFile::typed(0), LONG, false),
            (ChannelOnFile::proved(0, Rank::Low), LONG - 1, false),
            (ChannelOnFile::proved(0, Rank::Low), LONG, true),
            (ChannelOnFile::proved(0, Rank::Person), 0, true),
            (ChannelOnFile::proved(0, Rank::Low).left(), LONG, false),
            // What was left behind begins anew.
            (ChannelOnFile::proved(0, Rank::Low).left().proved_again(LONG, Rank::Low), LONG, false),
            (ChannelOnFile::proved(0, Rank::Low).proved_again(LONG, Rank::Low), LONG, true),
            (ChannelOnFile::typed(0).proved_again(LONG, Rank::Low), LONG, false),
        ];
        for (channel, now_ms, freezes) in table {
            assert_eq!(channel.may_freeze(at(now_ms).protections()), freezes, "{channel:?}");
        }
    }

    #[test]
    fn the_account_remembers_the_strongest_deed() {
        let mut trust = Trust::new(Channels::typed(0), Rank::Low, 0);
        trust.remember(Rank::Person, at(1));
        trust.remember(Rank::Low, at(2));
        assert_eq!(trust.rank(at(LONG * 9).protections()), Rank::Person);
        trust.remember(Rank::Office, at(3));
        trust.remember(Rank::Person, at(4));
        assert_eq!(
            (trust.rank(at(3 + LONG - 1).protections()), trust.rank(at(3 + LONG).protections())),
            (Rank::Office, Rank::Person)
        );
        trust.remember(Rank::Person, at(3 + LONG));
        assert_eq!(trust.rank(at(3 + LONG).protections()), Rank::Person);
    }

    #[test]
    fn an_erasure_leaves_the_strongest_deed() {
        let of = |rank| Trust::new(Channels::typed(0), rank, 0);
        let left =
            |trust: Trust, now_ms| trust.left_behind(now_ms).map(|left| left.rank(at(now_ms).protections()));
        assert_eq!(left(of(Rank::Low), 9), None);
        assert_eq!(left(of(Rank::Person), LONG * 9), Some(Rank::Person));
        assert_eq!(left(of(Rank::Office), LONG - 1), Some(Rank::Office));
        assert_eq!(left(of(Rank::Office), LONG), Some(Rank::Person));
        let mut frozen = of(Rank::Person);
        frozen.freeze(5);
        let left = frozen.left_behind(7).expect("it leaves something");
        assert_eq!(
            (left.rank(at(7 + LONG - 1).protections()), left.rank(at(7 + LONG).protections())),
            (Rank::Office, Rank::Person)
        );
    }

    /// As it was written before the two had a name together: channels, rank, time, freeze.
    #[test]
    fn the_strongest_deed_is_written_as_ever() {
        let trust = Trust::new(Channels::typed(3), Rank::Person, 700);
        let flat = (Channels::typed(3), Rank::Person, 700_u64, None::<u64>);
        let bytes = postcard::to_extend(&flat, Vec::new()).expect("it can be written");
        assert_eq!(postcard::from_bytes(&bytes), Ok(trust));
    }

    #[test]
    fn a_freeze_stays_until_it_is_settled() {
        let mut trust = Trust::new(Channels::typed(0), Rank::Low, 0);
        trust.freeze(5);
        trust.freeze(6);
        assert_eq!(trust.frozen_ms, Some(5));
        trust.settle(at(7));
        assert_eq!((trust.is_frozen(), trust.rank(at(8).protections())), (false, Rank::Office));
    }
}
