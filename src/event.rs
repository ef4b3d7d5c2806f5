//! Everything that can happen to a kiosk: a closed set, so that `match` finds what is missing.

use crate::domain::secret::Secret;
use crate::effect::{Reply, Ticket};

/// A key as the kiosk understands it. Whatever else a keyboard sends is not an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Char(char),
    Enter,
    Tab,
    BackTab,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Backspace,
    Delete,
    Esc,
    F(u8),
}

/// What can be pointed at with a finger or a mouse, and what the focus can rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// The n-th field of the page.
    Field(u8),
    /// The n-th option of the field.
    Choice { field: u8, option: u8 },
    /// The n-th button of the page.
    Button(u8),
    /// The n-th entry of the page's menu.
    Item(u8),
    /// *Cambiar* beside the n-th fact.
    Fact(u8),
    /// What a page opens with and is to be read first: the summary of errors, what it waits for,
    /// the hint above a review.
    Opening,
    /// A key hint, which does what the key does.
    Key(Key),
}

/// A terminal's size in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Key(Key),
    /// Text that arrived in one piece: a paste, or a scanner's line. It may be an answer or a code.
    Paste(Secret),
    Click(Target),
    /// Somebody is here who did something that leads nowhere, as turning beyond the last page.
    Stirred,
    /// The answer to the effect that was handed out under this ticket.
    Reply(Ticket, Reply),
    Resize(Size),
    /// The deadline has come.
    Wake,
}
