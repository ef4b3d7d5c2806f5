//! Documents laid out for staff to look at, and their end: when whoever asked for them signs out,
//! after some minutes, when the kiosk stops, and what a hard end left at the next start.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::signed_in::SignedIn;
use crate::audit::Actor;
use crate::documents::{Sheet, Viewing, ViewingError};
use crate::domain::deed::{Action, Outcome};
use crate::domain::folio::Folio;
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::Id;
use crate::office::means::Means;

/// The wait after a folder could not be removed.
const TRY_AGAIN_MS: u64 = 60_000;

/// One request's documents, as they lie there.
#[derive(Clone, Copy, Debug)]
struct View {
    folio: Folio,
    session: Id,
    due_ms: u64,
}

/// What lies laid out at this terminal.
#[derive(Default)]
pub(super) struct Views {
    /// Where; without, nothing is laid out.
    viewing: Option<Viewing>,
    laid: Mutex<Vec<View>>,
    /// Whose documents each session has had laid out, whether they lie there still or not.
    opened: Mutex<Vec<(Id, Folio)>>,
    /// Rung when something is laid out.
    rung: Notify,
}

/// How long sheets lie there, in milliseconds.
fn lasts_ms(viewing: &Viewing) -> u64 {
    u64::try_from(viewing.lasts.as_millis()).unwrap_or(u64::MAX)
}

impl Views {
    /// Nothing lies there yet.
    pub fn new(viewing: Option<Viewing>) -> Self {
        Views { viewing, ..Views::default() }
    }

    /// Where documents are laid out, if anywhere.
    pub fn place(&self) -> Option<&Viewing> {
        self.viewing.as_ref()
    }

    /// Lays sheets out for this session, and says where they lie. They lie nowhere when the session
    /// was over before all of them were written.
    pub async fn lay_out(
        &self,
        means: &Means,
        signed_in: &SignedIn,
        session: Id,
        (folio, sheets): (Folio, Vec<Sheet>),
    ) -> Result<Option<PathBuf>, ViewingError> {
        let Some(viewing) = &self.viewing else { return Ok(None) };
        let due_ms = (means.clock)().saturating_add(lasts_ms(viewing));
        // Before the first file is written, so that nothing lies there that nobody will remove.
        self.with(|laid| {
            laid.retain(|view| view.folio != folio);
            laid.push(View { folio, session, due_ms });
        });
        self.rung.notify_one();
        let folder = viewing.lay_out(folio, sheets).await?;
        if signed_in.is_open(session) {
            self.with_opened(|opened| opened.push((session, folio)));
            return Ok(Some(folder));
        }
        // It may have been ended before there was anything to remove.
        self.with(|laid| laid.retain(|view| view.folio != folio));
        self.end(means, View { folio, session, due_ms }).await;
        Ok(None)
    }

    /// Of which requests this session has had the documents laid out.
    pub fn opened_in(&self, session: Id) -> Vec<Folio> {
        self.with_opened(|opened| {
            opened.iter().filter(|(of, _)| *of == session).map(|(_, folio)| *folio).collect()
        })
    }

    /// Removes what was laid out for a session that is over.
    pub async fn end_of(&self, means: &Means, session: Id) {
        self.with_opened(|opened| opened.retain(|(of, _)| *of != session));
        self.end_those(means, |view| view.session == session).await;
    }

    /// Removes all that is laid out, for there is nobody at the terminal any more.
    pub async fn end_all(&self, means: &Means) {
        self.with_opened(Vec::clear);
        self.end_those(means, |_| true).await;
    }

    /// Removes what has lain there long enough, and says when the next ends, if any is left.
    pub async fn end_old(&self, means: &Means) -> Option<u64> {
        let now = OfficeTime::agreed((means.clock)()).rights();
        let lasts_ms = self.viewing.as_ref().map_or(0, lasts_ms);
        self.end_those(means, |view| now.is_over(view.due_ms, lasts_ms)).await;
        self.with(|laid| laid.iter().map(|view| view.due_ms).min())
    }

    /// Removes what has lain there long enough, until `stop` resolves; then all of it.
    pub async fn end_until(&self, means: &Means, signed_in: &SignedIn, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        loop {
            let next_ms = self.end_old(means).await;
            let pause = next_ms.map_or(Duration::MAX, |next_ms| {
                Duration::from_millis(next_ms.saturating_sub((means.clock)()))
            });
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = self.rung.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        // Whoever is still being laid something out for finds that nobody is there.
        signed_in.close_any();
        self.end_all(means).await;
    }

    /// At the start, when nobody looks at anything: removes what was left there before.
    pub async fn end_left(&self) {
        let Some(viewing) = &self.viewing else { return };
        match viewing.clean().await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "documents laid out for viewing removed"),
            Err(error) => {
                tracing::error!(reason = %error, "documents laid out for viewing could not be removed");
            }
        }
    }

    async fn end_those(&self, means: &Means, is_over: impl Fn(&View) -> bool) {
        let over: Vec<View> = self.with(|laid| laid.extract_if(.., |view| is_over(view)).collect());
        for view in over {
            self.end(means, view).await;
        }
    }

    async fn end(&self, means: &Means, view: View) {
        let Some(viewing) = &self.viewing else { return };
        if let Err(error) = viewing.remove(view.folio).await {
            tracing::error!(reason = %error, "documents laid out for viewing could not be removed");
            let due_ms = (means.clock)().saturating_add(TRY_AGAIN_MS);
            self.with(|laid| laid.push(View { due_ms, ..view }));
            self.rung.notify_one();
            return;
        }
        // Record the removal; never delay it for the store.
        if let Ok(now_ms) = means.now_ms().await {
            let entry = means.entry_by(Actor::Kiosk, now_ms, Action::EndViewing, Outcome::Done);
            let draft = means.records.draft(now_ms).audit(&entry.under(view.folio));
            if let Err(error) = means.commit(draft).await {
                tracing::error!(reason = %error, "the end of a viewing could not be put on record");
            }
        }
    }

    fn with_opened<T>(&self, work: impl FnOnce(&mut Vec<(Id, Folio)>) -> T) -> T {
        work(&mut self.opened.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<View>) -> T) -> T {
        work(&mut self.laid.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
