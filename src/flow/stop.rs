//! Pages on which a workflow stops without anybody's mistake in a field: a register is down, the
//! store can't save, too many tries. What was typed stays; *Reintentar* asks the same again.

use std::time::Duration;

use super::shown::{Shown, say};
use crate::domain::clean::Clean;
use crate::domain::register::Service;
use crate::effect::{LastAsked, OfficeAway, Refusal, Reply, TriesLeft};
use crate::form::Form;
use crate::page::Block;
use crate::text::Msg;

/// Why nothing goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A register gives no answer.
    Registry(Service),
    /// The store can't save.
    Store,
    /// Whether the store saved can't be told.
    Unsure,
    /// The store that the office's terminals share does not answer.
    Office(OfficeAway),
    /// Something does not match, or it does and takes SII's word: so many tries are left.
    Unconfirmed { tries: u32 },
    /// Too many failures on this RUT: wait so long.
    Wait(Duration),
    /// Too many failing RUTs at this terminal.
    TerminalLocked,
    /// The account is frozen: two members of staff help (T6).
    Frozen,
    /// A key that was given in person works still (T4c).
    InPerson,
    /// Two members of staff are needed (T4d).
    TwoOfStaff,
    /// This terminal took as many applications as it may (T2).
    Applications,
    /// SII names them, and Registro Civil knows nobody under their RUT.
    WithoutRun,
    /// The list that answers for Registro Civil has no card of theirs.
    CardUnlisted,
}

impl Stop {
    /// Whether a reply stops any workflow, wherever it stands.
    pub fn of(reply: &Reply) -> Option<Stop> {
        match reply {
            Reply::RegistryDown(service) => Some(Stop::Registry(*service)),
            Reply::StoreDown => Some(Stop::Store),
            Reply::StoreUnsure => Some(Stop::Unsure),
            Reply::OfficeAway(away) => Some(Stop::Office(*away)),
            Reply::Refused(Refusal::Unconfirmed { left: TriesLeft::Number(tries) }) => {
                Some(Stop::Unconfirmed { tries: *tries })
            }
            Reply::Refused(Refusal::Wait(wait)) => Some(Stop::Wait(*wait)),
            Reply::Refused(Refusal::TerminalLocked) => Some(Stop::TerminalLocked),
            Reply::Refused(Refusal::Frozen) => Some(Stop::Frozen),
            Reply::Refused(Refusal::InPerson) => Some(Stop::InPerson),
            Reply::Refused(Refusal::TwoOfStaff) => Some(Stop::TwoOfStaff),
            Reply::Refused(Refusal::Applications) => Some(Stop::Applications),
            Reply::Refused(Refusal::WithoutRun) => Some(Stop::WithoutRun),
            Reply::Refused(Refusal::CardUnlisted) => Some(Stop::CardUnlisted),
            _ => None,
        }
    }

    /// The same after it was asked before: that nothing can be saved now says nothing of whether it was
    /// saved then.
    pub fn after(self, before: Option<Stop>) -> Stop {
        match (before, self) {
            (Some(Stop::Unsure), Stop::Store) => Stop::Unsure,
            (Some(Stop::Office(OfficeAway { last: LastAsked::Unsure, .. })), Stop::Office(away)) => {
                Stop::Office(OfficeAway { last: LastAsked::Unsure, ..away })
            }
            (_, stop) => stop,
        }
    }

    /// The same of what is only looked up: there is nothing that may have been saved.
    pub fn of_look_up(self) -> Stop {
        match self {
            Stop::Unsure => Stop::Store,
            Stop::Office(away) => Stop::Office(OfficeAway { last: LastAsked::NotSaved, ..away }),
            stop => stop,
        }
    }

    /// Whether staff can end it.
    pub fn yields_to_staff(self) -> bool {
        matches!(self, Stop::Wait(_) | Stop::TerminalLocked | Stop::Applications)
    }

