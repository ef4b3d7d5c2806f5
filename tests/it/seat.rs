//! A seat before the real program: a pseudo-terminal, what a person types there, and the screen
//! that they see, as a terminal emulator shows it.

mod faults;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::fd::OwnedFd;
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal};
use rustix::termios::{LocalModes, OptionalActions};
use vt100::Parser;

use faults::Looks;

/// Only reached when something is broken.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longer than the time in which the kiosk takes two Enters for one.
const BOUNCE: Duration = Duration::from_millis(300);
/// How often a silent process is checked for being alive.
const GLANCE: Duration = Duration::from_millis(5);
/// Whoever draws nothing for so long has done everything that was typed.
const SILENCE: Duration = Duration::from_millis(600);
/// Lines of scroll-back that the emulator keeps.
const SCROLL_BACK: usize = 1000;

pub struct Seat {
    keyboard: Sender<Vec<u8>>,
    master: Box<dyn MasterPty + Send>,
    slave: Option<Box<dyn SlavePty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    heard: Receiver<Vec<u8>>,
    /// Whether anybody reads what the program writes.
    looks: Arc<Looks>,
    parser: Parser,
    /// Everything that was ever written.
    written: Vec<u8>,
    modes_before: String,
    modes_after: String,
}

impl Seat {
    /// The kiosk in this folder, with cheap hashes, after what an operator did on the same
    /// terminal.
    pub fn kiosk(folder: &Path) -> Seat {
        Seat::before(Seat::command(folder))
    }

    pub fn command(folder: &Path) -> CommandBuilder {
        let mut command = CommandBuilder::new(crate::program::program());
        command.cwd(folder);
        for (key, value) in [
            ("HASH__MEMORY_KIB", "8"),
            ("HASH__PASSES", "1"),
            ("HASH__LANES", "1"),
            ("HASH__ALLOW_WEAK", "true"),
            ("STORE__BALLAST_MIB", "0"),
        ] {
            command.env(format!("TOTEM__{key}"), value);
        }
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        command
    }

    pub fn before(command: CommandBuilder) -> Seat {
        let size = PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut parser = Parser::new(wide(size.rows), wide(size.cols), SCROLL_BACK);
        parser.process("what the operator did before\r\n".repeat(40).as_bytes());
        let modes_before = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let mut writer = pair.master.take_writer().expect("a writer");
        let (heard_in, heard) = channel();
        // In a thread, so that a program that reads no keys fails the test instead of blocking it
        // for ever.
        let (keyboard, typed) = channel::<Vec<u8>>();
        std::thread::spawn(move || typed.iter().all(|keys| writer.write_all(&keys).is_ok()));
        let looks = Arc::new(Looks::default());
        let looking = looks.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                looking.wait();
                if heard_in.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Seat {
            keyboard,
            master: pair.master,
            slave: Some(pair.slave),
            child,
            heard,
            looks,
            parser,
            written: Vec::new(),
            modes_before,
            modes_after: String::new(),
        }
    }

    pub fn type_in(&mut self, keys: &str) {
        self.type_bytes(keys.as_bytes());
    }

    /// Types what need not be text.
    pub fn type_bytes(&mut self, bytes: &[u8]) {
        self.keyboard.send(bytes.to_vec()).expect("the terminal is there");
    }

    /// Types nothing for this long, and looks on.
    pub fn pauses(&mut self, lasts: Duration) {
        let until = Instant::now() + lasts;
        while let Ok(bytes) = self.heard.recv_timeout(until.saturating_duration_since(Instant::now())) {
            self.take(&bytes);
        }
    }

    /// Looks on until nothing is drawn any more.
    pub fn falls_silent(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while let Ok(bytes) = self.heard.recv_timeout(SILENCE) {
            self.take(&bytes);
            assert!(Instant::now() < deadline, "it never stops drawing:\n{}", self.screen().contents());
        }
    }

    /// Column and row of a text on the screen, both from 1.
    pub fn place_of(&self, text: &str) -> (u8, u8) {
        let columns = self.screen().size().1;
        let rows = self.screen().rows(0, columns.into()).zip(1..);
        let found = rows.filter_map(|(line, row)| Some((line[..line.find(text)?].chars().count(), row)));
        let (before, row) = found.last().unwrap_or_else(|| panic!("there is no {text:?} to point at"));
        (u8::try_from(before + 1).expect("a small screen"), row)
    }

    /// Waits until the screen shows this.
    pub fn sees(&mut self, text: &str) {
        self.waits_for(text, |screen| screen.contents().contains(text));
    }

    /// Types, and waits until the screen shows this. A single Enter is pressed again if nothing
    /// comes of it, since one that follows another at once counts as a bouncing hand.
    pub fn types(&mut self, keys: &str, then_sees: &str) {
        self.type_in(keys);
        if keys == "\r" && !self.shows_soon(then_sees) {
            self.type_in(keys);
        }
        self.sees(then_sees);
    }

