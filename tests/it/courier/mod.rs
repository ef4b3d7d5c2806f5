//! The courier on a store in memory, on a clock that the test owns, with adapters that answer as
//! told.

mod adapters;
mod again;
mod audit_kept;
mod helo;
mod sending;
mod slow;
mod sms_http;
mod smtp;
mod smtp_refusals;
mod smtp_script;
mod smtp_server;
mod waiting;
mod ways_out;

pub use self::smtp_server::{SmtpServer, write_secret};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use totem::audit::{Chain, ChainName};
use totem::caretaker::Caretaker;
use totem::courier::{Adapters, Courier, LEASE_MS, Mail, Mailer, SendError, Text, Texter};
use totem::domain::deed::{Action, Outcome};
use totem::domain::destination::Channel;
use totem::domain::destination::Destination;
use totem::domain::digest::Digest;
use totem::domain::errand::{AttemptOutcome, Errand, ErrandKind, ErrandState};
use totem::domain::folio::Folio;
use totem::domain::language::Language;
use totem::domain::lives::FINISHED_KEPT_MS;
use totem::domain::proof::{Proof, ProofFor};
use totem::domain::recovery::{Recovery, RecoveryState, Route};
use totem::domain::reference::{Id, Kind, Ref};
use totem::domain::refused_address::REFUSED_KEPT_MS;
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;
use totem::domain::undo::{Undo, Undoes};
use totem::office::refused_addresses::{count_refused, refused_address};
use totem::office::ways_out::WaysOut;
use totem::store::memory::MemoryStore;
use totem::store::records::Records;
use totem::store::{Batch, Change, Store};
use totem::vault::{Cost, Keys, Vault, Verdict};

/// 22 November 2026, noon.
const NOON: u64 = 1_795_348_800_000;
const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

/// What the adapters answer next; when nothing is left, everything is sent.
#[derive(Clone)]
enum Answer {
    Fails(SendError),
    /// The program dies at this very moment.
    Crashes,
}

#[derive(Default)]
struct Post {
    answers: Mutex<VecDeque<Answer>>,
    mails: Mutex<Vec<Mail>>,
    texts: Mutex<Vec<Text>>,
}

impl Post {
    fn answer(&self) -> Result<(), SendError> {
        let next = self.answers.lock().unwrap().pop_front();
        match next {
            None => Ok(()),
            Some(Answer::Fails(error)) => Err(error),
            Some(Answer::Crashes) => panic!("the test lets the courier die here"),
        }
    }
}

#[async_trait]
impl Mailer for Post {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        self.mails.lock().unwrap().push(mail.clone());
        self.answer()
    }
}

#[async_trait]
impl Texter for Post {
    async fn send(&self, text: &Text) -> Result<(), SendError> {
        self.texts.lock().unwrap().push(text.clone());
        self.answer()
    }
}

struct World {
    store: Arc<dyn Store>,
    records: Records,
    post: Arc<Post>,
    caretaker: Caretaker,
    clock: Arc<AtomicU64>,
    ways_out: WaysOut,
}

fn company() -> Rut {
    Rut::of_body(99_999_999).unwrap()
}

fn folio() -> Folio {
    Folio::new([1, 2, 3, 4, 5])
}

fn mail() -> Destination {
    Destination::Mail("duena@empresa.example".parse().unwrap())
}

fn mobile() -> Destination {
    Destination::Mobile("987654321".parse().unwrap())
}

impl World {
    fn new() -> Self {
        Self::over(|chain| Arc::new(MemoryStore::new(chain)))
    }

    fn over(store: impl FnOnce(Chain) -> Arc<dyn Store>) -> Self {
        let post = Arc::new(Post::default());
        let adapters = Adapters { mailer: post.clone(), texter: post.clone() };
        Self { post, ..Self::put_together(store, adapters) }
    }

    /// With adapters that really lead somewhere.
    fn with(adapters: Adapters) -> Self {
        Self::put_together(|chain| Arc::new(MemoryStore::new(chain)), adapters)
    }

