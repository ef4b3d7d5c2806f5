//! A row of the audit log as a line of JSON, for `totem audit export`.

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Actor, ChainName, Entry, Row};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::pseudonym::Pseudonym;

#[derive(Serialize)]
struct RowLine<'a> {
    /// The first chain goes without saying.
    #[serde(skip_serializing_if = "Option::is_none")]
    chain: Option<String>,
    sequence: u64,
    utc: String,
    at_ms: u64,
    terminal: &'a Clean,
    actor: &'a Actor,
    action: Action,
    outcome: Outcome,
    folio: Option<String>,
    subject: Option<&'a Pseudonym>,
    note: Option<&'a Clean>,
    mac: String,
}

/// One row of a chain as a line of JSON, without the line end.
pub fn json_line(chain: ChainName, row: &Row, entry: &Entry) -> String {
    let utc = OffsetDateTime::from_unix_timestamp_nanos(i128::from(entry.at_ms) * 1_000_000)
        .ok()
        .and_then(|time| time.format(&Rfc3339).ok())
        .unwrap_or_default();
    let line = RowLine {
        chain: (chain != ChainName::FIRST).then(|| chain.to_string()),
        sequence: row.sequence,
        utc,
        at_ms: entry.at_ms,
        terminal: &entry.terminal,
        actor: &entry.actor,
        action: entry.action,
        outcome: entry.outcome,
        folio: entry.folio.map(|folio| folio.to_string()),
        subject: entry.subject.as_ref(),
        note: entry.note.as_ref(),
        mac: data_encoding::HEXLOWER.encode(&row.mac),
    };
    match serde_json::to_string(&line) {
        Ok(text) => text,
        Err(error) => unreachable!("no map has a key that is not text: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::folio::Folio;
    use crate::domain::found::Found;

    #[test]
    fn a_line_of_json() {
        let entry = Entry::new(
            1_795_348_800_123,
            &"puesto 1".into(),
            Actor::Person,
            Action::CheckCard,
            Outcome::Found(Found::CardExpired),
        )
        .under(Folio::new([1, 2, 3, 4, 5]));
        let row = Row { sequence: 7, mac: [0xab; 32], bytes: Vec::new() };
        let line = json_line(ChainName::FIRST, &row, &entry);
        let expected = r#"{"sequence":7,"utc":"2026-11-22T12:00:00.123Z","at_ms":1795348800123,"terminal":"puesto 1","actor":"person","action":"check_card","outcome":{"found":"card_expired"},"folio":"0410-6105-A","subject":null,"note":null,"mac":"abababababababababababababababababababababababababababababababab"}"#;
        assert_eq!(line, expected);
        let named = json_line(ChainName::new(0xab), &row, &entry);
        assert_eq!(named, expected.replacen('{', r#"{"chain":"00000000000000ab","#, 1));
    }
}
