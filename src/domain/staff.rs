//! Who works here: an account, and what each role may do. One table says it, for the screens that
//! offer and for the desk that acts (S18, S19).

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::clean::Clean;
use super::rut::Rut;
use super::secret::Secret;
use crate::domain::digest::Digest;

/// Fewest characters of a password (S18).
pub const MIN_PASSWORD_CHARACTERS: usize = 15;
/// Most characters of a password.
pub const MAX_PASSWORD_CHARACTERS: usize = 128;
/// Fewest characters of the reason for an act.
pub const MIN_REASON_CHARACTERS: usize = 5;
/// How hard a password is to guess, on zxcvbn's scale of 4.
const MIN_PASSWORD_SCORE: u8 = 3;

/// What somebody is here for. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A PIN of the settings: helps whoever stands at the terminal, and is shown no data.
    Badge,
    /// Helps in person, and looks at what is held of a company, masked.
    Helper,
    /// Besides, decides requests.
    Approver,
    /// Besides, sees how the office does.
    Manager,
}

/// Everything that staff can do at a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Stand in for the letters.
    WaiveChallenge,
    /// End the wait of a company after failed tries (S10).
    Unblock,
    /// Confirm a card for a key to a new address (S8).
    WitnessCard,
    /// See why the person was refused.
    SeeRefusal,
    /// Confirm a person while the registers are down.
    VouchUnchecked,
    /// See what is held of a company, masked.
    SeeCompany,
    SeeOutbox,
    RetryMessage,
    SeeFigures,
    SeeRequests,
    DecideRequest,
}

impl Act {
    pub const ALL: [Act; 11] = [
        Act::WaiveChallenge,
        Act::Unblock,
        Act::WitnessCard,
        Act::SeeRefusal,
        Act::VouchUnchecked,
        Act::SeeCompany,
        Act::SeeOutbox,
        Act::RetryMessage,
        Act::SeeFigures,
        Act::SeeRequests,
        Act::DecideRequest,
    ];
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Badge, Role::Helper, Role::Approver, Role::Manager];

    /// The table. No act reads a secret or chooses a key, so none is for any role.
    pub fn may(self, act: Act) -> bool {
        match act {
            Act::WaiveChallenge | Act::Unblock | Act::WitnessCard | Act::SeeRefusal => true,
            Act::VouchUnchecked | Act::SeeCompany => self != Role::Badge,
            Act::SeeRequests | Act::DecideRequest => matches!(self, Role::Approver | Role::Manager),
            Act::SeeOutbox | Act::RetryMessage | Act::SeeFigures => self == Role::Manager,
        }
    }

    /// Whether there is a desk for it, beside the terminal's panel.
    pub fn has_desk(self) -> bool {
        self.may(Act::SeeCompany)
    }
}

/// What the telephone of a member of staff makes its codes from.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct TotpSecret(pub(crate) [u8; 20]);

impl std::fmt::Debug for TotpSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("TotpSecret(…)")
    }
}

/// Somebody on the staff. A record: sealed before it reaches the store, and never taken away, so
/// that a name in the audit log stays one person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAccount {
    pub name: Clean,
    /// So that nobody acts for a company of their own.
    pub rut: Rut,
    pub role: Role,
    pub password: Digest,
    pub totp: TotpSecret,
    /// The step of the last code that was taken: it and those before are used up.
    pub last_step: u64,
    pub disabled: bool,
    pub created_ms: u64,
}

/// Why a password can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error("a password has {MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters")]
    Length,
    #[error("it is easy to guess; four words that have nothing to do with each other are not")]
    Guessable,
}

/// Whether this may be somebody's password.
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

    /// What each role may do, for whoever reads this to look at.
    #[test]
    fn the_table_of_roles() {
        let table = Act::ALL.map(|act| {
            let may: Vec<String> =
                Role::ALL.iter().filter(|role| role.may(act)).map(|role| format!("{role:?}")).collect();
            format!("{act:?}: {}", may.join(" "))
        });
        let expected = [
            "WaiveChallenge: Badge Helper Approver Manager",
            "Unblock: Badge Helper Approver Manager",
            "WitnessCard: Badge Helper Approver Manager",
            "SeeRefusal: Badge Helper Approver Manager",
            "VouchUnchecked: Helper Approver Manager",
            "SeeCompany: Helper Approver Manager",
            "SeeOutbox: Manager",
            "RetryMessage: Manager",
            "SeeFigures: Manager",
            "SeeRequests: Approver Manager",
            "DecideRequest: Approver Manager",
        ];
        assert_eq!(table, expected);
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
