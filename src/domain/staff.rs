//! Who works here: their accounts, and what each role may do. One table serves both the screens
//! that offer an act and the desk that carries it out (S18, S19).

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::clean::Clean;
use super::rut::Rut;
use super::secret::Secret;
use crate::domain::digest::Digest;

/// The fewest characters of a password (S18).
pub const MIN_PASSWORD_CHARACTERS: usize = 15;
/// The most characters of a password.
pub const MAX_PASSWORD_CHARACTERS: usize = 128;
/// How many digits a PIN has, after the member's number (T9).
pub const PIN_DIGITS: usize = 6;
/// The highest number of a member with a PIN; the lowest is 1.
pub const MAX_STAFF_NUMBER: u16 = 999;
/// The fewest characters of the reason for an act.
pub const MIN_REASON_CHARACTERS: usize = 5;
/// How hard to guess a password must be, on zxcvbn's scale of 0 to 4.
const MIN_PASSWORD_SCORE: u8 = 3;

/// What a member of staff is here for. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A PIN from the settings: stands for the letters, once (T8). Nobody signs in with it.
    Badge,
    /// Helps in person, and sees what is held of a company, masked.
    Helper,
    /// Also decides facilitators' requests.
    Approver,
    /// Also sees how the office does.
    Manager,
}

/// Everything that staff can do at a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Stand in for the letters (T8).
    WaiveChallenge,
    /// End the wait of a company after failed tries (S10), or a terminal's lock (S11).
    Unblock,
    /// Confirm a card, so that a key goes to a new address at once (S8).
    WitnessCard,
    /// See why the person was refused.
    SeeRefusal,
    /// Confirm a person while the registers are down.
    VouchUnchecked,
    /// Take a card that the register calls expired, where something else says that it is valid still.
    AcceptCard,
    /// See what is held of a company, masked.
    SeeCompany,
    /// See the messages that wait or failed, masked.
    SeeOutbox,
    /// Have a failed message tried again.
    RetryMessage,
    /// See how the visits of the day went.
    SeeFigures,
    /// See facilitators' requests, masked.
    SeeRequests,
    /// Approve, refuse or withdraw a facilitator's request.
    DecideRequest,
    /// Be one of the two who give an account to its representative (T6).
    Settle,
}

impl Act {
    /// Every act, for the table.
    pub const ALL: [Act; 13] = [
        Act::WaiveChallenge,
        Act::Unblock,
        Act::WitnessCard,
        Act::SeeRefusal,
        Act::VouchUnchecked,
        Act::AcceptCard,
        Act::SeeCompany,
        Act::SeeOutbox,
        Act::RetryMessage,
        Act::SeeFigures,
        Act::SeeRequests,
        Act::DecideRequest,
        Act::Settle,
    ];

    /// Whether it takes a code of the last [`CODE_FRESH_MS`] (T8): a card that is confirmed, a wait
    /// that ends, a settlement, and whatever is told of one company. The session may have been left open beside a
    /// person.
    pub fn takes_fresh_code(self) -> bool {
        match self {
            Act::Unblock
            | Act::WitnessCard
            | Act::SeeRefusal
            | Act::VouchUnchecked
            | Act::AcceptCard
            | Act::SeeCompany
            | Act::Settle => true,
            Act::WaiveChallenge
            | Act::SeeOutbox
            | Act::RetryMessage
            | Act::SeeFigures
            | Act::SeeRequests
            | Act::DecideRequest => false,
        }
    }
}

/// How long a typed code is fresh, in milliseconds (T8).
pub const CODE_FRESH_MS: u64 = 60_000;

impl Role {
    /// From the least to the most that they may do.
    pub const ALL: [Role; 4] = [Role::Badge, Role::Helper, Role::Approver, Role::Manager];

    /// The table of roles and acts. No act reads a secret or chooses a clave, so no role may.
    pub fn may(self, act: Act) -> bool {
        match act {
            Act::WaiveChallenge => true,
            Act::Unblock
            | Act::WitnessCard
            | Act::SeeRefusal
            | Act::VouchUnchecked
            | Act::AcceptCard
            | Act::SeeCompany
            | Act::Settle => self != Role::Badge,
            Act::SeeRequests | Act::DecideRequest => matches!(self, Role::Approver | Role::Manager),
            Act::SeeOutbox | Act::RetryMessage | Act::SeeFigures => self == Role::Manager,
        }
    }

    /// Whether this role has the staff desk, besides the terminal's panel.
    pub fn has_desk(self) -> bool {
        self.may(Act::SeeCompany)
    }
}

/// A PIN as it is typed: the member's number, and six digits after it (T9). Wrong ones slow that
/// member and no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffPin {
    /// `number` of their `[[staff]]` block.
    pub number: u16,
    /// The six digits.
    pub pin: Secret,
}

