//! Where the audit log begins, once its oldest rows have reached the end of their life (S15).

use serde::{Deserialize, Serialize};

/// Where the log begins. Its record is due when the beginning should be looked at again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAnchor {
    /// The number of the last row that was removed; 0 if none was.
    pub sequence: u64,
    /// The `mac` of that row, from which the chain goes on.
    pub mac: [u8; 32],
    /// While rows are being removed: up to which time, in milliseconds since 1970.
    pub cutting_until_ms: Option<u64>,
}
