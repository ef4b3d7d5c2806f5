//! What the program may have at once, memory and threads, against what it takes.

use std::path::Path;

use crate::config::Config;
use crate::config::memory::memory_limits;
use crate::service;

use super::Finding;

const MIB_BYTES: u64 = 1024 * 1024;
/// What the process that looks at a document may take (S16), beside the kiosk.
const ROOM_FOR_DOCUMENTS_BYTES: u64 = 1024 * MIB_BYTES;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let threads = match service::check_threads() {
        Ok(()) => Finding::ok("threads: enough"),
        Err(error) => Finding::fault(format!("threads: {error}"), ""),
    };
    vec![judge_memory(config), threads]
}

fn judge_memory(config: &Config) -> Finding {
    if let Err(error) = config.check_memory() {
        return Finding::fault(error.to_string(), "");
    }
    match memory_limits(Path::new("/")).first() {
        None => Finding::ok("memory: no limit"),
        Some(limit) if limit.bytes < ROOM_FOR_DOCUMENTS_BYTES => Finding::warn(
            format!("memory: {limit} hold the hashes, and not every document that somebody brings"),
            "a document that doesn't fit is refused; 1024 MiB are enough for any",
        ),
        Some(limit) => Finding::ok(format!("memory: the hashes fit into {limit}")),
    }
}
