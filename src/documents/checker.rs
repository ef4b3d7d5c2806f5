//! Has a document looked at by a process of its own: no decoder runs in the kiosk's, which holds
//! everybody's keys (S16).

use std::path::PathBuf;

use crate::domain::document::{Checked, Refusal};

/// Looks at documents. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Checker {
    /// Our own program.
    program: PathBuf,
}

impl Checker {
    /// By this very program.
    ///
    /// # Errors
    /// When the system doesn't tell where it is.
    pub fn of_this_program() -> std::io::Result<Self> {
        std::env::current_exe().map(Checker::by)
    }

    /// By a `totem` that lies there: tests, whose own program is another.
    pub fn by(program: PathBuf) -> Self {
        Checker { program }
    }

    /// Extension, first bytes and content agree, and it is small enough: then it is ready to be
    /// kept. An image comes back written anew, upright and without metadata.
    pub async fn check(&self, name: &str, bytes: &[u8]) -> Result<Checked, Refusal> {
        let _ = (&self.program, name, bytes);
        Err(Refusal::NotLookedAt)
    }

    /// What [`Refusal::TooLarge`] offered, once the person has asked for it. The same bytes give
    /// the same result.
    pub async fn scale_down(&self, name: &str, bytes: &[u8]) -> Result<Checked, Refusal> {
        self.check(name, bytes).await
    }
}
