//! The blocks of a page, from data to rows.

use crate::event::Target;
use crate::page::{Block, Button, ChallengeShown, Fact, Item};
use crate::text::Msg;
use crate::ui::bars;
use crate::ui::fields;
use crate::ui::glyphs;
use crate::ui::layout::{Gap, ScreenRow, width, wrap};
use crate::ui::letters::{self, Picture};
use crate::ui::pen::{GUTTER, Pen};
use crate::ui::qr;
use crate::ui::theme::TextRole;

/// Columns for the number of a menu's entry, with blanks around it.
const NUMBER: u16 = 4;

/// From this width on, facts stand in two columns.
const FACT_COLUMNS: u16 = 56;

/// Columns for the labels of facts that stand in two columns.
const FACT_LABEL: u16 = 26;

/// Heading and blocks. A banner, if it comes first, stands above the heading.
pub fn page(pen: &mut Pen) {
    let page = pen.view.page;
    let banner_first = matches!(page.blocks.first(), Some(Block::Banner(_)));
    if banner_first {
        block(pen, &page.blocks[0]);
        pen.gap(Gap::Block);
        pen.rows.push(ScreenRow { gap: Some(Gap::Roomy), ..ScreenRow::default() });
    }
    let heading = pen.words(&page.heading);
    pen.text(0, &heading, TextRole::Strong, None);
    let mut before = page.blocks.first().filter(|_| banner_first);
    for (place, next) in page.blocks.iter().enumerate().skip(usize::from(banner_first)) {
        let next = shown(pen, next);
        if is_silent(pen, next, page.blocks.get(place + 1)) {
            continue;
        }
        // A panel's title belongs to what follows it; a paragraph may stay with the heading.
        match (before.replace(next), next) {
            (None, Block::Paragraph(_) | Block::Opening(_)) => pen.gap(Gap::Roomy),
            (Some(Block::Panel(_) | Block::Challenge(_)), _) => pen.gap(Gap::Roomy),
            // Text that touches the big letters would spoil their shape.
            (_, Block::Challenge(_)) => pen.gap(Gap::Edge),
            _ => pen.gap(Gap::Block),
        }
        match (next, place.checked_sub(1).map(|at| &page.blocks[at])) {
            (Block::Buttons(buttons), Some(Block::Note(note))) => noted_buttons(pen, note, buttons),
            _ => block(pen, next),
        }
    }
}

/// What of a block there is room for.
fn shown<'a>(pen: &Pen, block: &'a Block) -> &'a Block {
    match block {
        Block::Guide { whole, .. } if pen.roomy => whole,
        Block::Guide { short: Some(short), .. } => short,
        other => other,
    }
}

/// Blocks that have nothing to say here leave no gap behind.
fn is_silent(pen: &Pen, block: &Block, after: Option<&Block>) -> bool {
    match block {
        Block::Guide { short: None, .. } => !pen.roomy,
        Block::Note(_) => matches!(after, Some(Block::Buttons(_))),
        _ => false,
    }
}

/// One block, whole.
pub fn block(pen: &mut Pen, block: &Block) {
    match block {
        Block::Panel(title) => panel(pen, title),
        Block::Paragraph(words) => {
            let text = pen.words(words);
            pen.text(0, &text, TextRole::Text, None);
        }
        Block::Opening(msg) => opening(pen, msg),
        Block::Important(msg) => boxed(pen, &Msg::FrameImportant, msg),
        Block::Information(msg) => boxed(pen, &Msg::FrameInformation, msg),
        Block::Guide { whole, .. } => self::block(pen, whole),
        Block::Note(note) => {
            let note = pen.say(note);
            pen.text(0, &note, TextRole::Text, None);
        }
        Block::Bullets(points) => {
            for point in points {
                let text = pen.words(point);
                pen.marked(0, ("•", TextRole::Accent), &text, TextRole::Text, None);
            }
        }
        Block::Summary(errors) => summary(pen, errors),
        Block::Field(field) => fields::field(pen, field),
        Block::Facts(facts) => facts.iter().for_each(|known| fact(pen, known)),
        Block::Challenge(challenge) => big_letters(pen, challenge),
        Block::Qr { content, letters } => {
            if pen.roomy && !pen.linear() {
                qr::rows(pen, content);
                pen.gap(Gap::Roomy);
            }
            let (first, text) = (pen.rows.len(), pen.words(letters));
            pen.text(GUTTER, &text, TextRole::Strong, None);
            bar(pen, first, TextRole::Accent);
        }
        Block::Menu(items) => menu(pen, items),
        Block::Buttons(buttons) => row_of_buttons(pen, buttons),
        Block::Waiting { what, since } => {
            let (what, since, first) = (pen.say(what), pen.say(since), pen.rows.len());
            let focused = pen.focused(Target::Opening);
            let target = focused.then_some(Target::Opening);
            pen.marked(0, ("■", TextRole::Accent), &what, TextRole::Strong, target);
            if focused {
                pen.rows[first].cursor = Some(GUTTER);
            }
            pen.text(GUTTER, &since, TextRole::Text, None);
        }
        Block::Bars(all) => bars::draw(pen, all),
        Block::Banner(words) => banner(pen, words),
        Block::Gap => pen.rows.push(ScreenRow { gap: Some(Gap::Roomy), ..ScreenRow::default() }),
    }
}

