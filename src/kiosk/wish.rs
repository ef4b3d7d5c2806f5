//! What a touch on an overlay comes to: whether it closes, and what staff ask for on it.

use crate::domain::clean::Clean;
use crate::domain::secret::Secret;
use crate::domain::staff::StaffPin;
use crate::effect::StaffAct;

/// What a touch did to an overlay.
#[derive(Debug, PartialEq)]
pub enum Closed {
    /// It stays.
    No,
    /// It goes, and the workflow beneath goes on.
    Yes,
    /// The visit ends.
    EndVisit,
    /// It stays, and staff ask for something.
    Wish(Box<StaffWish>),
}

/// What staff ask for.
#[derive(Debug, PartialEq)]
pub enum StaffWish {
    /// A PIN to check, in place of the letters, and why it was typed.
    Vouch(StaffPin, Clean),
    /// An account to sign in with (S18).
    SignIn {
        /// The name of the account.
        name: Clean,
        /// Its password.
        password: Secret,
        /// The six digits of the telephone.
        code: Secret,
    },
    /// Something that their role may do, why they do it, and a code if one was wanted.
    Act(StaffAct, Clean, Option<Secret>),
    /// They go; the person stays.
    SignOut,
}
