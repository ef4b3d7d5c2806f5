//! A stand-in for the State's services, over HTTP on this machine: SII, Registro Civil and the
//! message service, answering from a padron's tables in the words of the contract. It fails on
//! demand, so that the kiosk's behaviour can be tried.

mod answers;
mod faults;
mod server;

pub use faults::{FAULTS, Fault, FaultError, FaultTarget, Faults};
pub use server::{CallHeard, Ports, Sandbox, SandboxError};
