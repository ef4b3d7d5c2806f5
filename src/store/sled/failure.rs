//! Why a group of writes is not durable.

/// Why a group is not durable.
pub enum StoreFailure {
    /// The files are as good as before; only what was not acknowledged may be missing.
    Applying(String),
    Syncing(String),
    /// It is in files that are not where the next start looks for them.
    Gone,
}

impl From<StoreFailure> for std::io::Error {
    fn from(failure: StoreFailure) -> Self {
        match failure {
            StoreFailure::Applying(why) | StoreFailure::Syncing(why) => std::io::Error::other(why),
            StoreFailure::Gone => std::io::ErrorKind::NotFound.into(),
        }
    }
}

pub fn applying(error: impl ToString) -> StoreFailure {
    StoreFailure::Applying(error.to_string())
}

pub fn syncing(error: impl ToString) -> StoreFailure {
    StoreFailure::Syncing(error.to_string())
}
