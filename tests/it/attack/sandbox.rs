//! A document's bytes have taken over the process that reads them (T15): whatever it tries then
//! fails. This test binary is started again, confines itself by the kiosk's own function, and tries.

#![allow(clippy::disallowed_methods, reason = "the parent tells its child what to do by the environment")]

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::net::UdpSocket;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixDatagram;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{DumpableBehavior, Pid, Resource, Rlimit, Signal};
use totem::documents::confinement::{self, Confinement};
use totem::documents::{Checker, DrawError, Renderer};
use totem::domain::document::{Checked, Kind};

const MODE: &str = "TOTEM_TEST_CONFINED";
const FOLDER: &str = "TOTEM_TEST_CONFINED_FOLDER";
const VICTIM: &str = "TOTEM_TEST_CONFINED_VICTIM";
/// A program that the drawing process may start, and no other.
const TOOL: &str = "/usr/bin/pdftoppm";

/// What the process that was taken over is confined by.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// Nothing: then each try succeeds, which proves that it is one.
    Free,
    Examining,
    Drawing,
}

const MODES: [(Mode, &str); 3] =
    [(Mode::Free, "free"), (Mode::Examining, "examining"), (Mode::Drawing, "drawing")];

/// The child's way in; in an ordinary run of the tests it has nothing to do.
#[test]
fn confined_entry() {
    let Ok(named) = std::env::var(MODE) else { return };
    let folder = std::env::var_os(FOLDER).expect("the parent says where");
    let victim: i32 = std::env::var(VICTIM).expect("the parent says whom").parse().expect("a number");
    let mut opened = OpenOptions::new().read(true).write(true).open(Path::new(&folder).join("open")).unwrap();
    let (mode, _) = MODES.into_iter().find(|(_, name)| *name == named).expect("a mode");
    match mode {
        Mode::Free => {}
        Mode::Examining => drop(confinement::to_examine().expect("this kernel has seccomp")),
        Mode::Drawing => drop(confinement::to_draw(Path::new(TOOL)).expect("this kernel has Landlock")),
    }
    for (what, did) in tries(Path::new(&folder), &mut opened, victim) {
        let errno = did.err().map_or(0, |error| error.raw_os_error().unwrap_or(-1));
        println_now(&format!("{what}={errno}"));
    }
    // The last: it does not come back when it succeeds.
    let error = Command::new("/bin/echo").arg("exec=0").exec();
    println_now(&format!("exec={}", error.raw_os_error().unwrap_or(-1)));
    std::process::exit(0);
}

/// Past the harness, which catches what a test prints.
fn println_now(line: &str) {
    let mut out = io::stdout().lock();
    out.write_all(format!("\n{line}\n").as_bytes()).and_then(|()| out.flush()).expect("the parent reads");
}

