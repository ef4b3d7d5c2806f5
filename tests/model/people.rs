//! What each of them tries: the thief all that there is, honest people what makes sense.

use crate::desk::{Account, DEEDS, Key, MAIN, Mailbox, PLACES, Rank, SECOND, Who};
use crate::rules::Try;
use crate::variant::{Start, Variant};
use crate::world::{Action, Proved, Visit, World};

/// All that somebody may try next.
pub fn tries(variant: &Variant, world: &World, actions: &mut Vec<Action>) {
    let mut tries = Vec::new();
    Person { variant, world, who: Who::Thief }.tries_of_thief(&mut tries);
    for who in variant.representatives() {
        Person { variant, world, who: *who }.tries_of_honest(&mut tries);
    }
    actions.extend(tries.into_iter().map(Action::Try));
    if variant.visits {
        visits(variant, world, actions);
    }
}

struct Person<'a> {
    variant: &'a Variant,
    world: &'a World,
    who: Who,
}

impl Person<'_> {
    fn mailbox(&self) -> Mailbox {
        self.variant.brings(self.who)
    }

    fn reads(&self, mailbox: Mailbox) -> bool {
        self.variant.read_by(self.who).has(mailbox)
    }

    fn has_applied(&self) -> bool {
        self.world.desk.applications[self.who as usize].is_some()
    }

    fn tries_of_thief(&self, tries: &mut Vec<Try>) {
        let (who, mailbox, variant) = (self.who, self.mailbox(), self.variant);
        if !self.has_applied() && (variant.start == Start::Nothing || variant.erases) {
            tries.push(Try::Apply { who, mailbox });
        }
        if self.has_applied() && variant.knows {
            tries.push(Try::FinishWithCard { who });
        }
        if self.has_applied() && variant.bribed {
            tries.push(Try::FinishInPerson { who, named: Who::Owner });
        }
        let Some(account) = self.world.desk.account else { return };
        if variant.knows {
            tries.extend([Try::AskKey { who }, Try::AskNewAddress { who, mailbox }]);
            self.proofs(&account, tries);
        }
        self.before_staff(&account, tries);
        self.keys(tries);
        self.clave(&account, tries);
        if account.clave.is_known_to(who) {
            let leads_there = |place: usize| account.places[place].is_some_and(|is| is.mailbox == mailbox);
            let others = [MAIN, SECOND].into_iter().filter(|place| !leads_there(*place));
            tries.extend(others.map(|place| Try::Readdress { who, place: place as u8, mailbox }));
        }
        self.undoings(&account, |_| true, tries);
        let freezes = Mailbox::ALL.into_iter().filter(|mailbox| account.freeze_codes.has(*mailbox));
        tries.extend(
            freezes.filter(|mailbox| self.reads(*mailbox)).map(|mailbox| Try::Freeze { who, mailbox }),
        );
    }

    /// A bribed member says that the thief is the owner; a former representative comes as who they are.
    fn before_staff(&self, account: &Account, tries: &mut Vec<Try>) {
        let (who, mailbox) = (self.who, self.mailbox());
        let named = match (self.variant.bribed, self.variant.start) {
            (true, _) => Who::Owner,
            (false, Start::FormerRepresentative) => Who::Thief,
            (false, _) => return,
        };
        tries.push(Try::AskInPerson { who, named, mailbox });
        let main = account.places[MAIN].filter(|main| main.mailbox != mailbox);
        tries.extend(main.map(|main| Try::AskInPerson { who, named, mailbox: main.mailbox }));
        if self.variant.bribed {
            tries.push(Try::Settle { who, named, mailbox, members: 1 });
        }
    }

    fn tries_of_honest(&self, tries: &mut Vec<Try>) {
        let (who, mailbox) = (self.who, self.mailbox());
        if !self.has_applied() && self.world.desk.account.is_none() {
            tries.push(Try::Apply { who, mailbox });
        }
        if self.has_applied() {
            tries.extend([Try::FinishWithCard { who }, Try::FinishInPerson { who, named: who }]);
        }
        if self.world.desk.account.is_some() || self.world.desk.remembered == Rank::Office {
            tries.push(Try::Settle { who, named: who, mailbox, members: 2 });
        }
        let Some(account) = self.world.desk.account else { return };
        tries.extend([Try::AskInPerson { who, named: who, mailbox }, Try::AskKey { who }]);
        if !account.on_file().has(mailbox) {
            tries.push(Try::AskNewAddress { who, mailbox });
        }
        self.proofs(&account, tries);
        self.keys(tries);
        self.clave(&account, tries);
        let is_main = account.places[MAIN].is_some_and(|main| main.mailbox == mailbox);
        if account.clave.is_known_to(who) && !is_main {
            tries.push(Try::Readdress { who, place: MAIN as u8, mailbox });
        }
        self.brakes(&account, tries);
    }

    /// Honest people brake what the thief did, and nothing else.
    fn brakes(&self, account: &Account, tries: &mut Vec<Try>) {
        let who = self.who;
        self.undoings(account, |by| by == Who::Thief, tries);
        for mailbox in Mailbox::ALL.into_iter().filter(|mailbox| self.reads(*mailbox)) {
            if account.freeze_codes.has(mailbox) && self.world.seen.is_thiefs_person {
                tries.push(Try::Freeze { who, mailbox });
            }
            for which in 0..2 {
                let held = account.to_new[which as usize];
                let is_thiefs = held.is_some_and(|held| held.by == Who::Thief);
                if is_thiefs && account.stop_codes[which as usize].has(mailbox) {
                    tries.push(Try::StopHold { who, mailbox, key: Key::New(which) });
                }
            }
        }
    }

    fn undoings(&self, account: &Account, undoes: impl Fn(Who) -> bool, tries: &mut Vec<Try>) {
        let who = self.who;
        for (deed, known) in (0..DEEDS as u8).zip(account.history) {
            let Some(known) = known.filter(|known| undoes(known.by)) else { continue };
            let codes = known.codes.iter().filter(|mailbox| self.reads(*mailbox));
            tries.extend(codes.map(|mailbox| Try::Undo { who, mailbox, deed }));
        }
    }

    /// With E1 or E2, and the code that was sent to a channel on file.
    fn proofs(&self, account: &Account, tries: &mut Vec<Try>) {
        for (place, on_file) in (0..PLACES as u8).zip(account.places) {
            if on_file.is_some_and(|on_file| on_file.proved.is_none() && self.reads(on_file.mailbox)) {
                tries.push(Try::Prove { who: self.who, place });
            }
        }
    }

    fn clave(&self, account: &Account, tries: &mut Vec<Try>) {
        let who = self.who;
        if account.clave.is_known_to(who) {
            tries.push(Try::Change { who, stale: false });
            if self.variant.erases {
                tries.push(Try::Forget { who });
            }
        }
    }

    fn keys(&self, tries: &mut Vec<Try>) {
        let who = self.who;
        let keys = self.world.keys_of(self.variant, who);
        tries.extend(keys.map(|key| Try::UseKey { who, key, stale: false }));
    }
}

/// The thief proves a clave, leaves the visit open, and goes on later.
fn visits(variant: &Variant, world: &World, actions: &mut Vec<Action>) {
    let who = Who::Thief;
    match world.visit {
        None => {
            let is_accepted = |tried| world.decide(variant, tried).is_ok();
            if world.desk.is_claves(who) && is_accepted(Try::Change { who, stale: false }) {
                actions.push(Action::Open(Proved::Own));
            }
            let keys = world.keys_of(variant, who);
            let right = keys.filter(|key| is_accepted(Try::UseKey { who, key: *key, stale: false }));
            actions.extend(right.map(|key| Action::Open(Proved::Sent(key))));
        }
        Some(Visit { proved: Proved::Own, stale }) => actions.push(Action::Try(Try::Change { who, stale })),
        Some(Visit { proved: Proved::Sent(key), stale }) => {
            actions.push(Action::Try(Try::UseKey { who, key, stale }));
        }
    }
}
