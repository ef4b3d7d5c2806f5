//! Whether the system lets the program have as many threads and processes as it needs. It would meet
//! a refusal in the middle of somebody's visit, and could not say what it is.

use std::sync::Mutex;
use std::thread;

use super::ServiceError;

/// At once, besides the main one, the keyboard's and the one that opens the store: the log's, the
/// store's and eight of sled's, two that hash, one that reads files; and a process that looks at a document.
const NEEDED: usize = 14;
/// They only wait for each other.
const STACK_BYTES: usize = 64 * 1024;

/// Starts as many as will be needed, and lets them go.
///
/// # Errors
/// When the system refuses one.
pub fn check_threads() -> Result<(), ServiceError> {
    let gate = Mutex::new(());
    thread::scope(|scope| {
        let _closed = gate.lock();
        let wait = || drop(gate.lock());
        for _ in 0..NEEDED {
            thread::Builder::new()
                .stack_size(STACK_BYTES)
                .spawn_scoped(scope, wait)
                .map_err(|_| ServiceError::Threads)?;
        }
        Ok(())
    })
}
