//! What staff find at their desk: the entries of the menu, and those beside a company.

use crate::domain::staff::Act;
use crate::effect::{CompanySeen, StaffSession};
use crate::form::Form;
use crate::form::names::ButtonName;

/// What a role finds in the menu.
pub(super) fn menu_form(session: &StaffSession) -> Form {
    let entries = [
        (Act::SeeCompany, ButtonName::Search),
        (Act::Unblock, ButtonName::Unblock),
        (Act::SeeRequests, ButtonName::SeeRequests),
        (Act::SeeOutbox, ButtonName::SeeOutbox),
        (Act::SeeFigures, ButtonName::SeeFigures),
        (Act::Settle, ButtonName::SeeDisputes),
    ];
    let may = entries.into_iter().filter(|(act, _)| session.may(*act)).map(|(_, button)| button);
    Form::new(vec![], may.chain([ButtonName::SignOut]).collect())
}

/// What can be looked at beside a company.
pub(super) fn company_form(seen: &CompanySeen, session: Option<&StaffSession>) -> Form {
    let has_requests = seen.requests > 0 && session.is_some_and(|session| session.may(Act::SeeRequests));
    let requests = has_requests.then_some(ButtonName::SeeRequests);
    Form::new(vec![], requests.into_iter().chain([ButtonName::GoBack]).collect())
}
