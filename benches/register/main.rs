//! What the bulk register costs at ten thousand, a million and 3.4 million companies: importing
//! with the real command, room on the disk, look-ups, and memory. The same run measures the least
//! that this machine can do with the file (counting its lines, copying it durably), and two other
//! structures with the same rows: a sled tree and an fst map.
//!
//! `cargo bench --bench register` takes a number of rows to measure only that size; `cargo bench
//! --bench register -- generate sii|res ROWS FILE [BAD]` writes a table in which each BADth line is
//! bad.

mod candidates;
mod synthetic;

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use totem::domain::register::Company;
use totem::registry::Registry as _;
use totem::registry::bulk::{Bulk, Kind, RegisterShelf, value};

use synthetic::Shape;

const SIZES: [u64; 3] = [10_000, 1_000_000, 3_400_000];
const ROUNDS: usize = 3;
const LOOK_UPS: u64 = 200_000;
const COLD_LOOK_UPS: u64 = 2_000;
const MIB: f64 = 1024.0 * 1024.0;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if arguments.first().is_some_and(|first| first == "generate") {
        return generate(&arguments[1..]);
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on a real disk");
    let only: Option<u64> = arguments.first().and_then(|rows| rows.parse().ok());
    for rows in SIZES.into_iter().filter(|rows| only.is_none_or(|only| only == *rows)) {
        let folder = folder.path().join(rows.to_string());
        fs::create_dir(&folder).expect("a folder");
        println!("\n== {rows} companies ==");
        let table = folder.join("sii.tsv");
        write_table(Shape::Sii, rows, None, &table);
        importing(&table, rows);
        looking_up(&folder, rows);
        candidates::measure(&folder, rows);
        fs::remove_dir_all(&folder).expect("the folder goes");
    }
}

fn generate(arguments: &[String]) {
    let [shape, rows, file, rest @ ..] = arguments else { panic!("generate sii|res ROWS FILE [BAD]") };
    let shape = if shape == "res" { Shape::Res } else { Shape::Sii };
    let bad = rest.first().map(|bad| bad.parse().expect("a number"));
    write_table(shape, rows.parse().expect("a number of rows"), bad, Path::new(file));
}

fn write_table(shape: Shape, rows: u64, bad_every: Option<u64>, file: &Path) {
    let mut out = BufWriter::new(File::create(file).expect("a file"));
    synthetic::write(shape, rows, bad_every, &mut out).expect("room on the disk");
    out.flush().expect("room on the disk");
}

/// The command as an operator runs it, from plain text, gzip and zip, between two runs of the least
/// that the machine can do with the file.
fn importing(table: &Path, rows: u64) {
    let bytes = fs::metadata(table).expect("a file").len();
    println!("table: {:.1} MiB", bytes as f64 / MIB);
    let (mut counts, mut copies) = (Vec::new(), Vec::new());
    let mut imports = vec![("plain", table.to_path_buf(), Vec::new(), 0.0_f64)];
    imports.push(("gzip", gzipped(table), Vec::new(), 0.0));
    imports.push(("zip", zipped(table), Vec::new(), 0.0));
    for _ in 0..ROUNDS {
        counts.push(timed(|| count_lines(table)));
        copies.push(timed(|| copy(table)));
        for (_, file, times, memory) in &mut imports {
            let begun = Instant::now();
            *memory = memory.max(import(file));
            times.push(begun.elapsed().as_secs_f64());
        }
    }
    let least = median(&mut counts);
    println!("counting its lines: {least:.2} s; copying it durably: {:.2} s", median(&mut copies));
    for (what, _, mut times, memory) in imports {
        let time = median(&mut times);
        println!(
            "import of {what}: {time:.2} s, {:.0} rows a second, most memory {:.1} MiB",
            rows as f64 / time,
            memory / MIB
        );
    }
    let made = fs::metadata(register_of(table.parent().expect("a folder"))).expect("a register").len();
    println!("on the disk: {:.1} MiB, {:.1} bytes a company", made as f64 / MIB, made as f64 / rows as f64);
}

fn register_of(folder: &Path) -> std::path::PathBuf {
    Kind::SiiNombres.file(&folder.join("totem-data/register"))
}

fn zipped(table: &Path) -> std::path::PathBuf {
    let file = table.with_extension("zip");
    let mut out = zip::ZipWriter::new(BufWriter::new(File::create(&file).expect("a file")));
    out.start_file("sii.tsv", zip::write::SimpleFileOptions::default()).expect("a name");
    std::io::copy(&mut File::open(table).expect("a table"), &mut out).expect("room on the disk");
    out.finish().expect("room on the disk").flush().expect("room on the disk");
    file
}

