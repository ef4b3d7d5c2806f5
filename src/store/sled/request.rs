//! What the storage thread is asked, with the others that wait or between two groups, and how it
//! answers.

use tokio::sync::oneshot;

use super::stand::Beginning;
use super::tally::StoreTotal;
use crate::store::head::HeadFile;
use crate::store::rules::Tree;
use crate::store::standing::StoreStanding;
use crate::store::{Batch, StoreError};

pub type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

/// A caller that has gone away is no concern of ours: its work is done all the same.
pub fn reply<T>(answer: Answer<T>, result: Result<T, StoreError>) {
    let _ = answer.send(result);
}

/// What is done between two groups.
pub enum Alone {
    /// Writes the database anew without what was deleted.
    Compact(Answer<()>),
    /// Begins a line of standings.
    Begin(Beginning, Answer<StoreStanding>),
    /// From now on each group is noted there.
    NoteIn(Box<HeadFile>, Answer<()>),
    /// Counts everything, beside where the store says that it stands.
    Count(Answer<(Option<StoreStanding>, StoreTotal)>),
}

impl Alone {
    pub fn refuse(self, why: StoreError) {
        match self {
            Alone::Compact(answer) | Alone::NoteIn(_, answer) => reply(answer, Err(why)),
            Alone::Begin(_, answer) => reply(answer, Err(why)),
            Alone::Count(answer) => reply(answer, Err(why)),
        }
    }
}

/// Tells the caller, once it is known whether the group is durable.
pub type Settle = Box<dyn FnOnce(Result<(), StoreError>)>;

pub type Read = Box<dyn FnOnce(Result<&dyn Tree, StoreError>) -> Settle + Send>;

pub enum StorageRequest {
    Commit { batch: Batch, answer: Answer<()> },
    Read(Read),
    Alone(Alone),
}

impl StorageRequest {
    pub fn read<T: Send + 'static>(
        question: impl FnOnce(&dyn Tree) -> Result<T, StoreError> + Send + 'static,
        answer: Answer<T>,
    ) -> Self {
        StorageRequest::Read(Box::new(move |tree| {
            let result = tree.and_then(question);
            Box::new(move |durable| reply(answer, durable.and(result)))
        }))
    }

    pub fn refuse(self, why: StoreError) {
        match self {
            StorageRequest::Commit { answer, .. } => reply(answer, Err(why)),
            StorageRequest::Read(read) => read(Err(why))(Ok(())),
            StorageRequest::Alone(alone) => alone.refuse(why),
        }
    }
}

/// What a commit came to. One that was to be done and could not be made durable may be in the files
/// all the same, and be there when they are opened next.
pub fn fate(durable: Result<(), StoreError>, planned: Result<(), StoreError>) -> Result<(), StoreError> {
    match (durable, planned) {
        (Err(StoreError::Unavailable(why)), Ok(())) => Err(StoreError::Unknown(why)),
        (durable, planned) => durable.and(planned),
    }
}