type Tried = (&'static str, io::Result<()>);

fn tries(folder: &Path, opened: &mut File, victim: i32) -> Vec<Tried> {
    let at = |name: &str| folder.join(name);
    let mut tried = with_paths(folder);
    let victim = Pid::from_raw(victim).expect("a process");
    let more_files = Rlimit { current: Some(128), maximum: Some(128) };
    tried.extend([
        ("kill", rustix::process::kill_process(victim, Signal::TERM).map_err(io::Error::from)),
        ("ftruncate", opened.set_len(0)),
        ("fchmod", opened.set_permissions(Permissions::from_mode(0o777))),
        ("write", opened.write_all(b"MALO")),
        ("socket", UdpSocket::bind("127.0.0.1:0").map(drop)),
        ("unix socket", UnixDatagram::unbound().map(drop)),
        ("thread", std::thread::Builder::new().spawn(|| ()).map(|thread| thread.join().expect("it ends"))),
        ("spawn", Command::new("/bin/true").status().map(drop)),
        ("limit", rustix::process::setrlimit(Resource::Nofile, more_files).map_err(io::Error::from)),
        (
            "dumpable",
            rustix::process::set_dumpable_behavior(DumpableBehavior::Dumpable).map_err(io::Error::from),
        ),
        ("open to write", File::create(at("new")).map(drop)),
    ]);
    tried
}

fn with_paths(folder: &Path) -> Vec<Tried> {
    let at = |name: &str| folder.join(name);
    vec![
        ("unlink", fs::remove_file(at("unlinked"))),
        ("rename", fs::rename(at("renamed"), at("elsewhere"))),
        ("truncate", OpenOptions::new().write(true).truncate(true).open(at("truncated")).map(drop)),
        ("chmod", fs::set_permissions(at("changed"), Permissions::from_mode(0o777))),
        ("open to read", fs::read(at("secret")).map(drop)),
        ("mkdir", fs::create_dir(at("folder"))),
        ("rmdir", fs::remove_dir(at("empty"))),
        ("symlink", symlink(at("secret"), at("link"))),
        ("link", fs::hard_link(at("secret"), at("hard"))),
        ("list", fs::read_dir(folder).map(drop)),
        ("chdir", std::env::set_current_dir(folder)),
        (
            "mkfifo",
            rustix::fs::mknodat(
                rustix::fs::CWD,
                at("fifo"),
                rustix::fs::FileType::Fifo,
                rustix::fs::Mode::RUSR,
                0,
            )
            .map_err(io::Error::from),
        ),
    ]
}

/// A folder to do harm in, and a process to be killed.
struct Prey {
    folder: tempfile::TempDir,
    victim: Child,
}

const FILES: [&str; 6] = ["unlinked", "renamed", "truncated", "changed", "secret", "open"];

impl Prey {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in FILES {
            fs::write(folder.path().join(file), "SECRETO").unwrap();
        }
        fs::create_dir(folder.path().join("empty")).unwrap();
        Prey { folder, victim: Command::new("/bin/sleep").arg("600").spawn().unwrap() }
    }

    /// What each try came to: the number of its error, 0 if it succeeded.
    fn under(&self, mode: Mode) -> Vec<(String, i32)> {
        let (_, name) = MODES.into_iter().find(|(known, _)| *known == mode).unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "attack::sandbox::confined_entry", "--nocapture", "--test-threads=1"])
            .env(MODE, name)
            .env(FOLDER, self.folder.path())
            .env(VICTIM, self.victim.id().to_string())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let tried: Vec<_> = said
            .lines()
            .filter_map(|line| line.split_once('='))
            .filter_map(|(what, errno)| Some((what.to_string(), errno.parse().ok()?)))
            .collect();
        assert_eq!(tried.len(), 24, "{said}{}", String::from_utf8_lossy(&output.stderr));
        tried
    }

    fn is_untouched(&mut self) -> bool {
        let is_whole = |file: &str| {
            let path = self.folder.path().join(file);
            fs::read(&path).is_ok_and(|text| text == b"SECRETO")
                && fs::metadata(&path).unwrap().permissions().mode() & 0o111 == 0
        };
        FILES.into_iter().all(is_whole)
            && fs::read_dir(self.folder.path()).unwrap().count() == FILES.len() + 1
            && self.victim.try_wait().unwrap().is_none()
    }
}

impl Drop for Prey {
    fn drop(&mut self) {
        let _ = self.victim.kill();
        let _ = self.victim.wait();
    }
}

const EPERM: i32 = 1;
const EACCES: i32 = 13;

#[test]
fn what_has_taken_the_examining_process_over_can_do_nothing() {
    let mut prey = Prey::new();
    for (what, errno) in prey.under(Mode::Examining) {
        assert_eq!(errno, EPERM, "{what}");
    }
    assert!(prey.is_untouched());
}

#[test]
fn what_has_taken_the_drawing_tool_over_can_do_no_harm() {
    let mut prey = Prey::new();
    for (what, errno) in prey.under(Mode::Drawing) {
        assert!([EPERM, EACCES].contains(&errno), "{what}: {errno}");
    }
    assert!(prey.is_untouched());
}

/// Otherwise the two above would prove nothing.
#[test]
fn without_being_confined_it_could_do_all_of_it() {
    let mut prey = Prey::new();
    for (what, errno) in prey.under(Mode::Free) {
        assert_eq!(errno, 0, "{what}");
    }
    assert!(!prey.is_untouched());
}

