//! The whole program on a pseudo-terminal of 100×30, beside Debian's `dialog --form` and the
//! smallest form that the same library can draw, in alternating runs. The ratios count, not the
//! figures. (`cargo bench --bench screen -- frames`, `memory` or `rest` runs one part.)

#[path = "../accounts.rs"]
mod accounts;
mod guest;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use portable_pty::CommandBuilder;

use guest::Guest;

const STARTS: usize = 41;
const ROUNDS: usize = 3;
const KEYS_A_ROUND: usize = 200;
const ACCOUNTS: u32 = 100_000;
/// Several rounds of sled's own thread, which take ten to twenty seconds each.
const IDLE: Duration = Duration::from_secs(60);
/// Until sled has cleaned up after everything that was written before.
const SETTLING: Duration = Duration::from_secs(480);

/// Which program is measured.
#[derive(Clone, Copy, PartialEq)]
enum Peer {
    Totem,
    Dialog,
    Minimal,
}

/// What the rounds measured for one of them.
#[derive(Default)]
struct Figures {
    starts: Vec<f64>,
    keys: Vec<f64>,
    bytes: Vec<f64>,
}

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on a real disk");
    let minimal = build_minimal();
    let has_dialog = Command::new("dialog").arg("--version").output().is_ok();
    if !has_dialog {
        println!("!!! dialog is not installed: nothing is compared with it !!!");
    }
    accounts::write(folder.path(), ACCOUNTS);
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let is_wanted = |part: &str| only.as_deref().is_none_or(|only| only == part);
    if is_wanted("frames") {
        frames(folder.path(), &minimal, has_dialog);
    }
    if is_wanted("memory") {
        memory(folder.path(), &minimal);
    }
    if is_wanted("rest") {
        rest(folder.path(), &minimal);
    }
}

/// How soon the first frame is drawn, and how soon a key is answered.
fn frames(folder: &Path, minimal: &Path, has_dialog: bool) {
    let peers: Vec<Peer> = [Peer::Totem, Peer::Dialog, Peer::Minimal]
        .into_iter()
        .filter(|peer| has_dialog || *peer != Peer::Dialog)
        .collect();
    let mut figures: Vec<(Peer, Figures)> = peers.iter().map(|peer| (*peer, Figures::default())).collect();
    for _ in 0..STARTS {
        for (peer, figures) in &mut figures {
            let mut guest = Guest::start(command(*peer, folder, minimal));
            figures.starts.push(guest.first_frame().after.as_secs_f64() * 1e3);
        }
    }
    for _ in 0..ROUNDS {
        for (peer, figures) in &mut figures {
            type_keys(*peer, folder, minimal, figures);
        }
    }
    report(&mut figures);
}

/// The example, with the same profile.
fn build_minimal() -> PathBuf {
    let built =
        Command::new(env!("CARGO")).args(["build", "--release", "--example", "minimal_form"]).status();
    assert!(built.is_ok_and(|status| status.success()), "the example is not built");
    Path::new(env!("CARGO_BIN_EXE_totem")).with_file_name("examples").join("minimal_form")
}

fn command(peer: Peer, folder: &Path, minimal: &Path) -> CommandBuilder {
    let mut command = match peer {
        Peer::Totem => CommandBuilder::new(env!("CARGO_BIN_EXE_totem")),
        Peer::Minimal => CommandBuilder::new(minimal),
        Peer::Dialog => {
            let mut command = CommandBuilder::new("dialog");
            command.args(["--form", "Datos de la empresa", "20", "80", "5"]);
            for (label, row) in ["RUT", "Nombre", "Calle", "Correo", "Celular"].iter().zip(1_u8..) {
                let row = row.to_string();
                command.args([*label, &row, "1", "", &row, "20", "50", "60"]);
            }
            command
        }
    };
    command.cwd(folder);
    command.env("TERM", "xterm-256color");
    command.env("TOTEM__STORE__BALLAST_MIB", "0");
    command
}

/// To the first text field; the other programs start there.
fn begin(peer: Peer, folder: &Path, minimal: &Path) -> Guest {
    let mut guest = Guest::start(command(peer, folder, minimal));
    guest.first_frame();
    if peer == Peer::Totem {
        guest.press_for("\r", "Volver");
        guest.press_for("1", "Validar");
    }
    guest
}

