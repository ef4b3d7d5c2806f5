//! Where a chain of the audit log begins, once its oldest rows have reached the end of their life (S15).

use serde::{Deserialize, Serialize};

use super::ChainName;

/// Where a chain begins. Its record is due when the beginning should be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAnchor {
    /// The number of the last row that was removed; 0 if none was.
    pub sequence: u64,
    /// The `mac` of that row, from which the chain goes on.
    pub mac: [u8; 32],
    /// While rows are being removed: up to which time, in milliseconds since 1970.
    pub cutting_until_ms: Option<u64>,
}

impl AuditAnchor {
    /// Of a chain that nothing was cut off from.
    pub fn of(chain: ChainName) -> Self {
        AuditAnchor { sequence: 0, mac: chain.root(), cutting_until_ms: None }
    }
}
