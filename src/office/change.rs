//! *Cambiar CS* (guide 4) behind the screens, with the owner's clave or with a sent key (S7).

use super::admission::Admission;
use super::checks::Checks;
use super::claves::{Against, Claves, ComparedClave, FoundClave};
use super::drawn::{Drawn, Ids};
use super::means::{Decision, Means, ROUNDS, Rows};
use super::messages::{Message, post};
use super::new_address::not_overruled;
use super::notices::{Notices, new_notice, tell_with, told_in_person};
use super::recoveries::KnownRecoveries;
use super::secret_refused::SecretRefused;
use super::tries::{Tally, Tries};
use super::trouble::{Answer, Trouble, too_busy};
use super::unconfirmed::TriedSecret;
use super::under_way::AllUnderWay;
use crate::domain::account::Account;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::office_time::{OfficeTime, ProtectionsTime};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::sii_word::{SiiWord, Typist};
use crate::domain::trust::Rank;
use crate::domain::undo::Undoes;
use crate::effect::{ClaveKind, ClaveProved, Refusal, Reply};
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

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

    /// SII is asked whatever was typed, and the clave is compared with as many hashings whatever there is
    /// (S9). When SII says no, or that the company is closed, nobody goes on, and when it gives no answer, the
    /// one on file alone. Whoever doesn't go on is told the same, and has the try counted, whether it was
    /// the clave or the representative: so nobody learns whether the clave was right; and whoever asks the
    /// same again, until SII answers, has it counted once. While the company must wait, nothing but a sent key
    /// is compared (T9): tries at it are counted apart, and SII is asked about whoever brings it alone.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when something does not match, [`Trouble::Registry`] when SII does not
    /// answer about whoever brings a sent key while the company must wait.
    pub async fn check_clave(&self, company: Rut, representative: Rut, clave: &Secret) -> Answer {
        let (means, action) = (self.means, Action::CheckClave);
        let tried = TriedSecret { company, representative: Some(representative), secret: clave };
        let admission = match means.unconfirmed.is_of(tried) {
            true => Admission::again(means, company, action).await?,
            false => Admission::to_clave(means, company, action).await?,
        };
        let answer = self.judge((company, representative), clave, &admission).await;
        means.unconfirmed.hears(tried, &answer);
        answer
    }

    async fn judge(
        &self,
        (company, representative): (Rut, Rut),
        clave: &Secret,
        admission: &Admission,
    ) -> Answer {
        let means = self.means;
        let refused = SecretRefused { means, company, admission, action: Action::CheckClave };
        let (against, mut said) = match admission {
            Admission::Counted(_) | Admission::Again(_) => {
                (Against::All, Some(Checks::of(means).word(company, representative).await?))
            }
            Admission::Blocked { .. } => (Against::SentAlone, None),
        };
        for _ in 0..ROUNDS {
            let claves = Claves::read(means, company).await?;
            let compared = claves.compare(means, clave, (against, admission.time())).await?;
            if let Some(held) = claves.account.as_ref().filter(|_| compared.was_ended) {
                return refused.over(&held.value).await;
            }
            let Some(held) = claves.account.as_ref().filter(|_| compared.found.is_some()) else {
                let outcome = if claves.account.is_some() { Outcome::Wrong } else { Outcome::NoAccount };
                return refused.refuse(outcome, said.as_ref()).await;
            };
            let word = match said.take() {
                Some(said) => said,
                None => Checks::of(means).word(company, representative).await?,
            };
            let now = admission.time().protections();
            let typed = TypedClave { representative, word: &word, compared: &compared, now };
            if !typed.is_right_for(held) {
                return refused.turn_away(&word).await;
            }
            match self.let_in(company, admission.time(), &typed).await {
                Err(Trouble::Outdated) => said = Some(word),
                Err(Trouble::Refused(refusal)) => return refused.outranked(refusal).await,
                proved => return proved.map(Reply::ClaveRight),
            }
        }
        Err(too_busy("the clave").into())
    }

    async fn let_in(
        &self,
        company: Rut,
        time: OfficeTime,
        typed: &TypedClave<'_>,
    ) -> Result<ClaveProved, Trouble> {
        let (means, drawn) = (self.means, Drawn::at(time, self.means.vault()));
        let rows = means.rows(company);
        means
            .settle(
                || async {
                    let claves = Claves::read(means, company).await?;
                    Ok(ClaveToProve { claves, tallies: Tries::of(means).tallies_of(company).await? })
                },
                |read| decide_right(&read, typed, &drawn, &rows),
            )
            .await
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
            let compared = claves.compare(means, clave.secret(), (Against::All, drawn.time())).await?;
            match compared.found {
                // Saved before, by a press whose answer nobody waited for.
                Some(FoundClave::Own) if account.version != proved.version() => {
                    let notices = Notices::read(means, &account.value, drawn.time()).await?;
                    let folio = notices.newest_folio();
                    let notices = means.outlooks(drawn.protections()).of_notices(&account.value);
                    let changed = |folio| Reply::ClaveChanged { folio, notices };
                    return Ok(folio.map_or(Reply::ClaveUnchanged, changed));
                }
                Some(_) => return Ok(Reply::ClaveUnchanged),
                None => {}
            }
            let chosen =
                ChosenClave { digest: &digest, by: proved.by(), on: proved.on(), compared: &compared };
            let changed = means
                .settle(
                    || ClaveToChange::read(means, company, drawn.time()),
                    |read| decide_change(&read, &chosen, &drawn, &rows),
                )
                .await;
            match changed {
                Err(Trouble::Outdated) => {}
                changed => {
                    let Some(folio) = changed? else { return Ok(Reply::DataStale) };
                    let notices = means.outlooks(drawn.protections()).of_notices(&account.value);
                    means.wake_courier();
                    return Ok(Reply::ClaveChanged { folio, notices });
                }
            }
        }
        Err(too_busy("the clave").into())
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable("the account is gone".into())
}