/// As a paragraph until it has the focus.
fn opening(pen: &mut Pen, msg: &Msg) {
    let text = pen.say(msg);
    if pen.focused(Target::Opening) {
        let first = pen.choice(&text, Target::Opening, true, TextRole::Text);
        pen.keep_from(first);
    } else {
        pen.text(0, &text, TextRole::Text, Some(Target::Opening));
    }
}

fn panel(pen: &mut Pen, title: &Msg) {
    let title = pen.say(title);
    pen.text(0, &title, TextRole::Accent, None);
    let end = pen.rows.last().and_then(|row| row.spans.last()).map_or(0, |span| width(&span.text) + 1);
    if let (false, Some(row), Some(rest)) = (pen.view.linear, pen.rows.last_mut(), pen.width.checked_sub(end))
    {
        row.add(end, "─".repeat(rest.into()), TextRole::Accent, None);
    }
}

/// A title and what it says, with a line down the left in place of a box.
fn boxed(pen: &mut Pen, title: &Msg, msg: &Msg) {
    let first = pen.rows.len();
    let (title, text) = (pen.say(title), pen.say(msg));
    pen.text(GUTTER, &title, TextRole::Strong, None);
    pen.text(GUTTER, &text, TextRole::Text, None);
    bar(pen, first, TextRole::Accent);
}

/// A thick line down the left of these rows, in place of a box.
fn bar(pen: &mut Pen, first: usize, role: TextRole) {
    if !pen.linear() {
        for row in &mut pen.rows[first..] {
            row.add(0, "█", role, None);
        }
    }
}

fn summary(pen: &mut Pen, errors: &[(Target, Msg)]) {
    let first = pen.rows.len();
    let focused = pen.focused(Target::Opening);
    let mark = pen.say(&Msg::FrameError);
    let title = pen.sentence(&Msg::FrameErrorSummary { count: errors.len() as u64 });
    if focused {
        pen.text(GUTTER, &format!("{mark} {title}"), TextRole::Focus, Some(Target::Opening));
    } else {
        pen.marked(GUTTER, (&mark, TextRole::ErrorMark), &title, TextRole::Strong, Some(Target::Opening));
    }
    for (target, msg) in errors {
        let text = pen.sentence(msg);
        pen.marked(GUTTER, ("•", TextRole::Text), &text, TextRole::Text, Some(*target));
    }
    if focused {
        pen.rows[first].add(0, ">", TextRole::Strong, Some(Target::Opening));
        pen.rows[first].cursor = Some(GUTTER);
        pen.keep_from(first);
        bar(pen, first + 1, TextRole::Strong);
    } else {
        bar(pen, first, TextRole::Strong);
    }
}

