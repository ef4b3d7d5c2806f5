//! Parsed types and policy: what a RUT, a card, a key or an address is, once it has been checked.
//! A value of one of these types is right by construction; raw text never travels further than
//! the form it was typed in.

pub mod account;
pub mod answer;
pub mod birth;
pub mod cedula;
pub mod clave;
pub mod clean;
pub mod comuna;
pub mod country;
pub mod document;
pub mod email;
pub mod facilitator;
mod fold;
pub mod folio;
pub mod labels;
pub mod limits;
pub mod phone;
pub mod rut;
pub mod secret;
pub mod staff;
pub mod update;
pub mod visits;
