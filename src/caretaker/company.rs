//! All that is kept of one company (S15): found wherever it lies, to be shown to those whom it
//! belongs to, or taken away as one batch. The audit log keeps its pseudonym; and as long as that, an
//! account that was given in person leaves its rank, or a stranger with a copy of the card could register
//! the company anew (T4d).

use std::collections::BTreeSet;

use crate::domain::account::Account;
use crate::domain::destination::Destination;
use crate::domain::dispute::Dispute;
use crate::domain::document::Document;
use crate::domain::errand::Errand;
use crate::domain::facilitator::{Facilitator, FacilitatorRequest};
use crate::domain::pending::PendingApplication;
use crate::domain::proof::Proof;
use crate::domain::recovery::Recovery;
use crate::domain::reference::{Id, Kind, Ref};
use crate::domain::rut::Rut;
use crate::domain::trust::Ranked;
use crate::domain::undo::Undo;
use crate::domain::update::Erasure;
use crate::office::counted_under::TalliesOfFacilitator;
use crate::store::StoreError;
use crate::store::records::{Draft, Group, Held, Records};
use crate::vault::Blind;

/// Everything about one company, as it was read.
#[derive(Debug)]
pub struct CompanyRecords {
    /// Its account, if it has one.
    pub account: Option<Held<Account>>,
    /// Registrations that wait for a register.
    pub applications: Vec<Held<PendingApplication>>,
    /// Recoveries under way.
    pub recoveries: Vec<Held<Recovery>>,
    /// Addresses that wait to be proved.
    pub proofs: Vec<Held<Proof>>,
    /// What the codes of its notices undo.
    pub undos: Vec<Held<Undo>>,
    /// What lies in the outbox for it.
    pub messages: Vec<Held<Errand>>,
    /// Requests for facilitators' claves.
    pub requests: Vec<Held<FacilitatorRequest>>,
    /// The keys of the documents of those requests.
    pub documents: Vec<Held<Document>>,
    /// Its foreign facilitators.
    pub facilitators: Vec<Held<Facilitator>>,
    /// Settlements of its account under way.
    pub disputes: Vec<Held<Dispute>>,
    /// Its request to be forgotten.
    pub erasure: Option<Held<Erasure>>,
    /// What an erasure before left.
    pub remembered: Option<Held<Ranked>>,
    /// Where that lies.
    remembered_id: Id,
    /// What is listed of the company, and the version of the list.
    group: Group,
    version: u64,
    /// Tallies and marks: where they lie, and at which version.
    counted: Vec<(Ref, u64)>,
}

impl CompanyRecords {
    /// Reads whatever is about this company.
    ///
    /// # Errors
    /// When the store does not answer, or what lies at a known place can't be unsealed.
    pub async fn find(records: &Records, company: Rut) -> Result<Self, StoreError> {
        let group = Group::Company(company);
        let version = records.version_of(group).await?;
        let account = records.account_of(company).await?;
        let erasure = match &account {
            Some(account) => records.get::<Erasure>(account.id).await?,
            None => None,
        };
        let mut found = CompanyRecords {
            group,
            version,
            account,
            applications: records.read_all_in(group).await?,
            recoveries: records.read_all_in(group).await?,
            proofs: records.read_all_in(group).await?,
            undos: records.read_all_in(group).await?,
            messages: records.read_all_in(group).await?,
            requests: records.read_all_in(group).await?,
            documents: Vec::new(),
            facilitators: records.read_all_in(group).await?,
            disputes: records.read_all_in(group).await?,
            erasure,
            remembered: records.remembered_of(company).await?,
            remembered_id: records.remembered_id(company),
            counted: Vec::new(),
        };
        for request in &found.requests {
            for id in [request.value.declaration, request.value.identity_document] {
                found.documents.extend(records.get(id).await?);
            }
        }
        found.counted = found.find_counted(records, company).await?;
        Ok(found)
    }

    /// Whether there is anything to show or to erase.
    pub fn is_empty(&self) -> bool {
        let CompanyRecords {
            account,
            applications,
            recoveries,
            proofs,
            undos,
            messages,
            erasure,
            counted,
            ..
        } = self;
        let CompanyRecords { requests, documents, facilitators, disputes, remembered, .. } = self;
        account.is_none()
            && erasure.is_none()
            && remembered.is_none()
            && [applications.len(), recoveries.len(), proofs.len(), undos.len()] == [0; 4]
            && [requests.len(), documents.len(), facilitators.len(), disputes.len()] == [0; 4]
            && [messages.len(), counted.len()] == [0; 2]
    }

