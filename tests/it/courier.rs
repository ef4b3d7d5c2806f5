//! The courier on a store in memory, on a clock that the test owns, with adapters that answer as
//! they are told: crashes, retries, limits, holds, and nothing secret left behind.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use mail_parser::MessageParser;
use totem::audit::{Action, Outcome};
use totem::courier::errand::{AttemptOutcome, Destination, Errand, ErrandKind, ErrandState};
use totem::courier::maildir::Maildir;
use totem::courier::sms::SmsFolder;
use totem::courier::{Adapters, Courier, FINISHED_KEPT_MS, LEASE_MS, Mail, Mailer, SendError, Text, Texter};
use totem::domain::account::{
    Channel, Digest, Proof, ProofFor, Recovery, RecoveryState, Route, Undo, Undoes,
};
use totem::domain::email::Email;
use totem::domain::folio::Folio;
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;
use totem::store::memory::MemoryStore;
use totem::store::records::Records;
use totem::store::{Batch, Change, Id, Kind, Ref, Store};
use totem::text::Language;
use totem::vault::{Cost, Keys, Vault, Verdict};

/// 22 November 2026, noon.
const NOON: u64 = 1_795_348_800_000;
const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

/// What the adapters say next; nothing more said means that all is sent.
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
    courier: Courier,
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
        let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new(vault.chain()));
        let records = Records::new(Arc::clone(&store), vault);
        let post = Arc::new(Post::default());
        let adapters = Adapters { mailer: post.clone(), texter: post.clone() };
        let courier = Courier::new(records.clone(), adapters, Arc::new(|| NOON), "puesto 1".into());
        World { store, records, post, courier }
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
            keys: Vec::new(),
        };
        self.records.draft(NOON).new_record(id, &recovery, None).commit().await.unwrap();
        id
    }

    async fn undo(&self, expires_ms: u64) -> Id {
        let id = self.records.new_id(NOON);
        let what = Undoes::KeyChange { before: Digest("before".into()) };
        let undo = Undo { company: company(), what, codes: Vec::new(), expires_ms, tries: 0 };
        self.records.draft(NOON).new_record(id, &undo, None).commit().await.unwrap();
        id
    }

    async fn errand(&self, kind: ErrandKind, to: Destination, now_ms: u64) -> Id {
        let errand = Errand::new(kind, company(), to, Language::Es, folio(), now_ms);
        self.put(errand, now_ms).await
    }

    async fn put(&self, errand: Errand, now_ms: u64) -> Id {
        let id = self.records.new_id(now_ms);
        self.records.draft(now_ms).new_record(id, &errand, errand.due_ms()).commit().await.unwrap();
        id
    }

    async fn step(&self, now_ms: u64) -> Option<u64> {
        let step = self.courier.step(now_ms).await.unwrap();
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

    /// Generations of this recovery's keys that the newest mail's key opens.
    async fn opened_by(&self, recovery: Id, mail: &Mail) -> Vec<u32> {
        let key = secret_in(mail.body.expose());
        let mut opened = Vec::new();
        for sent in self.kept(recovery).await.keys {
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

#[tokio::test]
async fn a_key_goes_out_by_both_channels_and_only_digests_stay() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let by_mail = world.errand(ErrandKind::SendKey { recovery }, mail(), NOON).await;
    world.errand(ErrandKind::SendKey { recovery }, mobile(), NOON).await;
    let next_due_ms = world.step(NOON).await;

    assert_eq!(next_due_ms, Some(NOON + FINISHED_KEPT_MS));
    let sent = world.mails().remove(0);
    assert_eq!((sent.to.as_str(), sent.key.generation), ("duena@empresa.example", 1));
    assert_eq!(world.opened_by(recovery, &sent).await, [1]);
    let text = world.post.texts.lock().unwrap()[0].clone();
    assert!(text.text.expose().contains("Cambie su CS aqui"), "{}", text.text.expose());
    let kept = world.kept(recovery).await;
    assert_eq!(kept.keys.len(), 2);
    assert!(kept.keys.iter().all(|key| key.expires_ms == NOON + 24 * HOUR));
    let seen = world.seen(by_mail).await;
    assert_eq!((seen.state, seen.attempts.len()), (ErrandState::Sent, 1));
    let audited = world.audited().await;
    assert_eq!(audited.iter().filter(|(action, _)| *action == Action::MintKey).count(), 2);
    assert!(audited.contains(&(Action::SendMessage, attempt(Channel::Sms, AttemptOutcome::Sent))));

    world.step(NOON + FINISHED_KEPT_MS).await;
    assert_eq!(world.records.get::<Errand>(by_mail).await, Ok(None));
}

#[tokio::test]
async fn after_a_crash_between_mint_and_send_the_next_lease_makes_another_key() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let errand = world.errand(ErrandKind::SendKey { recovery }, mail(), NOON).await;
    world.answers([Answer::Crashes]);
    assert_eq!(world.step(NOON).await, Some(NOON + LEASE_MS));
    let leased = world.seen(errand).await;
    assert_eq!(leased.state, ErrandState::Leased { until_ms: NOON + LEASE_MS });

    // Within the lease nobody touches it; then it is sent anew, and both keys work.
    assert_eq!(world.step(NOON + LEASE_MS - 1).await, Some(NOON + LEASE_MS));
    world.step(NOON + LEASE_MS).await;
    let mails = world.mails();
    assert_eq!(mails.iter().map(|mail| mail.key.generation).collect::<Vec<_>>(), [1, 2]);
    assert_ne!(secret_in(mails[0].body.expose()), secret_in(mails[1].body.expose()));
    assert_eq!(world.opened_by(recovery, &mails[0]).await, [1]);
    assert_eq!(world.opened_by(recovery, &mails[1]).await, [2]);
    let seen = world.seen(errand).await;
    let outcomes: Vec<AttemptOutcome> = seen.attempts.iter().map(|attempt| attempt.outcome).collect();
    assert_eq!(
        (seen.state, outcomes),
        (ErrandState::Sent, vec![AttemptOutcome::Unknown, AttemptOutcome::Sent])
    );
}

#[tokio::test]
async fn three_generations_work_and_the_fourth_ends_the_first() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let errand = world.errand(ErrandKind::SendKey { recovery }, mail(), NOON).await;
    world.answers(std::iter::repeat_n(Answer::Fails(SendError::Unknown("cut".into())), 3));
    let mut now_ms = NOON;
    while world.mails().len() < 4 {
        now_ms = world.step(now_ms).await.unwrap();
    }
    assert_eq!(world.seen(errand).await.state, ErrandState::Sent);
    let mails = world.mails();
    assert_eq!(mails.len(), 4);
    assert_eq!(world.opened_by(recovery, &mails[0]).await, Vec::<u32>::new());
    for (mail, generation) in mails[1..].iter().zip(2..) {
        assert_eq!(world.opened_by(recovery, mail).await, [generation]);
    }
    // Three an hour at most, whatever became of them (S11).
    assert!(mails[3].at_ms >= mails[0].at_ms + HOUR);
}

