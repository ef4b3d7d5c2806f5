//! What the terminal shows, and the frame that replaces it. ratatui's own `Terminal` does the same, but
//! measures and copies every cell on its way: a third of the instructions that a key takes. Here every
//! glyph is one cell wide (`ui::glyphs`).

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};

use super::codes::Codes;

/// What no frame has in any cell.
const UNKNOWN: Cell = Cell::new("\0");

/// A terminal to draw frames on.
#[derive(Debug)]
pub struct Frames<W: Write> {
    codes: Codes<W>,
    shown: Buffer,
    next: Buffer,
}

impl<W: Write> Frames<W> {
    /// On what the terminal reads from. Nothing is known yet of what it shows.
    pub fn new(out: W) -> Self {
        Frames { codes: Codes::new(out), shown: Buffer::default(), next: Buffer::default() }
    }

    /// For codes that are no part of a frame; they leave with the next one.
    pub fn codes(&mut self) -> &mut Codes<W> {
        &mut self.codes
    }

    /// Whether the terminal has not yet taken everything of the last frame.
    pub fn is_blocked(&self) -> bool {
        self.codes.is_blocked()
    }

    /// Where everything goes.
    pub fn out(&self) -> &W {
        self.codes.out()
    }

    /// Draws a frame on a terminal of this size: writes what differs from the last one. `paint` sets
    /// every cell, and says where the cursor goes.
    pub fn draw(&mut self, size: Size, paint: impl FnOnce(&mut Buffer) -> Position) -> io::Result<()> {
        let area = Rect::from((Position::ORIGIN, size));
        if self.shown.area != area {
            self.shown.resize(area);
            self.next.resize(area);
            self.clear()?;
        }
        let cursor = paint(&mut self.next);
        self.write_changes()?;
        self.codes.show_cursor(cursor)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        self.codes.flush()
    }

    fn write_changes(&mut self) -> io::Result<()> {
        let Frames { codes, shown, next } = self;
        let width = next.area.width;
        let columns = usize::from(width).max(1);
        let rows = shown.content.chunks(columns).zip(next.content.chunks(columns));
        for ((shown, next), y) in rows.zip(0..) {
            for ((shown, next), x) in shown.iter().zip(next).zip(0..) {
                if !is_same(shown, next) {
                    codes.draw(width, Position { x, y }, next)?;
                }
            }
        }
        Ok(())
    }

    /// Somebody else may have written on the terminal, as the kernel does on a console: the next frame is
    /// written whole, over what is there.
    pub fn distrust(&mut self) {
        self.codes.forget();
        self.shown.content.fill(UNKNOWN);
    }

    /// Forgets what is shown: the next frame is drawn whole, on a blank screen.
    pub fn clear(&mut self) -> io::Result<()> {
        self.shown.reset();
        self.next.reset();
        self.codes.clear()
    }
}

fn is_same(one: &Cell, other: &Cell) -> bool {
    one.fg == other.fg && one.bg == other.bg && one.modifier == other.modifier && {
        // Nearly every symbol is a single byte, which no comparison of memory need be called for.
        match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
            ([one], [other]) => one == other,
            (one, other) => one == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier, Style};
    use ratatui::widgets::{Paragraph, Widget as _};

    use super::*;

    fn terminal() -> Frames<Vec<u8>> {
        Frames::new(Vec::new())
    }

    fn draw(terminal: &mut Frames<Vec<u8>>, text: &str, style: Style, cursor: (u16, u16)) -> String {
        let paint = |buffer: &mut Buffer| {
            buffer.reset();
            Paragraph::new(text).style(style).render(buffer.area, buffer);
            cursor.into()
        };
        terminal.draw(Size::new(20, 3), paint).unwrap();
        let bytes = std::mem::take(terminal.codes().out_mut());
        String::from_utf8(bytes).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn only_what_changed_is_written_and_the_same_frame_is_nothing() {
        let mut terminal = terminal();
        let plain = Style::new();
        assert_eq!(draw(&mut terminal, "clave", plain, (5, 0)), "^[2J^[1;1Hclave^[?25h");
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
        assert!(drawn.starts_with("^[2J^[1;1H^[1;37;44mñ "), "{drawn}");
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
        assert_eq!(draw(&mut terminal, "clave", Style::new(), (5, 0)), "^[2J^[1;1Hclave");
    }

    #[test]
    fn what_somebody_else_wrote_is_written_over_to_the_last_cell() {
        let mut terminal = terminal();
        let plain = Style::new();
        draw(&mut terminal, "clave", plain, (5, 0));
        terminal.distrust();
        let blank = " ".repeat(20);
        let whole = format!("^[m^[1;1Hclave{}^[2;1H{blank}^[3;1H{blank}^[?25h^[1;6H", " ".repeat(15));
        assert_eq!(draw(&mut terminal, "clave", plain, (5, 0)), whole);
        assert_eq!(draw(&mut terminal, "clave", plain, (5, 0)), "");
    }

    #[test]
    fn nothing_is_taken_for_granted_behind_the_last_column() {
        let mut terminal = terminal();
        let plain = Style::new();
        let row = "x".repeat(20);
        assert_eq!(draw(&mut terminal, &row, plain, (19, 0)), format!("^[2J^[1;1H{row}^[?25h^[1;20H"));
    }
}
