//! The column beside wide pages: a QR to scan, or the steps of the workflow and help on this one.

use crate::page::{Block, Progress};
use crate::text::Msg;
use crate::ui::View;
use crate::ui::layout::{Gap, Row, collapse};
use crate::ui::pen::Pen;
use crate::ui::qr::Modules;
use crate::ui::theme::Role;

/// The QR of the page, if it fits in a column of at most this size.
pub fn picture(view: &View, width: u16, height: u16) -> Option<Modules> {
    let content = view.page.blocks.iter().find_map(|block| match block {
        Block::Qr { content, .. } => Some(content),
        _ => None,
    })?;
    Modules::fitting(content, width, height, view.half_blocks)
}

/// Steps and help. What doesn't fit is said to be behind F1, never cut in silence.
pub fn help(view: &View, width: u16, height: u16) -> Vec<Row> {
    let mut pen = Pen::new(view, width, height);
    if let Some(progress) = &view.page.progress {
        title(&mut pen, &Msg::FrameSteps);
        steps(&mut pen, progress);
    }
    if !view.page.help.is_empty() {
        if !pen.rows.is_empty() {
            pen.gap(Gap::Block);
        }
        title(&mut pen, &Msg::FrameHelp);
        for (place, msg) in view.page.help.iter().enumerate() {
            if place > 0 {
                pen.gap(Gap::Block);
            }
            let text = pen.say(msg);
            pen.text(0, &text, Role::Text, None);
        }
    }
    let more = pen.say(&Msg::FrameHelpMore);
    let mut rows = collapse(pen.rows, height.into());
    if rows.len() > usize::from(height) {
        let mut last = Pen::new(view, width, height);
        last.marked(0, ("▼", Role::Accent), &more, Role::Text, None);
        rows.truncate(usize::from(height).saturating_sub(last.rows.len()));
        rows.extend(last.rows);
    }
    rows
}

fn title(pen: &mut Pen, msg: &Msg) {
    let text = pen.say(msg);
    pen.text(0, &text, Role::Accent, None);
    pen.gap(Gap::Roomy);
}

/// Done, current and to come differ in their mark, and the current one in weight too.
fn steps(pen: &mut Pen, progress: &Progress) {
    for (place, name) in progress.steps.iter().enumerate() {
        let number = place + 1;
        let (mark, role) = match number.cmp(&usize::from(progress.current)) {
            std::cmp::Ordering::Less => ("■", Role::Text),
            std::cmp::Ordering::Equal => ("→", Role::Strong),
            std::cmp::Ordering::Greater => (" ", Role::Text),
        };
        let name = pen.say(name);
        let mark = format!("{mark} {number}");
        pen.marked(0, (&mark, if role == Role::Strong { role } else { Role::Accent }), &name, role, None);
    }
}
