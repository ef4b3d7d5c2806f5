//! What stands behind the booth: a store that can be made to fail, the demo world, the office and
//! its staff, and a company that already has a clave.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use totem::audit::ChainName;
use totem::caretaker::Caretaker;
use totem::caretaker::pending::PendingChecks;
use totem::clock::BootMoment;
use totem::config;
use totem::courier::{Adapters, Courier, Texter};
use totem::desk::{Desk, Papers};
use totem::documents::{Checker, Kept, Media, Printer, Renderer, Viewing, declaration, renderer};
use totem::domain::account::{Account, Address, Representative, SecretQuestion};
use totem::domain::answer::Answer;
use totem::domain::card_rule::CardRule;
use totem::domain::clean::Clean;
use totem::domain::comuna::Comuna;
use totem::domain::destination::DemoFolders;
use totem::domain::facilitator::DOCUMENTS_KEPT_MS;
use totem::domain::language::Language;
use totem::domain::pending::RegistrationEvidence;
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;
use totem::domain::trust::{ChannelOnFile, Channels, Rank, TRUSTED_AFTER_MS, Trust};
use totem::office::means::{OfficeSettings, StaffMember};
use totem::office::ways_out::WaysOut;
use totem::phone;
use totem::registry::Registry;
use totem::registry::padron::Padron;
use totem::store::records::Records;
use totem::vault::{Cost, Keys, Vault};

use super::Post;
use super::registers::Registers;
use super::stored::{Office, Store};

/// The company that is already there, its clave and the answer to its question.
pub const COMPANY: &str = "99999999-9";
pub const CLAVE: &str = "Trebol?71";
pub const ANSWER: &str = "Firuláis";
/// Where the company and its representative get mail.
pub const MAILBOX: &str = "contacto@comercial.example";
pub const OWN_MAILBOX: &str = "ana@ejemplo.example";
pub const MOBILE: &str = "+56987654321";
/// What Rosa, who works at the counter, types: her number, and the six digits of her PIN.
pub const PIN: &str = "1730915";

/// The secret questions of this office.
pub fn questions() -> Vec<Clean> {
    ["NOMBRE DE MI MASCOTA", "NOMBRE DE MI PRIMER COLEGIO", "TÍTULO DE MI LIBRO FAVORITO"]
        .map(Clean::from)
        .to_vec()
}

/// A company with an account.
pub struct Company {
    pub rut: &'static str,
    pub name: &'static str,
    pub has_question: bool,
    /// Whether codes were typed that went to its channels.
    pub is_proved: bool,
}

impl Default for Company {
    fn default() -> Self {
        Company { rut: COMPANY, name: "Comercial Ejemplo Limitada", has_question: true, is_proved: true }
    }
}

impl Company {
    pub async fn enter(&self, records: &Records, now_ms: u64) {
        let vault = records.vault();
        let long_ago_ms = now_ms - 2 * TRUSTED_AFTER_MS;
        let answer = Answer::new(ANSWER).expect("the answer is long enough");
        let question = SecretQuestion {
            question: questions().swap_remove(0),
            answer: vault.digest(answer.secret()).await,
        };
        let mut account = Account {
            company: self.rut.parse::<Rut>().expect("the company's RUT is right"),
            name: Clean::from(self.name),
            secret_question: self.has_question.then_some(question),
            address: Address {
                comuna: Comuna::named("Ñuñoa").expect("there is such a commune"),
                street: Clean::from("Avenida Irarrázaval"),
                number: Clean::from("1234"),
                block: None,
                apartment: None,
            },
            email: MAILBOX.parse().expect("the mailbox is well written"),
            phone: "223456789".parse().expect("the telephone is well written"),
            fax: None,
            representative: Representative {
                rut: "11111111-1".parse().expect("the representative's RUT is right"),
                name: Clean::from("Ana Ejemplo Demostración"),
                mobile: "987654321".parse().expect("the mobile is well written"),
                email: OWN_MAILBOX.parse().expect("the mailbox is well written"),
            },
            clave: vault.digest(&Secret::new(CLAVE)).await,
            recoveries: Vec::new(),
            undos: Vec::new(),
            language: Language::Es,
            created_ms: now_ms,
            trust: Trust::new(Channels::typed(long_ago_ms), Rank::Low, long_ago_ms),
        };
        if self.is_proved {
            for place in account.places(ChannelOnFile::is_on_file) {
                account.prove(&place, Rank::Low, long_ago_ms);
            }
        }
        let draft = records.draft(now_ms).new_account(&account);
        draft.commit(records).await.expect("the store is up");
    }
}

