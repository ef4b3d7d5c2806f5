//! What the desk knows of one company, small enough to be counted: its account, channels, keys, holds
//! and codes. Nothing here decides anything.

use std::ops::{BitAnd, BitOr};

/// Who is really there. The desk can't know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Who {
    /// Represents the company.
    Owner,
    /// Represents it too.
    Partner,
    /// A thief and a former employee, who tell each other everything.
    Thief,
}

/// The mailboxes and mobiles of this world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Mailbox {
    /// The owner's.
    Own,
    /// A new one of the owner's.
    Fresh,
    /// The former employee's.
    Former,
    /// The thief's.
    Stranger,
    /// The second representative's.
    Partner,
}

impl Mailbox {
    /// All of them.
    pub const ALL: [Mailbox; 5] =
        [Mailbox::Own, Mailbox::Fresh, Mailbox::Former, Mailbox::Stranger, Mailbox::Partner];
}

/// A set of mailboxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mailboxes(u8);

impl Mailboxes {
    /// Whether this one is among them.
    pub fn has(self, mailbox: Mailbox) -> bool {
        self.0 & (1 << mailbox as u8) != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether they have one in common.
    pub fn meets(self, other: Mailboxes) -> bool {
        self.0 & other.0 != 0
    }

    /// All but this one.
    pub fn without(self, mailbox: Mailbox) -> Mailboxes {
        Mailboxes(self.0 & !(1 << mailbox as u8))
    }

    /// One after the other.
    pub fn iter(self) -> impl Iterator<Item = Mailbox> {
        Mailbox::ALL.into_iter().filter(move |mailbox| self.has(*mailbox))
    }
}

impl From<Mailbox> for Mailboxes {
    fn from(mailbox: Mailbox) -> Self {
        Mailboxes(1 << mailbox as u8)
    }
}

impl BitOr for Mailboxes {
    type Output = Mailboxes;

    fn bitor(self, other: Mailboxes) -> Mailboxes {
        Mailboxes(self.0 | other.0)
    }
}

impl BitAnd for Mailboxes {
    type Output = Mailboxes;

    fn bitand(self, other: Mailboxes) -> Mailboxes {
        Mailboxes(self.0 & other.0)
    }
}

impl FromIterator<Mailbox> for Mailboxes {
    fn from_iter<I: IntoIterator<Item = Mailbox>>(mailboxes: I) -> Self {
        mailboxes.into_iter().fold(Mailboxes::default(), |set, mailbox| set | mailbox.into())
    }
}

/// The evidence behind a deed (T4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rank {
    /// E1 to E4.
    Low,
    /// E5.
    Person,
    /// E6, less than 30 days ago.
    Office,
}

/// A clave, known by these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clave(u8);

impl Clave {
    /// One that only they know.
    pub fn of(who: Who) -> Clave {
        Clave(1 << who as u8)
    }

    /// The same, once they know it too.
    pub fn and(self, who: Who) -> Clave {
        Clave(self.0 | 1 << who as u8)
    }

    /// Whether they know it.
    pub fn is_known_to(self, who: Who) -> bool {
        self.0 & (1 << who as u8) != 0
    }
}

/// One channel on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OnFile {
    /// Which one.
    pub mailbox: Mailbox,
    /// By a deed of which rank, if it is proved.
    pub proved: Option<Rank>,
    /// Proved, and on file for 30 days.
    pub aged: bool,
}

impl OnFile {
    fn is_trusted(&self) -> bool {
        self.proved.is_some_and(|by| by > Rank::Low) || self.aged
    }
}

/// The company's mailbox, the representative's mobile, the representative's own mailbox.
pub const PLACES: usize = 3;
/// The first of them.
pub const MAIN: usize = 0;
/// The second.
pub const MOBILE: usize = 1;
/// The third.
pub const SECOND: usize = 2;
/// Keys go to the first two.
pub const KEY_PLACES: usize = 2;
/// How many low deeds can be undone.
pub const DEEDS: usize = 2;

/// What a low deed's undoing brings back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Before {
    /// The CS in use.
    pub clave: Clave,
    /// The channels on file.
    pub places: [Option<OnFile>; PLACES],
}

/// A low deed whose code lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LowDeed {
    /// Who really did it.
    pub by: Who,
    /// What its undoing brings back.
    pub before: Before,
    /// Who got a code.
    pub codes: Mailboxes,
    /// It asked for erasure.
    pub erases: bool,
    /// It changed the CS or a channel.
    pub changes: bool,
}

/// Where a recovery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// To a new address: it goes out in a day.
    Held,
    /// The courier has yet to send it, or to learn that it was sent.
    Queued,
    /// Sent less than a day ago.
    Sent,
}

/// A recovery under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sending {
    /// Who really asked, where that matters.
    pub by: Who,
    /// Where the key goes.
    pub to: Mailboxes,
    /// How far it is.
    pub stage: Stage,
    /// A key is in the mailbox. With a courier that died in between, it is before it is sent.
    pub arrived: bool,
}

impl Sending {
    /// One that was just accepted.
    pub fn new(by: Who, to: Mailboxes, stage: Stage) -> Self {
        Sending { by, to, stage, arrived: false }
    }

    /// What a day leaves of it.
    pub fn after_a_day(self) -> Option<Self> {
        match self.stage {
            // Whose hold it was matters no more.
            Stage::Held => Some(Sending { by: Who::Owner, stage: Stage::Queued, ..self }),
            Stage::Queued => Some(Sending { arrived: false, ..self }),
            Stage::Sent => None,
        }
    }
}

