//! Questions: one statement each, typed and unnamed, so that each is one round trip, through any pooler.

use std::collections::BTreeMap;

use tokio_postgres::types::Type;
use tokio_postgres::{Client, Row as Found};

use super::failure::Failure;
use super::types::{Refs, Uuid, chain_bytes, chain_name, kind_number, reference, signed, unsigned};
use crate::audit::{ChainName, Row};
use crate::domain::reference::{Id, Kind, Ref};
use crate::store::{Answered, StoreError, Versioned};

/// Before every id.
const FIRST: Id = Id([0; 16]);

fn record(row: &Found) -> Result<(Ref, Versioned), Failure> {
    let groups: Vec<Uuid> = row.try_get(4)?;
    let record = Versioned {
        version: unsigned(row.try_get(2)?)?,
        bytes: row.try_get(5)?,
        due_ms: row.try_get::<_, Option<i64>>(3)?.map(unsigned).transpose()?,
        groups: groups.into_iter().map(|group| group.0).collect(),
    };
    Ok((reference(row.try_get(0)?, row.try_get(1)?)?, record))
}

fn records(rows: &[Found]) -> Result<Vec<(Ref, Versioned)>, Failure> {
    rows.iter().map(record).collect()
}

/// What the database's clock says, which may be wrong (T12).
async fn now_ms(client: &Client) -> Result<u64, Failure> {
    const NOW: &str = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    unsigned(client.query_typed_one(NOW, &[]).await?.try_get(0)?)
}

pub async fn get_many(client: &Client, what: &[Ref]) -> Result<Answered, Failure> {
    const GET: &str = "SELECT kind, id, version, due_ms, groups, bytes FROM record \
                       JOIN unnest($1, $2) AS named (kind, id) USING (kind, id)";
    let named: Refs = what.iter().copied().collect();
    let named = [(&named.kinds as _, Type::INT2_ARRAY), (&named.ids as _, Type::UUID_ARRAY)];
    let (rows, now_ms) = tokio::join!(biased; client.query_typed(GET, &named), now_ms(client));
    let mut found: BTreeMap<Ref, Versioned> = records(&rows?)?.into_iter().collect();
    let last = |at: &Ref, rest: &[Ref]| !rest.contains(at);
    let records = what.iter().enumerate().map(|(place, at)| match last(at, &what[place + 1..]) {
        true => found.remove(at),
        false => found.get(at).cloned(),
    });
    Ok(Answered { records: records.collect(), now_ms: now_ms? })
}

pub async fn find(client: &Client, index: Id) -> Result<Option<Ref>, Failure> {
    const FIND: &str = "SELECT kind, id FROM link WHERE index = $1";
    let row = client.query_typed_opt(FIND, &[(&Uuid(index), Type::UUID)]).await?;
    row.map(|row| reference(row.try_get(0)?, row.try_get(1)?)).transpose()
}

/// From the first of them on, or beyond this one.
fn beyond(after: Option<Id>) -> (Uuid, bool) {
    (Uuid(after.unwrap_or(FIRST)), after.is_none())
}

pub async fn list(
    client: &Client,
    kind: Kind,
    after: Option<Id>,
    limit: u16,
) -> Result<Vec<(Ref, Versioned)>, Failure> {
    const LIST: &str = "SELECT kind, id, version, due_ms, groups, bytes FROM record \
                        WHERE kind = $1 AND id >= $2 AND (id > $2 OR $3) ORDER BY id LIMIT $4";
    let (after, with_it) = beyond(after);
    let named = [
        (&kind_number(kind) as _, Type::INT2),
        (&after as _, Type::UUID),
        (&with_it as _, Type::BOOL),
        (&i64::from(limit) as _, Type::INT8),
    ];
    records(&client.query_typed(LIST, &named).await?)
}

pub async fn group(client: &Client, group: Id) -> Result<u64, Failure> {
    const VERSION: &str = "SELECT version FROM circle WHERE id = $1";
    match client.query_typed_opt(VERSION, &[(&Uuid(group), Type::UUID)]).await? {
        Some(row) => unsigned(row.try_get(0)?),
        None => Ok(0),
    }
}

