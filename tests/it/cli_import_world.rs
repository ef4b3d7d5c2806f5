//! `totem import` with lists as the State publishes them and as downloads leave them: archives with a
//! catalogue beside the list, one file a year, cut-off ends, stray separators, and lists that shrank.

use std::fs::{self, File};
use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use totem::domain::register::{Company, Looked};
use totem::domain::rut::Rut;
use totem::registry::Registry as _;
use totem::registry::bulk::Bulk;

use crate::cli_support::{NOON, Place};

const SII: &str = "RUT\tDV\tCOD_SUBTIPO\tRAZON_SOCIAL\tFECHA_INICIO_VIG\tFECHA_TG_VIG";
const RES: &str = "ID;RUT;Razon Social;Fecha de actuacion (1era firma);Fecha de registro (ultima firma);\
                   Fecha de aprobacion x SII;Anio;Mes;Comuna Tributaria;Region Tributaria;Codigo de sociedad;\
                   Tipo de actuacion;Capital;Comuna Social;Region Social";
const CATALOGUE: &str = "CODIGO_TIPO\tCODIGO_SUBTIPO\tDESCRIPCION\n1\t12\tSOCIEDAD INVENTADA\n";

fn rut(body: u32) -> Rut {
    Rut::of_body(body).expect("eight digits")
}

fn sii(bodies: impl IntoIterator<Item = u32>) -> String {
    let line = |body| format!("{body}\t{}\t12\tEMPRESA INVENTADA {body}\t\t\n", rut(body).check());
    format!("{SII}\n{}", bodies.into_iter().map(line).collect::<String>())
}

fn res(year: u16, bodies: impl IntoIterator<Item = u32>) -> String {
    let line = |body| {
        format!(
            "{body};{body}-{};SOCIEDAD {body} SPA;02-01-{year};03-01-{year};;{year};Enero;;;SPA;CONSTITUCIÓN;1;;\r\n",
            rut(body).check()
        )
    };
    format!("\u{feff}{RES}\r\n{}", bodies.into_iter().map(line).collect::<String>())
}

fn zip(files: &[(&str, &str)], dated: Option<zip::DateTime>) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = zip::write::SimpleFileOptions::default();
        let options = dated.map_or(options, |dated| options.last_modified_time(dated));
        out.start_file(*name, options).expect("a name");
        out.write_all(text.as_bytes()).expect("memory");
    }
    out.finish().expect("memory").into_inner()
}

fn looked(place: &Place, company: Rut) -> Looked<Company> {
    let bulk = Bulk::new(&place.path("totem-data/register"), Arc::new(|| NOON));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(bulk.company(company))
}

fn is_open(place: &Place, body: u32) -> bool {
    matches!(looked(place, rut(body)).answer, Ok(Company::Open { .. }))
}

fn put(place: &Place, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(place.path(name), bytes).expect("a file");
}

#[test]
fn the_archive_of_sii_holds_a_catalogue_beside_the_list() {
    let place = Place::new();
    let list = sii([99_999_991, 99_999_990]);
    for (name, files) in [
        ("first", [("PUB_NOMBRES_PJ.txt", list.as_str()), ("CODIGO_TIPO_SUBTIPO.txt", CATALOGUE)]),
        ("last", [("CODIGO_TIPO_SUBTIPO.txt", CATALOGUE), ("PUB_NOMBRES_PJ.txt", &list)]),
        ("with blanks before it", [("a.csv", "\r\n\n"), ("b.csv", &format!("\r\n\u{feff}{list}"))]),
        ("by no known name", [("CODIGOS", CATALOGUE), ("NOMBRES", &list)]),
    ] {
        put(&place, "PUB_NOMBRES_PJ.zip", zip(&files, None));
        let ran = place.totem(&["import", "sii-nombres", "PUB_NOMBRES_PJ.zip"]);
        assert_eq!((ran.done().value("rows"), ran.value("bad lines")), ("2", "0"), "{name}: {ran:#?}");
        let piped = place.totem_taking(&["import", "sii-nombres", "-"], &zip(&files, None));
        assert_eq!(piped.done().value("rows"), "2", "{name}");
    }
    for (files, part) in [
        ([("a.txt", list.as_str()), ("b.txt", &list)], "several of its files are such a list (a.txt, b.txt)"),
        (
            [("a.txt", CATALOGUE), ("b.txt", "x")],
            "none of its 2 files has the columns RUT, DV, RAZON_SOCIAL, FECHA_TG_VIG",
        ),
    ] {
        put(&place, "two.zip", zip(&files, None));
        place.totem(&["import", "sii-nombres", "two.zip"]).refused(1, part);
    }
    assert!(is_open(&place, 99_999_991));
}

