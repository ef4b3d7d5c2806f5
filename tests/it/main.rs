//! The integration tests, in one binary so that they are linked once.

mod booth;
mod change;
mod child;
mod courier;
mod information;
mod kill;
mod new_address;
mod powercut;
mod recover;
mod register;
mod sled_folder;
mod store;
mod store_random;
mod support;
mod visit;
mod walk;
