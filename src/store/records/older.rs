//! Shapes of records that are read still, and written no more.

use serde::Deserialize;

use crate::domain::digest::Digest;
use crate::domain::folio::Folio;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::undo::{NoticeCode, Undo, Undoes};
use crate::store::tallies::FailuresAtTerminal;

/// Stands for the message and the address of a code that doesn't say them.
const UNTOLD: Id = Id([0; 16]);

/// A notice whose codes don't say which message they were made for.
#[derive(Deserialize)]
pub(super) struct UndoBefore {
    company: Rut,
    folio: Folio,
    what: Undoes,
    codes: Vec<Digest>,
    expires_ms: u64,
    tries: u32,
}

impl From<UndoBefore> for Undo {
    fn from(before: UndoBefore) -> Self {
        let UndoBefore { company, folio, what, codes, expires_ms, tries } = before;
        let code = |digest| NoticeCode { errand: UNTOLD, to: UNTOLD, digest };
        let codes = codes.into_iter().map(code).collect();
        Undo { company, folio, what, codes, expires_ms, tries }
    }
}

/// A terminal's list that doesn't say when it was locked.
#[derive(Deserialize)]
pub(super) struct FailuresAtTerminalBefore {
    failing: Vec<(u64, Id)>,
    locked: bool,
}

impl From<FailuresAtTerminalBefore> for FailuresAtTerminal {
    /// The newest failure locked it.
    fn from(FailuresAtTerminalBefore { failing, locked }: FailuresAtTerminalBefore) -> Self {
        let newest = failing.iter().map(|(at_ms, _)| *at_ms).max();
        FailuresAtTerminal { failing, locked_ms: newest.filter(|_| locked) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it was written: the failures, then whether it is locked.
    #[test]
    fn a_terminal_that_was_locked_is_so_since_its_newest_failure() {
        let read = |failing: &[(u64, Id)], locked: bool| {
            let bytes = postcard::to_extend(&(failing, locked), Vec::new()).expect("it can be written");
            let before: FailuresAtTerminalBefore = postcard::from_bytes(&bytes).expect("it can be read");
            FailuresAtTerminal::from(before)
        };
        let failing = [(5, Id([1; 16])), (9, Id([2; 16]))];
        assert_eq!(
            read(&failing, true),
            FailuresAtTerminal { failing: failing.to_vec(), locked_ms: Some(9) }
        );
        assert_eq!(read(&failing, false).locked_ms, None);
        assert_eq!(read(&[], true).locked_ms, None);
    }
}
