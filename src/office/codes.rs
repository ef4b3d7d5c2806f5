//! AddressCodes that prove a mailbox or mobile (S8): checked, sent again, and what the right one means for
//! a registration.

use super::drawn::Drawn;
use super::means::{Decision, Means, ROUNDS, Rows};
use super::messages::{Message, post};
use super::new_address::NewAddress;
use super::own_data::OwnData;
use super::right_code::RightCode;
use super::trouble::{Answer, Trouble, too_busy};
use crate::domain::account::Account;
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::errand::ErrandKind;
use crate::domain::language::Language;
use crate::domain::pending::PendingApplication;
use crate::domain::proof::{CODE_TRIES, Proof, ProofFor};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::effect::{AwaitingCode, Proved, Reply};
use crate::office::message_tally::MessageTally;
use crate::store::records::Held;

/// Proves addresses by the codes that were sent to them.
#[derive(Clone, Copy)]
pub struct AddressCodes<'a> {
    means: &'a Means,
}

impl<'a> AddressCodes<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        AddressCodes { means }
    }

    /// A typed code. Each try is counted before it is checked (S8). A verdict holds for the code
    /// that it was made on: when another one was sent meanwhile, it is made again.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn check(&self, awaiting: AwaitingCode, code: &Secret) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let tried = means
            .settle(|| async { self.proof(&awaiting).await }, |proof| Ok(decide_try(proof, &drawn)))
            .await?;
        let (proof, mut on) = match tried {
            CodeTried::Counted { proof, on } => (proof, on),
            CodeTried::Not(reply) => return Ok(reply),
        };
        for _ in 0..ROUNDS {
            if !means.vault().verify(code, &on).await.is_right() {
                let entry = means.entry(drawn.now_ms, Action::CheckCode, Outcome::Wrong, proof.company);
                let entry = entry.under(awaiting.folio());
                means.commit(means.records.draft(drawn.now_ms).audit(&entry)).await?;
                return Ok(match CODE_TRIES - proof.tries {
                    0 => Reply::CodeDead,
                    tries_left => Reply::CodeWrong { tries_left },
                });
            }
            // What follows is another batch than the one that counted the try.
            let right = RightCode { awaiting: awaiting.clone(), on, drawn: Drawn::at(drawn.now_ms) };
            match self.follow(&right, &proof).await {
                Err(Trouble::Outdated) => {}
                answer => return answer,
            }
            let sent_since = self.proof(&awaiting).await?.and_then(|held| held.value.code);
            let Some(sent_since) = sent_since else { return Ok(Reply::CodeDead) };
            on = sent_since;
        }
        Err(too_busy("the code").into())
    }

    async fn follow(&self, right: &RightCode, proof: &Proof) -> Answer {
        match &proof.what {
            ProofFor::Registration { account } => self.prove_registration(right, proof, *account).await,
            ProofFor::Recovery { recovery } => NewAddress::of(self.means).hold(right, proof, *recovery).await,
            ProofFor::Contact { account, contact } => {
                OwnData::of(self.means).prove_contact(right, proof.company, (*account, contact.clone())).await
            }
        }
    }

    async fn prove_registration(&self, right: &RightCode, proof: &Proof, account: Option<Id>) -> Answer {
        let (means, rows) = (self.means, self.means.rows(proof.company));
        let proved = means
            .settle(
                || Registered::read(means, right, proof.company, account),
                |read| Ok(decide_registration(read, right, &rows)),
            )
            .await?;
        Ok(match proved {
            true => Reply::AddressProved(Proved::Registration { folio: right.awaiting.folio() }),
            false => Reply::CodeDead,
        })
    }

    /// Another code to the same mailbox. It buys no new tries (S8), and the address gets no more
    /// messages than it may (S11).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn send_again(&self, awaiting: AwaitingCode, language: Language) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let Drawn { now_ms, .. } = drawn;
        let held = self.proof(&awaiting).await?;
        let Some(proof) = held.map(|held| held.value).filter(|proof| proof.tries < CODE_TRIES) else {
            return Ok(Reply::CodeDead);
        };
        if proof.code.is_none() {
            // The first one is still on its way.
            return Ok(Reply::CodeComing);
        }
        if MessageTally::read(&means.records, &proof.to).await?.is_full(now_ms) {
            return Ok(Reply::CodeLimit);
        }
        let (company, folio) = (proof.company, awaiting.folio());
        let kind = ErrandKind::SendCode { proof: awaiting.proof() };
        let code = Message { kind, company, language, folio, now_ms }.to(proof.to);
        let entry = means.entry(now_ms, Action::SendCodeAgain, Outcome::Done, company).under(folio);
        means.commit(post(drawn.draft(), &mut drawn.ids(), &[code]).audit(&entry)).await?;
        means.wake_courier();
        Ok(Reply::CodeComing)
    }

    async fn proof(&self, awaiting: &AwaitingCode) -> Result<Option<Held<Proof>>, Trouble> {
        Ok(self.means.records.get::<Proof>(awaiting.proof()).await?)
    }
}

/// Whether a try may be made.
#[derive(Clone, Debug, PartialEq)]
enum CodeTried {
    /// It was counted, and is to be compared with this.
    Counted {
        /// With this try.
        proof: Box<Proof>,
        on: Digest,
    },
    Not(Reply),
}

