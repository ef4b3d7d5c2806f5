//! The end of a settlement (E6, T6): once two have seen the representative, one list gives them the
//! account. Channels that are theirs are proved first; then clave, question, channels, facilitators and
//! the end of the freeze are one batch. There is no choice between two pasts.

use super::drawn::{Drawn, Ids};
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::recoveries::UnderWay;
use super::right_code::RightCode;
use super::trouble::{Answer, Trouble};
use super::under_way::AllUnderWay;
use crate::domain::account::{Account, SecretQuestion};
use crate::domain::clave::KnownWords;
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::dispute::{Dispute, DisputeState};
use crate::domain::document::Document;
use crate::domain::errand::ErrandKind;
use crate::domain::facilitator::{Facilitator, FacilitatorRequest, RequestState};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::lives::CODE_LIFE_MS;
use crate::domain::office_time::{OfficeTime, RightsTime};
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::reference::Id;
use crate::domain::trust::Rank;
use crate::domain::undo::Undoes;
use crate::effect::settlement::{
    DisputeConfirmed, DisputeOpened, FacilitatorOnFile, SettlementBegun, SettlementEffect, SettlementList,
    SettlementReply,
};
use crate::effect::{AwaitingCode, Proved, Reply, SentTo};
use crate::store::records::{Draft, Group, Held};

/// What the person does.
#[derive(Clone, Copy)]
pub struct Settlements<'a> {
    means: &'a Means,
}

impl<'a> Settlements<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Settlements { means }
    }

    /// What the person asks.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn answer(&self, effect: &SettlementEffect, language: Language) -> Answer {
        match effect {
            SettlementEffect::GoOn(opened) => self.go_on(opened).await,
            SettlementEffect::ProveChannel(confirmed, contact) => {
                self.prove_channel(confirmed, contact, language).await
            }
            SettlementEffect::Settle(settlement) => self.settle(settlement).await,
        }
    }

    /// Whether the second has confirmed it; then what the list starts from.
    async fn go_on(&self, opened: &DisputeOpened) -> Answer {
        let (means, time) = (self.means, self.means.time().await?);
        let held = means.records.get::<Dispute>(opened.dispute()).await?;
        let dispute = held.map(|held| held.value).filter(|dispute| dispute.folio == opened.folio());
        let Some(dispute) = dispute.filter(|dispute| dispute.is_living(time.rights())) else {
            return told(SettlementReply::Over);
        };
        if !dispute.is_confirmed(time.rights()) {
            return told(SettlementReply::NotYet);
        }
        let account = means.account(dispute.company).await?.value;
        let facilitators = means.records.read_all_in::<Facilitator>(Group::Company(dispute.company)).await?;
        let names =
            [account.name.as_str(), dispute.representative_name.as_str(), account.address.comuna.name()];
        told(SettlementReply::GoesOn(Box::new(SettlementBegun {
            confirmed: DisputeConfirmed::by_second(opened.clone()),
            known: KnownWords::new(dispute.company, &names),
            company_name: account.name.clone(),
            facilitators: facilitators
                .iter()
                .map(|held| FacilitatorOnFile {
                    id: held.id,
                    name: held.value.person.full_name(),
                    document: held.value.person.identity.number.masked(),
                })
                .collect(),
        })))
    }

    /// A code to a channel that shall be theirs. It never waits (T10): staff stand beside the person.
    async fn prove_channel(
        &self,
        confirmed: &DisputeConfirmed,
        contact: &Contact,
        language: Language,
    ) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let opened = confirmed.opened();
        let (company, folio, now_ms) = (opened.company(), opened.folio(), drawn.now_ms);
        let (mut ids, to) = (drawn.ids(), contact.destination());
        let id = ids.fresh();
        let proof = Proof {
            company,
            to: to.clone(),
            what: ProofFor::Settlement { dispute: opened.dispute(), contact: contact.clone() },
            code: None,
            expires_ms: now_ms + CODE_LIFE_MS,
            tries: 0,
        };
        let kind = ErrandKind::SendOwnCode { proof: id };
        let code = Message { kind, company, language, folio, now_ms }.to(to);
        let is_sent = means
            .settle(
                || async { Ok(means.records.get::<Dispute>(opened.dispute()).await?) },
                |held| {
                    let going_on = confirmed_still(held.as_ref(), opened, drawn.rights());
                    Ok(match going_on {
                        Some(held) => {
                            let due_ms = Some(held.value.expires_ms());
                            let draft = drawn.draft().expect_unchanged(held).new_record(id, &proof, due_ms);
                            Decision {
                                draft: post(draft, &mut ids.clone(), std::slice::from_ref(&code)),
                                answer: true,
                            }
                        }
                        None => Decision::answer(&drawn, false),
                    })
                },
            )
            .await?;
        if !is_sent {
            return told(SettlementReply::Over);
        }
        means.wake_courier();
        let sent_to = match contact {
            Contact::CompanyEmail(email) | Contact::RepresentativeEmail(email) => means.sent_to_typed(email),
            Contact::Mobile(mobile) => SentTo::mobile(Clean::from(mobile.to_string())),
        };
        told(SettlementReply::ToProve { awaiting: AwaitingCode::recorded(id, folio), sent_to })
    }

    /// The code came from the channel: it will count with the list.
    ///
    /// # Errors
    /// [`Trouble::Outdated`] when the proof waits for another code.
    pub async fn channel_proved(&self, right: &RightCode, (dispute, contact): (Id, &Contact)) -> Answer {
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

    /// *Entregar cuenta*: one batch.
    async fn settle(&self, settlement: &SettlementList) -> Answer {
        let (means, opened) = (self.means, settlement.confirmed.opened());
        let list = List {
            opened,
            question: SecretQuestion {
                question: settlement.question.clone(),
                answer: means.vault().digest(settlement.answer.secret()).await,
            },
            clave: means.vault().digest(settlement.clave.secret()).await,
            stay: &settlement.stay,
            documents_ms: means.kept.documents_ms,
        };
        let (drawn, rows) = (means.draw().await?, means.rows(opened.company()));
        let settled = means
            .settle(
                || Settleable::read(means, opened, drawn.time()),
                |read| Ok(decide_settle(&read, &list, &drawn, &rows)),
            )
            .await?;
        means.wake_courier();
        told(settled.map_or(SettlementReply::Over, |folio| SettlementReply::Settled { folio }))
    }
}

