//! `totem import` as an operator meets it: files of every kind and packing, what it says of bad
//! lines and wrong files, and what the kiosk knows afterwards.

use std::fs;
use std::io::Write as _;
use std::sync::Arc;

use rustix::process::Signal;
use totem::domain::register::{Card, Company, Representation};
use totem::domain::rut::Rut;
use totem::registry::Registry as _;
use totem::registry::bulk::Bulk;

use crate::cli_support::{NOON, Place};
use crate::seat::Seat;

const SII: &str = "RUT\tDV\tCOD_SUBTIPO\tRAZON_SOCIAL\tFECHA_INICIO_VIG\tFECHA_TG_VIG";
const UNO: &str = "99999991\t3\t9\tÑANDÚ DE MENTIRA SPA\t01-02-2003\t";
const DOS: &str = "99999990\t5\t9\tVIÑEDOS FICTICIOS LTDA\t\t31-12-2020";

fn rut(text: &str) -> Rut {
    text.parse().expect("a RUT")
}

fn list(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).and_then(|()| out.finish()).expect("memory")
}

fn zip(files: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        out.start_file(*name, options).expect("a name");
        out.write_all(bytes).expect("memory");
    }
    out.finish().expect("memory").into_inner()
}

/// In Latin-1, which SII is said to use.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|symbol| u8::try_from(u32::from(symbol)).expect("a letter of Latin-1")).collect()
}

/// What a kiosk in this place is told about a company.
fn company(place: &Place, text: &str) -> Company {
    let bulk = Bulk::new(&place.path("totem-data/register"), Arc::new(|| NOON));
    let looked = runtime().block_on(bulk.company(rut(text)));
    looked.answer.expect("the register answers")
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime")
}

#[track_caller]
fn knows_both(place: &Place) {
    assert_eq!(company(place, "99999991-3"), Company::Open { name: "ÑANDÚ DE MENTIRA SPA".into() });
    assert_eq!(company(place, "99999990-5"), Company::Closed { name: "VIÑEDOS FICTICIOS LTDA".into() });
    assert_eq!(company(place, "1-9"), Company::Unknown);
}

