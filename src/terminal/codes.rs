//! What ratatui draws with: the codes of a terminal, no more of them than it needs, and each frame
//! in one write, so that nobody ever sees half of one.
//!
//! It never asks the terminal anything: an answer would arrive among the keys, and somebody else
//! is reading those.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::frame::FrameBytes;

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
    size: fn() -> io::Result<Size>,
    frame: FrameBytes,
    pen: Attributes,
    place: Option<CursorPlace>,
    shows_cursor: Option<bool>,
}

impl<W: Write> Codes<W> {
    /// Over what the terminal reads from. `size` asks for its size in cells.
    pub fn new(out: W, size: fn() -> io::Result<Size>) -> Self {
        Codes { out, size, frame: FrameBytes::new(), pen: Attributes::PLAIN, place: None, shows_cursor: None }
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

    /// Whether the terminal has not yet taken everything that was to leave.
    pub fn is_blocked(&self) -> bool {
        self.frame.is_refused()
    }

    /// Where everything goes.
    pub fn out(&self) -> &W {
        &self.out
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

impl<W: Write> Backend for Codes<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let columns = (self.size)()?.width;
        for (x, y, cell) in content {
            let to = Position { x, y };
            if self.place.is_none_or(|place| place.position != to) {
                self.go(to)?;
            }
            self.take_pen(Attributes::of(cell))?;
            let symbol = cell.symbol();
            self.put(symbol.as_bytes());
            // Behind the last column terminals differ in where the cursor is.
            let is_certain = symbol.len() == 1;
            let position = Position { x: x + 1, y };
            self.place = (position.x < columns).then_some(CursorPlace { position, is_certain });
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shows_cursor.replace(false) != Some(false) {
            self.put(b"\x1b[?25l");
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shows_cursor.replace(true) != Some(true) {
            self.put(b"\x1b[?25h");
        }
        Ok(())
    }

    /// Where we put it. Asking the terminal would wait for an answer that the reader of the keys
    /// takes.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.place.map(|place| place.position).unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, what: ClearType) -> io::Result<()> {
        // A terminal clears with the colour of its pen.
        self.take_pen(Attributes::PLAIN)?;
        self.put(match what {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        });
        self.place = None;
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        (self.size)()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: (self.size)()?, pixels: Size::default() })
    }

    /// The frame leaves, and nothing of it stays in memory, unless the terminal takes no more for now.
    fn flush(&mut self) -> io::Result<()> {
        self.take_pen(Attributes::PLAIN)?;
        self.frame.leave(&mut self.out)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::style::Style;
    use ratatui::widgets::Paragraph;

    use super::*;

    fn terminal() -> Terminal<Codes<Vec<u8>>> {
        Terminal::new(Codes::new(Vec::new(), || Ok(Size::new(20, 3)))).unwrap()
    }

    fn draw(terminal: &mut Terminal<Codes<Vec<u8>>>, text: &str, style: Style, cursor: (u16, u16)) -> String {
        terminal
            .draw(|frame| {
                frame.render_widget(Paragraph::new(text).style(style), frame.area());
                frame.set_cursor_position(cursor);
            })
            .unwrap();
        let bytes = std::mem::take(&mut terminal.backend_mut().out);
        String::from_utf8(bytes).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn only_what_changed_is_written_and_the_same_frame_is_nothing() {
        let mut terminal = terminal();
        let plain = Style::new();
        assert_eq!(draw(&mut terminal, "clave", plain, (5, 0)), "^[1;1Hclave^[?25h");
        assert_eq!(draw(&mut terminal, "clave", plain, (5, 0)), "");
        assert_eq!(draw(&mut terminal, "claves", plain, (6, 0)), "s");
        assert_eq!(draw(&mut terminal, "clave", plain, (5, 0)), "^[6G ^[6G");
        assert_eq!(draw(&mut terminal, "clave", plain, (0, 2)), "^[3;1H");
    }

    #[test]
    fn colours_and_attributes_are_one_code_and_end_with_the_frame() {
        let mut terminal = terminal();
        let bold = Style::new().fg(Color::Gray).bg(Color::Blue).add_modifier(Modifier::BOLD);
        let drawn = draw(&mut terminal, "ñ", bold, (1, 0));
        assert!(drawn.starts_with("^[1;1H^[1;37;44mñ "), "{drawn}");
        assert!(drawn.ends_with("^[?25h^[1;2H^[m"), "{drawn}");
        let reverse = Style::new().fg(Color::Indexed(9)).add_modifier(Modifier::REVERSED);
        assert!(draw(&mut terminal, "ñ", reverse, (1, 0)).contains("^[7;38;5;9mñ"));
    }

    #[test]
    fn behind_a_letter_of_uncertain_width_the_cursor_is_placed_anew() {
        let mut terminal = terminal();
        let plain = Style::new();
        draw(&mut terminal, "a", plain, (1, 0));
        assert_eq!(draw(&mut terminal, "añ", plain, (2, 0)), "ñ^[3G");
        assert_eq!(draw(&mut terminal, "añb", plain, (3, 0)), "b");
    }

    #[test]
    fn clearing_asks_nothing_of_the_terminal_and_draws_all_anew() {
        let mut terminal = terminal();
        draw(&mut terminal, "clave", Style::new(), (5, 0));
        terminal.clear().unwrap();
        assert_eq!(draw(&mut terminal, "clave", Style::new(), (5, 0)), "^[2J^[1;6H^[1Gclave");
    }

    #[test]
    fn nothing_is_taken_for_granted_behind_the_last_column() {
        let mut terminal = terminal();
        let plain = Style::new();
        let row = "x".repeat(20);
        assert_eq!(draw(&mut terminal, &row, plain, (19, 0)), format!("^[1;1H{row}^[?25h^[1;20H"));
    }
}
