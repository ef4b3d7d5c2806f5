//! The settlement of an account (E6, T6): two members of staff, or one and the operator, see the
//! representative and their card, each types the card's last four symbols, and then the account is
//! given to whoever stands there. Who may be first, who second, and for how long, is decided here.

use serde::{Deserialize, Serialize};

use super::clean::Clean;
use super::email::Email;
use super::folio::Folio;
use super::office_time::RightsTime;
use super::phone::Mobile;
use super::reference::Id;
use super::rut::Rut;

/// How long a settlement may take from its opening to its end, in milliseconds (S15).
pub const DISPUTE_LIFE_MS: u64 = 2 * 3_600_000;
/// How many wrong last symbols are taken before nobody may type any more.
pub const ENDING_TRIES: u32 = 5;

/// A settlement under way. It lies under the keyed hash of company and representative, so that of each
/// there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Whose account it is about.
    pub company: Rut,
    /// Who stands before the staff, and is given the account.
    pub representative: Rut,
    /// As SII calls them.
    pub representative_name: Clean,
    /// On the page of the person, for the second to find it.
    pub folio: Folio,
    /// Milliseconds since 1970.
    pub opened_ms: u64,
    /// The keyed hash of holder and last four symbols of the card that was matched.
    pub ending: Id,
    /// How often wrong symbols were typed.
    pub tries: u32,
    /// How far it has come.
    pub state: DisputeState,
    /// The company's new mailbox, once a code that went there was typed here.
    pub email: Option<Email>,
    /// The representative's mobile, likewise.
    pub mobile: Option<Mobile>,
    /// On what it is given.
    pub grounds: Grounds,
}

/// On what an account is given to a representative. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grounds {
    /// SII names them.
    Sii,
    /// The company is too young for the list that answers for SII: its own papers name them, and both
    /// members of staff see those.
    Papers,
    /// SII names them, and no register could match a card: both members of staff see other papers.
    SiiWithoutCard,
}

/// How far a settlement has come. Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DisputeState {
    /// Nobody has typed the right symbols yet.
    Unopened,
    /// One member of staff has.
    Opened {
        /// Who.
        by: Witness,
    },
    /// Two have: the person may go on.
    Confirmed {
        /// The first.
        by: Witness,
        /// The second.
        second: Second,
    },
    /// The account is theirs.
    Settled {
        /// The first.
        by: Witness,
        /// The second.
        second: Second,
    },
}

/// A member of staff who saw person and card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Their account.
    pub account: Id,
    /// Tells two people apart: two accounts with one RUT are one person.
    pub rut: Rut,
    /// The name that they sign in with.
    pub name: Clean,
    /// Where they did it.
    pub terminal: Clean,
    /// Milliseconds since 1970.
    pub at_ms: u64,
}

/// Who confirms what another one opened. Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Second {
    /// Another member of staff.
    Member(Witness),
    /// The operator, by telephone, in an office with one member.
    Operator {
        /// Milliseconds since 1970.
        at_ms: u64,
    },
}

/// Why a settlement does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// There is none under this folio, or it is too old, or it came to its end.
    #[error("there is no settlement under way with this folio: it lasts two hours")]
    Over,
    /// Nobody gives an account to themselves.
    #[error("nobody settles an account of their own")]
    Own,
    /// Two accounts with one RUT are one person.
    #[error("it was opened by the same person: another one has to confirm it")]
    SamePerson,
    /// It was confirmed before.
    #[error("it is confirmed already")]
    Already,
    /// The symbols are not those of the card.
    #[error("those are not the last four symbols of the card; {tries_left} more tries are left")]
    EndingWrong {
        /// Before nobody may type any more.
        tries_left: u32,
    },
    /// SII does not name them as a representative of the company now.
    #[error("SII does not name this person as a representative of the company now")]
    NotRepresentative,
    /// No papers are needed for a company that the register has.
    #[error("the company is in the register: it is registered as any other")]
    Listed,
    /// Wrong symbols were typed too often.
    #[error("wrong symbols were typed too often: it can be opened anew when its two hours are over")]
    TriesOver,
    /// An operator confirms where there is nobody else.
    #[error("more than one member of staff has an account: another one confirms it at a terminal")]
    StaffAreThere,
}

impl Second {
    /// How they are told of.
    pub fn name(&self) -> Option<&Clean> {
        match self {
            Second::Member(witness) => Some(&witness.name),
            Second::Operator { .. } => None,
        }
    }
}

impl DisputeState {
    /// Who opened it, if anybody has.
    pub fn first(&self) -> Option<&Witness> {
        match self {
            DisputeState::Unopened => None,
            DisputeState::Opened { by }
            | DisputeState::Confirmed { by, .. }
            | DisputeState::Settled { by, .. } => Some(by),
        }
    }

