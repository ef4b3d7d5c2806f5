//! SII's answers about a company and about whoever should represent it, as one word. Every use case that needs
//! them decides by it.

use super::clean::Clean;
use super::found::Found;
use super::register::{Company, Down, Representation};

/// What SII says, in one word, of a company and of whoever should represent it. Every evidence from E1 to
/// E6 but a code needs it (trust.md).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiiWord {
    /// The company is open, and they represent it today.
    Yes {
        /// *Razón Social*.
        company: Clean,
        /// What the representative is called; `None` if Registro Civil knows nobody under their RUT.
        representative: Option<Clean>,
    },
    /// It is closed or unknown, or they don't represent it.
    No(Found),
    /// No answer that counts.
    Silent(Down),
}

impl SiiWord {
    /// A *no* of either counts, whatever becomes of the other question.
    pub fn of(company: Result<Company, Down>, representation: Result<Representation, Down>) -> Self {
        match (company, representation) {
            (Ok(Company::Open { name }), Ok(Representation::Current { name: representative })) => {
                SiiWord::Yes { company: name, representative }
            }
            (Ok(no @ (Company::Closed { .. } | Company::Unknown)), _) => SiiWord::No((&no).into()),
            (_, Ok(no @ (Representation::Former | Representation::Never))) => SiiWord::No((&no).into()),
            (Err(down), _) | (_, Err(down)) => SiiWord::Silent(down),
        }
    }

    /// Whether somebody with the clave in use goes on (E4): without an answer, the one on file alone.
    pub fn lets_on(&self, is_on_file: bool) -> bool {
        match self {
            SiiWord::Yes { .. } => true,
            SiiWord::No(_) => false,
            SiiWord::Silent(_) => is_on_file,
        }
    }

    /// For the audit log.
    pub fn found(&self) -> Found {
        match self {
            SiiWord::Yes { representative: Some(_), .. } => Found::RepresentativeCurrent,
            SiiWord::Yes { representative: None, .. } => Found::RepresentativeWithoutRun,
            SiiWord::No(found) => *found,
            SiiWord::Silent(down) => down.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::register::Service;

    fn down() -> Down {
        Down { service: Service::Sii, reason: "the line is cut".into() }
    }

    fn word(company: Option<Company>, representation: Option<Representation>) -> (Found, [bool; 2]) {
        let word = SiiWord::of(company.ok_or_else(down), representation.ok_or_else(down));
        (word.found(), [word.lets_on(true), word.lets_on(false)])
    }

    #[test]
    fn a_no_of_either_refuses_and_silence_leaves_the_one_on_file() {
        let open = || Some(Company::Open { name: "A".into() });
        let closed = || Some(Company::Closed { name: "A".into() });
        let current = || Some(Representation::Current { name: Some("B".into()) });
        let without_run = Some(Representation::Current { name: None });
        let (former, never) = (Some(Representation::Former), Some(Representation::Never));
        let table = [
            (open(), current(), Found::RepresentativeCurrent, [true, true]),
            // SII is asked whether they represent it, and says yes.
            (open(), without_run, Found::RepresentativeWithoutRun, [true, true]),
            (open(), former, Found::RepresentativeFormer, [false, false]),
            (None, never, Found::RepresentativeNever, [false, false]),
            (closed(), current(), Found::CompanyClosed, [false, false]),
            (Some(Company::Unknown), current(), Found::CompanyUnknown, [false, false]),
            (closed(), None, Found::CompanyClosed, [false, false]),
            (open(), None, Found::SiiDown, [true, false]),
            (None, current(), Found::SiiDown, [true, false]),
            (None, None, Found::SiiDown, [true, false]),
        ];
        for (company, representation, found, lets_on) in table {
            assert_eq!(
                word(company.clone(), representation.clone()),
                (found, lets_on),
                "{company:?} {representation:?}"
            );
        }
    }
}
