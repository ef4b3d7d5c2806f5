//! What a facilitator's request asks of the world, and what it is answered (guide 5).

use time::Date;

use super::{ClaveKind, ClaveProved, SentTo};
use crate::domain::answer::Answer;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::country::Country;
use crate::domain::document::{Choice, Offers, Refusal, Scaled, Taken};
use crate::domain::facilitator::{IdentityNumber, Person, Standing};
use crate::domain::folio::Folio;
use crate::domain::phone_page::{PhonePage, PhonePageId};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;

/// The company's own key was typed: it may ask. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct MayRequest {
    /// Under which the request will be kept: pressed twice, it is one.
    pub(crate) request: Id,
    pub(crate) company: Rut,
    pub(crate) company_name: Clean,
    pub(crate) representative: Rut,
    /// Empty when it isn't on file.
    pub(crate) representative_name: Clean,
    pub(crate) masked_email: Clean,
    pub(crate) today: Date,
    pub(crate) has_printer: bool,
    /// Whether a file may come from the person's phone.
    pub(crate) has_phone: bool,
}

/// Everything that *Realizar solicitud* sends.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilitatorApplication {
    pub may: MayRequest,
    pub person: Person,
    pub question: Clean,
    pub answer: Answer,
    pub declaration: Taken,
    pub identity_document: Taken,
}

/// The facilitator typed a key of theirs. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilitatorProved {
    pub(crate) facilitator: Id,
    pub(crate) company: Rut,
    pub(crate) kind: ClaveKind,
    pub(crate) version: u64,
    pub(crate) known: KnownWords,
}

impl FacilitatorProved {
    pub fn kind(&self) -> ClaveKind {
        self.kind
    }

    pub fn known(&self) -> &KnownWords {
        &self.known
    }
}

/// How the declaration is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOut {
    Drive(Choice),
    /// To the company's mailbox.
    Mail,
    Printer,
}

#[derive(Clone, Debug, PartialEq)]
pub enum FacilitatorEffect {
    Begin(ClaveProved),
    /// What lies on drives and in the scanner's folder.
    ListFiles,
    /// Read it and look at it.
    TakeFile(Choice),
    /// The same, scaled down as was offered.
    ScaleFile(Choice),
    /// *Subir desde el teléfono*: a page of its own.
    OpenPhonePage,
    /// What happens next on that page.
    AwaitPhone(PhonePageId),
    HandOut {
        may: MayRequest,
        to: HandOut,
    },
    /// *Realizar solicitud*
    Request(Box<FacilitatorApplication>),
    /// *Estado de mi solicitud*
    LookUp {
        folio: Folio,
        representative: Rut,
    },
    /// The facilitator's own: a sent key, or the one in use.
    CheckKey {
        company: Rut,
        country: Country,
        number: IdentityNumber,
        clave: Secret,
    },
    ChangeKey {
        proved: FacilitatorProved,
        clave: Clave,
    },
}

impl FacilitatorEffect {
    /// The RUT whose tries it counts.
    pub fn counted_rut(&self) -> Option<Rut> {
        match self {
            FacilitatorEffect::LookUp { representative, .. } => Some(*representative),
            FacilitatorEffect::CheckKey { company, .. } => Some(*company),
            FacilitatorEffect::Begin(_)
            | FacilitatorEffect::ListFiles
            | FacilitatorEffect::TakeFile(_)
            | FacilitatorEffect::ScaleFile(_)
            | FacilitatorEffect::OpenPhonePage
            | FacilitatorEffect::AwaitPhone(_)
            | FacilitatorEffect::HandOut { .. }
            | FacilitatorEffect::Request(_)
            | FacilitatorEffect::ChangeKey { .. } => None,
        }
    }

    /// Whether it is about files that lie in the person's hand, and tells nothing of an account.
    pub fn is_about_files(&self) -> bool {
        matches!(
            self,
            FacilitatorEffect::ListFiles
                | FacilitatorEffect::TakeFile(_)
                | FacilitatorEffect::ScaleFile(_)
                | FacilitatorEffect::OpenPhonePage
                | FacilitatorEffect::AwaitPhone(_)
        )
    }
}

/// Why nothing was handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotHandedOut {
    DriveGone,
    DriveFull,
    DriveReadOnly,
    /// Drive, printer or template failed.
    Failed,
}

#[derive(Clone, Debug, PartialEq)]
pub enum FacilitatorReply {
    MayRequest(MayRequest),
    Files(Offers),
    Taken(Taken),
    /// An image that would fit once it is scaled down: an offer.
    TooLarge {
        name: Clean,
        bytes: u64,
        could_be: Scaled,
    },
    NotTaken {
        name: Clean,
        refusal: Refusal,
    },
    /// The drive is out, or the file is another by now: list anew.
    FileGone,
    PhonePage(PhonePage),
    /// No page can be opened now.
    NoPhonePage,
    /// Somebody opened the page.
    PhoneConnected,
    /// The page is closed, and no file came.
    PhoneOver,
    /// On a drive: under this name.
    HandedOut(Clean),
    /// By mail or on paper.
    HandedOver,
    NotHandedOut(NotHandedOut),
    Requested {
        folio: Folio,
        sent_to: SentTo,
    },
    Stands(Standing),
    KeyRight(FacilitatorProved),
    KeyChanged {
        folio: Folio,
    },
    KeyUnchanged,
}
