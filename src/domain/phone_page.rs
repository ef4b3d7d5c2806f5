//! A one-use page for the person's phone, as the screens know it: where it is, and that it is there
//! for as long as somebody holds it.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::domain::clean::Clean;

/// Which page it is: of this terminal, and since it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhonePageId(pub(crate) u64);

/// A page that was opened for the person before the screen. It dies with the last of its holders:
/// whoever leaves the step that shows it, in whatever way, need not think of closing it.
#[derive(Clone)]
pub struct PhonePage {
    pub(crate) id: PhonePageId,
    pub(crate) address: Clean,
    pub(crate) scanned: String,
    /// What closes the page when it is dropped; nobody looks into it.
    pub(crate) lifeline: Arc<dyn Any + Send + Sync>,
}

impl PhonePage {
    pub fn id(&self) -> PhonePageId {
        self.id
    }

    /// To be read and typed.
    pub fn address(&self) -> &Clean {
        &self.address
    }

    /// The same in capitals and without its dashes, which makes a smaller QR.
    pub fn scanned(&self) -> &str {
        &self.scanned
    }

    /// For tests of screens, behind which there is no server.
    #[cfg(test)]
    pub fn for_test(lifeline: Arc<dyn Any + Send + Sync>) -> Self {
        PhonePage {
            id: PhonePageId(1),
            address: Clean::from("http://10.0.0.5:8080/7k3m-9qx2"),
            scanned: "HTTP://10.0.0.5:8080/7K3M9QX2".to_string(),
            lifeline,
        }
    }
}

impl PartialEq for PhonePage {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Without the address: who has it can send a file.
impl fmt::Debug for PhonePage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holders = Arc::strong_count(&self.lifeline);
        write!(out, "PhonePage({}, {holders} holders)", self.id.0)
    }
}
