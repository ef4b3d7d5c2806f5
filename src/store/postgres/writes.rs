//! The second of a commit's two round trips: what the rules made of a batch, table by table, and COMMIT.

use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::before::StateBefore;
use super::failure::Failure;
use super::types::{Refs, Uuid, chain_bytes, signed};
use crate::domain::reference::{Id, Ref};
use crate::store::keys::{self, Sort};
use crate::store::rules::Writes;
use crate::store::{Batch, Change, StoreError, Versioned};

const NEW: &str = "INSERT INTO record (kind, id, version, due_ms, groups, bytes) \
                   SELECT kind, id, version, due_ms, groups::uuid[], bytes \
                   FROM unnest($1, $2, $3, $4, $5, $6) AS new (kind, id, version, due_ms, groups, bytes)";
const CHANGED: &str = "UPDATE record SET version = new.version, due_ms = new.due_ms, \
                       groups = new.groups::uuid[], bytes = new.bytes \
                       FROM unnest($1, $2, $3, $4, $5, $6) AS new (kind, id, version, due_ms, groups, bytes) \
                       WHERE record.kind = new.kind AND record.id = new.id";
const NEW_MEMBERS: &str = "INSERT INTO member (circle, kind, id) SELECT * FROM unnest($1, $2, $3) \
                           ON CONFLICT DO NOTHING";
const GONE_MEMBERS: &str = "DELETE FROM member USING unnest($1, $2, $3) AS gone (circle, kind, id) \
                            WHERE member.circle = gone.circle AND member.kind = gone.kind \
                            AND member.id = gone.id";
const NEW_CIRCLES: &str = "INSERT INTO circle (id, version, members) SELECT * FROM unnest($1, $2, $3)";
const CHANGED_CIRCLES: &str = "UPDATE circle SET version = new.version, members = new.members \
                               FROM unnest($1, $2, $3) AS new (id, version, members) \
                               WHERE circle.id = new.id";
const NEW_LINKS: &str = "INSERT INTO link (index, kind, id) SELECT * FROM unnest($1, $2, $3)";

/// Rows to be written, sort by sort.
#[derive(Default)]
struct RecordRows {
    places: Refs,
    versions: Vec<i64>,
    due_ms: Vec<Option<i64>>,
    /// As array literals, for an array of arrays of different lengths can't be sent.
    groups: Vec<String>,
    bytes: Vec<Vec<u8>>,
}

impl RecordRows {
    fn push(&mut self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let Versioned { version, bytes, due_ms, groups } = keys::read_versioned(value)?;
        self.places.push(keys::read_target(key)?);
        self.versions.push(signed(version));
        self.due_ms.push(due_ms.map(signed));
        self.groups.push(literal(&groups));
        self.bytes.push(bytes);
        Ok(())
    }

    async fn send(&self, client: &Client, statement: &str) -> Result<(), Failure> {
        if self.places.is_empty() {
            return Ok(());
        }
        let named = [
            (&self.places.kinds as _, Type::INT2_ARRAY),
            (&self.places.ids as _, Type::UUID_ARRAY),
            (&self.versions as _, Type::INT8_ARRAY),
            (&self.due_ms as _, Type::INT8_ARRAY),
            (&self.groups as _, Type::TEXT_ARRAY),
            (&self.bytes as _, Type::BYTEA_ARRAY),
        ];
        client.execute_typed(statement, &named).await?;
        Ok(())
    }
}

fn literal(groups: &[Id]) -> String {
    let written: Vec<String> = groups.iter().map(|id| data_encoding::HEXLOWER.encode(&id.0)).collect();
    format!("{{{}}}", written.join(","))
}

/// MemberRows of groups that come or go.
/// Ids, each with a record: groups and their members, or links and what they point at.
#[derive(Default)]
struct PairRows {
    ids: Vec<Uuid>,
    places: Refs,
}

impl PairRows {
    fn push(&mut self, id: Id, at: Ref) {
        self.ids.push(Uuid(id));
        self.places.push(at);
    }

