//! Deeds before staff: E5, its key, and E6 (T4a to T4d, T6).

use super::{Decided, Office, Refusal, Rule, Said};
use crate::desk::{
    Account, Before, Clave, MAIN, Mailbox, Mailboxes, OnFile, PLACES, Rank, Sending, Stage, Told, Who,
};

impl Office<'_> {
    pub(super) fn ask_in_person(&self, (who, named): (Who, Who), mailbox: Mailbox, said: Said) -> Decided {
        let account = self.account()?;
        let is_on_file = account.proved().has(mailbox);
        match said {
            Said::Current => {}
            Said::Silent if !self.has(Rule::SilenceIsNoYes) => {}
            Said::Silent if account.representative == named && is_on_file => {}
            Said::Silent | Said::Never => return Err(Refusal::NotConfirmed),
        }
        if account.frozen && self.has(Rule::OnlyOfficeThaws) {
            return Err(Refusal::Frozen);
        }
        if account.rank == Rank::Office && !is_on_file && self.has(Rule::OfficeForThirtyDays) {
            return Err(Refusal::NeedsOffice);
        }
        let mut changed = Account { frozen: false, representative: named, ..account };
        if self.has(Rule::PersonReaddresses) {
            self.readdress_in_person(&mut changed, mailbox);
        }
        self.end_weaker(&mut changed);
        changed.in_person = Some(Sending::new(who, mailbox.into(), Stage::Queued));
        changed.rank = changed.rank.max(Rank::Person);
        let told = self.told_of_person(&account, &mut changed);
        Ok((self.with(changed), told))
    }

    /// The address of an E5 is on file with it, and the others leave (T4c).
    fn readdress_in_person(&self, account: &mut Account, mailbox: Mailbox) {
        let is_here = |on_file: &OnFile| on_file.mailbox == mailbox;
        if !account.places[MAIN].as_ref().is_some_and(is_here) {
            account.places[MAIN] = Some(OnFile { mailbox, proved: None, aged: false });
        }
        for place in &mut account.places {
            match place {
                Some(on_file) if is_here(on_file) => on_file.proved = on_file.proved.max(Some(Rank::Person)),
                _ if self.has(Rule::FormerLeave) => *place = None,
                _ => {}
            }
        }
    }

    /// What an E5 ends (T4c).
    fn end_weaker(&self, account: &mut Account) {
        let ends = |sending: &Sending| match sending.stage {
            Stage::Held => self.has(Rule::PersonEndsHolds),
            Stage::Queued => self.has(Rule::PersonEndsRequests),
            Stage::Sent => self.has(Rule::PersonEndsSentKeys),
        };
        for sending in [&mut account.to_file].into_iter().chain(&mut account.to_new) {
            *sending = sending.filter(|sending| !ends(sending));
        }
        if self.has(Rule::PersonEndsHolds) {
            account.stop_codes = Default::default();
        }
        account.forget_codes();
        if self.has(Rule::NoRevertPastPerson) {
            account.history = Default::default();
        }
        account.erasing &= !self.has(Rule::PersonEndsErasure);
    }

    /// Who hears of a person's deed, and who may freeze on it (T4a, T4b, T5).
    fn told_of_person(&self, before: &Account, changed: &mut Account) -> Told {
        let warned = self.heard_before(before) | changed.on_file() | self.where_keys_ended(before);
        let trusted = self.heard_before(before) & before.trusted();
        let freeze = if self.has(Rule::FreezeByTrusted) { trusted } else { warned };
        let kept = if self.has(Rule::FreezeCodesStay) { before.freeze_codes } else { Mailboxes::default() };
        changed.freeze_codes = kept | freeze;
        if !self.has(Rule::FreezeInsteadOfRevert) {
            let was = Before { clave: before.clave, places: before.places };
            changed.before_person.get_or_insert(was);
        }
        Told { warned, freeze, ..Told::default() }
    }

    /// The owner chose a CS with the key of an E5.
    pub(super) fn chosen_in_person(&self, account: Account, who: Who) -> Decided {
        let mut changed = Account { clave: Clave::of(who), in_person: None, ..account };
        self.end_weaker(&mut changed);
        changed.rank = changed.rank.max(Rank::Person);
        let told = self.told_of_person(&account, &mut changed);
        Ok((self.with(changed), told))
    }

    /// E6 gives the account to the representative before them: own CS, and the channel proved there (T6).
    pub(super) fn settle(
        &self,
        (who, named): (Who, Who),
        mailbox: Mailbox,
        members: u8,
        said: Said,
    ) -> Decided {
        if said != Said::Current {
            return Err(Refusal::NotConfirmed);
        }
        if members < 2 && self.has(Rule::TwoMembers) {
            return Err(Refusal::NeedsOffice);
        }
        let mut places = [None; PLACES];
        places[MAIN] = Some(OnFile { mailbox, proved: Some(Rank::Office), aged: false });
        let mut given = Account::new(Clave::of(who), named, Rank::Office, places);
        let Some(before) = self.desk.account else {
            return Ok((self.with(given), Told { warned: mailbox.into(), ..Told::default() }));
        };
        let is_others = before.rank == Rank::Office && before.representative != named;
        if is_others && !self.has(Rule::LastOfficeWins) {
            return Err(Refusal::NeedsOffice);
        }
        let warned = self.heard_before(&before) | given.on_file() | self.where_keys_ended(&before);
        let mut told = Told { warned, ..Told::default() };
        if !self.has(Rule::NothingAgainstOffice) {
            told.freeze = before.trusted();
            given.freeze_codes = told.freeze;
        }
        if !self.has(Rule::OfficeRetiresOthers) {
            given.freeze_codes = given.freeze_codes | before.freeze_codes;
            (given.to_file, given.to_new) = (before.to_file, before.to_new);
        }
        Ok((self.with(given), told))
    }
}
