//! Recoveries on low evidence: to what is on file, and to a new address by the hold (T3, T4d, T4e).

use super::{Decided, Office, Refusal, Rule};
use crate::desk::{Account, KEY_PLACES, Mailbox, Mailboxes, Rank, Sending, Stage, Told, Who};

impl Office<'_> {
    /// Where keys go (T3).
    fn key_mailboxes(&self, account: &Account) -> Mailboxes {
        let places = account.places[..KEY_PLACES].iter().flatten();
        let may = places.filter(|on_file| on_file.proved.is_some() || !self.has(Rule::SecretsToProvedOnly));
        may.map(|on_file| on_file.mailbox).collect()
    }

    pub(super) fn ask_key(&self) -> Decided {
        let account = self.open_to_low()?;
        let to = self.key_mailboxes(&account);
        if to.is_empty() {
            return Err(Refusal::NothingProved);
        }
        self.to_file(account, to)
    }

    fn to_file(&self, mut account: Account, to: Mailboxes) -> Decided {
        if account.to_file.is_some() {
            return Err(Refusal::AskedBefore);
        }
        account.to_file = Some(Sending::new(Who::Owner, to, Stage::Queued));
        Ok((self.with(account), Told::default()))
    }

    /// The hold; a channel on file has its key at once.
    pub(super) fn ask_new_address(&self, who: Who, mailbox: Mailbox) -> Decided {
        let mut account = self.open_to_low()?;
        if account.proved().has(mailbox) {
            return self.to_file(account, mailbox.into());
        }
        match account.rank {
            _ if !self.has(Rule::NoHoldOncePerson) => {}
            Rank::Low => {}
            Rank::Person => return Err(Refusal::NeedsPerson),
            Rank::Office => return Err(Refusal::NeedsOffice),
        }
        if account.proved().is_empty() && self.has(Rule::SomebodyToWarn) {
            return Err(Refusal::NobodyToWarn);
        }
        let runs = account.to_new.iter().flatten().any(|sending| sending.stage == Stage::Held);
        if runs && self.has(Rule::OneHold) {
            return Err(Refusal::HoldRuns);
        }
        let room = account.to_new.iter().position(Option::is_none).ok_or(Refusal::AskedBefore)?;
        let stage = if self.has(Rule::Hold) { Stage::Held } else { Stage::Queued };
        account.to_new[room] = Some(Sending::new(who, mailbox.into(), stage));
        let warned = account.on_file();
        // There is room for the codes of one hold.
        account.stop_codes = Default::default();
        account.stop_codes[room] = warned;
        account.revert_codes[room] = if self.has(Rule::UnprovedOnlyStop) { account.proved() } else { warned };
        Ok((self.with(account), Told { warned, stop: warned, ..Told::default() }))
    }

    /// A channel on file is proved by E1 or E2 and its code (T3).
    pub(super) fn prove(&self, place: u8) -> Decided {
        let mut account = self.open_to_low()?;
        match account.rank {
            _ if !self.has(Rule::ProvedByClaveOncePerson) => {}
            Rank::Low => {}
            Rank::Person | Rank::Office => return Err(Refusal::NeedsPerson),
        }
        let proved = account.places[place as usize].ok_or(Refusal::NothingProved)?;
        if proved.proved.is_some() {
            return Err(Refusal::AskedBefore);
        }
        // Every place that leads there.
        for on_file in account.places.iter_mut().flatten().filter(|on_file| on_file.mailbox == proved.mailbox)
        {
            (on_file.proved, on_file.aged) = (Some(Rank::Low), false);
        }
        Ok((self.with(account), Told { warned: account.on_file(), ..Told::default() }))
    }
}
