//! *Cambiar CS* (guide 4) behind the screens, with the owner's clave or with a sent key (S7).

use super::drawn::{Drawn, Ids};
use super::means::{Decision, Means, ROUNDS, Rows};
use super::messages::{Message, post};
use super::new_address::not_overruled;
use super::notices::{Notices, new_notice, tell_with, told_in_person};
use super::recoveries::{KnownRecoveries, LivingKey};
use super::tries::{Tally, Tries, Try};
use super::trouble::{Answer, Trouble, too_busy};
use super::under_way::AllUnderWay;
use crate::domain::account::Account;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::reference::Id;
use crate::domain::register::{Down, Representation};
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::trust::Rank;
use crate::domain::undo::Undoes;
use crate::effect::{ClaveKind, ClaveProved, Refusal, Reply};
use crate::store::StoreError;
use crate::store::records::{Draft, Held};
use crate::vault::Verdict;

/// The guide's chapter 4: which clave was typed, and another one in its place.
#[derive(Clone, Copy)]
pub struct Change<'a> {
    means: &'a Means,
}

impl<'a> Change<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Change { means }
    }

    /// Everything is asked and compared, whatever is known already: who has an account must not
    /// show by what a register that is down, or slow, does to the answer (S9).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when something does not match, [`Trouble::Registry`] when SII does not
    /// answer and its word was needed.
    pub async fn check_clave(&self, company: Rut, representative: Rut, clave: &Secret) -> Answer {
        let (means, tries) = (self.means, Tries::of(self.means));
        let counted = tries.count(company, Action::CheckClave).await?;
        let looked = means.registry.representation(company, representative).await;
        let representation = means.looked(company, looked).await?;
        for _ in 0..ROUNDS {
            let claves = Claves::read(means, company).await?;
            let compared = self.compare(&claves, clave, counted.now_ms).await?;
            let typed = TypedClave { representative, representation: &representation, compared: &compared };
            if !claves.account.as_ref().is_some_and(|held| typed.is_right_for(held)) {
                let is_known = claves.account.is_some();
                return self.refuse(company, is_known, &counted, &representation).await;
            }
            match self.let_in(company, &counted, &typed).await {
                Err(Trouble::Outdated) => {}
                proved => return proved.map(Reply::ClaveRight),
            }
        }
        Err(too_busy("the clave").into())
    }

    async fn let_in(
        &self,
        company: Rut,
        counted: &Try,
        typed: &TypedClave<'_>,
    ) -> Result<ClaveProved, Trouble> {
        let (means, drawn) = (self.means, Drawn::at(counted.now_ms));
        let rows = means.rows(company);
        means
            .settle(
                || async {
                    let claves = Claves::read(means, company).await?;
                    Ok(ClaveToProve { claves, tally: Tries::of(means).tally(counted).await? })
                },
                |read| decide_right(&read, typed, &drawn, &rows),
            )
            .await
    }

    /// It stays counted when a register is down: that must not give free tries.
    async fn refuse(
        &self,
        company: Rut,
        is_known: bool,
        counted: &Try,
        representation: &Result<Representation, Down>,
    ) -> Answer {
        let means = self.means;
        let outcome = match representation {
            Err(down) => Outcome::Found(down.into()),
            Ok(_) if is_known => Outcome::Wrong,
            Ok(_) => Outcome::NoAccount,
        };
        let entry = means.entry(counted.now_ms, Action::CheckClave, outcome, company);
        let Err(down) = representation else { return Tries::of(means).fail(counted, &entry).await };
        means.commit(means.records.draft(counted.now_ms).audit(&entry)).await?;
        Err(down.clone().into())
    }

    /// Which of the company's claves this is, if it is one. Two hashings, whatever there is to
    /// compare with, and whatever comes of the first (S9).
    async fn compare(
        &self,
        claves: &Claves,
        typed: &Secret,
        now_ms: u64,
    ) -> Result<ComparedClave, StoreError> {
        let vault = self.means.vault();
        let mut own = claves.account.as_ref().map(|held| held.value.clave.clone());
        let verdict = match &own {
            Some(own) => vault.verify(typed, own).await,
            None => vault.verify_nothing().await,
        };
        let living = claves.recoveries.living_keys(now_ms);
        let digests = living.iter().map(|key| key.digest.clone()).collect();
        let sent = vault.find(typed, digests).await.map(|place| &living[place]);
        if let (Verdict::RightButOld, Some(held)) = (verdict, &claves.account) {
            own = Some(self.renew_digest(held, typed, now_ms).await?);
        }
        let (found, on) = match (verdict.is_right(), sent) {
            (true, _) => (Some(FoundClave::Own), own.clone()),
            (false, Some(key)) => (Some(FoundClave::SentBy(key.recovery)), Some(key.digest.clone())),
            (false, None) => (None, None),
        };
        Ok(ComparedClave { own, living, found, on })
    }

    /// Hashes the clave anew at today's cost (S1). Somebody else may do it first, which is as well.
    async fn renew_digest(
        &self,
        held: &Held<Account>,
        clave: &Secret,
        now_ms: u64,
    ) -> Result<Digest, StoreError> {
        let means = self.means;
        let digest = means.vault().digest(clave).await;
        let account = Account { clave: digest.clone(), ..held.value.clone() };
        let entry = means.entry(now_ms, Action::UpgradeDigest, Outcome::Done, account.company);
        let draft = means.records.draft(now_ms).replace(held, &account, None).audit(&entry);
        match means.commit(draft).await {
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(digest),
            Err(error) => Err(error),
        }
    }

    /// The new clave replaces the old one and every sent key, and all channels hear of it, with a
    /// code that undoes it (S7).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn change_clave(&self, proved: &ClaveProved, clave: &Clave) -> Answer {
        let (means, company) = (self.means, proved.company());
        let digest = means.vault().digest(clave.secret()).await;
        let (drawn, rows) = (means.draw().await?, means.rows(company));
        for _ in 0..ROUNDS {
            let claves = Claves::read(means, company).await?;
            let Some(account) = &claves.account else { return Err(gone().into()) };
            let compared = self.compare(&claves, clave.secret(), drawn.now_ms).await?;
            match compared.found {
                // Saved before, by a press whose answer nobody waited for.
                Some(FoundClave::Own) if account.version != proved.version() => {
                    let notices = Notices::read(means, &account.value, drawn.now_ms).await?;
                    let folio = notices.newest_folio();
                    return Ok(folio.map_or(Reply::ClaveUnchanged, |folio| Reply::ClaveChanged { folio }));
                }
                Some(_) => return Ok(Reply::ClaveUnchanged),
                None => {}
            }
            let chosen =
                ChosenClave { digest: &digest, by: proved.by(), on: proved.on(), compared: &compared };
            let changed = means
                .settle(
                    || ClaveToChange::read(means, company, drawn.now_ms),
                    |read| decide_change(&read, &chosen, &drawn, &rows),
                )
                .await;
            match changed {
                Err(Trouble::Outdated) => {}
                changed => {
                    let Some(folio) = changed? else { return Ok(Reply::DataStale) };
                    means.wake_courier();
                    return Ok(Reply::ClaveChanged { folio });
                }
            }
        }
        Err(too_busy("the clave").into())
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable("the account is gone".into())
}

