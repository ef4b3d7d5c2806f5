//! SII's answers about a company and about whoever should represent it, as one word. Every use case that needs
//! them decides by it.

use super::clean::Clean;
use super::found::Found;
use super::register::{Company, Down, Looked, Representation};

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
    /// A list answered for SII and lacks the company, as it lacks all that are younger than it.
    Unlisted,
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

    /// Whether somebody with the clave in use goes on (E4): without an answer, the one on file alone. A list
    /// that lacks the company says no, but not to whom two members of staff gave the account in the last
    /// month: they saw its papers, or SII's word.
    pub fn lets_on(&self, typist: Typist) -> bool {
        match (self, typist) {
            (SiiWord::Yes { .. }, _) => true,
            (SiiWord::No(_), _) | (_, Typist::Another) => false,
            (SiiWord::Unlisted, Typist::OnFile) => false,
            (SiiWord::Unlisted, Typist::GivenByTwo) | (SiiWord::Silent(_), _) => true,
        }
    }

    /// For the audit log.
    pub fn found(&self) -> Found {
        match self {
            SiiWord::Yes { representative: Some(_), .. } => Found::RepresentativeCurrent,
            SiiWord::Yes { representative: None, .. } => Found::RepresentativeWithoutRun,
            SiiWord::No(found) => *found,
            SiiWord::Unlisted => Found::CompanyUnknown,
            SiiWord::Silent(down) => down.into(),
        }
    }
}

/// Who typed a clave, as the account on file has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typist {
    /// It names another representative.
    Another,
    /// Its representative.
    OnFile,
    /// Its representative, to whom two members of staff gave it within the month (E6).
    GivenByTwo,
}

/// Whether nothing but a list was asked about the company, and that lacks it, while nobody says that this
/// person doesn't represent it: so it is with every company of the last weeks.
pub fn is_unlisted(company: &Looked<Company>, representation: &Looked<Representation>) -> bool {
    let is_lacking = matches!(company.answer, Ok(Company::Unknown)) && company.listed_ms.is_some();
    is_lacking
        && match &representation.answer {
            Ok(Representation::Current { .. }) => true,
            Ok(Representation::Never) => representation.listed_ms.is_some(),
            Ok(Representation::Former) | Err(_) => false,
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
        (word.found(), [word.lets_on(Typist::OnFile), word.lets_on(Typist::Another)])
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

    #[test]
    fn whom_two_gave_an_account_goes_on_until_the_lists_have_the_company() {
        let table = [(Typist::GivenByTwo, true), (Typist::OnFile, false), (Typist::Another, false)];
        for (typist, goes_on) in table {
            assert_eq!(SiiWord::Unlisted.lets_on(typist), goes_on, "{typist:?}");
            assert!(!SiiWord::No(Found::CompanyUnknown).lets_on(typist));
            assert!(!SiiWord::No(Found::RepresentativeFormer).lets_on(typist));
        }
        assert_eq!(SiiWord::Unlisted.found(), Found::CompanyUnknown);
    }

    #[test]
    fn a_company_is_unlisted_where_a_list_alone_lacks_it() {
        fn by<T>(answer: T, listed_ms: Option<u64>) -> Looked<T> {
            Looked { answer: Ok(answer), calls: Vec::new(), listed_ms }
        }
        let (list, sii) = (Some(5), None);
        let current = || Representation::Current { name: None };
        let table = [
            (by(Company::Unknown, list), by(Representation::Never, list), true),
            (by(Company::Unknown, list), by(current(), sii), true),
            (by(Company::Unknown, list), by(Representation::Never, sii), false),
            (by(Company::Unknown, list), by(Representation::Former, list), false),
            (by(Company::Unknown, list), Err(down()).into(), false),
            (by(Company::Unknown, sii), by(Representation::Never, list), false),
            (by(Company::Open { name: "A".into() }, list), by(Representation::Never, list), false),
            (by(Company::Closed { name: "A".into() }, list), by(current(), list), false),
            (Err(down()).into(), by(Representation::Never, list), false),
        ];
        for (number, (company, representation, expected)) in table.into_iter().enumerate() {
            assert_eq!(is_unlisted(&company, &representation), expected, "row {number}");
        }
    }
}
