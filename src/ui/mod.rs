//! Draws a page on a terminal: the only place that knows ratatui.
//!
//! [`paint`] is a pure function of the page, the view and the size. It keeps nothing between two
//! frames and knows no time. Rows are written first ([`blocks`], [`fields`], [`frame`]), then
//! fitted to the height ([`layout`]), then put into the buffer ([`canvas`]).

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::event::{Key, Target};
use crate::page::{Block, Page};
use crate::text::{Msg, Sentences};
use canvas::Canvas;
use layout::{Gap, OpensAt, ScreenRow, collapse, width, window};
use pen::Pen;
use theme::TextRole;

mod bars;
mod blocks;
mod canvas;
pub mod check;
mod fields;
mod frame;
pub mod glyphs;
mod layout;
mod letters;
mod linear;
mod pen;
pub mod qr;
#[cfg(test)]
mod samples;
mod side;
pub mod svg;
#[cfg(test)]
mod tests;
pub mod theme;

pub use canvas::Hits;
pub use theme::Theme;

/// The smallest window the kiosk works in.
pub const LEAST_COLUMNS: u16 = 40;
/// The same, in rows.
pub const LEAST_ROWS: u16 = 20;

/// From this width on, a column with the steps and help stands beside the question.
pub const WIDE_COLUMNS: u16 = 110;

/// The widest question on a wide screen.
const QUESTION: u16 = 72;

/// Columns between the question and the column beside it, with a line in the middle.
const BETWEEN: u16 = 5;

/// Columns of the column beside the question.
const SIDE: (u16, u16) = (30, 44);

/// The narrowest question beside a QR.
const QUESTION_BY_QR: u16 = 40;

/// Everything a frame is drawn from.
pub struct Viewport<'a> {
    /// What is shown.
    pub page: &'a Page,
    /// What every message says, in the visit's language.
    pub sentences: &'a Sentences,
    /// The colours.
    pub theme: Theme,
    /// Line by line, for a screen reader.
    pub linear: bool,
    /// The number on the desk: `03`.
    pub desk: &'a str,
    /// Nothing here is real, and the frame says so.
    pub demo: bool,
    /// The terminal is known to have half blocks, beyond the base glyphs.
    pub half_blocks: bool,
}

/// Draws the page into a whole buffer; says what stands where, and where the hardware cursor goes: on
/// what has the focus.
pub fn paint(buffer: &mut Buffer, view: &Viewport) -> (Hits, Position) {
    let area = buffer.area;
    let mut canvas = Canvas::new(buffer, view.theme, view.linear);
    if area.width < LEAST_COLUMNS || area.height < LEAST_ROWS {
        too_small(&mut canvas, view, area);
    } else if view.linear {
        lines(&mut canvas, view, area);
    } else {
        full(&mut canvas, view, area);
    }
    let cursor = canvas.cursor.unwrap_or(Position::new(area.x, area.y));
    (canvas.hits, cursor)
}

fn too_small(canvas: &mut Canvas, view: &Viewport, area: Rect) {
    let mut pen = Pen::new(view, area.width.saturating_sub(2).max(1), area.height);
    let text = pen.say(&Msg::FrameTooSmall);
    pen.text(0, &text, TextRole::Strong, None);
    let left = u16::from(area.width > 2);
    let top = area.height.saturating_sub(pen.rows.len() as u16) / 2;
    canvas.rows(left, top, &pen.rows);
    canvas.cursor = Some(Position::new(left, top));
}

fn lines(canvas: &mut Canvas, view: &Viewport, area: Rect) {
    let width = area.width - 2;
    let pinned = linear::pinned(view, width, area.height);
    canvas.rows(1, 0, &pinned);
    let top = (pinned.len() as u16).min(area.height - 1);
    let rows = linear::rows(view, width, area.height - top);
    scrolled(canvas, view, rows, Rect::new(1, top, width, area.height - top));
}

/// Where the columns of a full page stand.
struct Columns {
    left: u16,
    /// Bar, place, assistance and keys: everything from the left to the right edge.
    whole: u16,
    question: u16,
    /// Column and width of what stands beside the question.
    side: Option<(u16, u16)>,
}

