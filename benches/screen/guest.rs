//! A program on a pseudo-terminal of 100×30, and when each of its bytes arrives.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A frame counts as complete after this long without a byte; the wait itself is not counted.
const QUIET: Duration = Duration::from_millis(2);
/// The same for a first frame, which a program may write in several pieces.
const FIRST_QUIET: Duration = Duration::from_millis(60);
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Guest {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    heard: Receiver<(Instant, Vec<u8>)>,
    started: Instant,
    _master: Box<dyn MasterPty + Send>,
}

/// A frame: its bytes, and how long after its cause the last of them came.
pub struct Drawn {
    pub after: Duration,
    pub bytes: Vec<u8>,
}

impl Guest {
    pub fn start(command: CommandBuilder) -> Self {
        let size = PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let keyboard = pair.master.take_writer().expect("a writer");
        let (heard_in, heard) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if heard_in.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        Guest { child, keyboard, heard, started, _master: pair.master }
    }

    /// The frame that is drawn without any key.
    pub fn first_frame(&mut self) -> Drawn {
        self.frame(self.started, FIRST_QUIET)
    }

    pub fn press(&mut self, keys: &str) -> Drawn {
        let pressed = Instant::now();
        self.keyboard.write_all(keys.as_bytes()).expect("it reads its keys");
        self.frame(pressed, QUIET)
    }

    /// Presses a key, and waits until this is among what is written.
    pub fn press_for(&mut self, keys: &str, text: &str) {
        let mut seen = self.press(keys).bytes;
        while !String::from_utf8_lossy(&seen).contains(text) {
            let (_, bytes) = self.heard.recv_timeout(PATIENCE).unwrap_or_else(|_| {
                panic!("waited in vain for {text:?}, saw {:?}", String::from_utf8_lossy(&seen))
            });
            seen.extend(bytes);
        }
        self.bytes_within(Duration::from_millis(200));
    }

    fn frame(&mut self, cause: Instant, quiet: Duration) -> Drawn {
        let (mut last, mut bytes) = self.heard.recv_timeout(PATIENCE).expect("it draws");
        while let Ok((at, more)) = self.heard.recv_timeout(quiet) {
            last = at;
            bytes.extend(more);
        }
        Drawn { after: last - cause, bytes }
    }

    /// How many bytes it writes in this time.
    pub fn bytes_within(&mut self, time: Duration) -> usize {
        let until = Instant::now() + time;
        let mut bytes = 0;
        while let Ok((_, more)) = self.heard.recv_timeout(until.saturating_duration_since(Instant::now())) {
            bytes += more.len();
        }
        bytes
    }

    /// Memory that only it uses, and its share of what it shares, in KiB.
    pub fn pss_kib(&self) -> Option<u64> {
        let text = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.pid())).ok()?;
        text.lines().find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse().ok())
    }

    /// Processor time so far, of each thread; finer than the ticks of utime and stime.
    pub fn cpu(&self) -> BTreeMap<OsString, Duration> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid())).expect("it runs");
        let times = tasks.flatten().filter_map(|task| {
            let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
            Some((task.file_name(), Duration::from_nanos(nanoseconds)))
        });
        times.collect()
    }

    /// Processor time since then.
    pub fn cpu_since(&self, before: &BTreeMap<OsString, Duration>) -> Duration {
        let spent = |(thread, now): (OsString, Duration)| {
            now.saturating_sub(before.get(&thread).copied().unwrap_or_default())
        };
        self.cpu().into_iter().map(spent).sum()
    }

    fn pid(&self) -> u32 {
        self.child.process_id().expect("it was started")
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