#[test]
fn a_year_a_file() {
    let place = Place::new();
    put(&place, "sii.txt", sii([1]));
    place.totem(&["import", "sii-nombres", "sii.txt"]).done();
    put(&place, "2025.csv", res(2025, 100..140));
    put(&place, "2026.csv", res(2026, 140..150));
    let ran = place.totem(&["import", "res", "2025.csv", "2026.csv"]);
    assert_eq!((ran.done().value("rows"), ran.value("bad lines")), ("50", "0"), "{ran:#?}");
    assert!(is_open(&place, 100) && is_open(&place, 149) && !is_open(&place, 150));
    // The year alone would throw the other one away.
    let ran = place.totem(&["import", "res", "2026.csv"]);
    ran.refused(1, "40 of the 50 rows that are there now are not in it");
    assert!(ran.err.contains("name all files of the list") && ran.err.contains("--force"), "{ran:#?}");
    assert!(is_open(&place, 100));
    // A larger year as well.
    put(&place, "large.csv", res(2026, 140..400));
    place
        .totem(&["import", "res", "large.csv"])
        .refused(1, "40 of the 50 rows that are there now are not in it");
    let ran = place.totem(&["import", "res", "2026.csv", "--force"]);
    assert_eq!((ran.done().value("rows"), ran.value("before"), ran.value("gone")), ("10", "50", "40"));
    assert!(!is_open(&place, 100));
}

#[test]
fn the_file_at_fault_is_named_among_several() {
    let place = Place::new();
    put(&place, "2025.csv", res(2025, 100..140));
    put(&place, "otra.csv", "ID;RUT\n1;1-9\n");
    let ran = place.totem(&["import", "res", "2025.csv", "otra.csv"]);
    ran.refused(1, "otra.csv: line 1: its first line names no column Razon Social");
    put(&place, "empty.csv", "");
    place.totem(&["import", "res", "2025.csv", "empty.csv"]).refused(1, "empty.csv: there is nothing in it");
    place.totem(&["import", "res", "2025.csv", "nowhere.csv"]).refused(1, "nowhere.csv: it can't be read");
    // Few of all lines are bad, and nearly all of one file's.
    put(&place, "bad.csv", format!("{RES}\n1;1-8;X;;;;;;;;;;;;\n"));
    let ran = place.totem(&["import", "res", "2025.csv", "bad.csv"]);
    ran.refused_after_showing(1, "bad.csv: none of its 1 lines is good");
    assert!(ran.out.contains("bad.csv, line 2, column RUT: the check digit"), "{ran:#?}");
    assert!(!place.path("totem-data/register/res.register").exists());
    assert_eq!(place.totem(&["import", "res"]).code, 2, "without a file there is nothing to do");
}

#[test]
fn a_row_with_more_cells_than_the_head_is_bad() {
    let place = Place::new();
    let mut list = sii(1..=60);
    // A closed company whose name holds a tab: its last cell stands one too far, and it would be open.
    list.push_str(&format!("99999991\t{}\t12\tVIÑA\tINVENTADA\t\t31-12-2020\n", rut(99_999_991).check()));
    put(&place, "list.txt", &list);
    let ran = place.totem(&["import", "sii-nombres", "list.txt"]);
    assert_eq!((ran.done().value("rows"), ran.value("bad lines")), ("60", "1"), "{ran:#?}");
    assert!(ran.out.contains("line 62, it has more fields than the head"), "{ran:#?}");
    assert_eq!(looked(&place, rut(99_999_991)).answer, Ok(Company::Unknown));

    let mut acts = res(2026, 100..160);
    acts.push_str(
        "7;99999991-3;VIÑA; INVENTADA SPA;02-01-2026;03-01-2026;;2026;Enero;;;SPA;CONSTITUCIÓN;1;;\r\n",
    );
    put(&place, "2026.csv", &acts);
    let ran = place.totem(&["import", "res", "2026.csv"]);
    assert_eq!((ran.done().value("rows"), ran.value("bad lines")), ("60", "1"), "{ran:#?}");
    // Within quotes it is a letter.
    put(&place, "2026.csv", acts.replace("VIÑA; INVENTADA SPA", "\"VIÑA; INVENTADA SPA\""));
    let ran = place.totem(&["import", "res", "2026.csv"]);
    assert_eq!((ran.done().value("rows"), ran.value("bad lines")), ("61", "0"), "{ran:#?}");
}

