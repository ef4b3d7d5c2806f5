//! The terminal itself: taken over and given back, keys turned into events, frames written when
//! something changed. Everything a person left on it is wiped when the visit ends, and also when
//! the program does, however it ends.

mod abilities;
mod codes;
mod frame_bytes;
mod frames;
pub mod input;
mod keyboard;

use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;

pub use abilities::Abilities;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, cursor, execute, style};
pub use keyboard::{Keyboard, MOST_EVENTS, Prompt, TypedHidden};
use ratatui::layout;
use rustix::termios::OptionalActions;

use crate::event::{Event, Key, Size, Target};
use crate::ui::{self, Hits, Viewport};
use frames::Frames;
use input::KeyHeard;

/// What Ctrl-Z sends elsewhere.
pub const STOP_SIGNAL: i32 = rustix::process::Signal::TSTP.as_raw();
/// What lets a stopped program go on.
pub const CONTINUE_SIGNAL: i32 = rustix::process::Signal::CONT.as_raw();

/// Reports presses of a button, by row and column in decimal. Not every movement: a hand on the desk
/// must not wake the program.
const ENABLE_CLICKS: &str = "\x1b[?1000h\x1b[?1006h";
const DISABLE_CLICKS: &str = "\x1b[?1006l\x1b[?1000l";
/// A paste is typed like anything else, and has no beginning that waits for its end (T16). A shell
/// may have asked for one.
const NO_BRACKETED_PASTE: &str = "\x1b[?2004l";

/// What a terminal is taken for that doesn't know its size, as behind a serial line.
const USUAL_SIZE: layout::Size = layout::Size { width: 80, height: 24 };

/// The terminal while the kiosk has it. Dropping it wipes it and gives it back.
pub struct TerminalScreen {
    frames: Frames<File>,
    hits: Hits,
    _taken: TakenOver,
}

/// From the moment on in which the terminal isn't as it was.
struct TakenOver;

impl TerminalScreen {
    /// Takes the terminal over: raw mode, so that Ctrl-C, Ctrl-Z and Ctrl-\ are keys like others.
    pub fn take() -> io::Result<Self> {
        say_nothing_on_panic();
        enable_raw_mode()?;
        let taken = TakenOver;
        // Not through the standard output, whose buffer keeps the last lines that were written to it.
        let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let mut screen = TerminalScreen { frames: Frames::new(out), hits: Hits::default(), _taken: taken };
        screen.enter()?;
        Ok(screen)
    }

    /// The program was stopped, and somebody else had the terminal meanwhile: nothing on it is as it
    /// was.
    pub fn take_again(&mut self) -> io::Result<()> {
        raw_again()?;
        self.frames.codes().forget();
        self.enter()?;
        self.wipe()
    }

    /// All of this leaves with the next frame, which is drawn whole.
    fn enter(&mut self) -> io::Result<()> {
        let out = self.frames.codes();
        out.put(code(EnterAlternateScreen)?.as_bytes());
        out.put(NO_BRACKETED_PASTE.as_bytes());
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

    /// Forgets what is on the screen and in its scroll-back; leaves with the next frame.
    pub fn wipe(&mut self) -> io::Result<()> {
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
            KeyHeard::Key(key) => Some(self.turned(key)),
            KeyHeard::Click { column, row } => self.hits.hit(column, row).map(Event::Click),
        }
    }

    /// Only the screen knows how long the page is. One that could be turned further says so in a
    /// row that can be pressed; without it there is nothing to turn to.
    fn turned(&self, key: Key) -> Event {
        let turns = matches!(key, Key::PageUp | Key::PageDown);
        match turns && self.hits.areas(Target::Key(key)).next().is_none() {
            true => Event::Stirred,
            false => Event::Key(key),
        }
    }
}

impl Drop for TakenOver {
    fn drop(&mut self) {
        give_back();
    }
}

/// Raw once more, whatever a shell made of it meanwhile. crossterm would take it for raw still; the
/// modes that it gives back in the end stay those of the beginning.
fn raw_again() -> io::Result<()> {
    let input = io::stdin();
    let mut modes = rustix::termios::tcgetattr(&input)?;
    modes.make_raw();
    Ok(rustix::termios::tcsetattr(&input, OptionalActions::Now, &modes)?)
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
        (width, height) => layout::Size { width, height },
    })
}

/// A terminal that was hung up answers every write with this, maybe before the signal comes.
pub fn is_gone(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}

/// Wipes the terminal and gives it back as it was. Whatever fails, the rest is still tried.
fn give_back() {
    let mut out = io::stdout();
    let _ = execute!(
        out,
        Clear(ClearType::All),
        style::Print(DISABLE_CLICKS),
        LeaveAlternateScreen,
        Clear(ClearType::All),
        Clear(ClearType::Purge),
        cursor::MoveTo(0, 0),
        cursor::Show
    );
    let _ = disable_raw_mode();
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
