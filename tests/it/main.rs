//! The integration tests, in one binary so that they are linked once.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

mod authority;
mod backups;
mod booth;
mod change;
mod child;
mod cli_audit;
mod cli_backup;
mod cli_import;
mod cli_import_ends;
mod cli_outbox;
mod cli_settings;
mod cli_store;
mod cli_support;
mod cli_ways_out;
mod courier;
mod documents;
mod facilitator;
mod http;
mod import_large;
mod information;
mod kill;
mod kill_kiosk;
mod lives;
mod loopback;
mod memory;
mod new_address;
mod outage;
mod powercut;
mod pty;
mod pty_child;
mod recover;
mod register;
mod same_effort;
mod seat;
mod sled_folder;
mod soap;
mod store;
mod store_random;
mod support;
mod visit;
mod walk;
