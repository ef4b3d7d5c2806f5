//! What the world answers to a settlement.

use super::{awaiting, card_of_applicant, rut, sent_to};
use crate::domain::clave::KnownWords;
use crate::domain::dispute::Grounds;
use crate::domain::outlook::Outlook;
use crate::domain::reference::Id;
use crate::effect::settlement::{
    DisputeConfirmed, DisputeOpened, FacilitatorOnFile, SettlementBegun, SettlementReply,
};

/// One that waits for its second.
pub fn dispute_opened() -> DisputeOpened {
    let company = (rut("99999999-9"), "Comercial Ejemplo Limitada".into());
    DisputeOpened::by_staff(Id([3; 16]), company, rut("11111111-1"), (awaiting().folio(), Grounds::Sii))
}

/// With one facilitator.
pub fn settlement_begun() -> SettlementReply {
    let maria =
        FacilitatorOnFile { id: Id([8; 16]), name: "María Quispe".into(), document: "xxxx456".into() };
    SettlementReply::GoesOn(Box::new(SettlementBegun {
        confirmed: DisputeConfirmed::by_second(dispute_opened()),
        known: KnownWords::new(rut("99999999-9"), &[]),
        company_name: "Comercial Ejemplo Limitada".into(),
        facilitators: vec![maria],
        is_new: false,
        sms: Outlook::Now,
    }))
}

/// Of a company without an account.
pub fn settlement_begun_anew() -> SettlementReply {
    SettlementReply::GoesOn(Box::new(SettlementBegun {
        confirmed: DisputeConfirmed::by_second(dispute_opened()),
        known: KnownWords::new(rut("99999999-9"), &[]),
        company_name: "Comercial Ejemplo Limitada".into(),
        facilitators: Vec::new(),
        is_new: true,
        sms: Outlook::Now,
    }))
}

/// One of each.
pub(super) fn settlement_replies() -> Vec<SettlementReply> {
    vec![
        SettlementReply::Needed(card_of_applicant()),
        SettlementReply::NotYet,
        SettlementReply::Over,
        settlement_begun(),
        SettlementReply::ToProve { awaiting: awaiting(), sent_to: sent_to() },
        SettlementReply::Settled { folio: awaiting().folio(), notices: Outlook::Now },
    ]
}