fn told(reply: SettlementReply) -> Answer {
    Ok(Reply::Settlement(reply))
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

/// The list, with its secrets as they are kept.
struct List<'a> {
    opened: &'a DisputeOpened,
    question: SecretQuestion,
    clave: Digest,
    stay: &'a [Id],
    /// How long documents are kept after a decision, in milliseconds.
    documents_ms: u64,
}

/// What a settlement is decided on: all that it may touch.
struct Settleable {
    dispute: Option<Held<Dispute>>,
    account: Held<Account>,
    under_way: AllUnderWay,
    facilitators: Vec<FacilitatorKnown>,
    requests: Vec<UndecidedRequest>,
    /// Of all that there is of the company: whoever becomes a facilitator meanwhile was not confirmed.
    members: (Group, u64),
}

/// A facilitator's request that nobody has decided, or one member alone.
struct UndecidedRequest {
    held: Held<FacilitatorRequest>,
    documents: Vec<Held<Document>>,
}

/// A facilitator, and the keys that were sent to them.
struct FacilitatorKnown {
    held: Held<Facilitator>,
    recoveries: Vec<UnderWay>,
}

impl Settleable {
    async fn read(means: &Means, opened: &DisputeOpened, time: OfficeTime) -> Result<Self, Trouble> {
        let group = Group::Company(opened.company());
        let members = (group, means.records.version_of(group).await?);
        let dispute = means.records.get::<Dispute>(opened.dispute()).await?;
        let account = means.account(opened.company()).await?;
        let under_way = AllUnderWay::read(means, &account, time).await?;
        let mut facilitators = Vec::new();
        for held in means.records.read_all_in::<Facilitator>(group).await? {
            let recoveries = UnderWay::read_all(means, &held.value.recoveries).await?;
            facilitators.push(FacilitatorKnown { held, recoveries });
        }
        let mut requests = Vec::new();
        for held in means.records.read_all_in::<FacilitatorRequest>(group).await? {
            if !held.value.state.is_decided() {
                let ids = [held.value.declaration, held.value.identity_document];
                let documents = means.records.get_many::<Document>(&ids).await?;
                requests.push(UndecidedRequest { held, documents });
            }
        }
        Ok(Settleable { dispute, account, under_way, facilitators, requests, members })
    }
}

