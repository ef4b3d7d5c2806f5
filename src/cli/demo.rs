//! `totem demo`: the kiosk on invented data that are gone when it ends.

use std::net::Ipv4Addr;

use crate::config::{Config, Environment, Phone};

use super::Exit;

/// In place of a phone, the browser of whoever tries it: at any port, and of this machine alone.
fn this_machines_browser() -> Option<Phone> {
    let listen = (Ipv4Addr::LOCALHOST, 0).into();
    Some(Phone { address: "http://127.0.0.1:0".parse().ok()?, listen, identity: None })
}

pub(super) fn run(environment: &Environment) -> anyhow::Result<Exit> {
    let folder = tempfile::Builder::new().prefix("totem-demo-").tempdir()?;
    let mut config = Config::in_folder(folder.path(), environment)?;
    config.phone = config.phone.or_else(this_machines_browser);
    let exit = super::run::run(&config, environment);
    folder.close()?;
    exit
}
