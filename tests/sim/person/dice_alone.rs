//! Somebody who presses anything: keys, buttons and fields at random, sense only now and then.

use totem::event::{Event, Key, Target};
use totem::page::Page;

use super::{Act, Memory, Visitor};
use crate::sim::world::World;

impl Visitor {
    pub(super) fn presses_anything(&mut self, page: &Page, memory: &mut Memory, world: &World) -> Act {
        // Without any sense nobody would come far.
        if self.dice.percent(60) {
            self.decides(page, memory, world);
            return self.acts.pop_front().unwrap_or(Act::Pauses(100));
        }
        let key = match self.dice.below(24) {
            0 => Key::Esc,
            1 => Key::Tab,
            2 => Key::BackTab,
            3 => Key::Up,
            4 => Key::Down,
            5 => Key::F(self.dice.between(1, 12) as u8),
            6 => Key::Backspace,
            7 => Key::PageDown,
            8 => Key::Left,
            9..=12 => Key::Enter,
            13..=16 => Key::Char(char::from(b'1' + self.dice.below(9) as u8)),
            17 => return Act::Does(Event::Click(Target::Button(self.dice.below(4) as u8))),
            18 => return Act::Does(Event::Click(Target::Item(self.dice.below(6) as u8))),
            19 => return Act::Does(Event::Click(Target::Field(self.dice.below(5) as u8))),
            20 => return Act::Pauses(self.dice.between(1_000, 200_000)),
            _ => Key::Char(self.dice.one_of(&['a', 'ñ', '@', '+', ' ', '-', 'K', '0'])),
        };
        Act::Does(Event::Key(key))
    }
}
