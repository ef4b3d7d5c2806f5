//! What chance gives a use case: drawn once, before anything is decided, so that deciding again
//! after a conflict writes the same ids and tells the same folio.

use crate::domain::folio::Folio;
use crate::domain::office_time::{OfficeTime, ProtectionsTime, RightsTime};
use crate::domain::reference::Id;
use crate::store::records::Draft;
use crate::vault::Vault;

/// The time and the chance of one use case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// By which everything is dated (S12), in milliseconds since 1970.
    pub now_ms: u64,
    time: OfficeTime,
    /// Of the receipt.
    pub folio: Folio,
    random: [u8; 10],
}

impl Drawn {
    /// For a use case at this time.
    pub fn at(time: OfficeTime, vault: &Vault) -> Self {
        Drawn { now_ms: time.now_ms(), time, folio: Folio::new(vault.random()), random: vault.random() }
    }

    /// The same chance at every call, for tables.
    #[cfg(test)]
    pub fn for_test(now_ms: u64) -> Self {
        Self::for_test_at(OfficeTime::agreed(now_ms))
    }

    /// The same at a time of which the clocks say different things.
    #[cfg(test)]
    pub fn for_test_at(time: OfficeTime) -> Self {
        let now_ms = time.now_ms();
        Drawn { now_ms, time, folio: Folio::new([1, 2, 3, 4, 5]), random: [7; 10] }
    }

    /// The office's time, for whoever draws again.
    pub fn time(&self) -> OfficeTime {
        self.time
    }

    /// By which keys and codes end.
    pub fn rights(&self) -> RightsTime {
        self.time.rights()
    }

    /// By which holds, locks and limits end.
    pub fn protections(&self) -> ProtectionsTime {
        self.time.protections()
    }

    /// The batch to be decided on. Its id is the drawn one: committed twice, it is one commit. A use
    /// case that commits two batches therefore draws for each.
    pub fn draft(&self) -> Draft {
        Draft::new(self.id(0))
    }

    /// Fresh ids, the same ones in the same order at every call.
    pub fn ids(&self) -> Ids {
        Ids { drawn: *self, next: 1 }
    }

    fn id(&self, number: u8) -> Id {
        let mut bytes = self.random;
        bytes[0] ^= number;
        Id::at(self.now_ms, bytes)
    }
}

/// Hands out ids of new records. One use case writes far fewer than 255.
#[derive(Clone, Debug)]
pub struct Ids {
    drawn: Drawn,
    next: u8,
}

impl Ids {
    /// One that was not handed out yet.
    pub fn fresh(&mut self) -> Id {
        let id = self.drawn.id(self.next);
        self.next = self.next.checked_add(1).expect("no use case writes 255 records");
        id
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_differ_and_come_again() {
        let drawn = Drawn::for_test(7);
        let (mut first, mut again) = (drawn.ids(), drawn.ids());
        let ids: Vec<Id> = (0..200).map(|_| first.fresh()).collect();
        assert_eq!(ids, (0..200).map(|_| again.fresh()).collect::<Vec<_>>());
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 200);
        assert!(ids.iter().all(|id| id.time_ms() == 7 && *id != drawn.id(0)));
    }
}
