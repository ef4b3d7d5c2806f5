//! The codes of a terminal, no more of them than it needs, and each frame in one write, so that nobody
//! ever sees half of one.
//!
//! It never asks the terminal anything: an answer would arrive among the keys, and somebody else
//! is reading those.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use super::frame_bytes::FrameBytes;

/// The attributes and their codes.
const ATTRIBUTES: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// How the terminal writes what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Attributes {
    foreground: Color,
    background: Color,
    attributes: Modifier,
}

impl Attributes {
    /// Every frame begins and ends with it, so that none depends on the one before.
    const PLAIN: Attributes =
        Attributes { foreground: Color::Reset, background: Color::Reset, attributes: Modifier::empty() };

    fn of(cell: &Cell) -> Self {
        Attributes { foreground: cell.fg, background: cell.bg, attributes: cell.modifier }
    }
}

/// Where the cursor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CursorPlace {
    position: Position,
    /// Behind a character that a terminal may take for a wide one, only the row is certain.
    is_certain: bool,
}

/// A terminal to draw on.
#[derive(Debug)]
pub struct Codes<W: Write> {
    out: W,
    frame: FrameBytes,
    pen: Attributes,
    place: Option<CursorPlace>,
    shows_cursor: Option<bool>,
}

impl<W: Write> Codes<W> {
    /// Over what the terminal reads from.
    pub fn new(out: W) -> Self {
        Codes { out, frame: FrameBytes::new(), pen: Attributes::PLAIN, place: None, shows_cursor: None }
    }

    /// What was written.
    #[cfg(test)]
    pub fn out_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Puts these bytes into the frame; they leave with it.
    pub fn put(&mut self, bytes: &[u8]) {
        self.frame.put(bytes);
    }

    /// Somebody else wrote on the terminal: colours, cursor and place are no longer known.
    pub fn forget(&mut self) {
        self.put(b"\x1b[m");
        (self.pen, self.place, self.shows_cursor) = (Attributes::PLAIN, None, None);
    }

    /// Draws a cell, on a terminal of so many columns.
    pub fn draw(&mut self, columns: u16, to: Position, cell: &Cell) -> io::Result<()> {
        if self.place.is_none_or(|place| place.position != to) {
            self.go(to)?;
        }
        self.take_pen(Attributes::of(cell))?;
        let symbol = cell.symbol();
        self.put(symbol.as_bytes());
        // Behind the last column terminals differ in where the cursor is.
        let is_certain = symbol.len() == 1;
        let position = Position { x: to.x + 1, y: to.y };
        self.place = (position.x < columns).then_some(CursorPlace { position, is_certain });
        Ok(())
    }

    /// Shows the cursor, here.
    pub fn show_cursor(&mut self, at: Position) -> io::Result<()> {
        if self.shows_cursor.replace(true) != Some(true) {
            self.put(b"\x1b[?25h");
        }
        self.go(at)
    }

    /// Blanks the whole screen.
    pub fn clear(&mut self) -> io::Result<()> {
        // A terminal clears with the colour of its pen.
        self.take_pen(Attributes::PLAIN)?;
        self.put(b"\x1b[2J");
        self.place = None;
        Ok(())
    }

    /// The frame leaves, and nothing of it stays in memory.
    pub fn flush(&mut self) -> io::Result<()> {
        self.take_pen(Attributes::PLAIN)?;
        self.frame.leave(&mut self.out)
    }

    fn go(&mut self, to: Position) -> io::Result<()> {
        match self.place {
            Some(place) if place.position == to && place.is_certain => {}
            Some(place) if place.position.y == to.y => write!(self.frame, "\x1b[{}G", to.x + 1)?,
            _ => write!(self.frame, "\x1b[{};{}H", to.y + 1, to.x + 1)?,
        }
        self.place = Some(CursorPlace { position: to, is_certain: true });
        Ok(())
    }

    fn take_pen(&mut self, pen: Attributes) -> io::Result<()> {
        if pen == self.pen {
            return Ok(());
        }
        let mut from = self.pen;
        self.put(b"\x1b[");
        if pen == Attributes::PLAIN || !pen.attributes.contains(from.attributes) {
            from = Attributes::PLAIN;
            // No number at all means 0: everything off.
            self.put(if pen == Attributes::PLAIN { b"" } else { b"0;" });
        }
        for (attribute, code) in ATTRIBUTES {
            if pen.attributes.difference(from.attributes).contains(attribute) {
                write!(self.frame, "{code};")?;
            }
        }
        if pen.foreground != from.foreground {
            color(&mut self.frame, pen.foreground, 30)?;
        }
        if pen.background != from.background {
            color(&mut self.frame, pen.background, 40)?;
        }
        self.frame.drop_last(b';');
        self.put(b"m");
        self.pen = pen;
        Ok(())
    }
}

/// The code of a colour and a semicolon; `base` is 30 for the foreground, 40 for the background.
fn color(frame: &mut FrameBytes, color: Color, base: u8) -> io::Result<()> {
    let plain = match color {
        Color::Reset => 9,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(index) => return write!(frame, "{};5;{index};", base + 8),
        Color::Rgb(red, green, blue) => return write!(frame, "{};2;{red};{green};{blue};", base + 8),
    };
    write!(frame, "{};", base + plain)
}