/// Types a RUT and deletes it, again and again.
fn type_keys(peer: Peer, folder: &Path, minimal: &Path, figures: &mut Figures) {
    let mut guest = begin(peer, folder, minimal);
    for key in
        ["9", "9", "5", "3", "1", "\x7f", "\x7f", "\x7f", "\x7f", "\x7f"].iter().cycle().take(KEYS_A_ROUND)
    {
        let drawn = guest.press(key);
        figures.keys.push(drawn.after.as_secs_f64() * 1e3);
        figures.bytes.push(drawn.bytes.len() as f64);
    }
}

fn report(figures: &mut [(Peer, Figures)]) {
    let mut of = |peer: Peer, take: fn(&mut Figures) -> &mut Vec<f64>, part: f64| {
        let found = figures.iter_mut().find(|(candidate, _)| *candidate == peer);
        found.map(|(_, figures)| quantile(take(figures), part))
    };
    println!("{:32}{:>10}{:>10}{:>10}{:>8}  aim", "", "totem", "dialog", "minimal", "ratio");
    type Row = (&'static str, fn(&mut Figures) -> &mut Vec<f64>, f64, Peer, &'static str);
    let rows: [Row; 6] = [
        ("first frame, ms, median", |f| &mut f.starts, 0.5, Peer::Dialog, "≤ 1 × dialog"),
        ("first frame, ms, worst", |f| &mut f.starts, 1.0, Peer::Dialog, ""),
        ("key to frame, ms, median", |f| &mut f.keys, 0.5, Peer::Minimal, "≤ 1.5 × minimal"),
        ("key to frame, ms, p99", |f| &mut f.keys, 0.99, Peer::Minimal, "< 5 ms"),
        ("bytes a key, median", |f| &mut f.bytes, 0.5, Peer::Minimal, "≤ 60"),
        ("bytes a key, most", |f| &mut f.bytes, 1.0, Peer::Minimal, ""),
    ];
    for (name, take, part, beside, aim) in rows {
        let mine = of(Peer::Totem, take, part);
        let shown = |value: Option<f64>| value.map_or("-".to_string(), |value| format!("{value:.3}"));
        let ratio = mine.zip(of(beside, take, part)).map(|(mine, other)| mine / other);
        let ratio = ratio.map_or("-".to_string(), |ratio| format!("{ratio:.2}"));
        let (dialog, minimal) = (shown(of(Peer::Dialog, take, part)), shown(of(Peer::Minimal, take, part)));
        println!("{name:32}{:>10}{dialog:>10}{minimal:>10}{ratio:>8}  {aim}", shown(mine));
    }
}

fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}

/// Memory with the store open and used.
fn memory(folder: &Path, minimal: &Path) {
    let mut guest = begin(Peer::Totem, folder, minimal);
    let shown = |kib: Option<u64>| {
        kib.map_or("unreadable: run as root".to_string(), |kib| format!("{:.1} MiB", kib as f64 / 1024.0))
    };
    guest.bytes_within(Duration::from_secs(1));
    println!("memory (PSS), {ACCOUNTS} accounts, open: {}  (aim < 16 MiB)", shown(guest.pss_kib()));
    guest.press_for("76054321-7\r", "MASCOTA");
    guest.press_for("mi mascota\r", "Captcha");
    println!("memory (PSS), after a look-up: {}", shown(guest.pss_kib()));
}

/// What it does while nobody is there: while sled cleans up, and after that.
fn rest(folder: &Path, minimal: &Path) {
    let mut guest = Guest::start(command(Peer::Totem, folder, minimal));
    guest.first_frame();
    for (name, settling) in [("cleaning up", IDLE), ("at rest", SETTLING)] {
        guest.bytes_within(settling);
        let before = guest.cpu();
        let bytes = guest.bytes_within(IDLE);
        let a_second = guest.cpu_since(&before).as_secs_f64() * 1e3 / IDLE.as_secs_f64();
        println!("idle, {name}: {bytes} bytes (aim 0), {a_second:.3} ms CPU a second (aim < 0.5)");
    }
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_totem")).map_or(0, |metadata| metadata.len());
    println!("binary: {:.2} MB (aim < 12 MB)", size as f64 / 1e6);
}
