//! What is written about a foreign facilitator: the declaration to be signed, the receipt, the
//! decision, and the clave to their own mailbox.

use super::minted::Minted;
use crate::domain::clean::Clean;
use crate::domain::errand::{Errand, FacilitatorErrand};
use crate::text::MailMsg;

/// Subject, mail and SMS.
pub(super) fn letters(
    about: FacilitatorErrand,
    errand: &Errand,
    company: Clean,
    minted: &Minted,
) -> (MailMsg, MailMsg, MailMsg) {
    let folio = Clean::new(&errand.folio.to_string());
    let once_more = folio.clone();
    let rut = Clean::from(errand.company.to_string());
    let secret = || minted.secret();
    match about {
        FacilitatorErrand::Declaration { .. } => (
            MailMsg::DeclarationSubject,
            MailMsg::DeclarationBody { company, folio },
            MailMsg::DeclarationSms { folio: once_more },
        ),
        FacilitatorErrand::Received => (
            MailMsg::FacilitatorReceivedSubject,
            MailMsg::FacilitatorReceivedBody { company, folio },
            MailMsg::FacilitatorReceivedSms { folio: once_more },
        ),
        FacilitatorErrand::Approved => (
            MailMsg::FacilitatorApprovedSubject,
            MailMsg::FacilitatorApprovedBody { company, folio },
            MailMsg::FacilitatorApprovedSms { folio: once_more },
        ),
        FacilitatorErrand::Refused { .. } => (
            MailMsg::FacilitatorRefusedSubject,
            MailMsg::FacilitatorRefusedBody { company, folio, reason: minted.reason() },
            MailMsg::FacilitatorRefusedSms { folio: once_more },
        ),
        FacilitatorErrand::Clave { .. } => (
            MailMsg::FacilitatorKeySubject,
            MailMsg::FacilitatorKeyBody { company, folio, rut, secret_key: secret() },
            MailMsg::FacilitatorKeySms { folio: once_more, secret_key: secret() },
        ),
        FacilitatorErrand::ClaveChanged => (
            MailMsg::FacilitatorChangedSubject,
            MailMsg::FacilitatorChangedBody { company, folio },
            MailMsg::FacilitatorChangedSms { folio: once_more },
        ),
        FacilitatorErrand::ClaveChosen { .. } => (
            MailMsg::FacilitatorChosenSubject,
            MailMsg::FacilitatorChosenBody { company, folio, rut, secret_code: secret() },
            MailMsg::FacilitatorChosenSms { folio: once_more, secret_code: secret() },
        ),
        FacilitatorErrand::Readdressed { .. } => (
            MailMsg::FacilitatorReaddressedSubject,
            MailMsg::FacilitatorReaddressedBody { company, folio, rut, secret_code: secret() },
            MailMsg::FacilitatorReaddressedSms { folio: once_more, secret_code: secret() },
        ),
        FacilitatorErrand::Restored => (
            MailMsg::FacilitatorRestoredSubject,
            MailMsg::FacilitatorRestoredBody { company, folio },
            MailMsg::FacilitatorRestoredSms { folio: once_more },
        ),
    }
}
