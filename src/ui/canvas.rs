//! Puts rows into the buffer, and remembers what was drawn where.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use crate::event::Target;
use crate::ui::glyphs;
use crate::ui::layout::{ScreenRow, width};
use crate::ui::theme::{TextRole, Theme};

/// What was drawn where, for fingers and mice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    drawn: Vec<(Rect, Target)>,
    /// What has the focus, if more of the page is to be read before it is acted on.
    pub read_before: Option<Target>,
}

impl Hits {
    /// What stands at this cell, counted from 0.
    pub fn hit(&self, column: u16, row: u16) -> Option<Target> {
        let position = Position::new(column, row);
        self.drawn.iter().rev().find(|(area, _)| area.contains(position)).map(|(_, target)| *target)
    }

    /// Every piece that was drawn of this target.
    pub fn areas(&self, target: Target) -> impl Iterator<Item = Rect> + '_ {
        self.drawn.iter().filter(move |(_, drawn)| *drawn == target).map(|(area, _)| *area)
    }
}

/// The buffer of one frame, while it is drawn.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: Theme,
    linear: bool,
    /// What was drawn where.
    pub hits: Hits,
    /// Where the hardware cursor goes.
    pub cursor: Option<Position>,
}

impl<'a> Canvas<'a> {
    /// Starts with blanks in the theme's colours on every cell.
    pub fn new(buffer: &'a mut Buffer, theme: Theme, linear: bool) -> Self {
        let area = buffer.area;
        let mut canvas = Canvas { buffer, theme, linear, hits: Hits::default(), cursor: None };
        canvas.ground(area, TextRole::Text);
        canvas
    }

    /// Fills with blanks.
    pub fn ground(&mut self, area: Rect, role: TextRole) {
        let mut blank = Cell::EMPTY;
        blank.set_style(self.theme.style(role));
        let area = area.intersection(self.buffer.area);
        for row in area.rows().filter(|row| row.width > 0) {
            // Whole rows: to ask for cell after cell took as long as all else about a key.
            let start = self.buffer.index_of(row.x, row.y);
            self.buffer.content[start..start + usize::from(row.width)].fill(blank.clone());
        }
    }

    /// Draws text from here to the right, as far as the buffer goes.
    pub fn text(&mut self, column: u16, row: u16, text: &str, role: TextRole) {
        // Linear mode is plain text: no colour, no reverse, only words and the cursor.
        let style = self.theme.style(if self.linear { TextRole::Text } else { role });
        let left = Rect { x: column, y: row, width: u16::MAX - column, height: 1 };
        let area = left.intersection(self.buffer.area);
        if area.is_empty() {
            return;
        }
        let start = self.buffer.index_of(area.x, area.y);
        let cells = &mut self.buffer.content[start..start + usize::from(area.width)];
        for (character, cell) in text.chars().zip(cells) {
            let is_half = role == TextRole::Halves && glyphs::HALF_BLOCKS.contains(&character);
            debug_assert!(is_half || glyphs::is_allowed(character), "{character:?} did not pass the door");
            cell.set_char(if character == '\u{A0}' { ' ' } else { character }).set_style(style);
        }
    }

    /// Draws a row whose column 0 stands at `left`.
    pub fn row(&mut self, left: u16, top: u16, row: &ScreenRow) {
        for span in &row.spans {
            let column = left + span.column;
            self.text(column, top, &span.text, span.role);
            if let Some(target) = span.target {
                let wide = width(&span.text);
                let area = Rect::new(column, top, wide, 1).intersection(self.buffer.area);
                self.hits.drawn.push((area, target));
            }
        }
        if let Some(column) = row.cursor {
            self.cursor.get_or_insert(Position::new(left + column, top));
        }
    }

    /// Draws rows one beneath the other.
    pub fn rows<'r>(&mut self, left: u16, top: u16, rows: impl IntoIterator<Item = &'r ScreenRow>) {
        for (row, top) in rows.into_iter().zip(top..) {
            self.row(left, top, row);
        }
    }

    /// A line from edge to edge.
    pub fn rule(&mut self, top: u16) {
        let text = "─".repeat(self.buffer.area.width.into());
        self.text(0, top, &text, TextRole::Accent);
    }
}
