//! Everything the world may answer.

use std::time::Duration;

use super::facilitator::FacilitatorReply;
use super::settlement::SettlementReply;
use super::{
    AnswerProved, AwaitingCode, CardValidated, ClaveProved, OnFile, OpenCompany, Outgoing,
    RepresentativeValidated, Representing, SentTo, StaffReply, ToProve,
};
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::domain::register::Service;
use crate::domain::time_of_day::TimeOfDay;

/// Why a check did not pass, in the only words that a stranger may hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something does not match; never which.
    Mismatch {
        /// Of the tries at it.
        left: TriesLeft,
    },
    /// Something does not match, or it does and takes SII's word, which doesn't come; never which.
    Unconfirmed {
        /// Of the tries at it.
        left: TriesLeft,
    },
    /// The card's number is right, and the card expired. Whoever stands there is told of it as of any number
    /// that doesn't match; a member of staff beside them may take the card (E5).
    Expired {
        /// Of the tries at it.
        left: TriesLeft,
    },
    /// A list answers for SII, knows the company, and lacks this person among its representatives.
    NotListed {
        /// How old the list is.
        days: u64,
        /// Of the tries at it.
        left: TriesLeft,
    },
    /// It is what was refused last, word for word: nobody was asked, and no try is lost.
    Repeated,
    /// Too many failures: wait this long (S10).
    Wait(Duration),
    /// Too many RUTs failed at this terminal: it opens again within half an hour (S11).
    TerminalLocked,
    /// The account is frozen: only two members of staff can help (T6). Told to nobody who brings less
    /// than the answer or the card.
    Frozen,
    /// Somebody stood before staff with their card, and the key that came of it works still: until
    /// then nothing weaker is done (T4c).
    InPerson,
    /// Two members of staff gave the account to its representative, so that for a month only two give it
    /// to another address (T4d).
    TwoOfStaff,
    /// This terminal took as many applications as it may without staff (T2).
    Applications,
    /// SII names them, and Registro Civil knows nobody under their RUT: a company, or a foreigner without a
    /// RUN. No card could be matched; staff see their papers.
    WithoutRun,
    /// A list answers for Registro Civil, and has no card of theirs. None could be matched; staff see it.
    CardUnlisted,
}

/// The store that all terminals of the office share is out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeAway {
    /// When it was first missed.
    pub since: TimeOfDay,
    /// What became of what was asked for last.
    pub last: LastAsked,
}

/// What became of what was asked for when the store went out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastAsked {
    /// It did not reach the store.
    NotSaved,
    /// It may have been saved; asked again, it is not done twice.
    Unsure,
}

/// What is left after a try that failed (S10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriesLeft {
    /// So many, before the longest wait.
    Number(u32),
    /// None, for so long.
    NoneFor(Duration),
}

impl TriesLeft {
    /// So many, or none for this long.
    pub fn of(number: u32, wait: Duration) -> Self {
        if number == 0 { TriesLeft::NoneFor(wait) } else { TriesLeft::Number(number) }
    }
}

