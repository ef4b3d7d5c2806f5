//! What the courier's attempts tell those who promise messages.

use totem::domain::way_out::WayOut;

use super::*;

#[tokio::test]
async fn a_refused_password_is_known_to_who_promises_and_after_a_restart_too() {
    let world = World::new();
    let refused = || Answer::Fails(SendError::AccessRefused("535 at AUTH".into()));
    world.errand(ErrandKind::Registered, mail(), NOON).await;
    world.answers([refused()]);
    world.step(NOON).await;
    let ours = WayOut::OursToMend { since_ms: NOON };
    assert_eq!((world.ways_out.of(Channel::Mail), world.ways_out.of(Channel::Sms)), (ours, WayOut::Open));

    let again = WaysOut::default();
    again.recall(&world.records).await.unwrap();
    assert_eq!((again.of(Channel::Mail), again.of(Channel::Sms)), (ours, WayOut::Open));
    let off = WaysOut::default().without(Channel::Mail);
    off.recall(&world.records).await.unwrap();
    assert_eq!(off.of(Channel::Mail), WayOut::Off);

    // Somebody mended the password, and what was held leaves.
    world.step(NOON + MINUTE).await;
    assert_eq!((world.mails().len(), world.ways_out.of(Channel::Mail)), (2, WayOut::Open));
    let mended = WaysOut::default();
    mended.recall(&world.records).await.unwrap();
    assert_eq!(mended.of(Channel::Mail), WayOut::Open);
}

#[tokio::test]
async fn what_was_turned_off_once_is_not_off_for_ever() {
    let world = World::new();
    world.errand(ErrandKind::Registered, mobile(), NOON).await;
    world.answers([Answer::Fails(SendError::TurnedOff("SMS are off"))]);
    world.step(NOON).await;
    assert_eq!(world.ways_out.of(Channel::Sms), WayOut::Off);
    let turned_on = WaysOut::default();
    turned_on.recall(&world.records).await.unwrap();
    assert_eq!(turned_on.of(Channel::Sms), WayOut::Open);
}
