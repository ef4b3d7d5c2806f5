//! `totem restore`: a backup takes the store's place, once it is known to be whole and ours.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::{Exit, Failure};
use crate::audit::{Actor, Entry};
use crate::clock;
use crate::config::Config;
use crate::demo;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::service::{self, ServiceError};
use crate::store::newest::lacking;
use crate::store::records::{KEY_MARK, KeyCheckError, WORLD_MARK, check_key_mark};
use crate::store::sled::{OpenError, Restoration, find_in_export, holds_store, import_export, is_in_use};
use crate::store::{Summary, Versioned};
use crate::vault::{KeyError, Keys, Vault, random};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The backup
    file: PathBuf,
    /// Also when there is a store already, which is then moved aside
    #[arg(long)]
    yes: bool,
    /// Also a backup of an older totem, which bears no MAC: nothing shows that nobody changed it
    #[arg(long)]
    unproved: bool,
}

pub(super) fn run(options: &Options, config: &Config) -> anyhow::Result<Exit> {
    let folder = &config.store.folder;
    // All that can be wrong is looked for before anything is touched.
    if is_in_use(folder) {
        return Err(Failure::from(ServiceError::Open(OpenError::InUse { folder: folder.clone() })).into());
    }
    let vault = vault(config)?;
    service::must_be_own(config).map_err(Failure::from)?;
    let noted = service::noted(&config.store.head, &vault.chain());
    let import = Restoration {
        chain: &vault.chain(),
        unproved: options.unproved,
        line: random(),
        after: noted.map(|noted| noted.point),
        now_ms: clock::now_ms(),
    };
    let summary = check(options, config, &vault, &import)?;
    if holds_store(folder) && !options.yes {
        let says = format!(
            "there is a store in {} already: say --yes as well, and it is moved aside for the backup; \
             nothing was changed",
            folder.display()
        );
        return Err(Failure::new(Exit::Failed, says).into());
    }
    let lacks = noted.map(|noted| lacking(summary.standing(import.chain).as_ref(), &noted));
    let aside = import_export(&options.file, folder, &import).map_err(Failure::from)?;
    super::block_on(note(config, lacks.as_deref()))??;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} entries of {} are the store now.", summary.entries, options.file.display())?;
    if let Some(lacks) = lacks {
        writeln!(out, "Of the store that was noted last {lacks}.")?;
    }
    if let Some(aside) = aside {
        writeln!(out, "What was there before lies in {}.", aside.display())?;
    }
    Ok(Exit::Done)
}

/// The keys that the backup must have been made with.
fn vault(config: &Config) -> Result<Vault, Failure> {
    service::vault(config).map_err(|error| match error {
        ServiceError::Key(KeyError::Missing { path }) => Failure::new(
            Exit::Key,
            format!(
                "there is no key at {}: put the one there that the backup was made with; nothing was changed",
                path.display()
            ),
        ),
        error => error.into(),
    })
}

/// Whether the backup is whole, made with our keys (S14) as it is (T13), and of the world of the
/// settings (T14).
fn check(
    options: &Options,
    config: &Config,
    vault: &Vault,
    import: &Restoration<'_>,
) -> Result<Summary, Failure> {
    let [first, second, third] = demo::places(vault);
    let places = [KEY_MARK, WORLD_MARK, first, second, third];
    let (summary, [mark, world, invented @ ..]) = find_in_export(&options.file, places)?;
    let Some(mark) = mark else {
        let says =
            format!("{} holds no store that was ever used; nothing was changed", options.file.display());
        return Err(Failure::new(Exit::Failed, says));
    };
    check_key_mark(vault, &mark).map_err(|error| other_keys(config, &mark, error))?;
    import.admits(&options.file, &summary)?;
    service::check_backup(config, vault, &options.file, world.as_ref(), &invented)?;
    Ok(summary)
}

/// After a rotation the keys before lie beside those in force. If the backup was made with some of them, the
/// sentence says with which.
fn other_keys(config: &Config, mark: &Versioned, error: KeyCheckError) -> Failure {
    let (key, Ok(cost)) = (&config.keys.file, service::cost(config)) else { return error.into() };
    let fits = |path: &PathBuf| {
        Keys::load(path).is_ok_and(|keys| check_key_mark(&Vault::new(keys, cost), mark).is_ok())
    };
    match Keys::kept_before(key).into_iter().find(fits) {
        Some(kept) => Failure::new(
            Exit::Key,
            format!(
                "this backup was made before the key was rotated, with {}: put {} aside, copy that file to its \
                 place, and restore again; nothing was changed",
                kept.display(),
                key.display()
            ),
        ),
        None => error.into(),
    }
}

/// Opens what was restored, which also shows that it opens, and leaves a row in its audit log. It is the
/// newest from now on, whatever was noted before.
async fn note(config: &Config, lacks: Option<&str>) -> Result<(), Failure> {
    let records = service::adopt(config).await?.opened.records;
    let now_ms = records.time(clock::now_ms()).await?.now_ms();
    let entry = Entry::new(now_ms, &config.kiosk.desk, Actor::Operator, Action::Restore, Outcome::Done);
    let entry = lacks.map_or(entry.clone(), |lacks| entry.noted(&Clean::from(lacks)));
    Ok(records.draft(now_ms).audit(&entry).commit(&records).await?)
}
