//! What the system, or somebody without patience, does to the program at a seat.

use std::sync::{Condvar, Mutex};
use std::time::Instant;

use portable_pty::PtySize;
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal};
use rustix::termios::Action;

use super::{GLANCE, PATIENCE, Seat, modes};

/// Whoever takes no byte for so long takes none until somebody reads.
const FULL: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
/// Whether somebody looks at a terminal.
#[derive(Default)]
pub struct Looks {
    away: Mutex<bool>,
    again: Condvar,
}

impl Looks {
    pub fn wait(&self) {
        let away = self.away.lock().expect("nobody panics with it");
        drop(self.again.wait_while(away, |away| *away));
    }

    pub fn set_away(&self, away: bool) {
        *self.away.lock().expect("nobody panics with it") = away;
        self.again.notify_all();
    }
}

impl Seat {
    /// The window says that it has this size, and nobody looks at what is drawn there.
    pub fn claims(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("a pseudo-terminal has any size");
    }

    /// What Ctrl-S does where a terminal heeds it, and Ctrl-Q.
    pub fn flow(&self, action: Action) {
        rustix::termios::tcflow(self.terminal(OFlags::empty()), action).expect("a terminal can be stopped");
    }

    /// Nobody reads what the program writes any more, and there is room for no byte.
    pub fn looks_away(&mut self) {
        self.looks.set_away(true);
        let terminal = self.terminal(OFlags::NONBLOCK);
        loop {
            while rustix::io::write(&terminal, &[0; 4096]).is_ok() {}
            // The reader may have been about to take one more piece.
            if rustix::event::poll(&mut [PollFd::new(&terminal, PollFlags::OUT)], Some(&FULL)) == Ok(0) {
                return;
            }
        }
    }

    /// The process that wipes the terminal should the program be killed, once it is at its post: in a
    /// session of its own, where no signal of the terminal's reaches it.
    pub fn guard(&self) -> Pid {
        let pid = self.pid();
        let deadline = Instant::now() + PATIENCE;
        loop {
            // Each thread has its own.
            let threads = std::fs::read_dir(format!("/proc/{pid}/task")).expect("it runs").flatten();
            let children: String = threads
                .filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok())
                .collect();
            let posted = children.split_whitespace().find(|child| {
                let facts = facts(child);
                facts.first().is_some_and(|state| state != "Z")
                    && facts.get(3).is_some_and(|session| session == child)
            });
            if let Some(posted) = posted {
                return Pid::from_raw(posted.parse().expect("a number")).expect("a process");
            }
            assert!(Instant::now() < deadline, "nobody guards the terminal");
            std::thread::yield_now();
        }
    }

    /// Kills that process.
    pub fn kill_guard(&self) {
        let guard = self.guard();
        rustix::process::kill_process(guard, Signal::KILL).expect("it is there");
        while facts(&guard.as_raw_nonzero().to_string()).first().is_some_and(|state| state != "Z") {
            std::thread::yield_now();
        }
    }

    /// Sends a signal again and again.
    pub fn signal_until_dead(&mut self, signal: Signal) {
        let deadline = Instant::now() + PATIENCE;
        while self.child.try_wait().expect("it is our child").is_none() {
            assert!(Instant::now() < deadline, "{signal:?} does not end it");
            self.signal(signal);
            if let Ok(bytes) = self.heard.recv_timeout(GLANCE) {
                self.take(&bytes);
            }
        }
    }

    /// [`Seat::ended`] for a process that was broken off: another one tidies up after it.
    pub fn broken_off(&mut self) -> Result<u32, String> {
        let deadline = Instant::now() + PATIENCE;
        while self.child.try_wait().expect("it is our child").is_none()
            || self.screen().alternate_screen()
            || modes(&*self.master) != self.modes_before
        {
            assert!(Instant::now() < deadline, "nobody tidied up:\n{}", self.screen().contents());
            if let Ok(bytes) = self.heard.recv_timeout(GLANCE) {
                self.take(&bytes);
            }
        }
        self.ended()
    }
}

/// What `/proc/PID/stat` tells of a process after its name: its state, its parent, its group, its session.
fn facts(pid: &str) -> Vec<String> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let facts = stat.rsplit(") ").next().unwrap_or_default();
    facts.split(' ').map(str::to_string).collect()
}
