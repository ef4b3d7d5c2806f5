//! Totem: a kiosk that walks a company's representative through the Clave Sence guide.
#![forbid(unsafe_code)]

pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod effect;
pub mod event;
pub mod log;
pub mod page;
pub mod registry;
pub mod store;
pub mod text;
