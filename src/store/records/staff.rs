//! Accounts of the staff, found by their names.

use super::{Draft, Held, Index, Records};
use crate::domain::clean::Clean;
use crate::domain::reference::{Id, Kind, Ref};
use crate::domain::staff::StaffAccount;
use crate::store::StoreError;

impl Records {
    /// The account of a member of staff, however their name is written.
    pub async fn staff_named(&self, name: &Clean) -> Result<Option<Held<StaffAccount>>, StoreError> {
        match self.find(&Index::Staff(name.clone())).await? {
            Some(at) if at.kind == Kind::Staff => self.get(at.id).await,
            Some(at) => Err(StoreError::Corrupt(format!("a name leads to a record of kind {:?}", at.kind))),
            None => Ok(None),
        }
    }
}

impl Draft {
    /// Somebody new on the staff, found by their name from then on.
    pub fn new_staff(self, id: Id, account: &StaffAccount) -> Self {
        let to = Ref { kind: Kind::Staff, id };
        self.new_record(id, account, None).link(Index::Staff(account.name.clone()), to)
    }
}
