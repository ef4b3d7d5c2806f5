//! Parts played in a process of their own: this test binary, started again for one test. A panic
//! can't be provoked in the real program, and must not be; here it can, in what is passed to the
//! very same code.

use std::alloc::{Layout, handle_alloc_error};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use portable_pty::CommandBuilder;
use totem::config::{Config, Environment};
use totem::courier::{Adapters, Off};
use totem::domain::cedula::Serial;
use totem::domain::register::{Card, Company, Looked, Representation};
use totem::domain::rut::Rut;
use totem::event::{Event, Key};
use totem::flow::Setup;
use totem::kiosk::{Appearance, Kiosk};
use totem::registry::Registry;
use totem::run::{self, Ended, RunError};
use totem::service::{self, Service, ServiceError};
use totem::terminal::{Abilities, TerminalScreen};

use totem::domain::language::Language;
use totem::text::Sentences;
use totem::ui::{Theme, Viewport};

use crate::memory::{Search, TURNED};
use crate::pty::COMPANY;
use crate::seat::Seat;

const PART: &str = "TOTEM_TEST_PART";
const FOLDER: &str = "TOTEM_TEST_FOLDER";
/// The file whose coming lets a part go on.
const GO_ON: &str = "go on";
/// Longer than an Enter counts as a bouncing hand.
const BOUNCE: Duration = Duration::from_secs(1);
const ENTRY: [&str; 4] = ["--exact", "pty_child::child_entry", "--nocapture", "--test-threads=1"];

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// Panics while a page is on the screen.
    PanicOnScreen,
    PanicWhileOpening,
    /// Shows a key by F3, and says how often it is found in memory once the visit is over.
    ShowKey,
    /// Calls for the end of the process, once it may go on.
    Abort,
    /// Asks for memory that nobody has.
    OutOfMemory,
    /// Calls itself without end.
    OutOfStack,
    /// Panics while a panic is under way.
    PanicInPanic,
    /// Opens once it may go on, and then in vain.
    OpenLate,
    /// Panics in what the person asked for.
    PanicBehindScreen,
    /// Holds the terminal of a kiosk, until it is killed.
    HoldTerminal,
    /// The same for a kiosk that gets no signal when its terminal goes.
    HoldTerminalWithoutSignals,
}

impl Part {
    const ALL: [Part; 11] = [
        Part::Abort,
        Part::OutOfMemory,
        Part::OutOfStack,
        Part::PanicInPanic,
        Part::OpenLate,
        Part::PanicOnScreen,
        Part::PanicWhileOpening,
        Part::ShowKey,
        Part::PanicBehindScreen,
        Part::HoldTerminal,
        Part::HoldTerminalWithoutSignals,
    ];

    fn name(self) -> String {
        format!("{self:?}")
    }
}

/// Plays a part on a pseudo-terminal.
pub fn play(part: Part, folder: &Path) -> Seat {
    let mut command = CommandBuilder::new(std::env::current_exe().expect("the path of this binary"));
    command.args(ENTRY);
    command.env(PART, part.name());
    command.env(FOLDER, folder);
    Seat::before(command)
}

/// A process that holds a kiosk's terminal, and the kiosk's process id.
pub fn holder(part: Part, folder: &Path) -> (Child, String) {
    let mut command = Command::new(std::env::current_exe().expect("the path of this binary"));
    command.args(ENTRY).env(PART, part.name()).env(FOLDER, folder).stdout(Stdio::piped());
    let mut child = command.spawn().expect("this binary starts again");
    let mut lines = BufReader::new(child.stdout.take().expect("its output is a pipe")).lines();
    let pid = lines.find_map(|line| line.ok()?.strip_prefix("kiosk ").map(str::to_string));
    (child, pid.expect("it says who the kiosk is"))
}

/// The child's way in; in an ordinary run of the tests it has nothing to do.
#[test]
#[expect(clippy::disallowed_methods, reason = "what the parent tells this child, not a setting")]
fn child_entry() {
    let (Ok(part), Some(folder)) = (std::env::var(PART), std::env::var_os(FOLDER)) else { return };
    let part = Part::ALL.into_iter().find(|known| known.name() == part).expect("a part that is known");
    let folder = Path::new(&folder);
    match part {
        Part::PanicOnScreen => panic_on_screen(),
        Part::ShowKey => show_key(),
        Part::PanicWhileOpening => {
            let ended = serve(folder, |_| async { panic!("the company {COMPANY} broke it") });
            assert!(matches!(ended, Err(RunError::Fault)));
        }
        Part::PanicBehindScreen => {
            let ended = serve(folder, |config| async move {
                let records = service::open(&config).await?.records;
                let adapters = Adapters { mailer: Arc::new(Off), texter: Arc::new(Off) };
                Service::over(&config, records, Arc::new(Broken), adapters, totem::clock::system()).await
            });
            assert!(matches!(ended, Ok(Ended::Terminated)));
        }
        Part::Abort => break_off(folder, || std::process::abort()),
        Part::OutOfMemory => break_off(folder, || handle_alloc_error(Layout::new::<[u64; 1 << 40]>())),
        Part::OutOfStack => break_off(folder, || {
            assert_ne!(deeper(1), 0);
        }),
        Part::PanicInPanic => break_off(folder, || {
            let _second = PanicsWhenDropped;
            panic!("the company {COMPANY} broke it");
        }),
        Part::OpenLate => {
            let at = folder.join(GO_ON);
            let ended = serve(folder, |_| async move {
                wait_for(&at);
                Err(ServiceError::NoStore { folder: at })
            });
            let in_vain = matches!(ended, Err(RunError::Service(ServiceError::NoStore { .. })));
            assert!(in_vain || matches!(ended, Ok(Ended::Terminated)));
        }
        Part::HoldTerminal | Part::HoldTerminalWithoutSignals => hold_terminal(part, folder),
    }
}

