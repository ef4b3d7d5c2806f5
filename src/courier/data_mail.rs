//! What is written about a company's own data: changes, their undoing, erasure, and the copy that
//! is made of the account as it is when the mail leaves.

use crate::clock;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::errand::DataErrand;
use crate::domain::language::Language;
use crate::domain::secret::Secret;
use crate::text::{Letter, Sentences};

/// What every one of these letters says.
pub(super) struct About<'a> {
    pub company: Clean,
    pub folio: Clean,
    /// The code of the notice, where it has one.
    pub code: Secret,
    pub account: Option<&'a Account>,
    pub language: Language,
}

/// Subject, mail and SMS.
pub(super) fn letters(kind: DataErrand, about: About<'_>) -> (Letter, Letter, Letter) {
    let About { company, folio, code: secret_code, account, language } = about;
    let (once_more, again) = (folio.clone(), secret_code.clone());
    match kind {
        DataErrand::Changed { .. } => (
            Letter::DataSubject,
            Letter::DataBody { company, folio, secret_code },
            Letter::DataSms { folio: once_more, secret_code: again },
        ),
        DataErrand::ContactChanged { .. } => (
            Letter::ContactSubject,
            Letter::ContactBody { company, folio, secret_code },
            Letter::ContactSms { folio: once_more, secret_code: again },
        ),
        DataErrand::DetailsChanged => (
            Letter::DetailsSubject,
            Letter::DetailsBody { company, folio },
            Letter::DetailsSms { folio: once_more },
        ),
        DataErrand::Restored => (
            Letter::DataRestoredSubject,
            Letter::DataRestoredBody { company, folio },
            Letter::DataRestoredSms { folio: once_more },
        ),
        DataErrand::Copy => {
            (Letter::CopySubject, copy(folio, account, language), Letter::CopySms { folio: once_more })
        }
        DataErrand::ErasureAsked { .. } => (
            Letter::ErasureSubject,
            Letter::ErasureBody { company, folio, secret_code },
            Letter::ErasureSms { folio: once_more, secret_code: again },
        ),
        DataErrand::ErasureTakenBack => (
            Letter::ErasureBackSubject,
            Letter::ErasureBackBody { company, folio },
            Letter::ErasureBackSms { folio: once_more },
        ),
    }
}

fn copy(folio: Clean, account: Option<&Account>, language: Language) -> Letter {
    let nothing = Clean::from(Sentences::letters(language).write(&Letter::CopyNothing));
    let or_none = |words: Option<Clean>| words.unwrap_or_else(|| nothing.clone());
    let of = |read: fn(&Account) -> String| account.map(|account| Clean::from(read(account)));
    Letter::CopyBody {
        folio,
        company: or_none(of(|account| account.name.to_string())),
        rut: or_none(of(|account| account.company.to_string())),
        street: or_none(of(|account| format!("{} {}", account.address.street, account.address.number))),
        block: or_none(account.and_then(|account| account.address.block.clone())),
        apartment: or_none(account.and_then(|account| account.address.apartment.clone())),
        comuna: or_none(of(|account| account.address.comuna.name().to_string())),
        email: or_none(of(|account| account.email.to_string())),
        phone: or_none(of(|account| account.phone.to_string())),
        fax: or_none(
            account.and_then(|account| account.fax.as_ref()).map(|fax| Clean::from(fax.to_string())),
        ),
        question: or_none(
            account
                .and_then(|account| account.secret_question.as_ref())
                .map(|secret| secret.question.clone()),
        ),
        representative: or_none(of(|account| account.representative.name.to_string())),
        representative_rut: or_none(of(|account| account.representative.rut.to_string())),
        representative_mobile: or_none(of(|account| account.representative.mobile.to_string())),
        representative_email: or_none(of(|account| account.representative.email.to_string())),
        since: or_none(of(|account| clock::utc(account.created_ms))),
    }
}
