//! What a batch is judged by: the records, groups, links and ends of chains that it names, locked and
//! read in the first of a commit's two round trips, as the small ordered tree that the rules read.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::failure::Failure;
use super::types::{Refs, Uuid, chain_bytes, chain_name, reference, unsigned};
use crate::audit::ChainName;
use crate::domain::reference::{Id, Ref};
use crate::store::keys::{self, Span};
use crate::store::rules::{Head, KeyValues, Tree};
use crate::store::{Batch, Change, Expect, StoreError, Versioned};

/// The state before the batch, as far as it matters to it.
pub struct StateBefore {
    /// The batch was committed before.
    pub is_seen: bool,
    /// Places that were empty and are held by a row of our own until the transaction ends, so that nobody
    /// else fills them meanwhile.
    pub held: Vec<Ref>,
    /// Groups that had no version, held in the same way.
    pub held_groups: Vec<Id>,
    values: BTreeMap<Vec<u8>, Vec<u8>>,
    heads: BTreeMap<ChainName, Head>,
}

impl StateBefore {
    pub fn had(&self, key: &[u8]) -> bool {
        self.values.contains_key(key)
    }

    pub fn is_at(&self, key: &[u8], value: &[u8]) -> bool {
        self.values.get(key).is_some_and(|before| before == value)
    }
}

impl Tree for StateBefore {
    fn value(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.values.get(key).cloned())
    }

    fn entries(&self, span: Span) -> KeyValues<'_> {
        let entries = self.values.range(span.from..span.until);
        Box::new(entries.map(|(key, value)| Ok((key.clone(), value.clone()))))
    }

    fn newest_row(&self, chain: ChainName) -> Result<Option<Head>, StoreError> {
        Ok(self.heads.get(&chain).copied())
    }
}

/// What a batch names, each once and in order: who locks in one order doesn't lock one another out.
struct NamedByBatch {
    records: BTreeSet<Ref>,
    /// Expected to be empty, and not filled.
    empty: BTreeSet<Ref>,
    groups: BTreeSet<Id>,
    /// Expected to have had no member yet.
    empty_groups: BTreeSet<Id>,
    links: BTreeSet<Id>,
    chains: BTreeSet<ChainName>,
}

impl NamedByBatch {
    fn by(batch: &Batch) -> Self {
        let mut named = NamedByBatch {
            records: BTreeSet::new(),
            empty: BTreeSet::new(),
            groups: BTreeSet::new(),
            empty_groups: BTreeSet::new(),
            links: BTreeSet::new(),
            chains: BTreeSet::new(),
        };
        for change in &batch.changes {
            match change {
                Change::Put { at, groups, .. } => {
                    named.records.insert(*at);
                    named.groups.extend(groups);
                }
                Change::Drop(at) => {
                    named.records.insert(*at);
                }
                Change::Link { index, .. } | Change::Unlink { index } => {
                    named.links.insert(*index);
                }
                Change::Append { chain, .. } | Change::Cut { chain, .. } => {
                    named.chains.insert(*chain);
                }
            }
        }
        for expect in &batch.expect {
            match *expect {
                Expect::Absent(at) if named.records.contains(&at) => {}
                Expect::Absent(at) => {
                    named.empty.insert(at);
                }
                Expect::At(at, _) => {
                    named.records.insert(at);
                }
                Expect::Group(group, version) => {
                    named.groups.insert(group);
                    if version == 0 {
                        named.empty_groups.insert(group);
                    }
                }
            }
        }
        named.records.extend(&named.empty);
        named
    }
}

/// Opens the transaction, notes the batch, and locks and reads what it names.
pub async fn begin(client: &Client, batch: &Batch) -> Result<StateBefore, Failure> {
    let named = NamedByBatch::by(batch);
    let records: Refs = named.records.iter().copied().collect();
    let empty: Refs = named.empty.iter().copied().collect();
    let ids = |ids: &BTreeSet<Id>| ids.iter().map(|id| Uuid(*id)).collect::<Vec<_>>();
    let (groups, empty_groups, links) = (ids(&named.groups), ids(&named.empty_groups), ids(&named.links));
    let chains: Vec<Vec<u8>> = named.chains.iter().map(|chain| chain_bytes(*chain).to_vec()).collect();
    let (begun, noted, held, held_groups, read, circles, targets, heads) = tokio::join!(
        biased;
        client.batch_execute("BEGIN"),
        note(client, batch.id),
        hold(client, &empty),
        hold_groups(client, &empty_groups),
        lock_records(client, &records),
        lock_groups(client, &records, &groups),
        lock_links(client, &links),
        ends(client, &chains),
    );
    begun?;
    let (held, held_groups) = (held?, held_groups?);
    let mut values = BTreeMap::new();
    values.extend(
        read?
            .into_iter()
            .filter(|(at, _)| !held.contains(at))
            .map(|(at, record)| (keys::record(at), keys::write_versioned(&record))),
    );
    let circles = circles?.into_iter().filter(|(id, ..)| !held_groups.contains(id));
    values
        .extend(circles.map(|(id, version, members)| (keys::group(id), keys::write_group(version, members))));
    values.extend(targets?.into_iter().map(|(index, to)| (keys::link(index), keys::target(to))));
    Ok(StateBefore { is_seen: noted?, held, held_groups, values, heads: heads?.into_iter().collect() })
}

