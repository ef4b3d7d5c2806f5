//! What keeps the tables well: ids of batches that nobody sends again go. Every terminal does it, and it does
//! no harm twice.

use tokio_postgres::Client;

use super::failure::Failure;

pub async fn tend(client: &Client) -> Result<(), Failure> {
    // A batch is sent again for ten minutes at most.
    const FORGET: &str = "DELETE FROM seen WHERE at < clock_timestamp() - interval '2 hours'";
    client.execute_typed(FORGET, &[]).await?;
    Ok(())
}