    fn shows_soon(&mut self, text: &str) -> bool {
        let soon = Instant::now() + BOUNCE;
        while !self.parser.screen().contents().contains(text) {
            match self.heard.recv_timeout(soon.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => return false,
            }
        }
        true
    }

    pub fn waits_for(&mut self, what: &str, is_there: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_there(self.parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.heard.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => panic!("waited in vain for {what:?} before:\n{}", self.screen().contents()),
            }
        }
    }

    /// Types, and tells whether the screen shows this before the process ends.
    pub fn reaches_by(&mut self, keys: &str, text: &str) -> bool {
        self.type_in(keys);
        self.reaches(text)
    }

    /// Whether the screen shows this before the process ends.
    pub fn reaches(&mut self, text: &str) -> bool {
        self.reaches_any(&[text])
    }

    /// The same; returns the first of several.
    pub fn reaches_any(&mut self, texts: &[&str]) -> bool {
        let deadline = Instant::now() + PATIENCE;
        let shows = |seat: &Seat| texts.iter().any(|text| seat.screen().contents().contains(text));
        while !shows(self) {
            match self.heard.recv_timeout(GLANCE) {
                Ok(bytes) => self.take(&bytes),
                Err(_) if self.child.try_wait().expect("it is our child").is_some() => {
                    while let Ok(bytes) = self.heard.try_recv() {
                        self.take(&bytes);
                    }
                    return shows(self);
                }
                Err(_) => {
                    assert!(
                        Instant::now() < deadline,
                        "waited in vain for {texts:?}:\n{}",
                        self.screen().contents()
                    );
                }
            }
        }
        true
    }

    /// Reads the challenge's letters from the words beneath them, and types them.
    pub fn type_letters(&mut self) {
        let contents = self.screen().contents();
        let words = contents.lines().find(|line| line.contains(" de ") && line.matches(" · ").count() == 3);
        let words = words.unwrap_or_else(|| panic!("no words for the letters in:\n{contents}"));
        let letters: String = words.split(" · ").filter_map(|word| word.trim().chars().next()).collect();
        self.type_in(&format!("{letters}\r"));
    }

    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.written.extend_from_slice(bytes);
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Everything written so far.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.written).into_owned()
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.parser.screen_mut().set_size(wide(rows), wide(columns));
        self.master.resize(size).expect("a pseudo-terminal has any size");
    }

    fn terminal(&self, flags: OFlags) -> OwnedFd {
        let name = self.master.tty_name().expect("a pseudo-terminal has a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC | flags;
        rustix::fs::open(name, flags, Mode::empty()).expect("it can be opened")
    }

    /// Somebody else has the terminal: its modes are the original ones, and this is written on it.
    pub fn scribbles(&mut self, bytes: &[u8]) {
        let terminal = self.terminal(OFlags::empty());
        let mut usual = rustix::termios::tcgetattr(&terminal).expect("a terminal has modes");
        usual.local_modes |= LocalModes::ICANON | LocalModes::ECHO;
        rustix::termios::tcsetattr(&terminal, OptionalActions::Now, &usual).expect("it takes them");
        self.take(bytes);
    }

    /// What the kernel writes on a console, over whatever stands there.
    pub fn writes_over(&mut self, bytes: &[u8]) {
        self.take(bytes);
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("it was started")
    }

    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.pid().cast_signed()).expect("a process has a number");
        rustix::process::kill_process(pid, signal).expect("it runs");
    }

    /// Waits for the end, which must restore the terminal's modes; returns the exit code, or the
    /// name of the signal.
    pub fn ended(&mut self) -> Result<u32, String> {
        let ended = self.ended_as_it_was();
        assert_eq!(self.modes_after, self.modes_before, "the terminal's modes are not as they were");
        ended
    }

    /// The same for a process that could not tidy up.
    pub fn ended_as_it_was(&mut self) -> Result<u32, String> {
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                break status;
            }
            assert!(Instant::now() < deadline, "it did not end:\n{}", self.screen().contents());
            match self.heard.recv_timeout(GLANCE) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => unreachable!("we hold the other end ourselves"),
            }
        };
        self.modes_after = modes(&*self.master);
        self.looks.set_away(false);
        // Once nobody holds the other end, the reader finishes.
        self.slave = None;
        while let Ok(bytes) = self.heard.recv_timeout(PATIENCE) {
            self.take(&bytes);
        }
        match status.signal() {
            Some(signal) => Err(signal.to_string()),
            None => Ok(status.exit_code()),
        }
    }

    /// Everything that a person could still read here, including the scroll-back.
    pub fn left_behind(&mut self) -> String {
        let screen = self.parser.screen_mut();
        let mut left = screen.contents();
        let rows = screen.scrollback_len();
        for back in 0..=rows {
            screen.set_scrollback(back);
            left.push_str(&screen.contents());
        }
        screen.set_scrollback(0);
        left
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The modes of a terminal, for comparing.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("a terminal has modes"))
}

fn wide(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).expect("a window has at least one row and column")
}