impl Columns {
    fn of(view: &Viewport, area: Rect) -> Self {
        if area.width < WIDE_COLUMNS {
            let whole = area.width - 2;
            return Columns { left: 1, whole, question: whole.min(QUESTION + 6), side: None };
        }
        let side = (area.width - 4 - QUESTION - BETWEEN).clamp(SIDE.0, SIDE.1);
        let question = QUESTION.min(area.width - 4 - BETWEEN - side);
        let whole = question + BETWEEN + side;
        let left = (area.width - whole) / 2;
        let page = view.page;
        let has_side = page.progress.is_some() || !page.help.is_empty() || page.guide().next().is_some();
        let side = has_side.then_some((left + question + BETWEEN, side));
        Columns { left, whole, question, side }
    }
}

fn full(canvas: &mut Canvas, view: &Viewport, area: Rect) {
    let columns = Columns::of(view, area);
    let mut head = Pen::new(view, columns.whole, area.height);
    let identity = frame::identity(&head);
    let bar = identity.len() as u16;
    canvas.ground(Rect::new(0, 0, area.width, bar), TextRole::Bar);
    canvas.rows(columns.left, 0, &identity);
    if view.demo {
        let text = frame::demo(&head);
        canvas.ground(Rect::new(0, bar, area.width, 1), TextRole::Demo);
        canvas.text((area.width - width(&text)) / 2, bar, &text, TextRole::Demo);
    } else {
        canvas.rule(bar);
    }
    frame::place(&mut head);
    canvas.rows(columns.left, bar + 1, &head.rows);
    let top = bar + 1 + head.rows.len() as u16;
    let mut keys = Pen::new(view, columns.whole, area.height);
    frame::keys(&mut keys);
    let keys_top = area.height - keys.rows.len() as u16;
    canvas.rows(columns.left, keys_top, &keys.rows);
    canvas.rule(keys_top - 1);
    let mut help = Pen::new(view, columns.whole, area.height);
    frame::assistance(&mut help);
    let help_top = keys_top - 1 - help.rows.len() as u16;
    canvas.rows(columns.left, help_top, &help.rows);
    let room = Rect::new(columns.left, top, columns.whole, help_top.saturating_sub(top));
    let room = notice(canvas, view, room);
    body(canvas, view, &columns, room);
}

/// The notice above the page, and the room it leaves.
fn notice(canvas: &mut Canvas, view: &Viewport, room: Rect) -> Rect {
    let rows = frame::notice(view, room.width, room.height);
    if rows.is_empty() {
        return room;
    }
    let air = u16::from(room.height >= 14);
    canvas.rows(room.x, room.y + air, &rows);
    let taken = (rows.len() as u16 + air).min(room.height.saturating_sub(1));
    Rect { y: room.y + taken, height: room.height - taken, ..room }
}

fn body(canvas: &mut Canvas, view: &Viewport, columns: &Columns, room: Rect) {
    if matches!(view.page.blocks.first(), Some(Block::Banner(_))) {
        return attract(canvas, view, room);
    }
    let air = u16::from(room.height >= 12);
    let beside = Rect { y: room.y + air, height: room.height - 2 * air, ..room };
    if columns.whole > QUESTION + BETWEEN {
        let most = columns.whole.saturating_sub(QUESTION_BY_QR + BETWEEN);
        if let Some(modules) = side::picture(view, most, room.height) {
            let question = columns.whole - BETWEEN - modules.columns();
            canvas.rows(room.x + question + BETWEEN, room.y, &modules.rows());
            let rows = question_rows(view, question.min(QUESTION), room.height, false);
            return scrolled(canvas, view, rows, Rect { width: question, ..room });
        }
    }
    let roomy = question_rows(view, columns.question, room.height, true);
    let fits = has_room(view.page, &roomy, room.height);
    if let Some((left, wide)) = columns.side {
        for row in beside.top()..beside.bottom() {
            canvas.text(left - BETWEEN / 2 - 1, row, "│", TextRole::Accent);
        }
        canvas.rows(left, beside.y, &side::help(view, wide, beside.height, !fits));
    }
    let rows = if fits { roomy } else { question_rows(view, columns.question, room.height, false) };
    scrolled(canvas, view, rows, Rect { width: columns.question, ..room });
}

