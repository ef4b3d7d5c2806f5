//! What a member of staff must check before they approve a request (guide 5 (6) to (8)), and how
//! that stands on record.

use crate::domain::clean::Clean;

/// One thing to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The declaration is filled in and signed by the representative.
    DeclarationSigned,
    /// It names this company, its representative and this facilitator.
    DeclarationMatches,
    /// The identity document is legible, whole and in force.
    IdentityLegible,
    /// Number, names, birth date and country agree with the document.
    DataAgree,
}

impl Check {
    /// In the order of the screen.
    pub const ALL: [Check; 4] =
        [Check::DeclarationSigned, Check::DeclarationMatches, Check::IdentityLegible, Check::DataAgree];

    /// Its word in the audit log.
    fn word(self) -> &'static str {
        match self {
            Check::DeclarationSigned => "declaration-signed",
            Check::DeclarationMatches => "declaration-matches",
            Check::IdentityLegible => "identity-legible",
            Check::DataAgree => "data-agree",
        }
    }
}

/// Everything was ticked. An approval needs one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist(());

impl Checklist {
    /// `None` as long as anything is not ticked.
    pub fn gone_through(is_ticked: impl Fn(Check) -> bool) -> Option<Self> {
        Check::ALL.into_iter().all(is_ticked).then_some(Checklist(()))
    }

    /// What was ticked, for the audit log.
    pub fn note(&self) -> Clean {
        Clean::from(format!("checked: {}", Check::ALL.map(Check::word).join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_left_is_not_gone_through() {
        for left in Check::ALL {
            assert_eq!(Checklist::gone_through(|check| check != left), None, "{left:?}");
        }
        let checklist = Checklist::gone_through(|_| true).unwrap();
        let note = checklist.note();
        assert_eq!(
            note.as_str(),
            "checked: declaration-signed, declaration-matches, identity-legible, data-agree"
        );
    }
}
