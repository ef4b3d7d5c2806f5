//! What the programs write into their logs while an office is played: every line goes past the law that
//! no secret stands there.

use std::cell::RefCell;
use std::fmt::Debug;
use std::sync::{Arc, Weak};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::laws::{Law, secrets};
use super::world::World;

thread_local! {
    /// The world that is played on this thread, and what guards its log.
    static LISTENS: RefCell<Option<tracing::subscriber::DefaultGuard>> = const { RefCell::new(None) };
}

/// From now on.
pub fn listens(world: &Arc<World>) {
    let guard = tracing::subscriber::set_default(Listener(Arc::downgrade(world)));
    LISTENS.with(|listens| *listens.borrow_mut() = Some(guard));
}

pub fn stops_listening() {
    LISTENS.with(|listens| listens.borrow_mut().take());
}

struct Listener(Weak<World>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let Some(world) = self.0.upgrade() else { return };
        let mut line = Line(String::new());
        event.record(&mut line);
        let held = secrets::not_logged(&world, &line.0);
        world.notes(|| format!("log:{}", line.0));
        world.holds(Law::NotLogged, held);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
