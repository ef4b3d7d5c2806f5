//! How one moves over a review, in every workflow alike: its opening, its lines with *Cambiar*, and
//! the buttons at its end. It is read from the opening, where Enter leads on to the first button.

use super::shown::Shown;
use crate::event::{Key, Target};
use crate::form::Touch;
use crate::form::names::ButtonName;
use crate::page::{Block, Button, Fact};
use crate::text::Msg;

/// What a review shows: how it is read, its lines, and its buttons.
pub fn shows(
    heading: Msg,
    hint: Msg,
    facts: Vec<Fact>,
    buttons: &[(Target, ButtonName)],
    at: Target,
) -> Shown<'static> {
    let buttons = buttons.iter().map(|(target, name)| Button { target: *target, label: name.label() });
    let blocks =
        vec![Block::Opening(hint), Block::Facts(facts), Block::Gap, Block::Buttons(buttons.collect())];
    Shown::within(heading, blocks, at)
}

/// What a touch on a review came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// *Volver*, or Esc.
    Back,
    /// *Cambiar* on this line.
    Line(u8),
    /// This button.
    Button(Target),
    /// The focus is there now.
    At(Target),
}

/// What a touch comes to while the focus is `at` one of them. `lines`: those that can be changed,
/// in order. `buttons`: at least one.
pub fn touched(
    lines: impl IntoIterator<Item = u8>,
    buttons: &[Target],
    at: Target,
    touch: &Touch,
) -> Reviewed {
    let lines = lines.into_iter().map(Target::Fact);
    let stops: Vec<Target> =
        std::iter::once(Target::Opening).chain(lines).chain(buttons.iter().copied()).collect();
    let place = stops.iter().position(|stop| *stop == at).unwrap_or(0);
    match touch {
        Touch::Key(Key::Esc) => Reviewed::Back,
        Touch::Key(Key::Enter) => pressed(at, buttons),
        Touch::Key(Key::Char(' ')) if !matches!(at, Target::Fact(_)) => pressed(at, buttons),
        Touch::Key(Key::Up | Key::BackTab) => Reviewed::At(stops[place.saturating_sub(1)]),
        Touch::Key(Key::Down | Key::Tab) => Reviewed::At(stops[(place + 1).min(stops.len() - 1)]),
        Touch::At(target) if stops.contains(target) => pressed(*target, buttons),
        _ => Reviewed::At(at),
    }
}

fn pressed(target: Target, buttons: &[Target]) -> Reviewed {
    match target {
        Target::Fact(line) => Reviewed::Line(line),
        Target::Opening => Reviewed::At(buttons.first().copied().unwrap_or(target)),
        button => Reviewed::Button(button),
    }
}