    async fn send(&self, client: &Client, statement: &str) -> Result<(), Failure> {
        if self.ids.is_empty() {
            return Ok(());
        }
        let named = [
            (&self.ids as _, Type::UUID_ARRAY),
            (&self.places.kinds as _, Type::INT2_ARRAY),
            (&self.places.ids as _, Type::UUID_ARRAY),
        ];
        client.execute_typed(statement, &named).await?;
        Ok(())
    }
}

/// Groups with the version and the count that they have from now on.
#[derive(Default)]
struct CircleRows {
    ids: Vec<Uuid>,
    versions: Vec<i64>,
    members: Vec<i64>,
}

impl CircleRows {
    fn push(&mut self, id: Uuid, (version, members): (u64, u64)) {
        self.ids.push(id);
        self.versions.push(signed(version));
        self.members.push(signed(members));
    }

    async fn send(&self, client: &Client, statement: &str) -> Result<(), Failure> {
        if self.ids.is_empty() {
            return Ok(());
        }
        let named = [
            (&self.ids as _, Type::UUID_ARRAY),
            (&self.versions as _, Type::INT8_ARRAY),
            (&self.members as _, Type::INT8_ARRAY),
        ];
        client.execute_typed(statement, &named).await?;
        Ok(())
    }
}

#[derive(Default)]
struct AuditRows {
    chains: Vec<Vec<u8>>,
    numbers: Vec<i64>,
    macs: Vec<Vec<u8>>,
    bytes: Vec<Vec<u8>>,
}

impl AuditRows {
    async fn send(&self, client: &Client) -> Result<(), Failure> {
        const ADD: &str = "INSERT INTO audit_row (chain, number, mac, bytes) \
                           SELECT * FROM unnest($1, $2, $3, $4)";
        if self.numbers.is_empty() {
            return Ok(());
        }
        let named = [
            (&self.chains as _, Type::BYTEA_ARRAY),
            (&self.numbers as _, Type::INT8_ARRAY),
            (&self.macs as _, Type::BYTEA_ARRAY),
            (&self.bytes as _, Type::BYTEA_ARRAY),
        ];
        client.execute_typed(ADD, &named).await?;
        Ok(())
    }
}

/// The writes of a batch, by table.
#[derive(Default)]
struct TableWrites {
    new_records: RecordRows,
    changed_records: RecordRows,
    gone_records: Refs,
    new_members: PairRows,
    gone_members: PairRows,
    new_circles: CircleRows,
    changed_circles: CircleRows,
    gone_circles: Vec<Uuid>,
    new_links: PairRows,
    gone_links: Vec<Uuid>,
    rows: AuditRows,
}

impl TableWrites {
    fn of(before: &StateBefore, writes: Writes) -> Result<Self, StoreError> {
        let mut tables = TableWrites::default();
        // Whoever comes meanwhile to where a row of our own was held finds the place as it was.
        before.held.iter().for_each(|at| tables.gone_records.push(*at));
        tables.gone_circles.extend(before.held_groups.iter().map(|id| Uuid(*id)));
        for (key, value) in writes {
            tables.add(before, &key, value.as_deref())?;
        }
        Ok(tables)
    }

    fn add(&mut self, before: &StateBefore, key: &[u8], value: Option<&[u8]>) -> Result<(), StoreError> {
        let had = before.had(key);
        match (keys::sort(key), value) {
            (Some(Sort::Record(_)), Some(value)) if had => self.changed_records.push(key, value)?,
            (Some(Sort::Record(_)), Some(value)) => self.new_records.push(key, value)?,
            (Some(Sort::Record(_)), None) if had => self.gone_records.push(keys::read_target(key)?),
            (Some(Sort::Member), Some(_)) => {
                self.new_members.push(keys::read_id(key)?, keys::read_member(key)?)
            }
            (Some(Sort::Member), None) => {
                self.gone_members.push(keys::read_id(key)?, keys::read_member(key)?)
            }
            (Some(Sort::Group), value) => {
                let id = Uuid(keys::read_id(key)?);
                match value.map(keys::read_group).transpose()? {
                    Some(group) if had => self.changed_circles.push(id, group),
                    Some(group) => self.new_circles.push(id, group),
                    None => self.gone_circles.push(id),
                }
            }
            (Some(Sort::Link), Some(target)) if before.is_at(key, target) => {}
            (Some(Sort::Link), Some(target)) => {
                if had {
                    self.gone_links.push(Uuid(keys::read_id(key)?));
                }
                self.new_links.push(keys::read_id(key)?, keys::read_target(target)?);
            }
            (Some(Sort::Link), None) => self.gone_links.push(Uuid(keys::read_id(key)?)),
            (Some(Sort::Audit), Some(value)) => {
                let row = keys::read_row(key, value)?;
                self.rows.chains.push(chain_bytes(keys::read_chain(key)?).to_vec());
                self.rows.numbers.push(signed(row.sequence));
                self.rows.macs.push(row.mac.to_vec());
                self.rows.bytes.push(row.bytes);
            }
            // What was not there, what is a column here, and what was noted at the beginning.
            (Some(Sort::Record(_) | Sort::Audit), None) | (Some(Sort::Due | Sort::Seen), _) | (None, _) => {}
        }
        Ok(())
    }
}

