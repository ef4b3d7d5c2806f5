//! Nothing stays for ever (S15): whatever a visit leaves besides the account and the audit log has
//! an end, which the caretaker brings about.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Notify;
use totem::caretaker::Caretaker;
use totem::courier::{Adapters, Courier, Mail, Mailer, Off, SendError};
use totem::desk::Desk;
use totem::domain::account::Address;
use totem::domain::answer::Answer;
use totem::domain::card_rule::CardRule;
use totem::domain::clave::{Clave, KnownWords};
use totem::domain::comuna::Comuna;
use totem::domain::destination::DemoFolders;
use totem::domain::language::Language;
use totem::domain::lives::{FLOWS_KEPT_MS, HOLD_MS};
use totem::domain::pending::RegistrationEvidence;
use totem::domain::reference::Kind;
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;
use totem::effect::{Applicant, ApplicantCard, Application, CardValidated, Effect, Reply, Representing};
use totem::office::means::OfficeSettings;
use totem::registry::padron::Padron;
use totem::store::Store;
use totem::store::memory::MemoryStore;
use totem::store::records::Records;
use totem::vault::{Cost, Keys, Vault};

/// 22 November 2026, noon.
const NOON: u64 = 1_795_348_800_000;
const CLAVE: &str = "mK7-pQ2xZ";

fn rut(text: &str) -> Rut {
    text.parse().expect("a RUT")
}

fn clave(text: &str) -> Clave {
    Clave::new(&Secret::new(text), &KnownWords::default()).expect("a good key")
}

fn application(representing: Representing, card: CardValidated) -> Application {
    Application {
        applicant: Applicant::Validated(representing),
        card: ApplicantCard::Validated(card),
        question: "NOMBRE DE MI MASCOTA".into(),
        answer: Answer::new("Canela").expect("an answer"),
        address: Address {
            comuna: Comuna::all().next().expect("a commune"),
            street: "Calle".into(),
            number: "1".into(),
            block: None,
            apartment: None,
        },
        email: "empresa@example.cl".parse().expect("an address"),
        phone: "221234567".parse().expect("a telephone"),
        fax: None,
        representative_mobile: "987654321".parse().expect("a mobile"),
        representative_email: "ana@example.cl".parse().expect("an address"),
        clave: clave(CLAVE),
    }
}

/// Remembers the newest code that was mailed.
#[derive(Default)]
struct Mailbox(Mutex<Option<Secret>>);

#[async_trait]
impl Mailer for Mailbox {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let is_code = |line: &&str| line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(code) = mail.body.expose().lines().map(str::trim).find(is_code) {
            *self.0.lock().expect("nobody panics with it") = Some(Secret::new(code));
        }
        Ok(())
    }
}

/// A desk and a caretaker over one store, on a clock that the test owns.
struct World {
    store: Arc<dyn Store>,
    desk: Desk,
    caretaker: Caretaker,
    mailbox: Arc<Mailbox>,
}

