//! `totem clock`: how the wall clock stands to the time that the store goes by (S12, T12), and an
//! operator's word for it, on record.

use std::io::Write as _;

use clap::Subcommand;

use super::data::read_reason;
use super::{Exit, Failure};
use crate::audit::{Actor, Entry};
use crate::clock::{self, utc};
use crate::config::Config;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action as Audited, Outcome};
use crate::domain::office_time::{OfficeTime, WallStanding};
use crate::store::records::{FIRST_KIOSK_MS, Records};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Show the wall clock, the time that is proved, and what waits; changes nothing
    Show,
    /// Vouch for the wall clock: from now on it is the time, forwards and backwards
    ///
    /// Look at another clock first. What was dated while the clock was wrong stays dated so: keys and codes
    /// of a time to come are refused and must be asked for again. For example:
    ///
    /// totem clock accept --reason "compared with the network's time after the battery was changed"
    Accept {
        /// Why, for the audit log: with what it was compared, and by whom; no personal data
        #[arg(long, value_name = "TEXT", value_parser = read_reason)]
        reason: Clean,
    },
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let records = super::opening::opened(config).await?.records;
        let machine_ms = clock::now_ms();
        let wall_ms = records.wall_ms(machine_ms).await.map_err(Failure::from)?;
        match action {
            Action::Show => show(records.look_at_time(machine_ms).await.map_err(Failure::from)?, wall_ms),
            Action::Accept { reason } => accept(config, &records, wall_ms, reason).await,
        }
    })?
}

fn show(time: OfficeTime, wall_ms: u64) -> anyhow::Result<Exit> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "wall clock  {}", utc(wall_ms))?;
    writeln!(out, "dated by    {}", utc(time.now_ms()))?;
    writeln!(out, "proved      {}", utc(time.protections().ms()))?;
    writeln!(out, "{}", said(time.standing()))?;
    if time.behind_ms().is_none() && !time.is_sure() {
        writeln!(
            out,
            "No wait of a day begins until somebody vouches for the wall clock, or it stood for a day."
        )?;
    }
    Ok(Exit::Done)
}

async fn accept(config: &Config, records: &Records, wall_ms: u64, reason: &Clean) -> anyhow::Result<Exit> {
    if wall_ms < FIRST_KIOSK_MS {
        let says = format!(
            "the wall clock says {}, when there was no kiosk: set it first (timedatectl set-ntp true)",
            utc(wall_ms)
        );
        return Err(Failure::new(Exit::Failed, says).into());
    }
    let time = records.time(wall_ms).await.map_err(Failure::from)?;
    if time.standing() == WallStanding::Agrees && time.is_sure() {
        let says = "the wall clock and the store's time agree: there is nothing to accept";
        return Err(Failure::new(Exit::Failed, says).into());
    }
    let row = |before: OfficeTime, wall_ms: u64| {
        let note = format!("from {} to {}: {reason}", utc(before.protections().ms()), utc(wall_ms));
        let desk = &config.kiosk.desk;
        Entry::new(wall_ms, desk, Actor::Operator, Audited::AcceptClock, Outcome::Done)
            .because(&Clean::from(note))
    };
    records.accept_clock(wall_ms, row).await.map_err(Failure::from)?;
    writeln!(std::io::stdout(), "From now on it is {}.", utc(wall_ms))?;
    Ok(Exit::Done)
}

/// In one sentence.
pub(super) fn said(standing: WallStanding) -> String {
    match standing {
        WallStanding::Agrees => "They agree.".into(),
        WallStanding::Behind { by_ms } => format!(
            "The wall clock is {} behind: time goes by the machine's boot time until it is mended.",
            lasting(by_ms)
        ),
        WallStanding::Ahead { by_ms, is_believed: true, waits_ms } => format!(
            "The wall clock is {} ahead: what guards somebody waits {} more.",
            lasting(by_ms),
            lasting(waits_ms)
        ),
        WallStanding::Ahead { by_ms, is_believed: false, waits_ms } => format!(
            "The wall clock is {} ahead and is not believed: nothing is dated by it for {} more, and what \
             guards somebody waits a day longer.",
            lasting(by_ms),
            lasting(waits_ms)
        ),
    }
}

/// `3 hours`, in the largest unit of which there are two.
fn lasting(ms: u64) -> String {
    match ms {
        _ if ms >= 2 * DAY_MS => format!("{} days", ms / DAY_MS),
        _ if ms >= 2 * HOUR_MS => format!("{} hours", ms / HOUR_MS),
        _ => format!("{} minutes", ms.div_ceil(MINUTE_MS)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_the_wall_clock_stands_is_one_sentence() {
        let ahead = |is_believed| WallStanding::Ahead { by_ms: 63 * HOUR_MS, is_believed, waits_ms: DAY_MS };
        let table = [
            (WallStanding::Agrees, "They agree."),
            (
                WallStanding::Behind { by_ms: 3 * HOUR_MS },
                "The wall clock is 3 hours behind: time goes by the machine's boot time until it is mended.",
            ),
            (ahead(true), "The wall clock is 2 days ahead: what guards somebody waits 24 hours more."),
            (
                ahead(false),
                "The wall clock is 2 days ahead and is not believed: nothing is dated by it for 24 hours \
                 more, and what guards somebody waits a day longer.",
            ),
        ];
        for (standing, sentence) in table {
            assert_eq!(said(standing), sentence);
        }
        assert_eq!((lasting(0), lasting(5 * MINUTE_MS + 1)), ("0 minutes".into(), "6 minutes".into()));
    }
}