    /// Who confirmed it, if anybody has.
    pub fn second(&self) -> Option<&Second> {
        match self {
            DisputeState::Unopened | DisputeState::Opened { .. } => None,
            DisputeState::Confirmed { second, .. } | DisputeState::Settled { second, .. } => Some(second),
        }
    }

    /// The one word that operators read.
    pub fn word(&self) -> &'static str {
        match self {
            DisputeState::Unopened => "unopened",
            DisputeState::Opened { .. } => "opened",
            DisputeState::Confirmed { .. } => "confirmed",
            DisputeState::Settled { .. } => "settled",
        }
    }
}

impl Witness {
    /// Whether the account would be theirs.
    fn is_of(&self, company: Rut, representative: Rut) -> bool {
        self.rut == company || self.rut == representative
    }

    /// Whether this is one person, whatever the accounts.
    fn is_one_with(&self, other: &Witness) -> bool {
        self.account == other.account || self.rut == other.rut
    }
}

impl Dispute {
    /// When it ends by itself, in milliseconds since 1970.
    pub fn expires_ms(&self) -> u64 {
        self.opened_ms + DISPUTE_LIFE_MS
    }

    /// Whether it still goes on at this time.
    pub fn is_living(&self, now: RightsTime) -> bool {
        !now.is_over(self.expires_ms(), DISPUTE_LIFE_MS)
            && !matches!(self.state, DisputeState::Settled { .. })
    }

    /// Whether somebody has opened it and nobody confirmed it yet.
    pub fn waits_for_second(&self, now: RightsTime) -> bool {
        self.is_living(now) && matches!(self.state, DisputeState::Opened { .. })
    }

    /// Whether both have seen the person, and the list has not been sent yet.
    pub fn is_confirmed(&self, now: RightsTime) -> bool {
        self.is_living(now) && matches!(self.state, DisputeState::Confirmed { .. })
    }

    /// This member opened it and may go on with it in another visit: nobody has confirmed it yet, or the
    /// operator has, for whom the only terminal of a small office was stopped.
    pub fn is_resumed_by(&self, member: &Witness) -> bool {
        let is_open = match &self.state {
            DisputeState::Opened { .. } | DisputeState::Confirmed { second: Second::Operator { .. }, .. } => {
                true
            }
            DisputeState::Unopened | DisputeState::Confirmed { .. } | DisputeState::Settled { .. } => false,
        };
        is_open && self.state.first().is_some_and(|first| first.account == member.account)
    }

    /// It is confirmed, and this member is neither of the two: they may not open another in its place.
    pub fn is_kept_from(&self, member: &Witness) -> bool {
        let DisputeState::Confirmed { by, second } = &self.state else { return false };
        let is_second = matches!(second, Second::Member(second) if second.is_one_with(member));
        !by.is_one_with(member) && !is_second
    }

    /// Whether this member may open it, who typed symbols with this hash.
    ///
    /// # Errors
    /// Why they may not.
    pub fn may_be_opened(&self, by: &Witness, typed: Id) -> Result<(), Unsettled> {
        if by.is_of(self.company, self.representative) {
            return Err(Unsettled::Own);
        }
        self.is_ending(typed)
    }

    /// Whether this one may confirm it, who typed symbols with this hash.
    ///
    /// # Errors
    /// Why they may not.
    pub fn may_be_confirmed(&self, second: &Second, typed: Id, now: RightsTime) -> Result<(), Unsettled> {
        let first = match &self.state {
            _ if now.is_over(self.expires_ms(), DISPUTE_LIFE_MS) => return Err(Unsettled::Over),
            DisputeState::Unopened | DisputeState::Settled { .. } => return Err(Unsettled::Over),
            DisputeState::Confirmed { .. } => return Err(Unsettled::Already),
            DisputeState::Opened { by } => by,
        };
        if let Second::Member(member) = second {
            if member.is_of(self.company, self.representative) {
                return Err(Unsettled::Own);
            }
            if member.is_one_with(first) {
                return Err(Unsettled::SamePerson);
            }
        }
        self.is_ending(typed)
    }

