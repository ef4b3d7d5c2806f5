//! The worlds that are gone through: what is on file at first, and what the thief has.

use crate::desk::{Account, Clave, Desk, Mailbox, Mailboxes, OnFile, PLACES, Rank, Who};
use crate::rules::{Evidence, Rules, Setting};

/// What is on file at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Nobody has registered the company.
    Nothing,
    /// The owner has, long ago; nobody else's channel is on file.
    Owners,
    /// So they have, and a mobile of the former employee's is on file too.
    FormerOnFile,
    /// The former employee's mailbox is the company's, and both know the CS.
    FormersMailbox,
    /// From an older store: nothing is proved, and the mobile on file is a stranger's, by mistake.
    Migrated,
    /// From an older store: the only channel on file is a stranger's, by mistake.
    Unreachable,
    /// The former employee was the representative, and is still the one on file.
    FormerRepresentative,
    /// The owner has registered; the mobile on file is a stranger's, by mistake, and nobody proved it.
    UnprovedMobile,
}

/// One world.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// What it is called.
    pub name: &'static str,
    /// What is on file at first.
    pub start: Start,
    /// What an account is registered on.
    pub evidence: Evidence,
    /// The rules in force.
    pub rules: Rules,
    /// The thief has the secret answer and the card's number (E1, E2).
    pub knows: bool,
    /// The thief reads the owner's mailbox, so that the owner takes a new one.
    pub reads_own: bool,
    /// The owner has a new mailbox, and comes with that.
    pub moves: bool,
    /// The thief may come to know the CS in use, at any time.
    pub steals: bool,
    /// One member of staff says that the thief is the owner.
    pub bribed: bool,
    /// There is a second representative.
    pub partner: bool,
    /// The CS in use asks for erasure.
    pub erases: bool,
    /// SII may fall silent.
    pub silence: bool,
    /// The thief leaves a visit open with a clave proved.
    pub visits: bool,
    /// The courier may die between sending and noting it.
    pub crashes: bool,
    /// Whoever is honest mistypes the mobile when registering, and it is the thief's.
    pub mistypes: bool,
    /// How many low deeds have a code of their own.
    pub room: usize,
}

const PLAIN: Variant = Variant {
    name: "",
    start: Start::Owners,
    evidence: Evidence::Card,
    rules: Rules::ALL,
    knows: true,
    reads_own: false,
    moves: false,
    steals: false,
    bribed: false,
    partner: false,
    erases: false,
    silence: false,
    visits: false,
    crashes: false,
    mistypes: false,
    room: 1,
};

/// Nobody has registered the company yet, and a card's number is enough.
pub const UNREGISTERED: Variant =
    Variant { name: "unregistered, by card", start: Start::Nothing, crashes: true, ..PLAIN };
/// Nobody has, and it takes a person.
pub const BY_PERSON: Variant = Variant {
    name: "unregistered, in person",
    start: Start::Nothing,
    evidence: Evidence::Person,
    crashes: true,
    ..PLAIN
};
/// The thief has an hour, and nothing on file.
pub const ALONE: Variant = Variant { name: "an hour alone", visits: true, crashes: true, room: 2, ..PLAIN };
/// A former employee's mobile is on file.
pub const FORMER: Variant =
    Variant { name: "a former employee on file", start: Start::FormerOnFile, visits: true, ..PLAIN };
/// A former employee's mailbox is the only one.
pub const FORMERS_MAILBOX: Variant =
    Variant { name: "a former employee's mailbox", start: Start::FormersMailbox, visits: true, ..PLAIN };
/// The CS is stolen, again and again.
pub const STOLEN: Variant = Variant { name: "the CS is stolen", steals: true, visits: true, ..PLAIN };
/// The same, and the CS asks for erasure.
pub const STOLEN_AND_ERASED: Variant =
    Variant { name: "the CS is stolen, and erases", steals: true, erases: true, ..PLAIN };
/// The mailbox on file is read.
pub const MAILBOX_READ: Variant = Variant { name: "the mailbox is read", reads_own: true, ..PLAIN };
/// One member of staff is bribed.
pub const BRIBED: Variant = Variant { name: "one bribed member", bribed: true, ..PLAIN };
/// The same, and a former employee's mobile is on file.
pub const BRIBED_AND_FORMER: Variant = Variant {
    name: "one bribed member, and a former employee on file",
    start: Start::FormerOnFile,
    bribed: true,
    ..PLAIN
};
/// Two honest representatives, who don't agree.
pub const TWO: Variant = Variant { name: "two representatives", partner: true, ..PLAIN };
/// Registered and erased.
pub const ERASURE: Variant = Variant { name: "erasure", start: Start::Nothing, erases: true, ..PLAIN };
/// The mobile is a stranger's, by mistake.
pub const MISTYPED: Variant = Variant {
    name: "a mobile mistyped",
    start: Start::Nothing,
    evidence: Evidence::Person,
    mistypes: true,
    ..PLAIN
};
/// Nothing is proved, and the stranger whose number is on file knows nothing else.
pub const MIGRATED: Variant =
    Variant { name: "from an older store", start: Start::Migrated, knows: false, ..PLAIN };
