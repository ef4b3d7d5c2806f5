//! The column beside wide pages: a QR to scan, or the steps of the workflow and help on this one.

use crate::page::{Block, StepProgress};
use crate::text::Msg;
use crate::ui::Viewport;
use crate::ui::blocks;
use crate::ui::layout::{Gap, ScreenRow, collapse};
use crate::ui::pen::Pen;
use crate::ui::qr::Modules;
use crate::ui::theme::TextRole;

/// The QR of the page, if it fits in a column of at most this size.
pub fn picture(view: &Viewport, width: u16, height: u16) -> Option<Modules> {
    let content = view.page.blocks.iter().find_map(|block| match block {
        Block::Qr { content, .. } => Some(content),
        _ => None,
    })?;
    Modules::fitting(content, width, height, view.half_blocks)
}

/// Steps, what the guide says if the page has no room for it, and help. What doesn't fit is said to be
/// behind F1, never cut in silence.
pub fn help(view: &Viewport, width: u16, height: u16, with_guide: bool) -> Vec<ScreenRow> {
    let mut pen = Pen::new(view, width, height);
    if let Some(progress) = &view.page.progress {
        title(&mut pen, &Msg::FrameSteps);
        steps(&mut pen, progress);
    }
    let guide: Vec<&Block> = view.page.guide().filter(|_| with_guide).collect();
    if !view.page.help.is_empty() || !guide.is_empty() {
        if !pen.rows.is_empty() {
            pen.gap(Gap::Block);
        }
        title(&mut pen, &Msg::FrameHelp);
        for block in &guide {
            blocks::block(&mut pen, block);
            pen.gap(Gap::Block);
        }
        for (place, msg) in view.page.help.iter().enumerate() {
            if place > 0 {
                pen.gap(Gap::Block);
            }
            let text = pen.say(msg);
            pen.text(0, &text, TextRole::Text, None);
        }
    }
    let more = pen.say(&Msg::FrameHelpMore);
    let mut rows = collapse(pen.rows, height.into());
    if rows.len() > usize::from(height) {
        let mut last = Pen::new(view, width, height);
        last.marked(0, ("▼", TextRole::Accent), &more, TextRole::Text, None);
        rows.truncate(usize::from(height).saturating_sub(last.rows.len()));
        rows.extend(last.rows);
    }
    rows
}

fn title(pen: &mut Pen, msg: &Msg) {
    let text = pen.say(msg);
    pen.text(0, &text, TextRole::Accent, None);
    pen.gap(Gap::Roomy);
}

/// Done, current and to come differ in their mark, and the current one in weight too.
fn steps(pen: &mut Pen, progress: &StepProgress) {
    for (place, name) in progress.steps.iter().enumerate() {
        let number = place + 1;
        let (mark, role) = match number.cmp(&usize::from(progress.current)) {
            std::cmp::Ordering::Less => ("■", TextRole::Text),
            std::cmp::Ordering::Equal => ("→", TextRole::Strong),
            std::cmp::Ordering::Greater => (" ", TextRole::Text),
        };
        let name = pen.say(name);
        let mark = format!("{mark} {number}");
        pen.marked(
            0,
            (&mark, if role == TextRole::Strong { role } else { TextRole::Accent }),
            &name,
            role,
            None,
        );
    }
}
