//! Makes what a message carries: a clave or a code, in memory, at the moment of sending (S6). Only
//! its digest is stored, and is on the disk before the message leaves.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::decide::ErrandRows;
use super::declaration;
use super::minted::Minted;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Channel;
use crate::domain::errand::{Errand, ErrandKind, FacilitatorErrand};
use crate::domain::facilitator::{FacilitatorRequest, RequestState};
use crate::domain::lives::{CODE_LIFE_MS, SENT_CLAVE_LIFE_MS};
use crate::domain::proof::Proof;
use crate::domain::recovery::{CLAVES_PER_CHANNEL, Recovery, RecoveryState, SentClave};
use crate::domain::reference::Id;
use crate::domain::undo::{NoticeCode, Undo, Undoes};
use crate::store::StoreError;
use crate::store::records::{Held, Record, Records};
use crate::vault::{Among, Blind};

/// How often the record is read and changed anew when somebody else was faster.
const TRIES: usize = 5;
/// Codes of one message that work at once: one whose fate is unknown is sent anew with a new code,
/// and both may arrive (S6).
const CODES_OF_MESSAGE: usize = 3;
/// Codes of one notice that work at once, over all its messages: the record has its size.
const CODES_OF_NOTICE: usize = 12;

/// Makes claves, codes and files, and keeps the digests of the first two.
#[derive(Clone)]
pub(super) struct Minter {
    pub records: Records,
    /// How long a recovery is kept after its last clave ran out, in milliseconds (S15).
    pub flows_kept_ms: u64,
    /// The template of the declaration that facilitators' requests need.
    pub declaration: Arc<[u8]>,
}

impl Minter {
    /// `None` when what the message is about is no more. A conflict on the errand itself means
    /// that the lease was lost.
    pub async fn mint(
        &self,
        leased: &Held<Errand>,
        rows: &ErrandRows,
        now_ms: u64,
    ) -> Result<Option<Minted>, StoreError> {
        let (errand, vault) = (&leased.value, self.records.vault());
        match errand.kind {
            ErrandKind::SendClave { recovery }
            | ErrandKind::Facilitator(FacilitatorErrand::Clave { recovery }) => {
                let secret = vault.new_clave();
                let digest = vault.digest_among(&secret, Among::SentClaves, errand.company).await;
                let sent = SentClave {
                    channel: errand.to.channel(),
                    generation: errand.generation,
                    digest,
                    expires_ms: now_ms + SENT_CLAVE_LIFE_MS,
                };
                let flows_kept_ms = self.flows_kept_ms;
                let add = |recovery: &mut Recovery| {
                    add_key(recovery, sent.clone()).map(|expires_ms| expires_ms + flows_kept_ms)
                };
                let kept = self.keep(leased, recovery, (rows, now_ms), Action::MintClave, add).await?;
                Ok(kept.then_some(Minted::Clave(secret)))
            }
            ErrandKind::SendCode { proof } | ErrandKind::SendOwnCode { proof } => {
                let secret = vault.new_code();
                let digest = vault.digest(&secret).await;
                let add = |proof: &mut Proof| {
                    // The tries stay: a new code doesn't buy new guesses (S8).
                    proof.code = Some(digest.clone());
                    proof.expires_ms = now_ms + CODE_LIFE_MS;
                    Some(proof.expires_ms)
                };
                let kept = self.keep(leased, proof, (rows, now_ms), Action::MintCode, add).await?;
                Ok(kept.then_some(Minted::Code(secret)))
            }
            ErrandKind::ClaveChanged { undo }
            | ErrandKind::NewAddressHeld { undo }
            | ErrandKind::HoldWarned { undo }
            | ErrandKind::DoneInPerson { undo } => self.mint_undo_code(leased, undo, rows, now_ms).await,
            ErrandKind::Data(about) => match about.undo() {
                Some(undo) => self.mint_undo_code(leased, undo, rows, now_ms).await,
                None => Ok(Some(Minted::Nothing)),
            },
            ErrandKind::Registered
            | ErrandKind::AlreadyRegistered
            | ErrandKind::RecoveryCancelled
            | ErrandKind::ClaveRestored
            | ErrandKind::RegistrationRefused
            | ErrandKind::Warned
            | ErrandKind::Frozen
            | ErrandKind::Settled => Ok(Some(Minted::Nothing)),
            ErrandKind::Facilitator(about) => match about.undo() {
                Some(undo) => self.mint_undo_code(leased, undo, rows, now_ms).await,
                None => self.mint_about_facilitator(errand, about, now_ms).await,
            },
        }
    }

