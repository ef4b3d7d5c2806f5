//! Tests of raising, on a store in memory filled as older programs did.

use std::sync::Arc;

use super::super::{Group, stored::plain};
use super::*;
use crate::audit::{ChainName, Row};
use crate::domain::account::{Address, Representative};
use crate::domain::clean::Clean;
use crate::domain::comuna::Comuna;
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::errand::{ErrandKind, ErrandState, MessageQueue};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::{Kind, Ref};
use crate::domain::rut::Rut;
use crate::domain::trust::{Channels, Rank, Trust};
use crate::store::memory::MemoryStore;
use crate::store::{Answered, Batch, Change, Store, Versioned};
use crate::vault::{Cost, Keys, Vault};

const NOON: u64 = 1_795_348_800_000;

fn company() -> Rut {
    Rut::of_body(99_999_999).expect("a RUT")
}

fn records() -> Records {
    let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
    Records::new(Arc::new(MemoryStore::new(vault.chain())), vault)
}

fn account() -> Account {
    Account {
        company: company(),
        name: Clean::from("Comercial Ejemplo Limitada"),
        secret_question: None,
        address: Address {
            comuna: Comuna::named("Ñuñoa").expect("there is such a commune"),
            street: Clean::from("Avenida Irarrázaval"),
            number: Clean::from("1234"),
            block: None,
            apartment: None,
        },
        email: "contacto@comercial.example".parse().expect("a mailbox"),
        phone: "223456789".parse().expect("a telephone"),
        fax: None,
        representative: Representative {
            rut: Rut::of_body(11_111_111).expect("a RUT"),
            name: Clean::from("Ana Ejemplo"),
            mobile: "987654321".parse().expect("a mobile"),
            email: "ana@ejemplo.example".parse().expect("a mailbox"),
        },
        clave: Digest("of a clave".into()),
        recoveries: Vec::new(),
        undos: Vec::new(),
        language: Language::Es,
        created_ms: NOON,
        trust: Trust::new(Channels::typed(NOON), Rank::Low, NOON),
    }
}

fn proof(what: ProofFor) -> Proof {
    let to = Destination::Mail("contacto@comercial.example".parse().expect("a mailbox"));
    Proof { company: company(), to, what, code: None, expires_ms: NOON, tries: 0 }
}

/// As an older program wrote it: bound to no version, and in no group.
fn older<T: Record>(records: &Records, id: Id, value: &T, due_ms: Option<u64>) -> Change {
    let at = Ref { kind: T::KIND, id };
    let plain = plain(T::VERSION, value).expect("it can be written");
    let bytes = records.vault().seal_unversioned(at, &plain);
    Change::Put { at, bytes, due_ms, groups: Vec::new() }
}

async fn commit(records: &Records, changes: Vec<Change>) {
    let batch = Batch { id: records.new_id(NOON), expect: Vec::new(), changes };
    records.store().commit(batch).await.expect("a commit");
}

#[tokio::test]
async fn an_account_under_an_id_of_its_own_moves_with_all_that_names_it() {
    let records = records();
    let (own, contact) = (Id([7; 16]), Id([2; 16]));
    let erasure = Erasure { company: company(), folio: Folio::new([7; 5]), requested_ms: NOON };
    let new_mailbox =
        crate::domain::contact::Contact::CompanyEmail("otro@comercial.example".parse().expect("a mailbox"));
    let of_contact = ProofFor::Contact { account: own, contact: new_mailbox.clone() };
    let link =
        Change::Link { index: records.account_id(company()), to: Ref { kind: Kind::Account, id: own } };
    let changes = vec![
        older(&records, own, &account(), None),
        link,
        older(&records, own, &erasure, Some(NOON + 9)),
        older(&records, contact, &proof(of_contact), Some(NOON + 2)),
    ];
    commit(&records, changes).await;
    assert_eq!(records.account_of(company()).await, Ok(None), "one read looks in one place");

    records.raise(NOON).await.expect("it is raised");
    let held = records.account_of(company()).await.expect("a read").expect("its account");
    assert_eq!((held.id, &held.value), (records.account_id(company()), &account()));
    assert_eq!(records.get::<Account>(own).await, Ok(None));
    assert_eq!(records.store().find(records.account_id(company())).await, Ok(None));
    let moved = records.get::<Erasure>(held.id).await.expect("a read").expect("the request");
    assert_eq!((moved.value, moved.due_ms), (erasure, Some(NOON + 9)));
    assert_eq!(records.get::<Erasure>(own).await, Ok(None));
    let of = async |id| records.get::<Proof>(id).await.expect("a read").expect("a proof");
    assert_eq!(of(contact).await.due_ms, Some(NOON + 2));
    let what = ProofFor::Contact { account: held.id, contact: new_mailbox };
    assert_eq!(of(contact).await.value.what, what);
}

