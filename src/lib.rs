//! Totem: a kiosk that walks a company's representative through the Clave Sence guide.
#![forbid(unsafe_code)]

pub mod audit;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod config;
pub mod courier;
pub mod desk;
pub mod domain;
pub mod effect;
pub mod event;
pub mod flow;
pub mod form;
pub mod kiosk;
pub mod log;
pub mod page;
pub mod registry;
pub mod run;
pub mod service;
pub mod store;
pub mod terminal;
pub mod text;
pub mod ui;
pub mod vault;
