//! What an operator does with the tables: make them, and look at them.

use super::line::{DatabaseServer, with_connection};
use super::schema::{self, FoundTables, STATEMENTS};
use crate::store::StoreError;

/// Makes the tables, or brings them up to this program's schema.
///
/// # Errors
/// When the database can't be reached, or this role may not.
pub async fn apply(server: &DatabaseServer) -> Result<(), StoreError> {
    with_connection(server, async |client| {
        // One transaction: whoever looks meanwhile finds all of it or nothing.
        Ok(client.batch_execute(&format!("BEGIN; {STATEMENTS} COMMIT")).await?)
    })
    .await
}

/// What the database says of its tables.
///
/// # Errors
/// When it can't be reached.
pub async fn look(server: &DatabaseServer) -> Result<FoundTables, StoreError> {
    with_connection(server, schema::read).await
}
