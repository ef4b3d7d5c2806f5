//! Whether a store is the newest that was noted (T13): what its standing and its head say to each other.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::head::FoundHead;
use super::standing::{Point, StoreStanding};
use crate::clock;

/// Why a store is refused. Nothing was changed. For operators.
#[derive(Debug)]
pub struct NotNewest {
    /// The store's folder.
    pub folder: PathBuf,
    /// The head's folder.
    pub head: PathBuf,
    /// What is the matter.
    pub reason: Reason,
}

impl std::error::Error for NotNewest {}

impl fmt::Display for NotNewest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let remedy = match self.reason {
            Reason::Gone(_) => "to begin an empty one on purpose: `totem store new --reason TEXT`",
            _ => "to go on with this one all the same, on record: `totem store adopt --reason TEXT`",
        };
        write!(out, "{}; {remedy}; nothing was changed", self.what())
    }
}

/// In what a store and its head disagree.
#[derive(Debug)]
pub enum Reason {
    /// The store is an older copy.
    Older {
        /// Where it stands; `None` for one that an older program wrote.
        store: Option<Box<StoreStanding>>,
        /// Where the newest stood that was noted.
        noted: Box<StoreStanding>,
    },
    /// It went on elsewhere, from a copy.
    Forked(Box<StoreStanding>),
    /// The head is that of another store.
    Another(Box<StoreStanding>),
    /// A head was noted, and is not there.
    NoHead,
    /// The head was written with other keys, or is damaged.
    Foreign,
    /// The system doesn't let the head be read.
    Unreadable(io::Error),
    /// What the store says of itself was not written with its keys.
    Changed,
    /// There is a head, and no store. What it noted, if that can be read.
    Gone(Option<Box<StoreStanding>>),
}

impl NotNewest {
    fn what(&self) -> String {
        let (folder, head) = (self.folder.display(), self.head.display());
        match &self.reason {
            Reason::Older { store, noted } => format!(
                "the store in {folder} is an older copy: {}, and the head in {head} knows {}; {}; look whether \
                 the right disk is mounted and for a newer copy or backup",
                store
                    .as_ref()
                    .map_or("an older totem wrote it".into(), |store| format!("it ends with {}", End(store))),
                End(noted),
                lacking(store.as_deref(), noted)
            ),
            Reason::Forked(noted) => format!(
                "the store in {folder} went on from an older copy, elsewhere: it does not hold {}, which the head \
                 in {head} knows; look for the store that does",
                End(noted)
            ),
            Reason::Another(noted) => format!(
                "the store in {folder} is another one than the head in {head} knows, which ended with {}: look \
                 whether store.folder and store.head are right",
                End(noted)
            ),
            Reason::NoHead => format!(
                "the head of the store in {folder} is gone from {head}, so that an older copy of the store could \
                 not be told: look whether its disk is mounted and store.head is right"
            ),
            Reason::Foreign => format!(
                "the head in {head} was noted with other keys than those of the store in {folder}, or is damaged: \
                 look whether store.head and keys.file are right"
            ),
            Reason::Unreadable(error) => format!(
                "the head in {head} can't be read ({error}), so that an older copy of the store could not be told: \
                 look for its rights and its disk, or set store.head to another folder"
            ),
            Reason::Changed => format!(
                "what the store in {folder} says of where it stands was changed: restore the last backup, or look \
                 for a copy of the store"
            ),
            Reason::Gone(noted) => format!(
                "there is no store in {folder}, and the head in {head} knows of one{}: look whether its disk is \
                 mounted and store.folder is right, or `totem restore FILE` a backup",
                noted.as_ref().map_or(String::new(), |noted| format!(", which ended with {}", End(noted)))
            ),
        }
    }
}

/// Where a store ends, for operators.
struct End<'a>(&'a StoreStanding);

impl fmt::Display for End<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "row {} of its audit log, {}", self.0.rows, clock::utc(self.0.at_ms))
    }
}

/// What a store lacks of what was noted, in words for operators.
pub fn lacking(store: Option<&StoreStanding>, noted: &StoreStanding) -> String {
    let Some(store) = store else {
        return format!(
            "the {} rows that were noted, and what was done with them, may be missing",
            noted.rows
        );
    };
    let since = clock::utc(store.at_ms);
    match noted.rows.saturating_sub(store.rows) {
        0 => format!("what was done since {since} without a row is missing"),
        1 => format!("1 row, and what was done with it since {since}, is missing"),
        rows => format!("{rows} rows, and what was done with them since {since}, are missing"),
    }
}

