//! What stands around every page: the identity bar and the place above it, the way to help and
//! the keys beneath it.

use crate::event::{Key, Target};
use crate::text::Msg;
use crate::ui::Viewport;
use crate::ui::glyphs;
use crate::ui::layout::{ScreenRow, TextSpan, width};
use crate::ui::pen::{GUTTER, Pen};
use crate::ui::theme::TextRole;

/// Columns between two key hints: room for a `>` between blanks.
const BETWEEN: u16 = 3;

/// The identity bar: who we are, the other language, the desk. A second row where they don't fit.
pub fn identity(pen: &Pen) -> Vec<ScreenRow> {
    let view = pen.view;
    let (brand, system) = (pen.say(&Msg::FrameBrand), pen.say(&Msg::FrameSystem));
    let language = language(pen);
    let desk = pen.say(&Msg::FrameDesk { name: view.desk.into() });
    let right = width(&language) + 5 + width(&desk);
    let (mut first, mut second) = (ScreenRow::default(), ScreenRow::default());
    let end = first.add(0, brand, TextRole::BarStrong, None) + 2;
    let end = first.add(end, system, TextRole::Bar, None);
    let alone = end + 2 + right > pen.width;
    let row = if alone { &mut second } else { &mut first };
    let target = Target::Key(Key::F(7));
    let role = if pen.focused(target) { TextRole::Focus } else { TextRole::Bar };
    let at = if alone { 0 } else { pen.width - right };
    if pen.focused(target) {
        row.cursor = Some(at);
    }
    row.add(at, language, role, Some(target));
    row.add(pen.width.saturating_sub(width(&desk)), desk, TextRole::Bar, None);
    if alone { vec![first, second] } else { vec![first] }
}

/// The other language and the desk, a line each, for linear mode.
pub fn language_and_desk(pen: &mut Pen) {
    let (language, desk) = (language(pen), pen.say(&Msg::FrameDesk { name: pen.view.desk.into() }));
    let target = Target::Key(Key::F(7));
    let mut row = ScreenRow::default();
    if pen.focused(target) {
        row.cursor = Some(0);
    }
    row.add(0, language, TextRole::Text, Some(target));
    pen.rows.push(row);
    pen.text(0, &desk, TextRole::Text, None);
}

fn language(pen: &Pen) -> String {
    format!("{} {}", key_name(pen, Key::F(7)), pen.say(&Msg::FrameLanguage))
}

/// The text of the band that makes a demonstration unmistakable.
pub fn demo(pen: &Pen) -> String {
    let (name, note) = (pen.say(&Msg::FrameDemo), pen.say(&Msg::FrameDemoNote));
    let whole = format!("{name} · {note}");
    if width(&whole) <= pen.width { whole } else { name }
}

/// Where we are and which step this is.
pub fn place(pen: &mut Pen) {
    let page = pen.view.page;
    let place = pen.say(&page.place);
    let steps = page.progress.as_ref().map(|progress| {
        let (current, total) = (progress.current.into(), progress.steps.len() as u64);
        [Msg::FrameStep { current, total }, Msg::FrameStepShort { current, total }].map(|msg| pen.say(&msg))
    });
    let [long, short] = steps.unwrap_or_default();
    let fits = |step: &String| width(&place) + 2 + width(step) <= pen.width;
    if let (false, Some(step)) = (pen.linear(), [&long, &short].into_iter().find(|step| fits(step))) {
        let mut row = ScreenRow::default();
        row.add(0, place, TextRole::Accent, None);
        row.add(pen.width - width(step), step.as_str(), TextRole::Text, None);
        pen.rows.push(row);
        return;
    }
    pen.text(0, &place, TextRole::Accent, None);
    if long.is_empty() {
        return;
    }
    // Beside the end of a name that takes two rows there is room for it.
    let beside = pen.width.saturating_sub(width(&long));
    let ends = |row: &ScreenRow| row.spans.last().map_or(0, |span| span.column + width(&span.text));
    match pen.rows.last_mut() {
        Some(row) if !pen.view.linear && ends(row) + 2 <= beside => {
            row.add(beside, long, TextRole::Text, None);
        }
        _ => pen.text(0, &long, TextRole::Text, None),
    }
}

/// How to get help, whatever happens: in one row, with fewer words where there is less room. A page
/// that takes no key offers none.
pub fn assistance(pen: &mut Pen) {
    let Some(assistance) = pen.view.page.assistance else { return };
    let [long, short] = assistance.words().map(|msg| pen.say(&msg));
    let text = if width(&long) <= pen.width || pen.linear() { long } else { short };
    // Not a stop of the focus: it says where help is, and a finger on it calls.
    pen.text(0, &text, TextRole::Text, Some(Target::Key(Key::F(2))));
}

