//! A program that notes its head is killed at random moments, between the store's sync and the note among
//! them: the head never leads, so that the store is always taken for the newest.

#![allow(
    clippy::disallowed_methods,
    reason = "a child is killed at a random moment, which nothing announces"
)]

use std::fs;
use std::path::Path;
use std::time::Duration;

use totem::store::head::{self, FoundHead};
use totem::vault::{Cost, Keys, Vault};

use crate::child::Chance;
use crate::cli_support::Place;

const KILLS: u32 = 30;

fn noted(place: &Place) -> u64 {
    let keys = Keys::load(&place.path("totem.key")).expect("a key");
    let chain = Vault::new(keys, Cost::cheap_for_tests()).chain();
    match head::look(&place.path("totem.key.head"), &chain) {
        FoundHead::At(standing) => standing.point.count,
        found => panic!("{found:?}"),
    }
}

async fn stands(place: &Place) -> u64 {
    let opened = place.opened().await;
    opened.store.own().unwrap().standing().await.expect("a read").expect("it stands somewhere").point.count
}

fn keep(head: &Path) -> Vec<u8> {
    fs::read(head).expect("the head")
}

#[tokio::test]
async fn no_kill_leaves_a_head_that_leads() {
    let place = Place::used();
    let mut chance = Chance::new("kill_head");
    let (mut moved, mut lagged) = (0, 0);
    for number in 0..KILLS {
        let before = noted(&place);
        let mut command = place.command(crate::program::program());
        let name = format!("{number}.totem");
        let mut child = command.args(["backup", &name]).spawn().expect("the binary starts");
        std::thread::sleep(Duration::from_micros(20_000 + chance.below(120_000)));
        child.kill().expect("it runs or has ended");
        child.wait().expect("it ends");
        let (left, kept) = (noted(&place), keep(&place.path("totem.key.head/head")));
        // Opening refuses a store that stands behind its head, and notes one that is ahead.
        let stands = stands(&place).await;
        assert!(left <= stands, "{left} was noted of {stands}");
        moved += u32::from(stands > before);
        lagged += u32::from(kept != keep(&place.path("totem.key.head/head")));
    }
    println!("{moved} of {KILLS} came to a commit, {lagged} were killed before its note");
    assert!(moved > 0, "no commit came before a kill");
    place.totem(&["audit", "verify"]).done();
}
