//! The invented world never becomes real (T14): everybody may read its claves and its staff's PIN, so a
//! store that it was ever in serves nobody else, whatever the settings say, and neither does a backup.

use std::fs;
use std::sync::Arc;

use totem::config::Config;
use totem::demo;
use totem::domain::account::Account;
use totem::domain::clean::Clean;
use totem::domain::rut::Rut;
use totem::store::records::{Records, World};
use totem::store::sled::{OpenOptions, SledStore};
use totem::store::{StoreError, Upkeep as _};
use totem::vault::{Cost, Keys, Vault};

use crate::cli_support::{NOON, Place};
use crate::loopback::Loopback;

/// What an operator writes who believes that the trial is over.
const REAL: &str =
    "[registry]\ncompanies = \"register\"\nrepresentatives = \"register\"\ncards = \"register\"\n";
const INVENTED: &str = "";

/// Commands that look into the store.
const LOOKING: [&[&str]; 6] = [
    &["audit", "verify"],
    &["outbox", "list"],
    &["staff", "list"],
    &["data", "show", "50000000-7", "--reason", "curious"],
    &["backup"],
    &["compact"],
];

fn names(place: &Place, settings: &str) {
    fs::write(place.path("config.toml"), settings).expect("a file");
}

fn is_refused_everywhere(place: &Place, why: &str) {
    place.kiosk_refuses().refused(3, why);
    for command in LOOKING {
        let refused = place.totem(command);
        refused.refused(3, why);
        assert!(refused.err.contains(place.store().to_str().expect("UTF-8")), "{refused:?}");
        assert!(refused.err.contains("store.folder"), "it says what to do: {refused:?}");
    }
    let doctor = place.totem(&["doctor"]);
    let told = format!("fault  store: {}", place.store().display());
    let line = doctor.out.lines().find(|line| line.starts_with(&told));
    assert!(doctor.code == 1 && line.is_some_and(|line| line.contains(why)), "{doctor:?}");
}

#[test]
fn a_trial_never_becomes_an_office() {
    let place = Place::used();
    let backup = place.totem(&["backup"]).done().out.lines().next().expect("its name").to_string();
    names(&place, REAL);
    is_refused_everywhere(&place, "belongs to the invented world");
    let database = || fs::read(place.store().join("sled/db")).expect("a file");
    let before = database();
    place.totem(&["restore", &backup, "--yes"]).refused(3, "belongs to the invented world");
    assert!(database() == before, "nothing was changed");
    fs::remove_dir_all(place.store()).expect("a folder");
    place.totem(&["restore", &backup]).refused(3, "belongs to the invented world");
    assert!(!place.store().join("sled").exists(), "nothing was made");
    names(&place, INVENTED);
    place.totem(&["restore", &backup]).done();
    place.kiosk().stop();
    names(&place, REAL);
    is_refused_everywhere(&place, "belongs to the invented world");
}

#[test]
fn other_keys_and_other_files_keep_the_mark() {
    let place = Place::used();
    place.totem(&["key", "rotate"]).done();
    place.totem(&["compact"]).done();
    names(&place, REAL);
    is_refused_everywhere(&place, "belongs to the invented world");
}

#[test]
fn an_office_never_becomes_a_trial() {
    let place = Place::new();
    names(&place, REAL);
    place.kiosk().stop();
    let accounts = place.totem(&["staff", "list"]);
    assert!(accounts.done().out.starts_with("There is no account"), "no default account: {accounts:?}");
    let backup = place.totem(&["backup"]).done().out.lines().next().expect("its name").to_string();
    names(&place, INVENTED);
    is_refused_everywhere(&place, "belongs to real companies");
    place.totem(&["restore", &backup, "--yes"]).refused(3, "belongs to real companies");
    names(&place, REAL);
    place.kiosk().stop();
}

