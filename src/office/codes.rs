//! Codes that prove a mailbox or mobile (S8): checked, sent again, and handed to what waits for them.

use super::applications::Applications;
use super::drawn::Drawn;
use super::means::{Decision, Means, ROUNDS};
use super::messages::{Message, post};
use super::new_address::NewAddress;
use super::outlooks::{Audience, Posting};
use super::own_contacts::OwnContacts;
use super::right_code::RightCode;
use super::settlement_channels::{CodesSent, SettlementChannels};
use super::trouble::{Answer, Trouble, too_busy};
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::errand::ErrandKind;
use crate::domain::language::Language;
use crate::domain::limits::Budget;
use crate::domain::proof::{CODE_TRIES, Proof, ProofFor};
use crate::domain::recovery::{Recovery, Route};
use crate::domain::reference::Id;
use crate::domain::secret::Secret;
use crate::domain::trust::Rank;
use crate::effect::{AwaitingCode, Reply};
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
    pub async fn check(&self, awaiting: AwaitingCode, code: &Secret, is_staffed: bool) -> Answer {
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
            let right = RightCode {
                awaiting: awaiting.clone(),
                on,
                drawn: Drawn::at(drawn.time(), self.means.vault()),
            };
            match self.follow(&right, &proof, is_staffed).await {
                Err(Trouble::Outdated) => {}
                answer => return answer,
            }
            let sent_since = self.proof(&awaiting).await?.and_then(|held| held.value.code);
            let Some(sent_since) = sent_since else { return Ok(Reply::CodeDead) };
            on = sent_since;
        }
        Err(too_busy("the code").into())
    }

    async fn follow(&self, right: &RightCode, proof: &Proof, is_staffed: bool) -> Answer {
        match &proof.what {
            ProofFor::Registration { application } => {
                Applications::of(self.means).proved(right, proof, (*application, is_staffed)).await
            }
            ProofFor::Recovery { recovery } => {
                NewAddress::of(self.means).go_on(right, proof, (*recovery, is_staffed)).await
            }
            ProofFor::OnFile { account } => {
                OwnContacts::of(self.means).prove_on_file(right, proof, *account).await
            }
            ProofFor::Contact { account, contact } => {
                OwnContacts::of(self.means).prove_new(right, proof.company, (*account, contact.clone())).await
            }
            ProofFor::Settlement { dispute, contact } => {
                SettlementChannels::of(self.means).proved(right, (*dispute, contact)).await
            }
        }
    }

    /// Another code to the same mailbox. It buys no new tries (S8), and neither the address gets nor a
    /// settlement sends more messages than it may (S11, T10).
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
        let (kind, rank) = kind_of_code(awaiting.proof(), &proof, means).await?;
        let (budget, outlooks) = (kind.budget(rank), means.outlooks(drawn.protections()));
        if proof.code.is_none() {
            // The first one is still on its way.
            let sending = Posting::new(kind, rank, Some(awaiting.folio()));
            let message = outlooks.outgoing(&proof.to, sending, Audience::Bearer).await?;
            return Ok(Reply::CodeComing { message });
        }
        if MessageTally::read(&means.records, &proof.to, budget).await?.is_full(drawn.protections()) {
            return Ok(Reply::CodeLimit);
        }
        let (company, folio) = (proof.company, awaiting.folio());
        if budget == Budget::InPerson && CodesSent::read(means, folio).await?.is_full(now_ms) {
            return Ok(Reply::CodeLimit);
        }
        // Those that were asked for before under this folio go before it.
        let message = outlooks.outgoing(&proof.to, Posting::new(kind, rank, None), Audience::Bearer).await?;
        if !message.outlook.may_arrive() {
            return Ok(Reply::CodeComing { message });
        }
        let code = Message { kind, company, language, folio, now_ms }.to(proof.to);
        let entry = means.entry(now_ms, Action::SendCodeAgain, Outcome::Done, company).under(folio);
        means.commit(post(drawn.draft(), &mut drawn.ids(), &[code]).audit(&entry)).await?;
        means.wake_courier();
        Ok(Reply::CodeComing { message })
    }

    async fn proof(&self, awaiting: &AwaitingCode) -> Result<Option<Held<Proof>>, Trouble> {
        Ok(self.means.records.get::<Proof>(awaiting.proof()).await?)
    }
}

/// As it was sent first: what strangers can cause is counted apart (T10).
async fn kind_of_code(id: Id, proof: &Proof, means: &Means) -> Result<(ErrandKind, Rank), Trouble> {
    let is_own = match &proof.what {
        ProofFor::Registration { .. } => false,
        ProofFor::Settlement { .. } => {
            return Ok((ErrandKind::SendOwnCode { proof: id }, Rank::Office));
        }
        ProofFor::Contact { .. } | ProofFor::OnFile { .. } => true,
        ProofFor::Recovery { recovery } => {
            let recovery = means.records.get::<Recovery>(*recovery).await?;
            recovery.is_some_and(|held| !matches!(held.value.route, Route::NewAddress(_)))
        }
    };
    Ok(match is_own {
        true => (ErrandKind::SendOwnCode { proof: id }, Rank::Low),
        false => (ErrandKind::SendCode { proof: id }, Rank::Low),
    })
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
    let is_over = proof.is_over(drawn.rights());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::destination::Destination;
    use crate::domain::lives::{CODE_LIFE_MS, CODE_TRIED_MS};
    use crate::office::samples::{NOON, account, company, digest, held, told};

    fn proof(code: Option<&str>, tries: u32) -> Held<Proof> {
        let proof = Proof {
            company: company(),
            to: Destination::Mail(account().email),
            what: ProofFor::Registration { application: Some(Id([1; 16])) },
            code: code.map(digest),
            expires_ms: NOON + if code.is_some() { CODE_LIFE_MS } else { CODE_TRIED_MS },
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
            // Greylisted, and still to come.
            (Some(proof(None, 0)), late, Err(Reply::CodeNotSent)),
            (Some(proof(None, 0)), NOON + CODE_TRIED_MS, Err(Reply::CodeDead)),
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
}