    fn put_together(store: impl FnOnce(Chain) -> Arc<dyn Store>, adapters: Adapters) -> Self {
        let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
        let store = store(vault.chain());
        let records = Records::new(Arc::clone(&store), vault).timed_by(totem::clock::like_the_wall());
        let clock = Arc::new(AtomicU64::new(NOON));
        let reading = Arc::clone(&clock);
        let clock_of_caretaker = Arc::new(move || reading.load(Ordering::SeqCst));
        let ways_out = WaysOut::default();
        let courier = Courier::new(records.clone(), adapters, "puesto 1".into()).noting(ways_out.clone());
        let caretaker = Caretaker::new(records.clone(), courier, clock_of_caretaker, "puesto 1".into());
        World { store, records, post: Arc::default(), caretaker, clock, ways_out }
    }

    fn answers(&self, answers: impl IntoIterator<Item = Answer>) {
        self.post.answers.lock().unwrap().extend(answers);
    }

    async fn recovery(&self, state: RecoveryState) -> Id {
        let id = self.records.new_id(NOON);
        let recovery = Recovery {
            company: company(),
            folio: folio(),
            requested_ms: NOON,
            route: Route::Answer,
            state,
            rank: totem::domain::trust::Rank::Low,
            claves: Vec::new(),
        };
        self.records.draft(NOON).new_record(id, &recovery, None).commit(&self.records).await.unwrap();
        id
    }

    async fn undo(&self, expires_ms: u64) -> Id {
        let id = self.records.new_id(NOON);
        let what = Undoes::ClaveChange { before: Digest("before".into()), by: None };
        let undo = Undo {
            company: company(),
            folio: Folio::new([3; 5]),
            what,
            codes: Vec::new(),
            expires_ms,
            tries: 0,
        };
        self.records.draft(NOON).new_record(id, &undo, None).commit(&self.records).await.unwrap();
        id
    }

    async fn errand(&self, kind: ErrandKind, to: Destination, now_ms: u64) -> Id {
        let errand = Errand::new(kind, company(), to, Language::Es, folio(), now_ms);
        self.put(errand, now_ms).await
    }

    async fn put(&self, errand: Errand, now_ms: u64) -> Id {
        let id = self.records.new_id(now_ms);
        self.records
            .draft(now_ms)
            .new_record(id, &errand, errand.due_ms())
            .commit(&self.records)
            .await
            .unwrap();
        id
    }

    async fn step(&self, now_ms: u64) -> Option<u64> {
        let step = self.caretaker.step(now_ms).await.unwrap();
        assert_eq!(step.failed, 0);
        step.next_due_ms
    }

    async fn seen(&self, id: Id) -> Errand {
        self.records.get::<Errand>(id).await.unwrap().unwrap().value
    }

    async fn kept(&self, recovery: Id) -> Recovery {
        self.records.get::<Recovery>(recovery).await.unwrap().unwrap().value
    }

    fn mails(&self) -> Vec<Mail> {
        self.post.mails.lock().unwrap().clone()
    }

    /// The generations of this recovery's keys that the newest mail's key opens.
    async fn opened_by(&self, recovery: Id, mail: &Mail) -> Vec<u32> {
        let key = secret_in(mail.body.expose());
        let mut opened = Vec::new();
        for sent in self.kept(recovery).await.claves {
            if self.records.vault().verify(&key, &sent.digest).await != Verdict::Wrong {
                opened.push(sent.generation);
            }
        }
        opened
    }

    async fn audited(&self) -> Vec<(Action, Outcome)> {
        assert!(matches!(self.records.verify_audit().await, Ok(Ok(_))));
        let rows = self.records.audit_rows(0, 200).await.unwrap();
        rows.into_iter().map(|(_, entry)| (entry.action, entry.outcome)).collect()
    }
}

/// The key or code in a mail: the line that stands apart.
fn secret_in(body: &str) -> Secret {
    let line = body.lines().find(|line| line.starts_with("    ")).expect("a secret stands apart");
    Secret::new(line.trim())
}

fn attempt(channel: Channel, outcome: AttemptOutcome) -> Outcome {
    Outcome::Attempt { channel, outcome }
}

fn temporary() -> Answer {
    Answer::Fails(SendError::Temporary("full".into()))
}
