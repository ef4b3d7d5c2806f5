//! Totem: a kiosk that walks a company's representative through the Clave Sence guide.
#![forbid(unsafe_code)]

pub mod store;
