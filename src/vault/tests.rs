//! Tests of the vault: wrong keys, swapped rows, changed bytes, and nothing said aloud.

use proptest::prelude::*;

use super::*;
use crate::domain::reference::{Kind, Ref};

fn vault() -> Vault {
    Vault::new(Keys::random(), Cost::cheap_for_tests())
}

fn rut(body: u32) -> Rut {
    Rut::of_body(body).unwrap()
}

fn at(kind: Kind, id: u8) -> Place {
    Place { at: Ref { kind, id: Id([id; 16]) }, version: 1, due_ms: None }
}

#[tokio::test]
async fn right_wrong_and_old() {
    let keys = fixed;
    let vault = Vault::new(keys(), Cost::cheap_for_tests());
    let digest = vault.digest(&Secret::new("Zq7#mñ2w")).await;
    assert!(digest.0.starts_with("$argon2id$v=19$m=32,t=1,p=1$"), "{}", digest.0);
    assert_ne!(vault.digest(&Secret::new("Zq7#mñ2w")).await, digest);
    assert_eq!(vault.verify(&Secret::new("Zq7#mñ2w"), &digest).await, Verdict::Right);
    assert_eq!(vault.verify(&Secret::new("zq7#mñ2w"), &digest).await, Verdict::Wrong);
    assert_eq!(vault.verify(&Secret::new("x"), &Digest("damaged".into())).await, Verdict::Wrong);
    assert_eq!(vault.verify_nothing().await, Verdict::Wrong);

    let dearer = Vault::new(keys(), Cost::new(19_456, 2, 1).unwrap());
    assert_eq!(dearer.verify(&Secret::new("Zq7#mñ2w"), &digest).await, Verdict::RightButOld);
    let other_pepper = self::vault();
    assert_eq!(other_pepper.verify(&Secret::new("Zq7#mñ2w"), &digest).await, Verdict::Wrong);
}

#[tokio::test]
async fn many_digests_with_one_salt_cost_one_hashing() {
    let vault = vault();
    let cost_of = |before: u64| vault.hashings() - before;
    let mut digests = Vec::new();
    for text in ["uno", "dos", "tres"] {
        digests.push(vault.digest_among(&Secret::new(text), Among::SentClaves, rut(7)).await);
    }
    for (text, place) in [("dos", Some(1)), ("tres", Some(2)), ("cuatro", None)] {
        let before = vault.hashings();
        assert_eq!(vault.find(&Secret::new(text), digests.clone()).await, place);
        assert_eq!(cost_of(before), 1);
    }
    let before = vault.hashings();
    assert_eq!(vault.find(&Secret::new("uno"), vec![]).await, None);
    assert_eq!(vault.find(&Secret::new("uno"), vec![Digest("damaged".into())]).await, None);
    assert_eq!(cost_of(before), 2);
    // Of another company, of another kind, and with a salt of its own.
    let own = vault.digest(&Secret::new("uno")).await;
    let codes = vault.digest_among(&Secret::new("uno"), Among::UndoCodes, rut(7)).await;
    let other = vault.digest_among(&Secret::new("uno"), Among::SentClaves, rut(8)).await;
    digests.extend([own, codes, other]);
    let before = vault.hashings();
    assert_eq!(vault.find(&Secret::new("uno"), digests.clone()).await, Some(0));
    assert_eq!(cost_of(before), 4);
    digests.sort_by(|one, other| one.0.cmp(&other.0));
    digests.dedup();
    assert_eq!(digests.len(), 6);
}

/// The same keys each time.
fn fixed() -> Keys {
    let text = "version = 1\nseal.1 = S\nindex = S\npepper = S\naudit = S\npseudonym = S\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k");
    drop(Keys::create(&path).unwrap());
    std::fs::write(&path, text.replace('S', &"5a".repeat(32))).unwrap();
    Keys::load(&path).unwrap()
}

#[test]
fn costs_have_a_floor() {
    assert_eq!(Cost::new(65_536, 3, 4), Ok(Cost::default()));
    assert_eq!(Cost::new(19_455, 3, 4), Err(CostError::TooCheap));
    assert_eq!(Cost::new(19_456, 1, 4), Err(CostError::TooCheap));
    assert_eq!(Cost::new(19_456, 2, 0), Err(CostError::TooCheap));
    assert_eq!(Cost::new(u32::MAX, 2, 1), Err(CostError::TooDear));
}

#[test]
fn another_key_opens_nothing() {
    let sealed = vault().seal(at(Kind::Account, 1), b"plain");
    assert_eq!(vault().open(at(Kind::Account, 1), &sealed), Err(Unsealed::Forged));
}

#[test]
fn a_record_opens_only_where_it_was_put() {
    let vault = vault();
    let sealed = vault.seal(at(Kind::Account, 1), b"plain");
    assert_eq!(**vault.open(at(Kind::Account, 1), &sealed).unwrap(), *b"plain");
    for elsewhere in [at(Kind::Account, 2), at(Kind::Recovery, 1)] {
        assert_eq!(vault.open(elsewhere, &sealed), Err(Unsealed::Forged));
    }
    assert_eq!(vault.open_row(&sealed), Err(Unsealed::Forged));
    assert_eq!(**vault.open_row(&vault.seal_row(b"row")).unwrap(), *b"row");
}

