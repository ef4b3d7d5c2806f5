//! Where the audit log begins, once its oldest rows came to the end of their life (S15).

use serde::{Deserialize, Serialize};

/// Where the log begins. Brought up when it is time to look at its front again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAnchor {
    /// The number of the last row that went; 0 while none did.
    pub sequence: u64,
    pub mac: [u8; 32],
    /// While rows are going: up to when, in milliseconds since 1970.
    pub cutting_until_ms: Option<u64>,
}
