//! What wipes the terminal when the kiosk can't: killed by the system for want of memory, ended by a
//! fault of its own, or by somebody's SIGKILL, it has no last word. So a second, small process of this
//! program waits for the kiosk's death, and has nothing else to do.
//!
//! It is a child of the kiosk's and not its parent: who starts, stops and watches the kiosk deals with
//! the kiosk itself. It leads a session of its own, so that no signal of the terminal's reaches it and
//! nobody's job control keeps it from setting the terminal's modes.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::event::{PollFd, PollFlags};
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags};

use super::modes::SavedModes;
use super::output::{TerminalOutput, name_of, without_waiting};
use super::{last_words, stray};

/// The hidden command by which our own program guards a terminal.
pub const COMMAND: &str = "guard-terminal";

/// For the operator, who finds an empty screen. Nothing about anybody.
const SAYS: &str = "totem: the kiosk was broken off: killed, out of memory, or by a fault of its own; the screen is \
    wiped, and what was acknowledged is kept. `journalctl -k` says whether the system killed it.";

/// The guard beside the kiosk. Dropping it dismisses it, so drop it once the terminal is given back.
#[derive(Debug)]
pub struct TerminalGuard {
    program: PathBuf,
    modes: SavedModes,
    terminal: TerminalOutput,
    /// Where the kiosk tells operators what went wrong.
    says_to: OwnedFd,
    child: Option<Child>,
}

impl TerminalGuard {
    /// Posts one over this terminal; `program` is our own, and `modes` those to give back.
    pub(super) fn post(
        program: &Path,
        modes: SavedModes,
        terminal: TerminalOutput,
        says_to: OwnedFd,
    ) -> Self {
        let mut guard =
            TerminalGuard { program: program.to_path_buf(), modes, terminal, says_to, child: None };
        guard.relieve();
        guard
    }

    /// Posts another one if it is gone. Without one the kiosk serves all the same.
    pub fn relieve(&mut self) {
        if self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None))) {
            return;
        }
        self.child = self
            .start()
            .inspect_err(|error| {
                tracing::warn!(reason = %error, "nobody guards the terminal: a kiosk that is killed leaves its page");
            })
            .ok();
    }

    fn start(&self) -> io::Result<Child> {
        let mut command = Command::new(&self.program);
        command.arg0("totem").arg(COMMAND).arg(std::process::id().to_string()).arg(self.modes.to_string());
        command.env_clear().current_dir("/").stdin(Stdio::null());
        command.stdout(OwnedFd::from(self.terminal.try_clone()?));
        command.stderr(self.says_to.try_clone()?).spawn()
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The guard's own work: waits until the kiosk is dead, and then wipes the terminal on the standard
/// output and gives it back with these modes.
///
/// # Errors
/// When the kiosk's death can't be waited for.
pub async fn guard(kiosk: i32, modes: SavedModes) -> io::Result<()> {
    stray::ignore_stray_signals()?;
    stray::ignore_ends()?;
    // Only a leader of a group can't, and we were just started.
    let _ = rustix::process::setsid();
    let name = name_of(io::stdout());
    wait_for_death(kiosk)?;
    let mut terminal = TerminalOutput::of(again(name)?);
    last_words(&mut terminal);
    let _ = modes.restore_raw(&terminal);
    // Maybe the same terminal, and gone.
    let _ = writeln!(io::stderr(), "{SAYS}");
    Ok(())
}

/// Not the end of a pipe: the system hangs up the terminal of a dead session later than that, and whoever
/// comes too early is hung up too.
fn wait_for_death(kiosk: i32) -> io::Result<()> {
    let kiosk = Pid::from_raw(kiosk).ok_or(io::ErrorKind::InvalidInput)?;
    let death = match rustix::process::pidfd_open(kiosk, PidfdFlags::empty()) {
        Ok(death) => death,
        Err(Errno::SRCH) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    // It died before we looked, and its number may be another's by now.
    while rustix::process::getppid() == Some(kiosk) {
        match rustix::event::poll(&mut [PollFd::new(&death, PollFlags::IN)], None) {
            Ok(_) => break,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The terminal that we were given or, once the system has hung that up, the same console opened anew. A
/// pseudo-terminal that was hung up is nobody's any more, and its name soon another's.
fn again(name: Option<PathBuf>) -> io::Result<File> {
    let given = io::stdout();
    let is_hung_up = matches!(rustix::termios::tcgetattr(&given), Err(Errno::IO));
    let console = name.filter(|name| is_hung_up && !name.starts_with("/dev/pts"));
    match console.and_then(|name| without_waiting(&name)) {
        Some(console) => Ok(console),
        None => Ok(File::from(given.as_fd().try_clone_to_owned()?)),
    }
}