/// Ends the process while the first page stands, once the parent says so.
fn break_off(folder: &Path, end: impl FnOnce() + Send + 'static) {
    let at = folder.join(GO_ON);
    let _ = serve(folder, |_| async move {
        wait_for(&at);
        end();
        Err(ServiceError::NoStore { folder: at })
    });
}

/// Blocks the thread in which the store is opened, as a disk would.
fn wait_for(file: &Path) {
    while !file.exists() {
        std::thread::yield_now();
    }
}

#[expect(unconditional_recursion, reason = "it is to overflow the stack")]
fn deeper(depth: u64) -> u64 {
    std::hint::black_box(deeper(depth + 1)) + depth
}

struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        panic!("the company {COMPANY} broke it once more");
    }
}

fn panic_on_screen() {
    let mut screen = TerminalScreen::take().expect("a terminal");
    let kiosk = Kiosk::new(Setup { questions: vec![] }, Appearance::default(), Instant::now());
    let view = Viewport {
        page: kiosk.page(),
        sentences: &Sentences::screens(Language::Es),
        theme: Theme::Normal,
        linear: false,
        desk: "01",
        demo: false,
        half_blocks: false,
    };
    screen.draw(&view).expect("a terminal");
    panic!("the company {COMPANY} broke it");
}

fn show_key() {
    let key = *b"Rdbsdu,Lhl`sdb,Bi`obtop,Pttm`";
    let mut search = Search::new();
    let mut screen = TerminalScreen::take().expect("a terminal");
    let start = Instant::now();
    let mut kiosk = Kiosk::new(Setup { questions: vec![] }, Appearance::default(), start);
    let sentences = Sentences::screens(Language::Es);
    let mut draw = |kiosk: &Kiosk| {
        let view = Viewport {
            page: kiosk.page(),
            sentences: &sentences,
            theme: Theme::Normal,
            linear: false,
            desk: "01",
            demo: false,
            half_blocks: false,
        };
        screen.draw(&view).expect("a terminal");
    };
    let typed = key.iter().map(|byte| Key::Char(char::from(byte ^ TURNED)));
    let keys = [Key::Enter, Key::Char('3'), Key::Tab, Key::Tab].into_iter().chain(typed).chain([Key::F(3)]);
    for key in keys {
        kiosk.update(Event::Key(key), start + BOUNCE);
        draw(&kiosk);
    }
    assert!(search.count(&key) > 0, "it is found while it is there");
    // Hidden again, it would be overwritten by the dots.
    kiosk.start_visit();
    draw(&kiosk);
    let left = search.count(&key[8..24]);
    drop(screen);
    println!("found {left} times");
}

fn serve<F, O>(folder: &Path, open: O) -> Result<Ended, RunError>
where
    O: FnOnce(Config) -> F,
    F: Future<Output = Result<Service, ServiceError>> + Send + 'static,
{
    let weak = [("memory_kib", "8"), ("passes", "1"), ("lanes", "1"), ("allow_weak", "true")];
    let environment = Environment::default().with("store.ballast_mib", "0");
    let environment = weak
        .iter()
        .fold(environment, |environment, (key, value)| environment.with(&format!("hash.{key}"), value));
    let config = Config::in_folder(folder, &environment).expect("sound settings");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run::run(&config, Abilities::default(), Path::new(crate::program::program()), open))
}

fn hold_terminal(part: Part, folder: &Path) {
    let mut command = Seat::command(folder);
    command.set_controlling_tty(part == Part::HoldTerminal);
    let mut seat = Seat::before(command);
    seat.sees("F4 Contraste");
    let said = writeln!(std::io::stdout(), "\nkiosk {}", seat.pid());
    said.and_then(|()| std::io::stdout().flush()).expect("the parent listens");
    seat.waits_for("the end of this process", |_| false);
}

/// A register that no mistake of a person could cause.
struct Broken;

#[async_trait]
impl Registry for Broken {
    async fn company(&self, company: Rut) -> Looked<Company> {
        panic!("the company {company} broke it")
    }

    async fn representation(&self, company: Rut, _: Rut) -> Looked<Representation> {
        panic!("the company {company} broke it")
    }

    async fn card(&self, holder: Rut, _: &Serial) -> Looked<Card> {
        panic!("{holder} broke it")
    }
}
