//! A disk that keeps what it was given, but not as it was given: flipped bits, garbage, lost and
//! exchanged sectors, files cut off or gone. Whatever of it happens to a store of real visits, closed or
//! not, opening yields exactly what was there, or tells of damage and leaves the folder as it was.
//!
//! `TOTEM_ROT_CASES` asks for more cases than the usual ones.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use totem::store::sled::{OpenError, SledStore};
use totem::store::{StoreError, Upkeep as _};

use crate::child::{Chance, Mode, Said, Writer};
use crate::kill_kiosk;
use crate::support::options;

/// Corruptions that have an effect.
pub const CASES: u64 = 200;
/// Of so many corruptions one has an effect at least.
const TRIES: u64 = 20;
const THREADS: u64 = 2;

/// What happens to one file.
#[derive(Clone, Debug)]
pub enum Rot {
    Flip { at: usize, bit: u8 },
    Garbage { at: usize, bytes: Vec<u8> },
    Zeros { at: usize, length: usize },
    Exchanged { one: usize, other: usize, length: usize },
    CutOff { at: usize },
    Gone,
}

impl Rot {
    /// Half of it where there is something, for much of a file may be free.
    pub fn random(file: &[u8], chance: &mut Chance) -> Self {
        let mut at = below(chance, file.len().max(1));
        if chance.below(2) == 0 {
            let tries = (0..50).map(|_| below(chance, file.len().max(1)));
            at = tries.collect::<Vec<_>>().into_iter().find(|at| file.get(*at) != Some(&0)).unwrap_or(at);
        }
        let block = if chance.below(2) == 0 { 512 } else { 4096 };
        match chance.below(20) {
            0..12 => Rot::Flip { at, bit: chance.below(8) as u8 },
            12..14 => {
                let length = 1 + below(chance, 5_000);
                Rot::Garbage { at, bytes: (0..length).map(|_| chance.below(256) as u8).collect() }
            }
            14..16 => Rot::Zeros { at: at / block * block, length: block * (1 + below(chance, 8)) },
            16..18 => {
                let other = below(chance, file.len().max(1)) / block * block;
                Rot::Exchanged { one: at / block * block, other, length: block }
            }
            18 => Rot::CutOff { at },
            _ => Rot::Gone,
        }
    }

    pub fn happens_to(&self, path: &Path) {
        let mut bytes = fs::read(path).expect("a file");
        let length = bytes.len();
        match self {
            Rot::Flip { at, bit } => {
                if let Some(byte) = bytes.get_mut(*at) {
                    *byte ^= 1 << bit;
                }
            }
            Rot::Garbage { at, bytes: garbage } => {
                bytes[*at..].iter_mut().zip(garbage).for_each(|(byte, garbage)| *byte = *garbage);
            }
            Rot::Zeros { at, length: zeros } => bytes[*at..length.min(at + zeros)].fill(0),
            Rot::Exchanged { one, other, length: block } => {
                for offset in 0..*block {
                    if one.max(other) + offset < length {
                        bytes.swap(one + offset, other + offset);
                    }
                }
            }
            Rot::CutOff { at } => bytes.truncate(*at),
            Rot::Gone => return fs::remove_file(path).expect("it is there"),
        }
        fs::write(path, bytes).expect("a file");
    }
}

