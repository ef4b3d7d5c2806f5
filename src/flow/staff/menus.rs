//! What staff find at their desk: the entries of the menu, and those beside a company.

use crate::domain::staff::Act;
use crate::effect::{CompanySeen, FIGURES_KEPT_DAYS, Figures, StaffSession};
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

/// From a day's figures to those of the days beside it, as far as they are kept.
pub(super) fn figures_form(figures: &Figures) -> Form {
    let before = (figures.days_ago < FIGURES_KEPT_DAYS).then_some(ButtonName::DayBefore);
    let after = (figures.days_ago > 0).then_some(ButtonName::DayAfter);
    Form::new(vec![], before.into_iter().chain(after).chain([ButtonName::GoBack]).collect())
}

/// What can be looked at beside a company.
pub(super) fn company_form(seen: &CompanySeen, session: Option<&StaffSession>) -> Form {
    let has_requests = seen.requests > 0 && session.is_some_and(|session| session.may(Act::SeeRequests));
    let requests = has_requests.then_some(ButtonName::SeeRequests);
    Form::new(vec![], requests.into_iter().chain([ButtonName::GoBack]).collect())
}
