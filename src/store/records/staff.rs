//! Accounts of the staff, found by their names.

use super::{Draft, Held, Records};
use crate::domain::clean::Clean;
use crate::domain::staff::StaffAccount;
use crate::store::{Id, Kind, Ref, StoreError};
use crate::vault::Blind;

impl Records {
    /// The account of a member of staff, however their name is written.
    pub async fn staff_named(&self, name: &Clean) -> Result<Option<Held<StaffAccount>>, StoreError> {
        match self.store.find(self.vault.blind_name(Blind::StaffOfName, name)).await? {
            Some(at) if at.kind == Kind::Staff => self.get(at.id).await,
            Some(at) => Err(StoreError::Corrupt(format!("a name leads to a record of kind {:?}", at.kind))),
            None => Ok(None),
        }
    }
}

impl Draft<'_> {
    /// Somebody new on the staff, found by their name from then on.
    pub fn new_staff(self, id: Id, account: &StaffAccount) -> Self {
        let index = self.records.vault.blind_name(Blind::StaffOfName, &account.name);
        self.new_record(id, account, None).link(index, Ref { kind: Kind::Staff, id })
    }
}