#[tokio::test]
async fn records_are_found_by_company_and_receipt_once_they_are_raised() {
    let records = records();
    let (folio, to) = (Folio::new([7; 5]), || Destination::Mail("a@b.example".parse().expect("a mailbox")));
    let errand =
        |created_ms| Errand::new(ErrandKind::Registered, company(), to(), Language::Es, folio, created_ms);
    let mut changes =
        vec![older(&records, Id([9; 16]), &proof(ProofFor::Registration { application: None }), None)];
    // More than go into one batch or one page.
    for number in 0..150u8 {
        changes.push(older(&records, Id([number; 16]), &errand(number.into()), Some(number.into())));
    }
    // What can't be unsealed stays as it is.
    let damaged = Ref { kind: Kind::Outbox, id: Id([200; 16]) };
    changes.push(Change::Put { at: damaged, bytes: vec![1; 60], due_ms: Some(3), groups: Vec::new() });
    commit(&records, changes).await;
    let of_company = Group::Company(company());
    assert_eq!(records.version_of(of_company).await, Ok(0));

    records.raise(NOON).await.expect("it is raised");
    for group in [of_company, Group::Folio(folio), Group::Messages(MessageQueue::Waiting)] {
        let errands = records.read_all_in::<Errand>(group).await.expect("a read");
        assert_eq!(errands.len(), 150);
        for (number, held) in (0..).zip(&errands) {
            assert_eq!((held.value.created_ms, held.due_ms), (number, Some(number)));
        }
    }
    assert_eq!(records.read_all_in::<Proof>(of_company).await.map(|all| all.len()), Ok(1));
    let left = records.store().get(damaged).await.expect("a read").expect("it is there");
    assert_eq!((left.bytes, left.due_ms), (vec![1; 60], Some(3)));

    assert_eq!(records.looked_at(), 2 * 152, "once for its groups, once for its seal");

    // Once is enough.
    let version = records.version_of(of_company).await;
    records.raise(NOON).await.expect("nothing is left");
    assert_eq!(records.version_of(of_company).await, version);
}

/// A program before this one kept no list of what staff look after.
#[tokio::test]
async fn messages_that_are_in_other_groups_come_into_their_queue() {
    let records = records();
    let folio = Folio::new([7; 5]);
    let states = [ErrandState::Waiting, ErrandState::Failed, ErrandState::Sent, ErrandState::Expired];
    let mut changes = vec![older(&records, RAISED, &Raised { level: 1 }, None)];
    for (number, state) in (0u8..).zip(states) {
        let to = Destination::Mail("a@b.example".parse().expect("a mailbox"));
        let errand = Errand::new(ErrandKind::Registered, company(), to, Language::Es, folio, NOON);
        let mut put = older(&records, Id([number; 16]), &Errand { state, ..errand }, None);
        if let Change::Put { groups, .. } = &mut put {
            *groups =
                [Group::Company(company()), Group::Folio(folio)].map(|group| records.group(group)).to_vec();
        }
        changes.push(put);
    }
    commit(&records, changes).await;
    assert_eq!(
        records.kinds_to_raise().await,
        Ok([&[Kind::Outbox, Kind::FacilitatorRequest][..], &KINDS].concat())
    );
    records.raise(NOON).await.expect("it is raised");
    assert_eq!(records.kinds_to_raise().await, Ok(vec![]));
    let in_queue = async |queue| {
        let all = records.read_all_in::<Errand>(Group::Messages(queue)).await.expect("a read");
        all.iter().map(|held| held.id.0[0]).collect::<Vec<_>>()
    };
    assert_eq!(in_queue(MessageQueue::Waiting).await, [0]);
    assert_eq!(in_queue(MessageQueue::Failed).await, [1, 3]);
    let of_company = records.read_all_in::<Errand>(Group::Company(company())).await.expect("a read");
    assert_eq!(of_company.len(), 4);
}