/// Which recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// To what is on file.
    OnFile,
    /// To a new address, by hold.
    New(u8),
    /// Before staff.
    InPerson,
}

impl Key {
    /// All of them.
    pub const ALL: [Key; 4] = [Key::OnFile, Key::New(0), Key::New(1), Key::InPerson];
}

/// A company's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Account {
    /// The CS in use.
    pub clave: Clave,
    /// Who is on file.
    pub representative: Who,
    /// Of the strongest deed (T4d).
    pub rank: Rank,
    /// Only E6 helps (T6).
    pub frozen: bool,
    /// The channels on file.
    pub places: [Option<OnFile>; PLACES],
    /// The low deeds that can be undone, the oldest first.
    pub history: [Option<LowDeed>; DEEDS],
    /// Who got a code that freezes.
    pub freeze_codes: Mailboxes,
    /// A recovery to what is on file.
    pub to_file: Option<Sending>,
    /// Recoveries to a new address.
    pub to_new: [Option<Sending>; 2],
    /// Who got a code that stops each of them.
    pub stop_codes: [Mailboxes; 2],
    /// Whose code of each of them, once its key left, reverts what is done with that.
    pub revert_codes: [Mailboxes; 2],
    /// A recovery before staff.
    pub in_person: Option<Sending>,
    /// An erasure waits.
    pub erasing: bool,
    /// Only where a person's deed could be reverted.
    pub before_person: Option<Before>,
}

impl Account {
    /// One with nothing under way.
    pub fn new(clave: Clave, representative: Who, rank: Rank, places: [Option<OnFile>; PLACES]) -> Self {
        Account {
            clave,
            representative,
            rank,
            frozen: false,
            places,
            history: [None; DEEDS],
            freeze_codes: Mailboxes::default(),
            to_file: None,
            to_new: [None; 2],
            stop_codes: [Mailboxes::default(); 2],
            revert_codes: [Mailboxes::default(); 2],
            in_person: None,
            erasing: false,
            before_person: None,
        }
    }

    /// The mailboxes on file.
    pub fn on_file(&self) -> Mailboxes {
        self.places.iter().flatten().map(|on_file| on_file.mailbox).collect()
    }

    /// Those that are proved.
    pub fn proved(&self) -> Mailboxes {
        let proved = self.places.iter().flatten().filter(|on_file| on_file.proved.is_some());
        proved.map(|on_file| on_file.mailbox).collect()
    }

    /// Those that may freeze (T4b).
    pub fn trusted(&self) -> Mailboxes {
        let trusted = self.places.iter().flatten().filter(|on_file| on_file.is_trusted());
        trusted.map(|on_file| on_file.mailbox).collect()
    }

    /// A recovery under way, if there is one.
    pub fn sending(&self, key: Key) -> &Option<Sending> {
        match key {
            Key::OnFile => &self.to_file,
            Key::New(which) => &self.to_new[which as usize],
            Key::InPerson => &self.in_person,
        }
    }

    /// The same, to change it.
    pub fn sending_mut(&mut self, key: Key) -> &mut Option<Sending> {
        match key {
            Key::OnFile => &mut self.to_file,
            Key::New(which) => &mut self.to_new[which as usize],
            Key::InPerson => &mut self.in_person,
        }
    }

    /// Where a key is, or is about to be.
    pub fn where_keys_went(&self) -> Mailboxes {
        let under_way = Key::ALL.into_iter().filter_map(|key| *self.sending(key));
        let gone = under_way.filter(|sending| sending.stage != Stage::Held);
        gone.fold(Mailboxes::default(), |went, sending| went | sending.to)
    }

    /// The holds and their codes.
    pub fn end_holds(&mut self) {
        for (sending, codes) in self.to_new.iter_mut().zip(&mut self.stop_codes) {
            *sending = sending.filter(|sending| sending.stage != Stage::Held);
            *codes = Mailboxes::default();
        }
        self.forget_codes();
    }

    /// A code for a key that is no more does nothing.
    pub fn forget_codes(&mut self) {
        for (sending, codes) in self.to_new.iter().zip(&mut self.revert_codes) {
            if sending.is_none() {
                *codes = Mailboxes::default();
            }
        }
    }

    /// Every key and hold.
    pub fn end_all(&mut self) {
        (self.to_file, self.to_new, self.in_person) = Default::default();
        self.stop_codes = [Mailboxes::default(); 2];
        self.revert_codes = [Mailboxes::default(); 2];
    }
}

/// What the desk knows of one company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Desk {
    /// Its account, if it has one.
    pub account: Option<Account>,
    /// Under the RUT's pseudonym, once the account was erased (T4d).
    pub remembered: Rank,
    /// Of each who applied: the mailbox.
    pub applications: [Option<Mailbox>; 3],
}

/// Who hears of a deed, and who gets a code with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Told {
    /// Who hears of it.
    pub warned: Mailboxes,
    /// Who gets a code that reverts it.
    pub undo: Mailboxes,
    /// Who gets a code that freezes the account.
    pub freeze: Mailboxes,
    /// Who gets a code that stops the hold.
    pub stop: Mailboxes,
}

impl Desk {
    /// It knows nothing of the company.
    pub fn empty() -> Self {
        Desk { account: None, remembered: Rank::Low, applications: [None; 3] }
    }

    /// Whether a clave of theirs is in use.
    pub fn is_claves(&self, who: Who) -> bool {
        self.account.is_some_and(|account| account.clave.is_known_to(who))
    }
}
