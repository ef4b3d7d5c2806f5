//! The first answer of a question whose second operation failed, kept for whoever asks again: the retry
//! needs the second one alone, and gets the whole time for it. In memory, for two minutes, and once.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;

/// A register's word doesn't grow older than this while somebody waits at the screen.
const KEPT_FOR: Duration = Duration::from_secs(120);
/// Of more questions than a kiosk has open at once, the oldest are asked anew.
const MOST: usize = 16;

/// A first half that said yes, and what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstAnswer {
    /// SII knows the company by this name.
    Taxpayer(Rut, Clean),
    /// SII names the person as the company's representative.
    Representative(Rut, Rut),
    /// The card is the holder's, and current.
    Card(Rut, Serial),
}

/// Those that wait for their second half.
#[derive(Debug, Default)]
pub struct KeptAnswers(Mutex<Vec<(FirstAnswer, Instant)>>);

impl KeptAnswers {
    /// Keeps it from when it was given; an older one to the same question goes.
    pub fn keep(&self, answer: FirstAnswer, given: Instant) {
        let mut kept = self.lock();
        kept.retain(|(other, _)| *other != answer);
        if kept.len() == MOST {
            kept.remove(0);
        }
        kept.push((answer, given));
    }

    /// Takes out the one that `fits`, with when it was given.
    pub fn take(&self, fits: impl Fn(&FirstAnswer) -> bool) -> Option<(FirstAnswer, Instant)> {
        let mut kept = self.lock();
        kept.retain(|(_, given)| given.elapsed() < KEPT_FOR);
        let place = kept.iter().position(|(answer, _)| fits(answer))?;
        Some(kept.remove(place))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(FirstAnswer, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn two_minutes_and_once() {
        let kept = KeptAnswers::default();
        let company = Rut::of_body(99_999_999).unwrap();
        let answer = FirstAnswer::Taxpayer(company, "Ñandú".into());
        let given = Instant::now();
        kept.keep(answer.clone(), given);
        assert_eq!(kept.take(|other| *other == answer), Some((answer.clone(), given)));
        assert_eq!(kept.take(|_| true), None);
        kept.keep(answer.clone(), given);
        tokio::time::advance(KEPT_FOR - Duration::from_secs(1)).await;
        kept.keep(answer.clone(), given);
        assert!(kept.take(|_| true).is_some());
        // KeptAnswers again, it is no younger.
        kept.keep(answer.clone(), given);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(kept.take(|_| true), None);
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_than_a_kiosk_has_open() {
        let kept = KeptAnswers::default();
        let of = |body| FirstAnswer::Taxpayer(Rut::of_body(body).unwrap(), "N".into());
        (1..=20).for_each(|body| kept.keep(of(body), Instant::now()));
        assert_eq!(kept.take(|answer| *answer == of(4)), None);
        assert!(kept.take(|answer| *answer == of(5)).is_some());
        assert!(kept.take(|answer| *answer == of(20)).is_some());
    }
}