#[tokio::test]
async fn what_did_not_leave_is_tried_again_ever_later_and_does_not_count() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let errand = world.errand(ErrandKind::SendKey { recovery }, mail(), NOON).await;
    world.answers(std::iter::repeat_n(temporary(), 6));
    let mut now_ms = NOON;
    for seconds in [30, 60, 120, 240, 480, 960] {
        let due_ms = world.step(now_ms).await.unwrap();
        let wait_ms = due_ms - now_ms;
        assert!((seconds * 1000..=seconds * 1250).contains(&wait_ms), "{wait_ms}");
        now_ms = due_ms;
    }
    world.step(now_ms).await;
    let seen = world.seen(errand).await;
    assert_eq!((seen.state, seen.tried, seen.generation), (ErrandState::Sent, 7, 7));
}

#[tokio::test]
async fn a_refusal_is_final_and_a_life_ends() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    world.answers([Answer::Fails(SendError::Permanent("no such box".into()))]);
    let refused = world.errand(ErrandKind::SendKey { recovery }, mail(), NOON).await;
    world.step(NOON).await;
    assert_eq!(world.seen(refused).await.state, ErrandState::Failed);

    let late = world.errand(ErrandKind::SendKey { recovery }, mobile(), NOON).await;
    world.step(NOON + 24 * HOUR).await;
    assert_eq!(world.seen(late).await.state, ErrandState::Expired);
    assert!(world.audited().await.contains(&(Action::SendMessage, Outcome::Expired(Channel::Sms))));
}