/// What the world answers: a fact each.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// To be drawn for the challenge.
    Challenge([char; 4]),
    /// The company is active.
    CompanyOpen(OpenCompany),
    /// The company has ended its business.
    CompanyClosed {
        /// *Razón Social*.
        name: Clean,
    },
    /// SII does not know this RUT, or its list doesn't.
    CompanyUnknown {
        /// The day of the list, if a list was read: a company that began since is not on it.
        listed: Option<Clean>,
    },
    /// The person represents the company, and this is their name.
    RepresentativeNamed(Representing),
    /// The registration was accepted, whether or not the company already had a clave (S9).
    ApplicationTaken {
        /// What waits for the code.
        awaiting: AwaitingCode,
        /// Where the code went.
        sent_to: SentTo,
    },
    /// *Terminar mi registro*, while the code that was sent before is alive: it counts until the one that
    /// was asked for now is sent.
    ApplicationGoesOn {
        /// What waits for either code.
        awaiting: AwaitingCode,
        /// Where the other one goes.
        sent_to: SentTo,
    },
    /// The code was right; [`Proved`] says what follows.
    AddressProved(Proved),
    /// The code was wrong.
    CodeWrong {
        /// Before the code is dead (S8).
        tries_left: u32,
    },
    /// The message with the code has not been sent yet: nobody can know it, so the try isn't
    /// counted.
    CodeNotSent,
    /// The code is too old, was used, or was tried too often.
    CodeDead,
    /// Another code was asked for; once it leaves, the one before stops working.
    CodeComing {
        /// What will become of it.
        message: Outgoing,
    },
    /// The address has had as many messages as it may (S11).
    CodeLimit,
    /// The company's question, or an invented one for a RUT that has none (S9).
    SecretQuestion {
        /// In the words that were chosen then.
        question: Clean,
    },
    /// The account is older than the questions (guide 3.1).
    NoSecretQuestion,
    /// The answer is right.
    AnswerRight(AnswerProved),
    /// The person represents the company.
    RepresentativeRight(RepresentativeValidated),
    /// The card is right, and this is where the key would go.
    CardRight {
        /// Proves it.
        card: CardValidated,
        /// As the guide shows it: `polmxxxx@senxxxx`.
        masked_email: Clean,
        /// What would become of a key that goes there now.
        outlook: Outlook,
    },
    /// The card is right, but the company has no clave yet: it must register.
    CardRightNoAccount {
        /// If it was matched in this visit: two members of staff may begin with it (T6).
        card: Option<CardValidated>,
    },
    /// The key will be sent.
    RecoveryTaken {
        /// On the receipt.
        folio: Folio,
        /// Where the key goes.
        sent_to: SentTo,
    },
    /// A code was mailed to the new address.
    NewAddressToProve {
        /// What waits for the code.
        awaiting: AwaitingCode,
        /// Where the code went.
        sent_to: SentTo,
    },
    /// The clave is right.
    ClaveRight(ClaveProved),
    /// It is a key that was sent, and what was done in person since has ended it.
    ClaveOver,
    /// The new clave is in use.
    ClaveChanged {
        /// On the receipt.
        folio: Folio,
        /// Whether the contacts hear of it.
        notices: Outlook,
    },
    /// The new clave is the one in use: choose another.
    ClaveUnchanged,
    /// What is on file.
    DataRead(Box<OnFile>),
    /// The account has changed since the clave or the answer was proved.
    DataStale,
    /// Too much was changed lately: each change must stay undoable (S7).
    DataLimit,
    /// The changes are saved.
    DataSaved {
        /// On the receipt.
        folio: Folio,
        /// The contacts that still need a code.
        to_prove: Vec<ToProve>,
        /// Whether those on file hear of it; `None` if there is nothing to hear.
        notices: Option<Outlook>,
    },
    /// The copy will be sent.
    CopySent {
        /// On the receipt.
        folio: Folio,
        /// Where the copy goes.
        sent_to: SentTo,
    },
    /// The mailbox on file is not proved: nothing personal goes there (T3).
    NotProved,
    /// The account was given in person: a new contact comes onto it in person only (T4d).
    ContactInPerson,
    /// No application waits under this folio.
    NoApplication,
    /// The applicant's card is theirs and valid (T1).
    ApplicantCardRight(CardValidated),
    /// The company will be forgotten after a hold.
    ErasureAsked {
        /// On the receipt.
        folio: Folio,
        /// Whether the contacts hear of it.
        notices: Outlook,
    },
    /// The company will not be forgotten.
    ErasureTakenBack {
        /// On the receipt.
        folio: Folio,
        /// Whether the contacts hear of it.
        notices: Outlook,
    },
    /// The code was right, and the change is undone.
    Undone {
        /// On the receipt.
        folio: Folio,
        /// What the person has now.
        leaves: Undoing,
    },
    /// The code is right, and there is nothing left that it could undo.
    UndoOver(UndoOver),
    /// It is a PIN of the staff: it stands for the letters on the screen.
    PinRight,
    /// Nobody has this PIN.
    PinWrong,
    /// Staff will come.
    StaffCalled,
    /// For staff only.
    Staff(StaffReply),
    /// A check did not pass.
    Refused(Refusal),
    /// A register gives no usable answer.
    RegistryDown(Service),
    /// The store can't save for the time being: nothing was lost, and nothing was done.
    StoreDown,
    /// Whether it was saved can't be told; asked again, it is not done twice.
    StoreUnsure,
    /// The store that all terminals of the office share does not answer.
    OfficeAway(OfficeAway),
    /// To a facilitator's request.
    Facilitator(FacilitatorReply),
    /// To a settlement (T6).
    Settlement(SettlementReply),
}

/// What follows from a proved address.
#[derive(Clone, Debug, PartialEq)]
pub enum Proved {
    /// The account is made, or waits for what is still to come.
    Registration {
        /// On the receipt.
        folio: Folio,
        /// What the person has now.
        registered: Registered,
    },
    /// The key to the new address waits.
    Held {
        /// For staff to confirm.
        awaiting: AwaitingCode,
        /// Until when.
        until: HeldUntil,
        /// Whether the contacts on file hear of it.
        notices: Outlook,
    },
    /// Staff confirmed the card: the key will be sent.
    Sending {
        /// On the receipt.
        folio: Folio,
        /// Where the key goes.
        sent_to: SentTo,
    },
    /// The contact replaced the one on file.
    Contact,
}

/// What a registration has come to once its mailbox is proved (T1).
#[derive(Clone, Debug, PartialEq)]
pub enum Registered {
    /// The company has a CS.
    Account {
        /// How the mobile is proved.
        mobile: MobileProof,
    },
    /// A register must answer first.
    Waits {
        /// Whether the result will be mailed, as far as the channel says.
        result: Outlook,
    },
    /// The office makes accounts in person only: staff must see the card.
    InPerson {
        /// For staff to confirm.
        awaiting: AwaitingCode,
        /// How many of them.
        by: Witnesses,
    },
}

/// How the representative's mobile is proved, once the company has an account (T3).
#[derive(Clone, Debug, PartialEq)]
pub enum MobileProof {
    /// By the code that is sent there now.
    ByCode(ToProve),
    /// Later, by whoever has the clave.
    Later,
    /// Not at all: the office sends no SMS.
    NoSms,
}

/// How many members of staff must see person and card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Witnesses {
    /// Any of them.
    One,
    /// Two gave the account within the month, so that one alone moves nothing (T4d).
    Two,
}

/// Until when a key to a new address waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldUntil {
    /// A day, in which the channels on file can stop it; staff who see the card let it go at once (S8).
    NextDay,
    /// Staff see person and card: the account was given in person before, or there is nobody to warn
    /// (T4d, T4e).
    Staff(Witnesses),
    /// The same, beside another key that was asked for before and waits for its day (T4e).
    StaffBesideHold {
        /// That the other one waits still, counted up.
        hours: u64,
    },
}

/// Why a right code undoes nothing. Only whoever typed it hears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoOver {
    /// Something was done in person since, which is stronger (T4c).
    InPerson,
    /// It only stopped a key that waited, and that wait is over (T3).
    Hold,
}

/// What the person has after an undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undoing {
    /// What they had before.
    AsBefore,
    /// What they had before, and the company is not forgotten.
    NotErased,
    /// A frozen account: what was done had been done in person (T4a).
    Frozen,
    /// A facilitator without a clave: they had none before.
    NoClave,
}
