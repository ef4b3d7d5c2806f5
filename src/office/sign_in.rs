//! How staff sign in (S18): a name, a password, and a code from their telephone that was not used
//! before. Wrong ones slow that name alone. They do not count towards the terminal's lock: it never keeps
//! staff out, so that it would only let a stranger with made-up names lock it for everybody else (T9).

use super::drawn::Drawn;
use super::means::{Decision, Means, ROUNDS};
use super::pins::Pins;
use super::trouble::{Trouble, too_busy};
use crate::audit::{Actor, Entry};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::reference::Id;
use crate::domain::secret::Secret;
use crate::domain::staff::{Role, StaffAccount, TotpSecret};
use crate::effect::StaffSession;
use crate::store::records::{Held, Records};
use crate::store::tallies::FailuresOfRut;
use crate::vault::{Blind, totp};

/// Somebody who proved who they are, and may have a session. Only the office makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    pub(super) name: Clean,
    pub(super) role: Role,
    pub(super) account: Id,
    pub(super) now_ms: u64,
}

impl Admitted {
    /// Whose account it is.
    pub fn name(&self) -> &Clean {
        &self.name
    }

    /// When their code was typed, in milliseconds since 1970.
    pub fn code_ms(&self) -> u64 {
        self.now_ms
    }

    /// Their session, which counts once the terminal has opened it.
    pub fn session(self, records: &Records) -> StaffSession {
        let Admitted { name, role, account, now_ms } = self;
        StaffSession::signed_in(records.new_id(now_ms), name, role, account)
    }
}

/// Lets staff in.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    means: &'a Means,
}

impl<'a> SignIn<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        SignIn { means }
    }

    /// A try is counted before it is checked. Whoever is refused doesn't hear which of the three was
    /// wrong: `None`. The verdict holds for the password and the telephone that it was made on; when
    /// an operator changes them meanwhile, it is made again.
    ///
    /// # Errors
    /// [`Trouble::Refused`] with how long to wait: nothing was checked.
    pub async fn with(
        &self,
        name: &Clean,
        password: &Secret,
        code: &Secret,
    ) -> Result<Option<Admitted>, Trouble> {
        let means = self.means;
        let tally = means.vault().blind_name(Blind::LimitOfStaff, name);
        Pins::of(means).count(tally).await?;
        for _ in 0..ROUNDS {
            let verdict = self.verify(name, password, code).await?;
            let drawn = means.draw().await?;
            let decided = means.settle(
                || Known::read(means, name, tally),
                |known| decide(&known, verdict.as_ref(), &drawn, &means.settings.terminal),
            );
            match decided.await {
                Err(Trouble::Outdated) => {}
                decided => return decided,
            }
        }
        Err(too_busy("the staff account").into())
    }

    /// One hashing, also for a name that nobody has.
    async fn verify(
        &self,
        name: &Clean,
        password: &Secret,
        code: &Secret,
    ) -> Result<Option<Checked>, Trouble> {
        let means = self.means;
        let Some(StaffAccount { password: digest, totp, .. }) =
            means.records.staff_named(name).await?.map(|held| held.value.clone())
        else {
            means.vault().verify_nothing().await;
            return Ok(None);
        };
        let is_password = means.vault().verify(password, &digest).await.is_right();
        let step = totp::step_of(&totp, code, (means.clock)());
        Ok(Some(Checked { digest, totp, step: step.filter(|_| is_password) }))
    }
}

/// What was found of password and code, and on what.
struct Checked {
    digest: Digest,
    totp: TotpSecret,
    /// The step of the code, when both are right.
    step: Option<u64>,
}

/// What is on file of somebody who signs in.
struct Known {
    account: Option<Held<StaffAccount>>,
    failures: Option<Held<FailuresOfRut>>,
}

impl Known {
    async fn read(means: &Means, name: &Clean, tally: Id) -> Result<Self, Trouble> {
        Ok(Known {
            account: means.records.staff_named(name).await?,
            failures: means.records.get(tally).await?,
        })
    }
}

