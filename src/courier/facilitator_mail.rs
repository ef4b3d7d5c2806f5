//! What is written about a foreign facilitator: the declaration to be signed, the receipt, the
//! decision, and the clave to their own mailbox.

use super::minted::Minted;
use crate::domain::clean::Clean;
use crate::domain::errand::{Errand, FacilitatorErrand};
use crate::text::Letter;

/// Subject, mail and SMS.
pub(super) fn letters(
    about: FacilitatorErrand,
    errand: &Errand,
    company: Clean,
    minted: &Minted,
) -> (Letter, Letter, Letter) {
    let folio = Clean::new(&errand.folio.to_string());
    let once_more = folio.clone();
    let rut = Clean::from(errand.company.to_string());
    let secret = || minted.secret();
    match about {
        FacilitatorErrand::Declaration { .. } => (
            Letter::DeclarationSubject,
            Letter::DeclarationBody { company, folio },
            Letter::DeclarationSms { folio: once_more },
        ),
        FacilitatorErrand::Received => (
            Letter::FacilitatorReceivedSubject,
            Letter::FacilitatorReceivedBody { company, folio },
            Letter::FacilitatorReceivedSms { folio: once_more },
        ),
        FacilitatorErrand::Approved => (
            Letter::FacilitatorApprovedSubject,
            Letter::FacilitatorApprovedBody { company, folio },
            Letter::FacilitatorApprovedSms { folio: once_more },
        ),
        FacilitatorErrand::Refused { .. } => (
            Letter::FacilitatorRefusedSubject,
            Letter::FacilitatorRefusedBody { company, folio, reason: minted.reason() },
            Letter::FacilitatorRefusedSms { folio: once_more },
        ),
        FacilitatorErrand::Key { .. } => (
            Letter::FacilitatorKeySubject,
            Letter::FacilitatorKeyBody { company, folio, rut, secret_key: secret() },
            Letter::FacilitatorKeySms { folio: once_more, secret_key: secret() },
        ),
        FacilitatorErrand::KeyChanged => (
            Letter::FacilitatorChangedSubject,
            Letter::FacilitatorChangedBody { company, folio },
            Letter::FacilitatorChangedSms { folio: once_more },
        ),
        FacilitatorErrand::KeyChosen { .. } => (
            Letter::FacilitatorChosenSubject,
            Letter::FacilitatorChosenBody { company, folio, rut, secret_code: secret() },
            Letter::FacilitatorChosenSms { folio: once_more, secret_code: secret() },
        ),
        FacilitatorErrand::Readdressed { .. } => (
            Letter::FacilitatorReaddressedSubject,
            Letter::FacilitatorReaddressedBody { company, folio, rut, secret_code: secret() },
            Letter::FacilitatorReaddressedSms { folio: once_more, secret_code: secret() },
        ),
        FacilitatorErrand::Restored => (
            Letter::FacilitatorRestoredSubject,
            Letter::FacilitatorRestoredBody { company, folio },
            Letter::FacilitatorRestoredSms { folio: once_more },
        ),
    }
}
