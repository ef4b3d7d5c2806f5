//! Every call at the opening of a whole store fails, once or for good. Nobody moves the store aside
//! or calls it damaged for that, and the next opening finds everything.
//!
//! An ordinary run takes a sample; `TOTEM_TEST_FAULTS=all` takes every call.

#![allow(clippy::disallowed_methods, reason = "the parent tells its child what to do by the environment")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use totem::audit::{Actor, ChainName, Entry};
use totem::cli::Failure;
use totem::config::{Config, Environment};
use totem::domain::clean::Clean;
use totem::domain::deed::{Action, Outcome};
use totem::service;
use totem::store::Store;

use super::layer::{
    EFBIG, EIO, EMFILE, ENOSPC, Fault, KINDS, Lasts, SHORT, bad_sector, counted, environment, hits,
};
use crate::cli_support::NOON;

const MODE: &str = "TOTEM_TEST_FAULTS_CHILD";
const FOLDER: &str = "TOTEM_TEST_FOLDER";
const EXTENT: &str = "TOTEM_TEST_FAULTS";
/// What a shell sets before it starts the child.
const LIMIT: &str = "TOTEM_TEST_LIMIT";
/// In a run that takes a sample, how many calls of each kind fail.
const SAMPLE: u64 = 6;
/// So many that sled's log has several segments (512 KiB).
const DRAFTS: u64 = 120;
const ROWS_IN_A_DRAFT: u64 = 40;

/// The child's way in; in an ordinary run of the tests it has nothing to do.
#[test]
fn child_entry() {
    let (Ok(mode), Some(folder)) = (std::env::var(MODE), std::env::var_os(FOLDER)) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    // Ends the line that the test harness began.
    say("");
    runtime.block_on(async {
        match mode.as_str() {
            "fill" => fill(Path::new(&folder)).await,
            _ => open(Path::new(&folder)).await,
        }
    });
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).and_then(|()| out.flush()).expect("the parent reads");
}

fn config(folder: &Path) -> Config {
    let settings = [
        ("hash.allow_weak", "true"),
        ("hash.memory_kib", "32"),
        ("hash.passes", "1"),
        ("hash.lanes", "1"),
        ("store.ballast_mib", "0"),
    ];
    let environment = settings.iter().fold(Environment::default(), |all, (key, value)| all.with(key, value));
    Config::in_folder(folder, &environment).expect("the settings are right")
}

/// Writes rows, says the last one, and waits for being killed.
async fn fill(folder: &Path) {
    let opened = service::open(&config(folder)).await.unwrap_or_else(|error| panic!("{error}"));
    let entry = Entry::new(NOON, &Clean::new("07"), Actor::Kiosk, Action::StartUp, Outcome::Done);
    for _ in 0..DRAFTS {
        let draft = opened.records.draft(NOON);
        let draft = (0..ROWS_IN_A_DRAFT).fold(draft, |draft, _| draft.audit(&entry));
        draft.commit(&opened.records).await.expect("a commit");
    }
    say(&format!("filled {}", head(&**opened.store.own().unwrap()).await.expect("the rows are read")));
    std::future::pending::<()>().await;
}

/// As a kiosk opens it at its start.
async fn open(folder: &Path) {
    match service::open(&config(folder)).await {
        Ok(opened) => {
            if let Some(tally) = std::env::var_os("FAULTS_TALLY") {
                let calls = counted(Path::new(&tally)).map(|count| count.to_string());
                say(&format!("calls {}", calls.join(" ")));
            }
            match head(&**opened.store.own().unwrap()).await {
                Ok(head) => say(&format!("opened {head}")),
                Err(error) => say(&format!("unread {error}")),
            }
        }
        Err(error) => {
            let failure = Failure::from(error);
            say(&format!("refused {} {}", failure.exit.code(), failure.says));
        }
    }
}

/// The number and mac of the last row of the first chain.
async fn head(store: &dyn Store) -> Result<String, totem::store::StoreError> {
    let (mut last, mut after) = (String::new(), 0);
    loop {
        let rows = store.rows(ChainName::FIRST, after, 1000).await?;
        let Some(row) = rows.last() else { return Ok(last) };
        after = row.sequence;
        last = format!("{after} {:?}", row.mac);
    }
}

