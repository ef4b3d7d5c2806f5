//! The signals that a kiosk heeds. Each that ends it still wipes the screen.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Ended;
use crate::terminal::{self, CONTINUE_SIGNAL, TIME_SIGNAL};

pub(super) struct Signals {
    hung_up: Signal,
    interrupted: Signal,
    terminated: Signal,
    time_used_up: Signal,
    resized: Signal,
    continued: Signal,
}

impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system doesn't let them be heard.
    pub fn new() -> io::Result<Self> {
        terminal::ignore_stray_signals()?;
        Ok(Signals {
            hung_up: signal(SignalKind::hangup())?,
            interrupted: signal(SignalKind::interrupt())?,
            terminated: signal(SignalKind::terminate())?,
            time_used_up: signal(SignalKind::from_raw(TIME_SIGNAL))?,
            resized: signal(SignalKind::window_change())?,
            continued: signal(SignalKind::from_raw(CONTINUE_SIGNAL))?,
        })
    }

    /// What came.
    pub async fn heard(&mut self) -> SignalMeaning {
        tokio::select! {
            _ = self.hung_up.recv() => SignalMeaning::End(Ended::HungUp),
            _ = self.interrupted.recv() => SignalMeaning::End(Ended::Interrupted),
            _ = self.terminated.recv() => SignalMeaning::End(Ended::Terminated),
            _ = self.time_used_up.recv() => SignalMeaning::TimeUsedUp,
            _ = self.continued.recv() => SignalMeaning::Continue,
            _ = self.resized.recv() => SignalMeaning::Resize,
        }
    }
}

/// What a signal means.
pub(super) enum SignalMeaning {
    End(Ended),
    /// The processor time that the system allows is used up; a little later it kills.
    TimeUsedUp,
    /// The window has another size.
    Resize,
    /// The program was stopped, and continues.
    Continue,
}
