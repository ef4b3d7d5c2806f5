//! A bar that shows on a terminal how far a command is.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::config::Environment;

/// What the bar counts to: a part from 0 to 1, in ten-thousandths.
const WHOLE: u64 = 10_000;

/// On the standard error; hidden where that is no terminal, or one that can't move its caret.
pub(super) fn new() -> ProgressBar {
    on(match Environment::of_process().terminal.as_deref() {
        None | Some("dumb") => ProgressDrawTarget::hidden(),
        Some(_) => ProgressDrawTarget::stderr(),
    })
}

pub(super) fn on(target: ProgressDrawTarget) -> ProgressBar {
    ProgressBar::with_draw_target(Some(WHOLE), target).with_style(style("{msg}"))
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("a test draws with each template").progress_chars("#.")
}

/// How far it is, from 0 to 1 where the whole is known, and in words.
pub(super) fn show(bar: &ProgressBar, part: Option<f64>, line: String) {
    if let Some(part) = part {
        bar.set_style(style("[{bar:24}] {msg}"));
        bar.set_position((part * WHOLE as f64) as u64);
    }
    bar.set_message(line);
    bar.tick();
}
