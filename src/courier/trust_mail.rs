//! What is written where it is in doubt whose account it is: a clave that is held for a new address,
//! deeds in person, frozen and settled accounts, and the warnings without names to channels that
//! nobody proved (T3, T4a, T6). Each is subject, mail and SMS.

use crate::domain::clean::Clean;
use crate::domain::secret::Secret;
use crate::text::MailMsg;

/// A clave will go to a new address.
pub(super) fn held(company: Clean, folio: Clean, secret_code: Secret) -> (MailMsg, MailMsg, MailMsg) {
    let (once_more, again) = (folio.clone(), secret_code.clone());
    (
        MailMsg::HeldSubject,
        MailMsg::HeldBody { company, folio, secret_code },
        MailMsg::HeldSms { folio: once_more, secret_code: again },
    )
}

/// The same, without names.
pub(super) fn hold_warned(folio: Clean, secret_code: Secret) -> (MailMsg, MailMsg, MailMsg) {
    let (once_more, again) = (folio.clone(), secret_code.clone());
    (
        MailMsg::HoldWarnedSubject,
        MailMsg::HoldWarnedBody { folio, secret_code },
        MailMsg::HoldWarnedSms { folio: once_more, secret_code: again },
    )
}

/// Something was done, without names and codes.
pub(super) fn warned(folio: Clean) -> (MailMsg, MailMsg, MailMsg) {
    let once_more = folio.clone();
    (MailMsg::WarnedSubject, MailMsg::WarnedBody { folio }, MailMsg::WarnedSms { folio: once_more })
}

/// Staff saw person and card.
pub(super) fn done_in_person(
    company: Clean,
    folio: Clean,
    secret_code: Secret,
) -> (MailMsg, MailMsg, MailMsg) {
    let (once_more, again) = (folio.clone(), secret_code.clone());
    (
        MailMsg::InPersonSubject,
        MailMsg::InPersonBody { company, folio, secret_code },
        MailMsg::InPersonSms { folio: once_more, secret_code: again },
    )
}

/// Only two members of staff can help.
pub(super) fn frozen(company: Clean, folio: Clean) -> (MailMsg, MailMsg, MailMsg) {
    let once_more = folio.clone();
    (MailMsg::FrozenSubject, MailMsg::FrozenBody { company, folio }, MailMsg::FrozenSms { folio: once_more })
}

/// Two members of staff have helped.
pub(super) fn settled(company: Clean, folio: Clean) -> (MailMsg, MailMsg, MailMsg) {
    let once_more = folio.clone();
    (
        MailMsg::SettledSubject,
        MailMsg::SettledBody { company, folio },
        MailMsg::SettledSms { folio: once_more },
    )
}
