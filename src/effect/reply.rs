//! Everything the world may answer.

use std::time::Duration;

use super::facilitator::FacilitatorReply;
use super::{
    AwaitingCode, CardValidated, ClaveProved, OnFile, OpenCompany, RepresentativeValidated, Representing,
    SentTo, StaffReply, StaffSession, ToProve,
};
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::domain::register::Service;

/// Why a check did not pass, in the only words that a stranger may hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something does not match; never which. So many tries are left before a day's block.
    Mismatch { tries_left: u32 },
    /// Too many failures: wait so long.
    Wait(Duration),
    /// Too many failing RUTs at this terminal: a staff PIN opens it again.
    TerminalLocked,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    Letters([char; 4]),
    CompanyOpen(OpenCompany),
    CompanyClosed {
        name: Clean,
    },
    CompanyUnknown,
    RepresentativeNamed(Representing),
    /// Registration was taken, whether or not the company had a key already (S9).
    ApplicationTaken {
        awaiting: AwaitingCode,
        sent_to: SentTo,
    },
    /// The code was right; what follows is in [`Proved`].
    AddressProved(Proved),
    /// The code was wrong.
    CodeWrong {
        tries_left: u32,
    },
    /// The message with the code has not left yet: nobody can know it, and it costs no try.
    CodeNotSent,
    /// The code is too old, was used, or was tried too often.
    CodeDead,
    /// Another code is on its way, and the one before ends.
    CodeComing,
    /// The address got as many messages as it may (S11).
    CodeLimit,
    /// The company's question, or one made up for a RUT that has none (S9).
    SecretQuestion {
        question: Clean,
    },
    NoSecretQuestion,
    RepresentativeRight(RepresentativeValidated),
    /// The card is right, and the key would go to this masked address.
    CardRight {
        card: CardValidated,
        masked_email: Clean,
    },
    /// The card is right, but the company has no key yet: its place is the registration.
    CardRightNoAccount,
    /// The key is on its way.
    RecoveryTaken {
        folio: Folio,
        sent_to: SentTo,
    },
    /// A code was mailed to the new address.
    NewAddressToProve {
        awaiting: AwaitingCode,
        sent_to: SentTo,
    },
    ClaveRight(ClaveProved),
    ClaveChanged {
        folio: Folio,
    },
    /// The new key is the one in use.
    ClaveUnchanged,
    DataRead(Box<OnFile>),
    /// The account is not what it was when the key was proved.
    DataStale,
    /// Too much was changed lately: each change must stay undoable.
    DataLimit,
    DataSaved {
        folio: Folio,
        to_prove: Vec<ToProve>,
    },
    CopySent {
        folio: Folio,
        sent_to: SentTo,
    },
    ErasureAsked {
        folio: Folio,
    },
    ErasureTakenBack {
        folio: Folio,
    },
    Undone {
        folio: Folio,
        leaves: Undoing,
    },
    /// Whose PIN it was is here now.
    PinRight(StaffSession),
    PinWrong,
    StaffCalled,
    /// To staff alone.
    Staff(StaffReply),
    Refused(Refusal),
    /// A register gives no answer.
    RegistryDown(Service),
    /// The kiosk's own store can't save now; nothing was lost, nothing was done.
    StoreDown,
    Facilitator(FacilitatorReply),
}

/// What a proved address means.
#[derive(Clone, Debug, PartialEq)]
pub enum Proved {
    Registration {
        folio: Folio,
    },
    /// The key to the new address goes out after a day, unless staff confirm the card.
    Held {
        awaiting: AwaitingCode,
    },
    /// Staff confirmed: the key is on its way.
    Sending {
        folio: Folio,
        sent_to: SentTo,
    },
    /// It took the place of the one on file.
    Contact,
}

/// What there is after an undoing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undoing {
    /// What there was before.
    AsBefore,
    /// A facilitator without a key: there was none before.
    NoKey,
}
