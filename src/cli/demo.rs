//! `totem demo`: the kiosk on invented data that are gone when it ends.

use crate::config::{Config, Environment};

use super::Exit;

pub(super) fn run(environment: &Environment) -> anyhow::Result<Exit> {
    let folder = tempfile::Builder::new().prefix("totem-demo-").tempdir()?;
    let config = Config::in_folder(folder.path(), environment)?;
    let exit = super::run::run(&config, environment);
    folder.close()?;
    exit
}
