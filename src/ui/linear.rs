//! Linear mode: the same page as plain lines from the top, for screen readers, braille lines and
//! whoever reads better so. No column beside another, no boxes, no pictures.

use crate::text::Msg;
use crate::ui::Viewport;
use crate::ui::blocks;
use crate::ui::frame;
use crate::ui::has_room;
use crate::ui::layout::{Gap, ScreenRow};
use crate::ui::pen::Pen;
use crate::ui::theme::TextRole;

/// The lines that stay in sight however far the page goes: the demonstration's mark, the notice.
pub fn pinned(view: &Viewport, width: u16, height: u16) -> Vec<ScreenRow> {
    let mut pen = Pen::new(view, width, height);
    if view.demo {
        let demo = frame::demo(&pen);
        pen.text(0, &demo, TextRole::Text, None);
    }
    pen.rows.extend(frame::notice(view, width, 0));
    pen.rows
}

/// All other lines of the page.
pub fn rows(view: &Viewport, width: u16, height: u16) -> Vec<ScreenRow> {
    let whole = written(view, width, height, true);
    if has_room(view.page, &whole, height) { whole } else { written(view, width, height, false) }
}

fn written(view: &Viewport, width: u16, height: u16, roomy: bool) -> Vec<ScreenRow> {
    let mut pen = Pen::new(view, width, height);
    pen.roomy = roomy;
    let system = format!("{} · {}", pen.say(&Msg::FrameBrand), pen.say(&Msg::FrameSystem));
    pen.text(0, &system, TextRole::Text, None);
    frame::place(&mut pen);
    pen.gap(Gap::Block);
    blocks::page(&mut pen);
    pen.gap(Gap::Block);
    frame::assistance(&mut pen);
    let mut keys = Pen::new(view, width, height);
    frame::keys(&mut keys);
    pen.rows.extend(keys.rows);
    frame::language_and_desk(&mut pen);
    pen.rows
}