/// Neither an older value under a newer version, nor the newest under another due time.
#[test]
fn a_record_opens_only_at_its_version_and_due_time() {
    let vault = vault();
    let place = Place { version: 7, due_ms: Some(5), ..at(Kind::Outbox, 1) };
    let sealed = vault.seal(place, b"plain");
    assert_eq!(**vault.open(place, &sealed).unwrap(), *b"plain");
    for moved in [
        Place { version: 8, ..place },
        Place { due_ms: Some(6), ..place },
        Place { due_ms: None, ..place },
        Place { due_ms: None, ..at(Kind::Outbox, 1) },
    ] {
        assert_eq!(vault.open(moved, &sealed), Err(Unsealed::Forged), "{moved:?}");
    }
    let never_due = vault.seal(Place { due_ms: None, ..place }, b"plain");
    assert_eq!(vault.open(Place { due_ms: Some(0), ..place }, &never_due), Err(Unsealed::Forged));
    // Nor as one of those that are bound to less.
    let mut weaker = sealed.clone();
    weaker[0] = 1;
    assert_eq!(vault.open(place, &weaker), Err(Unsealed::Forged));
}

#[test]
fn what_was_sealed_without_a_version_is_read_still() {
    let vault = vault();
    let place = Place { version: 7, due_ms: Some(5), ..at(Kind::Outbox, 1) };
    let sealed = vault.seal_unversioned(place.at, b"plain");
    assert_eq!(**vault.open(place, &sealed).unwrap(), *b"plain");
    assert_eq!(vault.open(at(Kind::Outbox, 2), &sealed), Err(Unsealed::Forged));
    assert_eq!(vault.open_row(&sealed), Err(Unsealed::Forged));
    assert_eq!(vault.open(place, &vault.seal_row(b"row")), Err(Unsealed::Forged));
}

#[test]
fn what_is_not_sealed_is_told_apart() {
    let vault = vault();
    assert_eq!(vault.open(at(Kind::Meta, 1), b""), Err(Unsealed::Shape));
    let mut sealed = vault.seal(at(Kind::Meta, 1), b"");
    sealed[1] = 9;
    assert_eq!(vault.open(at(Kind::Meta, 1), &sealed), Err(Unsealed::NoSuchKey(9)));
    sealed[0] = 3;
    assert_eq!(vault.open(at(Kind::Meta, 1), &sealed), Err(Unsealed::Version(3)));
}

#[test]
fn blind_ids_pseudonyms_and_picks_are_stable_and_apart() {
    let vault = vault();
    let purposes = [
        Blind::AccountOfRut,
        Blind::LimitOfRut,
        Blind::LimitOfTerminal,
        Blind::LimitOfAddress,
        Blind::UndoOfRut,
        Blind::SentKeysOfRut,
        Blind::SentKeysOfFacilitator,
    ];
    let ids: std::collections::BTreeSet<Id> =
        purposes.iter().map(|purpose| vault.blind_rut(*purpose, rut(11_111_111))).collect();
    assert_eq!(ids.len(), purposes.len());
    assert!(ids.contains(&vault.blind(Blind::AccountOfRut, b"11111111-1")));
    assert_eq!(vault.pseudonym(rut(11_111_111)), vault.pseudonym(rut(11_111_111)));
    assert_ne!(vault.pseudonym(rut(11_111_111)), vault.pseudonym(rut(22_222_222)));
    assert_eq!(vault.pseudonym(rut(11_111_111)).to_string().len(), 8);
    let picks: std::collections::BTreeSet<usize> = (1..100).map(|body| vault.pick(rut(body), 5)).collect();
    assert_eq!(picks, (0..5).collect());
    assert_eq!(vault.pick(rut(7), 0), 0);
}

#[test]
fn the_chain_depends_on_all_that_it_covers() {
    let vault = vault();
    let chain = vault.chain();
    let row = chain(&[0; 32], 1, b"row");
    assert_eq!(row, vault.chain()(&[0; 32], 1, b"row"));
    for other in [chain(&[1; 32], 1, b"row"), chain(&[0; 32], 2, b"row"), chain(&[0; 32], 1, b"rov")] {
        assert_ne!(row, other);
    }
}

#[test]
fn nothing_secret_is_printed() {
    let secret = vault().new_clave();
    let said = format!("{:?} {:?} {:?} {:?}", vault(), Keys::random(), secret, Digest("$argon2id$x".into()));
    assert_eq!(said, "Vault(…) Keys(…) Secret(…) Digest(…)");
}

proptest! {
    #[test]
    fn what_was_sealed_opens_and_what_was_changed_does_not(
        plain in proptest::collection::vec(any::<u8>(), 0..600), place in any::<usize>(), bit in 0u8..8,
    ) {
        let vault = vault();
        let mut sealed = vault.seal(at(Kind::Outbox, 3), &plain);
        prop_assert_eq!(sealed.len(), plain.len() + 42);
        prop_assert_eq!(&**vault.open(at(Kind::Outbox, 3), &sealed).unwrap(), &plain);
        let place = place % sealed.len();
        sealed[place] ^= 1 << bit;
        prop_assert!(vault.open(at(Kind::Outbox, 3), &sealed).is_err());
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        prop_assert!(vault().open(at(Kind::Outbox, 3), &bytes).is_err());
    }
}

/// A store is recognised by them: other keys don't open it (S14).
#[test]
fn each_key_has_a_fingerprint_of_its_own() {
    let of = |keys| Vault::new(keys, Cost::cheap_for_tests()).fingerprints();
    let (ours, others) = (of(Keys::random()), of(Keys::random()));
    let mut all = [ours, others].concat();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 8, "of two times four keys");
}