    fn is_ending(&self, typed: Id) -> Result<(), Unsettled> {
        match self.tries {
            tries if tries >= ENDING_TRIES => Err(Unsettled::TriesOver),
            _ if typed == self.ending => Ok(()),
            tries => Err(Unsettled::EndingWrong { tries_left: ENDING_TRIES - tries - 1 }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDING: Id = Id([4; 16]);
    const OTHER: Id = Id([9; 16]);

    fn rut(body: u32) -> Rut {
        Rut::of_body(body).expect("a RUT")
    }

    fn witness(account: u8, body: u32) -> Witness {
        let (name, terminal) = (Clean::from("rosa"), Clean::from("03"));
        Witness { account: Id([account; 16]), rut: rut(body), name, terminal, at_ms: 0 }
    }

    fn dispute(state: DisputeState, tries: u32) -> Dispute {
        Dispute {
            company: rut(99_999_999),
            representative: rut(11_111_111),
            representative_name: "Ana Ejemplo".into(),
            folio: Folio::new([1; 5]),
            opened_ms: 0,
            ending: ENDING,
            tries,
            state,
            email: None,
            mobile: None,
            grounds: Grounds::Sii,
        }
    }

    fn opened() -> DisputeState {
        DisputeState::Opened { by: witness(1, 12_345_678) }
    }

    #[test]
    fn who_may_be_the_first() {
        let rosa = witness(1, 12_345_678);
        let table = [
            (&rosa, ENDING, 0, Ok(())),
            (&rosa, OTHER, 0, Err(Unsettled::EndingWrong { tries_left: 4 })),
            (&rosa, OTHER, 4, Err(Unsettled::EndingWrong { tries_left: 0 })),
            (&rosa, ENDING, 5, Err(Unsettled::TriesOver)),
            (&witness(1, 11_111_111), ENDING, 0, Err(Unsettled::Own)),
            (&witness(1, 99_999_999), ENDING, 0, Err(Unsettled::Own)),
        ];
        for (number, (by, typed, tries, expected)) in table.into_iter().enumerate() {
            let dispute = dispute(DisputeState::Unopened, tries);
            assert_eq!(dispute.may_be_opened(by, typed), expected, "row {number}");
        }
    }

    #[test]
    fn who_may_be_the_second() {
        let member = |account, body| Second::Member(witness(account, body));
        let operator = Second::Operator { at_ms: 0 };
        let second = member(2, 22_222_222);
        let confirmed = DisputeState::Confirmed { by: witness(1, 12_345_678), second: second.clone() };
        let settled = DisputeState::Settled { by: witness(1, 12_345_678), second: second.clone() };
        let wrong = |tries_left| Err(Unsettled::EndingWrong { tries_left });
        let table = [
            (opened(), &second, ENDING, 0, 0, Ok(())),
            (opened(), &operator, ENDING, 0, DISPUTE_LIFE_MS - 1, Ok(())),
            (opened(), &second, ENDING, 0, DISPUTE_LIFE_MS, Err(Unsettled::Over)),
            (opened(), &second, OTHER, 0, 0, wrong(4)),
            (opened(), &operator, OTHER, 1, 0, wrong(3)),
            (opened(), &second, ENDING, 5, 0, Err(Unsettled::TriesOver)),
            // Their own, under this account or another one of theirs.
            (opened(), &member(1, 12_345_678), ENDING, 0, 0, Err(Unsettled::SamePerson)),
            (opened(), &member(2, 12_345_678), ENDING, 0, 0, Err(Unsettled::SamePerson)),
            (opened(), &member(1, 22_222_222), ENDING, 0, 0, Err(Unsettled::SamePerson)),
            (opened(), &member(2, 11_111_111), ENDING, 0, 0, Err(Unsettled::Own)),
            (opened(), &member(2, 99_999_999), ENDING, 0, 0, Err(Unsettled::Own)),
            (DisputeState::Unopened, &second, ENDING, 0, 0, Err(Unsettled::Over)),
            (confirmed, &second, ENDING, 0, 0, Err(Unsettled::Already)),
            (settled, &second, ENDING, 0, 0, Err(Unsettled::Over)),
        ];
        for (number, (state, second, typed, tries, now_ms, expected)) in table.into_iter().enumerate() {
            let now = crate::domain::office_time::OfficeTime::agreed(now_ms).rights();
            assert_eq!(dispute(state, tries).may_be_confirmed(second, typed, now), expected, "{number}");
        }
    }

    #[test]
    fn one_that_another_member_confirmed_is_not_taken_to_another_visit() {
        let (rosa, pedro) = (witness(1, 12_345_678), witness(2, 22_222_222));
        let by = |second| DisputeState::Confirmed { by: rosa.clone(), second };
        let table = [
            (DisputeState::Unopened, false),
            (opened(), true),
            (by(Second::Operator { at_ms: 0 }), true),
            (by(Second::Member(pedro.clone())), false),
        ];
        for (state, resumed) in table {
            let dispute = dispute(state, 0);
            assert_eq!(dispute.is_resumed_by(&rosa), resumed, "{:?}", dispute.state);
            assert!(!dispute.is_resumed_by(&pedro));
        }
    }
}