/// Whoever reads all that there is of a company, to take it away, misses nothing that came meanwhile.
#[tokio::test]
async fn nothing_slips_in_between_reading_a_group_and_taking_it_away() {
    let records = records();
    let group = Group::Company(company());
    let put = async |id: Id| {
        let proof = proof(ProofFor::Registration { application: None });
        records.draft(NOON).new_record(id, &proof, None).commit(&records).await.expect("a commit");
    };
    put(Id([1; 16])).await;
    let version = records.version_of(group).await.expect("a read");
    let read = records.read_all_in::<Proof>(group).await.expect("a read");
    put(Id([2; 16])).await;
    let taking = |version, read: Vec<Held<Proof>>| -> Draft {
        let draft = records.draft(NOON).expect_same_members(group, version);
        read.iter().fold(draft, Draft::remove)
    };
    let late = taking(version, read).commit(&records).await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
    let version = records.version_of(group).await.expect("a read");
    let read = records.read_all_in::<Proof>(group).await.expect("a read");
    assert_eq!(read.len(), 2);
    taking(version, read).commit(&records).await.expect("nothing came in between");
    assert_eq!(records.version_of(group).await, Ok(0));
}

/// A store that takes the first batch and doesn't say so.
struct Mute {
    inner: MemoryStore,
    is_done: std::sync::atomic::AtomicBool,
    /// Whether it is gone after that.
    is_gone: bool,
}

#[async_trait::async_trait]
impl Store for Mute {
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        if !self.is_done.swap(true, std::sync::atomic::Ordering::SeqCst) {
            self.inner.commit(batch).await?;
            return Err(StoreError::Unknown("the line was cut".into()));
        }
        if self.is_gone {
            Err(StoreError::Unavailable("still".into()))
        } else {
            self.inner.commit(batch).await
        }
    }

    async fn get(&self, what: Ref) -> Result<Option<Versioned>, StoreError> {
        self.inner.get(what).await
    }

    async fn get_many(&self, what: &[Ref]) -> Result<Answered, StoreError> {
        self.inner.get_many(what).await
    }

    async fn group(&self, group: Id) -> Result<u64, StoreError> {
        self.inner.group(group).await
    }

    async fn members(
        &self,
        group: Id,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.inner.members(group, kind, after, limit).await
    }

    async fn find(&self, index: Id) -> Result<Option<Ref>, StoreError> {
        self.inner.find(index).await
    }

    async fn list(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.inner.list(kind, after, limit).await
    }

    async fn due(&self, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.inner.due(now_ms, limit).await
    }

    async fn due_of(&self, kind: Kind, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.inner.due_of(kind, now_ms, limit).await
    }

    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError> {
        self.inner.next_due_ms().await
    }

    async fn rows(&self, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, StoreError> {
        self.inner.rows(chain, after, limit).await
    }
    async fn chains(&self, after: Option<ChainName>, limit: u16) -> Result<Vec<ChainName>, StoreError> {
        self.inner.chains(after, limit).await
    }
}

