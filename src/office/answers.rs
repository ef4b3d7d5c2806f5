//! The secret answer (guide 3.3): how one is compared, and what a right one proves (E1).

use super::admission::Admission;
use super::checks::Checks;
use super::drawn::Drawn;
use super::means::{Decision, Means, ROUNDS, Rows};
use super::new_address::not_overruled;
use super::recoveries::KnownRecoveries;
use super::secret_refused::SecretRefused;
use super::tries::{Tally, Tries, Try};
use super::trouble::{Answer, Trouble, too_busy};
use super::unconfirmed::TriedSecret;
use crate::domain::account::{Account, SecretQuestion};
use crate::domain::answer::Answer as SecretAnswer;
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::rut::Rut;
use crate::domain::sii_word::SiiWord;
use crate::effect::{AnswerProved, Reply};
use crate::store::records::Held;
use crate::vault::Verdict;

/// Compares answers.
#[derive(Clone, Copy)]
pub struct Answers<'a> {
    means: &'a Means,
}

impl<'a> Answers<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Answers { means }
    }

    /// Whether this is the secret answer (guide 3.3). The verdict holds for the digest that it was made
    /// on: when somebody changes the answer meanwhile, it is made again. The answer stands for the
    /// representative on file: SII must name them still (E1). SII is asked whatever was typed, and whoever
    /// doesn't go on is told the same and has the try counted, whether it was the answer or the representative;
    /// while SII is silent nobody goes on, and asking the same again costs no other try.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when the answer is wrong, SII refuses or is silent, or no try may be made;
    /// [`Trouble::Registry`] when SII still does not answer about the same.
    pub async fn check(&self, company: Rut, answer: &SecretAnswer) -> Answer {
        let means = self.means;
        let tried = TriedSecret { company, representative: None, secret: answer.secret() };
        let is_again = means.unconfirmed.is_of(tried);
        let admission = Admission::to_answer(means, company, Action::CheckAnswer, is_again).await?;
        let answered = self.judge(company, answer, &admission).await;
        means.unconfirmed.hears(tried, &answered);
        answered
    }

    async fn judge(&self, company: Rut, answer: &SecretAnswer, admission: &Admission) -> Answer {
        let means = self.means;
        let refused = SecretRefused { means, company, admission, action: Action::CheckAnswer };
        let mut said: Option<(Rut, SiiWord)> = None;
        for _ in 0..ROUNDS {
            let account = means.records.account_of(company).await?;
            // Where there is no account, SII is asked all the same (T11): nobody represents themself.
            let on_file = account.as_ref().map_or(company, |account| account.value.representative.rut);
            let word = match said.take() {
                Some((of, word)) if of == on_file => word,
                _ => Checks::of(means).word(company, on_file).await?,
            };
            let secret = account.as_ref().and_then(|account| account.value.secret_question.as_ref());
            let verdict = match secret {
                Some(secret) => means.vault().verify(answer.secret(), &secret.answer).await,
                None => means.vault().verify_nothing().await,
            };
            let Some(secret) = secret.filter(|_| verdict.is_right()) else {
                let outcome = if account.is_some() { Outcome::Wrong } else { Outcome::NoAccount };
                return refused.refuse(outcome, Some(&word)).await;
            };
            if !matches!(word, SiiWord::Yes { .. }) {
                return refused.refuse(Outcome::Found(word.found()), Some(&word)).await;
            }
            let renewed = match verdict {
                Verdict::RightButOld => Some(means.vault().digest(answer.secret()).await),
                Verdict::Right | Verdict::Wrong => None,
            };
            let counted = admission.counted();
            let right = RightAnswer { on: &secret.answer, of: on_file, renewed, counted };
            match self.let_in(company, &right).await {
                Err(Trouble::Outdated) => said = Some((on_file, word)),
                Err(Trouble::Refused(refusal)) => return refused.outranked(refusal).await,
                proved => return proved.map(Reply::AnswerRight),
            }
        }
        Err(too_busy("the secret answer").into())
    }

    /// The answer is right: nothing of it counts as failed any more.
    async fn let_in(&self, company: Rut, right: &RightAnswer<'_>) -> Result<AnswerProved, Trouble> {
        let (means, drawn) = (self.means, Drawn::at(right.counted.time, self.means.vault()));
        let rows = means.rows(company);
        means
            .settle(
                || AnswerToProve::read(means, company, right.counted),
                |read| decide_right(read.as_ref(), right, &drawn, &rows),
            )
            .await
    }
}

/// A right answer that is not decided on yet.
struct RightAnswer<'a> {
    /// The digest that it was right for.
    on: &'a Digest,
    /// The representative whom SII names still.
    of: Rut,
    /// Made at today's cost, where the one on file was not (S1).
    renewed: Option<Digest>,
    counted: &'a Try,
}

/// What a right answer is decided on.
struct AnswerToProve {
    account: Held<Account>,
    recoveries: KnownRecoveries,
    tally: Tally,
}

impl AnswerToProve {
    /// Nothing, if the account is gone.
    async fn read(means: &Means, company: Rut, counted: &Try) -> Result<Option<Self>, Trouble> {
        let Some(account) = means.records.account_of(company).await? else { return Ok(None) };
        let recoveries = KnownRecoveries::read(means, &account.value.recoveries).await?;
        let tally = Tries::of(means).tally(counted).await?;
        Ok(Some(AnswerToProve { account, recoveries, tally }))
    }
}

fn decide_right(
    read: Option<&AnswerToProve>,
    right: &RightAnswer<'_>,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<AnswerProved>, Trouble> {
    let read = read.filter(|read| read.account.value.representative.rut == right.of);
    let read = read.ok_or(Trouble::Outdated)?;
    let account = &read.account.value;
    let secret = account.secret_question.as_ref().filter(|secret| secret.answer == *right.on);
    let secret = secret.ok_or(Trouble::Outdated)?;
    not_overruled(account, &read.recoveries, drawn.protections())?;
    let row = rows.row(drawn.now_ms, Action::CheckAnswer, Outcome::Right);
    let draft = read.tally.forgiven(drawn.draft().audit(&row));
    let draft = match &right.renewed {
        Some(renewed) => {
            let secret_question = Some(SecretQuestion { answer: renewed.clone(), ..secret.clone() });
            draft.replace(&read.account, &Account { secret_question, ..account.clone() }, None)
        }
        None => draft.expect_unchanged(&read.account),
    };
    let on = right.renewed.as_ref().unwrap_or(right.on).clone();
    Ok(Decision { draft, answer: AnswerProved::proved_by_digest(account.company, on) })
}
