//! Which messages the staff look after.

use super::ErrandState;

/// Why a message is looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageQueue {
    /// It failed, or came too late, and may be tried again.
    Failed,
    /// It waits, or is being sent.
    Waiting,
}

impl ErrandState {
    /// The queue that such a message is in; none when nothing is left to do about it.
    pub fn queue(self) -> Option<MessageQueue> {
        match self {
            ErrandState::Failed | ErrandState::Expired => Some(MessageQueue::Failed),
            ErrandState::Waiting | ErrandState::Leased { .. } => Some(MessageQueue::Waiting),
            ErrandState::Sent | ErrandState::Dropped | ErrandState::Cancelled | ErrandState::Withdrawn => {
                None
            }
        }
    }
}
