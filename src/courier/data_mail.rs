//! What is written about a company's own data: changes, their undoing, erasure, and the copy that
//! is made of the account as it is when the mail leaves.

use crate::clock;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::errand::DataErrand;
use crate::domain::language::Language;
use crate::domain::secret::Secret;
use crate::text::{MailMsg, Sentences};

/// What every one of these mails says.
pub(super) struct About<'a> {
    /// Its name.
    pub company: Clean,
    /// Of the receipt.
    pub folio: Clean,
    /// The code of the notice, where it has one.
    pub code: Secret,
    /// The company's account as it is when the mail leaves.
    pub account: Option<&'a Account>,
    /// In which it is written.
    pub language: Language,
}

/// Subject, mail and SMS.
pub(super) fn letters(kind: DataErrand, about: About<'_>) -> (MailMsg, MailMsg, MailMsg) {
    let About { company, folio, code: secret_code, account, language } = about;
    let (once_more, again) = (folio.clone(), secret_code.clone());
    match kind {
        DataErrand::Changed { .. } => (
            MailMsg::DataSubject,
            MailMsg::DataBody { company, folio, secret_code },
            MailMsg::DataSms { folio: once_more, secret_code: again },
        ),
        DataErrand::ContactChanged { .. } => (
            MailMsg::ContactSubject,
            MailMsg::ContactBody { company, folio, secret_code },
            MailMsg::ContactSms { folio: once_more, secret_code: again },
        ),
        DataErrand::DetailsChanged => (
            MailMsg::DetailsSubject,
            MailMsg::DetailsBody { company, folio },
            MailMsg::DetailsSms { folio: once_more },
        ),
        DataErrand::Restored => (
            MailMsg::DataRestoredSubject,
            MailMsg::DataRestoredBody { company, folio },
            MailMsg::DataRestoredSms { folio: once_more },
        ),
        DataErrand::Copy => {
            (MailMsg::CopySubject, copy(folio, account, language), MailMsg::CopySms { folio: once_more })
        }
        DataErrand::ErasureAsked { .. } => (
            MailMsg::ErasureSubject,
            MailMsg::ErasureBody { company, folio, secret_code },
            MailMsg::ErasureSms { folio: once_more, secret_code: again },
        ),
        DataErrand::ErasureTakenBack => (
            MailMsg::ErasureBackSubject,
            MailMsg::ErasureBackBody { company, folio },
            MailMsg::ErasureBackSms { folio: once_more },
        ),
    }
}

fn copy(folio: Clean, account: Option<&Account>, language: Language) -> MailMsg {
    let nothing = Clean::from(Sentences::mails(language).write(&MailMsg::CopyNothing));
    let or_none = |words: Option<Clean>| words.unwrap_or_else(|| nothing.clone());
    let of = |read: fn(&Account) -> String| account.map(|account| Clean::from(read(account)));
    MailMsg::CopyBody {
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
        since: or_none(account.and_then(|account| in_words(account.created_ms, language))),
    }
}

/// The day in Chile, as people write it in their language: *22 de noviembre de 2026*.
fn in_words(ms: u64, language: Language) -> Option<Clean> {
    let date = clock::day_in_chile(ms)?;
    let (day, month) = (u64::from(date.day()), u64::from(u8::from(date.month())));
    let year = u64::try_from(date.year()).ok()?;
    Some(Clean::from(Sentences::mails(language).write(&MailMsg::DayInWords { day, month, year })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_people_write_it() {
        let noon_ms = 1_795_348_800_000;
        let said = |language| in_words(noon_ms, language).map(|said| said.to_string());
        assert_eq!(said(Language::Es).as_deref(), Some("22 de noviembre de 2026"));
        assert_eq!(said(Language::En).as_deref(), Some("22 November 2026"));
    }
}
