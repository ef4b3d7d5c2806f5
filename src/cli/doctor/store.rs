//! The store itself: does it open, does the key fit, what is in it and how much room it wastes,
//! and is there a fresh backup. Looks only: makes neither store nor ballast, moves nothing aside.

use crate::clock;
use crate::config::{Config, StoreKind};
use crate::courier::census::Census;
use crate::domain::office_time::{JUMP_MS, OfficeTime, WallStanding};
use crate::service::{self, ServiceError};
use crate::store::backups;
use crate::store::postgres::schema::SCHEMA as DATABASE_SCHEMA;
use crate::store::sled::{SCHEMA, ballast_bytes, is_in_use};
use crate::store::{Health, Upkeep};

use super::super::clock as command_clock;
use super::{Finding, documents, head};

const MIB: u64 = 1024 * 1024;
/// A backup older than so many times the time between two is missing.
const LATE_FACTOR: u64 = 2;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    if let StoreKind::Postgres(_) = config.store.kind {
        return examine_shared(config);
    }
    let folder = &config.store.folder;
    if is_in_use(folder) {
        let mut findings =
            vec![Finding::ok("store: a kiosk has it open; stop that one to have it looked over")];
        findings.extend(head::examine_running(config));
        findings.extend(judge_ballast(config));
        findings.extend(examine_backups(config));
        return findings;
    }
    let opened = super::super::block_on(async {
        let opened = service::open_existing(config).await?;
        let store = opened.store.own()?;
        let (health, standing) = (store.health().await?, store.count().await?);
        let census = Census::take(&opened.records).await?;
        let astray = documents::astray(config, &opened.records).await;
        let time = opened.records.look_at_time(clock::now_ms()).await?;
        Ok::<_, ServiceError>((opened, standing, health, census, astray, time))
    });
    let mut findings = match opened {
        Ok(Ok((opened, standing, health, census, astray, time))) => {
            let mut findings = judge(&health);
            findings.extend(judge_ballast(config));
            findings.extend(head::judge(config, &opened, &standing));
            findings.push(judge_outbox(&census));
            findings.extend(judge_held(&census));
            findings.push(judge_time(time));
            findings.extend(documents::judge_astray(&astray));
            findings
        }
        Ok(Err(ServiceError::NoStore { .. })) => {
            return vec![Finding::ok("store: none yet; it is made when the kiosk first starts")];
        }
        // Said of the key already.
        Ok(Err(ServiceError::Key(_) | ServiceError::KeyLost { .. })) => Vec::new(),
        Ok(Err(error)) => vec![Finding::fault(format!("store: {error}"), "")],
        Err(error) => vec![Finding::fault(format!("store: it can't be looked into ({error})"), "")],
    };
    findings.extend(examine_backups(config));
    findings
}

/// The office's database, which others work with meanwhile.
fn examine_shared(config: &Config) -> Vec<Finding> {
    let opened = super::super::block_on(async {
        let opened = service::open_existing(config).await?;
        let census = Census::take(&opened.records).await?;
        let now_ms = opened.records.look_at_time(clock::now_ms()).await?.now_ms();
        Ok::<_, ServiceError>((census, now_ms))
    });
    match opened {
        Ok(Ok((census, now_ms))) => {
            let served =
                format!("store: the office's database answers, schema {DATABASE_SCHEMA}, the key fits");
            let mut findings = vec![Finding::ok(served), judge_offset(clock::now_ms(), now_ms)];
            findings.push(judge_outbox(&census));
            findings.extend(judge_held(&census));
            findings
        }
        Ok(Err(ServiceError::Unused)) => {
            vec![Finding::ok("store: the office's database is empty; a kiosk's first start begins it")]
        }
        // Said of the key already.
        Ok(Err(ServiceError::Key(_))) => Vec::new(),
        Ok(Err(error)) => vec![Finding::fault(format!("store: {error}"), "")],
        Err(error) => vec![Finding::fault(format!("store: it can't be looked into ({error})"), "")],
    }
}

/// This terminal's clock against the database's, which the office goes by.
fn judge_offset(wall_ms: u64, office_ms: u64) -> Finding {
    match wall_ms.abs_diff(office_ms) {
        off_ms if off_ms <= JUMP_MS => Finding::ok("time: the wall clock agrees with the database's"),
        off_ms => Finding::warn(
            format!("time: the wall clock is {} minutes off the database's", off_ms / 60_000),
            "the office goes by the database's; set this one right: timedatectl set-ntp true",
        ),
    }
}

