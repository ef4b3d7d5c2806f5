//! What a facilitator's request asks of the world, and what the world answers (guide 5).

use time::Date;

use super::{ClaveKind, ClaveProved, SentTo};
use crate::domain::answer::Answer;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::country::Country;
use crate::domain::document::{Choice, Offers, Refusal, Scaled, Taken};
use crate::domain::facilitator::{IdentityNumber, Person, RequestStanding};
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::domain::phone_page::{PhonePage, PhonePageId};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;

/// The company's own clave was typed, so it may make a request. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct MayRequest {
    terms: RequestTerms,
}

/// What a request starts from, once the company's own clave was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestTerms {
    /// The id of the request: pressed twice, it is still one request.
    pub request: Id,
    /// Which company asks.
    pub company: Rut,
    /// *Razón Social*.
    pub company_name: Clean,
    /// Who typed the clave.
    pub representative: Rut,
    /// Empty when it isn't on file.
    pub representative_name: Clean,
    /// The company's mailbox.
    pub masked_email: Clean,
    /// The day in Chile.
    pub today: Date,
    /// Whether the declaration can be printed.
    pub has_printer: bool,
    /// Whether a file may come from the person's phone.
    pub has_phone: bool,
}

impl MayRequest {
    /// The company's own clave was proved, and its data were read.
    pub(crate) fn proved_by_clave(terms: RequestTerms) -> Self {
        MayRequest { terms }
    }

    /// The id of the request: pressed twice, it is still one request.
    pub fn request(&self) -> Id {
        self.terms.request
    }

    /// Which company asks.
    pub fn company(&self) -> Rut {
        self.terms.company
    }

    /// *Razón Social*.
    pub fn company_name(&self) -> &Clean {
        &self.terms.company_name
    }

    /// Who typed the clave.
    pub fn representative(&self) -> Rut {
        self.terms.representative
    }

    /// Empty when it isn't on file.
    pub fn representative_name(&self) -> &Clean {
        &self.terms.representative_name
    }

    /// The company's mailbox.
    pub fn masked_email(&self) -> &Clean {
        &self.terms.masked_email
    }

    /// The day in Chile.
    pub fn today(&self) -> Date {
        self.terms.today
    }

    /// Whether the declaration can be printed.
    pub fn has_printer(&self) -> bool {
        self.terms.has_printer
    }

    /// Whether a file may come from the person's phone.
    pub fn has_phone(&self) -> bool {
        self.terms.has_phone
    }
}

/// Everything that *Realizar solicitud* sends (guide 5 (8)).
#[derive(Clone, Debug, PartialEq)]
pub struct FacilitatorApplication {
    /// Proves that the company asks.
    pub may: MayRequest,
    /// Whom the clave is for.
    pub person: Person,
    /// The facilitator's own.
    pub question: Clean,
    /// As it was typed, folded.
    pub answer: Answer,
    /// The signed *Declaración Jurada*.
    pub declaration: Taken,
    /// *Documento de Identificación*.
    pub identity_document: Taken,
}

/// The facilitator typed a clave of theirs. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct FacilitatorProved {
    facilitator: Id,
    company: Rut,
    kind: ClaveKind,
    version: u64,
    known: KnownWords,
}

impl FacilitatorProved {
    /// What was typed gave the digest that is kept.
    pub(crate) fn proved_by_digest(
        (facilitator, company): (Id, Rut),
        kind: ClaveKind,
        version: u64,
        known: KnownWords,
    ) -> Self {
        FacilitatorProved { facilitator, company, kind, version, known }
    }

    /// Under which they are kept.
    pub fn facilitator(&self) -> Id {
        self.facilitator
    }

    /// For which company they stand in.
    pub fn company(&self) -> Rut {
        self.company
    }

    /// The version of what is kept of them when it was proved.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// A sent key opens *choose your own* and nothing else (S7).
    pub fn kind(&self) -> ClaveKind {
        self.kind
    }

    /// What the new clave must not contain (S2).
    pub fn known(&self) -> &KnownWords {
        &self.known
    }
}

/// How the declaration is handed out (guide 5 (6)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOut {
    /// Onto this drive.
    Drive(Choice),
    /// To the company's mailbox.
    Mail,
    /// On the office's printer.
    Printer,
}

