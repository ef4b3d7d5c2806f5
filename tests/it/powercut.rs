//! The power is cut at random moments: only what was synced is sure to survive, and a random part
//! of the rest does. Everything acknowledged is there, nothing is torn, and the store always opens.
//!
//! A library preloaded into the writing process keeps a shadow of its folder that holds only what
//! is durable. The process is killed, and the shadow, with some of what was not synced, becomes the
//! folder of the next one. A writer that trusts sled's flush shows that the model can catch a
//! mistake.

#![allow(
    clippy::disallowed_methods,
    reason = "a child is cut off at a random moment, which nothing announces"
)]

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::child::{Chance, Checked, Mode, Said, Writer};

const CUTS: u64 = 60;

/// A folder that is being written and its shadow.
pub struct Machine {
    root: tempfile::TempDir,
    library: PathBuf,
}

impl Machine {
    pub fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        let library = root.path().join("powercut.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/shim/powercut.c");
        let mut compile = Command::new("cc");
        compile.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).args([source, "-ldl", "-lpthread"]);
        let output = compile.output().expect("no C compiler named cc is here: apt-get install gcc libc6-dev");
        assert!(output.status.success(), "cc: {}", String::from_utf8_lossy(&output.stderr));
        let machine = Machine { root, library };
        fs::create_dir(machine.live()).expect("a new folder");
        machine.forget();
        machine
    }

    pub fn live(&self) -> PathBuf {
        self.root.path().join("live")
    }

    fn shadow(&self) -> PathBuf {
        self.root.path().join("shadow")
    }

    /// While this file exists, the disk is full.
    pub fn full(&self) -> PathBuf {
        self.root.path().join("full")
    }

    /// The variables that let a process's power be cut.
    pub fn environment(&self) -> [(&'static str, PathBuf); 4] {
        [
            ("LD_PRELOAD", self.library.clone()),
            ("POWERCUT_LIVE", self.live()),
            ("POWERCUT_SHADOW", self.shadow()),
            ("POWERCUT_FULL", self.full()),
        ]
    }

    pub fn start(&self, mode: Mode) -> Writer {
        let environment = self.environment();
        let environment: Vec<_> = environment.iter().map(|(name, path)| (*name, path.as_path())).collect();
        Writer::start(mode, &self.live(), &environment)
    }

    /// With a copy of this folder, all of it durable.
    pub fn holding(folder: &Path) -> Self {
        let machine = Machine::new();
        fs::remove_dir(machine.live()).expect("it is empty");
        copy_folder(folder, &machine.live());
        machine.forget();
        machine
    }

    /// Begins a new shadow: everything that is there is durable.
    pub fn forget(&self) {
        let shadow = self.shadow();
        match fs::remove_dir_all(&shadow) {
            Err(error) if error.kind() != ErrorKind::NotFound => panic!("{error}"),
            _ => fs::create_dir_all(shadow.join("inode")).expect("a new folder"),
        }
        copy_folder(&self.live(), &shadow.join("tree"));
    }

    /// Turns the live folder into what a power cut would leave of it.
    pub fn cut(&self, survives: Survives, chance: &mut Chance) {
        self.keep_some_content(survives, chance);
        self.keep_some_names(survives, chance);
        fs::remove_dir_all(self.live()).expect("the live folder goes");
        copy_folder(&self.shadow().join("tree"), &self.live());
        self.forget();
    }

    /// Some of the blocks that were written and not synced survive.
    fn keep_some_content(&self, survives: Survives, chance: &mut Chance) {
        let percent = match survives {
            Survives::OnlySynced => return,
            Survives::Some => chance.below(101),
            Survives::All => 100,
        };
        let block = if chance.below(2) == 0 { 512 } else { 4096 };
        let mut live = HashMap::new();
        find_inodes(&self.live(), &mut live);
        for entry in fs::read_dir(self.shadow().join("inode")).expect("the inodes") {
            let entry = entry.expect("an inode");
            let inode = entry.file_name().to_str().and_then(|name| name.parse::<u64>().ok());
            let Some(path) = inode.and_then(|inode| live.get(&inode)) else { continue };
            let written = fs::read(path).expect("a live file");
            let durable = fs::read(entry.path()).expect("a shadow file");
            let file = File::options().write(true).open(entry.path()).expect("a shadow file");
            for (at, bytes) in (0u64..).step_by(block).zip(written.chunks(block)) {
                let from = usize::try_from(at).expect("a small file");
                let same = durable.get(from..from + bytes.len()) == Some(bytes);
                if !same && chance.below(100) < percent {
                    file.write_all_at(bytes, at).expect("a shadow file");
                }
            }
        }
    }

    /// The first few of the unsynced changes of names survive.
    fn keep_some_names(&self, survives: Survives, chance: &mut Chance) {
        let shadow = self.shadow();
        let applied = fs::read(shadow.join("applied")).unwrap_or_default();
        let applied = applied.first_chunk::<8>().map_or(0, |bytes| u64::from_ne_bytes(*bytes));
        let journal = fs::read_to_string(shadow.join("journal")).unwrap_or_default();
        let pending = journal[usize::try_from(applied).expect("a short journal")..].lines();
        let pending: Vec<&str> = pending.collect();
        let count = match survives {
            Survives::OnlySynced => 0,
            Survives::Some => {
                usize::try_from(chance.below(pending.len() as u64 + 1)).expect("a small number")
            }
            Survives::All => pending.len(),
        };
        let tree = shadow.join("tree");
        for line in &pending[..count] {
            let (first, second) = line[2..].split_once('\t').unwrap_or((&line[2..], ""));
            let done = match &line[..1] {
                "c" => fs::hard_link(shadow.join("inode").join(first), tree.join(second)),
                "m" => fs::create_dir(tree.join(first)),
                "r" => fs::rename(tree.join(first), tree.join(second)),
                "u" => fs::remove_file(tree.join(first)),
                _ => fs::remove_dir(tree.join(first)),
            };
            // The process may have been killed after a change and before it was counted.
            let again = [ErrorKind::AlreadyExists, ErrorKind::NotFound];
            assert!(done.is_ok() || done.is_err_and(|error| again.contains(&error.kind())), "{line}");
        }
    }
}

