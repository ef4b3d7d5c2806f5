//! Why a group of writes is not durable.

/// Why a group is not durable.
pub enum Failure {
    /// The files are as good as before; only what was not acknowledged may be missing.
    Applying(String),
    Syncing(String),
    /// It is in files that are not where the next start looks for them.
    Gone,
}

impl From<Failure> for std::io::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Applying(why) | Failure::Syncing(why) => std::io::Error::other(why),
            Failure::Gone => std::io::ErrorKind::NotFound.into(),
        }
    }
}

pub fn applying(error: impl ToString) -> Failure {
    Failure::Applying(error.to_string())
}

pub fn syncing(error: impl ToString) -> Failure {
    Failure::Syncing(error.to_string())
}
