//! The thread that writes the log, so that neither the screen nor a request ever waits for a disk.
//!
//! Not `tracing_appender::non_blocking`: when a hanging disk has filled its queue it prints on the
//! terminal at the end, and it panics when the system gives no thread, where this is an error of the
//! start. These are 35 lines; it brings three crates along.

use std::io::Write;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// How many lines may wait for the disk before more are dropped. Allocated once.
const WAITING_LINES: usize = 256;
/// How long the end of the program waits for the last lines.
const PATIENCE: Duration = Duration::from_secs(2);

enum WriterOrder {
    Line(String),
    /// Answered once everything before it is written.
    End(SyncSender<()>),
}

/// Takes lines; cheap to clone.
#[derive(Clone)]
pub(super) struct Writer(SyncSender<WriterOrder>);

/// Dropping it waits until what was taken is written.
pub(super) struct Guard(SyncSender<WriterOrder>);

/// Starts the thread. Each line is handed to `files` in one piece.
pub(super) fn start(mut files: impl Write + Send + 'static) -> std::io::Result<(Writer, Guard)> {
    let (sender, orders): (_, Receiver<WriterOrder>) = sync_channel(WAITING_LINES);
    thread::Builder::new().name("log".to_string()).spawn(move || {
        let mut lost = 0_u64;
        for order in orders {
            match order {
                // A full disk must not end the program; who reads the log later is told.
                WriterOrder::Line(line) => match files.write_all(line.as_bytes()) {
                    Ok(()) if lost > 0 => {
                        tracing::error!(count = lost, "lines of the log could not be written");
                        lost = 0;
                    }
                    Ok(()) => {}
                    Err(_) => lost += 1,
                },
                WriterOrder::End(done) => {
                    let _ = files.flush();
                    let _ = done.try_send(());
                }
            }
        }
    })?;
    Ok((Writer(sender.clone()), Guard(sender)))
}

impl Writer {
    /// Takes a line, or drops it when too many wait already.
    pub fn take(&self, line: String) {
        let _ = self.0.try_send(WriterOrder::Line(line));
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let (done, answer) = sync_channel(1);
        if self.0.try_send(WriterOrder::End(done)).is_ok() {
            // Without an answer the disk hangs, and the program still ends.
            let _ = answer.recv_timeout(PATIENCE);
        }
    }
}
