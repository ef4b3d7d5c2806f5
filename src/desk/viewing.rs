//! Documents laid out for staff to look at, and their end: when whoever asked for them signs out,
//! after some minutes, when the kiosk stops, and what a hard end left at the next start.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::PoisonError;
use std::time::Duration;

use super::Desk;
use crate::audit::Actor;
use crate::documents::{Sheet, Viewing, ViewingError};
use crate::domain::deed::{Action, Outcome};
use crate::domain::folio::Folio;
use crate::domain::reference::Id;
use crate::office::means::CommitBy;

/// The wait after a folder could not be removed.
const TRY_AGAIN_MS: u64 = 60_000;

/// One request's documents, as they lie there.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    folio: Folio,
    session: Id,
    due_ms: u64,
}

impl Desk {
    pub(super) fn viewing(&self) -> Option<&Viewing> {
        self.papers.as_ref()?.viewing.as_ref()
    }

    /// Lays sheets out for this session: where they lie; nowhere, when the session was over before
    /// they were all written.
    pub(super) async fn lay_out(
        &self,
        viewing: &Viewing,
        folio: Folio,
        session: Id,
        sheets: Vec<Sheet>,
    ) -> Result<Option<PathBuf>, ViewingError> {
        let lasts_ms = u64::try_from(viewing.lasts.as_millis()).unwrap_or(u64::MAX);
        let due_ms = (self.means.clock)().saturating_add(lasts_ms);
        // Before the first file is written, so that nothing lies there that nobody will remove.
        self.with_views(|views| {
            views.retain(|view| view.folio != folio);
            views.push(View { folio, session, due_ms });
        });
        self.view_laid.notify_one();
        let folder = viewing.lay_out(folio, sheets).await?;
        if self.is_signed_in(session) {
            return Ok(Some(folder));
        }
        // It may have been ended before there was anything to remove.
        self.with_views(|views| views.retain(|view| view.folio != folio));
        self.end_view(View { folio, session, due_ms }).await;
        Ok(None)
    }

    /// Removes what was laid out for a session that is over.
    pub(super) async fn end_views_of(&self, session: Id) {
        self.end_views(|view| view.session == session).await;
    }

    /// Removes all that is laid out, for there is nobody at the terminal any more.
    pub(super) async fn end_all_views(&self) {
        self.end_views(|_| true).await;
    }

    /// Removes what has lain there long enough; when the next ends, if any is left.
    pub async fn end_old_views(&self) -> Option<u64> {
        let now_ms = (self.means.clock)();
        self.end_views(|view| view.due_ms <= now_ms).await;
        self.with_views(|views| views.iter().map(|view| view.due_ms).min())
    }

    /// Removes what has lain there long enough, until `stop` resolves; then all of it.
    pub async fn end_views_until(&self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        loop {
            let next_ms = self.end_old_views().await;
            let pause = next_ms.map_or(Duration::MAX, |next_ms| {
                Duration::from_millis(next_ms.saturating_sub((self.means.clock)()))
            });
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = self.view_laid.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        // Whoever is still being laid something out for finds that nobody is there.
        *self.signed_in.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.end_all_views().await;
    }

    /// At the start, when nobody looks at anything: what was left there before.
    pub async fn end_left_views(&self) {
        let Some(viewing) = self.viewing() else { return };
        match viewing.clean().await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "documents laid out for viewing removed"),
            Err(error) => {
                tracing::error!(reason = %error, "documents laid out for viewing could not be removed");
            }
        }
    }

    async fn end_views(&self, is_over: impl Fn(&View) -> bool) {
        let over: Vec<View> = self.with_views(|views| views.extract_if(.., |view| is_over(view)).collect());
        for view in over {
            self.end_view(view).await;
        }
    }

    async fn end_view(&self, view: View) {
        let Some(viewing) = self.viewing() else { return };
        if let Err(error) = viewing.remove(view.folio).await {
            tracing::error!(reason = %error, "documents laid out for viewing could not be removed");
            let due_ms = (self.means.clock)().saturating_add(TRY_AGAIN_MS);
            self.with_views(|views| views.push(View { due_ms, ..view }));
            self.view_laid.notify_one();
            return;
        }
        // That they were removed is told; what removes them waits for no store.
        if let Ok(now_ms) = self.means.now_ms().await {
            let entry = self.means.entry_by(Actor::Kiosk, now_ms, Action::EndViewing, Outcome::Done);
            if let Err(error) =
                self.means.records.draft(now_ms).audit(&entry.under(view.folio)).commit_by(&self.means).await
            {
                tracing::error!(reason = %error, "the end of a viewing could not be put on record");
            }
        }
    }

    fn with_views<T>(&self, work: impl FnOnce(&mut Vec<View>) -> T) -> T {
        work(&mut self.views.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
