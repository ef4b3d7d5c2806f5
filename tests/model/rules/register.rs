//! T1: an application, and what makes an account of it.

use super::{Decided, Evidence, Office, Refusal, Rule, Said};
use crate::desk::{Account, Clave, Desk, MAIN, MOBILE, Mailbox, OnFile, PLACES, Rank, SECOND, Told, Who};

impl Office<'_> {
    pub(super) fn apply(&self, who: Who, mailbox: Mailbox) -> Decided {
        let mut desk = *self.desk;
        if !self.has(Rule::ApplicationFirst) && desk.account.is_none() {
            desk.account = Some(self.new_account((who, who), mailbox, Rank::Low));
            return Ok((desk, Told::default()));
        }
        if !self.has(Rule::ApplicationBlocksNobody) && desk.applications.iter().any(Option::is_some) {
            return Err(Refusal::AskedBefore);
        }
        desk.applications[who as usize] = Some(mailbox);
        Ok((desk, Told::default()))
    }

    /// What was applied for, taken off the desk.
    fn applied(&self, who: Who) -> Result<(Desk, Mailbox), Refusal> {
        let mut desk = *self.desk;
        let mailbox = desk.applications[who as usize].take().ok_or(Refusal::NoAccount)?;
        Ok((desk, mailbox))
    }

    pub(super) fn finish_with_card(&self, who: Who) -> Decided {
        let (mut desk, mailbox) = self.applied(who)?;
        if desk.account.is_some() {
            return Office { desk: &desk, ..*self }.ask_new_address(who, mailbox);
        }
        if self.setting.evidence == Evidence::Person && self.has(Rule::PersonToRegister) {
            return Err(Refusal::NeedsPerson);
        }
        match desk.remembered {
            Rank::Low => {}
            Rank::Person => return Err(Refusal::NeedsPerson),
            Rank::Office => return Err(Refusal::NeedsOffice),
        }
        desk.account = Some(self.new_account((who, who), mailbox, Rank::Low));
        Ok((desk, Told { warned: mailbox.into(), ..Told::default() }))
    }

    pub(super) fn finish_in_person(&self, (who, named): (Who, Who), said: Said) -> Decided {
        let (mut desk, mailbox) = self.applied(who)?;
        if desk.account.is_some() {
            return Office { desk: &desk, ..*self }.ask_in_person((who, named), mailbox, said);
        }
        if self.setting.evidence == Evidence::Card && desk.remembered == Rank::Low {
            // Nobody asks staff where the card is enough.
            return self.finish_with_card(who);
        }
        if said != Said::Current {
            return Err(Refusal::NotConfirmed);
        }
        if desk.remembered == Rank::Office && self.has(Rule::OfficeForThirtyDays) {
            return Err(Refusal::NeedsOffice);
        }
        let account = self.new_account((who, named), mailbox, Rank::Person);
        desk.account = Some(Account { rank: desk.remembered.max(Rank::Person), ..account });
        Ok((desk, Told { warned: mailbox.into(), ..Told::default() }))
    }

    fn new_account(&self, (who, named): (Who, Who), mailbox: Mailbox, rank: Rank) -> Account {
        let mut places = [None; PLACES];
        // The representative's own mailbox is the company's, until it is another.
        for place in [MAIN, SECOND] {
            places[place] = Some(OnFile { mailbox, proved: Some(rank), aged: false });
        }
        let mistyped = self.setting.mistyped_mobile.filter(|_| who != Who::Thief);
        places[MOBILE] = mistyped.map(|mailbox| OnFile { mailbox, proved: None, aged: false });
        Account::new(Clave::of(who), named, rank, places)
    }
}