/// Numbered entries. Their details stand in a second column where all of them fit there, and
/// beneath each entry where they don't.
fn menu(pen: &mut Pen, items: &[Item]) {
    let entries: Vec<(String, String)> = items
        .iter()
        .map(|item| (pen.say(&item.label), item.detail.as_ref().map(|msg| pen.say(msg)).unwrap_or_default()))
        .collect();
    let start = GUTTER + NUMBER;
    let widest = entries.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    let details = start + widest + 2 * GUTTER;
    let beside = !pen.linear() && entries.iter().all(|(_, detail)| details + width(detail) < pen.width);
    for (place, (item, (label, detail))) in items.iter().zip(&entries).enumerate() {
        if place > 0 {
            pen.gap(Gap::Roomy);
        }
        let first = pen.rows.len();
        let focused = pen.focused(item.target);
        let (role, quiet) =
            if focused { (TextRole::Focus, TextRole::Focus) } else { (TextRole::Strong, TextRole::Text) };
        for line in wrap(label, pen.width.saturating_sub(start + 1)) {
            let mut row = ScreenRow::default();
            // The whole line is the button: a finger needs no aim.
            let ground = " ".repeat(usize::from(pen.width - GUTTER));
            row.add(GUTTER, ground, role, Some(item.target));
            row.add(start, line, role, Some(item.target));
            pen.rows.push(row);
        }
        pen.rows[first].add(GUTTER + 1, (place + 1).to_string(), role, Some(item.target));
        if beside {
            pen.rows[first].add(details, detail.as_str(), quiet, Some(item.target));
        } else if !detail.is_empty() {
            pen.text(start, detail, TextRole::Text, Some(item.target));
        }
        if focused {
            pen.rows[first].add(0, ">", TextRole::Strong, Some(item.target));
            pen.rows[first].cursor = Some(start);
            pen.keep_from(first);
        }
    }
}

/// The note stands at the right end of the buttons' row, or above it where it doesn't fit there.
fn noted_buttons(pen: &mut Pen, note: &Msg, buttons: &[Button]) {
    let text = pen.say(note);
    let each = buttons.iter().map(|button| width(&pen.say(&button.label)) + 4 + 2 * GUTTER);
    let beside = GUTTER + each.sum::<u16>() + width(&text) <= pen.width && !pen.linear();
    if !beside {
        block(pen, &Block::Note(note.clone()));
    }
    row_of_buttons(pen, buttons);
    if let (true, Some(row)) = (beside, pen.rows.last_mut()) {
        row.add(pen.width - width(&text), text, TextRole::Text, None);
    }
}

fn row_of_buttons(pen: &mut Pen, buttons: &[Button]) {
    let mut row = ScreenRow::default();
    let mut column = GUTTER;
    for button in buttons {
        let text = format!("[ {} ]", pen.say(&button.label));
        let wide = width(&text);
        let focused = pen.focused(button.target);
        if column > GUTTER && (column + wide > pen.width || pen.linear()) {
            pen.rows.push(std::mem::take(&mut row));
            column = GUTTER;
        }
        if column + wide > pen.width {
            let first = pen.choice(&text, button.target, focused, TextRole::Button);
            if focused {
                pen.keep_from(first);
            }
            continue;
        }
        let role = if focused { TextRole::Focus } else { TextRole::Button };
        let end = row.add(column, text, role, Some(button.target));
        if focused {
            row.add(column - GUTTER, ">", TextRole::Strong, Some(button.target));
            // Past `[ `, on the first letter of the label.
            row.cursor = Some(column + 2);
            row.keep = true;
        }
        column = end + 2 * GUTTER;
    }
    if !row.spans.is_empty() {
        pen.rows.push(row);
    }
}

fn fact(pen: &mut Pen, fact: &Fact) {
    let (label, value) = (pen.say(&fact.label), pen.words(&fact.value));
    let change = pen.say(&Msg::FrameChange);
    let first = pen.rows.len();
    let change_at = if pen.linear() { GUTTER } else { pen.width - width(&change) };
    let room = change_at.saturating_sub(FACT_LABEL + 2 * GUTTER);
    // An address is read as one word: it has a row of its own before it is broken.
    let is_whole = value.split(' ').all(|word| width(word) <= room);
    let two_columns = pen.width >= FACT_COLUMNS && !pen.linear() && is_whole;
    if two_columns {
        let labels = wrap(&label, FACT_LABEL - 2);
        let values = wrap(&value, room);
        for place in 0..labels.len().max(values.len()) {
            let mut row = ScreenRow::default();
            row.add(0, labels.get(place).cloned().unwrap_or_default(), TextRole::Text, fact.change);
            row.add(
                FACT_LABEL,
                values.get(place).cloned().unwrap_or_default(),
                TextRole::Strong,
                fact.change,
            );
            pen.rows.push(row);
        }
    } else {
        let room = if pen.linear() { pen.width } else { change_at.saturating_sub(2 * GUTTER) };
        for line in wrap(&label, room) {
            pen.line(0, line, TextRole::Text, fact.change);
        }
        pen.text(GUTTER, &value, TextRole::Strong, fact.change);
    }
    let Some(target) = fact.change else { return };
    let focused = pen.focused(target);
    let role = if focused { TextRole::Focus } else { TextRole::Accent };
    let at = if pen.linear() { pen.rows.len() } else { first };
    if at == pen.rows.len() {
        pen.rows.push(ScreenRow::default());
    }
    pen.rows[at].add(change_at, change, role, Some(target));
    if focused {
        pen.rows[at].add(change_at - GUTTER, ">", TextRole::Strong, Some(target));
        pen.rows[at].cursor = Some(change_at);
        pen.keep_from(first);
    }
}

