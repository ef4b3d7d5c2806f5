//! `totem demo`: the kiosk on invented data that are gone when it ends, and what its staff type, for
//! whoever plays them without a telephone.

use std::fs::{self, File};
use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, Failure};
use crate::clock;
use crate::config::{Config, Environment, Phone};
use crate::demo::{self, Employed};
use crate::domain::clean::Clean;
use crate::domain::secret::Secret;
use crate::service::{self, Service, ServiceError};
use crate::vault::{SecretFile, totp};

const PREFIX: &str = "totem-demo-";
const STAFF_FILE: &str = "staff.tsv";

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Say what the staff of the demonstration that runs in another terminal type now
    #[arg(long)]
    staff: bool,
}

/// In place of a phone, the browser of whoever tries it: at any port, and of this machine alone.
fn this_machines_browser() -> Option<Phone> {
    let listen = (Ipv4Addr::LOCALHOST, 0).into();
    Some(Phone { address: "http://127.0.0.1:0".parse().ok()?, listen, identity: None })
}

pub(super) fn run(options: &Options, environment: &Environment) -> anyhow::Result<Exit> {
    if options.staff {
        return tell_staff();
    }
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
    let mut config = Config::in_folder(folder.path(), environment)?;
    config.phone = config.phone.or_else(this_machines_browser);
    let staff_file = folder.path().join(STAFF_FILE);
    // Settings may lead to a store that stays: nobody gets an account there (S18).
    let is_all_gone = config.is_demo() && config.store.folder.starts_with(folder.path());
    let exit = super::run::kiosk(&config, environment, move |config| async move {
        if is_all_gone {
            employ(&config, &staff_file).await?;
        }
        Service::start(&config).await
    });
    folder.close()?;
    exit
}

/// Makes the accounts in the store that is to be gone, before the kiosk opens it.
async fn employ(config: &Config, file: &Path) -> Result<(), ServiceError> {
    let records = service::open(config).await?.records;
    let employed = demo::employ(&records, clock::now_ms()).await?;
    let written = write(file, &employed);
    written.map_err(|error| ServiceError::Messages { folder: file.to_path_buf(), error })
}

fn write(file: &Path, employed: &[Employed]) -> io::Result<()> {
    let mut out = File::options().write(true).create_new(true).mode(0o600).open(file)?;
    for person in employed {
        let (password, letters) = (person.password.expose(), totp::in_letters(&person.totp));
        let role = super::staff::word(person.role);
        writeln!(out, "{}\t{role}\t{password}\t{}", person.name, letters.as_str())?;
    }
    Ok(())
}

fn tell_staff() -> anyhow::Result<Exit> {
    let nobody = || {
        let says = "no demonstration of yours is running: start `totem demo` in another terminal first";
        Failure::new(Exit::Failed, says)
    };
    let file = newest_staff_file(&tempfile::env::temp_dir()).ok_or_else(nobody)?;
    let text = SecretFile::new(file).text().map_err(|error| Failure::new(Exit::Failed, error.to_string()))?;
    let mut out = io::stdout().lock();
    writeln!(out, "{:<8}{:<12}{:<24}CODE NOW", "NAME", "ROLE", "PASSWORD")?;
    for line in text.expose().lines() {
        let words: Vec<Clean> = line.split('\t').map(Clean::from).collect();
        let [name, role, password, letters] = words.as_slice() else { return Err(nobody().into()) };
        let secret = totp::from_letters(letters.as_str()).ok_or_else(nobody)?;
        let code: Secret = totp::code_at(&secret, clock::now_ms());
        writeln!(out, "{:<8}{:<12}{:<24}{}", name.as_str(), role.as_str(), password.as_str(), code.expose())?;
        writeln!(out, "        {}", totp::enrolment(&secret, name).as_str())?;
    }
    writeln!(
        out,
        "\nA code counts for a minute, once: the next is there after 30 seconds, or on a telephone that"
    )?;
    writeln!(
        out,
        "was given the line beneath. Beside a person F2, at the staff's own desk F12 on the first page."
    )?;
    Ok(Exit::Done)
}

/// That of this user's newest demonstration; in a folder that everybody writes to, others' don't count.
fn newest_staff_file(folder: &Path) -> Option<PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    let folders = fs::read_dir(folder).ok()?.flatten();
    let demos = folders.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    let files = demos.filter_map(|entry| {
        let file = entry.path().join(STAFF_FILE);
        let metadata = fs::symlink_metadata(&file).ok()?;
        let is_ours = metadata.is_file() && metadata.uid() == user && entry.metadata().ok()?.uid() == user;
        is_ours.then_some((metadata.modified().ok()?, file))
    });
    files.max().map(|(_, file)| file)
}
