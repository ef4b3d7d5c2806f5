//! Tests of the register's file: whatever goes in is found, and whatever is damaged is refused.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;

use proptest::prelude::*;

use super::super::sorted_writer::{ListSummary, SortedWriter};
use super::*;

fn list(repeated: u64, bad: u64) -> ListSummary {
    ListSummary { source: "list.txt".into(), listed_ms: 5, repeated, bad }
}

fn made(kind: Kind, rows: &BTreeMap<SortedKey, Vec<u8>>) -> File {
    let file = tempfile::tempfile().unwrap();
    let mut writer = SortedWriter::new(file, kind, 7).unwrap();
    rows.iter().for_each(|(key, value)| writer.put(*key, value).unwrap());
    let (file, summary) = writer.finish(list(3, 4)).unwrap();
    assert_eq!(file.metadata().unwrap().len(), summary.bytes());
    file
}

/// Rows so long that few fit into a page: a tall file of few rows.
fn tall() -> BTreeMap<SortedKey, Vec<u8>> {
    (0..5_000_u128).map(|number| (number * 10, vec![number as u8; 1_300])).collect()
}

#[test]
fn an_index_of_several_pages() {
    let rows = tall();
    let sorted = Sorted::over(made(Kind::Cedulas, &rows), Kind::Cedulas).unwrap();
    assert!(sorted.fences.len() >= 5, "{}", sorted.fences.len());
    sorted.check().unwrap();
    for key in 0..50_020 {
        assert_eq!(sorted.find(key).unwrap().as_ref(), rows.get(&key), "{key}");
    }
    let SortedSummary { rows, repeated, bad, made_ms, listed_ms, source, .. } = sorted.summary().clone();
    assert_eq!((rows, repeated, bad, made_ms, listed_ms), (5_000, 3, 4, 7, 5));
    assert_eq!(source.as_str(), "list.txt");
}

#[test]
fn a_register_of_nothing() {
    let sorted = Sorted::over(made(Kind::Res, &BTreeMap::new()), Kind::Res).unwrap();
    sorted.check().unwrap();
    assert_eq!(sorted.find(0), Ok(None));
    assert_eq!(sorted.summary().rows, 0);
}

#[test]
fn what_is_not_this_register_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.register");
    let said = |kind| Sorted::open(&path, kind).unwrap_err().to_string();
    assert_eq!(said(Kind::Res), "there is no register res: run totem import res FILE");
    let mut good = vec![0; 0];
    let file = made(Kind::SiiNombres, &[(1, b"\0Uno".to_vec())].into());
    good.resize(3 * BYTES, 0);
    file.read_exact_at(&mut good, 0).unwrap();

    fs::write(&path, &good).unwrap();
    assert!(Sorted::open(&path, Kind::SiiNombres).is_ok());
    assert!(said(Kind::Res).contains("it is a register of something else"), "{}", said(Kind::Res));
    for bytes in [&good[..0], &good[..100], &good[..2 * BYTES], &[good.as_slice(), b"more"].concat()] {
        fs::write(&path, bytes).unwrap();
        let said = said(Kind::SiiNombres);
        assert!(said.starts_with("the register sii-nombres is damaged (it"), "{said}");
        assert!(said.ends_with("run totem import sii-nombres FILE again"), "{said}");
    }
    let mut newer = good.clone();
    newer[6 + 7] = b'3';
    fs::write(&path, newer).unwrap();
    assert!(said(Kind::SiiNombres).contains("was made by another version"));
    fs::write(&path, vec![b'x'; 3 * BYTES]).unwrap();
    assert!(said(Kind::SiiNombres).contains("first page does not fit"));
}

/// What a totem of before wrote: without the list's own time, which is then that of the import.
#[test]
fn a_register_of_the_first_version_is_read() {
    let file = made(Kind::Res, &BTreeMap::from([(1, b"\0Uno".to_vec())]));
    let mut page = FillingBlock::default();
    page.put(b"totemrg1");
    page.put(&[Kind::Res.code(), 4]);
    for number in [7_u64, 1, 3, 4, 1, 1] {
        page.put(&number.to_le_bytes());
    }
    page.put(b"list.txt");
    file.write_all_at(&page.close(7, 0), 0).unwrap();
    let sorted = Sorted::over(file, Kind::Res).unwrap();
    sorted.check().unwrap();
    assert_eq!(sorted.find(1), Ok(Some(b"\0Uno".to_vec())));
    let SortedSummary { made_ms, listed_ms, source, .. } = sorted.summary().clone();
    assert_eq!((made_ms, listed_ms, source.as_str()), (7, 7, "list.txt"));
}

#[test]
fn a_page_of_an_earlier_import_is_not_believed() {
    let rows = |name: &str| BTreeMap::from([(1, name.as_bytes().to_vec())]);
    let file = tempfile::tempfile().unwrap();
    let mut writer = SortedWriter::new(file, Kind::Res, 8).unwrap();
    rows("new").iter().for_each(|(key, value)| writer.put(*key, value).unwrap());
    let (new, _) = writer.finish(list(0, 0)).unwrap();
    let mut page = [0; BYTES];
    made(Kind::Res, &rows("old")).read_exact_at(&mut page, BYTES as u64).unwrap();
    new.write_all_at(&page, BYTES as u64).unwrap();
    let sorted = Sorted::over(new, Kind::Res).unwrap();
    assert!(matches!(sorted.find(1), Err(RegisterError::Damaged { .. })));
    assert!(sorted.check().is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn as_a_map_would(rows in proptest::collection::btree_map(0u128..2_000, proptest::collection::vec(any::<u8>(), 0..300), 0..200)) {
        let sorted = Sorted::over(made(Kind::Representantes, &rows), Kind::Representantes).unwrap();
        sorted.check().unwrap();
        for key in 0..2_001 {
            let found = sorted.find(key).unwrap();
            prop_assert_eq!(found.as_ref(), rows.get(&key));
        }
    }

    #[test]
    fn a_changed_byte_never_changes_an_answer(at in 0usize..1_000_000, with in 1u8..=255) {
        let rows: BTreeMap<SortedKey, Vec<u8>> = (0..60_u128).map(|number| (number, vec![number as u8; 500])).collect();
        let file = made(Kind::SiiNombres, &rows);
        let at = (at as u64) % file.metadata().unwrap().len();
        let mut byte = [0];
        file.read_exact_at(&mut byte, at).unwrap();
        file.write_all_at(&[byte[0] ^ with], at).unwrap();
        let Ok(sorted) = Sorted::over(file, Kind::SiiNombres) else { return Ok(()) };
        prop_assert!(sorted.check().is_err(), "byte {}", at);
        for key in 0..62 {
            if let Ok(found) = sorted.find(key) {
                prop_assert_eq!(found.as_ref(), rows.get(&key));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(raw in proptest::collection::vec(any::<u8>(), 0..3 * BYTES)) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&raw).unwrap();
        prop_assert!(Sorted::over(file, Kind::SiiNombres).is_err());
    }
}
