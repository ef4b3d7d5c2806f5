//! *Actualizar datos* behind the screens: whoever has the company's own key sees its data and
//! changes them. What lets somebody in, or is told of it, is announced to every channel known
//! before, with a code that undoes it; a new contact counts once its code was typed.

use super::undo::is_full;
use super::{Answer, Desk, Message, Trouble, post, post_as};
use crate::domain::account::{Account, SecretQuestion};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::errand::{DataErrand, Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::found::Found;
use crate::domain::language::Language;
use crate::domain::lives::{CODE_LIFE_MS, UNDO_LIFE_MS};
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::reference::Id;
use crate::domain::register::{Company, Representation};
use crate::domain::rut::Rut;
use crate::domain::undo::{Undo, Undoes};
use crate::domain::update::{Contact, Erasure, Former};
use crate::effect::{
    AwaitingCode, ClaveKind, ClaveProved, DataChange, OnFile, OpenCompany, Proved, Reply, Representing,
    SentTo, ToProve,
};
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::records::{Draft, Group, Held};

const HOUR_MS: u64 = 3_600_000;

impl Desk {
    /// The account, as long as it is what it was when its own key was proved.
    pub(super) async fn still_owned(&self, proved: &ClaveProved) -> Result<Option<Held<Account>>, Trouble> {
        let account = self.means.records.account_of(proved.company()).await?;
        let is_same = |held: &Held<Account>| held.version == proved.version();
        Ok(account.filter(|held| proved.kind() == ClaveKind::Own && is_same(held)))
    }

    pub(super) async fn read_data(&self, proved: &ClaveProved) -> Answer {
        let now_ms = self.means.now_ms().await?;
        let Some(held) = self.still_owned(proved).await? else { return Ok(Reply::DataStale) };
        let erasure = self.means.records.get::<Erasure>(held.id).await?;
        let entry = self.means.entry(now_ms, Action::ReadData, Outcome::Done, proved.company());
        self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        let account = held.value;
        Ok(Reply::DataRead(Box::new(OnFile {
            company: account.company,
            name: account.name,
            question: account.secret_question.map(|secret| secret.question),
            address: account.address,
            email: account.email,
            phone: account.phone,
            fax: account.fax,
            representative: account.representative,
            erased_in_hours: erasure
                .and_then(|held| held.due_ms)
                .map(|due_ms| due_ms.saturating_sub(now_ms).div_ceil(HOUR_MS)),
        })))
    }

    /// Whether somebody else represents this very company, and what the registry calls them.
    pub(super) async fn check_new_representative(&self, proved: &ClaveProved, rut: Rut) -> Answer {
        let (company, action) = (proved.company(), Action::LookUpRepresentative);
        let counted = self.tries().count(company, action).await?;
        let looked = self.means.looked(company, self.means.registry.company(company).await).await?;
        let found = looked.as_ref().map_or_else(Found::from, Found::from);
        let entry = self.means.entry(counted.now_ms, Action::LookUpCompany, Outcome::Found(found), company);
        let name = match looked {
            Ok(Company::Open { name }) => name,
            other => {
                self.tries().uncount(&counted, &entry).await?;
                return match other? {
                    Company::Closed { name } => Ok(Reply::CompanyClosed { name }),
                    Company::Open { .. } | Company::Unknown => Ok(Reply::CompanyUnknown),
                };
            }
        };
        let looked =
            self.means.looked(company, self.means.registry.representation(company, rut).await).await?;
        let found = looked.as_ref().map_or_else(Found::from, Found::from);
        let entry = self.means.entry(counted.now_ms, action, Outcome::Found(found), company);
        match looked {
            Ok(Representation::Current { name: representative }) => {
                self.tries().uncount(&counted, &entry).await?;
                let company = OpenCompany::said_by_register(company, name);
                Ok(Reply::RepresentativeNamed(Representing::said_by_register(company, rut, representative)))
            }
            Ok(Representation::Former | Representation::Never) => self.tries().fail(&counted, &entry).await,
            Err(down) => {
                self.tries().uncount(&counted, &entry).await?;
                Err(down.into())
            }
        }
    }

    /// One batch: what counts at once, the codes for what must be proved first, and the notices.
    pub(super) async fn save_data(
        &self,
        proved: &ClaveProved,
        change: &DataChange,
        language: Language,
    ) -> Answer {
        let answer = match &change.secret {
            Some((_, answer)) => Some(self.means.vault().digest(answer.secret()).await),
            None => None,
        };
        let now_ms = self.means.now_ms().await?;
        let Some(held) = self.still_owned(proved).await? else { return Ok(Reply::DataStale) };
        let living = self.living_undos(&held.value, now_ms).await?;
        let needs_undo = change.secret.is_some() || change.representative.is_some();
        if (needs_undo || !change.contacts.is_empty()) && is_full(&living) {
            return Ok(Reply::DataLimit);
        }
        let folio = self.new_folio();
        let mut changed = changed(&held.value, change, answer)?;
        let about = |kind| Message {
            kind: ErrandKind::Data(kind),
            company: proved.company(),
            language: held.value.language,
            folio,
            now_ms,
        };
        let entry =
            self.means.entry(now_ms, Action::ChangeData, Outcome::Done, proved.company()).under(folio);
        let mut draft = self.means.records.draft(now_ms).audit(&entry);
        let mut notices = Vec::new();
        if needs_undo {
            let what = Undoes::DataChange { before: Box::new(Former::of(&held.value)) };
            let undo = self.new_undo(proved.company(), folio, what, now_ms);
            draft = note_undo(draft, &mut changed, &living, &undo);
            notices = about(DataErrand::Changed { undo: undo.0 }).to_all_channels(&held.value);
        } else if changed != held.value {
            let to = Destination::Mail(held.value.email.clone());
            notices.push(about(DataErrand::DetailsChanged).to(to));
        }
        let is_changed = changed != held.value;
        draft = match is_changed {
            true => draft.replace(&held, &changed, None),
            false => draft.expect_unchanged(&held),
        };
        let account = (held.id, proved.company());
        let (draft, to_prove) = self.ask_for_proofs(draft, account, change, (folio, language, now_ms));
        post(&self.means.records, draft, &notices).commit_by(&self.means).await?;
        self.means.wake_courier();
        Ok(Reply::DataSaved { folio, to_prove })
    }

    /// A code to each new contact; the one on file stays until it was typed.
    fn ask_for_proofs<'a>(
        &'a self,
        mut draft: Draft,
        (account, company): (Id, Rut),
        change: &DataChange,
        (folio, language, now_ms): (Folio, Language, u64),
    ) -> (Draft, Vec<ToProve>) {
        let mut to_prove = Vec::new();
        for contact in &change.contacts {
            let id = self.means.records.new_id(now_ms);
            let to = contact.destination();
            let proof = Proof {
                company,
                to: to.clone(),
                what: ProofFor::Contact { account, contact: contact.clone() },
                code: None,
                expires_ms: now_ms + CODE_LIFE_MS,
                tries: 0,
            };
            draft = draft.new_record(id, &proof, Some(now_ms + self.means.kept.flows_ms));
            let kind = ErrandKind::SendCode { proof: id };
            let code: Errand = Message { kind, company, language, folio, now_ms }.to(to);
            draft = post_as(self.means.records.new_id(now_ms), draft, &code);
            // They typed it a moment ago: shown whole, a slip can be seen.
            let sent_to = match contact {
                Contact::CompanyEmail(email) | Contact::RepresentativeEmail(email) => SentTo {
                    email: Some(Clean::from(email.to_string())),
                    mobile: None,
                    demo_folder: self.means.settings.demo_folder.clone(),
                },
                Contact::Mobile(mobile) => {
                    SentTo { email: None, mobile: Some(Clean::from(mobile.to_string())), demo_folder: None }
                }
            };
            let awaiting = AwaitingCode::recorded(id, folio);
            to_prove.push(ToProve { awaiting, contact: contact.clone(), sent_to });
        }
        (draft, to_prove)
    }

    /// The code came from the new contact: it counts now, and whoever was told before hears of it.
    pub(super) async fn prove_contact(
        &self,
        awaiting: AwaitingCode,
        proof: &Held<Proof>,
        (account, contact): (Id, Contact),
        now_ms: u64,
    ) -> Answer {
        let Some(held) = self.means.records.get::<Account>(account).await? else {
            return Ok(Reply::CodeDead);
        };
        let (company, folio) = (held.value.company, awaiting.folio());
        let living = self.living_undos(&held.value, now_ms).await?;
        if is_full(&living) {
            return Ok(Reply::DataLimit);
        }
        let mut changed = held.value.clone();
        contact.put_on(&mut changed);
        let what = Undoes::DataChange { before: Box::new(Former::of(&held.value)) };
        let undo = self.new_undo(company, folio, what, now_ms);
        let entry = self.means.entry(now_ms, Action::ProveAddress, Outcome::Done, company).under(folio);
        let draft = self.means.records.draft(now_ms).audit(&entry).remove(proof);
        let draft = note_undo(draft, &mut changed, &living, &undo);
        let kind = ErrandKind::Data(DataErrand::ContactChanged { undo: undo.0 });
        let language = held.value.language;
        let notices = Message { kind, company, language, folio, now_ms }.to_all_channels(&held.value);
        post(&self.means.records, draft.replace(&held, &changed, None), &notices)
            .commit_by(&self.means)
            .await?;
        self.means.wake_courier();
        Ok(Reply::AddressProved(Proved::Contact))
    }

    pub(super) fn new_undo(&self, company: Rut, folio: Folio, what: Undoes, now_ms: u64) -> (Id, Undo) {
        let expires_ms = now_ms + UNDO_LIFE_MS;
        (
            self.means.records.new_id(now_ms),
            Undo { company, folio, what, codes: Vec::new(), expires_ms, tries: 0 },
        )
    }

    /// Whoever asked for a contact to be changed and has not proved it yet no longer can: the key
    /// that let them ask was changed, or what they did was undone.
    pub(super) async fn end_contact_proofs<'a>(
        &'a self,
        mut draft: Draft,
        company: Rut,
    ) -> Result<Draft, StoreError> {
        let proofs = self.means.records.read_all_in::<Proof>(Group::Company(company)).await?;
        for held in proofs {
            if matches!(held.value.what, ProofFor::Contact { .. }) {
                draft = draft.remove(&held);
            }
        }
        Ok(draft)
    }
}

/// Puts the newest undoing with the account and those before it that still live.
pub(super) fn note_undo<'a>(
    draft: Draft,
    account: &mut Account,
    living: &[Held<Undo>],
    (id, undo): &(Id, Undo),
) -> Draft {
    account.undos = living.iter().map(|held| held.id).chain([*id]).collect();
    draft.new_record(*id, undo, Some(undo.expires_ms))
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