#[test]
fn the_kiosks_own_process_is_confined_before_it_reads() {
    let mut command = Command::new(crate::program::program());
    command.args(["look-at-document", "pdf"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let file = format!("/proc/{}/status", child.id());
    // It waits for a document that doesn't come, confined already.
    let status = loop {
        let status = fs::read_to_string(&file).unwrap();
        if status.contains("Seccomp:\t2") {
            break status;
        }
        assert!(child.try_wait().unwrap().is_none(), "{status}");
        std::thread::yield_now();
    };
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    drop(child.stdin.take());
    let mut answer = String::new();
    child.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
    assert_eq!(answer, "{\"refused\":\"Empty\"}\n");
    assert!(child.wait().unwrap().success());
}

fn renderer(tool: &str) -> Renderer {
    let totem = crate::program::program();
    Renderer::by(totem.into(), tool.into(), Checker::by(totem.into()))
}

/// So many pages, the upper half of each black.
async fn pages(count: usize) -> Checked {
    let kids: String = (0..count).map(|page| format!("{} 0 R ", page + 4)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 200 200] >>"),
        "<< /Length 18 >>\nstream\n0 100 200 100 re f\nendstream".to_string(),
    ];
    objects.extend((0..count).map(|_| "<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>".to_string()));
    let mut bytes = b"%PDF-1.4\n".to_vec();
    for (index, object) in objects.iter().enumerate() {
        write!(bytes, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let size = objects.len() + 1;
    write!(bytes, "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n0\n%%EOF\n").unwrap();
    Checker::by(crate::program::program().into()).check("a.pdf", &bytes).await.unwrap()
}

#[tokio::test]
async fn confined_as_it_is_the_tool_draws_each_page() {
    assert!(Path::new(TOOL).is_file(), "pdftoppm is missing: apt-get install poppler-utils");
    let drawn = renderer(TOOL).pages(&pages(3).await).await.unwrap();
    assert_eq!(drawn.len(), 3);
    for page in drawn {
        assert_eq!(page.kind(), Kind::Png);
        let picture = image::load_from_memory(page.bytes()).unwrap().into_rgb8();
        assert_eq!(picture.dimensions(), (2000, 2000));
        assert_eq!([picture.get_pixel(1000, 500).0, picture.get_pixel(1000, 1500).0], [[0; 3], [255; 3]]);
    }
}

#[tokio::test]
async fn the_tool_is_not_waited_for_nor_believed() {
    let many = renderer(TOOL).pages(&pages(31).await).await;
    assert!(matches!(many, Err(DrawError::TooMany(31))), "{many:?}");
    let one = pages(1).await;
    let slow = renderer(TOOL).waiting(Duration::ZERO).pages(&one).await;
    assert!(matches!(slow, Err(DrawError::TooSlow(1))), "{slow:?}");
    // It draws without end, and not a picture.
    let endless = renderer("/usr/bin/yes").pages(&one).await;
    assert!(matches!(endless, Err(DrawError::Refused(1, _) | DrawError::Failed(1))), "{endless:?}");
    // A script needs a second program to run it, and only one may be started.
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("tool");
    let write = "printf '#!/bin/sh\\ntouch %s\\n' \"$1/touched\" > \"$1/tool\" && chmod 700 \"$1/tool\"";
    assert!(Command::new("/bin/sh").args(["-c", write, "sh"]).arg(folder.path()).status().unwrap().success());
    let ran = renderer(script.to_str().unwrap()).pages(&one).await;
    assert!(matches!(ran, Err(DrawError::Failed(1))), "{ran:?}");
    assert!(!folder.path().join("touched").exists());
}

#[test]
fn it_says_what_it_is_confined_by() {
    let mut command = Command::new(crate::program::program());
    let output = command.args(["look-at-document", "pdf", "--tell-confinement"]).output().unwrap();
    let told: Confinement = serde_json::from_slice(&output.stdout).unwrap();
    assert!(told.landlock.is_some_and(|version| version > 0), "{told:?}: this machine has no Landlock");
}
