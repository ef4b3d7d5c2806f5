//! Tests of the look-ups: how the kinds join, what a missing or damaged register is answered with,
//! and that a new one is seen at once.

use std::fs;
use std::io::Cursor;

use tempfile::TempDir;

use super::import::{FileError, Import, ImportError, Progress, TableFile};
use super::sorted::SortedSummary;
use super::unpack::Source;
use super::*;

/// 22 November 2026, noon.
const NOON: u64 = 1_795_348_800_000;
const SII: &str = "RUT\tDV\tRAZON_SOCIAL\tFECHA_TG_VIG\n";
const RES: &str = "RUT;Razon Social;Fecha de registro (ultima firma);Tipo de actuacion\n";

fn rut(text: &str) -> Rut {
    text.parse().unwrap()
}

fn try_import(folder: &TempDir, kind: Kind, text: &str) -> Result<SortedSummary, ImportError> {
    let source = Source::Stream(Box::new(Cursor::new(text.as_bytes().to_vec())));
    let import = Import { kind, folder: folder.path(), now_ms: NOON, force: false, run_bytes: 4096 };
    let file = TableFile { shown: "list".into(), name: "list".into(), source };
    import.run(vec![file], &Progress::default(), &mut |_, _, _| {}).map(|imported| imported.summary)
}

/// What is wrong with the list.
fn fault(folder: &TempDir, text: &str) -> FileError {
    match try_import(folder, Kind::SiiNombres, text) {
        Err(ImportError::InFile { file, error }) if file == "list" => error,
        other => panic!("{other:?}"),
    }
}

fn import(folder: &TempDir, kind: Kind, text: &str) -> SortedSummary {
    try_import(folder, kind, text).unwrap()
}

fn bulk(folder: &TempDir) -> Bulk {
    Bulk::new(folder.path(), Arc::new(|| NOON))
}

fn reason<T: std::fmt::Debug>(looked: Looked<T>) -> String {
    assert!(looked.calls.is_empty(), "nobody was called");
    looked.answer.unwrap_err().reason
}

#[tokio::test]
async fn sii_decides_and_res_fills_in() {
    let folder = tempfile::tempdir().unwrap();
    let bulk = bulk(&folder);
    let company = async |text| bulk.company(rut(text)).await;
    assert!(reason(company("1-9").await).contains("no register sii-nombres: run totem import"));

    let acts = "121-K;Antes;01-01-2020;CONSTITUCIÓN\n1-9;Nuevo;03-01-2021;MODIFICACIÓN\n\
                1-9;Viejo;02-01-2021;CONSTITUCIÓN\n12345678-5;Fin;01-01-2022;DISOLUCIÓN\n";
    assert_eq!(import(&folder, Kind::Res, &format!("{RES}{acts}")).repeated, 1);
    assert!(reason(company("1-9").await).contains("RES knows it, and not whether it is open"), "no yes");
    assert_eq!(company("12345678-5").await.answer, Ok(Company::Closed { name: "Fin".into() }));
    assert!(reason(company("11111111-1").await).contains("no register sii-nombres"), "not unknown");

    import(&folder, Kind::SiiNombres, &format!("{SII}121\tK\tAhora\t01-02-2021\n"));
    assert_eq!(company("121-K").await.answer, Ok(Company::Closed { name: "Ahora".into() }));
    assert_eq!(company("1-9").await.answer, Ok(Company::Open { name: "Nuevo".into() }));
    assert_eq!(company("11111111-1").await.answer, Ok(Company::Unknown));

    fs::remove_file(Kind::Res.file(folder.path())).unwrap();
    assert_eq!(company("1-9").await.answer, Ok(Company::Unknown));
    fs::write(Kind::Res.file(folder.path()), "rubbish").unwrap();
    assert!(reason(company("1-9").await).contains("res is damaged"), "not unknown");
    assert!(company("121-K").await.answer.is_ok());
}

