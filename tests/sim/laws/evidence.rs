//! Laws about who may do what on the strength of what (T1 to T6): what was proved is noted as it was
//! seen from outside, and what is done is held against it.

use totem::domain::account::Account;
use totem::domain::destination::Destination;
use totem::domain::office_time::OfficeTime;
use totem::domain::reference::Id;
use totem::domain::rut::Rut;
use totem::domain::trust::{ChannelOnFile, Rank};

use super::{CodeSent, Held, Law, Laws, must, staff};
use crate::sim::registers::{is_card_of, represents};
use crate::sim::world::World;

/// A key to a new address waits so long unless staff saw the card (S8), in milliseconds.
const HOLD_MS: u64 = 24 * 3_600_000;
/// How long an application waits for its code or for a register at the longest, in milliseconds.
const APPLICATION_MS: u64 = 8 * 24 * 3_600_000;

/// A code is typed: if it is one that was sent, whoever types it holds the place where it went.
pub fn code_is_typed(world: &World, typed: &str) {
    let now_ms = world.now_ms();
    let mut laws = world.laws();
    if let Some(CodeSent { company, to, .. }) = laws.codes.get(typed).cloned() {
        laws.proved.entry((company, to)).or_default().push(now_ms);
    }
}

/// A code was found right: it is one that was sent for this proof.
pub fn code_was_right(world: &World, proof: Id, typed: &str) {
    world.holds(Law::RightCode, is_of_proof(world, proof, typed));
}

fn is_of_proof(world: &World, proof: Id, typed: &str) -> Held {
    let laws = world.laws();
    let Some(sent) = laws.codes.get(typed) else { return Err("it never left".to_string()) };
    let wanted = laws.proofs.get(&proof);
    must(wanted.is_none_or(|wanted| *wanted == (sent.company, sent.to.clone())), || {
        format!("it went to {} for {}", sent.to, sent.company)
    })
}

/// What the register said of a card is held against the truth.
pub fn card_was_right(world: &World, company: Rut, holder: Rut, serial: &totem::domain::cedula::Serial) {
    let now_ms = world.now_ms();
    world.laws().cards_right.insert(company, now_ms);
    let held = must(is_card_of(holder, serial), || format!("another card than {holder}'s"));
    world.holds(Law::OwnCard, held);
}

/// SII's word on who represents a company is held against the truth.
pub fn was_named(world: &World, company: Rut, person: Rut) {
    let held = must(represents(company, person), || format!("{person} does not represent {company}"));
    world.holds(Law::Represents, held);
}

/// A member of staff confirmed a card.
pub fn staff_saw(world: &World, company: Rut) {
    let now_ms = world.now_ms();
    world.laws().seen_by_staff.insert(company, now_ms);
}

/// An account begins: its mailbox was proved by a code, and the card was right, or staff saw it (T1).
pub fn may_begin(world: &World, account: &Account) -> Held {
    let now_ms = world.now_ms();
    let laws = world.laws();
    let is_recent = |at_ms: Option<&u64>| at_ms.is_some_and(|at_ms| now_ms - at_ms <= APPLICATION_MS);
    let by_staff = is_recent(laws.seen_by_staff.get(&account.company));
    let mailbox = Destination::Mail(account.email.clone()).folded();
    let is_proved = laws.proved.contains_key(&(account.company, mailbox));
    must(is_proved || by_staff, || format!("nobody proved {}", account.email))?;
    let has_card = is_recent(laws.cards_right.get(&account.company)) || laws.checked_later(account);
    must(has_card || by_staff, || format!("no card for {}", account.company))?;
    let is_theirs = represents(account.company, account.representative.rut);
    must(is_theirs, || format!("{} does not represent {}", account.representative.rut, account.company))
}

impl Laws {
    /// Whether a register may have found the card right when nobody stood there: the caretaker asks about
    /// what was left for later.
    fn checked_later(&self, account: &Account) -> bool {
        represents(account.company, account.representative.rut)
    }

    /// A place of a company that counted as proved when the office opened.
    pub fn was_always_proved(&mut self, company: Rut, place: &Destination) {
        self.proved.insert((company, place.folded()), vec![0]);
    }

    /// The account of a company that was there when the office opened.
    pub fn was_always_there(&mut self, account: &Account) {
        self.accounts.insert(account.company, account.clone());
        for place in account.places(ChannelOnFile::is_proved) {
            self.was_always_proved(account.company, &place);
        }
        let places = account.places(|_| true);
        self.on_file.extend(places.iter().map(|place| (account.company, place.folded())));
    }
}

/// A key goes to a place only once a code that was sent there was typed; to one that is not on file, only
/// a day later, or once staff saw the card (T3, S8).
pub fn key_may_go(world: &World, company: Rut, to: &str) -> Held {
    let now_ms = world.now_ms();
    let laws = world.laws();
    let place = (company, to.to_string());
    let Some(proved_ms) = laws.proved.get(&place) else {
        return Err(format!("a key for {company} to {to}, which nobody proved"));
    };
    let is_on_file = laws
        .accounts
        .get(&company)
        .is_some_and(|account| account.places(|_| true).iter().any(|known| known.folded() == to));
    let staff_ms = laws.seen_by_staff.get(&company);
    let by_staff = staff_ms.is_some_and(|at_ms| now_ms - at_ms <= HOLD_MS);
    let is_held_long = proved_ms.iter().any(|at_ms| now_ms - at_ms >= HOLD_MS);
    must(is_on_file || by_staff || is_held_long, || {
        let last_ms = proved_ms.last().copied().unwrap_or_default();
        format!("a key for {company} to {to}, {} minutes after it was proved", (now_ms - last_ms) / 60_000)
    })
}

/// What a company is told goes to places that it has or had on file.
pub fn notice_may_go(world: &World, company: Rut, to: &str) -> Held {
    let laws = world.laws();
    must(laws.on_file.contains(&(company, to.to_string())), || {
        format!("a notice about {company} to {to}, which it never had on file")
    })
}

/// A code that puts something back, or freezes, goes where a code was typed before; one that can only stop a
/// key which waits, anywhere on file (T3).
pub fn undo_may_go(world: &World, company: Rut, to: &str) -> Held {
    let laws = world.laws();
    must(laws.proved.contains_key(&(company, to.to_string())), || {
        format!("a code of {company} to {to}, which nobody proved")
    })
}

/// Once staff stood behind an account, a mailbox that it never had comes onto it before staff alone; for a
/// month after two gave it, before two alone (T4d).
pub fn may_readdress(world: &World, before: &Account, after: &Account) -> Held {
    let rank = before.trust.rank(OfficeTime::agreed(world.now_ms()).protections());
    let mailbox = Destination::Mail(after.email.clone()).folded();
    let (had_it, by_staff) = {
        let laws = world.laws();
        let seen_ms = laws.seen_by_staff.get(&after.company);
        let by_staff = seen_ms.is_some_and(|at_ms| world.now_ms() - at_ms <= 2 * HOLD_MS);
        (laws.on_file.contains(&(after.company, mailbox)), by_staff)
    };
    match rank {
        _ if had_it => Ok(()),
        Rank::Low => Ok(()),
        Rank::Person => must(by_staff, || format!("{} for {}", after.email, after.company)),
        Rank::Office => staff::two_saw(world, after.company),
    }
}

/// What is kept of a company is sent to a proved mailbox alone (T3).
pub fn copy_may_go(world: &World, company: Rut, to: &str) -> Held {
    let laws = world.laws();
    must(laws.proved.contains_key(&(company, to.to_string())), || format!("of {company} to {to}"))
}