/// The rank of what a clave does, if nothing stronger is under way: the company's own is weaker than a
/// key that came of a deed in person (T4c).
fn not_outranked(
    account: &Account,
    recoveries: &KnownRecoveries,
    by: Option<Id>,
    now: ProtectionsTime,
) -> Result<Rank, Trouble> {
    match by.map_or(Rank::Low, |recovery| recoveries.rank_of(recovery)) {
        Rank::Low => not_overruled(account, recoveries, now).map(|()| Rank::Low),
        _ if account.trust.is_frozen() => Err(Trouble::Refused(Refusal::Frozen)),
        rank => Ok(rank),
    }
}

/// A clave as it was typed, by whom, and what SII says of them.
struct TypedClave<'a> {
    representative: Rut,
    word: &'a SiiWord,
    compared: &'a ComparedClave,
    now: ProtectionsTime,
}

impl TypedClave<'_> {
    fn is_right_for(&self, account: &Held<Account>) -> bool {
        let typist = match account.value.trust.rank(self.now) {
            _ if account.value.representative.rut != self.representative => Typist::Another,
            Rank::Office => Typist::GivenByTwo,
            Rank::Low | Rank::Person => Typist::OnFile,
        };
        self.word.lets_on(typist) && self.compared.found.is_some()
    }
}

/// What a right clave is decided on.
struct ClaveToProve {
    claves: Claves,
    tallies: Vec<Tally>,
}

fn decide_right(
    read: &ClaveToProve,
    typed: &TypedClave<'_>,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<ClaveProved>, Trouble> {
    let account = typed.compared.still(&read.claves, drawn.rights())?;
    let found = typed.compared.found.filter(|_| typed.is_right_for(&account)).ok_or(Trouble::Outdated)?;
    let by = found.recovery();
    not_outranked(&account.value, &read.claves.recoveries, by, drawn.protections())?;
    let right = rows.row(drawn.now_ms, Action::CheckClave, Outcome::Right);
    let draft = read.tallies.iter().fold(drawn.draft().audit(&right), |draft, tally| tally.forgiven(draft));
    let draft = draft.expect_unchanged(&account);
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
    async fn read(means: &Means, company: Rut, time: OfficeTime) -> Result<Self, Trouble> {
        let claves = Claves::read(means, company).await?;
        let Some(account) = &claves.account else { return Err(gone().into()) };
        let under_way = AllUnderWay::read(means, account, time).await?;
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
    let account = chosen.compared.still(&read.claves, drawn.rights())?;
    if !chosen.is_still_on_file() {
        return Ok(Decision::answer(drawn, None));
    }
    let rank = not_outranked(&account.value, &read.claves.recoveries, chosen.by, drawn.protections())?;
    let mut changed = Account { clave: chosen.digest.clone(), ..account.value.clone() };
    let mut ids = drawn.ids();
    let draft = read.under_way.proofs.ended(read.claves.recoveries.forget_all(drawn.draft()));
    changed.recoveries.clear();
    changed.trust.remember(rank, drawn.time());
    let (draft, told) = match rank {
        Rank::Low => told_of_change(read, draft, chosen, &mut changed, (drawn, &mut ids)),
        Rank::Person | Rank::Office => {
            told_in_person(draft, &mut ids, &account.value, &mut changed, (folio, drawn.time()))
        }
    };
    let mut told = told;
    let (company, language) = (account.value.company, account.value.language);
    let about = Message { kind: ErrandKind::Warned, company, language, folio, now_ms };
    read.under_way.warn_where_keys_went(&about, &mut told, None);
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
