//! What makes a message wait, or end unsent: retries, limits, holds.

use super::*;

#[tokio::test]
async fn what_did_not_leave_is_tried_again_ever_later_and_does_not_count() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let errand = world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
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
    let refused = world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    world.step(NOON).await;
    assert_eq!(world.seen(refused).await.state, ErrandState::Failed);

    let late = world.errand(ErrandKind::SendClave { recovery }, mobile(), NOON).await;
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
        to: Destination::Mail("nueva@empresa.example".parse().unwrap()),
        what: ProofFor::Registration { application: None },
        code: None,
        expires_ms: NOON,
        tries: 0,
    };
    world.records.draft(NOON).new_record(id, &proof, None).commit(&world.records).await.unwrap();
    let errand = world.errand(ErrandKind::SendCode { proof: id }, mail(), NOON).await;
    world.answers(std::iter::repeat_n(temporary(), 20));
    let mut now_ms = NOON;
    while !world.seen(errand).await.state.is_final() {
        now_ms = world.step(now_ms).await.unwrap();
        assert!(now_ms <= NOON + 30 * MINUTE + FINISHED_KEPT_MS);
    }
    assert_eq!(world.seen(errand).await.state, ErrandState::Expired);
}

#[tokio::test]
async fn one_a_minute_and_three_an_hour_leave_and_the_rest_waits() {
    let world = World::new();
    let recovery = world.recovery(RecoveryState::Sending).await;
    let mut errands = Vec::new();
    for _ in 0..4 {
        errands.push(world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await);
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
    assert_eq!(states.iter().filter(|state| **state == ErrandState::Waiting).count(), 1);

    // A notice that guards the owner is sent all the same.
    let undo = world.undo(NOON + 72 * HOUR).await;
    let notice = world.errand(ErrandKind::ClaveChanged { undo }, mail(), now_ms).await;
    world.step(now_ms + MINUTE).await;
    assert_eq!(world.seen(notice).await.state, ErrandState::Sent);
    let kept = world.records.get::<Undo>(undo).await.unwrap().unwrap().value;
    let code = secret_in(world.mails()[3].body.expose());
    assert_eq!(world.records.vault().verify(&code, &kept.codes[0].digest).await, Verdict::Right);
}

#[tokio::test]
async fn a_held_key_waits_and_goes_when_its_day_is_over() {
    let world = World::new();
    let until_ms = NOON + 24 * HOUR;
    let recovery = world.recovery(RecoveryState::Held { until_ms }).await;
    let kind = ErrandKind::SendClave { recovery };
    let held = Errand::new(kind, company(), mail(), Language::En, folio(), NOON).held_until(until_ms);
    world.put(held, NOON).await;
    assert_eq!(world.step(NOON).await, Some(until_ms));
    world.step(until_ms - 1).await;
    assert!(world.mails().is_empty());
    world.step(until_ms).await;
    assert_eq!(world.mails().len(), 1);
    let kept = world.kept(recovery).await;
    assert_eq!((kept.state, kept.claves[0].expires_ms), (RecoveryState::Sending, until_ms + 24 * HOUR));
}

#[tokio::test]
async fn a_cancelled_recovery_sends_nothing() {
    let world = World::new();
    let until_ms = NOON + 24 * HOUR;
    let recovery = world.recovery(RecoveryState::Held { until_ms }).await;
    let kind = ErrandKind::SendClave { recovery };
    let held = Errand::new(kind, company(), mail(), Language::Es, folio(), NOON).held_until(until_ms);
    let errand = world.put(held, NOON).await;
    let read = world.records.get::<Recovery>(recovery).await.unwrap().unwrap();
    let cancelled = Recovery { state: RecoveryState::Cancelled, ..read.value.clone() };
    world.records.draft(NOON).replace(&read, &cancelled, None).commit(&world.records).await.unwrap();
    world.step(until_ms).await;
    assert!(world.mails().is_empty() && world.kept(recovery).await.claves.is_empty());
    assert_eq!(world.seen(errand).await.state, ErrandState::Cancelled);
}

/// A mailbox that never accepts anything, or a gateway that is down, ends no code that went
/// elsewhere.
#[tokio::test]
async fn a_notices_code_lives_however_often_its_other_channels_fail() {
    let world = World::new();
    let undo = world.undo(NOON + 72 * HOUR).await;
    let kind = ErrandKind::ClaveChanged { undo };
    world.errand(kind, mail(), NOON).await;
    world.step(NOON).await;
    let code = secret_in(world.mails()[0].body.expose());
    let refusing = Destination::Mail("otra@empresa.example".parse().unwrap());
    let by_mail = world.errand(kind, refusing, NOON).await;
    let by_sms = world.errand(kind, mobile(), NOON).await;
    world.answers(std::iter::repeat_n(temporary(), 500));
    let mut now_ms = NOON;
    while now_ms < NOON + 71 * HOUR {
        now_ms = world.step(now_ms).await.unwrap();
    }
    for errand in [by_mail, by_sms] {
        assert!(world.seen(errand).await.tried > 140);
    }
    let kept = world.records.get::<Undo>(undo).await.unwrap().unwrap().value;
    let digests: Vec<Digest> = kept.codes.into_iter().map(|code| code.digest).collect();
    assert_eq!((digests.len(), world.records.vault().find(&code, digests).await), (7, Some(0)));
}
