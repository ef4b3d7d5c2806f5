//! The terminal itself: taken over and given back, keys turned into events, frames written when
//! something changed. Everything a person left on it is wiped when the visit ends, and also when
//! the program does, however it ends.

mod abilities;
mod codes;
mod frame_bytes;
mod frames;
pub mod guard;
pub mod input;
mod keyboard;
mod modes;
mod mounts;
mod output;
mod stray;
mod typed;

use std::fs::OpenOptions;
use std::io::{self, IsTerminal as _};
use std::os::fd::AsFd as _;
use std::path::Path;

pub use abilities::{Abilities, TerminalKind};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{Command, cursor};
pub use keyboard::{Keyboard, MOST_EVENTS, Prompt, TypedHidden};
use ratatui::layout;
use rustix::fd::OwnedFd;
pub use stray::ignore_stray_signals;

use crate::event::{Event, Key, Size, Target};
use crate::ui::{self, Hits, Viewport};
use frames::Frames;
use guard::TerminalGuard;
use input::KeyHeard;
pub use modes::SavedModes;
pub use mounts::Mounts;
use output::TerminalOutput;

/// What lets a stopped program go on.
pub const CONTINUE_SIGNAL: i32 = rustix::process::Signal::CONT.as_raw();
/// The processor time that the system allows is used up.
pub const TIME_SIGNAL: i32 = rustix::process::Signal::XCPU.as_raw();

/// Reports presses of a button, by row and column in decimal. Not every movement: a hand on the desk
/// must not wake the program.
const ENABLE_CLICKS: &str = "\x1b[?1000h\x1b[?1006h";
const DISABLE_CLICKS: &str = "\x1b[?1006l\x1b[?1000l";
/// A paste is typed like anything else, and has no beginning that waits for its end (T16). A shell
/// may have asked for one.
const NO_BRACKETED_PASTE: &str = "\x1b[?2004l";

/// The keypad types digits, and arrows are arrows. Another program may have left it as it was: then a console's
/// keypad sends F4 for its minus.
const USUAL_KEYPAD: &str = "\x1b>\x1b[?1l";

/// What a terminal is taken for that doesn't know its size, as behind a serial line.
const USUAL_SIZE: layout::Size = layout::Size { width: 80, height: 24 };
/// More than any screen has. What a window claims beyond is left as it is: 65535 cells each way would take
/// hundreds of gigabytes.
const LARGEST_SIZE: layout::Size = layout::Size { width: 500, height: 200 };

/// The terminal while the kiosk has it. Dropping it wipes it and gives it back.
pub struct TerminalScreen {
    frames: Frames<TerminalOutput>,
    hits: Hits,
    taken: TakenOver,
    /// Dismissed after the terminal was given back.
    guard: Option<TerminalGuard>,
}

/// From the moment on in which the terminal isn't as it was.
struct TakenOver {
    modes: SavedModes,
    out: TerminalOutput,
    /// The standard error, as it was. While there is a page on the terminal nothing is said there: what
    /// Rust prints as it breaks a program off would stand on that page.
    says_to: OwnedFd,
}

impl TerminalScreen {
    /// Takes the terminal over: raw mode, so that Ctrl-C, Ctrl-Z and Ctrl-\ are keys like others.
    pub fn take() -> io::Result<Self> {
        say_nothing_on_panic();
        let out = TerminalOutput::open()?;
        let taken = TakenOver::take(out.try_clone()?)?;
        let mut screen =
            TerminalScreen { frames: Frames::new(out), hits: Hits::default(), taken, guard: None };
        screen.enter()?;
        Ok(screen)
    }

    /// From now on a process of its own, of this program, wipes the terminal if this one is killed.
    ///
    /// # Errors
    /// When there may be no more open files.
    pub fn guard_by(&mut self, program: &Path) -> io::Result<()> {
        let (out, says_to) = (self.taken.out.try_clone()?, self.taken.says_to.try_clone()?);
        self.guard = Some(TerminalGuard::post(program, self.taken.modes, out, says_to));
        Ok(())
    }

    /// Whether the terminal has not yet taken the last frame. Draw no other until it has.
    pub fn is_blocked(&self) -> bool {
        self.frames.is_blocked()
    }

    /// Completes when a blocked terminal may take more of the last frame; never for one that isn't
    /// blocked.
    ///
    /// # Errors
    /// When nobody can wait for it.
    pub async fn ready(&self) -> io::Result<()> {
        match self.is_blocked() {
            true => self.frames.out().ready().await,
            false => std::future::pending().await,
        }
    }

