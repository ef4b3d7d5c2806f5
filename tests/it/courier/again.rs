//! A message sent a second time: under which name, and as what.

use super::*;

/// Everything that could distinguish two mails.
fn whole(mail: &Mail) -> (String, String, String, u64) {
    let key = mail.key.to_string();
    (key, mail.subject.to_string(), mail.body.expose().to_string(), mail.at_ms)
}

#[tokio::test]
async fn what_was_delivered_before_the_crash_comes_once_more_as_the_same_message() {
    let world = World::new();
    let errand = world.errand(ErrandKind::Registered, mail(), NOON).await;
    world.answers([Answer::Crashes]);
    world.step(NOON).await;
    assert_eq!(world.mails().len(), 1, "delivered, and nobody could write that down");
    let mut now_ms = NOON;
    while let Some(due_ms) = world.step(now_ms).await {
        now_ms = due_ms;
    }
    let mails = world.mails();
    assert_eq!(mails.len(), 2, "once more, and never again");
    assert_eq!(whole(&mails[0]), whole(&mails[1]));
    assert_eq!(world.records.get::<Errand>(errand).await, Ok(None));
}

#[tokio::test]
async fn what_carries_no_secret_keeps_its_name_through_every_failure() {
    let world = World::new();
    world.errand(ErrandKind::RecoveryCancelled, mail(), NOON).await;
    let unknown = Answer::Fails(SendError::Unknown("cut".into()));
    world.answers([temporary(), unknown, Answer::Crashes]);
    let mut now_ms = NOON;
    while world.mails().len() < 4 {
        now_ms = world.step(now_ms).await.unwrap();
    }
    let mails = world.mails();
    assert!(mails.iter().all(|mail| whole(mail) == whole(&mails[0])));
    assert_eq!(mails[0].key.generation, 1);
}

#[tokio::test]
async fn what_carries_a_secret_is_another_message_each_time() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    world.answers([Answer::Crashes]);
    world.step(NOON).await;
    world.step(NOON + LEASE_MS).await;
    let mails = world.mails();
    assert_eq!(mails.iter().map(|mail| mail.key.generation).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(world.opened_by(recovery, &mails[0]).await, [1]);
    assert_eq!(world.opened_by(recovery, &mails[1]).await, [2]);
}

#[tokio::test]
async fn an_operator_s_retry_has_another_name_only_after_a_refusal() {
    for (error, state, name) in [
        (SendError::Permanent("no".into()), ErrandState::Failed, 2),
        (SendError::Unknown("cut".into()), ErrandState::Waiting, 1),
    ] {
        let world = World::new();
        let id = world.errand(ErrandKind::ClaveRestored, mail(), NOON).await;
        world.answers([Answer::Fails(error)]);
        world.step(NOON).await;
        let held = world.records.get::<Errand>(id).await.unwrap().unwrap();
        assert_eq!(held.value.state, state);
        let mut errand = held.value.clone();
        errand.begin_anew(NOON + HOUR);
        let draft = world.records.draft(NOON + HOUR).replace(&held, &errand, Some(NOON + HOUR));
        draft.commit(&world.records).await.unwrap();
        world.step(NOON + HOUR).await;
        let mails = world.mails();
        assert_eq!(mails[1].key.generation, name);
    }
}

#[tokio::test]
async fn one_whose_account_can_not_be_read_is_set_aside_and_holds_up_nobody() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let poison = world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    let at = Ref { kind: Kind::Recovery, id: recovery };
    let change = Change::Put { at, bytes: vec![1; 60], due_ms: None, groups: vec![] };
    let batch = Batch { id: world.records.new_id(NOON), expect: Vec::new(), changes: vec![change] };
    world.store.commit(batch).await.unwrap();
    world.errand(ErrandKind::Registered, mobile(), NOON).await;
    // `step` itself asserts that the store isn't considered broken.
    world.step(NOON).await;
    assert_eq!(world.post.texts.lock().unwrap().len(), 1);
    assert_eq!(world.seen(poison).await.state, ErrandState::Waiting);
    assert!(world.audited().await.contains(&(Action::SetAside, Outcome::Damaged)));
    let due_ms = world.records.get::<Errand>(poison).await.unwrap().unwrap().due_ms;
    assert_eq!(due_ms, Some(NOON + HOUR));
}

#[tokio::test]
async fn a_refusal_marks_and_a_delivery_frees() {
    let world = World::new();
    let refused = || Answer::Fails(SendError::AddressRefused("550 5.1.1".into()));
    world.answers([refused(), refused()]);
    for number in 0..2 {
        world.errand(ErrandKind::ClaveRestored, mail(), NOON + number * HOUR).await;
        world.step(NOON + number * HOUR).await;
    }
    let mark = refused_address(&world.records, &mail()).await.unwrap().unwrap();
    assert_eq!((mark.times, mark.first_ms, mark.last_ms), (2, NOON, NOON + HOUR));
    world.errand(ErrandKind::ClaveRestored, mail(), NOON + 2 * HOUR).await;
    world.step(NOON + 2 * HOUR).await;
    assert_eq!(refused_address(&world.records, &mail()).await.unwrap(), None);
}
