//! The tables: what makes them, and whether those that are there can be worked with.

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::failure::Failure;
use crate::store::StoreError;

/// The schema that this program makes, and works with.
pub const SCHEMA: i32 = 1;

/// What makes the tables. It does no harm where they are there.
pub const STATEMENTS: &str = include_str!("../../../assets/postgres/schema-1.sql");

/// What the database says of its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundTables {
    /// There are none.
    Missing,
    /// They are of this schema.
    Schema {
        /// The number of the schema.
        schema: i32,
        /// The oldest schema whose programs may still work with them.
        oldest_program: i32,
    },
}

impl FoundTables {
    /// What must be done before this program can work with them; `None` if nothing.
    pub fn remedy(self) -> Option<String> {
        match self {
            FoundTables::Missing => Some("the database has no tables yet: run `totem schema apply`".into()),
            FoundTables::Schema { oldest_program, .. } if SCHEMA < oldest_program => Some(format!(
                "the database serves programs of schema {oldest_program} and later, and this one knows {SCHEMA}: \
                 install a newer one"
            )),
            FoundTables::Schema { schema, .. } if schema < SCHEMA => Some(format!(
                "the tables are of schema {schema}, and this program needs {SCHEMA}: run `totem schema apply`"
            )),
            FoundTables::Schema { .. } => None,
        }
    }
}

/// What the database says of its tables.
pub async fn read(client: &Client) -> Result<FoundTables, Failure> {
    const READ: &str = "SELECT schema, oldest_program FROM office";
    match client.query_typed_one(READ, &[]).await {
        Ok(row) => Ok(FoundTables::Schema { schema: row.try_get(0)?, oldest_program: row.try_get(1)? }),
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => Ok(FoundTables::Missing),
        Err(error) => Err(error.into()),
    }
}

/// Refuses a database without the tables, or with tables that this program can't work with.
pub async fn check(client: &Client) -> Result<(), Failure> {
    match read(client).await?.remedy() {
        Some(remedy) => Err(Failure::Told(StoreError::Unavailable(remedy))),
        None => Ok(()),
    }
}
