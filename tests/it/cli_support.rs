//! A folder for one installation, and the real binary in it: with pipes, as a script runs it, or on
//! a terminal, as a kiosk.

use std::cell::Cell;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use totem::config::{Config, Environment};
use totem::service::{self, Opened};

/// 22 November 2026, noon.
pub const NOON: u64 = 1_795_348_800_000;

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// Cheap hashing and no ballast, which is all that a test may change.
const SETTINGS: [(&str, &str); 5] = [
    ("hash.allow_weak", "true"),
    ("hash.memory_kib", "32"),
    ("hash.passes", "1"),
    ("hash.lanes", "1"),
    ("store.ballast_mib", "0"),
];

/// How a command ended, and what it printed.
#[derive(Debug)]
pub struct Ran {
    pub code: u32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Fails unless it left with `code` and exactly one sentence, printed once, that contains
    /// `part`.
    #[track_caller]
    pub fn refused(&self, code: u32, part: &str) {
        assert_eq!(self.out, "", "{self:#?}");
        self.refused_after_showing(code, part);
    }

    /// The same for a command that printed something before.
    #[track_caller]
    pub fn refused_after_showing(&self, code: u32, part: &str) {
        assert_eq!(self.code, code, "{self:#?}");
        assert!(self.err.starts_with("totem: "), "{self:#?}");
        assert_eq!(self.err.trim_end().lines().count(), 1, "{self:#?}");
        assert_eq!(self.err.matches(part).count(), 1, "{part}: {self:#?}");
    }

    #[track_caller]
    pub fn done(&self) -> &Self {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{self:#?}");
        self
    }

    /// The rest of the line that begins with this word.
    #[track_caller]
    pub fn value(&self, word: &str) -> &str {
        let found = self.out.lines().find_map(|line| line.strip_prefix(word));
        found.unwrap_or_else(|| panic!("{word}: {self:#?}")).trim()
    }
}

/// One installation.
pub struct Place {
    folder: tempfile::TempDir,
    /// How often a kiosk started here.
    starts: Cell<usize>,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("config.toml"), "[kiosk]\ndesk = \"07\"\n").expect("a file");
        Place { folder, starts: Cell::new(0) }
    }

    /// One whose store was made by a kiosk that ran briefly.
    pub fn used() -> Self {
        let place = Place::new();
        place.kiosk().stop();
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn store(&self) -> PathBuf {
        self.path("totem-data/store")
    }

    pub fn totem(&self, arguments: &[&str]) -> Ran {
        self.totem_reading(arguments, "")
    }

    /// Runs a command to its end with this on its standard input.
    pub fn totem_reading(&self, arguments: &[&str], input: &str) -> Ran {
        self.totem_taking(arguments, input.as_bytes())
    }

    /// The same with any bytes.
    pub fn totem_taking(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(crate::program::program());
        ended(command.args(arguments), input)
    }

    /// A program in this folder, under these settings, with pipes.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path()).env_clear().envs(variables());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The store, opened by the test itself.
    pub async fn opened(&self) -> Opened {
        service::open(&self.config(&[])).await.expect("the store opens")
    }

    /// The binary's settings, with these over them.
    pub fn config(&self, more: &[(&str, &str)]) -> Config {
        let settings = SETTINGS.iter().chain(more);
        let environment = settings.fold(Environment::default(), |all, (key, value)| all.with(key, value));
        Config::in_folder(self.folder.path(), &environment).expect("the settings are right")
    }

    /// A kiosk on a terminal of its own, with its store open.
    pub fn kiosk(&self) -> Kiosk {
        let mut kiosk = self.start();
        let begun = Instant::now();
        while !self.has_started() {
            if let Some(status) = kiosk.child.try_wait().expect("a child") {
                panic!("{status:?}: {}", kiosk.end().err);
            }
            assert!(begun.elapsed() < PATIENCE, "the kiosk doesn't open its store");
            std::thread::yield_now();
        }
        self.starts.set(self.starts.get() + 1);
        kiosk
    }

    /// Whether a kiosk's log of this installation says that everything is open.
    fn has_started(&self) -> bool {
        let Ok(files) = std::fs::read_dir(self.path("totem-data/log")) else { return false };
        let lines = files.map(|file| std::fs::read_to_string(file.expect("an entry").path()));
        let started = lines.map(|text| text.expect("a log").matches(r#""message":"started""#).count());
        started.sum::<usize>() > self.starts.get()
    }

    /// A kiosk that can't open its store: how it ended, and what the terminal then shows.
    pub fn kiosk_refuses(&self) -> Ran {
        let mut kiosk = self.start();
        while kiosk.child.try_wait().expect("a child").is_none() {
            if self.has_started() {
                let _ = kiosk.child.kill();
                panic!("it serves: {:#?}", kiosk.end());
            }
            std::thread::yield_now();
        }
        kiosk.end()
    }

    fn start(&self) -> Kiosk {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(crate::program::program());
        command.cwd(self.folder.path());
        command.env_clear();
        variables().for_each(|(name, value)| command.env(name, value));
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("the binary starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let shown = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            // A terminal that nobody writes to any more ends in an error.
            let _ = reader.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        Kiosk { child, shown, _terminal: pair.master }
    }

    /// The modes of everything below a folder that users other than its owner can access.
    pub fn open_to_others(&self, name: &str) -> Vec<(PathBuf, u32)> {
        let mut found = Vec::new();
        gather(&self.path(name), &mut found);
        assert!(!found.is_empty());
        found.retain(|(_, mode)| mode & 0o077 != 0);
        found
    }
}

/// Runs it to its end with this on its standard input.
pub fn ended(command: &mut Command, input: &[u8]) -> Ran {
    let mut child = command.spawn().expect("the binary starts");
    // It may end without reading.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8");
    let code = output.status.code().and_then(|code| u32::try_from(code).ok());
    Ran { code: code.expect("it ends by itself"), out: text(output.stdout), err: text(output.stderr) }
}

fn gather(path: &Path, found: &mut Vec<(PathBuf, u32)>) {
    let metadata = std::fs::symlink_metadata(path).expect("it is there");
    found.push((path.to_path_buf(), metadata.permissions().mode() & 0o777));
    if metadata.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder") {
            gather(&entry.expect("an entry").path(), found);
        }
    }
}

fn variables() -> impl Iterator<Item = (String, String)> {
    SETTINGS.iter().map(|(key, value)| (totem::config::environment::variable_of(key), (*value).to_string()))
}

/// A running kiosk.
pub struct Kiosk {
    child: Box<dyn Child + Send + Sync>,
    shown: std::thread::JoinHandle<String>,
    _terminal: Box<dyn portable_pty::MasterPty + Send>,
}

impl Kiosk {
    /// Ends it as systemd would, and fails unless it ends in order.
    pub fn stop(self) {
        let id = self.child.process_id().and_then(|id| i32::try_from(id).ok());
        let id = id.and_then(rustix::process::Pid::from_raw).expect("it runs");
        rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("it runs");
        let ran = self.end();
        assert_eq!(ran.code, 143, "{ran:#?}");
    }

    /// Waits for its end. `err` has what it printed after restoring the terminal.
    fn end(mut self) -> Ran {
        let code = self.child.wait().expect("it ends").exit_code();
        drop(self._terminal);
        let shown = self.shown.join().expect("the reader ends");
        let said = shown.rsplit_once("\u{1b}[?1049l").map_or("", |(_, after)| after);
        let said = said.find("totem: ").map_or("", |at| &said[at..]);
        Ran { code, out: String::new(), err: said.replace('\r', "") }
    }
}
