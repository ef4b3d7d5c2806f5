//! *Cambiar CS* (guide 4) behind the screens, with the owner's clave or with a sent key (S7).

use super::admission::Admission;
use super::contact_proofs::ContactProofs;
use super::drawn::Drawn;
use super::means::{Decision, Means, ROUNDS, Rows};
use super::messages::{Message, post};
use super::notices::{Notices, new_notice, tell_with};
use super::recoveries::{KnownRecoveries, LivingKey};
use super::tries::{Tally, Tries};
use super::trouble::{Answer, Trouble, too_busy};
use crate::domain::account::Account;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::errand::ErrandKind;
use crate::domain::folio::Folio;
use crate::domain::found::Found;
use crate::domain::reference::Id;
use crate::domain::register::{Down, Representation};
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::undo::Undoes;
use crate::effect::{ClaveKind, ClaveProved, Reply};
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

    /// The clave is compared first, with as many hashings whatever there is (S9). A wrong one is told
    /// as wrong and counted, whoever answers; a right one is counted never. Only for a right one is SII
    /// asked: when it says no, nobody goes on, and when it gives no answer, the one on file alone.
    /// While the company must wait, nothing but a sent key is compared (T9).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when something does not match, [`Trouble::Registry`] when SII does not
    /// answer and its word was needed.
    pub async fn check_clave(&self, company: Rut, representative: Rut, clave: &Secret) -> Answer {
        let (means, action) = (self.means, Action::CheckClave);
        let admission = Admission::to_clave(means, company, action).await?;
        let against = match &admission {
            Admission::Counted(_) => Against::All,
            Admission::Blocked { .. } => Against::SentAlone,
        };
        let mut said = None;
        for _ in 0..ROUNDS {
            let claves = Claves::read(means, company).await?;
            let compared = self.compare(&claves, clave, (against, admission.now_ms())).await?;
            let Some(held) = claves.account.as_ref().filter(|_| compared.found.is_some()) else {
                return self.refuse(company, claves.account.is_some(), &admission).await;
            };
            let representation = match said {
                Some(said) => said,
                None => {
                    let looked = means.registry.representation(company, representative).await;
                    means.looked(company, looked).await?
                }
            };
            let typed = TypedClave { representative, representation: &representation, compared: &compared };
            if !typed.is_right_for(held) {
                return self.turn_away(company, &admission, &representation).await;
            }
            match self.let_in(company, admission.now_ms(), &typed).await {
                Err(Trouble::Outdated) => said = Some(representation),
                proved => return proved.map(Reply::ClaveRight),
            }
        }
        Err(too_busy("the clave").into())
    }

    async fn let_in(
        &self,
        company: Rut,
        now_ms: u64,
        typed: &TypedClave<'_>,
    ) -> Result<ClaveProved, Trouble> {
        let (means, drawn) = (self.means, Drawn::at(now_ms));
        let rows = means.rows(company);
        means
            .settle(
                || async {
                    let claves = Claves::read(means, company).await?;
                    Ok(ClaveToProve { claves, tally: Tries::of(means).tally_of(company).await? })
                },
                |read| decide_right(&read, typed, &drawn, &rows),
            )
            .await
    }

    /// The clave is wrong, and the try stays counted.
    async fn refuse(&self, company: Rut, is_known: bool, admission: &Admission) -> Answer {
        let Admission::Counted(counted) = admission else { return Err(admission.mismatch()) };
        let outcome = if is_known { Outcome::Wrong } else { Outcome::NoAccount };
        let entry = self.means.entry(counted.now_ms, Action::CheckClave, outcome, company);
        Tries::of(self.means).fail(counted, &entry).await
    }

    /// The clave is right, and the person may not use it: whoever SII refuses hears what anybody hears,
    /// and staff can tell them why.
    async fn turn_away(
        &self,
        company: Rut,
        admission: &Admission,
        representation: &Result<Representation, Down>,
    ) -> Answer {
        let (means, now_ms) = (self.means, admission.now_ms());
        let found = representation.as_ref().map_or_else(Found::from, Found::from);
        let entry = means.entry(now_ms, Action::CheckClave, Outcome::Found(found), company);
        match admission {
            Admission::Counted(counted) => Tries::of(means).uncount(counted, &entry).await?,
            Admission::Blocked { .. } => means.commit(means.records.draft(now_ms).audit(&entry)).await?,
        }
        match representation {
            Ok(_) => Err(admission.mismatch()),
            Err(down) => Err(down.clone().into()),
        }
    }

    /// Which of the company's claves this is, if it is one. Two hashings, whatever there is to
    /// compare with, and whatever comes of the first (S9).
    async fn compare(
        &self,
        claves: &Claves,
        typed: &Secret,
        (against, now_ms): (Against, u64),
    ) -> Result<ComparedClave, StoreError> {
        let vault = self.means.vault();
        let mut own = claves.account.as_ref().map(|held| held.value.clave.clone());
        let verdict = match (&own, against) {
            (Some(own), Against::All) => vault.verify(typed, own).await,
            (Some(_), Against::SentAlone) | (None, _) => vault.verify_nothing().await,
        };
        let living = claves.recoveries.living_keys(now_ms);
        let digests = living.iter().map(|key| key.digest.clone()).collect();
        let sent = vault.find(typed, digests).await.map(|place| FoundClave::SentBy(living[place].recovery));
        if let (Verdict::RightButOld, Some(held)) = (verdict, &claves.account) {
            own = Some(self.renew_digest(held, typed, now_ms).await?);
        }
        let found = if verdict.is_right() { Some(FoundClave::Own) } else { sent };
        Ok(ComparedClave { own, living, found })
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
            let compared = self.compare(&claves, clave.secret(), (Against::All, drawn.now_ms)).await?;
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
            let chosen = ChosenClave { digest: &digest, by: proved.by(), compared: &compared };
            let changed = means
                .settle(
                    || ClaveToChange::read(means, company, drawn.now_ms),
                    |read| decide_change(&read, &chosen, &drawn, &rows),
                )
                .await;
            match changed {
                Err(Trouble::Outdated) => {}
                changed => {
                    let folio = changed?;
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

/// Which of a company's claves a typed one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Against {
    All,
    /// Those that recoveries sent, and not its own.
    SentAlone,
}

/// Which of a company's claves was typed: its own, or one that a recovery sent and that still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FoundClave {
    Own,
    SentBy(Id),
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
        let goes_on = match self.representation {
            Ok(Representation::Current { .. }) => true,
            Ok(Representation::Former | Representation::Never) => false,
            Err(_) => account.value.representative.rut == self.representative,
        };
        goes_on && self.compared.found.is_some()
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
    let right = rows.row(drawn.now_ms, Action::CheckClave, Outcome::Right);
    let draft = read.tally.forgiven(drawn.draft().audit(&right)).expect_unchanged(&account);
    Ok(Decision { draft, answer: proved(&account, typed.representative, found) })
}

fn proved(account: &Held<Account>, typed: Rut, found: FoundClave) -> ClaveProved {
    let Account { company, name, representative, address, .. } = &account.value;
    let (kind, by) = match found {
        FoundClave::Own => (ClaveKind::Own, None),
        FoundClave::SentBy(recovery) => (ClaveKind::Sent, Some(recovery)),
    };
    let names = [name.as_str(), representative.name.as_str(), address.comuna.name()];
    let known = KnownWords::new(*company, &names);
    ClaveProved::proved_by_digest((*company, typed), (kind, by), account.version, known)
}

/// A new clave, which is none of those that it was compared with.
struct ChosenClave<'a> {
    digest: &'a Digest,
    by: Option<Id>,
    compared: &'a ComparedClave,
}

