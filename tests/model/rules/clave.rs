//! What the CS in use and sent keys open, and the notice of a low deed (T3, T4, T5, S7).

use super::{Decided, Office, Refusal, Rule};
use crate::desk::{Account, Before, Clave, Key, LowDeed, Mailbox, Mailboxes, OnFile, Rank, Told, Who};

impl Office<'_> {
    pub(super) fn change(&self, who: Who, stale: bool) -> Decided {
        let account = self.open_to_low()?;
        if stale && self.has(Rule::VerdictHolds) {
            return Err(Refusal::Dead);
        }
        self.chosen_low(account, who, Mailboxes::default())
    }

    pub(super) fn use_key(&self, who: Who, key: Key, stale: bool) -> Decided {
        let account = self.account()?;
        if account.frozen && self.has(Rule::FrozenAcceptsNothing) {
            return Err(Refusal::Frozen);
        }
        if (stale || account.sending(key).is_none()) && self.has(Rule::VerdictHolds) {
            return Err(Refusal::Dead);
        }
        match key {
            Key::InPerson => self.chosen_in_person(account, who),
            Key::OnFile => self.chosen_low(self.open_to_low()?, who, Mailboxes::default()),
            Key::New(which) => {
                let reverted_by = account.revert_codes[which as usize];
                self.chosen_low(self.open_to_low()?, who, reverted_by)
            }
        }
    }

    /// A CS was chosen on low evidence: every key and hold ends with it. The codes of the hold that its
    /// key waited for revert it too.
    fn chosen_low(&self, account: Account, who: Who, reverted_by: Mailboxes) -> Decided {
        let mut changed = Account { clave: Clave::of(who), ..account };
        changed.end_all();
        let has_room = changed.history[..self.setting.room].iter().any(Option::is_none);
        let told = self.noted(&account, &mut changed, who, false);
        if let Some(deed) = changed.history.iter_mut().rev().flatten().next().filter(|_| has_room) {
            deed.codes = deed.codes | reverted_by;
        }
        let warned = told.warned | self.where_keys_ended(&account);
        Ok((self.with(changed), Told { warned, ..told }))
    }

    /// The notice of a low deed: to the channels before and after, with a code for those before that are
    /// proved (T3, T5).
    pub(super) fn noted(&self, before: &Account, changed: &mut Account, by: Who, erases: bool) -> Told {
        let warned = changed.on_file() | self.heard_before(before);
        let codes = self.may_get_secrets(before) & warned;
        let was = Before { clave: before.clave, places: before.places };
        let room = self.setting.room;
        match changed.history[..room].iter_mut().find(|room| room.is_none()) {
            Some(room) => *room = Some(LowDeed { by, before: was, codes, erases, changes: !erases }),
            // The newest code covers this deed too.
            None => {
                if let Some(newest) = &mut changed.history[room - 1] {
                    newest.codes = newest.codes | codes;
                    newest.erases |= erases;
                    newest.changes |= !erases;
                    newest.by = newest.by.max(by);
                }
            }
        }
        Told { warned, undo: codes, ..Told::default() }
    }

    pub(super) fn readdress(&self, who: Who, place: u8, mailbox: Mailbox) -> Decided {
        let account = self.open_to_low()?;
        match account.rank {
            _ if !self.has(Rule::NoReaddressOncePerson) => {}
            Rank::Low => {}
            Rank::Person => return Err(Refusal::NeedsPerson),
            Rank::Office => return Err(Refusal::NeedsOffice),
        }
        let mut changed = account;
        changed.places[place as usize] = Some(OnFile { mailbox, proved: Some(Rank::Low), aged: false });
        if self.has(Rule::ChangeEndsHold) {
            changed.end_holds();
        }
        let told = self.noted(&account, &mut changed, who, false);
        Ok((self.with(changed), told))
    }

    /// It waits as long as the notice's code lives.
    pub(super) fn forget(&self, who: Who) -> Decided {
        let account = self.open_to_low()?;
        if account.erasing {
            return Err(Refusal::AskedBefore);
        }
        let mut changed = Account { erasing: true, ..account };
        let told = self.noted(&account, &mut changed, who, true);
        Ok((self.with(changed), told))
    }
}
