//! Plays simulated offices until a law breaks or the time is over, and prints what it met. A seed goes
//! the same way at every run.
//!
//!     cargo run --release --example simulate -- --seed 7 --seconds 60

#[path = "../tests/sim/mod.rs"]
mod sim;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;

use sim::laws::{Broken, Law};
use sim::night::{Night, Onlooker, Until, play_before, play_many};
use sim::office::play;
use sim::plan::Plan;
use sim::plants::Plant;
use sim::shrink::shortest;
use sim::trace::Aloud;
use sim::unmet;

/// How long a planted mistake may stay unfound.
const FOUND_WITHIN: Duration = Duration::from_secs(60);
/// Where `--keep` puts traces, and where it makes tests of them.
const KEPT: &str = "tests/sim/traces";
const TESTS: &str = "tests/sim/kept.rs";
/// How many names of what was just met for the first time are told.
const NEWS: usize = 3;

/// Somebody pressed Ctrl-C: no office begins any more.
static HAS_ENOUGH: AtomicBool = AtomicBool::new(false);

/// Plays simulated offices, and holds the laws against each step.
#[derive(Parser)]
struct Options {
    /// Of everything that happens.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Begin no office after so many seconds.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// The same in hours.
    #[arg(long)]
    hours: Option<u64>,
    /// Play exactly so many steps instead.
    #[arg(long)]
    steps: Option<u64>,
    /// How many offices are played at once.
    #[arg(long)]
    threads: Option<usize>,
    /// Fail unless so many office-days were played.
    #[arg(long)]
    days: Option<u64>,
    /// Fail if anything was never met, unless it is known why nobody meets it, and if that is wrong.
    #[arg(long)]
    complete: bool,
    /// Plant a mistake by its name, or each of them in turn with `all`, and fail unless it is found.
    #[arg(long)]
    plant: Option<String>,
    /// Play a kept trace again, and say aloud what happens.
    #[arg(long)]
    replay: Option<PathBuf>,
    /// If a law breaks, spend so many seconds on finding the shortest way there.
    #[arg(long, default_value_t = 120)]
    shrinking: u64,
    /// If a law breaks, make a test of this name of it.
    #[arg(long)]
    keep: Option<String>,
    /// Write what was sent and typed into this folder, for the fuzz targets to begin with.
    #[arg(long)]
    seeds_to: Option<PathBuf>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let threads =
        options.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let is_well = match (&options.replay, &options.plant) {
        (Some(trace), _) => replay(trace),
        (None, Some(name)) => {
            plants(name).into_iter().filter(|plant| !find(*plant, &options, threads)).count() == 0
        }
        (None, None) => night(&options, threads),
    };
    if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn night(options: &Options, threads: usize) -> bool {
    let lasts = Duration::from_secs(options.hours.map_or(options.seconds, |hours| hours * 3_600));
    let until = options.steps.map_or_else(|| Until::Time(Instant::now() + lasts), Until::Steps);
    listens_for_interrupts();
    let known = Mutex::new(BTreeSet::new());
    let hears = |night: &Night, lasts: Duration| tells_how_far(night, lasts, &known);
    let onlooker = Onlooker { hears: &hears, has_enough: &HAS_ENOUGH };
    let night = play_before(options.seed, until, None, (threads, &onlooker));
    tells(&night, options.seed);
    if let Some(folder) = &options.seeds_to {
        sim::seeds::write(&night.figures, folder).expect("the seeds can be written");
    }
    let days = night.office_days();
    let is_enough = options.days.is_none_or(|wanted| days >= wanted as f64);
    if !is_enough {
        println!("only {days:.1} office-days were played");
    }
    let is_enough = is_enough & is_complete(&night, options.complete);
    let Some((plan, broken)) = &night.broken else { return is_enough };
    let Broken { law, how } = broken;
    println!("\nBROKEN with --seed {}: {law} {:?}: {how}", options.seed, law.rules());
    let short = shortest(plan, broken.law, None, Duration::from_secs(options.shrinking));
    println!("\nthe shortest way there ({} steps):\n{short}", short.steps.len());
    let name = options.keep.clone().unwrap_or_else(|| format!("seed_{}", options.seed));
    let trace = serde_json::to_string_pretty(&short).expect("a plan is data");
    if options.keep.is_some() {
        keep(&name, &trace);
    } else {
        println!(
            "cargo run --release --example simulate -- --seed {} --steps {} --keep {name}   makes a test of it",
            options.seed, night.figures.steps
        );
    }
    false
}

/// The first Ctrl-C ends the night with its summary, the second at once.
#[expect(clippy::disallowed_methods, reason = "who presses it twice waits for no summary")]
fn listens_for_interrupts() {
    std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        runtime.expect("a runtime").block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                if HAS_ENOUGH.swap(true, Ordering::SeqCst) {
                    std::process::exit(130);
                }
                eprintln!("the offices under way are played to their end; once more ends at once");
            }
        });
    });
}

