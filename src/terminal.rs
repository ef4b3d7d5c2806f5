//! The terminal itself: taken over and given back, keys turned into events, frames written when
//! something changed. Everything a person left on it is wiped when the visit ends, and also when
//! the program does, however it ends.

mod abilities;
mod codes;

use std::io::{self, Stdout};

pub use abilities::Abilities;
pub use crossterm::event::Event as Heard;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, KeyCode, KeyEvent, KeyEventKind,
    KeyModifiers, MouseButton, MouseEventKind,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, cursor, execute};
use ratatui::Terminal;
use ratatui::backend::Backend as _;
use ratatui::layout;
use rustix::event::{PollFd, PollFlags};
use rustix::termios::OptionalActions;
use tokio::sync::{mpsc, oneshot};

use crate::domain::secret::Secret;
use crate::event::{Event, Key, Size, Target};
use crate::ui::{self, Hits, Viewport};
use codes::Codes;

/// How many events may wait, and how many are taken between two frames: a scanner is faster than
/// a screen, a stuck key is not a program.
pub const MOST_EVENTS: usize = 1024;

/// What Ctrl-Z sends elsewhere.
pub const STOP_SIGNAL: i32 = rustix::process::Signal::TSTP.as_raw();
/// What lets a stopped program go on.
pub const CONTINUE_SIGNAL: i32 = rustix::process::Signal::CONT.as_raw();

/// Threads that only wait and pass on need little.
const THREAD_STACK_BYTES: usize = 256 * 1024;

/// Reports presses of a button, by row and column in decimal. Not every movement, as crossterm
/// would have it: a hand on the desk must not wake the program.
const ENABLE_CLICKS: &[u8] = b"\x1b[?1000h\x1b[?1006h";

/// What a terminal is taken for that doesn't know its size, as behind a serial line.
const USUAL_SIZE: layout::Size = layout::Size { width: 80, height: 24 };

/// The terminal while the kiosk has it. Dropping it wipes it and gives it back.
pub struct TerminalScreen {
    terminal: Terminal<Codes<Stdout>>,
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
        let terminal = Terminal::new(Codes::new(io::stdout(), size))?;
        let mut screen = TerminalScreen { terminal, hits: Hits::default(), _taken: taken };
        screen.enter()?;
        Ok(screen)
    }

    /// The program was stopped, and somebody else had the terminal meanwhile: nothing on it is as it
    /// was.
    pub fn take_again(&mut self) -> io::Result<()> {
        raw_again()?;
        self.terminal.backend_mut().forget();
        self.enter()?;
        self.wipe()
    }

    /// All of this leaves with the next frame.
    fn enter(&mut self) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.put(code(EnterAlternateScreen)?.as_bytes());
        out.put(code(EnableBracketedPaste)?.as_bytes());
        out.put(ENABLE_CLICKS);
        out.clear()
    }

    /// Draws a frame, and remembers what stands where. Fails if the terminal is gone.
    pub fn draw(&mut self, view: &Viewport<'_>) -> io::Result<()> {
        let mut hits = Hits::default();
        self.terminal.draw(|frame| hits = ui::draw(frame, view))?;
        self.hits = hits;
        Ok(())
    }

    /// Forgets what is on the screen and in its scroll-back; leaves with the next frame.
    pub fn wipe(&mut self) -> io::Result<()> {
        self.terminal.clear()?;
        self.terminal.backend_mut().put(code(Clear(ClearType::Purge))?.as_bytes());
        Ok(())
    }

    /// Sounds the bell, for staff within earshot.
    pub fn ring(&mut self) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.put(b"\x07");
        out.flush()
    }

    /// The window has another size now.
    pub fn resized(&self) -> io::Result<Event> {
        let layout::Size { width, height } = size()?;
        Ok(Event::Resize(Size { columns: width, rows: height }))
    }

    /// What the kiosk makes of what the terminal heard, if anything.
    pub fn event(&self, heard: Heard) -> Option<Event> {
        match heard {
            Heard::Key(key) => understood(key).map(|key| self.turned(key)),
            Heard::Paste(text) => Some(Event::Paste(Secret::new(text))),
            Heard::Mouse(mouse) if mouse.kind == MouseEventKind::Down(MouseButton::Left) => {
                self.hits.hit(mouse.column, mouse.row).map(Event::Click)
            }
            // A new size comes as a signal, which is listened to before the size is first read.
            Heard::Resize(..) | Heard::Mouse(_) | Heard::FocusGained | Heard::FocusLost => None,
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

/// What the terminal says.
pub struct Listening {
    /// What was heard, in order.
    pub heard: mpsc::Receiver<Heard>,
    /// Resolves when the terminal is gone.
    pub hung_up: oneshot::Receiver<()>,
}

/// Reads the terminal in a thread of its own, which blocks while nobody does anything; another
/// waits for its end.
pub fn listen() -> io::Result<Listening> {
    let (heard_in, heard) = mpsc::channel(MOST_EVENTS);
    let (hung_up_in, hung_up) = oneshot::channel();
    thread("keys", move || {
        while let Ok(event) = crossterm::event::read() {
            if heard_in.blocking_send(event).is_err() {
                return;
            }
        }
    })?;
    thread("hang-up", move || {
        until_hung_up();
        let _ = hung_up_in.send(());
    })?;
    Ok(Listening { heard, hung_up })
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().name(name.to_string()).stack_size(THREAD_STACK_BYTES).spawn(work).map(drop)
}

/// Blocks until the terminal is gone. Whoever reads keys can't tell: crossterm takes the end of
/// its input for an empty read, and reads again, for ever.
fn until_hung_up() {
    let input = io::stdin();
    loop {
        let mut asked = [PollFd::new(&input, PollFlags::empty())];
        match rustix::event::poll(&mut asked, None) {
            Ok(0) | Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Ok(_) | Err(_) => return,
        }
    }
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
        DisableMouseCapture,
        DisableBracketedPaste,
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

/// A key, or nothing: what needs Ctrl or Alt is no key here, but for the ways in which consoles
/// and scanners send common ones.
fn understood(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let with = |modifier| event.modifiers.contains(modifier);
    Some(match event.code {
        // A Linux console sends Shift+Tab as Alt+Tab.
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Tab if with(KeyModifiers::ALT) || with(KeyModifiers::SHIFT) => Key::BackTab,
        KeyCode::Char('h') if with(KeyModifiers::CONTROL) => Key::Backspace,
        KeyCode::Char('j' | 'm') if with(KeyModifiers::CONTROL) => Key::Enter,
        KeyCode::Char(_) if with(KeyModifiers::CONTROL) || with(KeyModifiers::ALT) => return None,
        KeyCode::Char(character) => Key::Char(character),
        KeyCode::Enter => Key::Enter,
        KeyCode::Tab => Key::Tab,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Esc => Key::Esc,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    })
}