#[tokio::test]
async fn retries_end_with_the_errands_life() {
    let world = World::new();
    let id = world.records.new_id(NOON);
    let proof = Proof {
        company: company(),
        email: "nueva@empresa.example".parse().unwrap(),
        what: ProofFor::Registration { account: None },
        code: None,
        expires_ms: NOON,
        tries: 0,
    };
    world.records.draft(NOON).new_record(id, &proof, None).commit().await.unwrap();
    let errand = world.errand(ErrandKind::SendCode { proof: id }, mail(), NOON).await;
    world.answers(std::iter::repeat_n(temporary(), 20));
    let mut now_ms = NOON;
    while !world.seen(errand).await.state.is_final() {
        now_ms = world.step(now_ms).await.unwrap();
        assert!(now_ms <= NOON + 10 * MINUTE + FINISHED_KEPT_MS);
    }
    assert_eq!(world.seen(errand).await.state, ErrandState::Expired);
}

#[tokio::test]
async fn a_code_opens_its_proof_for_ten_minutes_from_sending() {
    let world = World::new();
    let id = world.records.new_id(NOON);
    let proof = Proof {
        company: company(),
        email: "nueva@empresa.example".parse().unwrap(),
        what: ProofFor::Registration { account: None },
        code: None,
        expires_ms: NOON,
        tries: 2,
    };
    world.records.draft(NOON).new_record(id, &proof, None).commit().await.unwrap();
    world.errand(ErrandKind::SendCode { proof: id }, mail(), NOON).await;
    world.step(NOON + 5).await;
    let kept = world.records.get::<Proof>(id).await.unwrap().unwrap().value;
    assert_eq!((kept.expires_ms, kept.tries), (NOON + 5 + 10 * MINUTE, 2));
    let code = secret_in(world.mails()[0].body.expose());
    assert_eq!(code.expose().len(), 8);
    assert_eq!(world.records.vault().verify(&code, &kept.code.unwrap()).await, Verdict::Right);
}

#[tokio::test]
async fn one_a_minute_waits_four_an_hour_is_dropped_and_recorded() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let mut errands = Vec::new();
    for _ in 0..4 {
        errands.push(world.errand(ErrandKind::SendKey { recovery }, mail(), NOON).await);
    }
    let mut now_ms = NOON;
    for sent in 1..=3 {
        let next_ms = world.step(now_ms).await.unwrap();
        assert_eq!(world.mails().len(), sent);
        if sent < 3 {
            assert_eq!(next_ms, now_ms + MINUTE);
            now_ms = next_ms;
        }
    }
    world.step(now_ms + MINUTE).await;
    assert_eq!(world.mails().len(), 3);
    let mut states = Vec::new();
    for errand in errands {
        states.push(world.seen(errand).await.state);
    }
    assert_eq!(states.iter().filter(|state| **state == ErrandState::Dropped).count(), 1);
    assert!(world.audited().await.contains(&(Action::LimitHit, Outcome::Dropped(Channel::Mail))));

    // A notice that guards the owner goes all the same, and counts.
    let undo = world.undo(NOON + 72 * HOUR).await;
    let notice = world.errand(ErrandKind::KeyChanged { undo }, mail(), now_ms).await;
    world.step(now_ms + MINUTE).await;
    assert_eq!(world.seen(notice).await.state, ErrandState::Sent);
    let kept = world.records.get::<Undo>(undo).await.unwrap().unwrap().value;
    let code = secret_in(world.mails()[3].body.expose());
    assert_eq!(world.records.vault().verify(&code, &kept.codes[0]).await, Verdict::Right);
}

