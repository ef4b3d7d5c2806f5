//! The page that stands while the store is being opened: it takes nothing, and goes by itself.

use std::time::Instant;

use totem::event::Key;
use totem::text::Msg;

use crate::booth::Booth;

#[test]
fn nothing_is_taken_before_there_is_a_store() {
    let mut booth = Booth::new();
    booth.kiosk.prepare(Instant::now());
    booth.look().pictured("preparing");
    for key in
        [Key::Enter, Key::Char('1'), Key::F(1), Key::F(2), Key::F(4), Key::F(7), Key::F(10), Key::F(12)]
    {
        booth.presses([key]).is_at(&Msg::PreparingHeading);
    }
    assert!(booth.asked.is_empty() && booth.page().keys.is_empty());
    booth.kiosk.open(Instant::now());
    booth.is_at(&Msg::AttractHeading).types("⏎").is_at(&Msg::MenuHeading);
}
