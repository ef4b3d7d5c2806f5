//! A picture of a frame, from its very cells: the pictures in the README cannot show what the
//! kiosk doesn't draw. The same cells give the same bytes.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use crate::ui::theme::console_rgb;

/// Width of a cell, in pixels.
const CELL_WIDTH: usize = 9;

/// Height of a cell, in pixels.
const CELL_HEIGHT: usize = 19;

/// From the top of a cell to the line the letters stand on, in pixels.
const BASELINE: usize = 14;

/// Pixels around the screen.
const BORDER: usize = 14;

/// The picture as an SVG document.
pub fn svg(buffer: &Buffer, cursor: Position) -> String {
    let area = buffer.area;
    let width = usize::from(area.width) * CELL_WIDTH + 2 * BORDER;
    let height = usize::from(area.height) * CELL_HEIGHT + 2 * BORDER;
    let mut out = String::new();
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"14.95\" xml:space=\"preserve\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#000000\" stroke=\"#555555\"/>\n"
    );
    out.push_str(&head);
    for row in area.top()..area.bottom() {
        grounds(&mut out, buffer, row);
        texts(&mut out, buffer, row);
    }
    caret(&mut out, buffer, cursor);
    out.push_str("</svg>\n");
    out
}

/// Foreground and background as a console shows them; a terminal's own colours as grey on black.
fn colors(cell: &Cell) -> (String, String) {
    let hex = |color, bright, otherwise| {
        let [red, green, blue] = console_rgb(color, bright).unwrap_or(otherwise);
        format!("#{red:02x}{green:02x}{blue:02x}")
    };
    let bold = cell.modifier.contains(Modifier::BOLD);
    let grey = if bold && cell.fg == Color::Reset { [0xFF; 3] } else { [0xAA; 3] };
    let (ink, ground) = (hex(cell.fg, bold, grey), hex(cell.bg, false, [0; 3]));
    if cell.modifier.contains(Modifier::REVERSED) { (ground, ink) } else { (ink, ground) }
}

fn left(column: u16) -> usize {
    BORDER + usize::from(column) * CELL_WIDTH
}

fn top(row: u16) -> usize {
    BORDER + usize::from(row) * CELL_HEIGHT
}

fn rect(out: &mut String, (x, y): (usize, usize), (width, height): (usize, usize), fill: &str) {
    let _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" shape-rendering=\"crispEdges\"/>"
    );
}

/// One rectangle for each run of cells on the same ground.
fn grounds(out: &mut String, buffer: &Buffer, row: u16) {
    let columns: Vec<u16> = (buffer.area.left()..buffer.area.right()).collect();
    let ground = |column: &u16| colors(&buffer[(*column, row)]).1;
    for run in columns.chunk_by(|one, two| ground(one) == ground(two)) {
        let fill = ground(&run[0]);
        if fill != "#000000" {
            rect(out, (left(run[0]), top(row)), (run.len() * CELL_WIDTH, CELL_HEIGHT), &fill);
        }
    }
}

/// How a glyph that must join its neighbours is drawn: left, top, width and height in its cell.
fn shape(symbol: &str) -> Option<[usize; 4]> {
    Some(match symbol {
        "█" => [0, 0, CELL_WIDTH, CELL_HEIGHT],
        "▀" => [0, 0, CELL_WIDTH, CELL_HEIGHT / 2],
        "▄" => [0, CELL_HEIGHT / 2, CELL_WIDTH, CELL_HEIGHT - CELL_HEIGHT / 2],
        "─" => [0, CELL_HEIGHT / 2, CELL_WIDTH, 1],
        "│" => [CELL_WIDTH / 2, 0, 1, CELL_HEIGHT],
        _ => return None,
    })
}

/// Text in runs of one look, each at its own place, so that no font can shift what follows.
fn texts(out: &mut String, buffer: &Buffer, row: u16) {
    let columns: Vec<u16> = (buffer.area.left()..buffer.area.right()).collect();
    let cell = |column: &u16| &buffer[(*column, row)];
    let kind = |column: &u16| {
        let symbol = cell(column).symbol();
        let blank = symbol == " " && !cell(column).modifier.contains(Modifier::UNDERLINED);
        (blank, shape(symbol), colors(cell(column)).0, cell(column).modifier)
    };
    for run in columns.chunk_by(|one, two| kind(one) == kind(two)) {
        let (blank, shape, ink, modifier) = kind(&run[0]);
        if blank {
            continue;
        }
        let (x, y) = (left(run[0]), top(row));
        if let Some([dx, dy, width, height]) = shape {
            let whole = if width == CELL_WIDTH { run.len() * CELL_WIDTH } else { width };
            for (place, _) in run.iter().enumerate().take(if width == CELL_WIDTH { 1 } else { run.len() }) {
                rect(out, (x + place * CELL_WIDTH + dx, y + dy), (whole, height), &ink);
            }
            continue;
        }
        let text: String = run.iter().map(|column| cell(column).symbol()).collect();
        let weight = if modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
        if modifier.contains(Modifier::UNDERLINED) {
            rect(out, (x, y + BASELINE + 2), (run.len() * CELL_WIDTH, 1), &ink);
        }
        let _ = writeln!(
            out,
            "<text x=\"{x}\" y=\"{}\" textLength=\"{}\" fill=\"{ink}\"{weight}>{}</text>",
            y + BASELINE,
            run.len() * CELL_WIDTH,
            escape(&text)
        );
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The hardware cursor: a bar beneath its cell, in the colour of the letter above it.
fn caret(out: &mut String, buffer: &Buffer, cursor: Position) {
    if let Some(cell) = buffer.cell(cursor) {
        let at = (left(cursor.x), top(cursor.y) + CELL_HEIGHT - 3);
        rect(out, at, (CELL_WIDTH, 3), &colors(cell).0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    #[test]
    fn a_picture_holds_the_text_the_grounds_and_the_caret() {
        let mut buffer = Buffer::with_lines(["a<b  █─"]);
        buffer.set_string(0, 0, "a", Style::new().fg(Color::Black).bg(Color::Gray));
        let drawn = svg(&buffer, Position::new(0, 0));
        assert!(drawn.contains(">a</text>") && drawn.contains(">&lt;b</text>"), "{drawn}");
        assert!(drawn.contains("fill=\"#aaaaaa\""), "the ground");
        assert!(drawn.contains("height=\"3\" fill=\"#000000\""), "the caret");
        assert_eq!(drawn, svg(&buffer, Position::new(0, 0)));
    }
}
