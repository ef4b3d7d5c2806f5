//! How ids, kinds, times and chains stand in PostgreSQL's columns.

use std::error::Error;

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, accepts, to_sql_checked};

use super::failure::Failure;
use crate::audit::ChainName;
use crate::domain::reference::{Id, Kind, Ref};
use crate::store::{KINDS, StoreError};

/// An id in a column of UUIDs, whose order is that of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uuid(pub Id);

impl ToSql for Uuid {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(&self.0.0);
        Ok(IsNull::No)
    }

    accepts!(UUID);
    to_sql_checked!();
}

impl FromSql<'_> for Uuid {
    fn from_sql(_: &Type, raw: &[u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Uuid(Id(raw.try_into()?)))
    }

    accepts!(UUID);
}

/// Records by kind and id, as two arrays of one length.
#[derive(Default)]
pub struct Refs {
    pub kinds: Vec<i16>,
    pub ids: Vec<Uuid>,
}

impl Refs {
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn push(&mut self, at: Ref) {
        self.kinds.push(kind_number(at.kind));
        self.ids.push(Uuid(at.id));
    }
}

impl FromIterator<Ref> for Refs {
    fn from_iter<T: IntoIterator<Item = Ref>>(refs: T) -> Self {
        let mut found = Refs::default();
        refs.into_iter().for_each(|at| found.push(at));
        found
    }
}

pub fn kind_number(kind: Kind) -> i16 {
    i16::from(kind as u8)
}

pub fn reference(kind: i16, id: Uuid) -> Result<Ref, Failure> {
    let known = KINDS.into_iter().find(|known| kind_number(*known) == kind);
    match known {
        Some(kind) => Ok(Ref { kind, id: id.0 }),
        None => Err(Failure::Told(StoreError::Corrupt(format!(
            "a record is of kind {kind}, which is not known here"
        )))),
    }
}

/// A version, a time or a number, none of which honestly reaches the end of a signed column.
pub fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub fn unsigned(number: i64) -> Result<u64, Failure> {
    u64::try_from(number).map_err(|_| {
        Failure::Told(StoreError::Corrupt(format!("{number} stands where nothing is below zero")))
    })
}

/// A chain's name as its eight bytes, whose order is that of the numbers.
pub fn chain_bytes(chain: ChainName) -> [u8; 8] {
    chain.number().to_be_bytes()
}

pub fn chain_name(bytes: &[u8]) -> Result<ChainName, Failure> {
    let number = bytes.try_into().map(u64::from_be_bytes);
    let number =
        number.map_err(|_| Failure::Told(StoreError::Corrupt("an audit chain has no name".into())))?;
    Ok(ChainName::new(number))
}