/// The store as a program left it that knew no marks.
async fn older(place: &Place) -> (Arc<SledStore>, Records) {
    let config: Config = place.config(&[]);
    let keys = Keys::create(&config.keys.file).expect("a key");
    let vault = Arc::new(Vault::new(keys, Cost::cheap_for_tests()));
    let options = OpenOptions { ballast_bytes: 0, ..OpenOptions::new(place.store(), vault.chain()) };
    let store = Arc::new(SledStore::open(options).expect("it opens"));
    let records = Records::new(store.clone(), vault);
    records.check_keys(NOON).await.expect("its own keys");
    demo::furnish(&records, NOON).await.expect("the store saves");
    (store, records)
}

async fn account(records: &Records, body: u32) -> totem::store::records::Held<Account> {
    let company = Rut::of_body(body).expect("a RUT");
    records.account_of(company).await.expect("a store").expect("an account")
}

#[tokio::test]
async fn a_trial_of_an_older_program_is_recognised() {
    let place = Place::new();
    let (store, records) = older(&place).await;
    let backup = place.path("older.totem");
    store.export(&backup).await.expect("a backup");
    drop((store, records));
    names(&place, REAL);
    is_refused_everywhere(&place, "belongs to the invented world");
    let restore = ["restore", backup.to_str().expect("UTF-8"), "--yes"];
    place.totem(&restore).refused(3, "belongs to the invented world");

    // Once it was opened as what it is, it stays that without its accounts.
    names(&place, INVENTED);
    place.totem(&["audit", "verify"]).done();
    let records = place.opened().await.records;
    for body in [50_000_000, 99_999_998, 99_999_997] {
        let held = account(&records, body).await;
        records.draft(NOON).remove(&held).commit(&records).await.expect("it goes");
    }
    drop(records);
    names(&place, REAL);
    is_refused_everywhere(&place, "belongs to the invented world");
}

#[tokio::test]
async fn an_office_of_an_older_program_is_none() {
    let place = Place::new();
    let (store, records) = older(&place).await;
    // A real company has one of the RUTs, and the two others are nobody's.
    let held = account(&records, 50_000_000).await;
    let real = Account { name: Clean::from("Molino Verdadero SpA"), ..held.value.clone() };
    let mut draft = records.draft(NOON).replace(&held, &real, None);
    for body in [99_999_998, 99_999_997] {
        draft = draft.remove(&account(&records, body).await);
    }
    draft.commit(&records).await.expect("a commit");
    let backup = place.path("older.totem");
    store.export(&backup).await.expect("a backup");
    drop((store, records));
    is_refused_everywhere(&place, "belongs to real companies");
    names(&place, REAL);
    place.kiosk().stop();
    place.totem(&["restore", backup.to_str().expect("UTF-8"), "--yes"]).done();
    names(&place, INVENTED);
    is_refused_everywhere(&place, "belongs to real companies");
}

#[tokio::test]
async fn a_mark_never_changes() {
    let place = Place::used();
    let records = place.opened().await.records;
    assert_eq!(records.world().await, Ok(Some(World::Invented)));
    let marked = records.mark_world(World::Real, NOON).await;
    assert!(matches!(marked, Err(StoreError::Conflict(_))), "{marked:?}");
}

/// Whoever tries the kiosk types addresses of real people.
#[tokio::test]
async fn a_trial_sends_nothing_to_anybody() {
    let place = Place::new();
    names(&place, "[courier]\nmail = \"smtp\"\n[smtp]\nhost = \"mx.example\"\n");
    let why = "smtp.host leads out of this machine";
    place.kiosk_refuses().refused(3, why);
    assert!(!place.store().exists(), "nothing was made");
    // Through a proxy even this machine's own address may be somewhere else.
    let gateway = Loopback::start(Vec::new()).await;
    let (port, proxy) = (gateway.port, "proxy = \"http://127.0.0.1:9\"");
    let settings = format!(
        "[courier]\nsms = \"http\"\n[sms_gateway]\nurl = \"http://127.0.0.1:{port}/\"\n\
         authentication = \"none\"\n{proxy}\n"
    );
    names(&place, &settings);
    place.kiosk_refuses().refused(3, "sms_gateway.proxy leads out of this machine");
    let doctor = place.totem(&["doctor"]);
    assert!(doctor.out.contains("fault  courier: sms_gateway.proxy leads out of this machine"), "{doctor:?}");
    names(&place, &settings.replace(proxy, ""));
    place.kiosk().stop();
}
