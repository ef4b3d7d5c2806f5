//! Imports that don't reach their end: killed at any moment, on a full disk, in a folder that can't
//! be written to. The old register stays in use, and nothing is left behind.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::Child;

use totem::domain::rut::Rut;
use totem::registry::bulk::Kind;
use totem::registry::bulk::sorted::Sorted;

use crate::child::Chance;
use crate::cli_support::{Place, ended};

const ROWS: u32 = 20_000;

/// A list of this many companies.
fn list(rows: u32) -> Vec<u8> {
    let mut list = "RUT\tDV\tRAZON_SOCIAL\tFECHA_TG_VIG\n".to_string();
    for body in (1..=rows).rev() {
        let check = Rut::of_body(body).expect("eight digits").check();
        list.push_str(&format!("{body}\t{check}\tPANADERÍA INVENTADA {body} SPA\t\n"));
    }
    list.into_bytes()
}

fn begun(place: &Place) -> Child {
    let mut command = place.command(crate::program::program());
    // A truncated list ends in a bad line, and the report of it goes elsewhere.
    let arguments = ["import", "sii-nombres", "-", "--bad-lines", "bad-lines"];
    command.args(arguments).spawn().expect("the binary starts")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
    names.sort();
    names
}

fn rows(folder: &Path) -> u64 {
    let sorted = Sorted::open(&Kind::SiiNombres.file(folder), Kind::SiiNombres).expect("it opens");
    sorted.check().expect("it is whole");
    sorted.summary().rows
}

#[test]
fn killed_while_it_reads_it_leaves_the_old_one_alone() {
    let place = Place::new();
    let folder = place.path("totem-data/register");
    place.totem_taking(&["import", "sii-nombres", "-"], &list(3)).done();
    let before = fs::read(Kind::SiiNombres.file(&folder)).expect("the register");
    let mut child = begun(&place);
    let mut pipe = child.stdin.take().expect("a pipe");
    // Much more than a pipe holds: all but the end is read when this returns.
    pipe.write_all(&list(4 * ROWS)).expect("it reads");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert_eq!(names(&folder), ["sii-nombres.register"]);
    assert_eq!(fs::read(Kind::SiiNombres.file(&folder)).expect("the register"), before);
}

#[test]
fn killed_at_any_moment_the_register_is_the_old_one_or_the_new_one() {
    let place = Place::new();
    let folder = place.path("totem-data/register");
    let mut chance = Chance::new("killed_at_any_moment");
    place.totem_taking(&["import", "sii-nombres", "-"], &list(3)).done();
    let text = list(ROWS);
    for _ in 0..12 {
        let mut child = begun(&place);
        let mut pipe = child.stdin.take().expect("a pipe");
        // Half of them are close to their end: sorting, writing, putting in place.
        let sent = match chance.below(2) {
            0 => text.len(),
            _ => usize::try_from(chance.below(text.len() as u64)).expect("a length"),
        };
        pipe.write_all(&text[..sent]).expect("it reads");
        drop(pipe);
        (0..chance.below(200_000)).for_each(|_| std::hint::spin_loop());
        child.kill().expect("it was started");
        child.wait().expect("it ends");
        assert!(rows(&folder) >= 3);
    }
    let ran = place.totem_taking(&["import", "sii-nombres", "-"], &text);
    assert_eq!(ran.done().value("rows"), ROWS.to_string());
    assert_eq!(names(&folder), ["sii-nombres.register"]);
    assert_eq!(rows(&folder), u64::from(ROWS));
}

#[test]
fn a_list_of_bad_lines_is_of_the_last_import() {
    let place = Place::new();
    let folder = place.path("totem-data/register");
    let cut = [&list(30)[..], b"99999999\t1\tCUT\n"].concat();
    place.totem_taking(&["import", "sii-nombres", "-"], &cut).done();
    assert_eq!(names(&folder), ["sii-nombres.bad-lines.txt", "sii-nombres.register"]);
    place.totem_taking(&["import", "sii-nombres", "-"], &list(30)).done();
    assert_eq!(names(&folder), ["sii-nombres.register"]);
}

#[test]
fn a_full_disk_is_told_and_changes_nothing() {
    let place = Place::new();
    let folder = place.path("totem-data/register");
    place.totem_taking(&["import", "sii-nombres", "-"], &list(3)).done();
    // Files may not grow beyond 64 KiB; a write beyond that fails instead of killing the process.
    let mut command = place.command("/bin/sh");
    let script =
        format!("trap '' 25; ulimit -f 128; exec {} import sii-nombres -", crate::program::program());
    command.args(["-c", &script]);
    let ran = ended(&mut command, &list(ROWS));
    ran.refused(1, "can't be written to (File too large");
    assert!(ran.err.contains("check its rights and the free space; nothing was changed"), "{ran:#?}");
    assert_eq!(names(&folder), ["sii-nombres.register"]);
    assert_eq!(rows(&folder), 3);
}

#[test]
fn a_folder_that_can_not_be_made() {
    let place = Place::new();
    fs::write(place.path("totem-data"), "a file in the way").expect("a file");
    place
        .totem_taking(&["import", "sii-nombres", "-"], &list(3))
        .refused(1, "totem-data/register can't be written to");
}

#[test]
fn how_far_it_is_is_told_now_and_then() {
    let place = Place::new();
    let mut child = begun(&place);
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(&list(ROWS)).expect("it reads");
    let mut told = String::new();
    BufReader::new(child.stderr.take().expect("a pipe")).read_line(&mut told).expect("it tells");
    assert!(told.contains(" rows, 0 bad, ") && told.contains(" rows a second"), "{told}");
    let second = place.totem_taking(&["import", "sii-nombres", "-"], &list(3));
    second.refused(1, "is running: wait for it");
    drop(pipe);
    assert!(child.wait().expect("it ends").success());
}
