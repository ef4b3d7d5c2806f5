//! What is told of a message, obstacle by obstacle and listener by listener.

use std::sync::Arc;

use super::*;
use crate::domain::errand::AttemptOutcome;
use crate::domain::language::Language;
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::Id;
use crate::domain::refused_address::RefusedAddress;
use crate::domain::way_out::WayOut;
use crate::office::samples::{NOON, account, company};
use crate::store::memory::MemoryStore;
use crate::vault::{Blind, Cost, Keys, Vault};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const EVERYBODY: [Audience; 4] = [Audience::Owner, Audience::Prover, Audience::Typist, Audience::Bearer];

/// Channels that stand so.
fn ways(mail: WayOut, sms: WayOut) -> WaysOut {
    let stands = [(Channel::Mail, mail), (Channel::Sms, sms)];
    stands.into_iter().fold(WaysOut::default(), |ways, (channel, way)| match way {
        WayOut::Open => ways,
        WayOut::Off => ways.without(channel),
        WayOut::OursToMend { since_ms } => {
            ways.note(channel, AttemptOutcome::AccessRefused, since_ms);
            ways
        }
        WayOut::Stalled { since_ms } => {
            ways.note(channel, AttemptOutcome::Unreachable, since_ms);
            ways
        }
    })
}

fn records() -> Records {
    let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
    Records::new(Arc::new(MemoryStore::new(vault.chain())), vault)
}

fn now() -> ProtectionsTime {
    OfficeTime::agreed(NOON).protections()
}

fn mailbox() -> Destination {
    Destination::Mail(account().email)
}

fn key() -> ErrandKind {
    ErrandKind::SendClave { recovery: Id([1; 16]) }
}

fn folio(symbol: u8) -> Folio {
    Folio::new([symbol; 5])
}

async fn told(records: &Records, ways_out: &WaysOut, audience: Audience) -> Outlook {
    let sending = Posting::new(key(), Rank::Low, None);
    let outlooks = Outlooks::new(records, ways_out, now());
    outlooks.outgoing(&mailbox(), sending, audience).await.unwrap().outlook
}

async fn marked(records: &Records) {
    let id = records.vault().blind(Blind::RefusalOfAddress, mailbox().folded().as_bytes());
    let mark = RefusedAddress { channel: Channel::Mail, first_ms: NOON, last_ms: NOON, times: 1 };
    records.draft(NOON).put_over(None, id, &mark, None).commit(records).await.unwrap();
}

async fn got(records: &Records, budget: Budget, at_ms: &[u64]) {
    for at_ms in at_ms {
        let tally = MessageTally::read(records, &mailbox(), budget).await.unwrap();
        let counted = OfficeTime::agreed(*at_ms).protections();
        tally.add(records.draft(NOON), counted).commit(records).await.unwrap();
    }
}

/// One that was put there so many seconds ago.
async fn waits(records: &Records, under: Folio, seconds: u64) -> Held<Errand> {
    let then = NOON - seconds * 1000;
    let errand = Errand::new(key(), company(), mailbox(), Language::Es, under, then);
    let id = records.new_id(then);
    records.draft(then).new_record(id, &errand, errand.due_ms()).commit(records).await.unwrap();
    records.get(id).await.unwrap().unwrap()
}

/// Only who proved something about the account, and staff, hear that its mailbox refuses (T11).
#[tokio::test]
async fn the_mark_of_an_address_is_told_to_who_proved_something() {
    let (records, open) = (records(), WaysOut::default());
    marked(&records).await;
    for audience in EVERYBODY {
        let expected = match audience {
            Audience::Owner | Audience::Prover => Outlook::Refused,
            Audience::Typist | Audience::Bearer => Outlook::Now,
        };
        assert_eq!(told(&records, &open, audience).await, expected, "{audience:?}");
    }
    let held = waits(&records, folio(1), 0).await;
    assert_eq!(Outlooks::new(&records, &open, now()).of(&held).await.unwrap(), Some(Outlook::Refused));
}

