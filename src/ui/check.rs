//! What must hold for every frame, whatever the page: the tests of the screen and the journeys
//! ask [`faults`] about each frame they see.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::event::Target;
use crate::page::{Block, Control, FieldShown, Words};
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
    if view.page.turned == 0 {
        focus(cursor, hits, view, &mut found);
    }
    words(buffer, view, &always(view), &mut found);
    if !view.linear && !view.page.keys.is_empty() {
        let ways = [Msg::FrameAssistance, Msg::FrameAssistanceShort].map(|msg| {
            let mut missing = Vec::new();
            words(buffer, view, &[msg], &mut missing);
            missing
        });
        found.extend(ways.into_iter().min_by_key(Vec::len).unwrap_or_default());
    }
    if !text(buffer).contains(['▲', '▼']) {
        words(buffer, view, &said(view), &mut found);
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
    let hit = hits.hit(cursor.x, cursor.y);
    let same = match (hit, focus) {
        (Some(Target::Choice { field, .. }), Target::Field(own)) => field == own,
        (hit, focus) => hit == Some(focus),
    };
    if !same {
        found.push(format!("the cursor at {cursor} stands on {hit:?}, the focus is {focus:?}"));
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

/// What the page says when all of it fits.
fn said(view: &Viewport) -> Vec<Msg> {
    let mut messages = Vec::new();
    let mut words = |words: &Words| {
        messages.extend(said_in(words));
    };
    words(&view.page.heading);
    for block in &view.page.blocks {
        match block {
            // Whole or in fewer words, as there is room: its own tests tell.
            Block::Guide { .. } => {}
            Block::Paragraph(one) => words(one),
            Block::Bullets(points) => points.iter().for_each(&mut words),
            Block::Facts(facts) => facts.iter().for_each(|fact| {
                words(&Words::Said(fact.label.clone()));
                words(&fact.value);
            }),
            Block::Panel(msg)
            | Block::Important(msg)
            | Block::Information(msg)
            | Block::Note(msg)
            | Block::Opening(msg) => words(&Words::Said(msg.clone())),
            Block::Summary(errors) => errors.iter().for_each(|(_, msg)| words(&Words::Said(msg.clone()))),
            Block::Field(field) => in_field(field, &mut words),
            Block::Challenge(challenge) => {
                challenge.words.iter().for_each(|word| words(&Words::Said(word.clone())));
            }
            Block::Menu(items) => items.iter().for_each(|item| {
                words(&Words::Said(item.label.clone()));
                item.detail.iter().for_each(|detail| words(&Words::Said(detail.clone())));
            }),
            Block::Buttons(buttons) => {
                buttons.iter().for_each(|button| words(&Words::Said(button.label.clone())));
            }
            Block::Waiting { what, since } => {
                words(&Words::Said(what.clone()));
                words(&Words::Said(since.clone()));
            }
            Block::Bars(bars) => bars.iter().for_each(|bar| {
                words(&Words::Said(bar.label.clone()));
                bar.detail.iter().for_each(|detail| words(&Words::Said(detail.clone())));
            }),
            Block::Qr { .. } | Block::Banner(_) | Block::Gap => {}
        }
    }
    messages
}

/// The sentence of ours that these words are, if they are one.
fn said_in(words: &Words) -> Option<Msg> {
    match words {
        Words::Said(msg) => Some(msg.clone()),
        Words::Given(_) => None,
    }
}

fn in_field(field: &FieldShown, words: &mut impl FnMut(&Words)) {
    words(&Words::Said(field.label.clone()));
    for msg in field.hint.iter().chain(&field.error) {
        words(&Words::Said(msg.clone()));
    }
    match &field.control {
        Control::ReadOnly(text) => words(text),
        Control::Choice { options, .. } => options.iter().for_each(words),
        _ => {}
    }
}