/// Which of a company's claves was typed: its own, or one that a recovery sent and that still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FoundClave {
    Own,
    SentBy(Id),
}

impl FoundClave {
    /// The recovery that sent it, if one did.
    fn recovery(self) -> Option<Id> {
        match self {
            FoundClave::Own => None,
            FoundClave::SentBy(recovery) => Some(recovery),
        }
    }
}

/// The rank of what a clave does, if nothing stronger is under way: the company's own is weaker than a
/// key that came of a deed in person (T4c).
fn not_outranked(
    account: &Account,
    recoveries: &KnownRecoveries,
    by: Option<Id>,
    now_ms: u64,
) -> Result<Rank, Trouble> {
    match by.map_or(Rank::Low, |recovery| recoveries.rank_of(recovery)) {
        Rank::Low => not_overruled(account, recoveries, now_ms).map(|()| Rank::Low),
        _ if account.trust.is_frozen() => Err(Trouble::Refused(Refusal::Frozen)),
        rank => Ok(rank),
    }
}

/// All that opens the company's account.
struct Claves {
    account: Option<Held<Account>>,
    recoveries: KnownRecoveries,
}

impl Claves {
    async fn read(means: &Means, company: Rut) -> Result<Self, StoreError> {
        let account = means.records.account_of(company).await?;
        let recoveries = account.as_ref().map_or(&[][..], |held| &held.value.recoveries);
        let recoveries = KnownRecoveries::read(means, recoveries).await?;
        Ok(Claves { account, recoveries })
    }
}

