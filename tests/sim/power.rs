//! The power of one terminal's program. Once it is cut, no call that the program makes ever returns:
//! whatever it was about to do is not done, and whoever waits for it is dropped.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use tokio::sync::Notify;

#[derive(Default)]
pub struct Power {
    is_cut: AtomicBool,
    /// It is cut after so many calls, if that is set.
    calls_left: Mutex<Option<u32>>,
    calls: AtomicU32,
    told: Notify,
}

impl Power {
    pub fn cut(&self) {
        if !self.is_cut.swap(true, Ordering::SeqCst) {
            self.told.notify_waiters();
            self.told.notify_one();
        }
    }

    pub fn cut_after(&self, calls: u32) {
        *self.calls_left.lock().expect("nobody panics with it") = Some(calls);
    }

    pub fn is_on(&self) -> bool {
        !self.is_cut.load(Ordering::SeqCst)
    }

    /// Until it is cut.
    pub async fn gone(&self) {
        while self.is_on() {
            self.told.notified().await;
        }
    }

    /// At the beginning of a call: counts it. Never returns without power.
    pub async fn calls(&self) {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let is_last = {
            let mut left = self.calls_left.lock().expect("nobody panics with it");
            *left = left.map(|left| left.saturating_sub(1));
            *left == Some(0)
        };
        if is_last {
            self.cut();
        }
        self.holds().await;
    }

    /// In the middle of a call: never returns without power.
    pub async fn holds(&self) {
        if !self.is_on() {
            std::future::pending::<()>().await;
        }
    }
}