pub async fn members(
    client: &Client,
    group: Id,
    kind: Kind,
    after: Option<Id>,
    limit: u16,
) -> Result<Vec<(Ref, Versioned)>, Failure> {
    const MEMBERS: &str = "SELECT kind, id, version, due_ms, groups, bytes FROM member JOIN record USING (kind, id) \
                           WHERE circle = $1 AND kind = $2 AND id >= $3 AND (id > $3 OR $4) ORDER BY id LIMIT $5";
    let (after, with_it) = beyond(after);
    let named = [
        (&Uuid(group) as _, Type::UUID),
        (&kind_number(kind) as _, Type::INT2),
        (&after as _, Type::UUID),
        (&with_it as _, Type::BOOL),
        (&i64::from(limit) as _, Type::INT8),
    ];
    records(&client.query_typed(MEMBERS, &named).await?)
}

/// Of one kind, or of all.
pub async fn due(
    client: &Client,
    kind: Option<Kind>,
    now_ms: u64,
    limit: u16,
) -> Result<Vec<(Ref, Versioned)>, Failure> {
    const DUE: &str = "SELECT kind, id, version, due_ms, groups, bytes FROM record \
                       WHERE due_ms <= $1 AND ($2 IS NULL OR kind = $2) ORDER BY due_ms, kind, id LIMIT $3";
    let named = [
        (&signed(now_ms) as _, Type::INT8),
        (&kind.map(kind_number) as _, Type::INT2),
        (&i64::from(limit) as _, Type::INT8),
    ];
    records(&client.query_typed(DUE, &named).await?)
}

pub async fn next_due_ms(client: &Client) -> Result<Option<u64>, Failure> {
    const NEXT: &str = "SELECT due_ms FROM record WHERE due_ms IS NOT NULL ORDER BY due_ms LIMIT 1";
    let row = client.query_typed_opt(NEXT, &[]).await?;
    row.map(|row| unsigned(row.try_get(0)?)).transpose()
}

pub async fn rows(client: &Client, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, Failure> {
    const ROWS: &str = "SELECT number, mac, bytes FROM audit_row WHERE chain = $1 AND number > $2 \
                        ORDER BY number LIMIT $3";
    let named = [
        (&&chain_bytes(chain)[..] as _, Type::BYTEA),
        (&signed(after) as _, Type::INT8),
        (&i64::from(limit) as _, Type::INT8),
    ];
    let rows = client.query_typed(ROWS, &named).await?;
    rows.iter()
        .map(|row| {
            let mac = <[u8; 32]>::try_from(row.try_get::<_, &[u8]>(1)?);
            let mac =
                mac.map_err(|_| Failure::Told(StoreError::Corrupt("an audit row has no mac".into())))?;
            Ok(Row { sequence: unsigned(row.try_get(0)?)?, mac, bytes: row.try_get(2)? })
        })
        .collect()
}

/// A leap from each chain to the next: chains are few, and their rows many.
pub async fn chains(
    client: &Client,
    after: Option<ChainName>,
    limit: u16,
) -> Result<Vec<ChainName>, Failure> {
    const CHAINS: &str = "WITH RECURSIVE found AS (\
                          (SELECT chain FROM audit_row WHERE chain > $1 ORDER BY chain LIMIT 1) \
                          UNION ALL \
                          SELECT (SELECT chain FROM audit_row WHERE chain > found.chain ORDER BY chain LIMIT 1) \
                          FROM found WHERE found.chain IS NOT NULL) \
                          SELECT chain FROM found WHERE chain IS NOT NULL LIMIT $2";
    // Shorter than every name, and before it.
    let after = after.map_or(Vec::new(), |chain| chain_bytes(chain).to_vec());
    let named = [(&after as _, Type::BYTEA), (&i64::from(limit) as _, Type::INT8)];
    let rows = client.query_typed(CHAINS, &named).await?;
    rows.iter().map(|row| chain_name(row.try_get(0)?)).collect()
}
