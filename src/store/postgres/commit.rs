//! A batch as a transaction, and what becomes of it when the line breaks: until COMMIT was sent it is
//! certain that nothing was done; from then on nobody knows, and the batch is sent again until its id
//! tells.

use tokio::time::{Instant, timeout_at};

use super::before;
use super::failure::Failure;
use super::line::{Line, pause};
use super::writes::write;
use crate::audit::Chain;
use crate::store::{Batch, StoreError, rules};

/// How a try ended that did not end well.
enum FailedTry {
    /// Nothing was done.
    Nothing(Failure),
    /// COMMIT was sent, and no answer came.
    Unknown(String),
}

/// All or nothing, durable when it resolves.
pub async fn commit(line: &Line, chain: &Chain, batch: &Batch, until: Instant) -> Result<(), StoreError> {
    let mut unknown = None;
    loop {
        let reason = match attempt(line, chain, batch, until).await {
            Ok(()) => return Ok(()),
            Err(FailedTry::Nothing(Failure::Told(error @ StoreError::Unavailable(_)))) => match unknown {
                Some(reason) => return Err(StoreError::Unknown(reason)),
                None => return Err(error),
            },
            // The batch's own place in the log of batches was free, and what it met forbids it: the tries
            // before came to nothing.
            Err(FailedTry::Nothing(Failure::Told(error))) => return Err(error),
            Err(FailedTry::Nothing(Failure::Again)) => "others change the same all the time".to_string(),
            Err(FailedTry::Nothing(Failure::Lost(reason))) => reason,
            Err(FailedTry::Unknown(reason)) => unknown.insert(reason).clone(),
        };
        if Instant::now() >= until {
            return Err(match unknown {
                Some(reason) => StoreError::Unknown(reason),
                None => StoreError::Unavailable(reason),
            });
        }
        pause(until).await;
    }
}

async fn attempt(line: &Line, chain: &Chain, batch: &Batch, until: Instant) -> Result<(), FailedTry> {
    let line = line.alone(until).await.map_err(FailedTry::Nothing)?;
    let client = line.client();
    let late = |_| Failure::Lost("no answer came in time".into());
    let begun = timeout_at(until, before::begin(client, batch)).await.map_err(late).and_then(|begun| begun);
    let planned = match begun {
        Ok(before) if before.is_seen => Ok((before, None)),
        Ok(before) => {
            rules::plan(&before, chain, batch).map(|writes| (before, writes)).map_err(Failure::Told)
        }
        Err(failure) => Err(failure),
    };
    let (before, writes) = match planned {
        Ok(planned) => planned,
        Err(failure @ Failure::Lost(_)) => return Err(FailedTry::Nothing(failure)),
        Err(failure) => {
            if let Ok(Ok(())) = timeout_at(until, client.batch_execute("ROLLBACK")).await {
                line.done();
            }
            return Err(FailedTry::Nothing(failure));
        }
    };
    match timeout_at(until, write(client, batch, &before, writes)).await {
        Ok(Ok(())) => {
            line.done();
            Ok(())
        }
        // A statement was refused, so that COMMIT rolled back.
        Ok(Err(Failure::Again)) => {
            line.done();
            Err(FailedTry::Nothing(Failure::Again))
        }
        // Perhaps COMMIT was never sent. The connection goes, and the transaction with it.
        Ok(Err(failure @ Failure::Told(_))) => Err(FailedTry::Nothing(failure)),
        Ok(Err(Failure::Lost(reason))) => Err(FailedTry::Unknown(reason)),
        Err(_) => Err(FailedTry::Unknown("no answer came in time".into())),
    }
}
