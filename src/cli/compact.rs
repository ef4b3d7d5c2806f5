//! `totem compact`: gives back the room that deleted records left in the store's files.

use std::io::Write as _;

use super::{Exit, Failure};
use crate::config::Config;
use crate::store::Upkeep as _;

pub(super) fn run(config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let opened = super::opening::opened(config).await?;
        let store = opened.store.own().map_err(Failure::from)?;
        let before = store.health().await.map_err(Failure::from)?;
        store.compact().await.map_err(Failure::from)?;
        let after = store.health().await.map_err(Failure::from)?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "before  {} bytes on the disk", before.disk_bytes)?;
        writeln!(out, "after   {} bytes, of which {} live", after.disk_bytes, after.live_bytes)?;
        Ok(Exit::Done)
    })?
}
