//! The specification in code: what the desk knows, and one try at it, give what the desk knows
//! afterwards and who is told, or a refusal (T1 to T6). Each rule has a switch, so that a test can show
//! what it is for.

mod brakes;
mod clave;
mod in_person;
mod recover;
mod register;
mod switches;
mod time;

pub use switches::{Rule, Rules};
pub use time::{after_a_day, after_a_month, after_three_days};

use crate::desk::{Account, Desk, Key, Mailbox, Mailboxes, Told, Who};

/// What an account is registered on (`registration.evidence`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The card's number, and a code from the mailbox.
    Card,
    /// A member of staff saw the person and the card.
    Person,
}

/// What nobody changes at a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The rules in force.
    pub rules: Rules,
    /// What an account is registered on.
    pub evidence: Evidence,
    /// Whose mobile is written down by mistake when an honest person registers.
    pub mistyped_mobile: Option<Mailbox>,
    /// How many low deeds have a code of their own. The newest one's covers what comes after.
    pub room: usize,
}

/// What SII says of a representative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Represents the company today.
    Current,
    /// Does not.
    Never,
    /// SII does not answer.
    Silent,
}

/// One thing that somebody tries at a terminal, and has the evidence for. `who` is who is really there.
/// The desk can't know it: nothing is decided by it, and it only labels claves and requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Try {
    /// *Crear Cuenta* (E0).
    Apply {
        /// Who is there.
        who: Who,
        /// Whose code will be asked for.
        mailbox: Mailbox,
    },
    /// *Terminar mi registro* with the mailbox's code and the card's number (E2, E3).
    FinishWithCard {
        /// Who is there.
        who: Who,
    },
    /// The same before staff (E5).
    FinishInPerson {
        /// Who is there.
        who: Who,
        /// Who staff say it is.
        named: Who,
    },
    /// A recovery by answer or card to what is on file (E1 or E2).
    AskKey {
        /// Who is there.
        who: Who,
    },
    /// A recovery by card to a new address, whose code was typed (E2, E3).
    AskNewAddress {
        /// Who is there.
        who: Who,
        /// The new address.
        mailbox: Mailbox,
    },
    /// A recovery before a member of staff, to an address whose code was typed (E5).
    AskInPerson {
        /// Who is there.
        who: Who,
        /// Who staff say it is.
        named: Who,
        /// The address.
        mailbox: Mailbox,
    },
    /// A settlement (E6).
    Settle {
        /// Who is there.
        who: Who,
        /// Who staff say it is.
        named: Who,
        /// The channel that is proved there.
        mailbox: Mailbox,
        /// How many members of staff saw the card.
        members: u8,
    },
    /// The CS in use opens *choose your own* (E4).
    Change {
        /// Who is there.
        who: Who,
        /// It was proved earlier in this visit, and is not in use any more.
        stale: bool,
    },
    /// A sent key does.
    UseKey {
        /// Who is there.
        who: Who,
        /// Which one.
        key: Key,
        /// It was proved earlier in this visit, and its recovery ended since.
        stale: bool,
    },
    /// The CS in use puts another channel on file, whose code was typed (E4, E3).
    Readdress {
        /// Who is there.
        who: Who,
        /// Which place on file.
        place: u8,
        /// What is written there.
        mailbox: Mailbox,
    },
    /// A code that was sent to a channel on file is typed by who brings E1 or E2.
    Prove {
        /// Who is there.
        who: Who,
        /// Which place on file.
        place: u8,
    },
    /// The CS in use asks for erasure (E4).
    Forget {
        /// Who is there.
        who: Who,
    },
    /// *No fui yo* with the code of a low deed.
    Undo {
        /// Who is there.
        who: Who,
        /// Where the code was sent.
        mailbox: Mailbox,
        /// Which deed, the oldest first.
        deed: u8,
    },
    /// *No fui yo* with the code of a person's deed.
    Freeze {
        /// Who is there.
        who: Who,
        /// Where the code was sent.
        mailbox: Mailbox,
    },
    /// *No fui yo* with the code that stops a hold.
    StopHold {
        /// Who is there.
        who: Who,
        /// Where the code was sent.
        mailbox: Mailbox,
        /// Which hold.
        key: Key,
    },
}

impl Try {
    /// Who is really there.
    pub fn who(self) -> Who {
        match self {
            Try::Apply { who, .. }
            | Try::FinishWithCard { who }
            | Try::FinishInPerson { who, .. }
            | Try::AskKey { who }
            | Try::AskNewAddress { who, .. }
            | Try::AskInPerson { who, .. }
            | Try::Settle { who, .. }
            | Try::Change { who, .. }
            | Try::UseKey { who, .. }
            | Try::Readdress { who, .. }
            | Try::Prove { who, .. }
            | Try::Forget { who }
            | Try::Undo { who, .. }
            | Try::Freeze { who, .. }
            | Try::StopHold { who, .. } => who,
        }
    }