/// What a child came to.
#[derive(Debug, PartialEq)]
enum Came {
    /// With this head.
    Opened(String),
    /// It opened, and what was asked then was not answered.
    Unread,
    Refused {
        code: String,
        says: String,
    },
    /// It ended without a word.
    Silent,
}

fn start(mode: &str, folder: &Path, variables: &[(String, String)]) -> Child {
    let this = std::env::current_exe().expect("the path of this binary");
    let limit = variables.iter().find(|(name, _)| name == LIMIT).map(|(_, limit)| limit);
    let mut command = match limit {
        None => Command::new(this),
        Some(limit) => {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("{limit}; exec \"$@\""), "sh"]).arg(this);
            shell
        }
    };
    command.args(["--exact", "faults::opening::child_entry", "--nocapture", "--test-threads=1"]);
    command.env(MODE, mode).env(FOLDER, folder).envs(variables.iter().cloned());
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("this binary starts again")
}

fn came_of(child: Child) -> Came {
    heard(child).0
}

/// What a child came to, and how many calls of each kind it took to open the store.
fn heard(mut child: Child) -> (Came, Vec<u64>) {
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let (mut came, mut calls) = (Came::Silent, Vec::new());
    for line in lines.map_while(Result::ok) {
        match line.split_once(' ') {
            Some(("opened" | "filled", head)) => came = Came::Opened(head.to_string()),
            Some(("calls", counts)) => {
                calls = counts.split(' ').map(|count| count.parse().expect("a number")).collect();
            }
            Some(("unread", _)) => came = Came::Unread,
            Some(("refused", rest)) => {
                let (code, says) = rest.split_once(' ').expect("a code and a sentence");
                came = Came::Refused { code: code.to_string(), says: says.to_string() };
            }
            _ => continue,
        }
        if line.starts_with("filled ") {
            child.kill().expect("it waits for that");
        }
    }
    child.wait().expect("it ends");
    (came, calls)
}

/// A whole store that a killed kiosk left, and where copies of it go.
struct Fixture {
    root: tempfile::TempDir,
    head: String,
}

impl Fixture {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        let original = root.path().join("original");
        fs::create_dir(&original).expect("a new folder");
        let Came::Opened(head) = came_of(start("fill", &original, &[])) else { panic!("it isn't filled") };
        Fixture { root, head }
    }

    /// A copy, and a file to count in.
    fn copy(&self) -> (PathBuf, PathBuf) {
        let (copy, tally) = (self.root.path().join("copy"), self.root.path().join("tally"));
        for old in [&copy, &tally, &tally.with_extension("hits")] {
            let _ = fs::remove_dir_all(old).or_else(|_| fs::remove_file(old));
        }
        let mut copying = Command::new("cp");
        assert!(
            copying.arg("-a").arg(self.root.path().join("original")).arg(&copy).status().unwrap().success()
        );
        (copy, tally)
    }

    /// Opens a copy under a fault. Says what is wrong with what came of it.
    fn trial(&self, fault: Fault) -> Result<String, String> {
        let (copy, tally) = self.copy();
        self.judge(&copy, &tally, &environment(&copy, &tally, Some(fault)), &format!("{fault:?}"))
    }

    fn judge(
        &self,
        copy: &Path,
        tally: &Path,
        variables: &[(String, String)],
        fault: &str,
    ) -> Result<String, String> {
        let came = came_of(start("open", copy, variables));
        let told = format!("{fault} on {}: {came:?}", hits(tally).lines().next().unwrap_or("nothing"));
        let aside = fs::read_dir(copy.join("totem-data/store")).is_ok_and(|entries| {
            entries.flatten().any(|entry| entry.file_name().to_string_lossy().contains("aside"))
        });
        if aside {
            return Err(format!("moved aside: {told}"));
        }
        match &came {
            Came::Silent => return Err(format!("not a word: {told}")),
            Came::Opened(head) if *head != self.head => return Err(format!("less was opened: {told}")),
            Came::Refused { code, says } if code == "5" || says.contains("restore") => {
                return Err(format!("called damaged: {told}"));
            }
            _ => {}
        }
        match came_of(start("open", copy, &[])) {
            Came::Opened(head) if head == self.head => Ok(told),
            then => Err(format!("then {then:?} instead of {}: {told}", self.head)),
        }
    }
}

