//! A one-use page for the person's phone, as the screens know it: its address, and a hold that
//! keeps it open.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::domain::clean::Clean;

/// Counts the pages of this terminal since it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhonePageId(u64);

impl PhonePageId {
    /// The n-th page that this terminal opened.
    pub(crate) fn counted(number: u64) -> Self {
        PhonePageId(number)
    }
}

/// A page that was opened for the person at the screen. It closes when its last holder is dropped,
/// so no step that shows it has to close it.
#[derive(Clone)]
pub struct PhonePage {
    id: PhonePageId,
    address: Clean,
    scanned: String,
    /// Dropping it closes the page; nobody looks inside.
    lifeline: Arc<dyn Any + Send + Sync>,
}

impl PhonePage {
    /// The server answers at this address until `lifeline` is dropped.
    pub(crate) fn opened(
        id: PhonePageId,
        address: Clean,
        scanned: String,
        lifeline: Arc<dyn Any + Send + Sync>,
    ) -> Self {
        PhonePage { id, address, scanned, lifeline }
    }

    /// Which page to await.
    pub fn id(&self) -> PhonePageId {
        self.id
    }

    /// To be read and typed: it has dashes.
    pub fn address(&self) -> &Clean {
        &self.address
    }

    /// The same in capitals but for its scheme, and without its dashes, which makes a smaller QR.
    pub fn scanned(&self) -> &str {
        &self.scanned
    }

    /// Whether the page isn't encrypted on its way, of which browsers may warn.
    pub fn is_plain(&self) -> bool {
        self.address.as_str().starts_with("http://")
    }

    /// For tests of screens, which have no server.
    #[cfg(test)]
    pub fn for_test(lifeline: Arc<dyn Any + Send + Sync>) -> Self {
        PhonePage {
            id: PhonePageId(1),
            address: Clean::from("http://10.0.0.5:8080/7k3m-9qx2"),
            scanned: "http://10.0.0.5:8080/7K3M9QX2".to_string(),
            lifeline,
        }
    }
}

impl PartialEq for PhonePage {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Leaves out the address: with it anybody can send a file.
impl fmt::Debug for PhonePage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holders = Arc::strong_count(&self.lifeline);
        write!(out, "PhonePage({}, {holders} holders)", self.id.0)
    }
}
