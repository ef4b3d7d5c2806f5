//! What an event costs.

use std::time::{Duration, Instant};

use super::screen::COMPOSED;
use super::{Appearance, Kiosk};
use crate::event::{Event, Key, Size, Target};
use crate::flow::Setup;

/// Counted on this thread alone, so that other tests change nothing.
fn composed(work: impl FnOnce()) -> usize {
    let before = COMPOSED.get();
    work();
    COMPOSED.get() - before
}

#[test]
fn a_page_is_composed_once_an_event() {
    let mut now = Instant::now();
    let mut kiosk = Kiosk::new(Setup::default(), Appearance::default(), now);
    let keys = [
        // To the menu, into a workflow, a RUT and one mistake in it; what is open to be looked at.
        Key::Enter,
        Key::Char('1'),
        Key::Char('7'),
        Key::Backspace,
        Key::Enter,
        Key::F(1),
        Key::Down,
        Key::F(1),
        Key::F(2),
        Key::Esc,
        Key::F(4),
        Key::F(7),
        Key::F(8),
        Key::PageUp,
        Key::Esc,
        Key::F(10),
    ];
    let mut events: Vec<Event> = keys.map(Event::Key).to_vec();
    events.extend([
        Event::Click(Target::Item(0)),
        Event::Resize(Size { columns: 100, rows: 30 }),
        Event::Stirred,
        Event::ReadOn(Key::Enter),
        Event::Wake,
    ]);
    for event in events {
        now += Duration::from_secs(1);
        let said = format!("{event:?}");
        let count = composed(|| {
            kiosk.update(event, now);
            kiosk.page();
            kiosk.page();
        });
        assert_eq!(count, 1, "{said}");
    }
}

#[test]
fn only_a_page_that_changed_is_a_new_edition() {
    let now = Instant::now();
    let mut kiosk = Kiosk::new(Setup::default(), Appearance::default(), now);
    let mut editions = |key| {
        let before = kiosk.edition();
        kiosk.update(Event::Key(key), now);
        kiosk.edition() - before
    };
    let keys = [Key::F(11), Key::Down, Key::F(11), Key::F(4), Key::F(7), Key::F(6), Key::Char('x')];
    assert_eq!(keys.map(&mut editions), [0, 1, 0, 1, 1, 1, 0]);
}
