//! The simulator: an office with several terminals over one store, played from a seed in a time of its
//! own, with people, staff, thieves, bad weather and power cuts; and the laws that hold after each step.
//! The same seed goes the same way at every run, byte for byte.

mod at_desk;
mod boxes;
mod cast;
mod devices;
mod dice;
pub mod figures;
mod furnish;
#[cfg(test)]
mod kept;
pub mod laws;
mod log;
pub mod night;
pub mod office;
mod person;
pub mod plan;
pub mod plants;
mod post;
mod power;
mod registers;
mod review;
pub mod seeds;
mod settle;
pub mod shrink;
mod store;
mod stories;
mod terminal;
#[cfg(test)]
mod tests;
mod told;
pub mod trace;
pub mod unmet;
mod world;