/// The step of the code is used up with the batch that lets them in, so that of two at once one comes
/// too late.
fn decide(
    known: &Known,
    checked: Option<&Checked>,
    drawn: &Drawn,
    terminal: &Clean,
) -> Result<Decision<Option<Admitted>>, Trouble> {
    let now_ms = drawn.now_ms;
    let row = |actor, outcome| Entry::new(now_ms, terminal, actor, Action::SignIn, outcome);
    let refused =
        |actor, outcome| Ok(Decision { draft: drawn.draft().audit(&row(actor, outcome)), answer: None });
    let (held, checked) = match (&known.account, checked) {
        (None, None) => return refused(Actor::Person, Outcome::NoAccount),
        (Some(held), Some(checked))
            if held.value.password == checked.digest && held.value.totp == checked.totp =>
        {
            (held, checked)
        }
        _ => return Err(Trouble::Outdated),
    };
    let account = &held.value;
    let staff = || Actor::Staff(account.name.clone());
    let step = match checked.step {
        _ if account.disabled => return refused(staff(), Outcome::Dead),
        None => return refused(staff(), Outcome::Wrong),
        Some(step) if step <= account.last_step => return refused(staff(), Outcome::Already),
        Some(step) => step,
    };
    let used = StaffAccount { last_step: step, ..account.clone() };
    let draft = drawn.draft().replace(held, &used, None).audit(&row(staff(), Outcome::Right));
    let draft = known.failures.iter().fold(draft, |draft, failures| draft.remove(failures));
    let (name, role) = (account.name.clone(), account.role);
    Ok(Decision { draft, answer: Some(Admitted { name, role, account: held.id, now_ms }) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rut::Rut;
    use crate::store::records::Write;

    const NOON: u64 = 1_795_348_800_000;

    fn rosa(last_step: u64, disabled: bool) -> Held<StaffAccount> {
        let value = StaffAccount {
            name: "rosa".into(),
            rut: Rut::of_body(12_345_678).expect("it is a RUT"),
            role: Role::Helper,
            password: Digest("digest".into()),
            totp: TotpSecret([1; 20]),
            last_step,
            disabled,
            created_ms: 0,
        };
        Held { id: Id([1; 16]), version: 3, due_ms: None, value }
    }

    fn checked(digest: &str, step: Option<u64>) -> Option<Checked> {
        Some(Checked { digest: Digest(digest.into()), totp: TotpSecret([1; 20]), step })
    }

    /// The outcome on record, and whether they were let in.
    fn decided(account: Option<Held<StaffAccount>>, checked: Option<Checked>) -> Option<(Outcome, bool)> {
        let known = Known { account, failures: None };
        let drawn = Drawn::for_test(NOON);
        match decide(&known, checked.as_ref(), &drawn, &"03".into()) {
            Err(Trouble::Outdated) => None,
            Err(other) => panic!("{other}"),
            Ok(Decision { draft, answer }) => draft.writes().iter().find_map(|write| match write {
                Write::Audit(row) => Some((row.outcome, answer.is_some())),
                _ => None,
            }),
        }
    }

    #[test]
    fn a_code_opens_once_and_a_verdict_holds_for_what_it_was_made_on() {
        let right = |step| checked("digest", Some(step));
        let table = [
            (None, None, Some((Outcome::NoAccount, false))),
            (Some(rosa(6, false)), right(7), Some((Outcome::Right, true))),
            (Some(rosa(7, false)), right(7), Some((Outcome::Already, false))),
            (Some(rosa(6, true)), right(7), Some((Outcome::Dead, false))),
            (Some(rosa(6, false)), checked("digest", None), Some((Outcome::Wrong, false))),
            (Some(rosa(6, false)), checked("another", Some(7)), None),
            (Some(rosa(6, false)), None, None),
            (None, right(7), None),
        ];
        for (number, (account, checked, expected)) in table.into_iter().enumerate() {
            assert_eq!(decided(account, checked), expected, "row {number}");
        }
    }

    #[test]
    fn the_step_is_used_up_with_what_lets_them_in() {
        let (held, drawn) = (rosa(6, false), Drawn::for_test(NOON));
        let known = Known { account: Some(held.clone()), failures: None };
        let decision = decide(&known, checked("digest", Some(7)).as_ref(), &drawn, &"03".into());
        let draft = decision.expect("nothing changed meanwhile").draft;
        let used = StaffAccount { last_step: 7, ..held.value.clone() };
        let replaced = drawn.draft().replace(&held, &used, None);
        assert_eq!(draft.writes()[0], replaced.writes()[0]);
    }
}