/// Nothing, when it came to its end, or no mailbox of theirs is proved.
fn decide_settle(read: &Settleable, list: &List<'_>, drawn: &Drawn, rows: &Rows) -> Decision<Option<Folio>> {
    let Some(held) = read.dispute.as_ref().filter(|held| held.value.folio == list.opened.folio()) else {
        return Decision::answer(drawn, None);
    };
    let (dispute, now_ms) = (&held.value, drawn.now_ms);
    // Settled before, by a press whose answer nobody waited for.
    if matches!(dispute.state, DisputeState::Settled { .. }) {
        return Decision::answer(drawn, Some(dispute.folio));
    }
    let (DisputeState::Confirmed { by, second }, Some(email), true) =
        (&dispute.state, &dispute.email, dispute.is_living(drawn.rights()))
    else {
        return Decision::answer(drawn, None);
    };
    let (before, folio, mut ids) = (&read.account.value, dispute.folio, drawn.ids());
    let mut changed = before.clone();
    let draft = read.under_way.ended(drawn.draft(), &mut changed, now_ms);
    let draft = retired(read, list, draft, &mut changed, (&mut ids, folio, now_ms));
    let draft = withdrawn(&read.requests, draft, now_ms + list.documents_ms);
    let draft = draft.expect_same_members(read.members.0, read.members.1);
    changed.representative.rut = dispute.representative;
    changed.representative.name = dispute.representative_name.clone();
    // What the one before left does not stand under this one's name.
    changed.representative.email = email.clone();
    changed.readdress(email.clone(), Rank::Office, now_ms);
    if let Some(mobile) = &dispute.mobile {
        changed.put_contact(Contact::Mobile(mobile.clone()), Rank::Office, now_ms);
    }
    changed.clave = list.clave.clone();
    changed.secret_question = Some(list.question.clone());
    changed.trust.settle(drawn.time());
    let state = DisputeState::Settled { by: by.clone(), second: second.clone() };
    let settled = Dispute { state, email: None, mobile: None, ..dispute.clone() };
    let note = match second.name() {
        Some(second) => format!("{} + {second}", by.name),
        None => format!("{} + operator", by.name),
    };
    let row = rows.row(now_ms, Action::Settle, Outcome::Done).under(folio).noted(&Clean::from(note));
    let (company, language) = (changed.company, changed.language);
    let message = Message { kind: ErrandKind::Settled, company, language, folio, now_ms };
    let told = message.to_all_touched(before, &changed);
    let draft = draft.replace(&read.account, &changed, None).audit(&row);
    let draft = draft.replace(held, &settled, Some(settled.expires_ms()));
    Decision { draft: post(draft, &mut ids, &told), answer: Some(folio) }
}

/// Facilitators who were not confirmed one by one go, with their claves, keys and notices, and hear that
/// something was done (T5).
fn retired(
    read: &Settleable,
    list: &List<'_>,
    mut draft: Draft,
    account: &mut Account,
    (ids, folio, now_ms): (&mut Ids, Folio, u64),
) -> Draft {
    let leaving = read.facilitators.iter().filter(|known| !list.stay.contains(&known.held.id));
    for FacilitatorKnown { held, recoveries } in leaving {
        draft = recoveries.iter().fold(draft, |draft, under_way| under_way.cancelled(draft, now_ms));
        draft = draft.remove_facilitator(held);
        for notice in read.under_way.notices.all() {
            if matches!(notice.value.what, Undoes::Facilitator { facilitator, .. } if facilitator == held.id)
            {
                account.undos.retain(|id| *id != notice.id);
                draft = draft.remove(notice);
            }
        }
        let (company, language) = (held.value.company, held.value.language);
        let warned = Message { kind: ErrandKind::Warned, company, language, folio, now_ms };
        draft = post(draft, ids, &[warned.to(Destination::Mail(held.value.person.email.clone()))]);
    }
    draft
}

/// Whoever asked for another facilitator's key had the account before: the requests end, and their
/// documents as after any decision (S15).
fn withdrawn(requests: &[UndecidedRequest], draft: Draft, due_ms: u64) -> Draft {
    requests.iter().fold(draft, |draft, UndecidedRequest { held, documents }| {
        let request = FacilitatorRequest { state: RequestState::Withdrawn, ..held.value.clone() };
        let draft = draft.replace(held, &request, Some(due_ms));
        documents.iter().fold(draft, |draft, held| draft.replace(held, &held.value, Some(due_ms)))
    })
}

#[cfg(test)]
#[path = "settle_tests.rs"]
mod tests;