    /// Goes on with the last frame.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn go_on(&mut self) -> io::Result<()> {
        self.frames.codes().flush()
    }

    /// The program was stopped, and somebody else had the terminal meanwhile: nothing on it is as it
    /// was.
    pub fn take_again(&mut self) -> io::Result<()> {
        // Raw once more, whatever a shell made of it meanwhile.
        modes::make_raw(io::stdin())?;
        self.frames.codes().forget();
        self.enter()?;
        self.wipe()
    }

    /// All of this leaves with the next frame, which is drawn whole.
    fn enter(&mut self) -> io::Result<()> {
        let out = self.frames.codes();
        out.put(code(EnterAlternateScreen)?.as_bytes());
        out.put(NO_BRACKETED_PASTE.as_bytes());
        out.put(USUAL_KEYPAD.as_bytes());
        out.put(ENABLE_CLICKS.as_bytes());
        Ok(())
    }

    /// Draws a frame, and remembers what stands where. Fails if the terminal is gone.
    pub fn draw(&mut self, view: &Viewport<'_>) -> io::Result<()> {
        let mut hits = Hits::default();
        self.frames.draw(size()?, |buffer| {
            let (drawn, cursor) = ui::paint(buffer, view);
            hits = drawn;
            cursor
        })?;
        self.hits = hits;
        Ok(())
    }

    /// Somebody else may have written on the terminal: the next frame is drawn whole, over what is there.
    pub fn distrust(&mut self) {
        self.frames.distrust();
    }

    /// Forgets what is on the screen and in its scroll-back; leaves with the next frame.
    pub fn wipe(&mut self) -> io::Result<()> {
        if let Some(guard) = &mut self.guard {
            guard.relieve();
        }
        self.frames.clear()?;
        self.frames.codes().put(code(Clear(ClearType::Purge))?.as_bytes());
        Ok(())
    }

    /// Sounds the bell, for staff within earshot.
    pub fn ring(&mut self) -> io::Result<()> {
        let out = self.frames.codes();
        out.put(b"\x07");
        out.flush()
    }

    /// The window has another size now.
    pub fn resized(&self) -> io::Result<Event> {
        let layout::Size { width, height } = size()?;
        Ok(Event::Resize(Size { columns: width, rows: height }))
    }

    /// What the kiosk makes of what the terminal heard, if anything.
    pub fn event(&self, heard: KeyHeard) -> Option<Event> {
        match heard {
            KeyHeard::Key(key) => Some(self.meant_by(key)),
            KeyHeard::Click { column, row } => self.hits.hit(column, row).map(Event::Click),
        }
    }

    /// Only the screen knows how long the page is. One that could be turned further says so in a
    /// row that can be pressed; without it there is nothing to turn to. And what is further down is acted on
    /// once it was seen.
    fn meant_by(&self, key: Key) -> Event {
        match key {
            Key::PageUp | Key::PageDown if self.hits.areas(Target::Key(key)).next().is_none() => {
                Event::Stirred
            }
            Key::Enter | Key::Tab | Key::Down | Key::Char(_) if self.is_unread_for(key) => Event::ReadOn(key),
            _ => Event::Key(key),
        }
    }

    /// Whether the key would act on something that is further down than the page was read. A letter is typed
    /// into a field wherever that is, and brings it into sight.
    fn is_unread_for(&self, key: Key) -> bool {
        match self.hits.read_before {
            Some(Target::Field(_)) => !matches!(key, Key::Char(_)),
            below => below.is_some(),
        }
    }

    /// Whether what has the focus is out of sight, so that the next frame tells what a key means.
    pub fn awaits_reading(&self) -> bool {
        self.hits.read_before.is_some()
    }
}

impl TakenOver {
    fn take(out: TerminalOutput) -> io::Result<Self> {
        let modes = SavedModes::of(io::stdin())?;
        let says_to = io::stderr().as_fd().try_clone_to_owned()?;
        let taken = TakenOver { modes, out, says_to };
        modes::make_raw(io::stdin())?;
        if io::stderr().is_terminal() {
            rustix::stdio::dup2_stderr(OpenOptions::new().write(true).open("/dev/null")?)?;
        }
        Ok(taken)
    }
}

impl Drop for TakenOver {
    /// Wipes the terminal and gives it back as it was. Whatever fails, the rest is still tried.
    fn drop(&mut self) {
        last_words(&mut self.out);
        let _ = self.modes.restore(io::stdin());
        let _ = rustix::stdio::dup2_stderr(&self.says_to);
    }
}

/// Wipes what is on the terminal and in its scroll-back, and leaves it as a shell expects it.
fn last_words(terminal: &mut TerminalOutput) {
    let words = [
        code(Clear(ClearType::All)),
        Ok(DISABLE_CLICKS.to_string()),
        code(LeaveAlternateScreen),
        code(Clear(ClearType::All)),
        code(Clear(ClearType::Purge)),
        code(cursor::MoveTo(0, 0)),
        code(cursor::Show),
    ];
    let words: String = words.into_iter().flatten().collect();
    terminal.last_words(words.as_bytes());
}

fn code(command: impl Command) -> io::Result<String> {
    let mut code = String::new();
    command.write_ansi(&mut code).map_err(io::Error::other)?;
    Ok(code)
}

fn size() -> io::Result<layout::Size> {
    let size = rustix::termios::tcgetwinsize(io::stdout())?;
    Ok(match (size.ws_col, size.ws_row) {
        (0, _) | (_, 0) => USUAL_SIZE,
        (width, height) => {
            layout::Size { width: width.min(LARGEST_SIZE.width), height: height.min(LARGEST_SIZE.height) }
        }
    })
}

/// A terminal that was hung up answers every write with this, maybe before the signal comes.
pub fn is_gone(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}

/// A panic prints nothing, wherever it is: its message may be about a person, and there is a page
/// on the screen. The log gets its place alone. One that ends the program drops the [`TerminalScreen`] on
/// its way, which gives the terminal back; after any other the kiosk goes on.
fn say_nothing_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place = %place, "panic");
    }));
}
