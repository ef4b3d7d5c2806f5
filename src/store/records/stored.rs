//! Everything that is kept, as one closed set: each record's drawer, the version of its shape, and
//! how it becomes sealed bytes.

use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::cursor::Group;
use super::key_mark::KeyCheck;
use super::older::{
    AccountBefore, DisputeBefore, FailuresAtTerminalBefore, PendingBefore, RecoveryBefore, UndoBefore,
    UndoWithBareCodes,
};
use super::raise::Raised;
use super::reckoning::{ClockMark, ClockMarkBefore, ClockMarkWithoutLag};
use super::world::WorldMark;
use crate::audit::AuditAnchor;
use crate::domain::account::Account;
use crate::domain::dispute::Dispute;
use crate::domain::document::Document;
use crate::domain::errand::Errand;
use crate::domain::facilitator::{Facilitator, FacilitatorRequest};
use crate::domain::pending::PendingApplication;
use crate::domain::proof::Proof;
use crate::domain::recovery::Recovery;
use crate::domain::reference::Kind;
use crate::domain::refused_address::RefusedAddress;
use crate::domain::staff::StaffAccount;
use crate::domain::trust::Ranked;
use crate::domain::undo::Undo;
use crate::domain::update::Erasure;
use crate::store::StoreError;
use crate::store::tallies::{CountedTimes, FailuresAtTerminal, FailuresOfRut, TriesOfPairs, VisitsOfDay};
use crate::vault::{Place, Vault};

/// Something that is kept.
pub trait Record: Serialize + DeserializeOwned + Clone + Into<Stored> {
    /// The drawer it lies in.
    const KIND: Kind;
    /// The version of its shape, in front of its bytes.
    const VERSION: u8;

    /// Reads what was written in an older shape; `None` if that version is not known here.
    fn read_older(version: u8, bytes: &[u8]) -> Option<postcard::Result<Self>>;
}

macro_rules! records {
    ($($record:ident => $kind:ident, $version:literal $(, before $older_version:literal as $older:ty)*;)*) => {
        /// A value of any record, as it is written.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant is the record of its name")]
        pub enum Stored {
            $($record(Box<$record>),)*
        }

        impl Stored {
            /// The drawer it lies in.
            pub fn kind(&self) -> Kind {
                match self {
                    $(Stored::$record(_) => Kind::$kind,)*
                }
            }

            /// What it belongs to: the store keeps it on these lists as long as it holds this.
            pub(super) fn groups(&self) -> Vec<Group> {
                let (company, also) = match self {
                    Stored::Recovery(recovery) => (recovery.company, vec![Group::Folio(recovery.folio)]),
                    Stored::PendingApplication(pending) => {
                        (pending.account.company, vec![Group::Folio(pending.folio)])
                    }
                    Stored::Errand(errand) => {
                        let queue = errand.state.queue().map(Group::Messages);
                        (errand.company, [Group::Folio(errand.folio)].into_iter().chain(queue).collect())
                    }
                    Stored::Dispute(dispute) => (dispute.company, vec![Group::Folio(dispute.folio)]),
                    Stored::Proof(proof) => (proof.company, Vec::new()),
                    Stored::Undo(undo) => (undo.company, Vec::new()),
                    Stored::FacilitatorRequest(request) => {
                        (request.company, vec![Group::Requests(request.state.stage())])
                    }
                    Stored::Facilitator(facilitator) => (facilitator.company, Vec::new()),
                    Stored::Account(_)
                    | Stored::FailuresOfRut(_)
                    | Stored::FailuresAtTerminal(_)
                    | Stored::TriesOfPairs(_)
                    | Stored::CountedTimes(_)
                    | Stored::VisitsOfDay(_)
                    | Stored::RefusedAddress(_)
                    | Stored::Document(_)
                    | Stored::Erasure(_)
                    | Stored::StaffAccount(_)
                    | Stored::KeyCheck(_)
                    | Stored::ClockMark(_)
                    | Stored::AuditAnchor(_)
                    | Stored::Raised(_)
                    | Stored::Ranked(_)
                    | Stored::WorldMark(_) => return Vec::new(),
                };
                [Group::Company(company)].into_iter().chain(also).collect()
            }

            /// Sealed for this place and no other (S13).
            pub(super) fn seal(&self, vault: &Vault, place: Place) -> Result<Vec<u8>, StoreError> {
                let plain = match self {
                    $(Stored::$record(value) => plain($version, value)?,)*
                };
                Ok(vault.seal(place, &plain))
            }
        }

        $(impl From<$record> for Stored {
            fn from(value: $record) -> Self {
                Stored::$record(Box::new(value))
            }
        }

        impl Record for $record {
            const KIND: Kind = Kind::$kind;
            const VERSION: u8 = $version;

            fn read_older(_version: u8, _bytes: &[u8]) -> Option<postcard::Result<Self>> {
                $(if _version == $older_version {
                    return Some(postcard::from_bytes::<$older>(_bytes).map(Self::from));
                })*
                None
            }
        })*
    };
}

records! {
    Account => Account, 2, before 1 as AccountBefore;
    Recovery => Recovery, 2, before 1 as RecoveryBefore;
    Proof => Proof, 2;
    Undo => Undo, 3, before 1 as UndoWithBareCodes, before 2 as UndoBefore;
    PendingApplication => Application, 2, before 1 as PendingBefore;
    Errand => Outbox, 1;
    FailuresOfRut => Limit, 1;
    FailuresAtTerminal => Limit, 2, before 1 as FailuresAtTerminalBefore;
    TriesOfPairs => Limit, 1;
    CountedTimes => Limit, 1;
    VisitsOfDay => Limit, 1;
    RefusedAddress => Refusal, 1;
    Document => Document, 1;
    Erasure => Erasure, 1;
    StaffAccount => Staff, 1;
    FacilitatorRequest => FacilitatorRequest, 1;
    Facilitator => Facilitator, 1;
    KeyCheck => Meta, 1;
    ClockMark => Meta, 3, before 1 as ClockMarkBefore, before 2 as ClockMarkWithoutLag;
    AuditAnchor => Meta, 1;
    Raised => Meta, 1;
    WorldMark => Meta, 1;
    Dispute => Dispute, 2, before 1 as DisputeBefore;
    Ranked => Remembered, 1;
}

/// The version of the shape, then the value; wiped when it is sealed.
pub(super) fn plain<T: Serialize>(version: u8, value: &T) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let plain = postcard::to_extend(value, vec![version]).map(Zeroizing::new);
    plain.map_err(|error| StoreError::Refused(format!("a value can't be written: {error}")))
}