    /// Whom SII is asked about. Brakes never ask, and low evidence is brought in the name of the
    /// representative on file.
    pub fn named(self) -> Option<Who> {
        match self {
            Try::FinishInPerson { named, .. }
            | Try::AskInPerson { named, .. }
            | Try::Settle { named, .. } => Some(named),
            _ => None,
        }
    }

    /// Whether it is *No fui yo*.
    pub fn is_brake(self) -> bool {
        matches!(self, Try::Undo { .. } | Try::Freeze { .. } | Try::StopHold { .. })
    }
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// There is no account, or no application.
    NoAccount,
    /// Frozen: only E6 helps.
    Frozen,
    /// An E5's key lives.
    PersonsKeyLives,
    /// Only E5 does this now.
    NeedsPerson,
    /// Only E6 does this now.
    NeedsOffice,
    /// Another hold runs.
    HoldRuns,
    /// Nobody would be warned.
    NobodyToWarn,
    /// No channel on file is proved.
    NothingProved,
    /// The same was asked for before.
    AskedBefore,
    /// The code or key is dead.
    Dead,
    /// SII doesn't name this representative, or doesn't answer.
    NotConfirmed,
}

type Decided = Result<(Desk, Told), Refusal>;

/// What comes of one try.
///
/// # Errors
/// Why nothing was done.
pub fn decide(setting: &Setting, desk: &Desk, said: Said, tried: Try) -> Decided {
    let office = Office { setting, desk };
    match tried {
        Try::Apply { who, mailbox } => office.apply(who, mailbox),
        Try::FinishWithCard { who } => office.finish_with_card(who),
        Try::FinishInPerson { who, named } => office.finish_in_person((who, named), said),
        Try::AskKey { .. } => office.ask_key(),
        Try::AskNewAddress { who, mailbox } => office.ask_new_address(who, mailbox),
        Try::AskInPerson { who, named, mailbox } => office.ask_in_person((who, named), mailbox, said),
        Try::Settle { who, named, mailbox, members } => office.settle((who, named), mailbox, members, said),
        Try::Change { who, stale } => office.change(who, stale),
        Try::UseKey { who, key, stale } => office.use_key(who, key, stale),
        Try::Readdress { who, place, mailbox } => office.readdress(who, place, mailbox),
        Try::Prove { place, .. } => office.prove(place),
        Try::Forget { who } => office.forget(who),
        Try::Undo { mailbox, deed, .. } => office.undo(mailbox, deed),
        Try::Freeze { mailbox, .. } => office.freeze(mailbox),
        Try::StopHold { mailbox, key, .. } => office.stop_hold(mailbox, key),
    }
}

/// What is decided on.
struct Office<'a> {
    setting: &'a Setting,
    desk: &'a Desk,
}

impl Office<'_> {
    fn has(&self, rule: Rule) -> bool {
        self.setting.rules.has(rule)
    }

    fn account(&self) -> Result<Account, Refusal> {
        self.desk.account.ok_or(Refusal::NoAccount)
    }

    fn with(&self, account: Account) -> Desk {
        Desk { account: Some(account), ..*self.desk }
    }

    /// The account, if a low deed may be done to it now (T4c, T6).
    fn open_to_low(&self) -> Result<Account, Refusal> {
        let account = self.account()?;
        if account.frozen && self.has(Rule::FrozenAcceptsNothing) {
            return Err(Refusal::Frozen);
        }
        if account.in_person.is_some() && self.has(Rule::PersonShutsOutWeaker) {
            return Err(Refusal::PersonsKeyLives);
        }
        Ok(account)
    }

    /// What may carry a code that reverts: channels on file that are proved (T3).
    fn may_get_secrets(&self, account: &Account) -> Mailboxes {
        if self.has(Rule::SecretsToProvedOnly) { account.proved() } else { account.on_file() }
    }

    /// The channels before a deed, who hear of it (T5).
    fn heard_before(&self, before: &Account) -> Mailboxes {
        if self.has(Rule::ChannelsBeforeHear) { before.on_file() } else { Mailboxes::default() }
    }

    /// Where keys went that a deed ends: they hear too, without a code (T5).
    fn where_keys_ended(&self, before: &Account) -> Mailboxes {
        if self.has(Rule::KeyMailboxesHear) { before.where_keys_went() } else { Mailboxes::default() }
    }
}