    /// What a mail about a facilitator carries, if it carries no secret.
    async fn mint_about_facilitator(
        &self,
        errand: &Errand,
        about: FacilitatorErrand,
        now_ms: u64,
    ) -> Result<Option<Minted>, StoreError> {
        match about {
            FacilitatorErrand::Refused { request } => {
                let request = self.records.get::<FacilitatorRequest>(request).await?;
                Ok(match request.map(|held| held.value.state) {
                    Some(RequestState::Refused { reason }) => Some(Minted::Reason(reason)),
                    _ => None,
                })
            }
            FacilitatorErrand::Declaration { representative } => {
                let Some(account) = self.records.account_of(errand.company).await? else { return Ok(None) };
                let file = declaration::filled_in(&self.declaration, account.value, representative, now_ms);
                Ok(file.map(Minted::File))
            }
            FacilitatorErrand::Received
            | FacilitatorErrand::Approved
            | FacilitatorErrand::Clave { .. }
            | FacilitatorErrand::ClaveChanged
            | FacilitatorErrand::ClaveChosen { .. }
            | FacilitatorErrand::Readdressed { .. }
            | FacilitatorErrand::Restored => Ok(Some(Minted::Nothing)),
        }
    }

    async fn mint_undo_code(
        &self,
        leased: &Held<Errand>,
        undo: Id,
        rows: &ErrandRows,
        now_ms: u64,
    ) -> Result<Option<Minted>, StoreError> {
        let vault = self.records.vault();
        let secret = vault.new_code();
        let digest = vault.digest_among(&secret, Among::UndoCodes, leased.value.company).await;
        let to = vault.blind(Blind::NoticeToAddress, leased.value.to.folded().as_bytes());
        let code = NoticeCode { errand: leased.id, to, digest };
        // What is ended meanwhile needs no code.
        let add = |undo: &mut Undo| (undo.what != Undoes::Ended).then(|| add_code(undo, code.clone()));
        let kept = self.keep(leased, undo, (rows, now_ms), Action::MintCode, add).await?;
        Ok(kept.then_some(Minted::Code(secret)))
    }

    /// Changes the record that the message is about, as long as the errand is still ours.
    /// `change` says until when the record is needed now, or `None` to leave it untouched.
    async fn keep<T: Record + Clone>(
        &self,
        leased: &Held<Errand>,
        id: Id,
        (rows, now_ms): (&ErrandRows, u64),
        action: Action,
        change: impl Fn(&mut T) -> Option<u64>,
    ) -> Result<bool, StoreError> {
        for _ in 0..TRIES {
            let Some(held) = self.records.get::<T>(id).await? else {
                return Ok(false);
            };
            let mut value = held.value.clone();
            let Some(needed_ms) = change(&mut value) else {
                return Ok(false);
            };
            // The end of its life, if it has one, moves with what it holds.
            let due_ms = held.due_ms.map(|due_ms| due_ms.max(needed_ms));
            let entry = rows.row(&leased.value, now_ms, action, Outcome::Done);
            let draft = self.records.draft(now_ms).expect_unchanged(leased).replace(&held, &value, due_ms);
            match draft.audit(&entry).commit(&self.records).await {
                Err(StoreError::Conflict(at)) if at != leased.at() => {}
                done => return done.map(|()| true),
            }
        }
        Err(StoreError::Conflict(leased.at()))
    }
}

/// Adds a sent clave, and forgets the oldest of its channel beyond the last three (S6).
fn add_key(recovery: &mut Recovery, sent: SentClave) -> Option<u64> {
    match recovery.state {
        RecoveryState::Cancelled
        | RecoveryState::Done
        | RecoveryState::Unproved
        | RecoveryState::WaitsForStaff => return None,
        RecoveryState::Held { .. } | RecoveryState::Sending => recovery.state = RecoveryState::Sending,
    }
    let (channel, needed_ms): (Channel, u64) = (sent.channel, sent.expires_ms);
    recovery.claves.push(sent);
    let of_channel = recovery.claves.iter().filter(|key| key.channel == channel).count();
    let mut surplus = of_channel.saturating_sub(CLAVES_PER_CHANNEL);
    recovery.claves.retain(|key| {
        let goes = key.channel == channel && surplus > 0;
        surplus -= usize::from(goes);
        !goes
    });
    Some(needed_ms)
}

