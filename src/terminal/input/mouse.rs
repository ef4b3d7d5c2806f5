//! A press of the left button, in the two ways in which terminals report it that were asked for
//! clicks: by numbers, or by three bytes where that is all that they know.

use super::numbers::number_of;
use super::{KeyHeard, Meaning};

/// What Shift, Alt and Ctrl add to a button's number.
const MODIFIERS: u32 = 4 | 8 | 16;
/// What three bytes have added to each number, so that none is a control character.
const OFFSET: u8 = 32;

/// `Esc [ M` and what follows so far: button, column and row.
pub fn bytes(payload: &[u8]) -> Meaning {
    match payload {
        [.., (..OFFSET)] => Meaning::Broken,
        [button, column, row] => {
            let [button, column, row] = [button, column, row].map(|byte| u32::from(byte - OFFSET));
            Meaning::Whole(click(button, column, row))
        }
        _ => Meaning::Open,
    }
}

/// `Esc [ <`, three numbers, and `M` for pressed or `m` for let go.
pub fn report(numbers: &[u8], end: u8) -> Meaning {
    let numbers = std::str::from_utf8(numbers).unwrap_or_default();
    let mut numbers = numbers.split(';').map(number_of);
    let read = (numbers.next().flatten(), numbers.next().flatten(), numbers.next().flatten(), numbers.next());
    Meaning::Whole(match read {
        (Some(button), Some(column), Some(row), None) if end == b'M' => click(button, column, row),
        _ => None,
    })
}

/// Terminals count cells from 1.
fn click(button: u32, column: u32, row: u32) -> Option<KeyHeard> {
    let cell = |number: u32| u16::try_from(number.checked_sub(1)?).ok();
    let is_left = button & !MODIFIERS == 0;
    is_left.then_some(KeyHeard::Click { column: cell(column)?, row: cell(row)? })
}
