//! What a visit was about and how far it came, in words that tell of nobody.

use serde::{Deserialize, Serialize};

/// Which of the guide's roads. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Road {
    Register,
    Recover,
    Change,
    Undo,
    Other,
    Update,
    Facilitator,
    RequestStatus,
    FacilitatorKey,
}

/// The step of a road, by what it asks. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    Company,
    Address,
    Contact,
    Representative,
    Clave,
    Letters,
    Review,
    Question,
    Card,
    Email,
    Who,
    NewClave,
    /// A page that is no step: a code, a question on its way, a register that is down.
    Other,
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A confirmation was shown.
    Completed,
    /// A road was begun, and left here.
    Abandoned(Road, Stage),
    /// Nothing was begun.
    OnlyLooked,
}
