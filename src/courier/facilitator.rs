//! What the courier writes about a foreign facilitator: the declaration to be signed, the receipt,
//! the decision, and the key to their own mailbox.

use std::sync::Arc;

use super::letter::secret_of;
use super::mint::Minted;
use super::{Attachment, Courier};
use crate::clock;
use crate::documents::declaration;
use crate::domain::clean::Clean;
use crate::domain::errand::{Errand, FacilitatorErrand};
use crate::domain::facilitator::{FacilitatorRequest, RequestState};
use crate::store::StoreError;
use crate::text::Letter;

impl Courier {
    /// What such a message carries; a key is made like any other.
    pub(super) async fn mint_about_facilitator(
        &self,
        errand: &Errand,
        about: FacilitatorErrand,
        now_ms: u64,
    ) -> Result<Option<Minted>, StoreError> {
        match about {
            FacilitatorErrand::Refused { request } => {
                let request = self.records.get::<FacilitatorRequest>(request).await?;
                Ok(match request.map(|held| held.value.state) {
                    Some(RequestState::Refused { reason }) => Some(Minted::Reason(reason)),
                    _ => None,
                })
            }
            FacilitatorErrand::Declaration { representative } => {
                let Some(account) = self.records.account_of(errand.company).await? else { return Ok(None) };
                let account = account.value;
                let known = account.representative.rut == representative;
                let fields = declaration::Fields {
                    company: account.name,
                    company_rut: account.company,
                    representative: if known { account.representative.name } else { Clean::default() },
                    representative_rut: representative,
                    on: clock::day_in_chile(now_ms).unwrap_or(time::Date::MIN),
                };
                Ok(match declaration::fill(&self.declaration, &fields) {
                    Ok(bytes) => Some(Minted::File(Attachment {
                        name: declaration_name(errand.company),
                        media_type: declaration::MEDIA_TYPE,
                        bytes: Arc::from(bytes),
                    })),
                    Err(error) => {
                        tracing::error!(reason = %error, "the declaration can't be filled in");
                        None
                    }
                })
            }
            FacilitatorErrand::Received
            | FacilitatorErrand::Approved
            | FacilitatorErrand::Key { .. }
            | FacilitatorErrand::KeyChanged
            | FacilitatorErrand::KeyChosen { .. }
            | FacilitatorErrand::Readdressed { .. }
            | FacilitatorErrand::Restored => Ok(Some(Minted::Nothing)),
        }
    }
}

/// What the filled template is called, wherever it goes.
pub fn declaration_name(company: crate::domain::rut::Rut) -> Clean {
    Clean::from(format!("declaracion-jurada-{}.docx", company.canonical()))
}

fn reason_of(minted: &Minted) -> Clean {
    if let Minted::Reason(reason) = minted { reason.clone() } else { Clean::default() }
}

pub(super) fn letters(
    about: FacilitatorErrand,
    errand: &Errand,
    company: Clean,
    minted: &Minted,
) -> (Letter, Letter, Letter) {
    let folio = Clean::new(&errand.folio.to_string());
    let once_more = folio.clone();
    let rut = Clean::from(errand.company.to_string());
    let secret = || secret_of(minted);
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
            Letter::FacilitatorRefusedBody { company, folio, reason: reason_of(minted) },
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