pub fn below(chance: &mut Chance, end: usize) -> usize {
    usize::try_from(chance.below(end as u64)).expect("a small number")
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Came {
    /// All is there: what was hit is free, or there twice.
    Nothing,
    Told,
    Silent,
    /// It was told after something was changed.
    Touched,
    /// It was told as something else.
    Misnamed,
}

/// A store to be corrupted again and again.
struct Sample {
    name: &'static str,
    files: BTreeMap<PathBuf, Vec<u8>>,
    /// What an export of it says.
    holds: [u8; 32],
}

impl Sample {
    fn new(name: &'static str, store: &Path) -> Self {
        let mut sample = Sample { name, files: contents(store), holds: [0; 32] };
        sample.holds = content(&Copied::of(&sample).store()).expect("it opens");
        sample
    }

    fn file(&self, name: &Path) -> &[u8] {
        &self.files[&Path::new("sled").join(name)]
    }

    /// The database more often than the journal, and that more often than the rest.
    fn random_file(&self, chance: &mut Chance) -> PathBuf {
        let files: Vec<_> = self.files.keys().filter_map(|path| path.strip_prefix("sled").ok()).collect();
        match chance.below(10) {
            0..5 => "db".into(),
            5..8 => "journal3".into(),
            _ => files[below(chance, files.len())].into(),
        }
    }

    fn comes(&self, file: &Path, rot: &Rot) -> Came {
        let copy = Copied::of(self);
        let store = copy.store();
        rot.happens_to(&store.join("sled").join(file));
        let before = contents(&store);
        for _ in 0..2 {
            match content(&store) {
                Ok(holds) if holds == self.holds => {}
                Ok(_) => return Came::Silent,
                Err(OpenError::Damaged { .. } | OpenError::TooNew { .. }) => {
                    return if contents(&store) == before { Came::Told } else { Came::Touched };
                }
                Err(_) => return Came::Misnamed,
            }
        }
        Came::Nothing
    }
}

/// A copy that goes when it is dropped.
struct Copied(tempfile::TempDir);

impl Copied {
    fn of(sample: &Sample) -> Self {
        let copy = Copied(tempfile::tempdir().expect("a temporary folder"));
        for (path, bytes) in &sample.files {
            let path = copy.store().join(path);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
        copy
    }

    fn store(&self) -> PathBuf {
        self.0.path().join("store")
    }
}

/// All files below a folder, by their path in it.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = PathBuf::from(entry.file_name());
        match entry.file_type().expect("what it is").is_dir() {
            true => {
                let inside = contents(&entry.path()).into_iter();
                found.extend(inside.map(|(path, bytes)| (name.join(path), bytes)));
            }
            false => _ = found.insert(name, fs::read(entry.path()).expect("a file")),
        }
    }
    found
}

/// The checksum of all that a store holds.
fn content(store: &Path) -> Result<[u8; 32], OpenError> {
    let store = SledStore::open(options(store))?;
    Ok(exported(&store).expect("what was opened can be read"))
}

fn exported(store: &SledStore) -> Result<[u8; 32], StoreError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    Ok(runtime.block_on(store.export(&folder.path().join("export")))?.sha256)
}

/// Two stores, each as a killed process left it, with its journal in full flight, and once closed in
/// order: what a kiosk was used for, and what fills several segments of sled's log.
fn samples() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(make_samples)
}