fn judge(health: &Health) -> Vec<Finding> {
    let records: u64 = health.records.iter().map(|(_, count)| count).sum();
    let mut findings = vec![Finding::ok(format!(
        "store: schema {SCHEMA}, the key fits, {records} live records, {} rows of audit, {} MiB on the disk",
        health.rows,
        health.disk_bytes.div_ceil(MIB)
    ))];
    if health.is_wasteful() {
        let (disk, live) = (health.disk_bytes / MIB, health.live_bytes.div_ceil(MIB));
        findings.push(Finding::warn(
            format!("store: {disk} MiB on the disk hold {live} MiB that are live"),
            "stop the kiosk and run `totem compact`",
        ));
    }
    findings
}

/// Without it a disk that fills up leaves nothing to go on with.
fn judge_ballast(config: &Config) -> Option<Finding> {
    let is_missing = config.store.ballast_mib > 0 && ballast_bytes(&config.store.folder) == 0;
    is_missing.then(|| {
        Finding::warn(
            "store: no ballast is kept for a full disk; it was given up for one, or there was no room for it",
            "make room; the kiosk keeps it again within a minute, or at its next start",
        )
    })
}

/// The wall clock against the time that the store goes by (T12), and how to mend it.
fn judge_time(time: OfficeTime) -> Finding {
    let shown = format!("time: {}", command_clock::said(time.standing()));
    match time.standing() {
        WallStanding::Agrees => Finding::ok("time: the wall clock agrees with the store's"),
        WallStanding::Behind { .. } => Finding::fault(
            shown,
            "is the wall clock right? then `totem clock accept --reason TEXT`; if not: timedatectl set-ntp \
             true, then hwclock --systohc; a machine whose clock keeps local time: timedatectl set-local-rtc 0",
        ),
        WallStanding::Ahead { .. } => Finding::warn(
            shown,
            "is the wall clock right? then `totem clock accept --reason TEXT`, or let a member of staff sign \
             in; if not: timedatectl set-ntp true, then hwclock --systohc",
        ),
    }
}

fn judge_outbox(census: &Census) -> Finding {
    let Census { waiting, failed, expired, unreadable, refused, .. } = census;
    let shown = format!(
        "outbox: {waiting} waiting, {failed} failed, {expired} too late, {unreadable} unreadable; \
         {refused} addresses refused for good"
    );
    match failed + expired + unreadable {
        0 => Finding::ok(shown),
        _ => Finding::warn(shown, "totem outbox list says which; totem outbox show ID says why"),
    }
}

/// Messages that wait for the office to mend something.
fn judge_held(census: &Census) -> Option<Finding> {
    (census.held > 0).then(|| {
        Finding::fault(
            format!(
                "outbox: {} are held: the server doesn't accept who we are, or can't prove who it is",
                census.held
            ),
            "see smtp and sms_gateway below; what is held leaves by itself once that is mended",
        )
    })
}

fn examine_backups(config: &Config) -> Option<Finding> {
    let folder = &config.store.export_folder;
    let mut past = backups::named(folder);
    past.retain(|(made_ms, _)| *made_ms <= clock::now_ms());
    let last = past.pop();
    let every_ms =
        config.store.export_every.map(|every| u64::try_from(every.as_millis()).unwrap_or(u64::MAX));
    Some(match (last, every_ms) {
        (None, None) => Finding::warn(
            "backups: there is none, and store.export_every_hours is 0",
            "set it to 24, or stop the kiosk every night for `totem backup`",
        ),
        (None, Some(_)) => Finding::warn(
            format!("backups: there is none in {} yet", folder.display()),
            "the kiosk makes one while it runs; `totem backup` makes one now",
        ),
        (Some((made_ms, file)), every_ms) => {
            let shown = format!("backups: the last is {}", file.display());
            let age_ms = clock::now_ms().saturating_sub(made_ms);
            match every_ms {
                Some(every_ms) if age_ms > every_ms.saturating_mul(LATE_FACTOR) => Finding::warn(
                    format!("{shown}, {} hours old", age_ms / 3_600_000),
                    "the log says why the kiosk makes none; `totem backup` makes one now",
                ),
                _ => Finding::ok(shown),
            }
        }
    })
}
