//! SII, Registro Civil and SMS over SOAP: through real sockets, against the sandbox and against
//! answers written by hand from the contract, so that both ends can't be wrong together.

mod again;
mod answers;
mod canned;
mod chance;
mod cli;
mod front;
mod journeys;
mod leniency;
mod never_yes;
mod service;
mod sms;
mod table;
mod wire;
