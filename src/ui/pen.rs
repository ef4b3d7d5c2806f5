//! Writes rows: the few moves that blocks, fields and the frame share.

use crate::event::Target;
use crate::page::Words;
use crate::text::Msg;
use crate::ui::Viewport;
use crate::ui::glyphs;
use crate::ui::layout::{Gap, ScreenRow, width, wrap};
use crate::ui::theme::TextRole;

/// Columns before what can have the focus: `>` and a blank.
pub const GUTTER: u16 = 2;

/// The rows of one column of the screen, while they are written.
pub struct Pen<'a> {
    /// What the frame is drawn from.
    pub view: &'a Viewport<'a>,
    /// Columns of the rows.
    pub width: u16,
    /// Rows on which all this will be seen; pictures choose their size by it.
    pub height: u16,
    /// Whether there is room for all that the page would show: a QR, the guide's whole sentences.
    pub roomy: bool,
    /// What is written already.
    pub rows: Vec<ScreenRow>,
}

impl<'a> Pen<'a> {
    /// For a column of this many columns and rows.
    pub fn new(view: &'a Viewport<'a>, width: u16, height: u16) -> Self {
        Pen { view, width, height, roomy: false, rows: Vec::new() }
    }

    /// A sentence, in glyphs that every console has.
    pub fn say(&self, msg: &Msg) -> String {
        glyphs::admit(&self.view.sentences.say(msg)).into_owned()
    }

    /// As a sentence of its own, which begins with a capital wherever it was written to stand.
    pub fn sentence(&self, msg: &Msg) -> String {
        let said = self.say(msg);
        let mut rest = said.chars();
        rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
    }

    /// A sentence of ours, or somebody's own words.
    pub fn words(&self, words: &Words) -> String {
        match words {
            Words::Said(msg) => self.say(msg),
            Words::Given(text) => glyphs::admit(text.as_str()).into_owned(),
        }
    }

    /// Whether everything stands line by line.
    pub fn linear(&self) -> bool {
        self.view.linear
    }

    /// Whether this has the focus.
    pub fn focused(&self, target: Target) -> bool {
        self.view.page.focus == target
    }

    /// A blank row, unless one is there already.
    pub fn gap(&mut self, gap: Gap) {
        let starts = self.rows.is_empty() && self.view.linear;
        match self.rows.last_mut() {
            Some(ScreenRow { gap: Some(before), .. }) => *before = gap.max(*before),
            None if starts => {}
            _ => self.rows.push(ScreenRow { gap: Some(gap), ..ScreenRow::default() }),
        }
    }

    /// One row with one piece of text.
    pub fn line(&mut self, column: u16, text: impl Into<String>, role: TextRole, target: Option<Target>) {
        let mut row = ScreenRow::default();
        row.add(column, text, role, target);
        self.rows.push(row);
    }

    /// As many rows as the text takes, each starting at `column`.
    pub fn text(&mut self, column: u16, text: &str, role: TextRole, target: Option<Target>) {
        for line in wrap(text, self.width.saturating_sub(column)) {
            self.line(column, line, role, target);
        }
    }

    /// Text after a mark on its first row, all its rows starting after the mark.
    pub fn marked(
        &mut self,
        column: u16,
        mark: (&str, TextRole),
        text: &str,
        role: TextRole,
        target: Option<Target>,
    ) {
        let start = column + width(mark.0) + 1;
        let first = self.rows.len();
        self.text(start, text, role, target);
        self.rows[first].add(column, mark.0, mark.1, target);
    }

    /// `ERROR:` and what is wrong.
    pub fn error(&mut self, column: u16, msg: &Msg, target: Option<Target>) {
        let (mark, text) = (self.say(&Msg::FrameError), self.sentence(msg));
        self.marked(column, (&mark, TextRole::ErrorMark), &text, TextRole::Strong, target);
    }

    /// Something that can have the focus: `>` before it, reversed and with the cursor on its first
    /// character when it has it. Returns the number of its first row.
    pub fn choice(&mut self, text: &str, target: Target, focused: bool, role: TextRole) -> usize {
        let first = self.rows.len();
        let role = if focused { TextRole::Focus } else { role };
        self.text(GUTTER, text, role, Some(target));
        if focused {
            self.rows[first].add(0, ">", TextRole::Strong, Some(target));
            self.rows[first].cursor = Some(GUTTER);
        }
        first
    }

    /// All rows from this one on belong to what has the focus.
    pub fn keep_from(&mut self, first: usize) {
        self.rows[first..].iter_mut().for_each(|row| row.keep = true);
    }
}
