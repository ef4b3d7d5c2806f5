//! A mail server that takes its time: nobody makes another key meanwhile, and nothing else waits.

use super::*;

/// Takes minutes to say yes.
struct Slow {
    mails: Mutex<Vec<Mail>>,
    takes: Duration,
}

#[async_trait]
impl Mailer for Slow {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        self.mails.lock().unwrap().push(mail.clone());
        tokio::time::sleep(self.takes).await;
        Ok(())
    }
}

fn world(takes: Duration) -> (World, Arc<Slow>, Arc<Post>) {
    let slow = Arc::new(Slow { mails: Mutex::default(), takes });
    let post = Arc::new(Post::default());
    (World::with(Adapters { mailer: slow.clone(), texter: post.clone() }), slow, post)
}

#[tokio::test(start_paused = true)]
async fn no_second_key_is_made_while_the_fate_of_the_first_is_open() {
    let (world, slow, post) = world(Duration::from_secs(9 * 60));
    let recovery = world.recovery(RecoveryState::Sending).await;
    let key = world.errand(ErrandKind::SendClave { recovery }, mail(), NOON).await;
    let begun = tokio::time::Instant::now();
    let now_ms = || NOON + u64::try_from(begun.elapsed().as_millis()).unwrap();
    world.step(NOON).await;
    assert!(begun.elapsed() < Duration::from_secs(15), "the look doesn't wait for it");
    // An SMS that comes meanwhile leaves at once.
    world.errand(ErrandKind::Registered, mobile(), now_ms()).await;
    world.step(now_ms()).await;
    assert_eq!(post.texts.lock().unwrap().len(), 1);
    while begun.elapsed() < Duration::from_secs(8 * 60) {
        tokio::time::sleep(Duration::from_secs(15)).await;
        world.step(now_ms()).await;
        assert!(
            matches!(world.seen(key).await.state, ErrandState::Leased { until_ms } if until_ms > now_ms())
        );
    }
    tokio::time::sleep(Duration::from_secs(90)).await;
    world.step(now_ms()).await;
    let seen = world.seen(key).await;
    assert_eq!((seen.state, seen.generation, seen.tried), (ErrandState::Sent, 1, 1));
    let answered_ms = seen.attempts[0].at_ms - NOON;
    assert!((8 * MINUTE..=9 * MINUTE).contains(&answered_ms), "{answered_ms}");
    let mails = slow.mails.lock().unwrap().len();
    assert_eq!((mails, world.kept(recovery).await.claves.len()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn only_so_many_mails_are_under_way_at_once_and_the_rest_keep_their_turn() {
    let (world, slow, _) = world(Duration::from_secs(5 * 60));
    for number in 0..10 {
        let to = Destination::Mail(format!("a{number}@empresa.example").parse().unwrap());
        world.errand(ErrandKind::Registered, to, NOON).await;
    }
    let begun = tokio::time::Instant::now();
    let now_ms = || NOON + u64::try_from(begun.elapsed().as_millis()).unwrap();
    while begun.elapsed() < Duration::from_secs(4 * 60) {
        world.step(now_ms()).await;
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    assert_eq!(slow.mails.lock().unwrap().len(), 8);
    while begun.elapsed() < Duration::from_secs(14 * 60) {
        world.step(now_ms()).await;
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    assert_eq!(slow.mails.lock().unwrap().len(), 10, "each once");
}

/// Ten minutes of greylisting, and the code still lasts ten minutes.
#[tokio::test]
async fn a_code_outlives_greylisting_and_lasts_from_its_sending() {
    let world = World::new();
    let id = world.records.new_id(NOON);
    let what = ProofFor::Registration { application: None };
    let proof = Proof::waiting(company(), mail(), what, NOON);
    world
        .records
        .draft(NOON)
        .new_record(id, &proof, Some(proof.expires_ms))
        .commit(&world.records)
        .await
        .unwrap();
    let errand = world.errand(ErrandKind::SendCode { proof: id }, mail(), NOON).await;
    let (mut now_ms, mut tries) = (NOON, 0);
    while world.seen(errand).await.state != ErrandState::Sent {
        if now_ms < NOON + 10 * MINUTE {
            world.answers([Answer::Fails(SendError::Temporary("450 at RCPT TO".into()))]);
        }
        let next_ms = world.step(now_ms).await;
        let next_ms = next_ms.unwrap_or_else(|| panic!("{:?} {tries}", now_ms - NOON));
        if world.seen(errand).await.state == ErrandState::Sent {
            break;
        }
        (now_ms, tries) = (next_ms, tries + 1);
        assert!(tries < 12, "it is given up");
    }
    assert!((10 * MINUTE..=13 * MINUTE).contains(&(now_ms - NOON)), "{}", now_ms - NOON);
    let kept = world.records.get::<Proof>(id).await.unwrap().unwrap().value;
    let time = |now_ms| totem::domain::office_time::OfficeTime::agreed(now_ms).rights();
    assert_eq!(kept.expires_ms, now_ms + 10 * MINUTE);
    assert!(!kept.is_over(time(now_ms + 10 * MINUTE - 1)) && kept.is_over(time(now_ms + 10 * MINUTE)));
}
