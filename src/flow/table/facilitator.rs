//! One of each reply about a facilitator, for the tables.

use std::sync::Arc;

use super::{awaiting, rut, sent_to};
use crate::domain::clave::KnownWords;
use crate::domain::clean::Clean;
use crate::domain::document::Taken;
use crate::domain::document::{
    self, Checked, Choice, Drive, Extent, Kind, NameSays, Offer, Offers, Place, Scaled, Unfit,
};
use crate::domain::facilitator::RequestStanding;
use crate::domain::outlook::Outlook;
use crate::domain::phone_page::PhonePage;
use crate::domain::reference::Id;
use crate::effect::ClaveKind;
use crate::effect::facilitator::{
    FacilitatorProved, FacilitatorReply, MayRequest, NotHandedOut, RequestTerms,
};

pub fn may_request() -> FacilitatorReply {
    FacilitatorReply::MayRequest(MayRequest::proved_by_clave(RequestTerms {
        request: Id([8; 16]),
        company: rut("99999999-9"),
        company_name: Clean::from("Comercial Ejemplo Limitada"),
        representative: rut("11111111-1"),
        representative_name: Clean::default(),
        masked_email: Clean::from("anxxxx@empxxxx"),
        today: time::macros::date!(2026 - 11 - 22),
        has_printer: true,
        has_phone: true,
    }))
}

/// A page as PDF, chosen by the first of `files`.
pub fn taken() -> FacilitatorReply {
    let document = Checked::for_test(Kind::Pdf, Extent::Pages(1), b"%PDF-");
    FacilitatorReply::Taken(Taken { name: Clean::from("firmada.pdf"), document })
}

pub fn phone_page() -> FacilitatorReply {
    FacilitatorReply::PhonePage(PhonePage::for_test(Arc::new(())))
}

pub fn too_large() -> FacilitatorReply {
    let could_be = Scaled { kind: Kind::Jpg, width: 1200, height: 1600, bytes: 800_000 };
    FacilitatorReply::TooLarge { name: Clean::from("foto.jpg"), bytes: 2_400_000, could_be }
}

pub fn files() -> FacilitatorReply {
    let offer = |number, name: &str, fits| Offer {
        choice: Choice::for_test(number),
        name: Clean::from(name),
        place: Place::Scanner,
        bytes: 40_000,
        written_ms: 0,
        fits,
    };
    let drive = |number| Drive {
        choice: Choice::for_test(number),
        name: Clean::from("KINGSTON"),
        is_read_only: false,
    };
    let files = vec![
        offer(1, "firmada.pdf", Ok(NameSays::Kind(Kind::Pdf))),
        offer(2, "carta.docx", Err(Unfit::OtherKind)),
    ];
    let drives = vec![drive(3), drive(4)];
    FacilitatorReply::Files(Offers { files, drives, has_scanner: true, ..Offers::default() })
}

pub fn facilitator_clave_right(kind: ClaveKind) -> FacilitatorReply {
    FacilitatorReply::ClaveRight(FacilitatorProved::proved_by_digest(
        (Id([9; 16]), rut("99999999-9")),
        kind,
        1,
        KnownWords::new(rut("99999999-9"), &[]),
    ))
}

pub fn facilitator_replies() -> Vec<FacilitatorReply> {
    let folio = awaiting().folio();
    vec![
        may_request(),
        files(),
        taken(),
        too_large(),
        FacilitatorReply::NotTaken { name: Clean::from("carta.pdf"), refusal: document::Refusal::Encrypted },
        FacilitatorReply::FileGone,
        phone_page(),
        FacilitatorReply::NoPhonePage,
        FacilitatorReply::PhoneConnected,
        FacilitatorReply::PhoneOver,
        FacilitatorReply::HandedOut(Clean::from("declaracion.docx")),
        FacilitatorReply::Printed,
        FacilitatorReply::Mailed(sent_to()),
        FacilitatorReply::NotHandedOut(NotHandedOut::DriveFull),
        FacilitatorReply::Requested { folio, sent_to: sent_to() },
        FacilitatorReply::Stands { standing: RequestStanding::InReview, answer: Outlook::Now },
        facilitator_clave_right(ClaveKind::Sent),
        FacilitatorReply::ClaveChanged { folio, notices: Outlook::Now },
        FacilitatorReply::ClaveUnchanged,
    ]
}