impl StaffPin {
    /// Reads it, blanks and dashes aside; `None` if it isn't a number and six digits.
    pub fn read(typed: &Secret) -> Option<StaffPin> {
        let mut digits = Zeroizing::new(String::with_capacity(typed.expose().len()));
        digits.extend(typed.expose().chars().filter(|symbol| !symbol.is_whitespace() && *symbol != '-'));
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.starts_with('0') {
            return None;
        }
        let (number, pin) = digits.split_at_checked(digits.len().checked_sub(PIN_DIGITS)?)?;
        let number = number.parse().ok().filter(|number| (1..=MAX_STAFF_NUMBER).contains(number))?;
        Some(StaffPin { number, pin: Secret::new(pin) })
    }
}

/// What a member's telephone makes its codes from (RFC 6238).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct TotpSecret(pub(crate) [u8; 20]);

impl std::fmt::Debug for TotpSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("TotpSecret(…)")
    }
}

/// A member of staff. The record is sealed before it reaches the store, and never removed, so that
/// a name in the audit log always means the same person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAccount {
    /// What they sign in with; unique.
    pub name: Clean,
    /// Keeps them from acting for a company of their own.
    pub rut: Rut,
    /// What they may do.
    pub role: Role,
    /// Of their password (S1).
    pub password: Digest,
    /// Makes the same codes as their telephone.
    pub totp: TotpSecret,
    /// The time step of the last code that was accepted. That code and all before it are used up.
    pub last_step: u64,
    /// Whether the account is closed.
    pub disabled: bool,
    /// Milliseconds since 1970.
    pub created_ms: u64,
}

/// Why a password can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too short or too long.
    #[error("a password has {MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters")]
    Length,
    /// By zxcvbn, which also knows the member's own name.
    #[error("it is easy to guess; four words that have nothing to do with each other are not")]
    Guessable,
}

/// Checks a new password (S18).
///
/// # Errors
/// When it is too short, too long, or easy to guess.
pub fn check_password(password: &Secret, name: &Clean) -> Result<(), PasswordError> {
    let characters = password.expose().chars().count();
    if !(MIN_PASSWORD_CHARACTERS..=MAX_PASSWORD_CHARACTERS).contains(&characters) {
        return Err(PasswordError::Length);
    }
    let own = name.as_str().split(' ').chain([name.as_str(), "totem", "sence", "clave"]);
    let guessed = zxcvbn::zxcvbn(password.expose(), &own.collect::<Vec<_>>());
    match u8::from(guessed.score()) >= MIN_PASSWORD_SCORE {
        true => Ok(()),
        false => Err(PasswordError::Guessable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each role may do, written out for the reader.
    #[test]
    fn the_table_of_roles() {
        let table = Act::ALL.map(|act| {
            let may: Vec<String> =
                Role::ALL.iter().filter(|role| role.may(act)).map(|role| format!("{role:?}")).collect();
            format!("{act:?}: {}", may.join(" "))
        });
        let expected = [
            "WaiveChallenge: Badge Helper Approver Manager",
            "Unblock: Helper Approver Manager",
            "WitnessCard: Helper Approver Manager",
            "SeeRefusal: Helper Approver Manager",
            "VouchUnchecked: Helper Approver Manager",
            "AcceptCard: Helper Approver Manager",
            "SeeCompany: Helper Approver Manager",
            "SeeOutbox: Manager",
            "RetryMessage: Manager",
            "SeeFigures: Manager",
            "SeeRequests: Approver Manager",
            "DecideRequest: Approver Manager",
            "Settle: Helper Approver Manager",
        ];
        assert_eq!(table, expected);
    }

    #[test]
    fn a_pin_is_a_number_and_six_digits() {
        let read = |typed: &str| {
            StaffPin::read(&Secret::new(typed)).map(|typed| (typed.number, typed.pin.expose().to_string()))
        };
        let right = |number, pin: &str| Some((number, pin.to_string()));
        let table = [
            ("1481902", right(1, "481902")),
            (" 12 481-902 ", right(12, "481902")),
            ("999000000", right(999, "000000")),
            ("481902", None),
            ("0481902", None),
            ("1000481902", None),
            ("99999999999999481902", None),
            ("1a481902", None),
            ("1٤81902", None),
            ("", None),
        ];
        for (typed, expected) in table {
            assert_eq!(read(typed), expected, "{typed}");
        }
    }

    #[test]
    fn passwords() {
        let check = |text: &str| check_password(&Secret::new(text), &Clean::from("Rosa Araya"));
        assert_eq!(check("corto-pero-raro"), Ok(()));
        assert_eq!(check("corto-pero-rar"), Err(PasswordError::Length));
        assert_eq!(check(&"añ3$".repeat(33)), Err(PasswordError::Length));
        assert_eq!(check("aaaaaaaaaaaaaaaaa"), Err(PasswordError::Guessable));
        assert_eq!(check("rosarosarosarosarosa"), Err(PasswordError::Guessable));
    }
}