fn decide_try(proof: Option<Held<Proof>>, drawn: &Drawn) -> Decision<CodeTried> {
    let not = |reply| Decision::answer(drawn, CodeTried::Not(reply));
    let Some(held) = proof else { return not(Reply::CodeDead) };
    let proof = &held.value;
    let is_over = drawn.now_ms >= proof.expires_ms;
    let Some(on) = proof.code.clone() else {
        return not(if proof.tries > 0 || is_over { Reply::CodeDead } else { Reply::CodeNotSent });
    };
    if is_over || proof.tries >= CODE_TRIES {
        return not(Reply::CodeDead);
    }
    let proof = Box::new(Proof { tries: proof.tries + 1, ..proof.clone() });
    let draft = drawn.draft().replace(&held, &*proof, held.due_ms);
    Decision { draft, answer: CodeTried::Counted { proof, on } }
}

/// What the right code of a registration is decided on.
struct Registered {
    /// Gone, if the code was used meanwhile.
    proof: Option<Held<Proof>>,
    account: Option<Held<Account>>,
    /// A register was down, and has not said yet whether there will be an account.
    pending: Option<Held<PendingApplication>>,
}

impl Registered {
    /// An application that waits for a register lies under `id`, the account that comes of it under
    /// the company's RUT.
    async fn read(means: &Means, right: &RightCode, company: Rut, id: Option<Id>) -> Result<Self, Trouble> {
        let proof = right.proof(means).await?;
        let (account, pending) = match id {
            Some(id) => (means.records.account_of(company).await?, means.records.get(id).await?),
            None => (None, None),
        };
        Ok(Registered { proof, account, pending })
    }
}

/// Whether the code still was worth something.
fn decide_registration(read: Registered, right: &RightCode, rows: &Rows) -> Decision<bool> {
    let drawn = &right.drawn;
    let Some(proof) = &read.proof else { return Decision::answer(drawn, false) };
    let entry = rows.row(drawn.now_ms, Action::ProveAddress, Outcome::Done).under(right.awaiting.folio());
    let mut draft = drawn.draft().remove(proof).audit(&entry);
    let is_its_own = |held: &&Held<Account>| held.value.email.folded() == proof.value.to.folded();
    if let Some(held) = read.account.as_ref().filter(is_its_own) {
        draft = draft.replace(held, &Account { email_proved: true, ..held.value.clone() }, None);
    }
    if let Some(held) = &read.pending {
        let mut pending = held.value.clone();
        pending.account.email_proved = true;
        draft = draft.replace(held, &pending, None);
    }
    Decision { draft, answer: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::destination::Destination;
    use crate::domain::lives::CODE_LIFE_MS;
    use crate::office::samples::{NOON, account, company, digest, folio, held, told};

    fn proof(code: Option<&str>, tries: u32) -> Held<Proof> {
        let proof = Proof {
            company: company(),
            to: Destination::Mail(account().email),
            what: ProofFor::Registration { account: Some(Id([1; 16])) },
            code: code.map(digest),
            expires_ms: NOON + CODE_LIFE_MS,
            tries,
        };
        held(4, proof)
    }

    #[test]
    fn a_try_is_counted_before_it_is_made() {
        let late = NOON + CODE_LIFE_MS;
        let table = [
            (None, NOON, Err(Reply::CodeDead)),
            (Some(proof(None, 0)), NOON, Err(Reply::CodeNotSent)),
            (Some(proof(None, 0)), late, Err(Reply::CodeDead)),
            // The code was used.
            (Some(proof(None, CODE_TRIES)), NOON, Err(Reply::CodeDead)),
            (Some(proof(Some("code"), 0)), NOON, Ok(1)),
            (Some(proof(Some("code"), CODE_TRIES - 1)), late - 1, Ok(CODE_TRIES)),
            (Some(proof(Some("code"), CODE_TRIES)), NOON, Err(Reply::CodeDead)),
            (Some(proof(Some("code"), 0)), late, Err(Reply::CodeDead)),
        ];
        for (number, (proof, now_ms, expected)) in table.into_iter().enumerate() {
            let decision = decide_try(proof, &Drawn::for_test(now_ms));
            let writes = told(decision.draft.writes());
            match decision.answer {
                CodeTried::Counted { proof, on } => {
                    assert_eq!((Ok(proof.tries), on), (expected, digest("code")), "{number}");
                    assert_eq!(writes, ["replace Proof"]);
                }
                CodeTried::Not(reply) => {
                    assert_eq!(Err(reply), expected, "{number}");
                    assert!(writes.is_empty());
                }
            }
        }
    }

    #[test]
    fn a_right_code_proves_the_address_that_it_went_to() {
        let awaiting = AwaitingCode::recorded(Id([4; 16]), folio(3));
        let right = RightCode { awaiting, on: digest("code"), drawn: Drawn::for_test(NOON) };
        let other = Account { email: "otra@comercial.example".parse().expect("an address"), ..account() };
        let table = [
            (Some(account()), true, vec!["remove Proof 4", "row ProveAddress Done", "replace Account"]),
            (Some(other), true, vec!["remove Proof 4", "row ProveAddress Done"]),
            (None, true, vec!["remove Proof 4", "row ProveAddress Done"]),
            (Some(account()), false, vec![]),
        ];
        for (account, waits, writes) in table {
            let read = Registered {
                proof: waits.then(|| proof(Some("code"), 1)),
                account: account.map(|account| held(1, account)),
                pending: None,
            };
            let decision = decide_registration(read, &right, &Rows::for_test());
            assert_eq!(
                (told(decision.draft.writes()), decision.answer),
                (writes.iter().map(ToString::to_string).collect(), waits)
            );
        }
    }
}