/// Whether a store that stands here may be gone on with, by what was noted. A store may be ahead of its
/// head, which is noted last; whether it holds the head's row then is looked at besides.
///
/// # Errors
/// When it may not.
pub fn judge(store: Option<&StoreStanding>, found: FoundHead) -> Result<Option<StoreStanding>, Reason> {
    let noted = match (found, store) {
        (FoundHead::Nothing, Some(store)) if store.noted => return Err(Reason::NoHead),
        (FoundHead::Nothing, _) => return Ok(None),
        (FoundHead::Foreign, _) => return Err(Reason::Foreign),
        (FoundHead::Unreadable(error), _) => return Err(Reason::Unreadable(error)),
        (FoundHead::At(noted), _) => noted,
    };
    let Some(store) = store else { return Err(Reason::Older { store: None, noted }) };
    let follows = |point: Point| point.line == noted.point.line && noted.point.count <= point.count;
    match store.after {
        _ if store.point.line == noted.point.line => match store.point.count.cmp(&noted.point.count) {
            std::cmp::Ordering::Less => Err(Reason::Older { store: Some(Box::new(*store)), noted }),
            std::cmp::Ordering::Equal if !store.is_same_as(&noted) => Err(Reason::Forked(noted)),
            std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => Ok(Some(*noted)),
        },
        // It was begun in place of what was noted, and then the power went.
        Some(after) if follows(after) => Ok(None),
        _ if noted.after.is_some_and(|before| before.line == store.point.line) => {
            Err(Reason::Older { store: Some(Box::new(*store)), noted })
        }
        _ => Err(Reason::Another(noted)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::standing::Sum;

    fn at(line: u8, count: u64) -> StoreStanding {
        StoreStanding {
            point: Point { line: [line; 16], count },
            after: None,
            noted: true,
            bound: true,
            rows: count * 2,
            end: [line; 32],
            at_ms: count * 1000,
            sum: Sum::default(),
        }
    }

    fn after(standing: StoreStanding, line: u8, count: u64) -> StoreStanding {
        StoreStanding { after: Some(Point { line: [line; 16], count }), ..standing }
    }

    fn head(standing: StoreStanding) -> FoundHead {
        FoundHead::At(Box::new(standing))
    }

    /// What was judged, in a word.
    fn word(judged: &Result<Option<StoreStanding>, Reason>) -> &'static str {
        match judged {
            Ok(Some(_)) => "fits",
            Ok(None) => "nothing to compare",
            Err(Reason::Older { .. }) => "older",
            Err(Reason::Forked(_)) => "forked",
            Err(Reason::Another(_)) => "another",
            Err(Reason::NoHead) => "no head",
            Err(Reason::Foreign) => "foreign",
            Err(Reason::Unreadable(_)) => "unreadable",
            Err(Reason::Changed) => "changed",
            Err(Reason::Gone(_)) => "gone",
        }
    }

    #[test]
    fn a_store_and_its_head_are_compared() {
        let unreadable = || FoundHead::Unreadable(io::Error::from(io::ErrorKind::PermissionDenied));
        let never_noted = StoreStanding { noted: false, ..at(1, 5) };
        let other_rows = StoreStanding { rows: 11, ..at(1, 5) };
        let noted_flag = StoreStanding { noted: false, at_ms: 9, ..at(1, 5) };
        let table: Vec<(Option<StoreStanding>, FoundHead, &str)> = vec![
            (None, FoundHead::Nothing, "nothing to compare"),
            (Some(never_noted), FoundHead::Nothing, "nothing to compare"),
            (Some(at(1, 5)), FoundHead::Nothing, "no head"),
            (Some(at(1, 5)), FoundHead::Foreign, "foreign"),
            (None, FoundHead::Foreign, "foreign"),
            (Some(at(1, 5)), unreadable(), "unreadable"),
            (None, head(at(1, 5)), "older"),
            (Some(at(1, 5)), head(at(1, 5)), "fits"),
            (Some(at(1, 5)), head(noted_flag), "fits"),
            (Some(at(1, 5)), head(other_rows), "forked"),
            // The head is noted last, and without a sync.
            (Some(at(1, 6)), head(at(1, 5)), "fits"),
            (Some(at(1, 4)), head(at(1, 5)), "older"),
            (Some(at(2, 9)), head(at(1, 5)), "another"),
            (Some(at(2, 4)), head(at(1, 5)), "another"),
            // Begun in place of what was noted, and the power went before that was noted.
            (Some(after(at(2, 6), 1, 5)), head(at(1, 5)), "nothing to compare"),
            (Some(after(at(2, 6), 1, 5)), head(at(1, 3)), "nothing to compare"),
            // What was noted went on since.
            (Some(after(at(2, 6), 1, 5)), head(at(1, 6)), "another"),
            // The former line, put back.
            (Some(at(1, 5)), head(after(at(2, 6), 1, 5)), "older"),
            (Some(at(1, 9)), head(after(at(2, 6), 1, 5)), "older"),
            (Some(at(3, 9)), head(after(at(2, 6), 1, 5)), "another"),
        ];
        for (number, (store, found, expected)) in table.into_iter().enumerate() {
            assert_eq!(word(&judge(store.as_ref(), found)), expected, "row {number}");
        }
    }

    #[test]
    fn what_is_missing_is_told_in_rows_and_time() {
        let says = |rows| lacking(Some(&StoreStanding { rows, ..at(1, 5) }), &at(1, 5));
        assert_eq!(says(10), "what was done since 1970-01-01T00:00:05Z without a row is missing");
        assert_eq!(says(9), "1 row, and what was done with it since 1970-01-01T00:00:05Z, is missing");
        assert_eq!(says(7), "3 rows, and what was done with them since 1970-01-01T00:00:05Z, are missing");
    }
}
