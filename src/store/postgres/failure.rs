//! What a failure of the database means for what was asked of it.

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::store::StoreError;

/// Why a statement, or a whole transaction, did not go through.
#[derive(Debug)]
pub enum Failure {
    /// The connection is gone, or nobody may rely on it. What was under way may have been done or not.
    Lost(String),
    /// Somebody else was faster; the server did nothing, and the same may be tried again.
    Again,
    /// The answer.
    Told(StoreError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let Some(told) = error.as_db_error() else { return Failure::Lost(words(&error)) };
        let code = told.code();
        let again = [
            SqlState::UNIQUE_VIOLATION,
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
        ];
        // Shut down, or no primary any more: another server may do better.
        let lost = [SqlState::READ_ONLY_SQL_TRANSACTION, SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN];
        match code.code() {
            _ if again.contains(code) => Failure::Again,
            _ if lost.contains(code) => Failure::Lost(told.message().to_string()),
            class if class.starts_with("08") || class.starts_with("57P") => {
                Failure::Lost(told.message().to_string())
            }
            code => {
                Failure::Told(StoreError::Unavailable(format!("PostgreSQL says {code}: {}", told.message())))
            }
        }
    }
}

/// The error with its cause, which the driver's own words leave out.
pub fn words(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
