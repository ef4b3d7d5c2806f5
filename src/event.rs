//! Everything that can happen to a kiosk: a closed set, so that `match` finds what is missing.

use crate::effect::{Reply, Ticket};

/// A key as the kiosk understands it. Anything else that a keyboard sends is not an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, with Shift and the keyboard's layout applied.
    Char(char),
    /// Goes on, or presses what has the focus.
    Enter,
    /// To the next field.
    Tab,
    /// Shift+Tab: to the field before.
    BackTab,
    /// To the entry, option or field before.
    Up,
    /// To the next entry, option or field.
    Down,
    /// The caret a character back, or to the option before.
    Left,
    /// The caret a character on, or to the next option.
    Right,
    /// To the beginning of the line.
    Home,
    /// To the end of the line.
    End,
    /// A screenful back.
    PageUp,
    /// A screenful on.
    PageDown,
    /// Erases the character before the caret.
    Backspace,
    /// Erases the character at the caret.
    Delete,
    /// Empties the field: Ctrl-U, or F11.
    EraseLine,
    /// To the step before.
    Esc,
    /// A function key, from 1.
    F(u8),
}

/// What a finger or a mouse can point at, and what can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A field of the page; the first is 0.
    Field(u8),
    /// An option of a field.
    Choice {
        /// The field; the first is 0.
        field: u8,
        /// The option; the first is 0.
        option: u8,
    },
    /// A button of the page; the first is 0.
    Button(u8),
    /// An entry of the page's menu; the first is 0.
    Item(u8),
    /// *Cambiar* beside a fact; the first is 0.
    Fact(u8),
    /// What should be read first on a page: the summary of errors, what it waits for, the hint
    /// above a review.
    Opening,
    /// A key hint, which does what its key does.
    Key(Key),
}

/// A terminal's size in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub columns: u16,
    /// From top to bottom.
    pub rows: u16,
}

/// Something that happened, in the order in which it did.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Somebody pressed a key.
    Key(Key),
    /// Somebody pressed a place on the screen.
    Click(Target),
    /// Somebody is here who did something without effect, such as turning beyond the last page.
    Stirred,
    /// Somebody pressed a key that acts on what has the focus, and that is further down the page than they
    /// have read: they read on.
    ReadOn(Key),
    /// The answer to the effect that was given out under this ticket.
    Reply(Ticket, Reply),
    /// The terminal has another size.
    Resize(Size),
    /// The deadline that the kiosk gave out has come.
    Wake,
    /// Whether the disk of the data is full, and lives on what was put by. Staff are told.
    DiskFull(bool),
    /// Nothing can be done here any more, until the program is started again.
    OutOfService(Outage),
}

/// Why nothing can be done here any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// The folder of the data is not where it was.
    DataGone,
    /// The disk did not keep what was saved.
    NotKept,
    /// The files of the data don't hold what was saved.
    DataDamaged,
}
