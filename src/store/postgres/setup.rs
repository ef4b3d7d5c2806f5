//! What an operator does with the tables: make them, and look at them.

use super::line::{DatabaseServer, with_connection};
use super::schema::{self, FoundTables, STATEMENTS};
use crate::store::StoreError;

/// What a terminal's role may do: work with the tables, add to the audit log and cut it when its time has
/// come, but neither change a row of it nor any table.
fn grants(role: &str) -> String {
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    format!(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON record, link, member, circle, seen, document_piece TO {role}; \
         GRANT SELECT, INSERT, DELETE ON audit_row TO {role}; \
         GRANT SELECT ON office TO {role};"
    )
}

/// Makes the tables, or brings them up to this program's schema, and lets this role work with them, if it is
/// not their owner.
///
/// # Errors
/// When the database can't be reached, or this role may not.
pub async fn apply(server: &DatabaseServer, terminals: Option<&str>) -> Result<(), StoreError> {
    with_connection(server, async |client| {
        // One transaction: whoever looks meanwhile finds all of it or nothing.
        let grants = terminals.map(grants).unwrap_or_default();
        Ok(client.batch_execute(&format!("BEGIN; {STATEMENTS} {grants} COMMIT")).await?)
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