#[tokio::test]
async fn a_damaged_register_is_down_and_a_new_one_is_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let bulk = bulk(&folder);
    let list = format!("{SII}1\t9\tUno\t\n");
    import(&folder, Kind::SiiNombres, &list);
    let open = Ok(Company::Open { name: "Uno".into() });
    assert_eq!(bulk.company(rut("1-9")).await.answer, open);

    // Under the kiosk's hands, as a failing disk would.
    let path = Kind::SiiNombres.file(folder.path());
    let good = fs::read(&path).unwrap();
    let mut bad = good.clone();
    bad[block::BYTES + 20] ^= 1;
    fs::write(&path, &bad).unwrap();
    let down = bulk.company(rut("1-9")).await;
    assert!(reason(down).ends_with("run totem import sii-nombres FILE again"));
    fs::write(&path, &good[..block::BYTES]).unwrap();
    assert!(reason(bulk.company(rut("1-9")).await).contains("its end is missing"));

    import(&folder, Kind::SiiNombres, &list.replace("Uno", "Dos"));
    assert_eq!(bulk.company(rut("1-9")).await.answer, Ok(Company::Open { name: "Dos".into() }));
}

#[tokio::test]
async fn representatives_and_cards_as_the_padron_answers_them() {
    let folder = tempfile::tempdir().unwrap();
    let bulk = bulk(&folder);
    assert!(reason(bulk.representation(rut("1-9"), rut("1-9")).await).contains("import representantes FILE"));
    assert!(
        reason(bulk.card(rut("1-9"), &"123456789".parse().unwrap()).await).contains("import cedulas FILE")
    );
    import(&folder, Kind::Representantes, include_str!("../../../assets/demo/representantes.tsv"));
    import(&folder, Kind::Cedulas, include_str!("../../../assets/demo/cedulas.tsv"));
    let padron = super::super::padron::Padron::demo(Arc::new(|| NOON));
    let persons = ["11.111.111-1", "33.333.333-3", "12.345.678-5", "43.333.333-0", "44.444.444-4"];
    for person in persons.map(rut) {
        for company in ["99.999.999-9", "99.999.998-0", "99.999.992-1", "50.000.000-7"].map(rut) {
            let (ours, theirs) =
                (bulk.representation(company, person).await, padron.representation(company, person).await);
            assert_eq!(ours.answer.map_err(|down| down.service), theirs.answer.map_err(|down| down.service));
        }
    }
    for (holder, serial) in [
        ("11.111.111-1", "B1C234567"),
        ("11.111.111-1", "123456789"),
        ("44.444.444-4", "A012345678"),
        ("40.000.000-K", "400000001"),
        ("40.000.000-K", "C40000002"),
        ("41.111.111-3", "411111111"),
        ("42.222.222-7", "422222222"),
        ("45.555.555-8", "455555555"),
        // Before the first holder of the list, between two, after the last, and one who has another card.
        ("1-9", "123456789"),
        ("11.111.112-K", "123456789"),
        ("99.999.999-9", "C99999999"),
        ("44.444.444-4", "123456789"),
    ] {
        let (holder, serial) = (rut(holder), serial.parse().unwrap());
        let (ours, theirs) = (bulk.card(holder, &serial).await, padron.card(holder, &serial).await);
        assert_eq!(ours.answer.map_err(|down| down.service), theirs.answer.map_err(|down| down.service));
    }
}

#[test]
fn a_refused_import_leaves_the_old_register() {
    let folder = tempfile::tempdir().unwrap();
    import(&folder, Kind::SiiNombres, &format!("{SII}1\t9\tUno\t\n"));
    let path = Kind::SiiNombres.file(folder.path());
    let before = fs::read(&path).unwrap();
    let bad = format!("{SII}1\t9\tDos\t\n1\t8\tTres\t\n");
    assert!(matches!(fault(&folder, &bad), FileError::ManyBadLines { bad: 1, all: 2 }));
    assert!(matches!(fault(&folder, ""), FileError::Empty));
    assert!(matches!(fault(&folder, SII), FileError::Empty));
    let held = fs::File::open(folder.path()).unwrap();
    held.lock().unwrap();
    assert!(matches!(try_import(&folder, Kind::SiiNombres, SII), Err(ImportError::Running(_))));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn twenty_bad_lines_of_four_hundred_are_five_percent() {
    let folder = tempfile::tempdir().unwrap();
    let line = |number: u32| {
        let check = Rut::of_body(number).unwrap().check();
        let check = if number.is_multiple_of(20) { 'X' } else { check };
        format!("{number}\t{check}\tN{number}\t\n")
    };
    let list: String = (1..=400).map(line).collect();
    let summary = import(&folder, Kind::SiiNombres, &format!("{SII}{list}"));
    assert_eq!((summary.rows, summary.bad), (380, 20));
    let one_more = format!("{SII}{list}401\tX\tN\t\n");
    assert!(matches!(fault(&folder, &one_more), FileError::ManyBadLines { bad: 21, all: 401 }));
}
