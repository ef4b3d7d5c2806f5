//! Documents in the database, sealed, in pieces. Each is laid down in one statement, before the batch whose
//! record holds its key, so that any terminal can show it once it counts.

use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::failure::Failure;
use super::types::{Uuid, kind_number, signed};
use crate::domain::reference::{Id, Kind};

const PIECE_BYTES: usize = 256 * 1024;

/// The same document twice is one: it may be laid again when no answer came.
pub async fn lay(client: &Client, id: Id, sealed: &[u8]) -> Result<(), Failure> {
    const LAY: &str = "INSERT INTO document_piece (document, number, bytes) SELECT $1, number, bytes \
                       FROM unnest($2, $3) AS new (number, bytes) ON CONFLICT DO NOTHING";
    let pieces: Vec<&[u8]> = sealed.chunks(PIECE_BYTES).collect();
    let numbers: Vec<i32> = (0..).take(pieces.len()).collect();
    let named =
        [(&Uuid(id) as _, Type::UUID), (&numbers as _, Type::INT4_ARRAY), (&pieces as _, Type::BYTEA_ARRAY)];
    client.execute_typed(LAY, &named).await?;
    Ok(())
}

pub async fn take(client: &Client, id: Id) -> Result<Option<Vec<u8>>, Failure> {
    const TAKE: &str = "SELECT bytes FROM document_piece WHERE document = $1 ORDER BY number";
    let rows = client.query_typed(TAKE, &[(&Uuid(id), Type::UUID)]).await?;
    let mut sealed = Vec::with_capacity(rows.len() * PIECE_BYTES);
    for row in &rows {
        sealed.extend_from_slice(row.try_get(0)?);
    }
    Ok((!rows.is_empty()).then_some(sealed))
}

pub async fn remove(client: &Client, id: Id) -> Result<(), Failure> {
    const REMOVE: &str = "DELETE FROM document_piece WHERE document = $1";
    client.execute_typed(REMOVE, &[(&Uuid(id), Type::UUID)]).await?;
    Ok(())
}

/// By the database's clock.
pub async fn clean(client: &Client, kept_ms: u64) -> Result<usize, Failure> {
    const CLEAN: &str = "WITH gone AS (DELETE FROM document_piece \
                         WHERE laid < clock_timestamp() - $1 * interval '1 millisecond' AND NOT EXISTS (\
                         SELECT FROM record WHERE record.kind = $2 AND record.id = document_piece.document) \
                         RETURNING document) SELECT count(DISTINCT document) FROM gone";
    let named = [(&signed(kept_ms) as _, Type::INT8), (&kind_number(Kind::Document) as _, Type::INT2)];
    let count: i64 = client.query_typed_one(CLEAN, &named).await?.try_get(0)?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

pub async fn missing(client: &Client) -> Result<Vec<Id>, Failure> {
    const MISSING: &str = "SELECT id FROM record WHERE kind = $1 AND NOT EXISTS (\
                           SELECT FROM document_piece WHERE document = record.id) ORDER BY id";
    let rows = client.query_typed(MISSING, &[(&kind_number(Kind::Document), Type::INT2)]).await?;
    rows.iter().map(|row| Ok(row.try_get::<_, Uuid>(0)?.0)).collect()
}