/// Adds a code, and forgets the oldest of its message beyond the last three. Where all of them are
/// too many, the address that has most loses its oldest: whoever lets messages to one address fail
/// ends no code that went to another.
fn add_code(undo: &mut Undo, code: NoticeCode) -> u64 {
    let codes = &mut undo.codes;
    let errand = code.errand;
    codes.push(code);
    if codes.iter().filter(|code| code.errand == errand).count() > CODES_OF_MESSAGE {
        forget_oldest(codes, |code| code.errand == errand);
    }
    if codes.len() > CODES_OF_NOTICE {
        let mut count_to: BTreeMap<Id, usize> = BTreeMap::new();
        codes.iter().for_each(|code| *count_to.entry(code.to).or_default() += 1);
        let most = count_to.values().max().copied();
        forget_oldest(codes, |code| count_to.get(&code.to).copied() == most);
    }
    undo.expires_ms
}

fn forget_oldest(codes: &mut Vec<NoticeCode>, of: impl Fn(&NoticeCode) -> bool) {
    if let Some(place) = codes.iter().position(of) {
        codes.remove(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Digest;
    use crate::domain::folio::Folio;
    use crate::domain::recovery::Route;
    use crate::domain::rut::Rut;

    #[test]
    fn the_last_three_keys_of_each_channel_work() {
        let mut recovery = Recovery {
            company: Rut::of_body(99_999_999).unwrap(),
            folio: Folio::new([0; 5]),
            requested_ms: 0,
            route: Route::Answer,
            state: RecoveryState::Held { until_ms: 5 },
            rank: crate::domain::trust::Rank::Low,
            claves: Vec::new(),
        };
        for generation in 1..=5 {
            for channel in [Channel::Mail, Channel::Sms] {
                let digest = Digest(generation.to_string());
                add_key(&mut recovery, SentClave { channel, generation, digest, expires_ms: 9 });
            }
        }
        let kept: Vec<(Channel, u32)> =
            recovery.claves.iter().map(|key| (key.channel, key.generation)).collect();
        let expected: Vec<(Channel, u32)> = (3..=5)
            .flat_map(|generation| [(Channel::Mail, generation), (Channel::Sms, generation)])
            .collect();
        assert_eq!((kept, recovery.state), (expected, RecoveryState::Sending));
        recovery.state = RecoveryState::Cancelled;
        let sent =
            SentClave { channel: Channel::Sms, generation: 6, digest: Digest("6".into()), expires_ms: 9 };
        assert_eq!(add_key(&mut recovery, sent), None);
    }

    /// The digests that are kept once this notice's messages, each to one address, made their codes.
    fn kept(made: impl IntoIterator<Item = (u8, u8)>) -> Vec<String> {
        let mut undo = Undo {
            company: Rut::of_body(99_999_999).unwrap(),
            folio: Folio::new([0; 5]),
            what: Undoes::Recovery { recovery: Id([0; 16]) },
            codes: Vec::new(),
            expires_ms: 9,
            tries: 0,
        };
        for (number, (errand, to)) in made.into_iter().enumerate() {
            let digest = Digest(format!("{to}: {errand}, {number}"));
            let code = NoticeCode { errand: Id([errand; 16]), to: Id([to; 16]), digest };
            assert_eq!(add_code(&mut undo, code), 9);
        }
        undo.codes.into_iter().map(|code| code.digest.0).collect()
    }

    #[test]
    fn the_last_three_codes_of_each_message_work() {
        let made = [(1, 1)].into_iter().chain((0..50).flat_map(|_| [(2, 2), (3, 3)]));
        let expected = ["1: 1, 0", "2: 2, 95", "3: 3, 96", "2: 2, 97", "3: 3, 98", "2: 2, 99", "3: 3, 100"];
        assert_eq!(kept(made), expected);
    }

    /// One notice does for many deeds where a company has as many as may be.
    #[test]
    fn however_many_messages_go_to_one_address_the_codes_of_another_stay() {
        let first = [(1, 1), (2, 1), (3, 1), (4, 2)];
        let kept = kept(first.into_iter().chain((5..200).map(|errand| (errand, 3))));
        assert_eq!(kept.len(), CODES_OF_NOTICE);
        assert_eq!(kept[..5], ["1: 1, 0", "1: 2, 1", "1: 3, 2", "2: 4, 3", "3: 192, 191"]);
        assert_eq!(kept[11], "3: 199, 198");
    }
}