#[test]
fn a_download_that_was_cut_off_is_refused() {
    let place = Place::new();
    let list = sii(1_000..=1_100);
    put(&place, "list.txt", &list);
    place.totem(&["import", "sii-nombres", "list.txt"]).done();
    let last = list.trim_end_matches('\n').rfind('\n').expect("lines") + 1;
    // Within each cell of the last line, and just behind each separator.
    for end in last + 1..list.len() {
        put(&place, "cut.txt", &list[..end]);
        let ran = place.totem(&["import", "sii-nombres", "cut.txt"]);
        ran.refused_after_showing(1, "cut.txt: line 102: it breaks off");
        assert!(ran.err.contains("download it again") && ran.err.contains("--force"), "{ran:#?}");
    }
    put(&place, "cut.txt", &list[..list.len() - 20]);
    let forced = place.totem(&["import", "sii-nombres", "cut.txt", "--force"]);
    assert_eq!((forced.done().value("rows"), forced.value("bad lines")), ("100", "1"), "{forced:#?}");
    // At the end of a line nothing shows it but what is missing.
    put(&place, "list.txt", &list);
    place.totem(&["import", "sii-nombres", "list.txt"]).done();
    put(&place, "half.txt", sii(1_000..=1_080));
    place.totem(&["import", "sii-nombres", "half.txt"]).refused(1, "20 of the 101 rows that are there now");
    put(&place, "most.txt", sii(1_000..=1_095));
    assert_eq!(place.totem(&["import", "sii-nombres", "most.txt"]).done().value("gone"), "5");
    // An end without a line's end is none if the line is whole.
    put(&place, "whole.txt", sii(1_000..=1_100).trim_end_matches('\n').to_string() + "31-12-2020");
    place.totem(&["import", "sii-nombres", "whole.txt"]).done();
    assert!(matches!(looked(&place, rut(1_100)).answer, Ok(Company::Closed { .. })));
}

#[test]
fn an_own_list_that_shrinks_is_asked_about() {
    let place = Place::new();
    let list = |bodies: std::ops::Range<u32>| -> String {
        let line = |body| format!("99999999-9\t{body}-{}\tPersona Inventada\tvigente\n", rut(body).check());
        format!("rut_empresa\trut_persona\tnombre\testado\n{}", bodies.map(line).collect::<String>())
    };
    put(&place, "r.tsv", list(100..140));
    place.totem(&["import", "representantes", "r.tsv"]).done();
    put(&place, "r.tsv", list(100..130));
    let ran = place.totem(&["import", "representantes", "r.tsv"]);
    ran.refused(1, "it has 30 rows, and there are 40 now");
    place.totem(&["import", "representantes", "r.tsv", "--force"]).done();
    // Whoever keeps a list of their own may write another.
    put(&place, "r.tsv", list(500..528));
    assert_eq!(place.totem(&["import", "representantes", "r.tsv"]).done().value("gone"), "30");
}

#[test]
fn res_alone_says_of_nobody_that_it_is_open() {
    let place = Place::new();
    let mut acts = res(2026, [100]);
    acts.push_str("8;101-");
    acts.push_str(&format!(
        "{};FIN SPA;02-01-2026;03-01-2026;;2026;Enero;;;SPA;DISOLUCIÓN;1;;\r\n",
        rut(101).check()
    ));
    put(&place, "2026.csv", &acts);
    let ran = place.totem(&["import", "res", "2026.csv"]);
    let said = "RES says who was formed, and not who is open: import sii-nombres as well.";
    assert!(ran.done().out.contains(said), "{ran:#?}");
    let down = looked(&place, rut(100)).answer.expect_err("open is not known");
    assert!(down.reason.contains("sii-nombres"), "{}", down.reason);
    assert!(matches!(looked(&place, rut(101)).answer, Ok(Company::Closed { .. })), "where it does say so");
    put(&place, "sii.txt", sii([1]));
    place.totem(&["import", "sii-nombres", "sii.txt"]).done();
    assert!(is_open(&place, 100));
    assert!(!place.totem(&["import", "res", "2026.csv"]).done().out.contains("RES says"));
}