#[tokio::test]
async fn a_channel_that_is_off_or_held_is_told_to_all_alike() {
    let records = records();
    for (way_out, outlook) in [
        (WayOut::Open, Outlook::Now),
        (WayOut::Off, Outlook::Off),
        (WayOut::Stalled { since_ms: NOON }, Outlook::Held),
        (WayOut::OursToMend { since_ms: NOON }, Outlook::Held),
    ] {
        let ways_out = ways(way_out, WayOut::Open);
        for audience in EVERYBODY {
            assert_eq!(told(&records, &ways_out, audience).await, outlook, "{audience:?}");
        }
    }
}

#[tokio::test]
async fn a_full_budget_waits_and_one_that_outlasts_the_message_is_used_up() {
    let (records, open) = (records(), WaysOut::default());
    got(&records, Budget::Own, &[NOON - 10 * MINUTE, NOON - 8 * MINUTE, NOON - 6 * MINUTE]).await;
    assert_eq!(told(&records, &open, Audience::Prover).await, Outlook::Later { minutes: 50 });
    let code = Posting::new(ErrandKind::SendOwnCode { proof: Id([2; 16]) }, Rank::Low, None);
    let outlooks = Outlooks::new(&records, &open, now());
    let told = outlooks.outgoing(&mailbox(), code, Audience::Owner).await.unwrap().outlook;
    assert_eq!(told, Outlook::UsedUp { minutes: 50 });
    // Other budgets are apart (T10).
    let strangers = Posting::new(ErrandKind::SendCode { proof: Id([2; 16]) }, Rank::Low, None);
    let in_person = Posting::new(key(), Rank::Person, None);
    for sending in [strangers, in_person] {
        let outgoing = outlooks.outgoing(&mailbox(), sending, Audience::Prover).await.unwrap();
        assert_eq!(outgoing.outlook, Outlook::Now);
    }
}

/// Three in a minute: the tally is empty still, and the fourth waits for an hour all the same.
#[tokio::test]
async fn what_waits_before_it_takes_its_place() {
    let (records, open) = (records(), WaysOut::default());
    for symbol in 1..=3 {
        waits(&records, folio(symbol), 9 - u64::from(symbol)).await;
    }
    let outlooks = Outlooks::new(&records, &open, now());
    for (under, minutes) in [(None, 60), (Some(folio(2)), 2)] {
        let sending = Posting::new(key(), Rank::Low, under);
        let outgoing = outlooks.outgoing(&mailbox(), sending, Audience::Prover).await.unwrap();
        assert_eq!(outgoing.outlook, Outlook::Later { minutes }, "{under:?}");
    }
    let last = waits(&records, folio(4), 0).await;
    assert_eq!(outlooks.of(&last).await.unwrap(), Some(Outlook::Later { minutes: 60 }));
}

#[tokio::test]
async fn a_message_that_ended_has_no_outlook() {
    let (records, open) = (records(), WaysOut::default());
    let mut held = waits(&records, folio(1), 0).await;
    held.value.state = ErrandState::Sent;
    assert_eq!(Outlooks::new(&records, &open, now()).of(&held).await.unwrap(), None);
}

/// By one of its channels they hear; that one address refuses is nobody's business here.
#[tokio::test]
async fn notices_are_told_by_the_best_channel_alone() {
    let records = records();
    marked(&records).await;
    let account = account();
    let table = [
        (WayOut::Open, WayOut::Off, Outlook::Now),
        (WayOut::Off, WayOut::Open, Outlook::Now),
        (WayOut::Stalled { since_ms: 1 }, WayOut::Off, Outlook::Held),
        (WayOut::Off, WayOut::Off, Outlook::Off),
    ];
    for (mail, sms, outlook) in table {
        let ways_out = ways(mail, sms);
        assert_eq!(Outlooks::new(&records, &ways_out, now()).of_notices(&account), outlook);
    }
}

#[test]
fn whoever_waits_is_told_of_a_wait_that_grows_with_the_queue() {
    let waits: Vec<u64> = (0..6).map(|ahead| wait_ms(Budget::Own, &[], ahead, NOON)).collect();
    assert_eq!(waits, [0, MINUTE, 2 * MINUTE, HOUR, HOUR + MINUTE, 24 * HOUR]);
    assert_eq!(wait_ms(Budget::Notices, &[NOON; 9], 9, NOON), 0);
}