#[test]
fn every_wrapping_and_every_way_of_writing() {
    let text = list(&[SII, UNO, DOS]);
    let other = "FECHA_TG_VIG;razón social;RUT;DV\r\n;\"ÑANDÚ DE MENTIRA SPA\";99.999.991;3\r\n\r\n\
                 31/12/2020;VIÑEDOS FICTICIOS LTDA;99999990;5";
    let mixed = [latin1(&list(&[SII, UNO])), DOS.as_bytes().to_vec()].concat();
    let readme: (&str, &[u8]) = ("LEAME.pdf", b"%PDF");
    let bytes = text.as_bytes();
    let ways: [(&str, Vec<u8>); 10] = [
        ("plain", bytes.to_vec()),
        ("with a mark", format!("\u{feff}{text}").into_bytes()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("Latin-1", latin1(&text)),
        ("a line in UTF-8, another in Latin-1", mixed),
        ("semicolons, quotes, another order", other.into()),
        ("gzip", gzip(bytes)),
        ("gzip in two parts", [gzip(&bytes[..90]), gzip(&bytes[90..])].concat()),
        ("zip", zip(&[("PUB_NOMBRES_PJ.txt", bytes), readme], zip::CompressionMethod::Deflated)),
        ("zip, stored", zip(&[("a", bytes)], zip::CompressionMethod::Stored)),
    ];
    for (way, bytes) in ways {
        let place = Place::new();
        // A name that reveals nothing.
        fs::write(place.path("list"), &bytes).expect("a file");
        let ran = place.totem(&["import", "sii-nombres", "list"]);
        assert_eq!((ran.done().value("rows"), ran.value("bad lines")), ("2", "0"), "{way}: {ran:#?}");
        knows_both(&place);
        let piped = Place::new();
        let ran = piped.totem_taking(&["import", "sii-nombres", "-"], &bytes);
        assert_eq!((ran.done().value("rows"), ran.value("bad lines")), ("2", "0"), "{way}: {ran:#?}");
        knows_both(&piped);
        assert_eq!(piped.open_to_others("totem-data"), []);
    }
}

#[test]
fn bad_lines_are_counted_listed_and_left_out() {
    let place = Place::new();
    let mut lines = vec![SII.to_string()];
    let good =
        |body: u32| format!("{body}\t{}\t9\tN{body}\t\t", Rut::of_body(body).expect("eight digits").check());
    lines.extend((1..=400).map(good));
    for (at, line) in [(3, "1\tX\t9\tN\t\t"), (9, ""), (20, "1\t9"), (30, "1\t9\t9\t\t\t")] {
        lines.insert(at, line.to_string());
    }
    lines.extend((0..12).map(|_| "abc\t9\t9\tN\t\t".to_string()));
    fs::write(place.path("list.txt"), lines.join("\r\n")).expect("a file");
    let ran = place.totem(&["import", "sii-nombres", "list.txt"]);
    assert_eq!((ran.done().value("rows"), ran.value("bad lines")), ("400", "15"), "{ran:#?}");
    assert!(ran.out.contains("\n  line 4, column DV: the check digit does not fit the RUT\n"), "{ran:#?}");
    assert!(ran.out.contains("\n  5 more; all of them are listed in list.txt.bad-lines.txt\n"), "{ran:#?}");
    let listed = fs::read_to_string(place.path("list.txt.bad-lines.txt")).expect("the list");
    let listed: Vec<&str> = listed.lines().collect();
    assert_eq!(listed.len(), 15);
    assert_eq!(listed[1], "line 21, column RAZON_SOCIAL: the line ends before this column");
    assert_eq!(listed[2], "line 31, column RAZON_SOCIAL: it is empty");
    assert_eq!(listed[14], "line 417, column RUT: it is not a RUT");
    let last = Rut::of_body(400).expect("a body").canonical();
    assert_eq!(company(&place, &last), Company::Open { name: "N400".into() });

    let named = place.totem(&["import", "sii-nombres", "list.txt", "--bad-lines", "nowhere/list"]);
    assert!(named.done().out.contains("name another with --bad-lines"), "{named:#?}");
    place
        .totem(&["import", "sii-nombres", "list.txt", "--bad-lines", "./list.txt"])
        .refused(1, "--bad-lines names the table itself");
}

#[test]
fn the_wrong_file_is_refused_unless_forced() {
    let place = Place::new();
    let bad = list(&[SII, UNO, "1\t8\t9\tN\t\t"]);
    let ran = place.totem_reading(&["import", "sii-nombres", "-"], &bad);
    ran.refused_after_showing(1, "1 of its 2 lines are bad, more than 5 %");
    assert!(ran.out.contains("line 3, column DV"), "{ran:#?}");
    assert!(!place.path("totem-data/register/sii-nombres.register").exists());
    let ran = place.totem_reading(&["import", "sii-nombres", "-", "--force"], &bad);
    assert_eq!(ran.done().value("rows"), "1");
    let none = place.totem_reading(&["import", "sii-nombres", "-"], &list(&[SII, "1\t8\t9\tN\t\t"]));
    none.refused_after_showing(1, "none of its 1 lines is good");

    for (text, part) in [
        (b"".to_vec(), "standard input: there is nothing in it"),
        (b"\n\n".to_vec(), "there is nothing in it"),
        (list(&[SII]).into(), "there is nothing in it"),
        (b"\xff\xfeR\0U\0T\0".to_vec(), "it is UTF-16: save it as UTF-8"),
        (b"RUT\tDV\tRAZON_SOCIAL\n1\t9\tN\n".to_vec(), "line 1: its first line names no column FECHA_TG_VIG"),
        (zip(&[], zip::CompressionMethod::Stored), "none of its 0 files has the columns RUT"),
        (
            zip(&[("a.txt", b"1"), ("b.txt", b"2")], zip::CompressionMethod::Stored),
            "none of its 2 files has the columns RUT",
        ),
    ] {
        place.totem_taking(&["import", "sii-nombres", "-"], &text).refused(1, part);
    }
    place.totem(&["import", "sii-nombres", "nowhere"]).refused(1, "nowhere: it can't be read");
    place.totem(&["import", "sii-nombres", "totem-data"]).refused(1, "totem-data: it can't be read");
    assert_eq!(company(&place, "99999991-3"), Company::Open { name: "ÑANDÚ DE MENTIRA SPA".into() });
}

#[test]
fn what_breaks_off_is_refused_wherever_it_does() {
    let place = Place::new();
    place.totem_reading(&["import", "sii-nombres", "-"], &list(&[SII, UNO, DOS])).done();
    let text: String = (1..3_000).map(|body| format!("{body}\t0\t9\tN{body}\t\t\n")).collect();
    let text = format!("{SII}\n{text}");
    for bytes in [gzip(text.as_bytes()), zip(&[("a.txt", text.as_bytes())], zip::CompressionMethod::Deflated)]
    {
        for length in [bytes.len() / 2, bytes.len() - 3] {
            fs::write(place.path("list"), &bytes[..length]).expect("a file");
            let ran = place.totem(&["import", "sii-nombres", "list", "--force"]);
            assert!(ran.err.contains("download it again; nothing was changed"), "{length}: {}", ran.err);
            let piped = place.totem_taking(&["import", "sii-nombres", "-", "--force"], &bytes[..length]);
            assert!(piped.err.contains("download it again; nothing was changed"), "{length}: {}", piped.err);
        }
    }
    knows_both(&place);
    assert_eq!(fs::read_dir(place.path("totem-data/register")).expect("the folder").count(), 1);
}

#[test]
fn the_later_of_two_lines_counts_and_an_import_may_be_repeated() {
    let place = Place::new();
    let text = list(&[SII, DOS, UNO, &UNO.replace("ÑANDÚ", "OTRO")]);
    for _ in 0..2 {
        let ran = place.totem_reading(&["import", "sii-nombres", "-"], &text);
        assert_eq!((ran.done().value("rows"), ran.value("repeated")), ("2", "1"), "{ran:#?}");
    }
    assert_eq!(company(&place, "99999991-3"), Company::Open { name: "OTRO DE MENTIRA SPA".into() });
    let ran = place.totem_reading(&["import", "sii-nombres", "-"], &list(&[SII, UNO, DOS]));
    assert_eq!(ran.done().value("before"), "2");
    knows_both(&place);
}

#[test]
fn the_operators_own_lists() {
    let place = Place::new();
    let demo = |file: &str| format!("{}/assets/demo/{file}", env!("CARGO_MANIFEST_DIR"));
    let ran = place.totem(&["import", "representantes", &demo("representantes.tsv")]);
    assert_eq!(ran.done().value("rows"), "13");
    assert!(ran.out.ends_with("set registry.representatives to \"register\".\n"), "{ran:#?}");
    assert_eq!(place.totem(&["import", "cedulas", &demo("cedulas.tsv")]).done().value("rows"), "11");
    let bulk = Bulk::new(&place.path("totem-data/register"), Arc::new(|| NOON));
    runtime().block_on(async {
        let ana = bulk.representation(rut("99.999.999-9"), rut("11.111.111-1")).await.answer;
        assert_eq!(ana, Ok(Representation::Current { name: Some("Ana Ejemplo Demostración".into()) }));
        let card = bulk.card(rut("44.444.444-4"), &"A012345678".parse().expect("a serial")).await.answer;
        assert_eq!(card, Ok(Card::Expired));
    });
}

#[test]
fn a_kiosk_without_its_register_starts_and_takes_one_as_it_comes() {
    let place = Place::new();
    let mut command = Seat::command(&place.path(""));
    command.env("TOTEM__REGISTRY__COMPANIES", "register");
    let mut seat = Seat::before(command);
    seat.sees("F4 Contraste");
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("1", "Validar");
    seat.types("99999991-3\r", "El SII no responde");
    place.totem_reading(&["import", "sii-nombres", "-"], &list(&[SII, DOS, UNO])).done();
    seat.types("\r", "ÑANDÚ DE MENTIRA SPA");

    let renamed = UNO.replace("ÑANDÚ", "OTRO");
    place.totem_reading(&["import", "sii-nombres", "-"], &list(&[SII, DOS, &renamed])).done();
    seat.type_in("\u{1b}");
    seat.waits_for("the step before", |screen| !screen.contents().contains("ÑANDÚ"));
    seat.types("\r", "OTRO DE MENTIRA SPA");
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    let logs = fs::read_dir(place.path("totem-data/log")).expect("a folder");
    let log: String =
        logs.map(|log| fs::read_to_string(log.expect("an entry").path()).expect("a log")).collect();
    assert_eq!(log.matches("no register sii-nombres: run totem import sii-nombres FILE").count(), 2, "{log}");
}

#[test]
fn doctor_tells_what_is_there_how_old_it_is_and_what_to_do() {
    let place = Place::new();
    let sections =
        "[registry]\ncompanies = \"register\"\nrepresentatives = \"register\"\ncards = \"register\"\n";
    fs::write(place.path("config.toml"), sections).expect("a file");
    let told = place.totem(&["doctor"]).out;
    for kind in ["sii-nombres", "representantes", "cedulas"] {
        let line = format!("fault  register: there is no register {kind}: run totem import {kind} FILE");
        assert!(told.contains(&line), "{told}");
    }
    place
        .totem_reading(&["import", "res", "-"], "RUT;Razon Social;Fecha de registro (ultima firma)\n1-9;N;\n")
        .done();
    let told = place.totem(&["doctor"]).out;
    assert!(
        told.contains("warn   register: RES says who was formed, and of nobody that it is open"),
        "{told}"
    );
    fs::write(place.path("list.txt"), list(&[SII, UNO, DOS])).expect("a file");
    place.totem(&["import", "sii-nombres", "list.txt"]).done();
    let told = place.totem(&["doctor"]).out;
    assert!(told.contains("ok     register: sii-nombres with 2 rows, imported 20"), "{told}");
    assert!(told.contains("(0 days ago) from list.txt\n"), "{told}");
    assert!(told.contains("ok     register: res with 1 rows"), "{told}");

    let file = place.path("totem-data/register/sii-nombres.register");
    let mut bytes = fs::read(&file).expect("the register");
    bytes[5_000] ^= 1;
    fs::write(&file, bytes).expect("a file");
    let told = place.totem(&["doctor"]).out;
    assert!(told.contains("fault  register: the register sii-nombres is damaged"), "{told}");
    assert!(told.contains("run totem import sii-nombres FILE again\n"), "{told}");
}
