//! How far an import is: a bar on a terminal, elsewhere a line every few seconds. Forty lines of our
//! own, for a library that draws bars brings six others along.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::registry::bulk::import::Progress;

const ON_A_TERMINAL: Duration = Duration::from_millis(100);
const ELSEWHERE: Duration = Duration::from_secs(3);
const BAR_CELLS: usize = 24;

/// Does the work on a thread of its own, and tells meanwhile how far it is of `bytes`.
pub(super) fn telling<T: Send>(
    counts: &Progress,
    bytes: Option<u64>,
    work: impl FnOnce(&Progress) -> T + Send,
) -> T {
    let is_terminal = io::stderr().is_terminal();
    let every = if is_terminal { ON_A_TERMINAL } else { ELSEWHERE };
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let (done, is_done) = channel::<()>();
        let working = scope.spawn(move || {
            let worked = work(counts);
            drop(done);
            worked
        });
        while is_done.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            let stage = Stage::of(counts, bytes, begun.elapsed());
            // Nobody may be left to read it.
            let _ = match is_terminal {
                true => write!(io::stderr(), "\r\u{1b}[K{}", stage.bar()),
                false => writeln!(io::stderr(), "{}", stage.line()),
            };
        }
        if is_terminal {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
        match working.join() {
            Ok(worked) => worked,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// How far it is at a moment.
struct Stage {
    rows: u64,
    bad: u64,
    rows_a_second: u64,
    is_writing: bool,
    /// From 0 to 1, where the whole is known.
    part: Option<f64>,
    left: Option<Duration>,
}

impl Stage {
    fn of(counts: &Progress, bytes: Option<u64>, elapsed: Duration) -> Self {
        let rows = counts.rows.load(Ordering::Relaxed);
        let bad = counts.bad.load(Ordering::Relaxed);
        let read = counts.bytes.load(Ordering::Relaxed);
        let part = bytes.filter(|bytes| *bytes > 0).map(|bytes| (read as f64 / bytes as f64).min(1.0));
        let left = part.filter(|part| *part > 0.0).map(|part| elapsed.mul_f64((1.0 - part) / part));
        let rows_a_second = ((rows + bad) as f64 / elapsed.as_secs_f64().max(0.001)) as u64;
        let is_writing = counts.is_writing.load(Ordering::Relaxed);
        Stage { rows, bad, rows_a_second, is_writing, part, left }
    }

    fn line(&self) -> String {
        let mut line = format!("{} rows, {} bad, {} rows a second", self.rows, self.bad, self.rows_a_second);
        match (self.is_writing, self.part, self.left) {
            (true, _, _) => line.push_str(", all read, writing"),
            (false, Some(part), Some(left)) => {
                let (minutes, seconds) = (left.as_secs() / 60, left.as_secs() % 60);
                line.push_str(&format!(", {:.0} %, {minutes}:{seconds:02} left", part * 100.0));
            }
            _ => {}
        }
        line
    }

    fn bar(&self) -> String {
        let Some(part) = self.part else { return self.line() };
        let full = (part * BAR_CELLS as f64) as usize;
        format!("[{}{}] {}", "#".repeat(full), ".".repeat(BAR_CELLS - full), self.line())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(read: u64, bytes: Option<u64>) -> Stage {
        let counts = Progress::default();
        counts.rows.store(990_000, Ordering::Relaxed);
        counts.bad.store(10_000, Ordering::Relaxed);
        counts.bytes.store(read, Ordering::Relaxed);
        Stage::of(&counts, bytes, Duration::from_secs(2))
    }

    #[test]
    fn rows_a_second_and_time_left() {
        assert_eq!(
            stage(25, Some(100)).bar(),
            "[######..................] 990000 rows, 10000 bad, 500000 rows a second, 25 %, 0:06 left"
        );
        // A zip's table of contents is read twice.
        assert!(stage(101, Some(100)).bar().contains("100 %, 0:00 left"));
        assert_eq!(stage(25, None).bar(), "990000 rows, 10000 bad, 500000 rows a second");
        assert_eq!(stage(0, Some(0)).line(), "990000 rows, 10000 bad, 500000 rows a second");
    }
}