impl World {
    fn new() -> Self {
        let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new(vault.chain()));
        let records = Records::new(store.clone(), vault).timed_by(totem::clock::like_the_wall());
        let time = Arc::new(AtomicU64::new(NOON));
        let clock: totem::clock::Clock = Arc::new(move || time.load(Ordering::SeqCst));
        let office = OfficeSettings {
            terminal: "01".into(),
            questions: vec!["NOMBRE DE MI MASCOTA".into()],
            registration: RegistrationEvidence::Card,
            cards: CardRule::default(),
            staff: Vec::new(),
            zone: "America/Santiago".parse().expect("a zone"),
            demo: DemoFolders::default(),
            floor: Duration::ZERO,
        };
        let registry = Arc::new(Padron::demo(clock.clone()));
        let wake = Arc::new(Notify::new());
        let desk = Desk::new(records.clone(), registry, clock.clone(), office, wake);
        let mailbox = Arc::new(Mailbox::default());
        let adapters = Adapters { mailer: mailbox.clone(), texter: Arc::new(Off) };
        let courier = Courier::new(records.clone(), adapters, "01".into());
        World { store, desk, caretaker: Caretaker::new(records, courier, clock, "01".into()), mailbox }
    }

    async fn ask(&self, effect: Effect) -> Reply {
        self.desk.perform(effect, Language::Es).await
    }

    /// A company registers, answers wrongly and rightly, changes its clave, and asks for a recovery
    /// to a new address that nobody ever proves.
    async fn a_busy_day(&self) {
        let (company, representative) = (rut("99.999.999-9"), rut("11.111.111-1"));
        let Reply::CompanyOpen(open) = self.ask(Effect::LookUpCompany(company)).await else {
            panic!("the company is open");
        };
        let look_up = Effect::LookUpRepresentative { company: open, representative };
        let Reply::RepresentativeNamed(representing) = self.ask(look_up).await else {
            panic!("she represents it");
        };
        let serial = "B1C234567".parse().expect("a serial");
        let check = Effect::CheckApplicantCard { company, representative, serial };
        let Reply::ApplicantCardRight(card) = self.ask(check).await else { panic!("it is her card") };
        let taken = self.ask(Effect::CreateAccount(Box::new(application(representing, card)))).await;
        let Reply::ApplicationTaken { awaiting, .. } = taken else { panic!("{taken:?}") };
        self.caretaker.step(NOON).await.expect("a look");
        let code = self.mailbox.0.lock().expect("nobody panics with it").clone().expect("a code");
        let proved = self.ask(Effect::CheckCode { awaiting, code }).await;
        assert!(matches!(proved, Reply::AddressProved(_)), "{proved:?}");
        for word in ["Pelusa", "Canela"] {
            let answer = Answer::new(word).expect("an answer");
            let checked = self.ask(Effect::CheckAnswer { company, answer }).await;
            if let Reply::AnswerRight(proved) = checked {
                self.ask(Effect::RecoverWithAnswer { proved }).await;
            }
        }
        let own = Secret::new(CLAVE);
        let right = self.ask(Effect::CheckClave { company, representative, clave: own }).await;
        let Reply::ClaveRight(proved) = right else { panic!("{right:?}") };
        let changed = self.ask(Effect::ChangeClave { proved, clave: clave("wR4+tB8yN") }).await;
        assert!(matches!(changed, Reply::ClaveChanged { .. }), "{changed:?}");
        let right = self.ask(Effect::CheckRepresentative { company, representative }).await;
        let Reply::RepresentativeRight(representative) = right else { panic!("{right:?}") };
        let serial = "B1C234567".parse().expect("a serial");
        let right = self.ask(Effect::CheckCard { representative, serial }).await;
        let Reply::CardRight { card, .. } = right else { panic!("{right:?}") };
        let email = "nueva@example.cl".parse().expect("an address");
        let asked = self.ask(Effect::RecoverToNewAddress { card, email }).await;
        assert!(matches!(asked, Reply::NewAddressToProve { .. }), "{asked:?}");
        let wrong = Secret::new("wrong-key");
        self.ask(Effect::CheckClave { company, representative: rut("11.111.111-1"), clave: wrong }).await;
    }

    async fn left(&self, kind: Kind) -> usize {
        self.store.list(kind, None, 1000).await.expect("a list").len()
    }
}

#[tokio::test]
async fn a_busy_day_leaves_the_account_alone() {
    let world = World::new();
    world.a_busy_day().await;
    for kind in [Kind::Proof, Kind::Undo, Kind::Recovery, Kind::Outbox, Kind::Limit] {
        assert!(world.left(kind).await > 0, "{kind:?}");
    }
    let mut next = Some(NOON);
    while let Some(now_ms) = next {
        let step = world.caretaker.step(now_ms).await.expect("a look");
        assert_eq!(step.failed, 0);
        next = step.next_due_ms.map(|due_ms| due_ms.max(now_ms + 1));
        assert!(now_ms < NOON + 8 * FLOWS_KEPT_MS + HOLD_MS, "something comes up again and again");
    }
    for kind in [Kind::Proof, Kind::Undo, Kind::Recovery, Kind::Outbox, Kind::Limit] {
        assert_eq!(world.left(kind).await, 0, "{kind:?}");
    }
    assert_eq!(world.left(Kind::Account).await, 1);
}