/// Notes the batch; whether it was noted before. That is a write of our own in either case, so that what
/// is found is acknowledged only once a standby has it.
async fn note(client: &Client, batch: Id) -> Result<bool, Failure> {
    const NOTE: &str = "INSERT INTO seen (batch) VALUES ($1) \
                        ON CONFLICT (batch) DO UPDATE SET resent = seen.resent + 1 RETURNING resent";
    let row = client.query_typed_one(NOTE, &[(&Uuid(batch), Type::UUID)]).await?;
    Ok(row.try_get::<_, i32>(0)? > 0)
}

/// Fills what should be empty with rows of our own, which go before the end; those that were.
async fn hold(client: &Client, empty: &Refs) -> Result<Vec<Ref>, Failure> {
    const HOLD: &str = "INSERT INTO record (kind, id, version, groups, bytes) \
                        SELECT kind, id, 0, '{}', '' FROM unnest($1, $2) AS named (kind, id) \
                        ORDER BY kind, id ON CONFLICT DO NOTHING RETURNING kind, id";
    if empty.is_empty() {
        return Ok(Vec::new());
    }
    let named = [(&empty.kinds as _, Type::INT2_ARRAY), (&empty.ids as _, Type::UUID_ARRAY)];
    let rows = client.query_typed(HOLD, &named).await?;
    rows.iter().map(|row| reference(row.try_get(0)?, row.try_get(1)?)).collect()
}

async fn hold_groups(client: &Client, groups: &Vec<Uuid>) -> Result<Vec<Id>, Failure> {
    const HOLD: &str = "INSERT INTO circle (id, version, members) SELECT id, 0, 0 FROM unnest($1) AS named (id) \
                        ORDER BY id ON CONFLICT DO NOTHING RETURNING id";
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let rows = client.query_typed(HOLD, &[(groups, Type::UUID_ARRAY)]).await?;
    rows.iter().map(|row| Ok(row.try_get::<_, Uuid>(0)?.0)).collect()
}

async fn lock_records(client: &Client, records: &Refs) -> Result<Vec<(Ref, Versioned)>, Failure> {
    const LOCK: &str = "SELECT kind, id, version, due_ms, groups FROM record \
                        JOIN unnest($1, $2) AS named (kind, id) USING (kind, id) \
                        ORDER BY kind, id FOR UPDATE OF record";
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let named = [(&records.kinds as _, Type::INT2_ARRAY), (&records.ids as _, Type::UUID_ARRAY)];
    let rows = client.query_typed(LOCK, &named).await?;
    rows.iter()
        .map(|row| {
            let due_ms = row.try_get::<_, Option<i64>>(3)?.map(unsigned).transpose()?;
            let groups = row.try_get::<_, Vec<Uuid>>(4)?.into_iter().map(|group| group.0).collect();
            let version = unsigned(row.try_get(2)?)?;
            // The rules don't look into a record.
            let record = Versioned { version, bytes: Vec::new(), due_ms, groups };
            Ok((reference(row.try_get(0)?, row.try_get(1)?)?, record))
        })
        .collect()
}

/// The groups that are named, and those that a named record is in.
async fn lock_groups(
    client: &Client,
    records: &Refs,
    groups: &Vec<Uuid>,
) -> Result<Vec<(Id, u64, u64)>, Failure> {
    const LOCK: &str = "SELECT id, version, members FROM circle WHERE id IN (\
                        SELECT unnest($3) UNION SELECT unnest(record.groups) FROM record \
                        JOIN unnest($1, $2) AS named (kind, id) USING (kind, id)) \
                        ORDER BY id FOR UPDATE";
    if records.is_empty() && groups.is_empty() {
        return Ok(Vec::new());
    }
    let named = [
        (&records.kinds as _, Type::INT2_ARRAY),
        (&records.ids as _, Type::UUID_ARRAY),
        (groups as _, Type::UUID_ARRAY),
    ];
    let rows = client.query_typed(LOCK, &named).await?;
    rows.iter()
        .map(|row| Ok((row.try_get::<_, Uuid>(0)?.0, unsigned(row.try_get(1)?)?, unsigned(row.try_get(2)?)?)))
        .collect()
}

async fn lock_links(client: &Client, links: &Vec<Uuid>) -> Result<Vec<(Id, Ref)>, Failure> {
    const LOCK: &str = "SELECT index, kind, id FROM link WHERE index = ANY ($1) ORDER BY index FOR UPDATE";
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let rows = client.query_typed(LOCK, &[(links, Type::UUID_ARRAY)]).await?;
    rows.iter()
        .map(|row| Ok((row.try_get::<_, Uuid>(0)?.0, reference(row.try_get(1)?, row.try_get(2)?)?)))
        .collect()
}

async fn ends(client: &Client, chains: &Vec<Vec<u8>>) -> Result<Vec<(ChainName, Head)>, Failure> {
    const ENDS: &str = "SELECT named.chain, newest.number, newest.mac FROM unnest($1) AS named (chain) \
                        CROSS JOIN LATERAL (SELECT number, mac FROM audit_row \
                        WHERE audit_row.chain = named.chain ORDER BY number DESC LIMIT 1) AS newest";
    if chains.is_empty() {
        return Ok(Vec::new());
    }
    let rows = client.query_typed(ENDS, &[(chains, Type::BYTEA_ARRAY)]).await?;
    rows.iter()
        .map(|row| {
            let mac = <[u8; 32]>::try_from(row.try_get::<_, &[u8]>(2)?);
            let mac =
                mac.map_err(|_| Failure::Told(StoreError::Corrupt("an audit row has no mac".into())))?;
            let head = Head { sequence: unsigned(row.try_get(1)?)?, mac };
            Ok((chain_name(row.try_get(0)?)?, head))
        })
        .collect()
}