/// What a typed clave was compared with, and what came of it.
struct ComparedClave {
    own: Option<Digest>,
    living: Vec<LivingKey>,
    found: Option<FoundClave>,
    /// For which what was typed was right.
    on: Option<Digest>,
}

impl ComparedClave {
    /// The account, if there is nothing else to compare with than there was.
    fn still(&self, claves: &Claves, now_ms: u64) -> Result<Held<Account>, Trouble> {
        let account = claves.account.as_ref().filter(|held| self.own.as_ref() == Some(&held.value.clave));
        let is_same = self.living == claves.recoveries.living_keys(now_ms);
        account.filter(|_| is_same).cloned().ok_or(Trouble::Outdated)
    }
}

/// A clave as it was typed, by whom, and what SII says of them.
struct TypedClave<'a> {
    representative: Rut,
    representation: &'a Result<Representation, Down>,
    compared: &'a ComparedClave,
}

impl TypedClave<'_> {
    fn is_right_for(&self, account: &Held<Account>) -> bool {
        let is_on_file = account.value.representative.rut == self.representative;
        let represents = is_on_file || matches!(self.representation, Ok(Representation::Current { .. }));
        represents && self.compared.found.is_some()
    }
}

/// What a right clave is decided on.
struct ClaveToProve {
    claves: Claves,
    tally: Tally,
}

fn decide_right(
    read: &ClaveToProve,
    typed: &TypedClave<'_>,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<ClaveProved>, Trouble> {
    let account = typed.compared.still(&read.claves, drawn.now_ms)?;
    let found = typed.compared.found.filter(|_| typed.is_right_for(&account)).ok_or(Trouble::Outdated)?;
    let by = found.recovery();
    not_outranked(&account.value, &read.claves.recoveries, by, drawn.now_ms)?;
    let right = rows.row(drawn.now_ms, Action::CheckClave, Outcome::Right);
    let draft = read.tally.forgiven(drawn.draft().audit(&right)).expect_unchanged(&account);
    let on = typed.compared.on.clone().ok_or(Trouble::Outdated)?;
    Ok(Decision { draft, answer: proved(&account, typed.representative, found, on) })
}

fn proved(account: &Held<Account>, typed: Rut, found: FoundClave, on: Digest) -> ClaveProved {
    let Account { company, name, representative, address, .. } = &account.value;
    let kind = if found == FoundClave::Own { ClaveKind::Own } else { ClaveKind::Sent };
    let by = found.recovery();
    let names = [name.as_str(), representative.name.as_str(), address.comuna.name()];
    let known = KnownWords::new(*company, &names);
    ClaveProved::proved_by_digest((*company, typed), (kind, by, on), account.version, known)
}

/// A new clave, which is none of those that it was compared with.
struct ChosenClave<'a> {
    digest: &'a Digest,
    by: Option<Id>,
    /// What was typed for it was right for this.
    on: &'a Digest,
    compared: &'a ComparedClave,
}

