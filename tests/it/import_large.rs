//! Larger lists, made by the benches' generator, sorted in many small runs: what goes in is found,
//! and what is bad is counted.

#[path = "../../benches/register/synthetic.rs"]
mod synthetic;

use std::io::Cursor;
use std::path::Path;
use std::sync::atomic::Ordering;

use portable_pty::CommandBuilder;
use totem::registry::bulk::import::{Import, Progress, TableFile};
use totem::registry::bulk::sorted::SortedSummary;
use totem::registry::bulk::unpack::Source;
use totem::registry::bulk::{Kind, RegisterShelf, value};

use crate::cli_support::NOON;
use crate::seat::Seat;
use synthetic::Shape;

fn table(shape: Shape, rows: u64, bad_every: Option<u64>) -> Vec<u8> {
    let mut table = Vec::new();
    synthetic::write(shape, rows, bad_every, &mut table).expect("memory");
    table
}

/// Imports with so little memory that a run has only a few thousand rows.
fn import(folder: &Path, kind: Kind, table: Vec<u8>) -> SortedSummary {
    let import = Import { kind, folder, now_ms: NOON, force: false, run_bytes: 256 * 1024 };
    let (progress, mut heard) = (Progress::default(), 0);
    let source = Source::Stream(Box::new(Cursor::new(table)));
    let file = TableFile { shown: "generated".into(), name: "generated".into(), source };
    let imported = import.run(vec![file], &progress, &mut |_, _, _| heard += 1).expect("it is taken");
    let summary = imported.summary;
    assert_eq!((heard, progress.bad.load(Ordering::Relaxed)), (summary.bad, summary.bad));
    summary
}

#[test]
fn two_hundred_thousand_rows_in_no_order() {
    const ROWS: u64 = 200_000;
    const BAD_EVERY: u64 = 1_000;
    let folder = tempfile::tempdir().expect("a folder");
    let summary = import(folder.path(), Kind::SiiNombres, table(Shape::Sii, ROWS, Some(BAD_EVERY)));
    assert_eq!((summary.rows, summary.repeated, summary.bad), (199_800, 0, 200));
    let summary = import(folder.path(), Kind::Res, table(Shape::Res, 20_000, None));
    assert_eq!((summary.rows, summary.repeated, summary.bad), (20_000, 0, 0));
    let shelf = RegisterShelf::new(folder.path());
    let find = |kind, row| {
        let key = value::company_key(synthetic::rut(row));
        let found = shelf.find(kind, key).expect("the register is right");
        found.map(|found| value::company(&found).expect("a company"))
    };
    for row in (0..ROWS + 2_000).step_by(7) {
        let found = find(Kind::SiiNombres, row);
        let is_there = row < ROWS && row % BAD_EVERY != BAD_EVERY - 1;
        assert_eq!(found.is_some(), is_there, "{row}");
        let Some((state, name)) = found else { continue };
        assert_eq!(
            (name.as_str(), format!("{state:?}") == "Closed"),
            (&*synthetic::name(row), synthetic::is_closed(row))
        );
    }
    for row in (0..20_000).step_by(97) {
        let name = find(Kind::Res, row).expect("it is there").1;
        assert_eq!(name.as_str(), synthetic::name(row));
    }
}

#[test]
fn on_a_terminal_a_bar_grows() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("list"), table(Shape::Sii, 120_000, None)).expect("a file");
    let mut command = CommandBuilder::new(crate::program::program());
    command.cwd(folder.path());
    command.args(["import", "sii-nombres", "list"]);
    command.env("TERM", "xterm-256color");
    let mut seat = Seat::before(command);
    assert_eq!(seat.ended(), Ok(0));
    let written = seat.written();
    let bars = written.split('[').filter_map(|bar| bar.split_once("] "));
    let drawn = bars.filter(|(cells, _)| {
        cells.len() == 24 && cells.trim_start_matches('#').bytes().all(|cell| cell == b'.')
    });
    assert!(drawn.count() > 0 && written.contains(" rows a second"), "{written}");
    assert!(
        written.contains("\r\u{1b}[2K") || written.contains("\r\u{1b}[K"),
        "each over the one before: {written}"
    );
    assert!(written.contains(" left") || written.contains("all read, writing"), "{written}");
    assert!(seat.screen().contents().contains("rows       120000"), "{written}");
}
