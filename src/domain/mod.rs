//! Parsed types and policy: what a RUT, a card, a clave or an address is once it has been checked.
//! A value of one of these types is right by construction; raw text never travels further than the
//! form it was typed in.

pub mod account;
pub mod answer;
pub mod birth;
pub mod card_rule;
pub mod cedula;
pub mod clave;
pub mod clean;
pub mod comuna;
pub mod contact;
pub mod country;
pub mod deed;
pub mod destination;
pub mod digest;
pub mod dispute;
pub mod document;
pub mod email;
pub mod errand;
pub mod facilitator;
mod fold;
pub mod folio;
pub mod found;
pub mod language;
pub mod limits;
pub mod lives;
pub mod office_time;
pub mod outlook;
pub mod pending;
pub mod phone;
pub mod phone_page;
pub mod proof;
pub mod pseudonym;
pub mod recovery;
pub mod reference;
pub mod refused_address;
pub mod register;
pub mod rut;
pub mod secret;
pub mod sii_word;
pub mod staff;
pub mod state_words;
pub mod trust;
pub mod undo;
pub mod update;
pub mod visits;
pub mod way_out;