impl ChosenClave<'_> {
    /// Whether the clave that was typed for it is one still: it may have been replaced, or its key ended,
    /// while this visit stood open (S7).
    fn is_still_on_file(&self) -> bool {
        match self.by {
            None => self.compared.own.as_ref() == Some(self.on),
            Some(_) => self.compared.living.iter().any(|key| key.digest == *self.on),
        }
    }
}

/// What a change is decided on.
struct ClaveToChange {
    claves: Claves,
    under_way: AllUnderWay,
}

impl ClaveToChange {
    async fn read(means: &Means, company: Rut, now_ms: u64) -> Result<Self, Trouble> {
        let claves = Claves::read(means, company).await?;
        let Some(account) = &claves.account else { return Err(gone().into()) };
        let under_way = AllUnderWay::read(means, account, now_ms).await?;
        Ok(ClaveToChange { claves, under_way })
    }
}

fn decide_change(
    read: &ClaveToChange,
    chosen: &ChosenClave<'_>,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<Option<Folio>>, Trouble> {
    let Drawn { now_ms, folio, .. } = *drawn;
    let account = chosen.compared.still(&read.claves, now_ms)?;
    if !chosen.is_still_on_file() {
        return Ok(Decision::answer(drawn, None));
    }
    let rank = not_outranked(&account.value, &read.claves.recoveries, chosen.by, now_ms)?;
    let mut changed = Account { clave: chosen.digest.clone(), ..account.value.clone() };
    let mut ids = drawn.ids();
    let draft = read.under_way.proofs.ended(read.claves.recoveries.forget_all(drawn.draft()));
    changed.recoveries.clear();
    changed.trust.remember(rank, now_ms);
    let (draft, told) = match rank {
        Rank::Low => told_of_change(read, draft, chosen, &mut changed, (drawn, &mut ids)),
        Rank::Person | Rank::Office => {
            told_in_person(draft, &mut ids, &account.value, &mut changed, (folio, now_ms))
        }
    };
    let entry = rows.row(now_ms, Action::ChangeClave, Outcome::Done).under(folio);
    let draft = draft.replace(&account, &changed, None).audit(&entry);
    Ok(Decision { draft: post(draft, &mut ids, &told), answer: Some(folio) })
}

/// Every channel on file hears of it, with a code that brings the clave before back.
fn told_of_change(
    read: &ClaveToChange,
    draft: Draft,
    chosen: &ChosenClave<'_>,
    changed: &mut Account,
    (drawn, ids): (&Drawn, &mut Ids),
) -> (Draft, Vec<Errand>) {
    let Drawn { now_ms, folio, .. } = *drawn;
    let before = chosen.compared.own.clone().unwrap_or_else(|| changed.clave.clone());
    let what = Undoes::ClaveChange { before, by: chosen.by };
    let (draft, undo) = noted(draft, &read.under_way.notices, what, changed, (drawn, ids.fresh()));
    let (company, language) = (changed.company, changed.language);
    let message = Message { kind: ErrandKind::ClaveChanged { undo }, company, language, folio, now_ms };
    (draft, message.to_all_channels(changed))
}

/// A living notice is never forgotten for a newer one: whoever has the account could push the
/// owner's out. A code undoes all that came after it, so one that brings a clave back does for this;
/// where none does, there is one more.
fn noted(
    draft: Draft,
    notices: &Notices,
    what: Undoes,
    changed: &mut Account,
    (drawn, id): (&Drawn, Id),
) -> (Draft, Id) {
    if let Some(newest) = notices.newest_of_clave().filter(|_| notices.is_full()) {
        notices.keep_living(changed);
        return (tell_with(draft, newest, drawn.now_ms), newest.id);
    }
    let notice = new_notice(changed.company, drawn.folio, what, drawn.now_ms);
    (notices.note(draft, changed, &(id, notice)), id)
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
