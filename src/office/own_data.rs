//! *Actualizar datos* behind the screens: whoever has the company's own clave sees its data and
//! changes them. What lets somebody in, or is told of it, is announced to every channel known
//! before, with a code that undoes it; a new contact counts once its code was typed, see
//! [`super::own_contacts`].

use super::checks::Checks;
use super::drawn::{Drawn, Ids};
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::notices::before_change;
use super::outlooks::{Audience, Posting};
use super::own_contacts::is_on_file;
use super::owned::{Owned, still_owned};
use super::register::day_of_list;
use super::tries::Tries;
use super::trouble::{Answer, Trouble};
use crate::domain::account::{Account, SecretQuestion};
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::{Channel, Destination};
use crate::domain::digest::Digest;
use crate::domain::errand::{DataErrand, ErrandKind};
use crate::domain::found::Found;
use crate::domain::language::Language;
use crate::domain::limits::Budget;
use crate::domain::office_time::OfficeTime;
use crate::domain::outlook::Outlook;
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::register::Company;
use crate::domain::rut::Rut;
use crate::domain::trust::Rank;
use crate::domain::update::Erasure;
use crate::effect::{
    AwaitingCode, ClaveProved, DataChange, OnFile, OpenCompany, Reply, Representing, SentTo, ToProve,
};
use crate::office::message_tally::MessageTally;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

const HOUR_MS: u64 = 3_600_000;

/// A company's data, for whoever proved its own clave.
#[derive(Clone, Copy)]
pub struct OwnData<'a> {
    means: &'a Means,
}

impl<'a> OwnData<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        OwnData { means }
    }

    /// What is on file.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(&self, proved: &ClaveProved) -> Answer {
        let means = self.means;
        let time = means.time().await?;
        let now_ms = time.now_ms();
        let Some(held) = still_owned(means, proved).await? else { return Ok(Reply::DataStale) };
        let erasure = means.records.get::<Erasure>(held.id).await?;
        let entry = means.entry(now_ms, Action::ReadData, Outcome::Done, proved.company());
        means.commit(means.records.draft(now_ms).audit(&entry)).await?;
        let account = held.value;
        let outlooks = means.outlooks(time.protections());
        let off = Channel::ALL.into_iter().filter(|channel| outlooks.by_channel(*channel) == Outlook::Off);
        let unproved = account.channels().into_iter();
        let unproved = unproved.filter(|channel| !channel.on_file.is_proved()).map(|channel| channel.contact);
        let mut on_file = OnFile {
            company: account.company,
            name: account.name,
            question: account.secret_question.map(|secret| secret.question),
            address: account.address,
            email: account.email,
            phone: account.phone,
            fax: account.fax,
            representative: account.representative,
            unproved: Vec::new(),
            off: off.collect(),
            erased_in_hours: erasure
                .and_then(|held| held.due_ms)
                .map(|due_ms| due_ms.saturating_sub(time.protections().ms()).div_ceil(HOUR_MS)),
        };
        on_file.unproved = unproved.filter(|contact| on_file.can_prove(contact)).collect();
        Ok(Reply::DataRead(Box::new(on_file)))
    }

    /// Whether somebody else represents this very company, and what the registry calls them.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when they don't, [`Trouble::Registry`] when SII does not answer.
    pub async fn check_new_representative(&self, proved: &ClaveProved, rut: Rut) -> Answer {
        let (means, company, action) = (self.means, proved.company(), Action::LookUpRepresentative);
        let counted = Tries::of(means).count(company, action).await?;
        let looked = means.registry.company(company).await;
        let listed = day_of_list(&looked);
        let looked = means.looked(company, looked).await?;
        let found = looked.as_ref().map_or_else(Found::from, Found::from);
        let name = match looked {
            Ok(Company::Open { name }) => name,
            other => {
                let entry =
                    means.entry(counted.time.now_ms(), Action::LookUpCompany, Outcome::Found(found), company);
                Tries::of(means).uncount(&counted, &entry).await?;
                return match other? {
                    Company::Closed { name } => Ok(Reply::CompanyClosed { name }),
                    Company::Open { .. } | Company::Unknown => Ok(Reply::CompanyUnknown { listed }),
                };
            }
        };
        let company = OpenCompany::said_by_register(company, name);
        let representative =
            Checks::of(means).counted_representation(&counted, &company, rut, action).await?;
        Ok(Reply::RepresentativeNamed(Representing::said_by_register(company, rut, representative)))
    }

    /// One batch: what counts at once, the codes for what must be proved first, and the notices.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn save(&self, proved: &ClaveProved, change: &DataChange, language: Language) -> Answer {
        let means = self.means;
        let answer = match &change.secret {
            Some((_, answer)) => Some(means.vault().digest(answer.secret()).await),
            None => None,
        };
        let (drawn, rows) = (means.draw().await?, means.rows(proved.company()));
        let asked = AskedToSave { change, answer, language, flows_kept_ms: means.kept.flows_ms };
        let reply = means
            .settle(
                || Saveable::read(means, proved, (change, drawn.time())),
                |read| decide_save(read.as_ref(), &asked, &drawn, &rows),
            )
            .await?;
        means.wake_courier();
        Ok(reply)
    }

    /// A copy of all that is kept (Ley 21.719) to the address on file. The mail is written when it is
    /// sent, from the account as it then is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn send_copy(&self, proved: &ClaveProved) -> Answer {
        let (means, rows, drawn) = (self.means, self.means.rows(proved.company()), self.means.draw().await?);
        let copied = means
            .settle(
                || async {
                    let Some(account) = still_owned(means, proved).await? else { return Ok(None) };
                    let to = Destination::Mail(account.value.email.clone());
                    let is_full = MessageTally::read(&means.records, &to, Budget::Own)
                        .await?
                        .is_full(drawn.protections());
                    Ok(Some((account, is_full)))
                },
                |read| Ok(decide_copy(read, &drawn, &rows)),
            )
            .await?;
        let account = match copied {
            Copied::To(account) => account,
            Copied::Not(reply) => return Ok(reply),
        };
        let sending = Posting::new(ErrandKind::Data(DataErrand::Copy), Rank::Low, Some(drawn.folio));
        let listener = (Audience::Owner, drawn.protections());
        let sent_to = means.sent_to_one(&Destination::Mail(account.email), sending, listener).await?;
        means.wake_courier();
        Ok(Reply::CopySent { folio: drawn.folio, sent_to })
    }
}

