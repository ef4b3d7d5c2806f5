//! Laws about what leaves by mail and SMS: each key and code that left is stored, goes where it may, and
//! no address gets more than its share.

use totem::courier::SendingKey;
use totem::domain::digest::Digest;
use totem::domain::errand::{DataErrand, Errand, ErrandKind};
use totem::domain::proof::Proof;
use totem::domain::recovery::{CLAVES_PER_CHANNEL, Recovery, RecoveryState};
use totem::domain::reference::Id;
use totem::domain::secret::Secret;

use super::{CodeSent, Held, evidence, must, within};
use crate::sim::boxes::secret_in;
use crate::sim::plants::Plant;
use crate::sim::world::World;

const DAY_MS: u64 = 24 * 3_600_000;
/// How many codes a day anybody can have sent to one address (T2).
const CODES_A_DAY: usize = 3;

/// How often one message leaves at most while nobody can say whether it did: over its 72 hours the
/// pauses between two attempts grow.
const TIMES: u32 = 40;

/// A message left, or may have.
pub async fn left(world: &World, to: &str, key: SendingKey, text: &str) {
    let Ok(Some(errand)) = world.records.get::<Errand>(key.errand).await else {
        return world.holds("what leaves is in the outbox", Err(format!("{key}")));
    };
    let Errand { kind, company, .. } = errand.value;
    world.holds("one name is one message", is_one_message(world, key, text));
    world.holds("a message goes where it is addressed", must(errand.value.to.folded() == to, || to.into()));
    world.holds("no address gets more codes than it may", share(world, to, kind));
    if kind == ErrandKind::Data(DataErrand::Copy) {
        world.holds("a copy goes to a proved mailbox alone", evidence::copy_may_go(world, company, to));
    }
    if world.plant == Some(Plant::SecretsInTheLog) {
        tracing::warn!(reason = %text, "a message left");
    }
    let secret = secret_in(text).filter(|_| kind.carries_secret());
    let Some(secret) = secret else { return };
    world.laws().learns_secret(&secret);
    match kind {
        ErrandKind::SendClave { recovery } => {
            world.holds("a key goes to a proved place alone", evidence::key_may_go(world, company, to));
            world.holds("each key that left is stored", key_is_stored(world, recovery, &secret).await);
        }
        ErrandKind::SendCode { proof } | ErrandKind::SendOwnCode { proof } => {
            world.holds("each code that left is stored", code_is_stored(world, proof, &secret).await);
            let mut laws = world.laws();
            laws.proofs.insert(proof, (company, to.to_string()));
            laws.codes.insert(secret, CodeSent { company, to: to.to_string() });
        }
        _ => {
            world.holds(
                "a notice's code goes to what is on file",
                evidence::notice_may_go(world, company, to),
            );
            world.laws().codes.insert(secret, CodeSent { company, to: to.to_string() });
        }
    }
}

/// A second message under one name is the same message (S6), and there are not many of them.
fn is_one_message(world: &World, key: SendingKey, text: &str) -> Held {
    let mut laws = world.laws();
    let (before, times) = laws.said.entry(key.to_string()).or_insert_with(|| (text.to_string(), 0));
    *times += 1;
    must(before == text, || format!("{key} said something else before"))?;
    must(*times <= TIMES, || format!("{key} left {times} times"))
}

/// Codes that anybody can cause: three a day to one address (T2).
fn share(world: &World, to: &str, kind: ErrandKind) -> Held {
    if !matches!(kind, ErrandKind::SendCode { .. }) {
        return Ok(());
    }
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    let sent = laws.to_strangers.entry(to.to_string()).or_default();
    sent.push(now_ms);
    let count = within(sent, now_ms, DAY_MS);
    // One whose fate was unknown may have left besides.
    must(count <= CODES_A_DAY + 1, || format!("{count} codes to {to} in a day"))
}

/// The key's digest is in its recovery, which accepts at most three by each way (S6).
async fn key_is_stored(world: &World, recovery: Id, key: &str) -> Held {
    let Ok(Some(recovery)) = world.records.get::<Recovery>(recovery).await else {
        return Err("its recovery is gone".to_string());
    };
    let claves = &recovery.value.claves;
    for sent in claves {
        let alike = claves.iter().filter(|other| other.channel == sent.channel).count();
        must(alike <= CLAVES_PER_CHANNEL, || format!("{alike} keys by {:?}", sent.channel))?;
    }
    let digests: Vec<Digest> = claves.iter().map(|sent| sent.digest.clone()).collect();
    let found = world.records.vault().find(&Secret::new(key), digests).await;
    let is_live = recovery.value.state == RecoveryState::Sending;
    // One that was cancelled while its message was under way has lost its keys.
    must(found.is_some() || !is_live, || "nothing that is stored would accept it".to_string())
}

async fn code_is_stored(world: &World, proof: Id, code: &str) -> Held {
    let Ok(Some(proof)) = world.records.get::<Proof>(proof).await else {
        // It was used or ended while the message was under way.
        return Ok(());
    };
    let Some(digest) = proof.value.code else { return Err("its proof holds no code".to_string()) };
    let verdict = world.records.vault().verify(&Secret::new(code), &digest).await;
    must(verdict.is_right(), || "its proof holds another code".to_string())
}
