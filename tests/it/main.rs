//! The integration tests, in one binary so that they are linked once.

mod backups;
mod booth;
mod change;
mod child;
mod cli_audit;
mod cli_backup;
mod cli_outbox;
mod cli_settings;
mod cli_store;
mod cli_support;
mod courier;
mod information;
mod kill;
mod lives;
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
