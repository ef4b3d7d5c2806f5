//! What a key does to a field that is chosen and not typed, and where a key leads that is no field's own.

use super::filter::{Filter, Listed};
use crate::event::Key;

/// What a key did to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The focus stays; the key was the field's own, or nobody's.
    Stayed,
    /// A box was ticked, or no longer is.
    Toggled,
    /// To the stop before.
    Back,
    /// To the next stop.
    On,
    /// On, by Enter or by a choice: on the last field it presses the button.
    Done,
}

/// Where a key leads that is none of the field's own.
pub fn moved(key: Key) -> Moved {
    match key {
        Key::Enter => Moved::Done,
        Key::Tab | Key::Down => Moved::On,
        Key::BackTab | Key::Up => Moved::Back,
        _ => Moved::Stayed,
    }
}

/// A key on one of a few.
pub fn press_choice(options: usize, chosen: &mut Option<usize>, at: &mut Option<usize>, key: Key) -> Moved {
    let under_cursor = at.unwrap_or(0);
    match key {
        Key::Char(digit @ '1'..='9') if (digit as usize - '1' as usize) < options => {
            *at = Some(digit as usize - '1' as usize);
            *chosen = *at;
            Moved::Done
        }
        Key::EraseLine => {
            (*chosen, *at) = (None, None);
            Moved::Stayed
        }
        Key::Char(' ') => {
            *at = Some(under_cursor);
            *chosen = *at;
            Moved::Stayed
        }
        Key::Enter => {
            *chosen = at.or(*chosen);
            Moved::Done
        }
        Key::Down if under_cursor + 1 < options => {
            *at = Some(under_cursor + 1);
            Moved::Stayed
        }
        Key::Up if under_cursor > 0 => {
            *at = Some(under_cursor - 1);
            Moved::Stayed
        }
        _ => moved(key),
    }
}

/// A key on a list that is typed to be found in.
pub fn press_filter<T: Listed>(filter: &mut Filter<T>, key: Key) -> Moved {
    if filter.press(key) { Moved::Stayed } else { moved(key) }
}