/// 5 August 2026, 10.30 in Chile.
const AUGUST_MS: u64 = 1_785_940_200_000;

#[test]
fn a_list_is_as_old_as_itself_and_not_as_its_import() {
    let place = Place::new();
    let dated = zip::DateTime::from_date_and_time(2026, 8, 5, 10, 30, 0).expect("a date");
    put(&place, "list.zip", zip(&[("PUB_NOMBRES_PJ.txt", &sii([1]))], Some(dated)));
    let ran = place.totem(&["import", "sii-nombres", "list.zip"]);
    assert_eq!(ran.done().value("list of"), "2026-08-05", "{ran:#?}");
    let listed_ms = looked(&place, rut(1)).listed_ms.expect("a list");
    assert!(listed_ms.abs_diff(AUGUST_MS) < 24 * 3_600_000, "{listed_ms}");

    put(&place, "list.txt", sii([1]));
    let file = File::options().write(true).open(place.path("list.txt")).expect("it is there");
    file.set_modified(UNIX_EPOCH + Duration::from_millis(AUGUST_MS)).expect("a time");
    place.totem(&["import", "sii-nombres", "list.txt"]).done();
    assert_eq!(looked(&place, rut(1)).listed_ms, Some(AUGUST_MS));
    // Nothing is of a day to come, nor of one before there were such lists.
    for wrong_ms in [4_102_444_800_000, 86_400_000] {
        file.set_modified(UNIX_EPOCH + Duration::from_millis(wrong_ms)).expect("a time");
        place.totem(&["import", "sii-nombres", "list.txt"]).done();
        let listed_ms = looked(&place, rut(1)).listed_ms.expect("a list");
        assert!((AUGUST_MS + 1..4_102_444_800_000).contains(&listed_ms), "{listed_ms}");
    }
    // Of several files the newest, where each has a year of its own.
    put(&place, "2025.csv", res(2025, 100..140));
    put(&place, "2026.csv", res(2026, 140..150));
    for (name, ms) in [("2025.csv", AUGUST_MS - 200 * 86_400_000), ("2026.csv", AUGUST_MS)] {
        let file = File::options().write(true).open(place.path(name)).expect("it is there");
        file.set_modified(UNIX_EPOCH + Duration::from_millis(ms)).expect("a time");
    }
    place.totem(&["import", "res", "2026.csv", "2025.csv"]).done();
    assert_eq!(looked(&place, rut(149)).listed_ms, Some(AUGUST_MS));
}

/// Seen: a list of nine representatives was refused for one slip, and for one who left.
#[test]
fn a_small_list_of_one_s_own_bears_a_few_slips() {
    let place = Place::new();
    let line =
        |person: u32| format!("99999999-9\t{person}-{}\tPersona Inventada\tvigente\n", rut(person).check());
    let import = |good: u32, bad: usize| {
        let rows: String = (100..100 + good).map(line).collect();
        let slips = "99999999-9\t11111111-2\tPersona Inventada\tvigente\n".repeat(bad);
        put(&place, "r.tsv", format!("rut_empresa\trut_persona\tnombre\testado\n{rows}{slips}"));
        place.totem(&["import", "representantes", "r.tsv"])
    };
    let ran = import(8, 1);
    assert_eq!((ran.done().value("rows"), ran.value("bad lines")), ("8", "1"), "{ran:#?}");
    assert!(ran.out.contains("line 10, column rut_persona") && ran.out.contains("import again"), "{ran:#?}");
    // Rows that are gone count as slips do.
    import(5, 3).done();
    // One more, or half of it, is no slip.
    for (good, bad) in [(9, 4), (1, 1), (3, 3)] {
        let ran = import(good, bad);
        let says = format!("{bad} of its {} lines are bad", good as usize + bad);
        assert!(ran.code == 1 && ran.err.contains(&says), "{ran:#?}");
    }
    import(3, 0).done();
    import(1, 0).refused(1, "it has 1 rows, and there are 3 now");
}
