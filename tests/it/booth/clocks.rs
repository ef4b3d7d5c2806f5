//! The two clocks of a booth: the test moves the boot time by waiting, and sets the wall clock wrong.

use std::sync::atomic::Ordering;

use totem::caretaker::Round;
use totem::domain::office_time::OfficeTime;
use totem::store::StoreError;

use super::Booth;

impl Booth {
    /// Somebody, or the network, sets the wall clock: it is wrong by so many seconds from now on.
    pub fn wall_is_wrong_by(&mut self, seconds: i64) -> &mut Self {
        self.wrong_ms.store(seconds * 1000, Ordering::SeqCst);
        self
    }

    /// What the wall clock says.
    pub fn wall_ms(&self) -> u64 {
        self.now_ms().saturating_add_signed(self.wrong_ms.load(Ordering::SeqCst))
    }

    /// The office's time while nobody touches the wall clock.
    pub fn time(&self) -> OfficeTime {
        OfficeTime::agreed(self.now_ms())
    }

    /// One look at what is due, by both clocks.
    pub(super) async fn caretaker_looks(&self) -> Result<Round, StoreError> {
        let time = self.records.time(self.wall_ms()).await?;
        self.caretaker.step_at(time).await
    }
}
