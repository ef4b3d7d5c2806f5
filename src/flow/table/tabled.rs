//! How a workflow stands in a table, whether it asks the world or not.

use std::fmt::Debug;

use crate::effect::Reply;
use crate::flow::Next;
use crate::flow::machine::Waits;
use crate::flow::table::asking;
use crate::form::Touch;
use crate::page::Page;

pub trait Tabled: Debug + PartialEq + Sized {
    fn press(self, touch: &Touch) -> Next<Self>;
    fn reply(self, reply: Reply) -> Next<Self>;
    fn vouched(self) -> Next<Self>;
    fn page(&self) -> Page;
    /// The step, without what it holds.
    fn step_name(&self) -> String;
}

/// A machine whose workflow asks nothing of the world.
macro_rules! machine {
    ($flow:ty, quiet) => {
        $crate::flow::table::machine!(
            $flow,
            |flow: $flow, _| Next::Stay(flow),
            Next::Stay,
            |flow: &$flow| { $crate::flow::table::first_word(flow) }
        );
    };
    ($flow:ty, asks) => {
        $crate::flow::table::machine!($flow, asks, $crate::flow::table::first_word);
    };
    ($flow:ty, asks, $name:expr) => {
        impl $crate::flow::table::Tabled for $flow {
            fn press(self, touch: &$crate::form::Touch) -> $crate::flow::Next<Self> {
                $crate::flow::machine::Machine::press(self, touch)
            }
            fn reply(self, reply: $crate::effect::Reply) -> $crate::flow::Next<Self> {
                $crate::flow::machine::Machine::reply(self, reply)
            }
            fn vouched(self) -> $crate::flow::Next<Self> {
                $crate::flow::machine::Machine::vouched(self)
            }
            fn page(&self) -> $crate::page::Page {
                $crate::flow::machine::Machine::page(self)
            }
            fn step_name(&self) -> String {
                $crate::flow::table::step_name($crate::flow::machine::Machine::step(self), $name)
            }
        }
    };
    ($flow:ty, $reply:expr, $vouched:expr, $name:expr) => {
        impl $crate::flow::table::Tabled for $flow {
            fn press(self, touch: &$crate::form::Touch) -> $crate::flow::Next<Self> {
                <$flow>::press(self, touch)
            }
            fn reply(self, reply: $crate::effect::Reply) -> $crate::flow::Next<Self> {
                ($reply)(self, reply)
            }
            fn vouched(self) -> $crate::flow::Next<Self> {
                ($vouched)(self)
            }
            fn page(&self) -> $crate::page::Page {
                <$flow>::page(self)
            }
            fn step_name(&self) -> String {
                ($name)(self)
            }
        }
    };
}
pub(crate) use machine;

/// The step of a workflow that asks the world: what it waits for, or the name that it has otherwise.
pub fn step_name<S: Waits>(step: &S, name: impl Fn(&S) -> String) -> String {
    step.asked().map_or_else(|| name(step), asking)
}

/// The page of a state, which must not say two opposite things.
pub fn page_of<M: Tabled>(machine: &M) -> Page {
    let page = machine.page();
    assert_eq!(page.contradictions(), [], "{} of {:?}", machine.step_name(), page.place);
    page
}
