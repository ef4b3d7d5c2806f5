//! Other structures with the same rows, measured the same way: what the sorted file was chosen
//! over. They get the rows parsed and in order, which spares them the importer's work.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::Instant;

use crate::{LOOK_UPS, MIB, memory_of, row_value, synthetic, times_of};

pub fn measure(folder: &Path, rows: u64) {
    let mut order: Vec<(u32, u64)> = (0..rows).map(|row| (synthetic::rut(row).body(), row)).collect();
    order.sort_unstable();
    sled_tree(&folder.join("sled"), &order);
    fst_map(&folder.join("fst"), &order);
}

fn some(number: u64, order: &[(u32, u64)]) -> u32 {
    order[((number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) % order.len() as u64) as usize].0
}

fn disk_bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| match entry.metadata().expect("it is there") {
            metadata if metadata.is_dir() => disk_bytes(&entry.path()),
            metadata => metadata.len(),
        })
        .sum()
}

fn report(what: &str, folder: &Path, rows: usize, seconds: f64, before: f64) {
    println!(
        "{what}: made in {seconds:.2} s ({:.0} rows a second), {:.1} MiB on the disk, memory (PSS) {:.1} MiB",
        rows as f64 / seconds,
        disk_bytes(folder) as f64 / MIB,
        (memory_of("self", "smaps_rollup", "Pss:") - before) / MIB
    );
}

/// A tree in the kiosk's own store, with the kiosk's cache.
fn sled_tree(folder: &Path, order: &[(u32, u64)]) {
    let before = memory_of("self", "smaps_rollup", "Pss:");
    let begun = Instant::now();
    let config = sled::Config::new().path(folder).cache_capacity(16 * 1024 * 1024);
    let tree = config.open().expect("sled opens");
    for (body, row) in order {
        tree.insert(body.to_be_bytes(), row_value(*row)).expect("room on the disk");
    }
    tree.flush().expect("room on the disk");
    let seconds = begun.elapsed().as_secs_f64();
    times_of("sled, found", LOOK_UPS / 4, |number| {
        assert!(tree.get(some(number, order).to_be_bytes()).expect("it reads").is_some());
    });
    report("sled", folder, order.len(), seconds, before);
}

/// Maps a RUT to the place of its row in a second file. The map must be in memory whole, since it
/// can't be mapped without unsafe code.
fn fst_map(folder: &Path, order: &[(u32, u64)]) {
    fs::create_dir(folder).expect("a folder");
    let before = memory_of("self", "smaps_rollup", "Pss:");
    let begun = Instant::now();
    let index = BufWriter::new(File::create(folder.join("index")).expect("a file"));
    let mut index = fst::MapBuilder::new(index).expect("a map");
    let mut rows = BufWriter::new(File::create(folder.join("rows")).expect("a file"));
    let mut at = 0_u64;
    for (body, row) in order {
        let value = row_value(*row);
        index.insert(body.to_be_bytes(), at).expect("they come in order");
        rows.write_all(&[value.len() as u8]).and_then(|()| rows.write_all(&value)).expect("room on the disk");
        at += 1 + value.len() as u64;
    }
    index.into_inner().and_then(|mut index| Ok(index.flush()?)).expect("room on the disk");
    let rows = rows.into_inner().expect("room on the disk");
    rows.sync_all().expect("room on the disk");
    let seconds = begun.elapsed().as_secs_f64();
    let map = fst::Map::new(fs::read(folder.join("index")).expect("it reads")).expect("a map");
    let rows = File::open(folder.join("rows")).expect("it opens");
    times_of("fst, found", LOOK_UPS, |number| {
        let at = map.get(some(number, order).to_be_bytes()).expect("it is there");
        let mut value = [0; 256];
        assert!(rows.read_at(&mut value, at).expect("it reads") > 0);
    });
    report("fst", folder, order.len(), seconds, before);
}