fn big_letters(pen: &mut Pen, challenge: &ChallengeShown) {
    let first = pen.rows.len();
    let word: String = challenge.letters.iter().collect();
    // Twice as wide where there is room: cells are twice as high as wide.
    let sizes = [(2, 4), (1, 3)];
    let fits =
        sizes.iter().find(|(stretch, apart)| letters::width(4, *stretch, *apart) + GUTTER <= pen.width);
    match fits.and_then(|(stretch, apart)| Picture::of(&word, *stretch, *apart)) {
        Some(picture) if !pen.linear() => draw_picture(pen, &picture),
        _ => {
            let spaced: Vec<String> = challenge.letters.iter().map(char::to_string).collect();
            pen.line(GUTTER, spaced.join("   "), TextRole::Strong, None);
        }
    }
    pen.gap(Gap::Block);
    let words: Vec<String> = challenge.words.iter().map(|word| pen.say(word)).collect();
    // Four, two or one in a row: never broken between a letter and its word.
    let rows = |each: usize| words.chunks(each).map(|some| some.join(" · ")).collect::<Vec<_>>();
    let fits = |lines: &Vec<String>| lines.iter().all(|line| GUTTER + width(line) <= pen.width);
    let lines =
        if pen.linear() { rows(1) } else { [4, 2].map(rows).into_iter().find(fits).unwrap_or(rows(1)) };
    lines.iter().for_each(|line| pen.text(GUTTER, line, TextRole::Text, None));
    if matches!(pen.view.page.focus, Target::Field(_)) {
        // Whoever types them has to see them.
        pen.keep_from(first);
    }
}

fn draw_picture(pen: &mut Pen, picture: &Picture) {
    for cells in picture.rows() {
        let mut row = ScreenRow::default();
        lit(&mut row, GUTTER, cells);
        pen.rows.push(row);
    }
}

/// Reversed spaces for the lit cells; the others are left as they are.
fn lit(row: &mut ScreenRow, column: u16, cells: &[bool]) {
    let mut at = column;
    for run in cells.chunk_by(|one, two| one == two) {
        if run[0] {
            row.add(at, " ".repeat(run.len()), TextRole::Light, None);
        }
        at += run.len() as u16;
    }
}

/// The widest picture of the words that fits, on one line or with a line for each word.
fn banner(pen: &mut Pen, words: &str) {
    let one = vec![words];
    let each: Vec<&str> = words.split(' ').collect();
    let room = usize::from(pen.height);
    let tries = [(2, &one, 0), (2, &each, 24), (1, &one, 0), (1, &each, 18)];
    for (stretch, lines, least) in tries {
        let widest = lines.iter().map(|line| letters::width(line.chars().count(), stretch, stretch)).max();
        if pen.linear() || room < least || widest.is_none_or(|widest| widest > pen.width) {
            continue;
        }
        let pictures: Option<Vec<_>> = lines.iter().map(|line| Picture::of(line, stretch, stretch)).collect();
        if let Some(pictures) = pictures {
            for (place, picture) in pictures.iter().enumerate() {
                if place > 0 {
                    pen.rows.push(ScreenRow::default());
                }
                picture.rows().iter().for_each(|cells| {
                    let mut row = ScreenRow::default();
                    lit(&mut row, 0, cells);
                    pen.rows.push(row);
                });
            }
            return;
        }
    }
    pen.text(0, &glyphs::admit(words), TextRole::Strong, None);
}
