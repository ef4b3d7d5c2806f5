//! The way to the terminal. It never waits: a terminal that was stopped (Ctrl-S, a line without
//! carrier), or that nobody reads, holds up neither signals nor replies.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, AsRawFd as _, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{Action, QueueSelector, tcflow, tcflush};
use tokio::net::unix::pipe::Sender;

/// How long the last words may take.
const LAST_WORDS_TAKE: Duration = Duration::from_secs(1);

/// The terminal of the standard output, to write to.
#[derive(Debug)]
pub struct TerminalOutput(File);

impl TerminalOutput {
    /// Opened anew, since whether writes wait belongs to what was opened, which a shell shares. Where
    /// the system doesn't allow that, writes wait as they always did.
    ///
    /// # Errors
    /// When there is no standard output.
    pub fn open() -> io::Result<Self> {
        let stdout = io::stdout();
        Ok(TerminalOutput(match opened_anew(&stdout) {
            Some(opened) => opened,
            // Not through the standard output, whose buffer keeps the last lines that were written to it.
            None => File::from(stdout.as_fd().try_clone_to_owned()?),
        }))
    }

    /// Over a terminal that is open.
    pub fn of(terminal: File) -> Self {
        TerminalOutput(terminal)
    }

    /// The same, for who writes the last words.
    ///
    /// # Errors
    /// When there may be no more open files.
    pub fn try_clone(&self) -> io::Result<Self> {
        self.0.try_clone().map(TerminalOutput)
    }

    /// Completes when the terminal may take more.
    ///
    /// # Errors
    /// When nobody can wait for it.
    pub async fn ready(&self) -> io::Result<()> {
        // Made for pipes, and does for whatever can be waited for what it does for those.
        Sender::from_file_unchecked(self.0.try_clone()?)?.writable().await
    }

    /// Writes this, whatever the terminal was about to take before. If it takes nothing, what waits
    /// there is dropped, and it is made to go on.
    pub fn last_words(&mut self, words: &[u8]) {
        if self.0.write(words).is_ok_and(|written| written == words.len()) {
            return;
        }
        let _ = tcflow(&self.0, Action::OOn);
        let _ = tcflush(&self.0, QueueSelector::OFlush);
        let mut left = words;
        while !left.is_empty() {
            match self.0.write(left) {
                Ok(0) => return,
                Ok(written) => left = &left[written..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && self.waits() => {}
                Err(_) => return,
            }
        }
    }

    /// Waits until the terminal takes more; not for ever.
    fn waits(&self) -> bool {
        let most = Timespec::try_from(LAST_WORDS_TAKE).ok();
        rustix::event::poll(&mut [PollFd::new(&self.0, PollFlags::OUT)], most.as_ref())
            .is_ok_and(|ready| ready > 0)
    }
}

impl Write for TerminalOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl From<TerminalOutput> for OwnedFd {
    fn from(output: TerminalOutput) -> Self {
        output.0.into()
    }
}

impl AsFd for TerminalOutput {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// The name of the terminal that this is.
pub fn name_of(terminal: impl AsFd) -> Option<PathBuf> {
    let number = terminal.as_fd().as_raw_fd();
    std::fs::read_link(format!("/proc/self/fd/{number}")).ok()
}

/// The same terminal, opened anew so that neither reads nor writes wait.
pub fn opened_anew(terminal: &impl AsFd) -> Option<File> {
    terminal_of(terminal).or_else(|| {
        // Only one's controlling terminal has a session, and that one anybody may open.
        rustix::termios::tcgetsid(terminal).ok().and_then(|_| without_waiting(Path::new("/dev/tty")))
    })
}

/// By its name. `None` if that is another's by now.
fn terminal_of(terminal: &impl AsFd) -> Option<File> {
    let opened = without_waiting(&name_of(terminal)?)?;
    let device = |file: BorrowedFd<'_>| rustix::fs::fstat(file).ok().map(|stat| stat.st_rdev);
    (device(opened.as_fd())? == device(terminal.as_fd())?).then_some(opened)
}

/// A terminal by its name, whose writes don't wait.
pub fn without_waiting(name: &Path) -> Option<File> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    rustix::fs::open(name, flags, Mode::empty()).ok().map(File::from)
}
