//! *No fui yo*: low deeds are undone, a person's deed is frozen, a hold is stopped (T4a, T4b, T4e). Brakes
//! never ask SII.

use super::{Decided, Office, Refusal, Rule};
use crate::desk::{Key, Mailbox, Told, Who};

impl Office<'_> {
    /// What was before the deed comes back, and all that came after it ends. An undoing carries no code.
    pub(super) fn undo(&self, mailbox: Mailbox, deed: u8) -> Decided {
        let account = self.open_to_low()?;
        let known = account.history[deed as usize].filter(|known| known.codes.has(mailbox));
        let undone = known.ok_or(Refusal::Dead)?;
        let mut changed = account;
        let mut is_changed = false;
        for room in &mut changed.history[deed as usize..] {
            let Some(after) = room.take() else { continue };
            changed.erasing &= !after.erases;
            is_changed |= after.changes;
        }
        (changed.clave, changed.places) = (undone.before.clave, undone.before.places);
        // Where it was an erasure alone, no key can have gone elsewhere.
        if is_changed && self.has(Rule::UndoingEndsWhatFollowed) {
            changed.end_all();
        }
        if !self.has(Rule::UndoingHasNoCode) {
            let told = self.noted(&account, &mut changed, Who::Owner, false);
            return Ok((self.with(changed), told));
        }
        let warned = self.heard_before(&account) | changed.on_file() | self.where_keys_ended(&account);
        Ok((self.with(changed), Told { warned, ..Told::default() }))
    }

    /// Nothing goes on until two members of staff saw who it is (T6).
    pub(super) fn freeze(&self, mailbox: Mailbox) -> Decided {
        let account = self.account()?;
        if account.frozen {
            return Err(Refusal::Frozen);
        }
        if !account.freeze_codes.has(mailbox) {
            return Err(Refusal::Dead);
        }
        let mut changed = account;
        changed.end_all();
        (changed.history, changed.freeze_codes) = Default::default();
        changed.erasing = false;
        match changed.before_person.take() {
            // Only without the rule that a code against a person's deed reverts nothing.
            Some(before) => (changed.clave, changed.places) = (before.clave, before.places),
            None => changed.frozen = true,
        }
        let warned = account.on_file() | self.where_keys_ended(&account);
        Ok((self.with(changed), Told { warned, ..Told::default() }))
    }

    pub(super) fn stop_hold(&self, mailbox: Mailbox, key: Key) -> Decided {
        let mut account = self.account()?;
        let Key::New(which) = key else { return Err(Refusal::Dead) };
        let codes = &mut account.stop_codes[which as usize];
        if !std::mem::take(codes).has(mailbox) {
            return Err(Refusal::Dead);
        }
        account.to_new[which as usize] = None;
        account.forget_codes();
        Ok((self.with(account), Told { warned: account.on_file(), ..Told::default() }))
    }
}
