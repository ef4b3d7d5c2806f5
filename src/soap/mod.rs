//! SOAP 1.1 as the State's services speak it: envelopes written and read, and calls with time
//! limits, bounded retries and a breaker (S20). What an operation means is its caller's business.

mod breaker;
mod charset;
pub mod envelope;
mod failure;
pub mod fields;
mod line;
mod multipart;
pub mod xml;

pub use breaker::{Breaker, Passage};
pub use failure::{Failure, Process};
pub use line::{CallAttempt, Line, LineLimits, Repeat};
