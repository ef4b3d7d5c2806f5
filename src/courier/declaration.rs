//! The sworn statement that goes along with a mail: filled in when the mail leaves, and kept nowhere.

use std::sync::Arc;

use super::sending::Attachment;
use crate::clock;
use crate::documents::declaration;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;

/// The template, filled in for this company and representative. `None` when the template can't be
/// filled in, which the log tells.
pub(super) fn filled_in(
    template: &[u8],
    account: Account,
    representative: Rut,
    now_ms: u64,
) -> Option<Attachment> {
    let is_known = account.representative.rut == representative;
    let name = declaration::name(account.company);
    let fields = declaration::DeclarationFields {
        company: account.name,
        company_rut: account.company,
        representative: if is_known { account.representative.name } else { Clean::default() },
        representative_rut: representative,
        on: clock::day_in_chile(now_ms).unwrap_or(time::Date::MIN),
    };
    match declaration::fill(template, &fields) {
        Ok(bytes) => Some(Attachment { name, media_type: declaration::MEDIA_TYPE, bytes: Arc::from(bytes) }),
        Err(error) => {
            tracing::error!(reason = %error, "the declaration can't be filled in");
            None
        }
    }
}