    /// Takes all of it away with the batch, at this time. What an account leaves of its rank is kept so
    /// many milliseconds more.
    pub fn remove(&self, mut draft: Draft, (now_ms, remembered_ms): (u64, u64)) -> Draft {
        draft = draft.expect_same_members(self.group, self.version);
        draft = self.applications.iter().fold(draft, Draft::remove);
        draft = self.recoveries.iter().fold(draft, Draft::remove);
        draft = self.proofs.iter().fold(draft, Draft::remove);
        draft = self.undos.iter().fold(draft, Draft::remove);
        draft = self.messages.iter().fold(draft, Draft::remove);
        draft = self.requests.iter().fold(draft, Draft::remove_request);
        // Without its key a document's file is read by nobody, and goes with the next cleaning.
        draft = self.documents.iter().fold(draft, Draft::remove);
        draft = self.facilitators.iter().fold(draft, Draft::remove_facilitator);
        draft = self.disputes.iter().fold(draft, Draft::remove);
        draft = self.erasure.iter().fold(draft, Draft::remove);
        draft = self.account.iter().fold(draft, Draft::remove);
        if let Some(left) = self.account.as_ref().and_then(|held| held.value.trust.left_behind(now_ms)) {
            let due_ms = Some(now_ms + remembered_ms);
            draft = draft.put_over(self.remembered.as_ref(), self.remembered_id, &left, due_ms);
        }
        self.counted.iter().fold(draft, |draft, (at, version)| draft.remove_unread(*at, *version))
    }

    /// Failed tries of the RUT, and what is counted and marked of its addresses.
    async fn find_counted(&self, records: &Records, company: Rut) -> Result<Vec<(Ref, u64)>, StoreError> {
        let vault = records.vault();
        let tally = |id| Ref { kind: Kind::Limit, id };
        let of_company =
            [Blind::LimitOfRut, Blind::SentKeysOfRut, Blind::UndoOfRut, Blind::RepresentativesOfRut];
        let mut places: Vec<Ref> =
            of_company.map(|purpose| tally(vault.blind_rut(purpose, company))).to_vec();
        for person in self.facilitators.iter().map(|held| &held.value.person.identity) {
            let who = (person.country, &person.number);
            let TalliesOfFacilitator { all, sent } = TalliesOfFacilitator::of(vault, company, who);
            places.extend([all, sent].map(tally));
        }
        let applied = self.applications.iter().map(|held| &held.value.account);
        let holders: BTreeSet<Rut> = self
            .account
            .iter()
            .map(|held| &held.value)
            .chain(applied)
            .map(|account| account.representative.rut)
            .collect();
        places.extend(holders.into_iter().map(|holder| tally(vault.blind_rut(Blind::CardsOfRut, holder))));
        for address in self.addresses() {
            let blind = |purpose| vault.blind(purpose, address.as_bytes());
            places.push(tally(blind(Blind::LimitOfAddress)));
            places.push(Ref { kind: Kind::Refusal, id: blind(Blind::RefusalOfAddress) });
        }
        let mut counted = Vec::new();
        for at in places {
            counted.extend(records.store().get(at).await?.map(|read| (at, read.version)));
        }
        Ok(counted)
    }

    /// Every address that any of it names, folded.
    fn addresses(&self) -> BTreeSet<String> {
        let accounts = self.account.iter().map(|held| &held.value);
        let accounts = accounts.chain(self.applications.iter().map(|held| &held.value.account));
        let of_accounts = accounts.flat_map(|account| {
            [
                Destination::Mail(account.email.clone()),
                Destination::Mail(account.representative.email.clone()),
                Destination::Mobile(account.representative.mobile.clone()),
            ]
        });
        let of_messages = self.messages.iter().map(|held| held.value.to.clone());
        let of_proofs = self.proofs.iter().map(|held| held.value.to.clone());
        let people = self.requests.iter().map(|held| &held.value.person);
        let people = people.chain(self.facilitators.iter().map(|held| &held.value.person));
        let of_people = people.map(|person| Destination::Mail(person.email.clone()));
        let all = of_accounts.chain(of_messages).chain(of_proofs).chain(of_people);
        all.map(|address| address.folded()).collect()
    }
}

#[cfg(test)]
impl CompanyRecords {
    /// Nothing is kept of this company but, perhaps, its request to be forgotten.
    pub fn only(company: Rut, erasure: Option<Held<Erasure>>) -> Self {
        CompanyRecords {
            account: None,
            applications: Vec::new(),
            recoveries: Vec::new(),
            proofs: Vec::new(),
            undos: Vec::new(),
            messages: Vec::new(),
            requests: Vec::new(),
            documents: Vec::new(),
            facilitators: Vec::new(),
            disputes: Vec::new(),
            erasure,
            remembered: None,
            remembered_id: Id([0; 16]),
            group: Group::Company(company),
            version: 0,
            counted: Vec::new(),
        }
    }
}
