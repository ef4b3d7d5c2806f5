//! The layer of faults: a library preloaded into a process under test (`tests/shim/faults.c`), and
//! how it is told what fails.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What kinds of calls there are, in the order in which the library counts them.
pub const KINDS: [&str; 8] = ["open", "read", "write", "sync", "name", "length", "lock", "look"];

/// From `errno.h`.
pub const EIO: i32 = 5;
pub const EMFILE: i32 = 24;
pub const EFBIG: i32 = 27;
pub const ENOSPC: i32 = 28;
/// No error: a read or a write takes half of its bytes.
pub const SHORT: i32 = 0;

/// How many calls fail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lasts {
    Once,
    /// That call and all of its kind after it.
    ForGood,
}

/// One fault.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    pub kind: &'static str,
    /// From 1.
    pub at: u64,
    pub errno: i32,
    pub lasts: Lasts,
}

/// The library, compiled once for all tests of a run.
pub fn library() -> &'static Path {
    static LIBRARY: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, library) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let library = folder.path().join("faults.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/shim/faults.c");
        let mut compile = Command::new("cc");
        compile.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).args([source, "-ldl"]);
        let output = compile.output().expect("the tests of faults need a C compiler named cc");
        assert!(output.status.success(), "cc: {}", String::from_utf8_lossy(&output.stderr));
        (folder, library)
    });
    library
}

/// The variables under which calls below a folder are counted into a file, and the fault happens.
pub fn environment(under: &Path, tally: &Path, fault: Option<Fault>) -> Vec<(String, String)> {
    let path = |path: &Path| path.to_str().expect("a path of text").to_string();
    let mut all = vec![
        ("LD_PRELOAD".to_string(), path(library())),
        ("FAULTS_UNDER".to_string(), path(under)),
        ("FAULTS_TALLY".to_string(), path(tally)),
    ];
    if let Some(Fault { kind, at, errno, lasts }) = fault {
        let times = if lasts == Lasts::Once { 1 } else { 0 };
        all.push(("FAULTS_KIND".to_string(), kind.to_string()));
        all.push(("FAULTS_AT".to_string(), at.to_string()));
        all.push(("FAULTS_ERRNO".to_string(), errno.to_string()));
        all.push(("FAULTS_TIMES".to_string(), times.to_string()));
    }
    all
}

/// The variables under which these bytes of the file `db` can't be read.
pub fn bad_sector(under: &Path, tally: &Path, from: u64, until: u64) -> Vec<(String, String)> {
    let mut all = environment(under, tally, None);
    all.push(("FAULTS_BAD".to_string(), format!("{from}-{until}")));
    all
}

/// How many calls of each kind were counted.
pub fn counted(tally: &Path) -> [u64; KINDS.len()] {
    let bytes = std::fs::read(tally).expect("the library counts");
    std::array::from_fn(|kind| {
        let count = bytes[8 * kind..].first_chunk().expect("a counter for each kind");
        u64::from_ne_bytes(*count)
    })
}

/// What was hit: kind, number and path, a line each.
pub fn hits(tally: &Path) -> String {
    std::fs::read_to_string(tally.with_extension("hits")).unwrap_or_default()
}
