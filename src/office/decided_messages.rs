//! What staff are told of the messages that follow from their decision on a facilitator's request.

use super::means::Means;
use super::outlooks::{Audience, Posting};
use crate::domain::destination::Destination;
use crate::domain::errand::{ErrandKind, FacilitatorErrand};
use crate::domain::facilitator::Decided;
use crate::domain::folio::Folio;
use crate::domain::reference::Id;
use crate::domain::trust::Rank;
use crate::effect::SentTo;
use crate::store::StoreError;

/// The messages that follow from a decision that was just made: first the facilitator's key, if one does.
///
/// # Errors
/// When the store does not answer.
pub async fn messages_of(means: &Means, folio: Folio, decided: Decided) -> Result<SentTo, StoreError> {
    let Some(request) = means.records.request_of(folio).await?.map(|held| held.value) else {
        return Ok(means.sent_to(Vec::new()));
    };
    let account = means.records.account_of(request.company).await?.map(|held| held.value.email);
    let key = FacilitatorErrand::Clave { recovery: Id([0; 16]) };
    let key = (key, Some(request.person.email));
    let messages = match decided {
        Decided::ApprovedByOne | Decided::Withdrawn => vec![],
        Decided::Approved => vec![key, (FacilitatorErrand::Approved, account)],
        Decided::Refused => vec![(FacilitatorErrand::Refused { request: Id([0; 16]) }, account)],
    };
    let (mut outgoing, now) = (Vec::new(), means.time().await?.protections());
    for (about, to) in messages {
        let Some(to) = to else { continue };
        let sending = Posting::new(ErrandKind::Facilitator(about), Rank::Low, Some(folio));
        let outlooks = means.outlooks(now);
        outgoing.push(outlooks.outgoing(&Destination::Mail(to), sending, Audience::Prover).await?);
    }
    Ok(means.sent_to(outgoing))
}