/// The only channel on file is a stranger's.
pub const UNREACHABLE: Variant = Variant { name: "nobody reachable", start: Start::Unreachable, ..PLAIN };
/// A representative who is none any more, and SII falls silent.
pub const FORMER_REPRESENTATIVE: Variant =
    Variant { name: "a former representative", start: Start::FormerRepresentative, silence: true, ..PLAIN };

/// The owner moves to a new mailbox, and a stranger's mobile hears of the hold.
pub const UNPROVED_MOBILE: Variant = Variant {
    name: "an unproved mobile on file",
    start: Start::UnprovedMobile,
    knows: false,
    moves: true,
    ..PLAIN
};

/// Those in which only its own people prove a channel, and SII answers.
pub const REPLAYED: [Variant; 12] = [
    UNREGISTERED,
    BY_PERSON,
    ALONE,
    FORMER,
    FORMERS_MAILBOX,
    STOLEN,
    STOLEN_AND_ERASED,
    MAILBOX_READ,
    BRIBED,
    BRIBED_AND_FORMER,
    TWO,
    ERASURE,
];
/// Those of an older store, of a mistyped mobile, and of a silent SII.
pub const OTHERS: [Variant; 5] = [MISTYPED, MIGRATED, UNREACHABLE, FORMER_REPRESENTATIVE, UNPROVED_MOBILE];

/// All of them.
pub fn variants() -> impl Iterator<Item = Variant> {
    REPLAYED.into_iter().chain(OTHERS)
}

impl Variant {
    /// What nobody changes at a terminal.
    pub fn setting(&self) -> Setting {
        Setting {
            rules: self.rules,
            evidence: self.evidence,
            mistyped_mobile: self.mistypes.then_some(Mailbox::Stranger),
            room: self.room,
        }
    }

    /// Whether the owner has a channel on file, and the thief none, no CS, and nobody's help.
    pub fn is_alone(&self) -> bool {
        let is_registered = matches!(self.start, Start::Owners | Start::Migrated | Start::UnprovedMobile);
        is_registered && !self.steals && !self.reads_own && !self.bribed
    }

    /// The mailboxes that they read.
    pub fn read_by(&self, who: Who) -> Mailboxes {
        let strangers = Mailboxes::from(Mailbox::Former) | Mailbox::Stranger.into();
        match who {
            Who::Owner => Mailboxes::from(Mailbox::Own) | Mailbox::Fresh.into(),
            Who::Partner => Mailbox::Partner.into(),
            Who::Thief if self.reads_own => strangers | Mailbox::Own.into(),
            Who::Thief => strangers,
        }
    }

    /// The mailboxes that somebody honest reads.
    pub fn honest(&self) -> Mailboxes {
        self.read_by(Who::Owner) | self.read_by(Who::Partner)
    }

    /// The mailbox that they bring.
    pub fn brings(&self, who: Who) -> Mailbox {
        match who {
            Who::Owner if self.reads_own || self.moves => Mailbox::Fresh,
            Who::Owner => Mailbox::Own,
            Who::Partner => Mailbox::Partner,
            Who::Thief => Mailbox::Stranger,
        }
    }

    /// Who represents the company today.
    pub fn representatives(&self) -> &'static [Who] {
        if self.partner { &[Who::Owner, Who::Partner] } else { &[Who::Owner] }
    }

    /// What the desk knows at first.
    pub fn first_desk(&self) -> Desk {
        let proved = |mailbox| Some(OnFile { mailbox, proved: Some(Rank::Low), aged: true });
        let typed = |mailbox| Some(OnFile { mailbox, proved: None, aged: false });
        let both = Clave::of(Who::Owner).and(Who::Thief);
        let (clave, representative, places): (_, _, [Option<OnFile>; PLACES]) = match self.start {
            Start::Nothing => return Desk::empty(),
            Start::Owners => {
                (Clave::of(Who::Owner), Who::Owner, [proved(Mailbox::Own), None, proved(Mailbox::Own)])
            }
            Start::FormerOnFile => {
                let places = [proved(Mailbox::Own), proved(Mailbox::Former), proved(Mailbox::Own)];
                (Clave::of(Who::Owner), Who::Owner, places)
            }
            Start::FormersMailbox => {
                (both, Who::Owner, [proved(Mailbox::Former), None, proved(Mailbox::Former)])
            }
            Start::Migrated => {
                let places = [typed(Mailbox::Own), typed(Mailbox::Stranger), typed(Mailbox::Former)];
                (Clave::of(Who::Owner), Who::Owner, places)
            }
            Start::Unreachable => (
                Clave::of(Who::Owner),
                Who::Owner,
                [typed(Mailbox::Stranger), None, typed(Mailbox::Stranger)],
            ),
            Start::UnprovedMobile => {
                let places = [proved(Mailbox::Own), typed(Mailbox::Stranger), proved(Mailbox::Own)];
                (Clave::of(Who::Owner), Who::Owner, places)
            }
            Start::FormerRepresentative => {
                (Clave::of(Who::Thief), Who::Thief, [proved(Mailbox::Former), None, proved(Mailbox::Former)])
            }
        };
        Desk { account: Some(Account::new(clave, representative, Rank::Low, places)), ..Desk::empty() }
    }
}
