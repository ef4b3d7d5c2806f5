//! Whoever writes rows of the audit log at one terminal.

use super::{Actor, Entry};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};

/// Writes rows in one actor's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    terminal: Clean,
    actor: Actor,
}

impl Author {
    /// At the terminal of this name.
    pub fn new(terminal: Clean, actor: Actor) -> Self {
        Author { terminal, actor }
    }

    /// What was done, when (milliseconds since 1970), and how it ended.
    pub fn row(&self, at_ms: u64, action: Action, outcome: Outcome) -> Entry {
        Entry::new(at_ms, &self.terminal, self.actor.clone(), action, outcome)
    }
}
