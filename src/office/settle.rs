//! The end of a settlement (E6, T6): once two have seen the representative, one list gives them the
//! account. Channels that are theirs are proved first ([`super::settlement_channels`]); then clave,
//! question, channels, facilitators and the end of the freeze are one batch. There is no choice between
//! two pasts. Of a company without an account it makes one.

use super::drawn::{Drawn, Ids};
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::recoveries::UnderWay;
use super::settlement_channels::SettlementChannels;
use super::trouble::{Answer, Trouble};
use super::under_way::AllUnderWay;
use crate::domain::account::{Account, Representative, SecretQuestion};
use crate::domain::clave::KnownWords;
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::{Channel, Destination};
use crate::domain::digest::Digest;
use crate::domain::dispute::{Dispute, DisputeState};
use crate::domain::document::Document;
use crate::domain::email::Email;
use crate::domain::errand::ErrandKind;
use crate::domain::facilitator::{Facilitator, FacilitatorRequest, RequestState};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::office_time::OfficeTime;
use crate::domain::outlook::Outlook;
use crate::domain::reference::Id;
use crate::domain::trust::{Channels, Rank, Ranked, Trust};
use crate::domain::undo::Undoes;
use crate::effect::Reply;
use crate::effect::settlement::{
    DisputeConfirmed, DisputeOpened, FacilitatorOnFile, NewCompany, SettlementBegun, SettlementEffect,
    SettlementList, SettlementReply,
};
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
                SettlementChannels::of(self.means).prove(confirmed, contact, language).await
            }
            SettlementEffect::Settle(settlement) => self.settle(settlement, language).await,
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
        let account = means.records.account_of(dispute.company).await?.map(|held| held.value);
        let facilitators = means.records.read_all_in::<Facilitator>(Group::Company(dispute.company)).await?;
        let company_name = account.as_ref().map_or(opened.company_name(), |account| &account.name);
        let comuna = account.as_ref().map_or("", |account| account.address.comuna.name());
        let names = [company_name.as_str(), dispute.representative_name.as_str(), comuna];
        told(SettlementReply::GoesOn(Box::new(SettlementBegun {
            confirmed: DisputeConfirmed::by_second(opened.clone()),
            known: KnownWords::new(dispute.company, &names),
            company_name: company_name.clone(),
            is_new: account.is_none(),
            sms: means.outlooks(time.protections()).by_channel(Channel::Sms),
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

    /// *Entregar cuenta*: one batch.
    async fn settle(&self, settlement: &SettlementList, language: Language) -> Answer {
        let (means, opened) = (self.means, settlement.confirmed.opened());
        let list = List {
            opened,
            question: SecretQuestion {
                question: settlement.question.clone(),
                answer: means.vault().digest(settlement.answer.secret()).await,
            },
            clave: means.vault().digest(settlement.clave.secret()).await,
            stay: &settlement.stay,
            new_company: settlement.new_company.as_ref(),
            language,
            documents_ms: means.kept.documents_ms,
        };
        let (drawn, rows) = (means.draw().await?, means.rows(opened.company()));
        let settled = means
            .settle(
                || Settleable::read(means, opened, drawn.time()),
                |read| Ok(decide_settle(&read, &list, &drawn, &rows)),
            )
            .await?;
        let account = means.records.account_of(opened.company()).await?;
        let outlooks = means.outlooks(drawn.protections());
        let notices = account.map_or(Outlook::Off, |held| outlooks.of_notices(&held.value));
        means.wake_courier();
        told(settled.map_or(SettlementReply::Over, |folio| SettlementReply::Settled { folio, notices }))
    }
}

fn told(reply: SettlementReply) -> Answer {
    Ok(Reply::Settlement(reply))
}

/// The list, with its secrets as they are kept.
struct List<'a> {
    opened: &'a DisputeOpened,
    question: SecretQuestion,
    clave: Digest,
    stay: &'a [Id],
    /// Of a company that had no account when the list was begun.
    new_company: Option<&'a NewCompany>,
    language: Language,
    /// How long documents are kept after a decision, in milliseconds.
    documents_ms: u64,
}

impl List<'_> {
    /// That of a company that has none; nothing, if the list holds too little for one.
    fn first_account(&self, dispute: &Dispute, email: &Email, now_ms: u64) -> Option<Account> {
        let NewCompany { address, phone, mobile } = self.new_company?;
        Some(Account {
            company: dispute.company,
            name: self.opened.company_name().clone(),
            secret_question: None,
            address: address.clone(),
            email: email.clone(),
            phone: phone.clone(),
            fax: None,
            representative: Representative {
                rut: dispute.representative,
                name: dispute.representative_name.clone(),
                mobile: mobile.clone(),
                email: email.clone(),
            },
            clave: self.clave.clone(),
            recoveries: Vec::new(),
            undos: Vec::new(),
            language: self.language,
            created_ms: now_ms,
            trust: Trust::new(Channels::typed(now_ms), Rank::Office, now_ms),
        })
    }
}

/// The account before, and what is under way for it.
struct AccountToGive {
    held: Held<Account>,
    under_way: AllUnderWay,
}

/// What a settlement is decided on: all that it may touch.
struct Settleable {
    dispute: Option<Held<Dispute>>,
    /// If the company has one.
    before: Option<AccountToGive>,
    /// What an erased one left (T4d).
    remembered: Option<Held<Ranked>>,
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
        let before = match means.records.account_of(opened.company()).await? {
            Some(held) => {
                let under_way = AllUnderWay::read(means, &held, time).await?;
                Some(AccountToGive { held, under_way })
            }
            None => None,
        };
        let remembered = means.records.remembered_of(opened.company()).await?;
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
        Ok(Settleable { dispute, before, remembered, facilitators, requests, members })
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
    let (before, folio, mut ids) = (read.before.as_ref(), dispute.folio, drawn.ids());
    let known = before.map(|before| before.held.value.clone());
    let Some(mut changed) = known.or_else(|| list.first_account(dispute, email, now_ms)) else {
        return Decision::answer(drawn, None);
    };
    let ended = |draft, before: &AccountToGive| before.under_way.ended(draft, &mut changed, now_ms);
    let draft = before.into_iter().fold(drawn.draft(), ended);
    let draft = retired(read, list, draft, (&mut ids, folio, now_ms));
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
    let (draft, told) = match before {
        Some(AccountToGive { held, under_way }) => {
            let mut told = message.to_all_touched(&held.value, &changed);
            under_way.warn_where_keys_went(&message, &mut told, None);
            (draft.replace(held, &changed, None), told)
        }
        // From now on the account remembers it.
        None => {
            let draft = read.remembered.iter().fold(draft.new_account(&changed), Draft::remove);
            (draft, message.to_all_channels(&changed))
        }
    };
    let draft = draft.audit(&row);
    let draft = draft.replace(held, &settled, Some(settled.expires_ms()));
    Decision { draft: post(draft, &mut ids, &told), answer: Some(folio) }
}

/// Facilitators who were not confirmed one by one go, with their claves, keys and what their notices' codes
/// did, and hear that something was done (T5).
fn retired(
    read: &Settleable,
    list: &List<'_>,
    mut draft: Draft,
    (ids, folio, now_ms): (&mut Ids, Folio, u64),
) -> Draft {
    let leaving = read.facilitators.iter().filter(|known| !list.stay.contains(&known.held.id));
    for FacilitatorKnown { held, recoveries } in leaving {
        draft = recoveries.iter().fold(draft, |draft, under_way| under_way.cancelled(draft, now_ms));
        draft = draft.remove_facilitator(held);
        for notice in read.before.iter().flat_map(|before| before.under_way.notices.all()) {
            if matches!(notice.value.what, Undoes::Facilitator { facilitator, .. } if facilitator == held.id)
            {
                draft = draft.replace(notice, &notice.value.ended(), notice.due_ms);
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