/// The keys that do something here, in as many rows as it takes. The last one, which ends the
/// visit, stands apart at the right where there is room.
pub fn keys(pen: &mut Pen) {
    let hints: Vec<(Key, String, String)> = pen
        .view
        .page
        .keys
        .iter()
        .map(|hint| (hint.key, key_name(pen, hint.key), pen.say(&hint.does)))
        .collect();
    let mut row = ScreenRow::default();
    let mut column = 0;
    for (place, (key, name, does)) in hints.iter().enumerate() {
        let mark = if pen.focused(Target::Key(*key)) { GUTTER } else { 0 };
        let wide = mark + width(name) + 1 + width(does);
        if column > 0 && column + wide > pen.width {
            pen.rows.push(std::mem::take(&mut row));
            column = 0;
        }
        let last = place + 1 == hints.len();
        if last && place > 0 && pen.rows.is_empty() && !pen.linear() {
            column = column.max(pen.width.saturating_sub(wide));
        }
        column = hint(pen, &mut row, column, (*key, name, does)) + BETWEEN;
    }
    if !row.spans.is_empty() {
        pen.rows.push(row);
    }
}

fn hint(pen: &Pen, row: &mut ScreenRow, column: u16, (key, name, does): (Key, &str, &str)) -> u16 {
    let target = Target::Key(key);
    let focused = pen.focused(target);
    let (mut column, mut name_role, mut does_role) = (column, TextRole::Key, TextRole::Text);
    if focused {
        column = row.add(column, ">", TextRole::Strong, Some(target)) + 1;
        row.cursor = Some(column);
        (name_role, does_role) = (TextRole::Focus, TextRole::Focus);
    }
    let end = row.add(column, format!("{name} "), name_role, Some(target));
    row.add(end, does, does_role, Some(target))
}

/// What is written on the key, on keyboards of the visit's language.
pub fn key_name(pen: &Pen, key: Key) -> String {
    let named = match key {
        Key::F(number) => return format!("F{number}"),
        Key::Char(' ') => Msg::FrameKeySpace,
        Key::Char(character) => return glyphs::admit(&character.to_string()).into_owned(),
        Key::Up => return "↑".into(),
        Key::Down => return "↓".into(),
        Key::Left => return "←".into(),
        Key::Right => return "→".into(),
        Key::Enter => Msg::FrameKeyEnter,
        Key::Tab => Msg::FrameKeyTab,
        Key::BackTab => Msg::FrameKeyBackTab,
        Key::Home => Msg::FrameKeyHome,
        Key::End => Msg::FrameKeyEnd,
        Key::PageUp => Msg::FrameKeyPageUp,
        Key::PageDown => Msg::FrameKeyPageDown,
        Key::Backspace => Msg::FrameKeyBackspace,
        Key::Delete => Msg::FrameKeyDelete,
        Key::EraseLine => return "Ctrl+U".into(),
        Key::Esc => Msg::FrameKeyEscape,
    };
    pen.say(&named)
}

/// The notice, if there is one: a title and what it says, as wide as its column.
pub fn notice(view: &Viewport, columns: u16, height: u16) -> Vec<ScreenRow> {
    let Some(notice) = &view.page.notice else { return Vec::new() };
    let mut pen = Pen::new(view, columns - 2, height);
    let title = if notice.urgent { Msg::FrameNoticeUrgent } else { Msg::FrameNotice };
    let role = if notice.urgent { TextRole::Notice } else { TextRole::Text };
    let (title, says) = (pen.say(&title), pen.say(&notice.says));
    let title_role = if notice.urgent { TextRole::Notice } else { TextRole::Strong };
    let padded = notice.urgent && height >= 14;
    if padded {
        pen.rows.push(ScreenRow::default());
    }
    pen.text(2, &title, title_role, None);
    pen.text(2, &says, role, None);
    if padded {
        pen.rows.push(ScreenRow::default());
    }
    if view.linear {
        return pen.rows;
    }
    for row in &mut pen.rows {
        // The ground of an urgent notice is reversed from edge to edge; a calm one has two sides.
        if notice.urgent {
            let ground = " ".repeat(columns.into());
            row.spans.insert(0, TextSpan { column: 0, text: ground.into(), role, target: None });
        } else {
            row.add(0, "█", TextRole::Accent, None);
            row.add(columns - 1, "█", TextRole::Accent, None);
        }
    }
    pen.rows
}
