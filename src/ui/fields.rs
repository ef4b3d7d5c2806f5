//! Fields: label, hint, what is typed or chosen, and what is wrong with it.

use crate::domain::clean::Clean;
use crate::event::Target;
use crate::page::{Control, FieldShown, Words};
use crate::text::Msg;
use crate::ui::glyphs;
use crate::ui::layout::{ScreenRow, scroll, width, wrap};
use crate::ui::pen::{GUTTER, Pen};
use crate::ui::theme::TextRole;

/// The widest box, in columns: longer values scroll in it.
const WIDEST: u16 = 50;

/// Columns of `(•) `.
const BUTTON: u16 = 4;

/// Draws one field.
pub fn field(pen: &mut Pen, field: &FieldShown) {
    let first = pen.rows.len();
    let on_option = matches!((pen.view.page.focus, field.target),
        (Target::Choice { field, .. }, Target::Field(own)) if field == own);
    let focused = pen.focused(field.target) || on_option;
    if let Control::Check { checked } = &field.control {
        check(pen, field, *checked, focused);
    } else {
        let label = label(pen, field);
        pen.text(0, &label, TextRole::Strong, Some(field.target));
        hint(pen, field, 0);
    }
    match &field.control {
        Control::Text { value, caret } => input(pen, field.target, value, *caret, focused),
        Control::Hidden { length, shown } => {
            let dots = "•".repeat(*length);
            let value = shown.as_deref().map_or(dots.as_str(), String::as_str);
            input(pen, field.target, value, usize::MAX, focused);
        }
        Control::ReadOnly(words) => {
            let text = pen.words(words);
            pen.choice(&text, field.target, focused, TextRole::Text);
        }
        Control::Check { .. } => {}
        Control::Choice { options, chosen, at } => choice(pen, field, options, *chosen, *at, focused),
        Control::Filter { value, caret, matches, at, chosen } => {
            input(pen, field.target, value, *caret, focused);
            filter(pen, field, value, matches, *at, chosen.as_ref());
        }
    }
    if let Some(error) = &field.error {
        pen.error(GUTTER, error, Some(field.target));
    }
    if focused {
        pen.keep_from(first);
    }
}

fn label(pen: &Pen, field: &FieldShown) -> String {
    let label = pen.say(&field.label);
    if field.required { label + " *" } else { label }
}

fn hint(pen: &mut Pen, field: &FieldShown, column: u16) {
    if let Some(hint) = &field.hint {
        let hint = pen.say(hint);
        pen.text(column, &hint, TextRole::Text, Some(field.target));
    }
}

fn check(pen: &mut Pen, field: &FieldShown, checked: bool, focused: bool) {
    let label = label(pen, field);
    let (mark, role) =
        (if checked { "[x]" } else { "[ ]" }, if focused { TextRole::Focus } else { TextRole::Text });
    let first = pen.rows.len();
    pen.marked(GUTTER, (mark, role), &label, role, Some(field.target));
    hint(pen, field, GUTTER + BUTTON);
    if focused {
        pen.rows[first].add(0, ">", TextRole::Strong, Some(field.target));
        // On the label: that is what a screen reader should say, with its mark before it.
        pen.rows[first].cursor = Some(GUTTER + BUTTON);
    }
}

/// A box with the part of the value that is in sight. `caret` counts characters of the raw value;
/// one beyond its end stands at the end.
fn input(pen: &mut Pen, target: Target, value: &str, caret: usize, focused: bool) {
    let before = value.char_indices().nth(caret).map_or(value, |(at, _)| &value[..at]);
    let caret = glyphs::admit(before).chars().count();
    let edge = if pen.linear() { 0 } else { 1 };
    let columns = (pen.width - GUTTER - 2 * edge).min(WIDEST);
    let (mut shown, caret) = scroll(&glyphs::admit(value), caret, columns);
    let role = if focused { TextRole::Focus } else { TextRole::Field };
    let mut row = ScreenRow::default();
    if focused {
        row.add(0, ">", TextRole::Strong, Some(target));
        row.cursor = Some(GUTTER + edge + caret);
    }
    row.add(GUTTER + edge, std::mem::take(&mut *shown), role, Some(target));
    if edge > 0 {
        let (side, padded) = if focused { (" ", TextRole::Focus) } else { ("│", TextRole::FieldEdge) };
        row.add(GUTTER, side, padded, Some(target));
        row.add(GUTTER + 1 + columns, side, padded, Some(target));
    }
    pen.rows.push(row);
}

fn choice(
    pen: &mut Pen,
    field: &FieldShown,
    options: &[Words],
    chosen: Option<usize>,
    at: usize,
    focused: bool,
) {
    for (place, option) in options.iter().enumerate() {
        let target = option_target(field.target, place);
        let here = focused && place == at;
        let role = if here { TextRole::Focus } else { TextRole::Text };
        let mark = if chosen == Some(place) { "(•)" } else { "( )" };
        let number = format!("{mark} {}  ", place + 1);
        let start = GUTTER + width(&number);
        let text = pen.words(option);
        for (line, part) in wrap(&text, pen.width.saturating_sub(start)).into_iter().enumerate() {
            let mut row = ScreenRow::default();
            if line == 0 {
                row.add(GUTTER, number.as_str(), role, Some(target));
                if here {
                    row.add(0, ">", TextRole::Strong, Some(target));
                    row.cursor = Some(start);
                }
            }
            row.add(start, part, role, Some(target));
            pen.rows.push(row);
        }
    }
}

fn filter(
    pen: &mut Pen,
    field: &FieldShown,
    value: &str,
    matches: &[Clean],
    at: usize,
    chosen: Option<&Clean>,
) {
    let column = GUTTER + 1;
    for (place, name) in matches.iter().enumerate() {
        let target = Some(option_target(field.target, place));
        let name = glyphs::admit(name.as_str());
        let (mark, role) = if place == at { ("→", TextRole::Strong) } else { (" ", TextRole::Text) };
        pen.marked(column, (mark, role), &name, role, target);
    }
    if matches.is_empty() && !value.is_empty() && chosen.is_none() {
        let text = pen.say(&Msg::FrameNothingFits);
        pen.text(column, &text, TextRole::Text, Some(field.target));
    }
    if let Some(chosen) = chosen.filter(|chosen| chosen.as_str() != value) {
        let text = pen.say(&Msg::FrameChosen { text: chosen.clone() });
        pen.marked(column, ("■", TextRole::Accent), &text, TextRole::Strong, Some(field.target));
    }
}

fn option_target(field: Target, place: usize) -> Target {
    match field {
        Target::Field(field) => Target::Choice { field, option: u8::try_from(place).unwrap_or(u8::MAX) },
        other => other,
    }
}