/// Whether a copy is sent.
enum Copied {
    To(Box<Account>),
    Not(Reply),
}

fn decide_copy(read: Option<(Held<Account>, bool)>, drawn: &Drawn, rows: &Rows) -> Decision<Copied> {
    let Drawn { now_ms, folio, .. } = *drawn;
    let account = match read {
        None => return Decision::answer(drawn, Copied::Not(Reply::DataStale)),
        Some((account, _)) if !account.value.has_proved(&Destination::Mail(account.value.email.clone())) => {
            return Decision::answer(drawn, Copied::Not(Reply::NotProved));
        }
        Some((_, true)) => return Decision::answer(drawn, Copied::Not(Reply::CodeLimit)),
        Some((account, false)) => account,
    };
    let (company, language) = (account.value.company, account.value.language);
    let kind = ErrandKind::Data(DataErrand::Copy);
    let to = Destination::Mail(account.value.email.clone());
    let copy = Message { kind, company, language, folio, now_ms }.to(to);
    let entry = rows.row(now_ms, Action::SendCopy, Outcome::Done).under(folio);
    let draft = drawn.draft().audit(&entry).expect_unchanged(&account);
    let draft = post(draft, &mut drawn.ids(), &[copy]);
    Decision { draft, answer: Copied::To(Box::new(account.value)) }
}

/// What is to be saved.
struct AskedToSave<'a> {
    change: &'a DataChange,
    /// Of the new answer, if there is one.
    answer: Option<Digest>,
    language: Language,
    flows_kept_ms: u64,
}

/// What a save is decided on.
struct Saveable {
    owned: Owned,
    /// The code that would go to each contact of the change, in their order.
    codes: Vec<SentTo>,
    /// Whether the contacts on file would hear of it with a code.
    notices: Outlook,
    /// The plain notice to the company's mailbox.
    details: Outlook,
}

impl Saveable {
    /// Nothing, if the account was changed since the clave was typed.
    async fn read(
        means: &Means,
        proved: &ClaveProved,
        (change, time): (&DataChange, OfficeTime),
    ) -> Result<Option<Self>, Trouble> {
        let Some(owned) = Owned::read(means, proved, time).await? else { return Ok(None) };
        let (account, now) = (&owned.account.value, time.protections());
        let code = Posting::new(ErrandKind::SendOwnCode { proof: owned.account.id }, Rank::Low, None);
        let mut codes = Vec::new();
        for contact in &change.contacts {
            // Of another address nobody is told more than that it was typed.
            let audience = if is_on_file(account, contact) { Audience::Owner } else { Audience::Typist };
            codes.push(means.sent_to_one(&contact.destination(), code, (audience, now)).await?);
        }
        let (outlooks, mailbox) = (means.outlooks(now), Destination::Mail(account.email.clone()));
        let details = Posting::new(ErrandKind::Data(DataErrand::DetailsChanged), Rank::Low, None);
        let details = outlooks.outgoing(&mailbox, details, Audience::Typist).await?.outlook;
        let notices = outlooks.of_notices(account);
        Ok(Some(Saveable { codes, notices, details, owned }))
    }
}

