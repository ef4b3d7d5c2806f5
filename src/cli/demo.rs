//! `totem demo`: the kiosk on invented data that are gone when it ends, and what the invented world's
//! staff type, for whoever plays them without a telephone.

use std::fs::{self, File};
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
/// The file in its folder that a demonstration holds a lock on while it runs.
const RUNNING: &str = "running";

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
    let temporary = tempfile::env::temp_dir();
    remove_dead(&temporary);
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(&temporary)?;
    let _running = hold(folder.path())?;
    let config = of_demonstration(folder.path(), environment)?;
    let exit = super::run::kiosk(&config, environment, |config| async move { Service::start(&config).await });
    folder.close()?;
    exit
}

/// Takes the lock that shows that this demonstration runs; it is held until the end, whatever the end is. The
/// file has its name once it is locked, so that nobody takes a beginning for an end.
fn hold(folder: &Path) -> io::Result<File> {
    let nameless = folder.join("running.new");
    let running = File::create(&nameless)?;
    running.lock()?;
    fs::rename(&nameless, folder.join(RUNNING))?;
    Ok(running)
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
    let temporary = tempfile::env::temp_dir();
    let config = match newest_demonstration(&temporary) {
        Some(folder) => of_demonstration(&folder, environment)?,
        None => settings()?,
    };
    if !config.is_demo() || !holds_store(&config.store.folder) {
        let says = match ours(&temporary).find(|folder| is_dead(folder)) {
            Some(dead) => format!(
                "the demonstration in {} was killed, and its staff are gone with it: start `totem demo` in another \
                 terminal, which removes that folder too",
                dead.display()
            ),
            None => {
                "no demonstration of yours is running, and these settings name none that ever ran: start \
                     `totem demo` in another terminal first"
                    .to_string()
            }
        };
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

/// This user's newest demonstration whose staff can sign in.
fn newest_demonstration(temporary: &Path) -> Option<PathBuf> {
    let running = ours(temporary).filter(|folder| store_of(folder).is_some_and(|store| is_in_use(&store)));
    let dated =
        running.filter_map(|folder| Some((fs::symlink_metadata(&folder).ok()?.modified().ok()?, folder)));
    dated.max().map(|(_, folder)| folder)
}

/// The folders of this user's demonstrations. In a folder that everybody writes to, others' don't count.
fn ours(temporary: &Path) -> impl Iterator<Item = PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    let entries = fs::read_dir(temporary).into_iter().flatten().flatten();
    let demos = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    demos.map(|entry| entry.path()).filter(move |path| {
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir() && metadata.uid() == user)
    })
}

fn store_of(folder: &Path) -> Option<PathBuf> {
    Some(Config::in_folder(folder, &Environment::default()).ok()?.store.folder)
}

/// Whether it was killed: it holds no lock any more. One that is about to begin has neither lock nor store,
/// and one of an older totem only a store.
fn is_dead(folder: &Path) -> bool {
    match File::open(folder.join(RUNNING)) {
        Ok(running) => running.try_lock().is_ok(),
        Err(_) => store_of(folder).is_some_and(|store| holds_store(&store) && !is_in_use(&store)),
    }
}

/// What demonstrations left that were killed. What can't be removed stays.
fn remove_dead(temporary: &Path) {
    ours(temporary).filter(|folder| is_dead(folder)).for_each(|folder| _ = fs::remove_dir_all(folder));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_killed_is_removed_and_what_runs_or_begins_is_not() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = |name: &str| {
            let folder = temporary.path().join(name);
            fs::create_dir(&folder).unwrap();
            folder
        };
        let (runs, killed) = (folder("totem-demo-runs"), folder("totem-demo-killed"));
        let (begins, other) = (folder("totem-demo-begins"), folder("somebody-elses"));
        let running = hold(&runs).unwrap();
        for killed in [&killed, &other] {
            fs::write(killed.join(RUNNING), "").unwrap();
            fs::write(killed.join("totem.key"), "a key").unwrap();
        }
        // A link to somewhere else is nobody's demonstration.
        std::os::unix::fs::symlink(&other, temporary.path().join("totem-demo-link")).unwrap();
        remove_dead(temporary.path());
        let left = [&runs, &begins, &other, &killed].map(|folder| folder.exists());
        assert_eq!(left, [true, true, true, false]);
        drop(running);
        remove_dead(temporary.path());
        assert!(!runs.exists());
    }
}
