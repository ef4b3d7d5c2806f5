//! The courier: carries one errand from the outbox to whoever it is for (S5, S6). It makes what the
//! errand carries, and sends it.
//!
//! A batch leases an errand for a minute. The clave or code is made in memory, and only its digest is
//! stored, durably. Then the message leaves, and the errand is marked. Whatever breaks in between, the
//! next lease sends the message anew: with a new secret and a new name, and both secrets work; or, if
//! it carries none, as the same message under the same name, which whoever carries it may know again.
//! The courier never talks to the kiosk. [`crate::caretaker`] says when an errand is due.

mod carry;
pub mod census;
mod data_mail;
mod decide;
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
mod places;
mod policy;
mod refusals;
mod sending;
pub mod sms;
pub mod sms_http;
pub mod smtp;
mod smtp_connect;
mod smtp_refusal;
mod smtp_replies;
pub mod soap;
mod trust_mail;

pub use self::carry::Courier;
pub use self::decide::LEASE_MS;
pub use self::gsm7::{Gsm7, SMS_SEPTETS};
pub use self::off::Off;
pub use self::sending::{Adapters, Attachment, Mail, Mailer, SendError, SendingKey, Text, Texter};
