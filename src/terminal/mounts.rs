//! Whether something was mounted: the kernel has then written its lines over a console.

use std::fs::File;

use rustix::event::{PollFd, PollFlags};
use rustix::io::Errno;
use tokio::sync::mpsc;

/// It can be waited for: the system tells of each change.
const TABLE: &str = "/proc/self/mountinfo";
/// A thread that only waits needs little.
const THREAD_STACK_BYTES: usize = 64 * 1024;

/// Tells when a file system is mounted or gone, by the table of those of this process.
#[derive(Debug)]
pub struct Mounts {
    changes: mpsc::Receiver<()>,
}

impl Mounts {
    /// From now on. Where the system has no such table, or gives no thread, nothing is ever told.
    pub fn watch() -> Self {
        let (told, changes) = mpsc::channel(1);
        if let Ok(table) = File::open(TABLE) {
            let thread =
                std::thread::Builder::new().name("mounts".to_string()).stack_size(THREAD_STACK_BYTES);
            let _ = thread.spawn(move || tell_changes(&table, &told));
        }
        Mounts { changes }
    }

    /// Completes once something was mounted, or is no longer.
    pub async fn changed(&mut self) {
        if self.changes.recv().await.is_none() {
            std::future::pending().await
        }
    }
}

/// Until nobody listens any more. Several changes at once are told as one.
fn tell_changes(table: &File, told: &mpsc::Sender<()>) {
    loop {
        match rustix::event::poll(&mut [PollFd::new(table, PollFlags::PRI)], None) {
            Ok(_) if told.is_closed() => return,
            Ok(_) => _ = told.try_send(()),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => return,
        }
    }
}