#[tokio::test]
async fn a_held_key_waits_and_goes_when_its_day_is_over() {
    let world = World::new();
    let until_ms = NOON + 24 * HOUR;
    let recovery = world.recovery(RecoveryState::Held { until_ms }).await;
    let kind = ErrandKind::SendKey { recovery };
    let held = Errand::new(kind, company(), mail(), Language::En, folio(), NOON).held_until(until_ms);
    world.put(held, NOON).await;
    assert_eq!(world.step(NOON).await, Some(until_ms));
    world.step(until_ms - 1).await;
    assert!(world.mails().is_empty());
    world.step(until_ms).await;
    assert_eq!(world.mails().len(), 1);
    let kept = world.kept(recovery).await;
    assert_eq!((kept.state, kept.keys[0].expires_ms), (RecoveryState::Sending, until_ms + 24 * HOUR));
}

#[tokio::test]
async fn a_cancelled_recovery_sends_nothing() {
    let world = World::new();
    let until_ms = NOON + 24 * HOUR;
    let recovery = world.recovery(RecoveryState::Held { until_ms }).await;
    let kind = ErrandKind::SendKey { recovery };
    let held = Errand::new(kind, company(), mail(), Language::Es, folio(), NOON).held_until(until_ms);
    let errand = world.put(held, NOON).await;
    let read = world.records.get::<Recovery>(recovery).await.unwrap().unwrap();
    let cancelled = Recovery { state: RecoveryState::Cancelled, ..read.value.clone() };
    world.records.draft(NOON).replace(&read, &cancelled, None).commit().await.unwrap();
    world.step(until_ms).await;
    assert!(world.mails().is_empty() && world.kept(recovery).await.keys.is_empty());
    assert_eq!(world.seen(errand).await.state, ErrandState::Cancelled);
}

#[tokio::test]
async fn what_can_not_be_read_holds_up_nobody() {
    let world = World::new();
    let poison = Ref { kind: Kind::Outbox, id: Id::at(NOON - HOUR, [0; 10]) };
    let change = Change::Put { at: poison, bytes: vec![1; 60], due_ms: Some(NOON - HOUR) };
    let batch = Batch { id: world.records.new_id(NOON), expect: Vec::new(), changes: vec![change] };
    world.store.commit(batch).await.unwrap();
    let recovery = world.recovery(RecoveryState::Sending).await;
    world.errand(ErrandKind::SendKey { recovery }, mail(), NOON).await;
    assert_eq!(world.step(NOON).await, Some(NOON + HOUR));
    assert_eq!(world.mails().len(), 1);
    assert_eq!(world.store.get(poison).await.unwrap().unwrap().bytes, vec![1; 60]);
    assert!(world.audited().await.contains(&(Action::SetAside, Outcome::Damaged)));
}

#[tokio::test]
async fn no_secret_and_no_address_stays_in_the_store() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let undo = world.undo(NOON + 72 * HOUR).await;
    world.errand(ErrandKind::SendKey { recovery }, mail(), NOON).await;
    world.errand(ErrandKind::NewAddressHeld { undo }, mobile(), NOON).await;
    world.errand(ErrandKind::KeyChanged { undo }, mail(), NOON).await;
    let mut now_ms = NOON;
    while world.mails().len() < 2 {
        now_ms = world.step(now_ms).await.unwrap();
    }
    let mut secrets: Vec<String> = Vec::new();
    for mail in world.mails() {
        secrets.push(secret_in(mail.body.expose()).expose().to_string());
    }
    let text = world.post.texts.lock().unwrap()[0].text.expose().to_string();
    let code = text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 8).unwrap();
    secrets.push(code.to_string());
    let addresses = ["duena", "empresa.example", "987654321", "99999999", "99.999.999"].map(String::from);

    let (mut sealed, mut plain) = (Vec::new(), Vec::new());
    let kinds =
        [Kind::Meta, Kind::Account, Kind::Limit, Kind::Recovery, Kind::Proof, Kind::Outbox, Kind::Undo];
    for kind in kinds {
        for (at, read) in world.store.list(kind, None, 1000).await.unwrap() {
            sealed.push(read.bytes.clone());
            plain.push(world.records.vault().open(at, &read.bytes).unwrap().to_vec());
        }
    }
    for row in world.store.rows(0, 1000).await.unwrap() {
        plain.push(world.records.vault().open_row(&row.bytes).unwrap().to_vec());
        sealed.push(row.bytes);
    }
    let holds = |all: &[Vec<u8>], text: &str| {
        all.iter().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    };
    assert!(holds(&plain, "duena@empresa.example") && secrets.len() == 3);
    for secret in &secrets {
        assert!(!holds(&plain, secret) && !holds(&sealed, secret), "a secret stands in the store");
    }
    assert!(addresses.iter().all(|address| !holds(&sealed, address)));
    assert!(!format!("{:?}", world.mails()).contains(&secrets[0]));
}

