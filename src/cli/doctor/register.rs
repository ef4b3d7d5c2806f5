//! The imported registers: there, whole and fresh, as far as the settings ask for them. Reads all of
//! each, a fifth of a second for three million companies.

use crate::clock;
use crate::config::{Config, Source};
use crate::domain::register::LIST_SAYS_NO_MS;
use crate::registry::bulk::sorted::Sorted;
use crate::registry::bulk::{Kind, RegisterError};

use super::Finding;

const DAY_MS: u64 = 24 * 3_600_000;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let asked = &config.registry;
    let mut findings = Vec::new();
    if asked.companies == Source::Register {
        let sii = open(config, Kind::SiiNombres);
        let res = open(config, Kind::Res);
        findings.push(match (&sii, &res) {
            (Err(error @ RegisterError::Missing(_)), Ok(_)) => Finding::warn(
                format!("register: RES says who was formed, and of nobody that it is open: {error}"),
                "download SII's list of companies and import it",
            ),
            _ => judge(&sii, Kind::SiiNombres),
        });
        if !matches!(res, Err(RegisterError::Missing(_))) {
            findings.push(judge(&res, Kind::Res));
        }
    }
    if asked.representatives == Source::Register {
        findings.push(judge(&open(config, Kind::Representantes), Kind::Representantes));
    }
    if asked.cards == Source::Register {
        findings.push(judge(&open(config, Kind::Cedulas), Kind::Cedulas));
    }
    findings
}

fn open(config: &Config, kind: Kind) -> Result<Sorted, RegisterError> {
    let sorted = Sorted::open(&kind.file(&config.register.folder), kind)?;
    sorted.check()?;
    Ok(sorted)
}

fn judge(opened: &Result<Sorted, RegisterError>, kind: Kind) -> Finding {
    let summary = match opened {
        Ok(sorted) => sorted.summary(),
        // What to do stands in the sentence already.
        Err(error) => return Finding::fault(format!("register: {error}"), ""),
    };
    let days_ago = |ms| clock::now_ms().saturating_sub(ms) / DAY_MS;
    let mut shown = format!(
        "register: {} with {} rows, imported {} ({} days ago) from {}",
        kind.name(),
        summary.rows,
        clock::utc(summary.made_ms),
        days_ago(summary.made_ms),
        summary.source
    );
    let days = days_ago(summary.listed_ms);
    if let Some(day) = clock::day_in_chile(summary.listed_ms).filter(|_| days > days_ago(summary.made_ms)) {
        shown.push_str(&format!(", a list of {day} ({days} days ago)"));
    }
    if summary.rows == 0 {
        return Finding::fault(shown, format!("nothing is in it: run totem import {} FILE", kind.name()));
    }
    let is_old = clock::now_ms().saturating_sub(summary.listed_ms) > LIST_SAYS_NO_MS;
    match kind {
        Kind::SiiNombres | Kind::Res if is_old => {
            Finding::warn(shown, "it can't say no any more: download the new list and import it")
        }
        Kind::Representantes if is_old => {
            Finding::warn(shown, "it can't say no any more: import a newer one")
        }
        _ => Finding::ok(shown),
    }
}
