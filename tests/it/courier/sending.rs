//! Keys and codes under way: crashes in between, poison, and nothing secret left behind.

use totem::store::KINDS;
use totem::store::records::place_of;
use totem::store::sled::{OpenOptions, SledStore};

use super::*;

#[tokio::test]
async fn a_key_goes_out_by_both_channels_and_only_digests_stay() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let by_mail = world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    world.errand(ErrandKind::SendClave { recovery }, mobile(), NOON).await;
    let next_due_ms = world.step(NOON).await;

    assert_eq!(next_due_ms, Some(NOON + FINISHED_KEPT_MS));
    let sent = world.mails().remove(0);
    assert_eq!((sent.to.as_str(), sent.key.generation), ("duena@empresa.example", 1));
    assert_eq!(world.opened_by(recovery, &sent).await, [1]);
    let text = world.post.texts.lock().unwrap()[0].clone();
    assert!(text.text.expose().contains("Cambie su CS aqui"), "{}", text.text.expose());
    let kept = world.kept(recovery).await;
    assert_eq!(kept.claves.len(), 2);
    assert!(kept.claves.iter().all(|key| key.expires_ms == NOON + 24 * HOUR));
    let seen = world.seen(by_mail).await;
    assert_eq!((seen.state, seen.attempts.len()), (ErrandState::Sent, 1));
    let audited = world.audited().await;
    assert_eq!(audited.iter().filter(|(action, _)| *action == Action::MintClave).count(), 2);
    assert!(audited.contains(&(Action::SendMessage, attempt(Channel::Sms, AttemptOutcome::Sent))));

    world.step(NOON + FINISHED_KEPT_MS).await;
    assert_eq!(world.records.get::<Errand>(by_mail).await, Ok(None));
}

#[tokio::test]
async fn after_a_crash_between_mint_and_send_the_next_lease_makes_another_key() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let errand = world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    world.answers([Answer::Crashes]);
    assert_eq!(world.step(NOON).await, Some(NOON + LEASE_MS));
    let leased = world.seen(errand).await;
    assert_eq!(leased.state, ErrandState::Leased { until_ms: NOON + LEASE_MS });

    // Within the lease nobody touches it; then it is sent again, and both keys work.
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
    let errand = world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
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
    // At most three an hour, whatever became of them (S11).
    assert!(mails[3].at_ms >= mails[0].at_ms + HOUR);
}

#[tokio::test]
async fn a_code_opens_its_proof_for_ten_minutes_from_sending() {
    let world = World::new();
    let id = world.records.new_id(NOON);
    let proof = Proof {
        company: company(),
        to: Destination::Mail("nueva@empresa.example".parse().unwrap()),
        what: ProofFor::Registration { application: None },
        code: None,
        expires_ms: NOON,
        tries: 2,
    };
    world.records.draft(NOON).new_record(id, &proof, None).commit(&world.records).await.unwrap();
    world.errand(ErrandKind::SendCode { proof: id }, mail(), NOON).await;
    world.step(NOON + 5).await;
    let kept = world.records.get::<Proof>(id).await.unwrap().unwrap().value;
    assert_eq!((kept.expires_ms, kept.tries), (NOON + 5 + 10 * MINUTE, 2));
    let code = secret_in(world.mails()[0].body.expose());
    assert_eq!(code.expose().len(), 8);
    assert_eq!(world.records.vault().verify(&code, &kept.code.unwrap()).await, Verdict::Right);
}

#[tokio::test]
async fn what_can_not_be_read_holds_up_nobody() {
    let world = World::new();
    let poison = Ref { kind: Kind::Outbox, id: Id::at(NOON - HOUR, [0; 10]) };
    let change = Change::Put { at: poison, bytes: vec![1; 60], due_ms: Some(NOON - HOUR), groups: vec![] };
    let batch = Batch { id: world.records.new_id(NOON), expect: Vec::new(), changes: vec![change] };
    world.store.commit(batch).await.unwrap();
    let recovery = world.recovery(RecoveryState::Sending).await;
    world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    assert_eq!(world.step(NOON).await, Some(NOON + HOUR));
    assert_eq!(world.mails().len(), 1);
    assert_eq!(world.store.get(poison).await.unwrap().unwrap().bytes, vec![1; 60]);
    assert!(world.audited().await.contains(&(Action::SetAside, Outcome::Damaged)));
}

