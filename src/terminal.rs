//! The terminal itself: taken over and given back, keys turned into events, frames written when
//! something changed. Everything a person left on it is wiped when the visit ends, and also when
//! the program does, however it ends.

use std::io::{self, BufWriter, Stdout, Write};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event as Heard,
    KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::event::{Event, Key, Size};
use crate::ui::{self, Hits, View};

/// A frame leaves in one piece: room for a large one.
const FRAME_BYTES: usize = 256 * 1024;

type Backend = CrosstermBackend<BufWriter<Stdout>>;

/// The terminal while the kiosk has it. Dropping it wipes it and gives it back.
pub struct Screen {
    terminal: Terminal<Backend>,
    hits: Hits,
}

impl Screen {
    /// Takes the terminal over: raw mode, so that Ctrl-C, Ctrl-Z and Ctrl-\ are keys like others.
    pub fn take() -> io::Result<Self> {
        give_back_on_panic();
        enable_raw_mode()?;
        let mut out = BufWriter::with_capacity(FRAME_BYTES, io::stdout());
        execute!(out, EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)?;
        let terminal = Terminal::new(CrosstermBackend::new(out))?;
        Ok(Screen { terminal, hits: Hits::default() })
    }

    pub fn draw(&mut self, view: &View<'_>) -> io::Result<()> {
        let mut hits = Hits::default();
        self.terminal.draw(|frame| hits = ui::draw(frame, view))?;
        self.hits = hits;
        Ok(())
    }

    /// Forgets what is on the screen and in its scroll-back.
    pub fn wipe(&mut self) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), Clear(ClearType::All), Clear(ClearType::Purge))?;
        self.terminal.clear()
    }

    /// Sounds the bell, for staff within earshot.
    pub fn ring(&mut self) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(b"\x07")?;
        Write::flush(out)
    }

    /// What the kiosk makes of what the terminal heard, if anything.
    pub fn event(&self, heard: Heard) -> Option<Event> {
        match heard {
            Heard::Key(key) => understood(key).map(Event::Key),
            Heard::Paste(text) => Some(Event::Paste(text)),
            Heard::Mouse(mouse) if mouse.kind == MouseEventKind::Down(MouseButton::Left) => {
                self.hits.hit(mouse.column, mouse.row).map(Event::Click)
            }
            Heard::Resize(columns, rows) => Some(Event::Resize(Size { columns, rows })),
            Heard::Mouse(_) | Heard::FocusGained | Heard::FocusLost => None,
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
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

/// A panic must not leave a person's data on the screen, nor print what it was about: the log
/// gets the place alone.
fn give_back_on_panic() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place = %place, "panic");
        // The storage thread catches its own panics, and other hooks know what to do with them.
        if std::thread::current().name() == Some("main") {
            give_back();
        } else {
            before(info);
        }
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
