//! Bytes that can't be unsealed and are brought up later all the same: a key may come that opens
//! them. A seal is bound to version and due time, so it goes whole into one of ours, together with
//! what it was bound to.

use zeroize::Zeroizing;

use super::place_of;
use crate::domain::reference::Ref;
use crate::store::{MAX_VALUE_BYTES, Versioned};
use crate::vault::{Place, Unsealed, Vault, is_bound_to_version};

/// Stands where the version of a record's shape does, none of which is 0.
const SET_ASIDE: u8 = 0;
/// Version, whether it was due, and when.
const HEAD_BYTES: usize = 17;

/// What was read here, for another version and due time.
pub(super) fn moved(vault: &Vault, read: &Versioned, to: Place) -> Vec<u8> {
    if !is_bound_to_version(&read.bytes) {
        return read.bytes.clone();
    }
    let sealed = match vault.open(place_of(to.at, read), &read.bytes) {
        Ok(plain) => vault.seal(to, &plain),
        Err(_) => vault.seal(to, &wrapped(read)),
    };
    // One too large for that stays as it is: the store would take no other.
    if sealed.len() > MAX_VALUE_BYTES { read.bytes.clone() } else { sealed }
}

/// What an older program sealed to its place alone, sealed to this version and due time. What can't be
/// unsealed stays as it is.
pub(super) fn rebound(vault: &Vault, read: &Versioned, to: Place) -> Vec<u8> {
    match vault.open(place_of(to.at, read), &read.bytes) {
        Ok(plain) => vault.seal(to, &plain),
        Err(_) => read.bytes.clone(),
    }
}

fn wrapped(read: &Versioned) -> Vec<u8> {
    let mut plain = Vec::with_capacity(1 + HEAD_BYTES + read.bytes.len());
    plain.push(SET_ASIDE);
    plain.extend(read.version.to_be_bytes());
    plain.push(read.due_ms.is_some().into());
    plain.extend(read.due_ms.unwrap_or(0).to_be_bytes());
    plain.extend(&read.bytes);
    plain
}

fn unwrapped(at: Ref, plain: &[u8]) -> Option<(Place, &[u8])> {
    let (head, sealed) = plain.split_first_chunk::<HEAD_BYTES>()?;
    let number = |bytes: &[u8]| bytes.try_into().ok().map(u64::from_be_bytes);
    let due_ms = number(&head[9..])?;
    let place = Place { at, version: number(&head[..8])?, due_ms: (head[8] == 1).then_some(due_ms) };
    Some((place, sealed))
}

/// The plain bytes, wiped when dropped, also of what was set aside once.
pub(super) fn open(vault: &Vault, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealed> {
    let plain = vault.open(place, sealed)?;
    match plain.split_first() {
        Some((&SET_ASIDE, inner)) => {
            let (place, sealed) = unwrapped(place.at, inner).ok_or(Unsealed::Shape)?;
            vault.open(place, sealed)
        }
        _ => Ok(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference::{Id, Kind};
    use crate::vault::{Cost, Keys};

    fn vault() -> Vault {
        Vault::new(Keys::random(), Cost::cheap_for_tests())
    }

    #[test]
    fn what_another_key_opens_opens_again_when_that_key_is_back() {
        let (ours, theirs) = (vault(), vault());
        let at = Ref { kind: Kind::Outbox, id: Id([7; 16]) };
        let place = Place { at, version: 5, due_ms: Some(60) };
        let mut read = Versioned {
            version: 5,
            bytes: theirs.seal(place, b"\x01mail"),
            due_ms: Some(60),
            groups: vec![],
        };
        for version in [6, 7] {
            let to = Place { at, version, due_ms: Some(version * 60) };
            read = Versioned { version, bytes: moved(&ours, &read, to), due_ms: to.due_ms, groups: vec![] };
            assert_eq!(open(&ours, to, &read.bytes), Err(Unsealed::Forged));
        }
        // Both keys have the number 1: what is ours on the outside is theirs on the inside.
        let plain = ours.open(place_of(at, &read), &read.bytes).expect("the outside is ours");
        let (inside, sealed) = unwrapped(at, &plain[1..]).expect("its shape");
        assert_eq!(
            (inside, theirs.open(inside, sealed).expect("its key").as_slice()),
            (place, &b"\x01mail"[..])
        );
    }

    #[test]
    fn what_can_be_read_is_read_after_it_was_moved() {
        let vault = vault();
        let at = Ref { kind: Kind::Outbox, id: Id([7; 16]) };
        let place = Place { at, version: 5, due_ms: None };
        let read =
            Versioned { version: 5, bytes: vault.seal(place, b"\x01mail"), due_ms: None, groups: vec![] };
        let to = Place { at, version: 6, due_ms: Some(9) };
        let bytes = moved(&vault, &read, to);
        assert_eq!(open(&vault, to, &bytes).expect("it opens").as_slice(), b"\x01mail");
        // What is bound to no version is the same wherever it is.
        let older = Versioned { bytes: vault.seal_unversioned(at, b"\x01mail"), ..read };
        assert_eq!(moved(&vault, &older, to), older.bytes);
        assert_eq!(open(&vault, to, &older.bytes).expect("it opens").as_slice(), b"\x01mail");
    }
}