const ADDRESSES: [&str; 5] = ["duena", "empresa.example", "987654321", "99999999", "99.999.999"];

/// Sends a key and two notices; returns the secrets in them.
async fn secrets_sent(world: &World) -> Vec<String> {
    let recovery = world.recovery(RecoveryState::Sending).await;
    let undo = world.undo(NOON + 72 * HOUR).await;
    world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    world.errand(ErrandKind::NewAddressHeld { undo }, mobile(), NOON).await;
    world.errand(ErrandKind::ClaveChanged { undo }, mail(), NOON).await;
    let mut now_ms = NOON;
    while world.mails().len() < 2 {
        now_ms = world.step(now_ms).await.unwrap();
    }
    let mails = world.mails();
    let mut secrets: Vec<String> =
        mails.iter().map(|mail| secret_in(mail.body.expose()).expose().to_string()).collect();
    let text = world.post.texts.lock().unwrap()[0].text.expose().to_string();
    let code = text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 8);
    secrets.push(code.unwrap().to_string());
    assert_eq!(secrets.len(), 3);
    assert!(!format!("{mails:?}").contains(&secrets[0]));
    secrets
}

fn holds(all: &[Vec<u8>], text: &str) -> bool {
    all.iter().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

#[tokio::test]
async fn no_secret_stays_in_the_store_even_unsealed() {
    let world = World::new();
    let secrets = secrets_sent(&world).await;
    let mut plain = Vec::new();
    for kind in KINDS {
        for (at, read) in world.store.list(kind, None, 1000).await.unwrap() {
            plain.push(world.records.vault().open(place_of(at, &read), &read.bytes).unwrap().to_vec());
        }
    }
    for row in world.store.rows(0, 1000).await.unwrap() {
        plain.push(world.records.vault().open_row(&row.bytes).unwrap().to_vec());
    }
    assert!(holds(&plain, "duena@empresa.example"), "the search looks where it should");
    assert!(secrets.iter().all(|secret| !holds(&plain, secret)));
}

#[tokio::test]
async fn no_secret_and_no_address_stands_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::over(|chain| {
        let options = OpenOptions { ballast_bytes: 0, ..OpenOptions::new(folder.path().join("data"), chain) };
        Arc::new(SledStore::open(options).unwrap())
    });
    let secrets = secrets_sent(&world).await;
    let (mut files, mut folders) = (Vec::new(), vec![folder.path().to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => files.push(std::fs::read(entry.path()).unwrap()),
            }
        }
    }
    assert!(files.iter().any(|bytes| bytes.iter().any(|byte| *byte != 0)));
    assert!(secrets.iter().all(|secret| !holds(&files, secret)));
    assert!(ADDRESSES.iter().all(|address| !holds(&files, address)));
}

#[tokio::test]
async fn it_sleeps_until_woken_and_stops_when_told() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let wake = Arc::new(tokio::sync::Notify::new());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(world.caretaker.clone().run(Arc::clone(&wake), async {
        let _ = stopped.await;
    }));
    world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    wake.notify_one();
    while world.mails().is_empty() {
        tokio::task::yield_now().await;
    }
    stop.send(()).unwrap();
    running.await.unwrap();
}

#[tokio::test]
async fn two_couriers_send_one_message() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    let (first, second) = tokio::join!(world.caretaker.step(NOON), world.caretaker.step(NOON));
    assert!(first.unwrap().failed == 0 && second.unwrap().failed == 0);
    assert_eq!((world.mails().len(), world.kept(recovery).await.claves.len()), (1, 1));
}

#[tokio::test]
async fn a_clock_that_was_set_back_is_recorded_and_not_believed() {
    let world = World::new();
    let wake = Arc::new(tokio::sync::Notify::new());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(world.caretaker.clone().run(Arc::clone(&wake), async {
        let _ = stopped.await;
    }));
    while world.store.list(Kind::Meta, None, 9).await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    world.clock.store(NOON - HOUR, Ordering::SeqCst);
    let recovery = world.recovery(RecoveryState::Sending).await;
    world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    wake.notify_one();
    while world.mails().is_empty() {
        tokio::task::yield_now().await;
    }
    stop.send(()).unwrap();
    running.await.unwrap();
    assert_eq!(world.mails()[0].at_ms, NOON);
    let jumps = world.audited().await.into_iter().filter(|(action, _)| *action == Action::ClockJump).count();
    assert_eq!(jumps, 1);
}
