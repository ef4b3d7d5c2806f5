//! How long what is sent works, and how long what is kept stays, in milliseconds (S6 to S8, S15).

/// How long a sent clave works, counted from its sending (S6).
pub const SENT_CLAVE_LIFE_MS: u64 = 24 * 3_600_000;
/// How long an unfinished request is kept, unless the settings say otherwise (S15).
pub const FLOWS_KEPT_MS: u64 = 24 * 3_600_000;
/// How long the registry is asked about a pending application, unless the settings say otherwise.
pub const PENDING_KEPT_MS: u64 = 7 * 24 * 3_600_000;
/// How long a clave to a new address is held back, so that the owner can object (S8).
pub const HOLD_MS: u64 = 24 * 3_600_000;
/// How long a code works, counted from its sending (S8).
pub const CODE_LIFE_MS: u64 = 10 * 60_000;
/// How long it is tried to send a code. Servers that greylist put a first message off for ten minutes
/// or more; the code is made when it is sent, and lasts from then.
pub const CODE_TRIED_MS: u64 = 30 * 60_000;
/// How long a notice's code can undo what the notice tells of (S7).
pub const UNDO_LIFE_MS: u64 = 72 * 3_600_000;
/// How much later than the mail with a code the mail with a registration's result leaves, so that
/// who waits for the code has it first: both go to one address, which gets one message a minute (S11).
pub const RESULT_AFTER_MS: u64 = 1_000;
/// How long a finished errand is kept, to answer what became of it, in milliseconds (S15).
pub const FINISHED_KEPT_MS: u64 = 24 * 3_600_000;
