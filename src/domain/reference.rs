//! Where a record lies: its kind and its id. Effects, proofs and accounts name records this way,
//! without knowing the store that keeps them.

/// Which kind of record. The number is stored, so it never changes meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Facts about the store itself: schema version, key check, high-water mark of the clock.
    Meta = 1,
    /// A company's account.
    Account = 2,
    /// Failed tries, by RUT, terminal or address.
    Limit = 3,
    /// A recovery under way, with the keys that were sent for it.
    Recovery = 4,
    /// An address that waits to be proved by a code.
    Proof = 5,
    /// A message to send.
    Outbox = 6,
    /// A code that undoes something.
    Undo = 7,
    /// A registration that waits for the registry.
    Application = 8,
    /// An address that refused a message for good.
    Refusal = 9,
    /// A member of staff.
    Staff = 10,
    /// A company's request for a facilitator's clave.
    FacilitatorRequest = 11,
    /// The key of a document that is kept in a file of its own.
    Document = 12,
    /// A request that a company be forgotten.
    Erasure = 13,
    /// A foreign facilitator.
    Facilitator = 14,
    /// A settlement under way (T6).
    Dispute = 15,
    /// The rank of an account that was erased (T4d).
    Remembered = 16,
}

/// Sixteen bytes: either time-ordered ([`Id::at`]) or a keyed hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Id(pub [u8; 16]);

impl Id {
    /// A time-ordered id: milliseconds since 1970 in 6 big-endian bytes, then 10 random bytes.
    pub fn at(now_ms: u64, random: [u8; 10]) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&now_ms.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        Id(bytes)
    }

    /// The time inside a time-ordered id, in milliseconds since 1970.
    pub fn time_ms(&self) -> u64 {
        let mut bytes = [0; 8];
        bytes[2..].copy_from_slice(&self.0[..6]);
        u64::from_be_bytes(bytes)
    }

    /// The version that a batch of this id gives to whatever it writes: 63 bits of its random tail,
    /// so that no version comes twice, and none is later than another.
    pub fn version(&self) -> u64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.0[8..]);
        u64::from_be_bytes(bytes) & (u64::MAX >> 1)
    }
}

/// Names one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref {
    /// Which drawer it lies in.
    pub kind: Kind,
    /// Which record of that kind.
    pub id: Id,
}