#[tokio::test]
async fn a_mail_program_reads_what_was_written_and_a_resend_is_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let from: Email = "no-responder@totem.example".parse().unwrap();
    let maildir = Maildir::open(folder.path(), "Clave Sence\r\nBcc: x@example.cl".into(), from).unwrap();
    let mail = Mail {
        to: "duena@empresa.example".parse().unwrap(),
        subject: "Ñandú y compañía\r\nBcc: malo@example.cl".into(),
        body: Secret::new("Estimada:\n\n    ABCDEFGHJK\n.\nAdiós, ñ".to_string()),
        key: totem::courier::SendingKey { errand: Id([0xab; 16]), generation: 3 },
        at_ms: NOON,
    };
    maildir.send(&mail).await.unwrap();
    maildir.send(&mail).await.unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path().join("new")).unwrap().collect();
    assert_eq!(files.len(), 1);
    assert_eq!(std::fs::read_dir(folder.path().join("tmp")).unwrap().count(), 0);
    let raw = std::fs::read(files[0].as_ref().unwrap().path()).unwrap();
    let read = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(read.subject(), Some("Ñandú y compañía Bcc: malo@example.cl"));
    assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), mail.body.expose());
    assert_eq!(read.message_id(), Some(format!("{}-3@totem.example", "ab".repeat(16)).as_str()));
    let to = read.to().and_then(|to| to.first()).and_then(|to| to.address());
    assert_eq!((to, read.bcc().is_none(), read.cc().is_none()), (Some("duena@empresa.example"), true, true));
    assert_eq!(read.date().map(|date| date.to_timestamp() as u64 * 1000), Some(NOON));
    assert_eq!(read.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
}

#[tokio::test]
async fn an_sms_is_a_line_of_json() {
    let folder = tempfile::tempdir().unwrap();
    let texter = SmsFolder::open(folder.path()).unwrap();
    let text = Text {
        to: "987654321".parse().unwrap(),
        text: totem::courier::Gsm7::new("Adiós «ñ»"),
        key: totem::courier::SendingKey { errand: Id([1; 16]), generation: 1 },
        at_ms: NOON,
    };
    texter.send(&text).await.unwrap();
    let written = std::fs::read_to_string(folder.path().join(format!("{}-1.json", "01".repeat(16)))).unwrap();
    assert!(
        written.ends_with("\n") && written.contains(r#""to":"+56987654321","text":"Adios \"ñ\"""#),
        "{written}"
    );
}

#[tokio::test]
async fn a_folder_that_is_gone_is_worth_another_try() {
    let folder = tempfile::tempdir().unwrap();
    let texter = SmsFolder::open(folder.path()).unwrap();
    std::fs::remove_dir_all(folder.path()).unwrap();
    let text = Text {
        to: "987654321".parse().unwrap(),
        text: totem::courier::Gsm7::new("a"),
        key: totem::courier::SendingKey { errand: Id([1; 16]), generation: 1 },
        at_ms: NOON,
    };
    assert!(matches!(texter.send(&text).await, Err(SendError::Temporary(_))));
}

#[tokio::test]
async fn it_sleeps_until_woken_and_stops_when_told() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let wake = Arc::new(tokio::sync::Notify::new());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(world.courier.clone().run(Arc::clone(&wake), async {
        let _ = stopped.await;
    }));
    world.errand(ErrandKind::SendKey { recovery }, mail(), NOON).await;
    wake.notify_one();
    while world.mails().is_empty() {
        tokio::task::yield_now().await;
    }
    stop.send(()).unwrap();
    running.await.unwrap();
}
