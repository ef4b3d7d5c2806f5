//! The world around the desk: what the courier, SII and time do, and what comes of each step.

use crate::desk::{Account, Desk, Key, Stage, Told, Who};
use crate::faults::Step;
use crate::people;
use crate::rules::{Refusal, Said, Try, after_a_day, after_a_month, after_three_days, decide};
use crate::seen::{self, Seen};
use crate::variant::Variant;

/// What the thief proved in a visit that stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Visit {
    /// With which clave it was opened.
    pub proved: Proved,
    /// That is on file no more.
    pub stale: bool,
}

/// A clave that opens a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proved {
    /// The CS in use.
    Own,
    /// A sent key.
    Sent(Key),
}

/// What happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Somebody tries something at a terminal.
    Try(Try),
    /// The thief proves a clave, and leaves the visit open.
    Open(Proved),
    /// The thief comes to know the CS in use.
    Steal,
    /// The courier sends a key, and notes it.
    Deliver(Key),
    /// The courier sends a key, and dies before noting it.
    DeliverAndDie(Key),
    /// A day passes.
    Day,
    /// Three days pass.
    ThreeDays,
    /// Thirty days pass.
    Month,
    /// SII falls silent, or answers again.
    Silence(bool),
}

/// The desk, and what is around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct World {
    /// What the desk knows.
    pub desk: Desk,
    /// What the thief left open.
    pub visit: Option<Visit>,
    /// SII does not answer.
    pub is_silent: bool,
    /// For the properties alone.
    pub seen: Seen,
}

impl World {
    /// At first.
    pub fn first(variant: &Variant) -> World {
        World { desk: variant.first_desk(), visit: None, is_silent: false, seen: Seen::first(variant) }
    }

    /// What SII says of a representative.
    pub fn said(&self, variant: &Variant, named: Who) -> Said {
        match variant.representatives().contains(&named) {
            _ if self.is_silent => Said::Silent,
            true => Said::Current,
            false => Said::Never,
        }
    }

    /// What would come of a try.
    ///
    /// # Errors
    /// Why nothing would be done.
    pub fn decide(&self, variant: &Variant, tried: Try) -> Result<(Desk, Told), Refusal> {
        let said = self.said(variant, tried.named().unwrap_or(Who::Owner));
        decide(&variant.setting(), &self.desk, said, tried)
    }

    /// The sent keys that lie in a mailbox of theirs.
    pub fn keys_of(&self, variant: &Variant, who: Who) -> impl Iterator<Item = Key> {
        let (account, reads) = (self.desk.account, variant.read_by(who));
        Key::ALL.into_iter().filter(move |key| {
            let sending = account.and_then(|account| *account.sending(*key));
            sending.is_some_and(|sending| sending.arrived && sending.to.meets(reads))
        })
    }

    /// Whether they have the CS in use, or a key that works, and it is accepted here.
    pub fn is_in(&self, variant: &Variant, who: Who) -> bool {
        let Some(account) = self.desk.account else { return false };
        let is_accepted = |tried| self.decide(variant, tried).is_ok();
        let opens = match account.in_person {
            // While an E5's key lives it changes nothing, and still opens other systems.
            Some(_) => !account.frozen,
            None => is_accepted(Try::Change { who, stale: false }),
        };
        let mut keys = self.keys_of(variant, who);
        (account.clave.is_known_to(who) && opens)
            || keys.any(|key| is_accepted(Try::UseKey { who, key, stale: false }))
    }

    /// One step, and who was told of it.
    ///
    /// # Errors
    /// Why nothing was done.
    pub fn step(&self, variant: &Variant, action: Action) -> Result<(World, Told), Refusal> {
        let (mut next, mut told) = (*self, Told::default());
        match action {
            Action::Try(tried) => (next.desk, told) = self.decide(variant, tried)?,
            Action::Open(proved) => next.visit = Some(Visit { proved, stale: false }),
            Action::Steal => {
                let account = next.desk.account.as_mut().ok_or(Refusal::NoAccount)?;
                account.clave = account.clave.and(Who::Thief);
            }
            Action::Deliver(key) | Action::DeliverAndDie(key) => {
                let account = next.desk.account.as_mut().ok_or(Refusal::NoAccount)?;
                let sending = account.sending_mut(key).as_mut().ok_or(Refusal::Dead)?;
                sending.arrived = true;
                if let Action::Deliver(_) = action {
                    sending.stage = Stage::Sent;
                }
            }
            Action::Day => next.desk = after_a_day(&self.desk),
            Action::ThreeDays => next.desk = after_three_days(variant.rules, &self.desk),
            Action::Month => next.desk = after_a_month(variant.rules, &self.desk),
            Action::Silence(is_silent) => next.is_silent = is_silent,
        }
        next.visit = next.visit.filter(|_| !ends_visit(action)).map(|visit| visit.after(self, &next, action));
        next.seen = seen::after(variant, self, &next, action);
        next.seen.faults |= Step { variant, before: self, after: &next, action, told }.faults();
        Ok((next, told))
    }

    /// All that may happen next, whether it is accepted or not.
    pub fn actions(&self, variant: &Variant, actions: &mut Vec<Action>) {
        people::tries(variant, self, actions);
        for key in Key::ALL {
            let Some(sending) = self.desk.account.and_then(|account| *account.sending(key)) else { continue };
            if sending.stage == Stage::Queued {
                actions.push(Action::Deliver(key));
                if variant.crashes && !sending.arrived {
                    actions.push(Action::DeliverAndDie(key));
                }
            }
        }
        if variant.steals && self.desk.account.is_some() && !self.desk.is_claves(Who::Thief) {
            actions.push(Action::Steal);
        }
        actions.extend([Action::Day, Action::ThreeDays, Action::Month]);
        if variant.silence {
            actions.push(Action::Silence(!self.is_silent));
        }
    }
}

/// The thief chose a CS in it, or let a day pass.
fn ends_visit(action: Action) -> bool {
    match action {
        Action::Try(tried) => {
            tried.who() == Who::Thief && matches!(tried, Try::Change { .. } | Try::UseKey { .. })
        }
        _ => matches!(action, Action::Day | Action::ThreeDays | Action::Month),
    }
}

impl Visit {
    /// Whether what it was opened with is still there.
    fn after(self, before: &World, after: &World, action: Action) -> Visit {
        let clave = |world: &World| world.desk.account.map(|account| account.clave);
        let sending = |account: Option<Account>, key| account.and_then(|account| *account.sending(key));
        let is_stale = match self.proved {
            Proved::Own => action != Action::Steal && clave(before) != clave(after),
            Proved::Sent(key) => {
                let of =
                    |world: &World| sending(world.desk.account, key).map(|sending| (sending.by, sending.to));
                of(before) != of(after)
            }
        };
        Visit { stale: self.stale || is_stale, ..self }
    }
}
