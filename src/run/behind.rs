//! What is behind the screen, while it is being opened and from then on.

use std::io;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::RunError;
use crate::service::{self, Service, ServiceError};

/// Who waits longer than this is told that the kiosk is being prepared.
const TOLD_AFTER: Duration = Duration::from_secs(1);
/// What was typed before that came from somebody who is still here.
const HELD_AT_MOST: Duration = Duration::from_secs(5);

/// How long the end of the program waits for an opening. What is given up then is like a store whose
/// kiosk was killed.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(3);

/// What is behind the screen: being opened, open, or gone.
pub(super) enum Behind {
    Opening(StoreOpening),
    Open(Service),
    Nothing,
}

/// A store that is being opened. Until it is open nothing that is typed is taken: if it can't be opened,
/// that would be lost.
pub(super) struct StoreOpening {
    outcome: oneshot::Receiver<Result<Service, ServiceError>>,
    begun: Instant,
    is_told: bool,
}

/// What becomes of an opening.
pub(super) enum OpeningStep {
    /// It takes its time.
    TakesLong,
    /// It ended.
    Ended {
        /// In what; `None` after a panic.
        outcome: Option<Result<Service, ServiceError>>,
        /// Whether nobody can tell any more who typed what was typed meanwhile.
        was_long: bool,
    },
}

impl Behind {
    /// Opens in a thread of its own, since a register of many companies takes a while to read and
    /// signals must be heard meanwhile.
    ///
    /// # Errors
    /// When the system lets no thread be started.
    pub fn open(
        open: impl Future<Output = Result<Service, ServiceError>> + Send + 'static,
    ) -> Result<Self, RunError> {
        let here = tokio::runtime::Handle::current();
        let (ended, outcome) = oneshot::channel();
        let opening = move || {
            let opened = service::check_threads().and_then(|()| here.block_on(open));
            // The screen may be gone meanwhile, and what was opened is closed.
            let _ = ended.send(opened);
        };
        std::thread::Builder::new().name("opening".to_string()).spawn(opening).map_err(no_thread)?;
        Ok(Behind::Opening(StoreOpening { outcome, begun: Instant::now(), is_told: false }))
    }

    /// Whether what somebody types can be done.
    pub fn takes_keys(&self) -> bool {
        matches!(self, Behind::Open(_))
    }

    /// Completes when something becomes of the opening; never once it has ended.
    pub async fn step(&mut self) -> OpeningStep {
        match self {
            Behind::Opening(opening) => opening.step().await,
            Behind::Open(_) | Behind::Nothing => std::future::pending().await,
        }
    }

    /// Lets what is open end in order.
    pub async fn close(self) {
        let service = match self {
            Behind::Opening(opening) => match tokio::time::timeout(GIVEN_UP_AFTER, opening.outcome).await {
                Ok(Ok(outcome)) => outcome.ok(),
                Ok(Err(_)) | Err(_) => None,
            },
            Behind::Open(service) => Some(service),
            Behind::Nothing => None,
        };
        if let Some(service) = service {
            service.stop().await;
        }
    }
}

impl StoreOpening {
    async fn step(&mut self) -> OpeningStep {
        let told_at = self.begun + TOLD_AFTER;
        tokio::select! {
            biased;
            outcome = &mut self.outcome => OpeningStep::Ended {
                outcome: outcome.ok(),
                was_long: self.begun.elapsed() > HELD_AT_MOST,
            },
            () = tokio::time::sleep_until(told_at.into()), if !self.is_told => {
                self.is_told = true;
                OpeningStep::TakesLong
            }
        }
    }
}

/// The system's own word, that a resource is temporarily unavailable, tells nobody what to do.
fn no_thread(error: io::Error) -> RunError {
    match error.kind() {
        io::ErrorKind::WouldBlock => RunError::Service(ServiceError::Threads),
        _ => RunError::Terminal(error),
    }
}