    /// Whether the same, asked once more, may be answered otherwise within the visit.
    pub fn may_pass(self) -> bool {
        match self {
            Stop::Registry(_)
            | Stop::Store
            | Stop::Unsure
            | Stop::Office(_)
            | Stop::Unconfirmed { .. }
            | Stop::Wait(_)
            | Stop::TerminalLocked
            | Stop::Applications => true,
            Stop::Frozen | Stop::InPerson | Stop::TwoOfStaff | Stop::WithoutRun | Stop::CardUnlisted => false,
        }
    }

    /// Whether two members of staff, who see other papers, are what is left (T6).
    pub fn takes_papers(self) -> bool {
        matches!(self, Stop::WithoutRun | Stop::CardUnlisted)
    }

    /// `without`: what can be done all the same.
    pub fn shows(self, without: Option<Msg>, form: &Form) -> Shown<'_> {
        let (heading, says) = match self {
            Stop::Registry(Service::Sii) => (Msg::StopSiiHeading, Msg::StopSii),
            Stop::Registry(Service::RegistroCivil) => (Msg::StopRegistroCivilHeading, Msg::StopRegistroCivil),
            Stop::Store => (Msg::StopStoreHeading, Msg::StopStore),
            Stop::Unsure => (Msg::StopUnsureHeading, Msg::StopUnsure),
            Stop::Office(away) => (Msg::StopOfficeHeading, office_away(away)),
            Stop::Unconfirmed { tries } => {
                (Msg::StopUnconfirmedHeading, Msg::StopUnconfirmed { tries: u64::from(tries) })
            }
            Stop::Wait(wait) => (Msg::StopWaitHeading, stop_wait(wait)),
            Stop::TerminalLocked => (Msg::StopTerminalHeading, Msg::StopTerminal),
            Stop::Frozen => (Msg::StopFrozenHeading, Msg::StopFrozen),
            Stop::InPerson => (Msg::StopInPersonHeading, Msg::StopInPerson),
            Stop::TwoOfStaff => (Msg::StopTwoHeading, Msg::StopTwo),
            Stop::Applications => (Msg::StopApplicationsHeading, Msg::StopApplications),
            Stop::CardUnlisted => (Msg::StopCardUnlistedHeading, Msg::StopCardUnlisted),
            Stop::WithoutRun => (Msg::StopWithoutRunHeading, Msg::StopWithoutRun),
        };
        let why = (self == Stop::Frozen).then_some(Msg::FrozenWhy);
        let mut blocks: Vec<Block> = [why, Some(says), without].into_iter().flatten().map(say).collect();
        blocks.push(Block::Gap);
        Shown::form(heading, blocks, form)
    }
}

/// Since when the office's store does not answer, and what became of what was asked for.
pub fn office_away(OfficeAway { since, last }: OfficeAway) -> Msg {
    let since = Clean::from(since.to_string());
    match last {
        LastAsked::NotSaved => Msg::StopOffice { since },
        LastAsked::Unsure => Msg::StopOfficeUnsure { since },
    }
}

/// The wait in the largest unit that says it without a remainder worth telling.
fn stop_wait(wait: Duration) -> Msg {
    match wait.as_secs().max(1) {
        seconds @ ..=90 => Msg::StopWaitSeconds { seconds },
        seconds @ ..=5400 => Msg::StopWaitMinutes { minutes: seconds.div_ceil(60) },
        seconds => Msg::StopWaitHours { hours: seconds.div_ceil(3600) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seen: *Reintentar* on the page of a frozen account, for ever.
    #[test]
    fn what_ends_no_sooner_than_by_staff_or_days_offers_no_retry() {
        let refused = |refusal| Stop::of(&Reply::Refused(refusal)).expect("it stops").may_pass();
        assert!(refused(Refusal::Wait(Duration::from_secs(5))) && refused(Refusal::TerminalLocked));
        for refusal in [Refusal::Frozen, Refusal::InPerson, Refusal::TwoOfStaff, Refusal::WithoutRun] {
            assert!(!refused(refusal), "{refusal:?}");
        }
        assert_eq!(Stop::of(&Reply::Refused(Refusal::Repeated)), None);
    }
}
