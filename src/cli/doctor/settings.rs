//! The settings, as far as they can be right and yet unwise, and the clock.

use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::clock;
use crate::config::{Config, ConfigError, MailRoute, Source};

use super::Finding;

/// A clock that runs further ahead of the program's own file than this is wrong.
const LONGEST_SERVICE: Duration = Duration::from_secs(20 * 365 * 86_400);

pub(super) fn examine(config: &Result<Config, ConfigError>) -> Vec<Finding> {
    let config = match config {
        Ok(config) => config,
        Err(error) => return error.to_string().lines().map(|line| Finding::fault(line, "")).collect(),
    };
    let mut findings = vec![match &config.file {
        Some(file) => Finding::ok(format!("settings of {}", file.display())),
        None => Finding::warn(
            "settings: no file, the built-in ones are in use",
            "totem config print-default > config.toml makes one to change",
        ),
    }];
    if config.hash.is_weak() {
        findings.push(Finding::fault(
            "hash.allow_weak: keys and PINs are kept at a cost that is for tests",
            "take hash.allow_weak out of the settings",
        ));
    }
    findings.push(match &config.registry.folder {
        _ if !config.registry.asks(Source::Padron) => Finding::ok("registry.folder: not asked"),
        None => Finding::warn(
            "registry.folder is empty: companies and cards are invented, and the screens say DEMOSTRACIÓN",
            "set it to the folder of the register's files before anybody real comes",
        ),
        Some(folder) if !folder.is_dir() => Finding::fault(
            format!("registry.folder: there is no folder {}", folder.display()),
            "put the register's files there, or mend the setting",
        ),
        Some(folder) => Finding::ok(format!("register in {}", folder.display())),
    });
    if config.courier.mail == MailRoute::Off {
        findings.push(Finding::warn(
            "courier.mail is off: no key can be sent by mail",
            "set courier.mail to \"smtp\" or \"maildir\"",
        ));
    }
    findings.extend(examine_staff(config));
    findings
}

fn examine_staff(config: &Config) -> Vec<Finding> {
    vec![match config.staff.len() {
        0 if config.is_demo() => Finding::ok("staff of the demo world: the README tells their PIN"),
        0 => Finding::warn(
            "no [[staff]]: nobody can stand in for the letters with a PIN",
            "totem staff-pin NAME makes a block; whoever has an account (totem staff add) needs none",
        ),
        count => Finding::ok(format!("{count} of staff with a PIN")),
    }]
}

/// A clock that stands before the program was made, or decades after, breaks every term.
pub(super) fn examine_clock() -> Vec<Finding> {
    let made =
        std::env::current_exe().and_then(std::fs::metadata).and_then(|metadata| metadata.modified()).ok();
    let mut findings = vec![judge_clock(clock::now(), made)];
    let folder = Path::new("/run/systemd/timesync");
    if folder.is_dir() && !folder.join("synchronized").exists() {
        findings.push(Finding::warn(
            "clock: not set by the network since the machine started",
            "timedatectl timesync-status says why",
        ));
    }
    findings
}

fn judge_clock(now: SystemTime, made: Option<SystemTime>) -> Finding {
    let remedy = "set it (timedatectl set-time), for codes, terms and the audit go by it";
    let shown = time::OffsetDateTime::from(now);
    let shown = format!("clock: {} {:02}:{:02} UTC", shown.date(), shown.hour(), shown.minute());
    match made.map(|made| now.duration_since(made)) {
        Some(Err(_)) => Finding::fault(format!("{shown}, before this program was made"), remedy),
        Some(Ok(age)) if age > LONGEST_SERVICE => {
            Finding::fault(format!("{shown}, decades after this program was made"), remedy)
        }
        _ => Finding::ok(shown),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    #[test]
    fn a_clock_goes_with_the_program() {
        let made = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        let level = |now| judge_clock(now, Some(made)).level;
        assert_eq!(level(made + Duration::from_secs(60)), Level::Ok);
        assert_eq!(level(SystemTime::UNIX_EPOCH), Level::Fault);
        assert_eq!(level(made + 2 * LONGEST_SERVICE), Level::Fault);
    }
}
