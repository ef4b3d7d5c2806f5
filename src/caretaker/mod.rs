//! The caretaker: does what nobody waits for. It brings up what is due, asks the registers about
//! registrations that came while they were down, carries out erasures, ends what came to the end of
//! its life, cuts the audit log, makes backups and gives back room (S12, S15).
//!
//! It never talks to the kiosk. It is woken, and looks.

pub mod backup;
pub mod company;
mod cut;
pub mod documents;
mod due;
mod erasure;
pub mod pending;
mod round;

pub use self::cut::AUDIT_KEPT_MS;
pub use self::round::{Caretaker, Round};
