//! The integration tests, in one binary so that they are linked once.

mod child;
mod courier;
mod kill;
mod powercut;
mod pty;
mod pty_child;
mod seat;
mod sled_folder;
mod store;
mod store_random;
mod support;
