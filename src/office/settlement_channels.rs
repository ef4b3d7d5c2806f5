//! The channels that shall be the representative's once a settlement ends (E6, T6): a code goes to each,
//! and it counts with the list. Codes never wait (T10), for staff stand beside the person; how many one
//! settlement sends has a bound, so that nobody floods other people's mailboxes with it.

use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::outlooks::{Audience, Posting};
use super::right_code::RightCode;
use super::trouble::Answer;
use crate::domain::contact::Contact;
use crate::domain::deed::{Action, Outcome};
use crate::domain::dispute::Dispute;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::limits::{CODES_OF_SETTLEMENT, free_ms};
use crate::domain::office_time::RightsTime;
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::reference::Id;
use crate::domain::trust::Rank;
use crate::effect::settlement::{DisputeConfirmed, DisputeOpened, SettlementReply};
use crate::effect::{AwaitingCode, Proved, Reply};
use crate::store::StoreError;
use crate::store::records::{Group, Held};

/// Proves them.
#[derive(Clone, Copy)]
pub struct SettlementChannels<'a> {
    means: &'a Means,
}

/// The settlement, and the codes that it sent so far.
struct Sending {
    dispute: Option<Held<Dispute>>,
    /// What stands under its folio: another code that was sent meanwhile changes it.
    members: (Group, u64),
    sent: CodesSent,
}

/// When codes were put into the outbox for a settlement, the oldest first, in milliseconds since 1970.
pub struct CodesSent(Vec<u64>);

impl CodesSent {
    /// Those of the settlement of this folio. A message is kept longer than a settlement lasts.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means, folio: Folio) -> Result<Self, StoreError> {
        let errands = means.records.read_all_in::<Errand>(Group::Folio(folio)).await?.into_iter();
        let codes = errands.filter(|held| matches!(held.value.kind, ErrandKind::SendOwnCode { .. }));
        let mut sent_ms: Vec<u64> = codes.map(|held| held.value.created_ms).collect();
        sent_ms.sort_unstable();
        Ok(CodesSent(sent_ms))
    }

    /// Whether another one must wait.
    pub fn is_full(&self, now_ms: u64) -> bool {
        free_ms(CODES_OF_SETTLEMENT, &self.0, now_ms).is_some()
    }
}

/// Whether a code goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CodeGoes {
    Out,
    /// The settlement is over.
    Over,
    /// It sent as many as it may.
    TooMany,
}

impl<'a> SettlementChannels<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        SettlementChannels { means }
    }

    /// A code to a channel that shall be theirs.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn prove(&self, confirmed: &DisputeConfirmed, contact: &Contact, language: Language) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let opened = confirmed.opened();
        let (company, folio, now_ms) = (opened.company(), opened.folio(), drawn.now_ms);
        let (mut ids, to) = (drawn.ids(), contact.destination());
        let id = ids.fresh();
        let what = ProofFor::Settlement { dispute: opened.dispute(), contact: contact.clone() };
        let proof = Proof::waiting(company, to.clone(), what, now_ms);
        let kind = ErrandKind::SendOwnCode { proof: id };
        let listener = (Audience::Typist, drawn.protections());
        let sent_to = means.sent_to_one(&to, Posting::new(kind, Rank::Office, None), listener).await?;
        let code = Message { kind, company, language, folio, now_ms }.to(to);
        let goes = means
            .settle(
                || async { Ok(self.sending(opened).await?) },
                |read| {
                    let Some(held) = confirmed_still(read.dispute.as_ref(), opened, drawn.rights()) else {
                        return Ok(Decision::answer(&drawn, CodeGoes::Over));
                    };
                    if read.sent.is_full(now_ms) {
                        return Ok(Decision::answer(&drawn, CodeGoes::TooMany));
                    }
                    let due_ms = Some(held.value.expires_ms());
                    let draft = drawn.draft().expect_unchanged(held).new_record(id, &proof, due_ms);
                    let draft = draft.expect_same_members(read.members.0, read.members.1);
                    let draft = post(draft, &mut ids.clone(), std::slice::from_ref(&code));
                    Ok(Decision { draft, answer: CodeGoes::Out })
                },
            )
            .await?;
        match goes {
            CodeGoes::Out => means.wake_courier(),
            CodeGoes::Over => return Ok(Reply::Settlement(SettlementReply::Over)),
            CodeGoes::TooMany => return Ok(Reply::CodeLimit),
        }
        let awaiting = AwaitingCode::recorded(id, folio);
        Ok(Reply::Settlement(SettlementReply::ToProve { awaiting, sent_to }))
    }

    async fn sending(&self, opened: &DisputeOpened) -> Result<Sending, StoreError> {
        let (records, group) = (&self.means.records, Group::Folio(opened.folio()));
        let members = (group, records.version_of(group).await?);
        let dispute = records.get::<Dispute>(opened.dispute()).await?;
        Ok(Sending { dispute, members, sent: CodesSent::read(self.means, opened.folio()).await? })
    }

    /// The code came from the channel: it will count with the list.
    ///
    /// # Errors
    /// [`Trouble::Outdated`](super::trouble::Trouble::Outdated) when the proof waits for another code.
    pub async fn proved(&self, right: &RightCode, (dispute, contact): (Id, &Contact)) -> Answer {
        let means = self.means;
        means
            .settle(
                || async {
                    let proof = right.proof(means).await?;
                    Ok(proof.zip(means.records.get::<Dispute>(dispute).await?))
                },
                |read| {
                    Ok(match read {
                        Some((proof, held)) => {
                            let rows = means.rows(held.value.company);
                            decide_channel((&proof, &held), contact, right, &rows)
                        }
                        None => Decision::answer(&right.drawn, Reply::CodeDead),
                    })
                },
            )
            .await
    }
}

/// The settlement of this visit, if both have confirmed it and it still goes on.
fn confirmed_still<'a>(
    held: Option<&'a Held<Dispute>>,
    opened: &DisputeOpened,
    now: RightsTime,
) -> Option<&'a Held<Dispute>> {
    held.filter(|held| held.value.folio == opened.folio() && held.value.is_confirmed(now))
}

fn decide_channel(
    (proof, held): (&Held<Proof>, &Held<Dispute>),
    contact: &Contact,
    right: &RightCode,
    rows: &Rows,
) -> Decision<Reply> {
    let (drawn, folio) = (&right.drawn, right.awaiting.folio());
    if held.value.folio != folio || !held.value.is_confirmed(drawn.rights()) {
        return Decision::answer(drawn, Reply::CodeDead);
    }
    let mut proved = held.value.clone();
    match contact {
        Contact::CompanyEmail(email) | Contact::RepresentativeEmail(email) => {
            proved.email = Some(email.clone());
        }
        Contact::Mobile(mobile) => proved.mobile = Some(mobile.clone()),
    }
    let row = rows.row(drawn.now_ms, Action::ProveAddress, Outcome::Done).under(folio);
    let draft = drawn.draft().audit(&row).remove(proof).replace(held, &proved, Some(proved.expires_ms()));
    Decision { draft, answer: Reply::AddressProved(Proved::Contact) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settlement_sends_a_dozen_codes_an_hour() {
        let (most, within_ms) = CODES_OF_SETTLEMENT;
        let sent = |count: usize| CodesSent((0..count as u64).collect());
        assert!(!sent(most - 1).is_full(within_ms - 1));
        assert!(sent(most).is_full(within_ms - 1));
        // An hour after the first of them there is room again.
        assert!(!sent(most).is_full(within_ms));
    }
}