#[tokio::test]
async fn a_batch_whose_fate_is_not_known_is_sent_again_and_done_once() {
    for is_gone in [false, true] {
        let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
        let store = Mute { inner: MemoryStore::new(vault.chain()), is_done: false.into(), is_gone };
        let records = Records::new(Arc::new(store), vault);
        let value = proof(ProofFor::Registration { application: None });
        let sent = records.draft(NOON).new_record(Id([1; 16]), &value, None).commit(&records).await;
        match is_gone {
            false => assert_eq!(sent, Ok(())),
            true => assert_eq!(sent, Err(StoreError::Unknown("the line was cut".into()))),
        }
        assert_eq!(records.get::<Proof>(Id([1; 16])).await.map(|held| held.is_some()), Ok(true));
    }
}

/// Whatever an older program sealed, of any kind, is bound to its version and due time afterwards, and what
/// is put back of it then is refused (T13).
#[tokio::test]
async fn every_seal_is_bound_once_the_store_is_raised() {
    let records = records();
    let (mark, message) = (Id(*b"clock-mark\0\0\0\0\0\0"), Id([9; 16]));
    let errand = Errand::new(
        ErrandKind::Registered,
        company(),
        Destination::Mail("a@b.example".parse().expect("a mailbox")),
        Language::Es,
        Folio::new([7; 5]),
        NOON,
    );
    let clock = super::super::reckoning::ClockMark::at(NOON, crate::clock::BootMoment::UNKNOWN);
    let changes = vec![
        older(&records, RAISED, &Raised { level: 2 }, None),
        older(&records, mark, &clock, None),
        older(&records, message, &errand, Some(NOON + 5)),
    ];
    commit(&records, changes.clone()).await;
    assert_eq!(records.seals().await.map(|seals| (seals.records, seals.broken)), Ok((3, 3)));

    records.raise(NOON).await.expect("it is raised");
    let records = records.refusing_older_seals();
    assert_eq!(records.seals().await.map(|seals| seals.broken), Ok(0));
    assert_eq!(records.time(NOON).await.map(OfficeTime::now_ms), Ok(NOON));
    let held = records.get::<Errand>(message).await.expect("a read").expect("it is there");
    assert_eq!((held.value.created_ms, held.due_ms), (NOON, Some(NOON + 5)));
    assert_eq!(records.store().next_due_ms().await, Ok(Some(NOON + 5)));

    // What was sealed to its place alone would open at any version.
    commit(&records, changes[2..].to_vec()).await;
    let put_back = records.get::<Errand>(message).await;
    assert!(matches!(put_back, Err(StoreError::Corrupt(_))), "{put_back:?}");
    assert_eq!(records.seals().await.map(|seals| seals.broken), Ok(1));
}

/// A record that is read at another version or due time than its seal's is none (T13).
#[tokio::test]
async fn a_seal_opens_at_its_own_version_and_due_time_alone() {
    let records = records().refusing_older_seals();
    let id = Id([9; 16]);
    let held = |held: Result<Option<Held<Proof>>, StoreError>| held.map(|held| held.is_some());
    let value = proof(ProofFor::Registration { application: None });
    records.draft(NOON).new_record(id, &value, Some(NOON)).commit(&records).await.expect("a commit");
    let at = Ref { kind: Kind::Proof, id };
    let first = records.store().get(at).await.expect("a read").expect("it is there");
    assert_eq!(held(records.get(id).await), Ok(true));
    // The older sealed bytes, written again by a batch that gives them another version.
    for due_ms in [Some(NOON), Some(NOON + 1), None] {
        let change = Change::Put { at, bytes: first.bytes.clone(), due_ms, groups: first.groups.clone() };
        commit(&records, vec![change]).await;
        assert!(matches!(held(records.get(id).await), Err(StoreError::Corrupt(_))), "{due_ms:?}");
    }
    let moved = Versioned { due_ms: Some(NOON + 1), ..first.clone() };
    assert!(records.open::<Proof>(at, &moved).is_err() && records.open::<Proof>(at, &first).is_ok());
}