/// What a facilitator's request asks of the world.
#[derive(Clone, Debug, PartialEq)]
pub enum FacilitatorEffect {
    /// May this company make a request?
    Begin(ClaveProved),
    /// Which files lie on drives and in the scanner's folder?
    ListFiles,
    /// Read this file and examine it.
    TakeFile(Choice),
    /// The same, scaled down as was offered.
    ScaleFile(Choice),
    /// *Subir desde el teléfono*: open a page for this person's phone.
    OpenPhonePage,
    /// What happens next on that page?
    AwaitPhone(PhonePageId),
    /// Hand out the declaration.
    HandOut {
        /// For whom it is filled in.
        may: MayRequest,
        /// How.
        to: HandOut,
    },
    /// *Realizar solicitud* (guide 5 (8)).
    Request(Box<FacilitatorApplication>),
    /// *Estado de mi solicitud*
    LookUp {
        /// On the company's receipt.
        folio: Folio,
        /// Who asked: the folio alone opens nothing.
        representative: Rut,
    },
    /// Is this the facilitator's clave: a sent key, or the one in use?
    CheckClave {
        /// For whom they work.
        company: Rut,
        /// Which country gave the document.
        country: Country,
        /// The document's number.
        number: IdentityNumber,
        /// As it was typed.
        clave: Secret,
    },
    /// The facilitator chooses a clave.
    ChangeClave {
        /// The one before was typed.
        proved: FacilitatorProved,
        /// The one that will be in use.
        clave: Clave,
    },
}

impl FacilitatorEffect {
    /// The RUT whose tries it counts (S10); `None` if it counts none.
    pub fn counted_rut(&self) -> Option<Rut> {
        match self {
            FacilitatorEffect::LookUp { representative, .. } => Some(*representative),
            FacilitatorEffect::CheckClave { company, .. } => Some(*company),
            FacilitatorEffect::Begin(_)
            | FacilitatorEffect::ListFiles
            | FacilitatorEffect::TakeFile(_)
            | FacilitatorEffect::ScaleFile(_)
            | FacilitatorEffect::OpenPhonePage
            | FacilitatorEffect::AwaitPhone(_)
            | FacilitatorEffect::HandOut { .. }
            | FacilitatorEffect::Request(_)
            | FacilitatorEffect::ChangeClave { .. } => None,
        }
    }

    /// Whether it only concerns files that the person brings, and so reveals nothing about an
    /// account.
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
    /// It was pulled out.
    DriveGone,
    /// No room for the document.
    DriveFull,
    /// It is mounted or switched so.
    DriveReadOnly,
    /// Drive, printer or template failed; the log says how.
    Failed,
}

/// What the world answers about a facilitator's request.
#[derive(Clone, Debug, PartialEq)]
pub enum FacilitatorReply {
    /// The company may make a request.
    MayRequest(MayRequest),
    /// Which files can be chosen, and which can't.
    Files(Offers),
    /// The file is examined and can be shown.
    Taken(Taken),
    /// The image would fit if it were scaled down: an offer.
    TooLarge {
        /// The file's.
        name: Clean,
        /// What it weighs.
        bytes: u64,
        /// What it would become.
        could_be: Scaled,
    },
    /// The file can't be used.
    NotTaken {
        /// The file's.
        name: Clean,
        /// Why, and what to do.
        refusal: Refusal,
    },
    /// The drive was pulled out, or the file has changed: list again.
    FileGone,
    /// The page is open.
    PhonePage(PhonePage),
    /// No page can be opened for the time being.
    NoPhonePage,
    /// A phone opened the page.
    PhoneConnected,
    /// The page closed, and no file came.
    PhoneOver,
    /// On a drive, under this name.
    HandedOut(Clean),
    /// On paper.
    Printed,
    /// By mail.
    Mailed(SentTo),
    /// The declaration was not handed out.
    NotHandedOut(NotHandedOut),
    /// The request is made; staff decide.
    Requested {
        /// To ask about it with.
        folio: Folio,
        /// Where the receipt went.
        sent_to: SentTo,
    },
    /// How far the request has come.
    Stands {
        /// What staff have decided, and what became of the key.
        standing: RequestStanding,
        /// What will become of the mail that follows, as far as the channel says.
        answer: Outlook,
    },
    /// It is their clave.
    ClaveRight(FacilitatorProved),
    /// The new clave is in use.
    ClaveChanged {
        /// On the receipt.
        folio: Folio,
        /// Whether the facilitator hears of it.
        notices: Outlook,
    },
    /// The new clave is the one in use: choose another.
    ClaveUnchanged,
}
