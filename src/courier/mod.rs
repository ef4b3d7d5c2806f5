//! The courier: takes errands from the outbox, makes what they carry, and sends them (S5, S6).
//!
//! An errand is leased for a minute by one batch; the key or code is made in memory and only its
//! digest stored, durably; then the message leaves, and the errand is marked. Whatever breaks in
//! between, the next lease sends it anew: with a new secret and a new name, and both secrets work;
//! or, if it carries none, as the same message under the same name, which whoever carries it may
//! know again. The courier never talks to the kiosk; it is woken, and looks.

mod audit_kept;
mod carry;
pub mod census;
mod data_mail;
mod declaration;
mod facilitator_mail;
mod files;
mod gsm7;
mod html;
mod mail;
pub mod maildir;
pub mod message;
mod mint;
mod minted;
mod off;
mod policy;
pub mod refusals;
mod sending;
pub mod sms;
pub mod sms_http;
pub mod smtp;
mod smtp_connect;
mod smtp_refusal;
pub mod soap;
mod worker;

pub use self::carry::{FINISHED_KEPT_MS, LEASE_MS};
pub use self::declaration::declaration_name;
pub use self::gsm7::{Gsm7, SMS_SEPTETS};
pub use self::off::Off;
pub use self::policy::Tally;
pub use self::sending::{Adapters, Attachment, Mail, Mailer, SendError, SendingKey, Text, Texter};
pub use self::worker::{Courier, Step};
