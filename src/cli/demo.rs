//! `totem demo`: the kiosk on invented data that are gone when it ends, and what the invented world's
//! staff type, for whoever plays them without a telephone.

use std::fs;
use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, Failure};
use crate::clock;
use crate::config::{Config, ConfigError, Environment, Phone};
use crate::demo::{self, Employed};
use crate::service::{self, Service};
use crate::store::sled::{holds_store, is_in_use};
use crate::vault::{Vault, totp};

const PREFIX: &str = "totem-demo-";

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Say what the staff of the invented world type now, while the kiosk runs in another terminal
    ///
    /// Of a demonstration that runs, or else of the kiosk of these settings.
    #[arg(long)]
    staff: bool,
}

/// In place of a phone, the browser of whoever tries it: at any port, and of this machine alone.
fn this_machines_browser() -> Option<Phone> {
    let listen = (Ipv4Addr::LOCALHOST, 0).into();
    Some(Phone { address: "http://127.0.0.1:0".parse().ok()?, listen, identity: None })
}

pub(super) fn run(
    options: &Options,
    environment: &Environment,
    settings: impl FnOnce() -> Result<Config, ConfigError>,
) -> anyhow::Result<Exit> {
    if options.staff {
        return tell_staff(environment, settings);
    }
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
    let config = of_demonstration(folder.path(), environment)?;
    let exit = super::run::kiosk(&config, environment, |config| async move { Service::start(&config).await });
    folder.close()?;
    exit
}

/// The settings of a demonstration with everything in this folder.
fn of_demonstration(folder: &Path, environment: &Environment) -> Result<Config, ConfigError> {
    let mut config = Config::in_folder(folder, environment)?;
    config.phone = config.phone.or_else(this_machines_browser);
    Ok(config)
}

fn tell_staff(
    environment: &Environment,
    settings: impl FnOnce() -> Result<Config, ConfigError>,
) -> anyhow::Result<Exit> {
    let config = match newest_demonstration(&tempfile::env::temp_dir()) {
        Some(folder) => of_demonstration(&folder, environment)?,
        None => settings()?,
    };
    if !config.is_demo() || !holds_store(&config.store.folder) {
        let says = "no demonstration of yours is running, and these settings name none that ever ran: start \
                    `totem demo` in another terminal first";
        return Err(Failure::new(Exit::Failed, says).into());
    }
    let vault = service::vault(&config).map_err(Failure::from)?;
    tell(&vault, clock::now_ms(), &mut io::stdout().lock())?;
    Ok(Exit::Done)
}

fn tell(vault: &Vault, now_ms: u64, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{:<8}{:<12}{:<24}CODE NOW", "NAME", "ROLE", "PASSWORD")?;
    for Employed { name, role, password, totp, .. } in demo::employed(vault) {
        let (role, code) = (super::staff::word(role), totp::code_at(&totp, now_ms));
        writeln!(out, "{:<8}{role:<12}{:<24}{}", name.as_str(), password.expose(), code.expose())?;
        writeln!(out, "        {}", totp::enrolment(&totp, &name).as_str())?;
    }
    writeln!(
        out,
        "\nA code counts for a minute, once: the next is there after 30 seconds, or on a telephone that"
    )?;
    writeln!(
        out,
        "was given the line beneath. Beside a person F2, at the staff's own desk F12 on the first page."
    )
}

/// This user's newest demonstration that runs. In a folder that everybody writes to, others' don't
/// count, nor does what one left that was killed.
fn newest_demonstration(folder: &Path) -> Option<PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    let folders = fs::read_dir(folder).ok()?.flatten();
    let demos = folders.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    let running = demos.filter_map(|entry| {
        let path = entry.path();
        let metadata = fs::symlink_metadata(&path).ok()?;
        let config = Config::in_folder(&path, &Environment::default()).ok()?;
        let is_ours = metadata.is_dir() && metadata.uid() == user;
        (is_ours && is_in_use(&config.store.folder)).then_some((metadata.modified().ok()?, path))
    });
    running.max().map(|(_, path)| path)
}
