//! What must hold for every frame, whatever the page: the tests of the screen and the journeys
//! ask [`faults`] about each frame they see.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::event::Target;
use crate::page::{Block, Words};
use crate::text::Msg;
use crate::ui::theme::contrast;
use crate::ui::{Hits, LEAST_COLUMNS, LEAST_ROWS, Viewport, glyphs};

/// All that is wrong with a frame, in words for whoever reads the test; empty if nothing is.
pub fn faults(buffer: &Buffer, cursor: Position, hits: &Hits, view: &Viewport) -> Vec<String> {
    let mut found = Vec::new();
    cells(buffer, view, &mut found);
    let small = buffer.area.width < LEAST_COLUMNS || buffer.area.height < LEAST_ROWS;
    if small {
        words(buffer, view, &[Msg::FrameTooSmall], &mut found);
        return found;
    }
    let opposites = view.page.contradictions().into_iter();
    found.extend(opposites.map(|(one, other)| format!("{one} and {other} can't both be so")));
    if view.page.turned == 0 {
        focus(cursor, hits, view, &mut found);
        beginning(buffer, view, &mut found);
        words(buffer, view, &wrong_at_focus(view), &mut found);
    }
    words(buffer, view, &always(view), &mut found);
    if let Some(assistance) = view.page.assistance.filter(|_| !view.linear) {
        let ways = assistance.words().map(|msg| {
            let mut missing = Vec::new();
            words(buffer, view, &[msg], &mut missing);
            missing
        });
        found.extend(ways.into_iter().min_by_key(Vec::len).unwrap_or_default());
    }
    if !text(buffer).contains(['▲', '▼']) {
        words(buffer, view, &fits(view), &mut found);
    }
    found
}

/// The frame as text, a line for each row, blanks at the ends left out.
pub fn text(buffer: &Buffer) -> String {
    let rows = buffer.area.top()..buffer.area.bottom();
    let row = |row| {
        let line: String =
            (buffer.area.left()..buffer.area.right()).map(|x| buffer[(x, row)].symbol()).collect();
        line.trim_end().to_string() + "\n"
    };
    rows.map(row).collect()
}

/// Every glyph is one that the base fonts have, and every cell can be read in its theme.
fn cells(buffer: &Buffer, view: &Viewport, found: &mut Vec<String>) {
    let mut looks = HashSet::new();
    for (place, cell) in buffer.content().iter().enumerate() {
        let (column, row) = buffer.pos_of(place);
        let mut characters = cell.symbol().chars();
        let glyph = characters.next().unwrap_or(' ');
        let is_half = view.half_blocks && glyphs::HALF_BLOCKS.contains(&glyph);
        if !glyphs::is_allowed(glyph) && !is_half || characters.next().is_some() {
            found.push(format!("{:?} at {column},{row} is not a base glyph", cell.symbol()));
        }
        let Some(least) = view.theme.least_contrast() else { continue };
        if !looks.insert((cell.fg, cell.bg, cell.modifier)) {
            continue;
        }
        let ratio = contrast(cell.fg, cell.bg, cell.modifier).unwrap_or(0.0);
        if ratio < least {
            found.push(format!("{} on {} has a contrast of {ratio:.2} at {column},{row}", cell.fg, cell.bg));
        }
    }
}

/// The cursor stands on what has the focus; the option under the cursor counts as its field.
fn focus(cursor: Position, hits: &Hits, view: &Viewport, found: &mut Vec<String>) {
    let focus = view.page.focus;
    if hits.read_before.is_some() && focus != Target::Opening && view.page.is_unbegun() {
        return;
    }
    let hit = hits.hit(cursor.x, cursor.y);
    let same = match (hit, focus) {
        (Some(Target::Choice { field, .. }), Target::Field(own)) => field == own,
        (hit, focus) => hit == Some(focus),
    };
    if !same {
        found.push(format!("the cursor at {cursor} stands on {hit:?}, the focus is {focus:?}"));
    }
}

/// What must be read comes first: nothing of a page with which nobody has begun is above the frame.
fn beginning(buffer: &Buffer, view: &Viewport, found: &mut Vec<String>) {
    if view.page.is_unbegun() && text(buffer).contains('▲') {
        found.push(format!("{:?} doesn't open at its beginning", view.page.heading));
    }
}

/// Every word of these messages is somewhere in the frame. Words are compared without regard to
/// where lines were broken, since a word that is longer than its column is broken too.
fn words(buffer: &Buffer, view: &Viewport, messages: &[Msg], found: &mut Vec<String>) {
    let drawn = text(buffer);
    // A sentence begins with a capital wherever it was written to stand.
    let squeezed: String = drawn.to_lowercase().split_whitespace().collect();
    for msg in messages {
        let said = view.sentences.say(msg);
        for word in glyphs::admit(&said).to_lowercase().split_whitespace() {
            // Half of the narrowest column: longer words may be broken over rows.
            let broken = word.chars().count() > usize::from(LEAST_COLUMNS / 2);
            if !broken && !squeezed.contains(word) {
                found.push(format!("{word:?} of {} is not drawn", msg.key()));
            }
        }
    }
}

/// What stands in every frame, however long the page.
fn always(view: &Viewport) -> Vec<Msg> {
    let page = view.page;
    let mut messages: Vec<Msg> = page.notice.iter().map(|notice| notice.says.clone()).collect();
    messages.extend(view.demo.then_some(Msg::FrameDemo));
    if !view.linear {
        messages.extend([Msg::FrameBrand, Msg::FrameSystem, Msg::FrameLanguage, page.place.clone()]);
        messages.push(Msg::FrameDesk { name: view.desk.into() });
        messages.extend(page.keys.iter().map(|hint| hint.does.clone()));
    }
    messages
}

/// What is wrong where the focus is: whoever mends it has to read it.
fn wrong_at_focus(view: &Viewport) -> Vec<Msg> {
    let wrong = view.page.blocks.iter().filter_map(|block| match block {
        Block::Field(field) if field.target == view.page.focus => field.error.clone(),
        _ => None,
    });
    wrong.collect()
}

/// What the page says when all of it fits. A QR may stand in the place of its letters.
fn fits(view: &Viewport) -> Vec<Msg> {
    let letters = view.page.blocks.iter().filter_map(|block| match block {
        Block::Qr { letters: Words::Said(msg), .. } => Some(msg),
        _ => None,
    });
    let letters: Vec<&Msg> = letters.collect();
    // The guide's sentences stand whole or in fewer words, as there is room: their own tests tell.
    view.page.body(false).into_iter().filter(|msg| !letters.contains(&msg)).collect()
}
