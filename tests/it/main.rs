//! The integration tests, in one binary so that they are linked once.

mod backups;
mod child;
mod cli_audit;
mod cli_backup;
mod cli_outbox;
mod cli_settings;
mod cli_store;
mod cli_support;
mod courier;
mod kill;
mod lives;
mod powercut;
mod sled_folder;
mod store;
mod store_random;
mod support;