#[derive(Clone, Copy)]
pub enum Survives {
    OnlySynced,
    Some,
    All,
}

fn find_inodes(folder: &Path, found: &mut HashMap<u64, PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let metadata = entry.metadata().expect("what it is");
        if metadata.is_dir() {
            find_inodes(&entry.path(), found);
        } else {
            found.insert(metadata.ino(), entry.path());
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.file_type().expect("what it is").is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_by_a_power_cut() {
    let machine = Machine::new();
    let mut chance = Chance::new("powercut");
    let mut checked = Checked::default();
    let mut cut_while_opening = 0;
    for cut in 0..CUTS {
        let mut writer = machine.start(Mode::Store);
        assert!(writer.wait_for(Said::Opening, 1), "the child did not start");
        if chance.below(3) == 0 {
            std::thread::sleep(Duration::from_micros(chance.below(15_000)));
        } else {
            let enough = 1 + chance.below(200);
            assert!(writer.wait_for(Said::Acknowledged, enough), "the child gave up after {cut} cuts");
        }
        writer.kill();
        cut_while_opening += u64::from(!writer.opened);
        let mut acknowledged = writer.acknowledged;
        // The next process finds what a killed one left unsynced, and may build on it.
        for _ in 0..chance.below(3) {
            let mut next = machine.start(Mode::Store);
            let said = if chance.below(2) == 0 { Said::Open } else { Said::Acknowledged };
            assert!(next.wait_for(said, 1 + chance.below(30) * u64::from(said == Said::Acknowledged)));
            next.kill();
            for (most, count) in acknowledged.iter_mut().zip(next.acknowledged) {
                *most = count.max(*most);
            }
        }
        let survives = match chance.below(4) {
            0 => Survives::OnlySynced,
            1 => Survives::All,
            _ => Survives::Some,
        };
        machine.cut(survives, &mut chance);
        // A store whose opening was never acknowledged may not exist yet; opening makes it.
        checked.check(&machine.live(), &acknowledged);
        machine.forget();
    }
    assert!(checked.rows() > CUTS, "the child hardly wrote: {} rows", checked.rows());
    assert!(cut_while_opening > 0, "no cut came while the store was opening");
}

#[test]
fn a_promise_after_flush_alone_is_caught() {
    let mut chance = Chance::new("flush alone");
    let lost = (0..10).any(|_| {
        let machine = Machine::new();
        // The files are durable from the start, so that only writes can be lost.
        drop(sled::open(machine.live()).expect("an empty folder opens"));
        machine.forget();
        let mut writer = machine.start(Mode::FlushOnly);
        assert!(writer.wait_for(Said::Acknowledged, 50), "the child gave up");
        writer.kill();
        machine.cut(Survives::Some, &mut chance);
        let promised = writer.acknowledged[0];
        let live = machine.live();
        let kept = std::panic::catch_unwind(|| {
            let db = sled::open(live).ok()?;
            Some((1..=promised).filter(|count| matches!(db.get(count.to_be_bytes()), Ok(Some(_)))).count())
        });
        !matches!(kept, Ok(Some(kept)) if kept as u64 == promised)
    });
    assert!(lost, "the power cuts of this test take nothing away");
}

#[test]
fn a_full_disk_is_an_answer_and_loses_nothing() {
    let machine = Machine::new();
    let mut chance = Chance::new("full disk");
    let mut writer = machine.start(Mode::Store);
    assert!(writer.wait_for(Said::Acknowledged, 100), "the child gave up");
    for _ in 0..2 {
        fs::write(machine.full(), "").expect("a small file elsewhere");
        assert!(writer.wait_for(Said::Unavailable, 20), "the child died of a full disk");
        fs::remove_file(machine.full()).expect("it is there");
        // The same process continues once there is space.
        assert!(writer.wait_for(Said::Acknowledged, 100), "the child did not recover");
    }
    writer.kill();
    machine.cut(Survives::OnlySynced, &mut chance);
    Checked::default().check(&machine.live(), &writer.acknowledged);
}