/// The same keys at every run, so that the same RUT has the same invented question.
fn keys() -> Keys {
    let words = ["seal.1", "index", "pepper", "audit", "pseudonym"];
    let lines =
        (1u8..).zip(words).map(|(number, word)| format!("{word} = {}\n", format!("{number:02x}").repeat(32)));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys");
    std::fs::write(&path, format!("version = 1\n{}", lines.collect::<String>())).expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("a mode");
    Keys::load(&path).expect("keys as they are written")
}

/// What all booths seal with.
pub fn booth_vault() -> Vault {
    Vault::new(keys(), Cost::cheap_for_tests())
}

/// The store of this terminal, the chain that it writes to, and its name.
fn place(vault: &Vault, terminal: Option<&Terminal>) -> (Arc<Store>, ChainName, &'static str) {
    match terminal {
        Some(Terminal { office, name }) => {
            (Arc::new(Store::of_office(office)), ChainName::new(name.parse().expect("a number")), name)
        }
        None => (Arc::new(Store::new(vault)), ChainName::FIRST, "03"),
    }
}

/// One of several booths over one store.
pub struct Terminal {
    pub office: Office,
    /// A number, as in *Puesto 04*.
    pub name: &'static str,
}

/// What is not in memory but outside.
#[derive(Default)]
pub struct Outside {
    pub registry: Option<Arc<dyn Registry>>,
    /// None for one that has a store of its own.
    pub terminal: Option<Terminal>,
    pub texter: Option<Arc<dyn Texter>>,
    /// Where a drive, the scanner's folder and the kept documents lie.
    pub folder: Option<PathBuf>,
    /// `documents.print_command`; empty for no printer.
    pub print_command: Vec<String>,
    /// What draws pages, in place of the distribution's.
    pub drawing: Drawing,
    /// Where phones come in; needs the folder.
    pub phone: Option<config::Phone>,
    /// What makes an application an account.
    pub registration: RegistrationEvidence,
    /// Which expired cards count as valid.
    pub cards: CardRule,
    /// By which the wall clock is wrong; the boot time never is.
    pub wrong_ms: Arc<AtomicI64>,
    /// How the channels stand. What the courier sends arrives all the same.
    pub ways_out: Option<WaysOut>,
    /// Where messages can be read in the demo world.
    pub demo: DemoFolders,
}

/// What draws a PDF's pages.
#[derive(Default)]
pub enum Drawing {
    /// poppler's, which `.ci/run` installs.
    #[default]
    Poppler,
    /// It is not installed.
    Nothing,
    /// Some other program.
    By(PathBuf),
}

impl Drawing {
    fn renderer(self, checker: Checker) -> Option<Renderer> {
        let tool = match self {
            Drawing::Poppler => renderer::in_usual_place(),
            Drawing::Nothing => None,
            Drawing::By(tool) => Some(tool),
        };
        tool.map(|tool| Renderer::by(crate::program::program().into(), tool, checker))
    }
}

pub struct World {
    pub records: Records,
    pub store: Arc<Store>,
    pub desk: Desk,
    pub registers: Arc<Registers>,
    pub caretaker: Caretaker,
    pub pending: PendingChecks,
    pub phones: Option<phone::Server>,
}

impl World {
    /// With the given registry and way out for SMS, or else with the demo world's and the mailboxes
    /// in memory.
    pub fn new(clock_ms: Arc<AtomicU64>, post: Arc<Post>, outside: Outside) -> Self {
        Self::with_floor(clock_ms, post, outside, Duration::ZERO)
    }