/// What a change is decided on.
struct ClaveToChange {
    claves: Claves,
    notices: Notices,
    proofs: ContactProofs,
}

impl ClaveToChange {
    async fn read(means: &Means, company: Rut, now_ms: u64) -> Result<Self, Trouble> {
        let claves = Claves::read(means, company).await?;
        let Some(account) = &claves.account else { return Err(gone().into()) };
        let notices = Notices::read(means, &account.value, now_ms).await?;
        let proofs = ContactProofs::read(means, company).await?;
        Ok(ClaveToChange { claves, notices, proofs })
    }
}

fn decide_change(
    read: &ClaveToChange,
    chosen: &ChosenClave<'_>,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<Folio>, Trouble> {
    let Drawn { now_ms, folio, .. } = *drawn;
    let account = chosen.compared.still(&read.claves, now_ms)?;
    let (company, language) = (account.value.company, account.value.language);
    let mut changed = Account { clave: chosen.digest.clone(), ..account.value.clone() };
    let mut ids = drawn.ids();
    let what = Undoes::ClaveChange { before: account.value.clave.clone(), by: chosen.by };
    let (draft, undo) = noted(&read.notices, what, &mut changed, (drawn, ids.fresh()));
    changed.recoveries.clear();
    let draft = read.proofs.ended(read.claves.recoveries.forget_all(draft));
    let kind = ErrandKind::ClaveChanged { undo };
    let notices = Message { kind, company, language, folio, now_ms }.to_all_channels(&changed);
    let entry = rows.row(now_ms, Action::ChangeClave, Outcome::Done).under(folio);
    let draft = draft.replace(&account, &changed, None).audit(&entry);
    Ok(Decision { draft: post(draft, &mut ids, &notices), answer: folio })
}

/// A living notice is never forgotten for a newer one: whoever has the account could push the
/// owner's out. A code undoes all that came after it, so one that brings a clave back does for this;
/// where none does, there is one more.
fn noted(notices: &Notices, what: Undoes, changed: &mut Account, (drawn, id): (&Drawn, Id)) -> (Draft, Id) {
    if let Some(newest) = notices.newest_of_clave().filter(|_| notices.is_full()) {
        notices.keep_living(changed);
        return (tell_with(drawn.draft(), newest, drawn.now_ms), newest.id);
    }
    let notice = new_notice(changed.company, drawn.folio, what, drawn.now_ms);
    (notices.note(drawn.draft(), changed, &(id, notice)), id)
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
