//! What stands around every page: for how long it waits, and the keys beneath it, which are the same
//! everywhere.

use std::time::Duration;

use crate::event::Key;
use crate::page::{Block, Control, KeyHint, Page, SecretOwner};
use crate::text::Msg;

/// When a waiting page tells again how long it has waited, in seconds.
pub const WAITED_SECONDS: [u64; 6] = [0, 5, 10, 20, 30, 60];

/// Puts in how long a page has waited, in the steps in which it is told.
pub fn tell_how_long(page: &mut Page, waited: Duration) {
    let told = WAITED_SECONDS.into_iter().rev().find(|seconds| *seconds <= waited.as_secs()).unwrap_or(0);
    for block in &mut page.blocks {
        if let Block::Waiting { since, .. } = block {
            *since = Msg::WaitingSince { seconds: told };
        }
    }
}

/// How a visit stands, as far as its keys depend on it.
#[derive(Clone, Copy, Debug)]
pub struct KeyContext {
    /// Nobody is here.
    pub at_rest: bool,
    /// F8 was pressed.
    pub more_time: bool,
    /// Staff look on.
    pub accompanied: bool,
}

/// The keys that do something on this page.
pub fn keys(page: &Page, standing: KeyContext) -> Vec<KeyHint> {
    let staff = if standing.accompanied { Msg::KeyPanel } else { Msg::KeyStaff };
    let mut keys = vec![(Key::F(1), Msg::KeyHelp), (Key::F(2), staff)];
    if !standing.at_rest && page.leads_back {
        keys.push((Key::Esc, Msg::KeyBack));
    }
    // What staff type is never shown, and nothing is while they look on.
    if !standing.accompanied && is_on_hidden(page) {
        keys.push((Key::F(3), Msg::KeyShow));
    }
    if page.blocks.iter().any(|block| matches!(block, Block::Challenge(_))) {
        keys.push((Key::F(5), Msg::KeyRefresh));
    }
    if standing.at_rest {
        // Later the help tells of it: the line has no room for every key.
        keys.push((Key::F(4), Msg::KeyContrast));
    } else {
        let more_time = if standing.more_time { Msg::KeyMoreTimeGiven } else { Msg::KeyMoreTime };
        keys.push((Key::F(8), more_time));
        keys.push((Key::F(10), Msg::KeyEnd));
    }
    keys.into_iter().map(|(key, does)| KeyHint { key, does }).collect()
}

/// Whether the focus is on a secret of the person's own that is typed hidden.
fn is_on_hidden(page: &Page) -> bool {
    page.blocks.iter().any(|block| {
        matches!(block, Block::Field(field) if field.target == page.focus
            && field.secret_of == Some(SecretOwner::Person)
            && matches!(field.control, Control::Hidden { .. }))
    })
}