fn gzipped(table: &Path) -> std::path::PathBuf {
    let file = table.with_extension("gz");
    let out = BufWriter::new(File::create(&file).expect("a file"));
    let mut out = flate2::write::GzEncoder::new(out, flate2::Compression::new(6));
    std::io::copy(&mut File::open(table).expect("a table"), &mut out).expect("room on the disk");
    out.finish().and_then(|mut out| out.flush()).expect("room on the disk");
    file
}

/// Runs the command to its end; returns the most memory that it had at any time, in bytes.
fn import(file: &Path) -> f64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_totem"));
    command.arg("import").arg("sii-nombres").arg(file).current_dir(file.parent().expect("a folder"));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts");
    let mut most = 0.0_f64;
    loop {
        most = most.max(memory_of(&child.id().to_string(), "status", "VmHWM:"));
        if let Some(status) = child.try_wait().expect("a child") {
            assert!(status.success(), "the import fails");
            return most;
        }
        std::thread::park_timeout(Duration::from_millis(2));
    }
}

/// A line of /proc in bytes; 0 when the process is gone.
fn memory_of(process: &str, file: &str, line: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/{process}/{file}")).unwrap_or_default();
    let found = text.lines().find_map(|text| text.strip_prefix(line));
    found.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) * 1024.0
}

fn count_lines(table: &Path) {
    let (mut file, mut buffer, mut lines) = (File::open(table).expect("a table"), vec![0; 1 << 20], 0);
    loop {
        match file.read(&mut buffer).expect("it reads") {
            0 => break,
            count => lines += memchr::memchr_iter(b'\n', &buffer[..count]).count(),
        }
    }
    black_box(lines);
}

fn copy(table: &Path) {
    let to = table.with_extension("copy");
    fs::copy(table, &to).and_then(|_| File::open(&to)?.sync_all()).expect("room on the disk");
}

/// Hits and misses over the whole range, with the file in the page cache, and once through the pool
/// for blocking work, as the kiosk does it.
fn looking_up(folder: &Path, rows: u64) {
    let registers = folder.join("totem-data/register");
    let before = memory_of("self", "smaps_rollup", "Pss:");
    let shelf = RegisterShelf::new(&registers);
    let find =
        |body: u64| shelf.find(Kind::SiiNombres, u128::from(body)).expect("the register is right").is_some();
    let some = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    times_of("found", LOOK_UPS, |number| assert!(find(synthetic::rut(some(number) % rows).body().into())));
    times_of("not there", LOOK_UPS, |number| {
        assert!(!find(synthetic::rut(rows + some(number) % (synthetic::RUTS - rows)).body().into()));
    });
    let after = memory_of("self", "smaps_rollup", "Pss:");
    println!("memory for looking up (PSS): {:.2} MiB", (after - before) / MIB);

    cold_look_ups(&registers, rows);

    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let bulk = Bulk::new(&registers, Arc::new(|| 0));
    times_of("found, off the event loop", LOOK_UPS / 10, |number| {
        let row = some(number) % rows;
        let looked =
            runtime.block_on(bulk.company(synthetic::rut(row))).answer.expect("the register is right");
        assert_eq!(matches!(looked, Company::Closed { .. }), synthetic::is_closed(row));
    });
}

/// The same with the file out of the page cache before each look-up.
fn cold_look_ups(registers: &Path, rows: u64) {
    let file = File::open(Kind::SiiNombres.file(registers)).expect("a register");
    let shelf = RegisterShelf::new(registers);
    let mut times: Vec<f64> = (0..COLD_LOOK_UPS)
        .map(|number| {
            rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed).expect("a file on a disk");
            let body = synthetic::rut(number * 7_919 % rows).body();
            let begun = Instant::now();
            let found = shelf.find(Kind::SiiNombres, u128::from(body)).expect("the register is right");
            assert!(found.is_some());
            begun.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    report_times("found, from the disk", &mut times);
}

/// Repeats it this often, and prints quantiles of the time that it takes.
fn times_of(what: &str, count: u64, mut look: impl FnMut(u64)) {
    let mut times: Vec<f64> = (0..count)
        .map(|number| {
            let begun = Instant::now();
            look(number);
            begun.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    report_times(what, &mut times);
}

fn report_times(what: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!("{what}: p50 {:.1} us, p99 {:.1} us, p99.9 {:.1} us", at(0.5), at(0.99), at(0.999));
}

fn timed(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// What a company's row holds in every structure.
fn row_value(row: u64) -> Vec<u8> {
    let mut made = vec![u8::from(synthetic::is_closed(row))];
    made.extend_from_slice(synthetic::name(row).as_bytes());
    assert!(value::company(&made).is_some());
    made
}