    /// `floor`: no answer about a RUT comes sooner (S9).
    pub fn with_floor(clock_ms: Arc<AtomicU64>, post: Arc<Post>, outside: Outside, floor: Duration) -> Self {
        let vault = Arc::new(booth_vault());
        let (store, chain, terminal) = place(&vault, outside.terminal.as_ref());
        let booted = clock_ms.clone();
        let boot = move |_wall_ms| BootMoment { boot: [1; 16], at_ms: booted.load(Ordering::SeqCst) };
        let records = Records::new(store.clone(), vault).timed_by(Arc::new(boot));
        let records = records.in_chain(chain);
        let wrong_ms = outside.wrong_ms.clone();
        let clock: totem::clock::Clock = Arc::new(move || {
            clock_ms.load(Ordering::SeqCst).saturating_add_signed(wrong_ms.load(Ordering::SeqCst))
        });
        let texter = outside.texter.unwrap_or(post.clone());
        let adapters = Adapters { mailer: post, texter };
        let ways_out = WaysOut::default();
        let courier = Courier::new(records.clone(), adapters, terminal.into()).noting(ways_out.clone());
        let ways_out = outside.ways_out.unwrap_or(ways_out);
        let caretaker = Caretaker::new(records.clone(), courier, clock.clone(), terminal.into());
        let registry = outside.registry.unwrap_or_else(|| Arc::new(Padron::demo(clock.clone())));
        let registers = Arc::new(Registers::new(registry));
        let office = OfficeSettings {
            terminal: terminal.into(),
            questions: questions(),
            registration: outside.registration,
            cards: outside.cards,
            staff: vec![StaffMember { number: 1, name: "Rosa".into(), pin: pin(records.vault()) }],
            zone: "America/Santiago".parse().expect("a zone"),
            demo: outside.demo,
            floor,
        };
        let desk =
            Desk::new(records.clone(), registers.clone(), clock.clone(), office, Arc::new(Notify::new()))
                .seeing_ways_out(ways_out);
        let pending = PendingChecks {
            evidence: outside.registration,
            cards: outside.cards,
            records: records.clone(),
            registry: registers.clone(),
            clock: clock.clone(),
            terminal: terminal.into(),
            left: desk.left_for_later(),
            wake: Arc::default(),
        };
        let mut phones = None;
        let desk = match outside.folder {
            Some(folder) => {
                let mut papers = papers(&folder, records.clone(), outside.print_command, outside.drawing);
                if let Some(settings) = &outside.phone {
                    let opened = phone::open(settings, papers.checker.clone(), clock, Language::Es);
                    let (pages, server) = opened.expect("the loopback address has a port");
                    (papers.phones, phones) = (Some(pages), Some(server));
                }
                desk.with_papers(papers, DOCUMENTS_KEPT_MS)
            }
            None => desk,
        };
        World { records, store, desk, registers, caretaker, pending, phones }
    }
}

/// One drive, a scanner, and a printer if there is a command for it.
fn papers(folder: &Path, records: Records, print_command: Vec<String>, drawing: Drawing) -> Papers {
    let lasts = Duration::from_secs(15 * 60);
    for inner in ["drive", "scanner"] {
        std::fs::create_dir_all(folder.join(inner)).expect("the test's folder can be written");
    }
    let checker = Checker::by(crate::program::program().into());
    Papers {
        media: Media::of_folders(vec![folder.join("drive")], Some(folder.join("scanner"))),
        renderer: drawing.renderer(checker.clone()),
        checker,
        kept: Kept::open(folder.join("kept"), records).expect("the test's folder can be written"),
        printer: Printer::new(print_command),
        viewing: Some(Viewing::new(folder.join("viewing"), lasts)),
        template: Arc::from(declaration::BUILT_IN),
        phones: None,
    }
}

/// A desk by itself that answers no sooner than this (S9).
pub fn answer_floor(floor: Duration) -> Desk {
    let clock_ms = Arc::new(AtomicU64::new(super::NOON_MS));
    World::with_floor(clock_ms, Arc::default(), Outside::default(), floor).desk
}

/// What the settings keep of Rosa's PIN.
fn pin(vault: &Arc<Vault>) -> totem::domain::digest::Digest {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let vault = vault.clone();
    // On a thread of its own, since a test may already be in a runtime.
    let hashing = std::thread::spawn(move || {
        runtime
            .expect("a runtime needs nothing but memory")
            .block_on(async { vault.digest(&Secret::new(&PIN[1..])).await })
    });
    hashing.join().expect("hashing does not panic")
}