/// The second round trip. What goes comes first, so that what is new may take its place.
pub async fn write(
    client: &Client,
    batch: &Batch,
    before: &StateBefore,
    writes: Option<Writes>,
) -> Result<(), Failure> {
    let tables = TableWrites::of(before, writes.unwrap_or_default()).map_err(Failure::Told)?;
    // A batch that was seen does nothing again.
    let changes: &[Change] = if before.is_seen { &[] } else { &batch.changes };
    let (
        gone_records,
        gone_circles,
        gone_links,
        gone_members,
        cut,
        new,
        changed,
        new_members,
        new_circles,
        changed_circles,
        new_links,
        rows,
        end,
    ) = tokio::join!(
        biased;
        drop_records(client, &tables.gone_records),
        drop_by_id(client, "DELETE FROM circle WHERE id = ANY ($1)", &tables.gone_circles),
        drop_by_id(client, "DELETE FROM link WHERE index = ANY ($1)", &tables.gone_links),
        tables.gone_members.send(client, GONE_MEMBERS),
        cut(client, changes),
        tables.new_records.send(client, NEW),
        tables.changed_records.send(client, CHANGED),
        tables.new_members.send(client, NEW_MEMBERS),
        tables.new_circles.send(client, NEW_CIRCLES),
        tables.changed_circles.send(client, CHANGED_CIRCLES),
        tables.new_links.send(client, NEW_LINKS),
        tables.rows.send(client),
        client.batch_execute("COMMIT"),
    );
    let done = [
        gone_records,
        gone_circles,
        gone_links,
        gone_members,
        cut,
        new,
        changed,
        new_members,
        new_circles,
        changed_circles,
        new_links,
        rows,
    ];
    // The first is the cause; those after it hear that the transaction was given up.
    done.into_iter().collect::<Result<(), Failure>>()?;
    Ok(end?)
}

async fn drop_records(client: &Client, gone: &Refs) -> Result<(), Failure> {
    const DROP: &str = "DELETE FROM record USING unnest($1, $2) AS gone (kind, id) \
                        WHERE record.kind = gone.kind AND record.id = gone.id";
    if !gone.is_empty() {
        let named = [(&gone.kinds as _, Type::INT2_ARRAY), (&gone.ids as _, Type::UUID_ARRAY)];
        client.execute_typed(DROP, &named).await?;
    }
    Ok(())
}

async fn drop_by_id(client: &Client, statement: &str, gone: &Vec<Uuid>) -> Result<(), Failure> {
    if !gone.is_empty() {
        client.execute_typed(statement, &[(gone, Type::UUID_ARRAY)]).await?;
    }
    Ok(())
}

/// Rows of chains that go; the rules have seen to it that none is the newest.
async fn cut(client: &Client, changes: &[Change]) -> Result<(), Failure> {
    const CUT: &str = "DELETE FROM audit_row WHERE chain = $1 AND number <= $2";
    for change in changes {
        if let Change::Cut { chain, up_to } = change {
            let (name, up_to) = (chain_bytes(*chain).to_vec(), signed(*up_to));
            client.execute_typed(CUT, &[(&name, Type::BYTEA), (&up_to, Type::INT8)]).await?;
        }
    }
    Ok(())
}
