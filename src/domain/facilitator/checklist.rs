//! What a member of staff must have looked at before they approve a request (guide 5, steps 6 to
//! 8), and what of it stands on record.

use crate::domain::clean::Clean;

/// One thing to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The declaration is filled in and signed by the representative.
    DeclarationSigned,
    /// It names this company, its representative and this facilitator.
    DeclarationMatches,
    /// The identity document can be read, is whole and in force.
    IdentityLegible,
    /// Number, names, birth date and country are those of the document.
    DataAgree,
}

impl Check {
    /// In the order in which they stand on the screen.
    pub const ALL: [Check; 4] =
        [Check::DeclarationSigned, Check::DeclarationMatches, Check::IdentityLegible, Check::DataAgree];

    /// How the audit log calls it.
    fn word(self) -> &'static str {
        match self {
            Check::DeclarationSigned => "declaration-signed",
            Check::DeclarationMatches => "declaration-matches",
            Check::IdentityLegible => "identity-legible",
            Check::DataAgree => "data-agree",
        }
    }
}

/// All of it was ticked: nobody approves without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist(());

impl Checklist {
    /// None as long as anything is left to look at.
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
