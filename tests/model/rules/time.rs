//! What time does. It passes in three strides: a day, the three days that a notice's code lives, and the
//! thirty after which a channel is trusted.

use super::{Rule, Rules};
use crate::desk::{Desk, Rank, Sending};

/// Holds run out, sent keys and applications die (T1, S6, S8).
pub fn after_a_day(desk: &Desk) -> Desk {
    let mut desk = Desk { applications: Default::default(), ..*desk };
    if let Some(account) = &mut desk.account {
        let all = [&mut account.to_file, &mut account.in_person].into_iter().chain(&mut account.to_new);
        for sending in all {
            *sending = sending.and_then(Sending::after_a_day);
        }
        account.stop_codes = Default::default();
        account.forget_codes();
    }
    desk
}

/// The codes of notices die, and erasures are carried out (S7).
pub fn after_three_days(rules: Rules, desk: &Desk) -> Desk {
    let mut desk = after_a_day(desk);
    let Some(account) = &mut desk.account else { return desk };
    (account.history, account.freeze_codes) = Default::default();
    account.before_person = None;
    if account.erasing {
        if rules.has(Rule::ErasureLeavesRank) {
            desk.remembered = account.rank;
        }
        desk.account = None;
    }
    desk
}

/// What is on file is trusted, and an office's rank is a person's (T4b, T4d).
pub fn after_a_month(rules: Rules, desk: &Desk) -> Desk {
    let mut desk = after_three_days(rules, desk);
    desk.remembered = desk.remembered.min(Rank::Person);
    if let Some(account) = &mut desk.account {
        account.rank = account.rank.min(Rank::Person);
        for on_file in account.places.iter_mut().flatten() {
            on_file.aged |= on_file.proved.is_some();
        }
    }
    desk
}
