//! Attacks on the running kiosk, each as it would be made.

mod documents;
mod pdf;
mod sandbox;