/// Whether every call fails in its turn, and not a sample of them.
pub fn takes_all() -> bool {
    std::env::var(EXTENT).is_ok_and(|extent| extent == "all")
}

/// All calls of a kind, or a sample of them that has the first and the last ones.
fn calls(count: u64) -> Vec<u64> {
    if takes_all() || count <= SAMPLE {
        return (1..=count).collect();
    }
    (0..SAMPLE).map(|at| 1 + at * (count - 1) / (SAMPLE - 1)).collect()
}

/// What a kind of call can fail with.
pub fn errors(kind: &str) -> &'static [i32] {
    match kind {
        "open" => &[EMFILE, EIO],
        "read" => &[EIO, SHORT],
        "write" => &[EIO, ENOSPC, EFBIG, SHORT],
        "name" => &[EIO, ENOSPC],
        _ => &[EIO],
    }
}

#[test]
fn no_fault_at_opening_is_taken_for_damage() {
    let fixture = Fixture::new();
    let (copy, tally) = fixture.copy();
    let (came, counts) = heard(start("open", &copy, &environment(&copy, &tally, None)));
    assert_eq!(came, Came::Opened(fixture.head.clone()));
    let mut wrong = Vec::new();
    let (mut tried, mut refused) = (0, 0);
    for (kind, count) in KINDS.into_iter().zip(counts) {
        println!("{kind}: {count} calls");
        for (at, errno) in
            calls(count).into_iter().flat_map(|at| errors(kind).iter().map(move |errno| (at, *errno)))
        {
            for lasts in [Lasts::Once, Lasts::ForGood] {
                tried += 1;
                match fixture.trial(Fault { kind, at, errno, lasts }) {
                    Ok(told) => {
                        refused += u32::from(told.contains("Refused"));
                        println!("{told}");
                    }
                    Err(told) => wrong.push(told),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(refused > 10, "the faults of this test hardly reach the store: {refused} of {tried} refused");
}

/// What the system itself refuses: descriptors (`ulimit -n`), and files of more than so many blocks
/// (`ulimit -f`, its signal ignored).
#[test]
fn a_limit_of_the_system_is_not_taken_for_damage() {
    let fixture = Fixture::new();
    let limits = (4..24).map(|most| format!("ulimit -n {most}"));
    let limits = limits.chain([0, 8, 1024, 4096, 8192].map(|most| format!("trap '' XFSZ; ulimit -f {most}")));
    let (mut wrong, mut refused) = (Vec::new(), 0);
    for limit in limits {
        let (copy, tally) = fixture.copy();
        let variables = vec![(LIMIT.to_string(), limit.clone())];
        match fixture.judge(&copy, &tally, &variables, &limit) {
            Ok(told) => {
                println!("{told}");
                refused += u32::from(told.contains("Refused"));
            }
            // With so few it can't even say so.
            Err(told) if told.starts_with("not a word") && limit.starts_with("ulimit -n") => {}
            Err(told) => wrong.push(told),
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(refused > 5, "hardly any limit is met: {refused}");
}

/// A sector that can't be read, for good, anywhere in sled's log. sled itself would take it for the
/// log's end, and write over what comes after.
#[test]
fn a_sector_that_cannot_be_read_costs_nothing_else() {
    const SEGMENT: u64 = 512 * 1024;
    let fixture = Fixture::new();
    let (copy, _) = fixture.copy();
    let length = fs::metadata(copy.join("totem-data/store/sled/db")).expect("the log").len();
    assert!(length > 3 * SEGMENT, "the log has several segments");
    let (mut wrong, mut refused) = (Vec::new(), 0);
    for segment in 0..length / SEGMENT {
        for within in [0, 8192, SEGMENT / 2, SEGMENT - 4096] {
            let (copy, tally) = fixture.copy();
            let from = segment * SEGMENT + within;
            let variables = bad_sector(&copy, &tally, from, from + 512);
            match fixture.judge(&copy, &tally, &variables, &format!("no byte is read from {from} on")) {
                Ok(told) => {
                    assert!(told.contains("Input/output error") || !told.contains("Refused"), "{told}");
                    refused += u32::from(told.contains("Refused"));
                }
                Err(told) => wrong.push(told),
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(refused > 3, "hardly any of these sectors is read at opening: {refused}");
}
