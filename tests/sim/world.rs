//! What all terminals of a simulated office share: the one store, the weather around it, the mailboxes,
//! the clocks, the trace, and the laws that look on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;
use totem::clock::{BootMoment, Clock};
use totem::domain::reference::Ref;
use totem::domain::staff::TotpSecret;
use totem::store::Versioned;
use totem::store::memory::MemoryStore;
use totem::store::records::Records;
use totem::vault::{Chance, Cost, Keys, Vault};

use super::boxes::Mailboxes;
use super::dice::Dice;
use super::figures::Figures;
use super::laws::{Broken, Law, Laws, must};
use super::plan::{PostWeather, RegisterWeather, StoreWeather};
use super::plants::Plant;
use super::trace::Trace;

/// 22 November 2026, eight in the morning in Chile.
pub const START_MS: u64 = 1_795_345_200_000;

/// How long a program takes to be started again, in milliseconds.
pub const RESTART_MS: u64 = 40_000;

/// Many more calls than busy terminals make in a minute.
const MOST_CALLS: u64 = 5_000;

/// The weather outside of the programs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weather {
    pub registers: RegisterWeather,
    pub post: PostWeather,
    pub store: StoreWeather,
}

pub struct World {
    /// What is really stored, without faults.
    pub store: Arc<MemoryStore>,
    /// The same, unsealed.
    pub records: Records,
    pub plant: Option<Plant>,
    pub laws: Mutex<Laws>,
    weather: Mutex<Weather>,
    faults: Mutex<Dice>,
    boxes: Mutex<Mailboxes>,
    trace: Mutex<Trace>,
    figures: Mutex<Figures>,
    broken: Mutex<Option<Broken>>,
    /// The names of messages that were tried once.
    pub greylisted: Arc<Mutex<BTreeSet<String>>>,
    /// What the telephones of staff make codes from.
    telephones: Mutex<BTreeMap<String, TotpSecret>>,
    /// What lies in the store and can't be read any more, by place and version.
    rotten: Mutex<BTreeSet<(Ref, u64)>>,
    /// Where sealed documents lie.
    pub documents: tempfile::TempDir,
    /// Whether this office sends no SMS.
    pub has_no_sms: bool,
    /// Whether it makes accounts in person alone.
    pub is_in_person: bool,
    /// Whether lists answer for SII and Registro Civil.
    pub has_lists: bool,
    /// Rung when a law breaks.
    pub broke: Notify,
    /// A minute, and the calls to store, registers and post in it so far.
    calls: Mutex<(u64, u64)>,
    is_over: AtomicBool,
    started: Instant,
    wrong_ms: Arc<AtomicI64>,
    boots: Arc<AtomicU64>,
    /// When the machines booted last, or will.
    booted_ms: Arc<AtomicU64>,
}

impl World {
    /// A new one, in a runtime whose time stands still until all sleep.
    pub fn new(seed: u64, plant: Option<Plant>, trace: Trace) -> Self {
        let started = Instant::now();
        let vault = Arc::new(
            Vault::new(keys(), Cost::cheap_for_tests()).drawing_from(chance(seed, plant)).hashing_here(),
        );
        let clock: Clock = Arc::new(move || START_MS + elapsed_ms(started));
        let store = Arc::new(MemoryStore::new(vault.chain()).with_clock(clock));
        let records = Records::new(store.clone(), vault);
        World {
            store,
            records,
            plant,
            laws: Mutex::default(),
            weather: Mutex::default(),
            faults: Mutex::new(Dice::of(seed, 2)),
            boxes: Mutex::default(),
            trace: Mutex::new(trace),
            figures: Mutex::default(),
            broken: Mutex::default(),
            greylisted: Arc::default(),
            telephones: Mutex::default(),
            rotten: Mutex::default(),
            documents: tempfile::tempdir().expect("a folder can be made"),
            has_no_sms: Dice::of(seed, 6).below(6) == 0,
            is_in_person: Dice::of(seed, 7).below(6) == 0,
            has_lists: Dice::of(seed, 8).below(4) == 0,
            broke: Notify::new(),
            calls: Mutex::default(),
            is_over: AtomicBool::new(false),
            started,
            wrong_ms: Arc::default(),
            boots: Arc::new(AtomicU64::new(1)),
            booted_ms: Arc::default(),
        }
    }

