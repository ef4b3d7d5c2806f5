//! What stands around every page: for how long it waits, and the keys beneath it, which are the same
//! everywhere.

use std::time::Duration;

use crate::event::Key;
use crate::page::{Assistance, Block, Control, KeyHint, Page, SecretKind};
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

/// Where help is.
pub fn assistance(standing: KeyContext) -> Assistance {
    if standing.accompanied { Assistance::StaffAreHere } else { Assistance::CallsStaff }
}

/// The keys that do something on this page.
pub fn keys(page: &Page, standing: KeyContext) -> Vec<KeyHint> {
    let staff = if standing.accompanied { Msg::KeyPanel } else { Msg::KeyStaff };
    let mut keys = vec![(Key::F(1), Msg::KeyHelp), (Key::F(2), staff)];
    if !standing.at_rest && page.leads_back {
        keys.push((Key::Esc, Msg::KeyBack));
    }
    // What staff type is never shown, and nothing is while they look on.
    if let Some(shows) = shown_by_key(page).filter(|_| !standing.accompanied) {
        keys.push((Key::F(3), shows));
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

/// What F3 does with what is typed hidden where the focus is, if it is the person's own.
fn shown_by_key(page: &Page) -> Option<Msg> {
    let focused = page.blocks.iter().find_map(|block| match block {
        Block::Field(field) if field.target == page.focus => Some(field),
        _ => None,
    })?;
    match (&focused.control, focused.secret?) {
        (_, SecretKind::OfStaff | SecretKind::Code) => None,
        (Control::Hidden { shown: Some(_), .. }, _) => Some(Msg::KeyConceal),
        (Control::Hidden { .. }, SecretKind::Answer) => Some(Msg::KeyShowAnswer),
        (Control::Hidden { .. }, SecretKind::Clave) => Some(Msg::KeyShow),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow;
    use crate::form::Form;
    use crate::form::Touch;
    use crate::form::field::Field;
    use crate::form::names::Name;

    /// What F3 does on a page with this field alone.
    fn told(form: &Form) -> Option<Msg> {
        let page = flow::page(Msg::PlaceRecover, Msg::HelpHeading, form.blocks(), form.focus());
        let standing = KeyContext { at_rest: false, more_time: false, accompanied: false };
        keys(&page, standing).into_iter().find(|hint| hint.key == Key::F(3)).map(|hint| hint.does)
    }

    #[test]
    fn the_line_of_keys_says_what_is_hidden_there() {
        for name in Name::ALL {
            let mut form = Form::new(vec![Field::hidden(*name)], vec![]);
            let says = match name {
                Name::Answer => Some(Msg::KeyShowAnswer),
                _ => (name.secret() == Some(SecretKind::Clave)).then_some(Msg::KeyShow),
            };
            assert_eq!(told(&form), says, "{name:?}");
            form.touch(&Touch::Key(Key::F(3)));
            assert_eq!(told(&form), says.map(|_| Msg::KeyConceal), "{name:?} while it is shown");
        }
        assert_eq!(told(&Form::new(vec![Field::line(Name::Code)], vec![])), None, "it is in sight");
    }
}
