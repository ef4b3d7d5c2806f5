//! What makes somebody wait, found wherever it is counted, so that staff or an operator can end it
//! (T9): a RUT's, a member's of the staff. A terminal's lock is [`super::at_terminal::AtTerminal`].

use super::counted_under::TalliesOfFacilitator;
use super::kept_tries::PairCheck;
use super::pins::tally_of_pin;
use crate::domain::clean::Clean;
use crate::domain::facilitator::Facilitator;
use crate::domain::rut::Rut;
use crate::store::StoreError;
use crate::store::records::{Draft, Group, Held, Records};
use crate::store::tallies::{FailuresOfRut, TriesOfPairs};
use crate::vault::Blind;

/// All that is counted against somebody, as it was read.
#[derive(Debug, Default)]
pub struct CountedAgainst {
    failures: Vec<Held<FailuresOfRut>>,
    pairs: Vec<Held<TriesOfPairs>>,
}

impl CountedAgainst {
    /// Against a RUT, as a company's or a representative's: its claves, sent keys and answers, its notices'
    /// codes, its requests, its representatives, its facilitators' claves; their own card, and that of the
    /// representative on file.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn of_rut(records: &Records, rut: Rut) -> Result<Self, StoreError> {
        let (vault, mut waits) = (records.vault(), CountedAgainst::default());
        let mut tallies = [Blind::LimitOfRut, Blind::SentKeysOfRut, Blind::UndoOfRut, Blind::StatusOfRut]
            .map(|purpose| vault.blind_rut(purpose, rut))
            .to_vec();
        for held in records.read_all_in::<Facilitator>(Group::Company(rut)).await? {
            let identity = &held.value.person.identity;
            let who = (identity.country, &identity.number);
            let TalliesOfFacilitator { all, sent } = TalliesOfFacilitator::of(vault, rut, who);
            tallies.extend([all, sent]);
        }
        for id in tallies {
            waits.failures.extend(records.get(id).await?);
        }
        let mut pairs = vec![(PairCheck::Representation, rut), (PairCheck::Card, rut)];
        let account = records.account_of(rut).await?;
        pairs.extend(account.map(|held| (PairCheck::Card, held.value.representative.rut)));
        for (check, rut) in pairs {
            waits.pairs.extend(records.get(vault.blind_rut(check.kept_under(), rut)).await?);
        }
        Ok(waits)
    }

    /// Against a member of staff: the account of this name, and the PINs of these numbers.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn of_staff(records: &Records, name: &Clean, numbers: &[u16]) -> Result<Self, StoreError> {
        let (vault, mut waits) = (records.vault(), CountedAgainst::default());
        let account = vault.blind_name(Blind::LimitOfStaff, name);
        let pins = numbers.iter().map(|number| tally_of_pin(vault, *number));
        for id in [account].into_iter().chain(pins) {
            waits.failures.extend(records.get(id).await?);
        }
        Ok(waits)
    }

    /// Whether nothing is counted.
    pub fn is_empty(&self) -> bool {
        self.failures.is_empty() && self.pairs.is_empty()
    }

    /// Nothing is counted any more, with the batch that it is part of.
    pub fn ended(&self, draft: Draft) -> Draft {
        let draft = self.failures.iter().fold(draft, Draft::remove);
        self.pairs.iter().fold(draft, Draft::remove)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference::Id;

    fn held<T>(value: T) -> Held<T> {
        Held { id: Id([1; 16]), version: 3, due_ms: None, value }
    }

    #[test]
    fn either_kind_of_tries_counts() {
        let failures = || vec![held(FailuresOfRut { failures: 3, last_ms: 7 })];
        let pairs = || vec![held(TriesOfPairs::default())];
        let table = [
            (CountedAgainst::default(), true),
            (CountedAgainst { failures: failures(), pairs: Vec::new() }, false),
            (CountedAgainst { failures: Vec::new(), pairs: pairs() }, false),
            (CountedAgainst { failures: failures(), pairs: pairs() }, false),
        ];
        for (number, (counted, is_empty)) in table.into_iter().enumerate() {
            assert_eq!(counted.is_empty(), is_empty, "{number}");
        }
    }
}
