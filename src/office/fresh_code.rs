//! Another code of a member who is signed in (T8), for an act that takes one of the last minute. The
//! session may have been left open beside a person, so the code proves that the act is theirs.

use super::drawn::Drawn;
use super::means::{Decision, Means};
use super::pins::Pins;
use super::trouble::Trouble;
use crate::audit::{Actor, Entry};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::secret::Secret;
use crate::domain::staff::StaffAccount;
use crate::effect::{StaffReply, StaffSession};
use crate::store::records::Held;
use crate::store::tallies::FailuresOfRut;
use crate::vault::{Blind, totp};

/// Checks another code.
#[derive(Clone, Copy)]
pub struct FreshCode<'a> {
    means: &'a Means,
}

impl<'a> FreshCode<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        FreshCode { means }
    }

    /// When the right code was typed, in milliseconds since 1970; `None` if it isn't right, or was used
    /// before. A try is counted before it is checked, as at the sign-in.
    ///
    /// # Errors
    /// [`Trouble::Refused`] with how long to wait: nothing was checked. [`Trouble::Staff`] when the
    /// account has ended.
    pub async fn typed(&self, session: &StaffSession, code: &Secret) -> Result<Option<u64>, Trouble> {
        let means = self.means;
        let tally = means.vault().blind_name(Blind::LimitOfStaff, session.name());
        Pins::of(means).count(tally).await?;
        let drawn = means.draw().await?;
        means
            .settle(
                || async {
                    let account = means.records.get::<StaffAccount>(session.account()).await?;
                    let account = account.filter(|held| !held.value.disabled);
                    let account = account.ok_or(Trouble::Staff(StaffReply::SessionOver))?;
                    let step = totp::step_of(&account.value.totp, code, (means.clock)());
                    Ok(TypedCode { account, step, failures: means.records.get(tally).await? })
                },
                |read| Ok(decide(&read, &drawn, &means.settings.terminal)),
            )
            .await
    }
}

/// A code as it was typed, and what is on file of whose it should be.
struct TypedCode {
    account: Held<StaffAccount>,
    /// That the code belongs to, if it is valid now.
    step: Option<u64>,
    failures: Option<Held<FailuresOfRut>>,
}

/// The step is used up with the batch that accepts it.
fn decide(typed: &TypedCode, drawn: &Drawn, terminal: &Clean) -> Decision<Option<u64>> {
    let (account, now_ms) = (&typed.account.value, drawn.now_ms);
    let row = |outcome| {
        let staff = Actor::Staff(account.name.clone());
        Entry::new(now_ms, terminal, staff, Action::TypeCodeAgain, outcome)
    };
    let step = match typed.step {
        Some(step) if step > account.last_step => step,
        used => {
            let outcome = if used.is_some() { Outcome::Already } else { Outcome::Wrong };
            return Decision { draft: drawn.draft().audit(&row(outcome)), answer: None };
        }
    };
    let used = StaffAccount { last_step: step, ..account.clone() };
    let draft = drawn.draft().replace(&typed.account, &used, None).audit(&row(Outcome::Right));
    let draft = typed.failures.iter().fold(draft, |draft, failures| draft.remove(failures));
    Decision { draft, answer: Some(now_ms) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Digest;
    use crate::domain::reference::Id;
    use crate::domain::rut::Rut;
    use crate::domain::staff::{Role, TotpSecret};
    use crate::store::records::Write;

    const NOON: u64 = 1_795_348_800_000;

    fn typed(step: Option<u64>, last_step: u64) -> TypedCode {
        let account = StaffAccount {
            name: "rosa".into(),
            rut: Rut::of_body(12_345_678).expect("it is a RUT"),
            role: Role::Helper,
            password: Digest("digest".into()),
            totp: TotpSecret([1; 20]),
            last_step,
            disabled: false,
            created_ms: 0,
        };
        let account = Held { id: Id([1; 16]), version: 3, due_ms: None, value: account };
        let value = FailuresOfRut { failures: 2, last_ms: NOON };
        let failures = Some(Held { id: Id([5; 16]), version: 4, due_ms: None, value });
        TypedCode { account, step, failures }
    }

    /// The outcome on record, how much is written, and when it counts from.
    #[test]
    fn each_code_counts_once() {
        let table = [
            (typed(Some(7), 6), Outcome::Right, 3, Some(NOON)),
            (typed(Some(7), 7), Outcome::Already, 1, None),
            (typed(Some(7), 8), Outcome::Already, 1, None),
            (typed(None, 6), Outcome::Wrong, 1, None),
        ];
        for (number, (typed, outcome, writes, answer)) in table.into_iter().enumerate() {
            let decision = decide(&typed, &Drawn::for_test(NOON), &"03".into());
            let rows: Vec<Outcome> = decision
                .draft
                .writes()
                .iter()
                .filter_map(|write| match write {
                    Write::Audit(row) => Some(row.outcome),
                    _ => None,
                })
                .collect();
            let told = (rows, decision.draft.writes().len(), decision.answer);
            assert_eq!(told, (vec![outcome], writes, answer), "row {number}");
        }
    }
}