/// How far a night is, on the side of errors, so that what it came to can be kept apart.
fn tells_how_far(night: &Night, lasts: Duration, known: &Mutex<BTreeSet<String>>) {
    let figures = &night.figures;
    let (minutes, days) = (lasts.as_secs() / 60, night.office_days());
    let met = figures.pages.keys().chain(figures.ways.keys()).chain(figures.deeds.keys());
    let mut known = known.lock().expect("nobody panics with it");
    let news: Vec<&String> = met.filter(|name| known.insert((*name).clone())).collect();
    eprint!(
        "{minutes:>4} min: {days:.0} office-days, {} offices, {} steps, {} visits; met {} pages, {} ways, {} rows of the log",
        night.offices,
        figures.steps,
        figures.visits,
        figures.pages.len(),
        figures.ways.len(),
        figures.deeds.len()
    );
    let named: Vec<&str> = news.iter().take(NEWS).map(|name| name.as_str()).collect();
    match news.len() {
        0 => eprintln!(", nothing new"),
        count => eprintln!(", {count} new, as {}", named.join("; ")),
    }
}

fn tells(night: &Night, seed: u64) {
    let figures = &night.figures;
    let days = night.office_days();
    println!("{days:.1} office-days in {} offices of seed {seed}", night.offices);
    println!("trace {} (--steps {})", night.hash, figures.steps);
    println!(
        "{} steps, {} visits, {} key strokes, {} messages, {} programs ended",
        figures.steps, figures.visits, figures.strokes, figures.messages, figures.cuts
    );
    for (what, met) in
        [("pages", &figures.pages), ("ways", &figures.ways), ("rows of the log", &figures.deeds)]
    {
        println!("\n{} {what} met:", met.len());
        met.iter().for_each(|(name, count)| println!("{count:>8}  {name}"));
    }
    println!("\n{} laws were held after each step", Law::ALL.len());
    println!("fields that nobody knew how to fill in: {:?}", figures.unknown);
    println!("\nnever met:");
    for (kind, names) in figures.never_met().into_iter().filter(|(_, names)| !names.is_empty()) {
        println!("  {kind}:");
        for name in names {
            println!("    {name}: {}", unmet::reason(kind, &name).unwrap_or("nobody knows why"));
        }
    }
}

/// Whether the list of what nobody meets is right as far as this night tells, if that is asked for: nothing on
/// it was met, and all that is not on it was.
fn is_complete(night: &Night, is_asked_for: bool) -> bool {
    let never_met = night.figures.never_met();
    let (without_reason, met) = (unmet::without_reason(&never_met), unmet::met_after_all(&never_met));
    if !without_reason.is_empty() {
        println!("\nnever met, and nobody knows why: {}", without_reason.join(", "));
    }
    if !met.is_empty() {
        println!("\nmet after all, so take it off tests/sim/unmet.rs: {}", met.join(", "));
    }
    met.is_empty() && without_reason.is_empty() || !is_asked_for
}

fn plants(name: &str) -> Vec<Plant> {
    match name {
        "all" => Plant::ALL.to_vec(),
        name => Plant::named(name).into_iter().collect(),
    }
}

/// Whether a planted mistake is found in time.
fn find(plant: Plant, options: &Options, threads: usize) -> bool {
    let began = Instant::now();
    let night = play_many(options.seed, Until::Time(began + FOUND_WITHIN), Some(plant), threads);
    let seconds = began.elapsed().as_secs_f32();
    match &night.broken {
        Some((_, Broken { law, how })) => {
            println!("{plant:?} is found in {seconds:.1} s: {law} {:?}: {how}", law.rules());
        }
        None => println!("{plant:?} is NOT found in {seconds:.1} s"),
    }
    if !night.figures.besides.is_empty() {
        let besides: Vec<String> = night.figures.besides.keys().map(ToString::to_string).collect();
        println!("    besides: {}", besides.join("; "));
    }
    night.broken.is_some()
}

fn replay(trace: &Path) -> bool {
    let text = std::fs::read_to_string(trace).expect("the trace can be read");
    let plan: Plan = serde_json::from_str(&text).expect("a trace of the simulator");
    print!("{plan}");
    let outcome = play(&plan, None, Aloud::Yes);
    if let Some((broken, done)) = &outcome.broken {
        println!("BROKEN after {done} steps: {}: {}", broken.law, broken.how);
    }
    outcome.broken.is_none()
}

/// Writes the trace, and its name among the tests.
fn keep(name: &str, trace: &str) {
    let is_name =
        name.chars().all(|symbol| symbol.is_ascii_lowercase() || symbol.is_ascii_digit() || symbol == '_');
    assert!(is_name && !name.is_empty(), "a test's name has small letters, digits and _");
    std::fs::create_dir_all(KEPT).expect("the folder of traces can be made");
    std::fs::write(format!("{KEPT}/{name}.json"), format!("{trace}\n")).expect("the trace can be written");
    let tests = std::fs::read_to_string(TESTS).expect("the tests are there");
    let (before, after) = tests.split_once("\nkept! {\n").expect("the list of tests is there");
    std::fs::write(TESTS, format!("{before}\nkept! {{\n    {name}\n{after}"))
        .expect("the tests can be written");
    println!("{KEPT}/{name}.json is a test now");
}
