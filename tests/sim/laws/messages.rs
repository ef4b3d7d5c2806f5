//! Laws about what leaves by mail and SMS: each key and code that left is stored, goes where it may, and
//! no address gets more than its share.

use totem::courier::SendingKey;
use totem::domain::digest::Digest;
use totem::domain::errand::{DataErrand, Errand, ErrandKind, FacilitatorErrand};
use totem::domain::proof::Proof;
use totem::domain::recovery::{CLAVES_PER_CHANNEL, Recovery, RecoveryState};
use totem::domain::reference::Id;
use totem::domain::rut::Rut;
use totem::domain::secret::Secret;

use super::{CodeSent, Held, Law, evidence, must, opens, within};
use crate::sim::boxes::secret_in;
use crate::sim::cast::{FIRMS, Who, firm_of};
use crate::sim::plants::Plant;
use crate::sim::world::World;

const DAY_MS: u64 = 24 * 3_600_000;
/// How many codes a day anybody can have sent to one address (T2).
const CODES_A_DAY: usize = 3;

/// How often one message leaves at most while nobody can say whether it did: over its 72 hours the
/// pauses between two attempts grow.
const TIMES: u32 = 40;

/// How long a terminal takes at most from the batch that makes a message to handing it over.
const HANDED_WITHIN_MS: u64 = 60_000;

/// What a terminal handed over to mail or SMS.
#[derive(Clone, Copy)]
pub struct Handed<'a> {
    pub to: &'a str,
    pub key: SendingKey,
    pub text: &'a str,
    pub at_ms: u64,
}

/// A message left, or may have; what it is about, if that is known.
pub async fn left(world: &World, handed: Handed<'_>) -> Option<ErrandKind> {
    let Handed { to, key, text, .. } = handed;
    let Ok(Some(errand)) = world.records.get::<Errand>(key.errand).await else {
        world.holds(Law::InOutbox, Err(format!("{key}")));
        return None;
    };
    let Errand { kind, company, .. } = errand.value;
    world.laws().left.insert(key.errand);
    world.figures().sends(kind);
    world.holds(Law::WarningsNameNobody, names_nobody(kind, company, text));
    world.holds(Law::OneMessage, is_one_message(world, key, text));
    world.holds(Law::Addressed, must(errand.value.to.folded() == to, || to.into()));
    world.holds(Law::CodesToAddress, share(world, to, kind));
    if kind == ErrandKind::Data(DataErrand::Copy) {
        world.holds(Law::CopyPlaces, evidence::copy_may_go(world, company, to));
    }
    let secret = secret_in(text).filter(|_| kind.carries_secret());
    if let Some(secret) = secret {
        secret_left(world, (kind, company), handed, secret).await;
    }
    if world.plant == Some(Plant::SecretsInTheLog) {
        tracing::warn!(reason = %text, "a message left");
    }
    Some(kind)
}

/// Whether a message's code puts something back, stops or freezes something.
pub fn undoes(kind: ErrandKind) -> bool {
    kind.carries_secret()
        && !matches!(
            kind,
            ErrandKind::SendClave { .. }
                | ErrandKind::SendCode { .. }
                | ErrandKind::SendOwnCode { .. }
                | ErrandKind::Facilitator(FacilitatorErrand::Clave { .. })
        )
}

/// A key or a code left.
async fn secret_left(world: &World, (kind, company): (ErrandKind, Rut), handed: Handed<'_>, secret: String) {
    let Handed { to, at_ms, .. } = handed;
    world.laws().learns_secret(&secret);
    match kind {
        ErrandKind::SendClave { recovery } => {
            world.holds(Law::KeyPlaces, evidence::key_may_go(world, company, to));
            world.holds(Law::KeyStored, key_is_stored(world, recovery, &secret, at_ms).await);
            opens::key_left(world, company, &secret);
        }
        ErrandKind::SendCode { proof } | ErrandKind::SendOwnCode { proof } => {
            world.holds(Law::CodeStored, code_is_stored(world, proof, &secret).await);
            let mut laws = world.laws();
            laws.proofs.insert(proof, (company, to.to_string()));
            laws.codes_of_proofs.insert(proof, secret.clone());
            laws.codes.insert(secret, CodeSent { company, to: to.to_string(), kind });
        }
        ErrandKind::Facilitator(FacilitatorErrand::Clave { .. }) => {
            world.holds(Law::FacilitatorKeys, was_approved(world, company, to));
        }
        // To the facilitator, or to the company on whose behalf they work.
        ErrandKind::Facilitator(_) if was_approved(world, company, to).is_ok() => {
            world.laws().codes.insert(secret, CodeSent { company, to: to.to_string(), kind });
        }
        _ => {
            world.holds(Law::NoticePlaces, evidence::notice_may_go(world, company, to));
            if !matches!(kind, ErrandKind::HoldWarned { .. }) {
                world.holds(Law::UndoPlaces, evidence::undo_may_go(world, company, to));
            }
            world.laws().codes.insert(secret, CodeSent { company, to: to.to_string(), kind });
        }
    }
}

/// Nobody proved the place, so that neither company nor person is named there (T3).
fn names_nobody(kind: ErrandKind, company: Rut, text: &str) -> Held {
    if !matches!(kind, ErrandKind::Warned | ErrandKind::HoldWarned { .. }) {
        return Ok(());
    }
    let firm = firm_of(company).map(|firm| FIRMS[firm].name);
    let (body, shown) = (company.canonical(), company.to_string());
    let named = Who::ALL.into_iter().flat_map(|who| [who.name(), who.rut()]).chain(firm);
    let found = named.chain([body.as_str(), shown.as_str()]).find(|name| text.contains(name));
    must(found.is_none(), || format!("{found:?}"))
}

/// Two members of staff approved a request of this company whose key goes there (guide 5).
fn was_approved(world: &World, company: Rut, to: &str) -> Held {
    let laws = world.laws();
    let approved = laws.requests.iter().any(|(folio, goes_to)| {
        let by = laws.approved_by.get(folio).map_or(0, |names| names.len());
        by >= 2 && goes_to.0 == company && goes_to.1 == to
    });
    must(approved, || format!("for {company} to {to}"))
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
    let most = CODES_A_DAY * (1 + laws.leaps_within_days(now_ms));
    let sent = laws.to_strangers.entry(to.to_string()).or_default();
    sent.push(now_ms);
    let count = within(sent, now_ms, DAY_MS);
    // One whose fate was unknown may have left besides.
    must(count <= most + 1, || format!("{count} codes to {to} in a day"))
}

/// The key's digest is in its recovery, which accepts at most three by each way (S6).
async fn key_is_stored(world: &World, recovery: Id, key: &str, handed_ms: u64) -> Held {
    let Ok(Some(recovery)) = world.records.get::<Recovery>(recovery).await else {
        // A change of the clave ends it, also while its message is under way.
        let ended_ms = world.laws().recoveries_ended.get(&recovery).copied();
        let is_crossed = ended_ms.is_some_and(|ended_ms| handed_ms <= ended_ms + HANDED_WITHIN_MS);
        return must(is_crossed, || "its recovery was gone before it was handed over".to_string());
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
