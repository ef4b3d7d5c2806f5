//! What a visit was about and how far it got, in words that identify nobody.

use serde::{Deserialize, Serialize};

/// A task of the guide that a visit was about. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Road {
    /// *Registrar CS* (guide 2).
    Register,
    /// *Recuperar CS* (guide 3).
    Recover,
    /// *Cambiar CS* (guide 4).
    Change,
    /// *No fui yo* (S7).
    Undo,
    /// No task of the guide.
    Other,
    /// *Actualizar datos*.
    Update,
    /// *Solicitud de CS para facilitador extranjero* (guide 5).
    Facilitator,
    /// *Estado de mi solicitud*.
    RequestStatus,
    /// A facilitator chooses a clave (guide 5).
    FacilitatorKey,
}

/// A step of a task, by what it asks for. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// The company's RUT or name.
    Company,
    /// The company's address.
    Address,
    /// The company's mailbox and telephones.
    Contact,
    /// The representative.
    Representative,
    /// The clave in use, or the one to register.
    Clave,
    /// The letters against robots.
    Letters,
    /// What was typed, to be confirmed.
    Review,
    /// The secret question or its answer.
    Question,
    /// The card's serial number.
    Card,
    /// Whether the address on file is right, or another.
    Email,
    /// *Validar datos*: company, representative and clave.
    Who,
    /// The clave that will be in use.
    NewClave,
    /// A page that is no step: a code, a question under way, a register that is down.
    Other,
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitEnding {
    /// A confirmation was shown.
    Completed,
    /// A task was begun and left at this step.
    Abandoned(Road, Stage),
    /// Nothing was begun.
    OnlyLooked,
}