fn decide_save(
    read: Option<&Saveable>,
    asked: &AskedToSave<'_>,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<Reply>, Trouble> {
    let Some(read) = read else {
        return Ok(Decision::answer(drawn, Reply::DataStale));
    };
    let Owned { account, notices } = &read.owned;
    let (change, Drawn { now_ms, folio, .. }) = (asked.change, *drawn);
    let needs_undo = change.secret.is_some() || change.representative.is_some();
    let brings_contact = change.contacts.iter().any(|contact| !is_on_file(&account.value, contact));
    if brings_contact && account.value.trust.rank(drawn.protections()) > Rank::Low {
        return Ok(Decision::answer(drawn, Reply::ContactInPerson));
    }
    if (needs_undo || brings_contact) && notices.is_full() {
        return Ok(Decision::answer(drawn, Reply::DataLimit));
    }
    let mut ids = drawn.ids();
    let mut changed = changed(&account.value, change, asked.answer.clone())?;
    let (company, language) = (account.value.company, account.value.language);
    let about = |kind| Message { kind: ErrandKind::Data(kind), company, language, folio, now_ms };
    let entry = rows.row(now_ms, Action::ChangeData, Outcome::Done).under(folio);
    let mut draft = drawn.draft().audit(&entry);
    let (mut told, mut heard) = (Vec::new(), None);
    if needs_undo {
        heard = Some(read.notices);
        let undo = before_change(&account.value, ids.fresh(), folio, now_ms);
        draft = notices.note(draft, &mut changed, &undo);
        told = about(DataErrand::Changed { undo: undo.0 }).to_all_channels(&account.value);
    } else if changed != account.value {
        heard = Some(read.details);
        let to = Destination::Mail(account.value.email.clone());
        told.push(about(DataErrand::DetailsChanged).to(to));
    }
    draft = match changed != account.value {
        true => draft.replace(account, &changed, None),
        false => draft.expect_unchanged(account),
    };
    let (draft, to_prove) = ask_for_proofs(draft, read, asked, (drawn, &mut ids));
    let draft = post(draft, &mut ids, &told);
    Ok(Decision { draft, answer: Reply::DataSaved { folio, to_prove, notices: heard } })
}

/// A code to each new contact; the one on file stays until it was typed.
fn ask_for_proofs(
    mut draft: Draft,
    read: &Saveable,
    asked: &AskedToSave<'_>,
    (drawn, ids): (&Drawn, &mut Ids),
) -> (Draft, Vec<ToProve>) {
    let (account, Drawn { now_ms, folio, .. }) = (&read.owned.account, *drawn);
    let (company, language) = (account.value.company, asked.language);
    let mut to_prove = Vec::new();
    for (contact, sent_to) in asked.change.contacts.iter().zip(&read.codes) {
        let (id, to) = (ids.fresh(), contact.destination());
        let what = ProofFor::Contact { account: account.id, contact: contact.clone() };
        let proof = Proof::waiting(company, to.clone(), what, now_ms);
        draft = draft.new_record(id, &proof, Some(now_ms + asked.flows_kept_ms));
        let kind = ErrandKind::SendOwnCode { proof: id };
        draft = post(draft, ids, &[Message { kind, company, language, folio, now_ms }.to(to)]);
        let awaiting = AwaitingCode::recorded(id, folio);
        to_prove.push(ToProve { awaiting, contact: contact.clone(), sent_to: sent_to.clone() });
    }
    (draft, to_prove)
}

/// The account with all that counts at once.
fn changed(account: &Account, change: &DataChange, answer: Option<Digest>) -> Result<Account, StoreError> {
    let mut changed = account.clone();
    if let Some(address) = &change.address {
        changed.address = address.clone();
    }
    if let Some(phone) = &change.phone {
        changed.phone = phone.clone();
    }
    if let Some(fax) = &change.fax {
        changed.fax = fax.clone();
    }
    if let (Some((question, _)), Some(answer)) = (&change.secret, answer) {
        changed.secret_question = Some(SecretQuestion { question: question.clone(), answer });
    }
    if let Some(representing) = &change.representative {
        if representing.company().rut() != account.company {
            return Err(StoreError::Refused("a representative of another company".into()));
        }
        changed.representative.rut = representing.rut();
        changed.representative.name = representing.name().clone();
    }
    Ok(changed)
}

#[cfg(test)]
#[path = "own_data_tests.rs"]
mod tests;
