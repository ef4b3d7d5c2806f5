//! What a test sees and does behind the screen: effects that another visit asks of the desk, and
//! what lies in the store.

use totem::audit::{Actor, Entry};
use totem::caretaker::company::CompanyRecords;
use totem::domain::account::Account;
use totem::domain::deed::Action;
use totem::domain::dispute::{Dispute, Second};
use totem::domain::office_time::OfficeTime;
use totem::domain::reference::{Kind, Ref};
use totem::domain::rut::Rut;
use totem::domain::trust::ChannelOnFile;
use totem::office::disputes::decide_confirm;
use totem::office::drawn::Drawn;
use totem::store::KINDS;
use totem::store::records::Index;

use super::Booth;

/// As long as rows of the audit log are kept, in milliseconds.
const YEARS_MS: u64 = 5 * 365 * 86_400_000;

impl Booth {
    /// The drawers that hold anything besides the store's own facts, and how many records each.
    pub fn left(&self) -> Vec<(Kind, usize)> {
        let count = |kind| self.runtime.block_on(self.records.store().list(kind, None, 1000));
        let all = KINDS.into_iter().filter(|kind| *kind != Kind::Meta);
        let counted = all.map(|kind| (kind, count(kind).expect("the store is up").len()));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// Removes everything that is kept of a company, as its erasure does.
    pub fn forgets(&mut self, company: &str) -> &mut Self {
        let company: Rut = company.parse().expect("the RUT is right");
        self.runtime.block_on(async {
            let kept = CompanyRecords::find(&self.records, company).await.expect("the store is up");
            kept.remove(self.records.draft(self.now_ms()), (self.now_ms(), YEARS_MS))
                .commit(&self.records)
                .await
                .expect("the store is up");
        });
        self
    }

    /// Stores the account as older programs did: under an id of its own, with a link to it.
    pub fn has_account_of_before(&mut self, company: &str) -> &mut Self {
        let company: Rut = company.parse().expect("the RUT is right");
        let moved = async {
            let held = self.records.account_of(company).await?.expect("there is an account");
            let own = Ref { kind: Kind::Account, id: self.records.new_id(self.now_ms()) };
            let draft = self.records.draft(self.now_ms()).remove(&held).new_record(own.id, &held.value, None);
            draft.link(Index::Account(held.value.company), own).commit(&self.records).await?;
            // As when the store is opened next.
            self.records.raise(self.now_ms()).await
        };
        self.runtime.block_on(moved).expect("the store is up");
        self
    }

    pub fn account(&self, company: &str) -> Option<Account> {
        let company: Rut = company.parse().expect("the RUT is right");
        let account = self.runtime.block_on(self.records.account_of(company)).expect("the store is up");
        account.map(|held| held.value)
    }

    /// Whether an erased account of a company left its rank.
    pub fn remembers(&self, company: &str) -> bool {
        let company: Rut = company.parse().expect("the RUT is right");
        self.runtime.block_on(self.records.remembered_of(company)).expect("the store is up").is_some()
    }

    /// The representative's mobile is on file, and nobody typed a code that went there.
    pub fn has_unproved_mobile(&mut self, company: &str) -> &mut Self {
        let (company, now_ms): (Rut, u64) = (company.parse().expect("the RUT is right"), self.now_ms());
        self.runtime.block_on(async {
            let held = self.records.account_of(company).await.unwrap().unwrap();
            let mut typed = held.value.clone();
            typed.trust.channels.mobile = ChannelOnFile::typed(now_ms);
            self.records.draft(now_ms).replace(&held, &typed, None).commit(&self.records).await.unwrap();
        });
        self
    }

    /// As a notice's code would.
    pub fn freezes(&mut self, company: &str) -> &mut Self {
        let (company, now_ms): (Rut, u64) = (company.parse().expect("the RUT is right"), self.now_ms());
        self.runtime.block_on(async {
            let held = self.records.account_of(company).await.unwrap().unwrap();
            let mut frozen = held.value.clone();
            frozen.trust.freeze(now_ms);
            self.records.draft(now_ms).replace(&held, &frozen, None).commit(&self.records).await.unwrap();
        });
        self
    }

    /// `totem dispute settle`, of the only settlement there is.
    pub fn is_confirmed_by_operator(&mut self) -> &mut Self {
        let now_ms = self.now_ms();
        self.runtime.block_on(async {
            let held = self.records.list::<Dispute>(None, 1).await.unwrap().remove(0);
            let drawn = Drawn::at(OfficeTime::agreed(now_ms), self.records.vault());
            let second = Second::Operator { at_ms: now_ms };
            let row =
                |outcome| Entry::new(now_ms, &"03".into(), Actor::Operator, Action::ConfirmDispute, outcome);
            let of = (held.value.folio, Some(&held));
            let decision = decide_confirm(of, &second, held.value.ending, &drawn, row);
            decision.draft.commit(&self.records).await.unwrap();
            assert!(decision.answer.is_ok());
        });
        self
    }

    /// Saves the account unchanged, as another terminal might.
    pub fn account_is_saved_again(&mut self, company: &str) -> &mut Self {
        let company: Rut = company.parse().expect("the RUT is right");
        let saved = async {
            let held = self.records.account_of(company).await?.expect("there is an account");
            self.records.draft(self.now_ms()).replace(&held, &held.value, None).commit(&self.records).await
        };
        self.runtime.block_on(saved).expect("the store is up");
        self
    }
}