fn make_samples() -> Vec<Sample> {
    let root = tempfile::tempdir().expect("a temporary folder");
    let visited = root.path().join("kiosk");
    fs::create_dir(&visited).expect("a new folder");
    let claves = ["Horno7+pan", "Gx01+vuTo", "Gx02+vuTo"].map(String::from);
    for round in 1..claves.len() {
        kill_kiosk::attempt(&visited, &claves[round - 1..round], &claves[round], u64::MAX);
    }
    let visited = visited.join("totem-data/store");
    let written = root.path().join("written");
    for acknowledged in [2_500, 120] {
        let mut writer = Writer::start(Mode::Store, &written, &[]);
        assert!(writer.wait_for(Said::Acknowledged, acknowledged), "the child gave up");
        writer.kill();
    }
    let mut samples = Vec::new();
    for (killed, closed, store) in
        [("visited, killed", "visited, closed", visited), ("written, killed", "written, closed", written)]
    {
        samples.push(Sample::new(killed, &store));
        drop(SledStore::open(options(&store)).expect("it opens"));
        samples.push(Sample::new(closed, &store));
    }
    samples
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how many cases there are is told by the environment")]
fn no_rot_is_silent() {
    let wanted = std::env::var("TOTEM_ROT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let seed = Chance::new("rot").below(u64::MAX);
    let samples = samples();
    let (told, nothing, next) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let by_file = std::sync::Mutex::new(BTreeMap::<(&str, PathBuf), (u64, u64)>::new());
    let work = || {
        while told.load(Ordering::Relaxed) < wanted {
            let case = next.fetch_add(1, Ordering::Relaxed);
            assert!(case < wanted * TRIES, "hardly any of it has an effect");
            let mut chance = Chance::from(seed.wrapping_add(case));
            let sample = &samples[below(&mut chance, samples.len())];
            let file = sample.random_file(&mut chance);
            let rot = Rot::random(sample.file(&file), &mut chance);
            let came = sample.comes(&file, &rot);
            let name = sample.name;
            assert!(
                [Came::Nothing, Came::Told].contains(&came),
                "case {case} of seed {seed}: {came:?}: {name}, {}: {rot:?}",
                file.display()
            );
            let mut by_file = by_file.lock().expect("nobody panicked");
            let file = if file.to_string_lossy().starts_with("snap") { "snap".into() } else { file };
            let (was_told, was_nothing) = by_file.entry((name, file)).or_default();
            let (all, one) = if came == Came::Told { (&told, was_told) } else { (&nothing, was_nothing) };
            all.fetch_add(1, Ordering::Relaxed);
            *one += 1;
        }
    };
    std::thread::scope(|scope| (0..THREADS).for_each(|_| _ = scope.spawn(work)));
    for ((name, file), (told, nothing)) in by_file.into_inner().expect("nobody panicked") {
        println!("{name}, {}: {told} told, {nothing} without effect", file.display());
    }
    println!("{} told, {} without effect, none silent", told.into_inner(), nothing.into_inner());
}

/// What the store above it is spared: this kind of rot does take entries away, and sled says nothing.
#[test]
fn sled_alone_loses_entries_silently() {
    let mut chance = Chance::new("rot of sled alone");
    let samples = samples();
    let sample = samples.iter().find(|sample| sample.name == "written, killed").expect("a store");
    let entries = |store: &Path| {
        std::panic::catch_unwind(|| {
            let db = sled::open(store.join("sled")).ok()?;
            let entries: Option<Vec<_>> = db.iter().map(Result::ok).collect();
            entries
        })
        .ok()
        .flatten()
    };
    let whole = entries(&Copied::of(sample).store()).expect("it opens");
    let lost = (0..60).filter(|_| {
        let copy = Copied::of(sample);
        let db = copy.store().join("sled/db");
        let bytes = fs::read(&db).expect("a file");
        Rot::Flip { at: below(&mut chance, bytes.len()), bit: 3 }.happens_to(&db);
        entries(&copy.store()).is_some_and(|found| found != whole)
    });
    assert!(lost.count() > 0, "the rot of these tests takes nothing away");
}

/// Every bit of the live epoch's frames and around them, the first among them: either copy is enough, and
/// without both it is told.
#[test]
fn rot_in_a_journal_in_full_flight_takes_nothing_away() {
    let samples = samples();
    let sample = samples.iter().find(|sample| sample.name == "written, killed").expect("a store");
    let file = Path::new("journal3");
    // The beginnings of both areas: the first frames of the live epoch and of the one before.
    for area in [0, sample.file(file).len() / 2] {
        for sector in [0, 1, 5, 9, 20] {
            let at = area + sector * 1024;
            assert_eq!(sample.comes(file, &Rot::Flip { at: at + 300, bit: 2 }), Came::Nothing, "{at}");
            let both = Rot::Zeros { at, length: 1024 };
            assert_eq!(sample.comes(file, &both), Came::Told, "{at}");
        }
    }
}

/// While it is open, the disk may rot as well. What is read is right, or it is told; and so it is at the
/// next start, though the store was closed in between.
#[test]
fn rot_under_an_open_store_is_told() {
    let seed = Chance::new("rot under an open store").below(u64::MAX);
    let samples = samples();
    let (mut told, mut told_later) = (0, 0);
    for case in 0..60 {
        let mut chance = Chance::from(seed.wrapping_add(case));
        let sample = &samples[below(&mut chance, samples.len())];
        let copy = Copied::of(sample);
        let store = SledStore::open(options(&copy.store())).expect("it opens");
        let db = copy.store().join("sled/db");
        let bytes = fs::read(&db).expect("a file");
        let at = loop {
            let at = below(&mut chance, bytes.len());
            if bytes[at] != 0 {
                break at;
            }
        };
        // In place, for the file stays the same one.
        let file = fs::File::options().write(true).open(&db).expect("a file");
        file.write_all_at(&[bytes[at] ^ 1 << chance.below(8)], at as u64).expect("a byte");
        match exported(&store) {
            Ok(holds) => assert_eq!(holds, sample.holds, "case {case} of seed {seed}: byte {at}"),
            Err(StoreError::Corrupt(_) | StoreError::Unavailable(_)) => told += 1,
            Err(error) => panic!("case {case} of seed {seed}: byte {at}: {error}"),
        }
        drop(store);
        match content(&copy.store()) {
            Ok(holds) => assert_eq!(holds, sample.holds, "case {case} of seed {seed}: byte {at}, later"),
            Err(OpenError::Damaged { .. }) => told_later += 1,
            Err(error) => panic!("case {case} of seed {seed}: byte {at}: {error}"),
        }
    }
    println!("{told} told while it was open, {told_later} at the next start, of 60");
    assert!(told_later > 0, "none of it had an effect");
}
