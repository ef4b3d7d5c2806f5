//! What keeps the tables well: ids of batches that nobody sends again go, and the office's mark follows the
//! database's clock, so that a clock that is set back sets nobody's time back. Every terminal does it,
//! and it does no harm twice.

use tokio_postgres::Client;

use super::failure::Failure;

pub async fn tend(client: &Client) -> Result<(), Failure> {
    // A batch is sent again for ten minutes at most.
    const FORGET: &str = "DELETE FROM seen WHERE at < clock_timestamp() - interval '2 hours'";
    // A leap of more than a month is no time that passed, and is not kept.
    const MARK: &str = "UPDATE office SET mark_ms = clock.ms \
                        FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms) AS clock \
                        WHERE mark_ms = 0 OR clock.ms - mark_ms BETWEEN 30000 AND 3456000000";
    let (forgotten, marked) =
        tokio::join!(biased; client.execute_typed(FORGET, &[]), client.execute_typed(MARK, &[]));
    forgotten?;
    marked?;
    Ok(())
}
