//! What must never happen in one step, seen by comparing before and after.

use crate::desk::{Account, Key, Mailbox, Stage, Told, Who};
use crate::rules::{Evidence, Try};
use crate::variant::Variant;
use crate::world::{Action, World};

/// What must never happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Fault {
    /// The thief registered the company.
    Registered,
    /// A weak deed ended an honest E5's key.
    KilledPersonsKey,
    /// A channel froze that never was on file.
    OutsiderFroze,
    /// A channel froze that was on file by a low deed, for less than 30 days.
    NewcomerFroze,
    /// The thief froze a second time, or after E6.
    FrozeAgain,
    /// A deed of the thief's that no channel of the owner's heard of.
    Unheard,
    /// A deed of the thief's took the owner's freeze code away.
    TookBrake,
    /// A hold ran out that no channel of the owner's could stop.
    Unstoppable,
    /// The thief did something to a frozen account.
    ActedOnFrozen,
    /// A key or a code that reverts or freezes went to a channel that nobody proved.
    SecretToUnproved,
    /// An erasure that was asked for before outlived the owner's E5.
    ErasureOutlived,
    /// A code of the thief's reverted something, whose channel nobody had ever proved.
    UnprovedReverted,
}

/// One step.
pub struct Step<'a> {
    /// The world.
    pub variant: &'a Variant,
    /// What was.
    pub before: &'a World,
    /// What came of it.
    pub after: &'a World,
    /// What happened.
    pub action: Action,
    /// Who was told.
    pub told: Told,
}

impl Step<'_> {
    /// Its faults, as bits.
    pub fn faults(&self) -> u16 {
        let mut faults = 0;
        let mut note = |fault: Fault, happened: bool| faults |= u16::from(happened) << fault as u16;
        note(Fault::KilledPersonsKey, self.killed_persons_key());
        note(Fault::Unstoppable, self.let_run_out());
        note(Fault::SecretToUnproved, self.told_unproved());
        if let Action::Try(tried) = self.action {
            match tried.who() {
                Who::Thief => self.of_thief(tried, &mut note),
                Who::Owner | Who::Partner => {
                    let asks = matches!(tried, Try::AskInPerson { .. });
                    let erases = self.after.desk.account.is_some_and(|account| account.erasing);
                    note(Fault::ErasureOutlived, asks && erases);
                }
            }
        }
        faults
    }

    fn of_thief(&self, tried: Try, note: &mut impl FnMut(Fault, bool)) {
        let (before, after) = (self.before, self.after);
        let is_made = before.desk.account.is_none() && after.desk.account.is_some();
        let is_barred = self.variant.evidence == Evidence::Person && !self.variant.bribed;
        note(Fault::Registered, is_made && is_barred);
        if let Try::Freeze { mailbox, .. } = tried {
            let is_thiefs = !self.variant.honest().has(mailbox);
            note(Fault::OutsiderFroze, is_thiefs && !before.seen.ever_on_file.has(mailbox));
            note(Fault::NewcomerFroze, is_thiefs && !before.seen.ever_trusted.has(mailbox));
            let is_again = before.seen.has_frozen || before.seen.had_office;
            note(Fault::FrozeAgain, is_again && !self.variant.bribed);
        }
        if let Try::Undo { mailbox, .. } = tried {
            let is_thiefs = !self.variant.honest().has(mailbox);
            note(Fault::UnprovedReverted, is_thiefs && !before.seen.ever_on_file.has(mailbox));
        }
        let Some(was) = before.desk.account else { return };
        note(Fault::Unheard, self.is_unheard(&was));
        note(Fault::TookBrake, self.took_brake(&was));
        let is_brake = tried.is_brake() || matches!(tried, Try::Apply { .. });
        let is_thawed = matches!(tried, Try::AskInPerson { .. } | Try::FinishInPerson { .. });
        note(Fault::ActedOnFrozen, was.frozen && !is_brake && !is_thawed);
    }

    /// Nobody honest was told, though a channel or a key of theirs was touched. A recovery to what is on
    /// file changes nothing until its key is used, and then they hear.
    fn is_unheard(&self, was: &Account) -> bool {
        let honest = self.variant.honest();
        let could_hear = self.before.seen.is_honest && was.on_file().meets(honest);
        let had_key = |account: Option<Account>| account.is_some_and(|is| is.where_keys_went().meets(honest));
        let lost_key = had_key(Some(*was)) && !had_key(self.after.desk.account);
        let to_file = self.after.desk.account.and_then(|account| account.to_file);
        let is_deed = self.after.desk.account != Some(Account { to_file, ..*was });
        is_deed && (could_hear || lost_key) && !self.told.warned.meets(honest)
    }

    fn took_brake(&self, was: &Account) -> bool {
        let honest = self.variant.honest();
        let Some(is) = self.after.desk.account.filter(|account| !account.frozen) else { return false };
        was.freeze_codes.meets(honest) && !is.freeze_codes.meets(honest)
    }

    fn passes_time(&self) -> bool {
        matches!(self.action, Action::Day | Action::ThreeDays | Action::Month)
    }

    fn killed_persons_key(&self) -> bool {
        let key = |world: &World| world.desk.account.and_then(|account| account.in_person);
        let Some(honest) = key(self.before).filter(|sending| sending.by != Who::Thief) else { return false };
        let is_there =
            key(self.after).is_some_and(|sending| (sending.by, sending.to) == (honest.by, honest.to));
        let may_end = match self.action {
            Action::Try(tried) => matches!(
                tried,
                Try::UseKey { key: Key::InPerson, .. }
                    | Try::AskInPerson { .. }
                    | Try::FinishInPerson { .. }
                    | Try::Settle { .. }
                    | Try::Freeze { .. }
            ),
            _ => self.passes_time(),
        };
        !is_there && !may_end
    }

    fn let_run_out(&self) -> bool {
        let Some(was) = self.before.desk.account.filter(|_| self.passes_time()) else { return false };
        let honest = self.variant.honest();
        if !self.before.seen.is_honest && !was.proved().meets(honest) {
            return false;
        }
        let mut deeds = was.history.iter().flatten();
        let undoes = deeds.any(|deed| deed.by == Who::Thief && deed.codes.meets(honest));
        let mut held = was.to_new.iter().zip(was.stop_codes);
        held.any(|(sending, codes)| {
            let is_thiefs =
                sending.is_some_and(|sending| sending.stage == Stage::Held && sending.by == Who::Thief);
            is_thiefs && !codes.meets(honest) && !undoes
        })
    }

    fn told_unproved(&self) -> bool {
        let proved = |world: &World| world.desk.account.map(|account| account.proved());
        let known = proved(self.before).unwrap_or_default() | proved(self.after).unwrap_or_default();
        let codes = self.told.undo | self.told.freeze;
        let has_code = codes.iter().any(|mailbox| !known.has(mailbox));
        let has_key = match self.action {
            Action::Deliver(key @ Key::OnFile) | Action::DeliverAndDie(key @ Key::OnFile) => {
                let to = self.after.desk.account.and_then(|account| *account.sending(key));
                let mut strangers = [Mailbox::Former, Mailbox::Stranger].into_iter();
                to.is_some_and(|sending| {
                    strangers
                        .any(|mailbox| sending.to.has(mailbox) && !self.before.seen.ever_on_file.has(mailbox))
                })
            }
            _ => false,
        };
        has_code || has_key
    }
}