    /// What time it really is, in milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        START_MS + elapsed_ms(self.started)
    }

    /// The wall clock of the terminals, which may be wrong.
    pub fn clock(&self) -> Clock {
        let (started, wrong_ms) = (self.started, self.wrong_ms.clone());
        Arc::new(move || {
            (START_MS + elapsed_ms(started)).saturating_add_signed(wrong_ms.load(Ordering::SeqCst))
        })
    }

    pub fn clock_is_wrong_by(&self, seconds: i64) {
        let mut laws = self.laws();
        laws.clocks_wrong_ms = laws.clocks_wrong_ms.max(seconds.unsigned_abs() * 1000);
        drop(laws);
        self.wrong_ms.store(seconds * 1000, Ordering::SeqCst);
    }

    /// The time since the machines booted, which nobody can set.
    pub fn boot_clock(&self) -> totem::clock::BootClock {
        let (started, boots, booted_ms) = (self.started, self.boots.clone(), self.booted_ms.clone());
        let runs_ahead = self.plant == Some(Plant::BootTimeLeaps);
        Arc::new(move |wall_ms| {
            let boot = boots.load(Ordering::SeqCst).to_be_bytes();
            let at_ms = match runs_ahead {
                true => wall_ms.saturating_sub(START_MS) * 30,
                false => elapsed_ms(started).saturating_sub(booted_ms.load(Ordering::SeqCst)),
            };
            BootMoment { boot: std::array::from_fn(|place| boot[place % 8].wrapping_add(1)), at_ms }
        })
    }

    /// The machines lose their power, and boot after so many milliseconds; those that are off already, no sooner
    /// than they would have.
    pub fn boots_anew(&self, off_ms: u64) {
        let off_ms = off_ms.max(self.off_for_ms());
        let now_ms = self.now_ms();
        let mut laws = self.laws();
        let marked_ms = laws.marked_ms.unwrap_or(START_MS);
        laws.off_ms = now_ms + off_ms + RESTART_MS - marked_ms;
        laws.switched_off.push((marked_ms, now_ms + off_ms + RESTART_MS));
        drop(laws);
        self.boots.fetch_add(1, Ordering::SeqCst);
        self.booted_ms.store(elapsed_ms(self.started) + off_ms, Ordering::SeqCst);
    }

    /// How much longer the machines are off, in milliseconds.
    pub fn off_for_ms(&self) -> u64 {
        self.booted_ms.load(Ordering::SeqCst).saturating_sub(elapsed_ms(self.started))
    }

    /// Whether the terminals' wall clock is slow or fast.
    pub fn clock_is_wrong(&self) -> bool {
        self.wrong_ms.load(Ordering::SeqCst) != 0
    }

    pub fn weather(&self) -> Weather {
        *self.weather.lock().expect("nobody panics with it")
    }

    pub fn turns(&self, change: impl FnOnce(&mut Weather)) {
        change(&mut self.weather.lock().expect("nobody panics with it"));
    }

    pub fn faults(&self) -> MutexGuard<'_, Dice> {
        self.faults.lock().expect("nobody panics with it")
    }

    pub fn boxes(&self) -> MutexGuard<'_, Mailboxes> {
        self.boxes.lock().expect("nobody panics with it")
    }

    pub fn laws(&self) -> MutexGuard<'_, Laws> {
        self.laws.lock().expect("nobody panics with it")
    }

    pub fn figures(&self) -> MutexGuard<'_, Figures> {
        self.figures.lock().expect("nobody panics with it")
    }

    /// Puts a line into the trace.
    pub fn notes(&self, line: impl FnOnce() -> String) {
        self.trace.lock().expect("nobody panics with it").line(self.now_ms(), line);
    }

    /// Puts bytes into the trace's hash alone.
    pub fn hashes(&self, bytes: &[u8]) {
        self.trace.lock().expect("nobody panics with it").bytes(bytes);
    }

    /// The trace's hash so far.
    pub fn hash(&self) -> [u8; 32] {
        self.trace.lock().expect("nobody panics with it").hash()
    }

    /// Remembers that a law broke, if one did and none had before.
    /// Where a mistake is planted, what another law says of it is noted, and the office goes on; but not in
    /// circles.
    pub fn holds(&self, law: Law, held: Result<(), String>) {
        let Err(how) = held else { return };
        self.notes(|| format!("BROKEN: {law}: {how}"));
        let is_fitting = self.plant.is_none_or(|plant| plant.is_found_by(law));
        if !is_fitting && law != Law::NoCircles {
            *self.figures().besides.entry(law).or_default() += 1;
            return;
        }
        self.broken.lock().expect("nobody panics with it").get_or_insert(Broken { law, how });
        self.broke.notify_one();
    }

    /// The first law that broke.
    pub fn broken(&self) -> Option<Broken> {
        self.broken.lock().expect("nobody panics with it").clone()
    }

    /// Somebody of this name works here.
    pub fn employs(&self, name: &str, telephone: TotpSecret) {
        self.telephones.lock().expect("nobody panics with it").insert(name.to_string(), telephone);
    }

    /// What their telephone makes codes from.
    pub fn staff_seed(&self, name: &str) -> Option<TotpSecret> {
        self.telephones.lock().expect("nobody panics with it").get(name).cloned()
    }

    /// From now on this can't be read, until something else is written there.
    pub fn rots(&self, at: Ref, version: u64) {
        self.rotten.lock().expect("nobody panics with it").insert((at, version));
    }

    /// Whether anything ever rotted.
    pub fn is_rotten(&self) -> bool {
        !self.rotten.lock().expect("nobody panics with it").is_empty()
    }

    /// What a record reads as: with a byte changed, if it rotted.
    pub fn read_as(&self, at: Ref, mut read: Versioned) -> Versioned {
        if self.rotten.lock().expect("nobody panics with it").contains(&(at, read.version)) {
            let middle = read.bytes.len() / 2;
            read.bytes[middle] ^= 1;
        }
        read
    }

    /// From now on nobody comes, and the weather is fine.
    pub fn calms_down(&self) {
        self.turns(|weather| *weather = Weather::default());
        self.clock_is_wrong_by(0);
        self.is_over.store(true, Ordering::SeqCst);
    }

    /// Whether the faults are over.
    pub fn is_calm(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    /// How many calls were made in this minute, with one more.
    fn calls(&self) -> u64 {
        let minute = self.now_ms() / 60_000;
        let mut calls = self.calls.lock().expect("nobody panics with it");
        *calls = if calls.0 == minute { (minute, calls.1 + 1) } else { (minute, 1) };
        calls.1
    }

    /// A call takes its time, so that others come in between.
    pub async fn lingers(&self) {
        let calls = self.calls();
        let held = must(calls <= MOST_CALLS, || format!("{calls} calls in a minute"));
        self.holds(Law::NoCircles, held);
        let pause_ms = {
            let mut dice = self.faults();
            match dice.below(8) {
                0 => dice.between(1, 40),
                _ => 0,
            }
        };
        if pause_ms > 0 {
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        }
    }
}

fn elapsed_ms(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// The randomness of the programs.
fn chance(seed: u64, plant: Option<Plant>) -> Chance {
    let dice = Mutex::new(Dice::of(seed, 3));
    Arc::new(move |bytes| {
        let mut dice = dice.lock().expect("nobody panics with it");
        // Ids draw ten bytes at a time.
        if plant == Some(Plant::VersionRepeats) && bytes.len() == 10 && dice.percent(5) {
            return bytes.fill(7);
        }
        dice.fill(bytes);
    })
}

/// The same keys in every simulated office.
fn keys() -> Keys {
    use std::os::unix::fs::PermissionsExt as _;
    let words = ["seal.1", "index", "pepper", "audit", "pseudonym"];
    let lines =
        (1u8..).zip(words).map(|(number, word)| format!("{word} = {}\n", format!("{number:02x}").repeat(32)));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys");
    std::fs::write(&path, format!("version = 1\n{}", lines.collect::<String>())).expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("a mode");
    Keys::load(&path).expect("keys as they are written")
}