/// Whether all that a page would show fits. The guide's sentences take no page its air; a QR may.
fn has_room(page: &Page, rows: &[ScreenRow], height: u16) -> bool {
    let needed = match page.guide().next() {
        Some(_) => rows.iter().filter(|row| matches!(row.gap, None | Some(Gap::Block))).count(),
        None => collapse(rows.to_vec(), height.into()).len(),
    };
    needed <= usize::from(height)
}

/// Heading and blocks, with air above and below.
fn question_rows(view: &Viewport, width: u16, height: u16, roomy: bool) -> Vec<ScreenRow> {
    let mut pen = Pen::new(view, width, height);
    pen.roomy = roomy;
    pen.gap(Gap::Edge);
    blocks::page(&mut pen);
    pen.gap(Gap::Edge);
    pen.rows
}

/// A page with a banner stands in the middle of the room.
fn attract(canvas: &mut Canvas, view: &Viewport, room: Rect) {
    let rows = question_rows(view, room.width, room.height, false);
    let rows = collapse(rows, room.height.into());
    let end = |row: &ScreenRow| row.spans.iter().map(|span| span.column + width(span.text.trim_end())).max();
    let widest = rows.iter().filter_map(end).max().unwrap_or(0);
    // Laid out again, so that what fills its row ends where the rest does.
    let rows = collapse(question_rows(view, widest, room.height, false), room.height.into());
    let spare = room.height.saturating_sub(rows.len() as u16);
    let room = Rect {
        x: room.x + room.width.saturating_sub(widest) / 2,
        y: room.y + spare / 2,
        width: widest,
        height: room.height - spare / 2,
    };
    scrolled(canvas, view, rows, room);
}

/// The rows in sight, with words that say that there are more.
fn scrolled(canvas: &mut Canvas, view: &Viewport, rows: Vec<ScreenRow>, room: Rect) {
    let rows = collapse(rows, room.height.into());
    let opens_at = if view.page.is_unbegun() { OpensAt::Beginning } else { OpensAt::Focus };
    let seen = window(&rows, room.height.into(), opens_at, view.page.turned);
    let waits_below = rows[seen.rows.end..].iter().any(|row| row.cursor.is_some());
    // From the opening of a review Enter leads to its end: not past lines that nobody has seen.
    let is_passed_over = view.page.focus == Target::Opening
        && view.page.is_unbegun()
        && seen.rows.end + usize::from(room.height.saturating_sub(1)) < rows.len();
    let is_read_on = waits_below || is_passed_over;
    let mut top = room.y;
    let marks = Pen::new(view, room.width, room.height);
    if seen.above {
        canvas.row(room.x, top, &mark("▲", marks.say(&Msg::FrameMoreAbove), Key::PageUp));
        top += 1;
    }
    canvas.rows(room.x, top, &rows[seen.rows.clone()]);
    if seen.below {
        let bottom = top + seen.rows.len() as u16;
        let says = match is_read_on && view.page.is_unbegun() {
            true => Msg::FrameReadOn,
            false => Msg::FrameMoreBelow,
        };
        canvas.row(room.x, bottom, &mark("▼", marks.say(&says), Key::PageDown));
        canvas.hits.read_before = is_read_on.then_some(view.page.focus);
    }
    if canvas.cursor.is_none() {
        // Nothing has the focus: the cursor still stands where reading starts.
        canvas.cursor = Some(Position::new(room.x, top));
    }
}

/// A row that says that there is more, and turns there when it is pressed.
fn mark(glyph: &str, text: String, key: Key) -> ScreenRow {
    let target = Some(Target::Key(key));
    let mut row = ScreenRow::default();
    row.add(0, glyph, TextRole::Accent, target);
    row.add(2, text, TextRole::Accent, target);
    row
}
