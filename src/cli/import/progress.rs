//! How far an import is: a bar on a terminal, elsewhere a line every few seconds.

use std::io::{self, Write as _};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::cli::bar;
use crate::registry::bulk::import::Progress;

const ON_A_TERMINAL: Duration = Duration::from_millis(100);
const ELSEWHERE: Duration = Duration::from_secs(3);

/// Does the work on a thread of its own, and tells meanwhile how far it is of `bytes`.
pub(super) fn telling<T: Send>(
    counts: &Progress,
    bytes: Option<u64>,
    work: impl FnOnce(&Progress) -> T + Send,
) -> T {
    let bar = bar::new();
    let every = if bar.is_hidden() { ELSEWHERE } else { ON_A_TERMINAL };
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let (done, is_done) = channel::<()>();
        let working = scope.spawn(move || {
            let worked = work(counts);
            drop(done);
            worked
        });
        while is_done.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            let stage = ImportMoment::of(counts, bytes, begun.elapsed());
            match bar.is_hidden() {
                // Nobody may be left to read it.
                true => drop(writeln!(io::stderr(), "{}", stage.line())),
                false => stage.show_on(&bar),
            }
        }
        bar.finish_and_clear();
        match working.join() {
            Ok(worked) => worked,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// How far it is at a moment.
struct ImportMoment {
    rows: u64,
    bad: u64,
    rows_a_second: u64,
    is_writing: bool,
    /// From 0 to 1, where the whole is known.
    part: Option<f64>,
    left: Option<Duration>,
}

impl ImportMoment {
    fn of(counts: &Progress, bytes: Option<u64>, elapsed: Duration) -> Self {
        let rows = counts.rows.load(Ordering::Relaxed);
        let bad = counts.bad.load(Ordering::Relaxed);
        let read = counts.bytes.load(Ordering::Relaxed);
        let part = bytes.filter(|bytes| *bytes > 0).map(|bytes| (read as f64 / bytes as f64).min(1.0));
        let left = part.filter(|part| *part > 0.0).map(|part| elapsed.mul_f64((1.0 - part) / part));
        let rows_a_second = ((rows + bad) as f64 / elapsed.as_secs_f64().max(0.001)) as u64;
        let is_writing = counts.is_writing.load(Ordering::Relaxed);
        ImportMoment { rows, bad, rows_a_second, is_writing, part, left }
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

    fn show_on(&self, bar: &ProgressBar) {
        bar::show(bar, self.part, self.line());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use indicatif::{ProgressDrawTarget, TermLike};

    use super::*;

    /// A terminal of this width, and all that was written on it.
    #[derive(Clone, Debug)]
    struct Paper {
        width: u16,
        written: Arc<Mutex<String>>,
    }

    impl Paper {
        fn add(&self, text: &str) -> io::Result<()> {
            self.written.lock().unwrap().push_str(text);
            Ok(())
        }
    }

    impl TermLike for Paper {
        fn width(&self) -> u16 {
            self.width
        }
        fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
            self.add(&"↑".repeat(lines))
        }
        fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
            self.add(&"↓".repeat(lines))
        }
        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> io::Result<()> {
            self.add(text)
        }
        fn write_str(&self, text: &str) -> io::Result<()> {
            self.add(text)
        }
        fn clear_line(&self) -> io::Result<()> {
            self.add("\n")
        }
        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    fn stage(read: u64, bytes: Option<u64>) -> ImportMoment {
        let counts = Progress::default();
        counts.rows.store(990_000, Ordering::Relaxed);
        counts.bad.store(10_000, Ordering::Relaxed);
        counts.bytes.store(read, Ordering::Relaxed);
        ImportMoment::of(&counts, bytes, Duration::from_secs(2))
    }

    impl ImportMoment {
        /// As it is last drawn on a terminal.
        fn bar(&self) -> String {
            let paper = Paper { width: 120, written: Arc::default() };
            self.show_on(&bar::on(ProgressDrawTarget::term_like(Box::new(paper.clone()))));
            let written = paper.written.lock().unwrap();
            written.lines().last().unwrap_or_default().trim().to_string()
        }
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

    #[test]
    fn on_a_narrow_terminal_every_row_of_it_is_cleared() {
        let paper = Paper { width: 80, written: Arc::default() };
        let bar = bar::on(ProgressDrawTarget::term_like(Box::new(paper.clone())));
        stage(25, Some(100)).show_on(&bar);
        let drawn = std::mem::take(&mut *paper.written.lock().unwrap());
        assert!(drawn.contains(" left"), "the end is there as well: {drawn}");
        bar.finish_and_clear();
        let rows = paper.written.lock().unwrap().matches('\n').count();
        assert_eq!(rows, 2, "88 characters");
    }
}
