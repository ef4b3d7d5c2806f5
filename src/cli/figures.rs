//! `totem figures`: how the visits of each day went, as numbers that name nobody.

use std::io::{self, Write};

use clap::Args;

use super::{Exit, Failure};
use crate::audit::{Actor, Entry};
use crate::clock;
use crate::config::Config;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::effect::{FIGURES_KEPT_DAYS, Figures};
use crate::office::visits::figures_of;

/// The last so many days, where no other are asked for.
const USUAL_DAYS: i64 = 7;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The first day, such as 2026-11-01; without it the last seven are shown
    #[arg(long, value_name = "DAY", value_parser = read_day)]
    from: Option<i64>,
    /// The last day; without it, today
    #[arg(long, value_name = "DAY", value_parser = read_day)]
    to: Option<i64>,
}

fn read_day(text: &str) -> Result<i64, String> {
    clock::read_day(text).ok_or_else(|| "it is no day of the calendar, such as 2026-11-30".to_string())
}

pub(super) fn run(options: &Options, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let records = super::opening::opened(config).await?.records;
        let now_ms = records.time(clock::now_ms()).await.map_err(Failure::from)?.now_ms();
        let days = days(options, config.kiosk.time_zone.day(now_ms))?;
        let terminal = &config.kiosk.desk;
        let mut figures = Vec::new();
        for day in days {
            figures.push((day, figures_of(&records, terminal, day).await.map_err(Failure::from)?));
        }
        let entry = Entry::new(now_ms, terminal, Actor::Operator, Action::SeeFigures, Outcome::Done);
        records.draft(now_ms).audit(&entry).commit(&records).await.map_err(Failure::from)?;
        tell(terminal, &figures, &mut io::stdout().lock())?;
        Ok(Exit::Done)
    })?
}

/// The days that are asked for, as far as they are kept.
fn days(options: &Options, today: i64) -> Result<std::ops::RangeInclusive<i64>, Failure> {
    let to = options.to.unwrap_or(today).min(today);
    let from = options.from.unwrap_or(to - USUAL_DAYS + 1).max(today - i64::from(FIGURES_KEPT_DAYS));
    if options.from.zip(options.to).is_some_and(|(from, to)| from > to) {
        return Err(Failure::new(Exit::Usage, "--from is a day after --to: give the earlier one first"));
    }
    if from > to {
        let says = format!(
            "there are no figures of these days: they are kept from {} to {}",
            clock::day_sortable(today - i64::from(FIGURES_KEPT_DAYS)),
            clock::day_sortable(today)
        );
        return Err(Failure::new(Exit::Usage, says));
    }
    Ok(from..=to)
}

fn tell(terminal: &Clean, figures: &[(i64, Figures)], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Visits at {terminal}\n")?;
    writeln!(out, "DAY         VISITS  FINISHED  LEFT  ONLY LOOKED  MINUTES ON AVERAGE")?;
    for (day, of) in figures {
        let left = of.visits.saturating_sub(of.completed + of.only_looked);
        let (day, minutes) = (clock::day_sortable(*day), of.average_minutes);
        let (visits, completed, looked) = (of.visits, of.completed, of.only_looked);
        writeln!(out, "{day}  {visits:>6}  {completed:>8}  {left:>4}  {looked:>11}  {minutes:>18}")?;
    }
    let sum = |what: fn(&Figures) -> u32| figures.iter().map(|(_, of)| u64::from(what(of))).sum::<u64>();
    let (visits, completed, looked) = (sum(|of| of.visits), sum(|of| of.completed), sum(|of| of.only_looked));
    let left = visits.saturating_sub(completed + looked);
    writeln!(out, "all         {visits:>6}  {completed:>8}  {left:>4}  {looked:>11}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: i64 = 20_779;

    #[test]
    fn days_are_those_that_are_kept() {
        let of = |from: Option<&str>, to: Option<&str>| {
            let read = |day: Option<&str>| day.map(|day| read_day(day).expect("a day"));
            days(&Options { from: read(from), to: read(to) }, TODAY)
                .ok()
                .map(|days| (clock::day_sortable(*days.start()), clock::day_sortable(*days.end())))
        };
        let days = |from: &str, to: &str| Some((from.to_string(), to.to_string()));
        assert_eq!(of(None, None), days("2026-11-16", "2026-11-22"));
        assert_eq!(of(Some("2026-11-01"), None), days("2026-11-01", "2026-11-22"));
        assert_eq!(of(None, Some("2026-11-10")), days("2026-11-04", "2026-11-10"));
        assert_eq!(of(Some("2001-01-01"), Some("2031-01-01")), days("2025-10-18", "2026-11-22"));
        assert_eq!(of(Some("2026-11-10"), Some("2026-11-09")), None);
        assert_eq!(of(None, Some("2001-01-01")), None);
        assert!(read_day("2026-02-30").is_err() && read_day("22-11-2026").is_err());
    }

    #[test]
    fn each_day_is_a_line_and_the_sums_stand_beneath() {
        let day = |visits, completed, only_looked| Figures {
            visits,
            completed,
            only_looked,
            average_minutes: 3,
            ..Figures::default()
        };
        let mut out = Vec::new();
        tell(&"Puesto 01".into(), &[(TODAY - 1, day(12, 7, 2)), (TODAY, day(0, 0, 0))], &mut out).unwrap();
        let told = String::from_utf8(out).unwrap();
        let words = |line: usize| told.lines().nth(line).unwrap().split_whitespace().collect::<Vec<_>>();
        assert_eq!(words(3), ["2026-11-21", "12", "7", "3", "2", "3"]);
        assert_eq!(words(4), ["2026-11-22", "0", "0", "0", "0", "3"]);
        assert_eq!(words(5), ["all", "12", "7", "3", "2"]);
    }
}
