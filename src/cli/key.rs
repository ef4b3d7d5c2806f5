//! `totem key`: another key in place of the one in use (S14).

use std::io::Write as _;

use clap::Subcommand;

use super::{Exit, Failure};
use crate::config::Config;
use crate::rotation::{Rotation, RotationError};
use crate::service::ServiceError;
use crate::{clock, service};

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Seal the whole store with a new key, and put that in the old one's place
    ///
    /// Needs as much free room as the store takes. After a power cut, run it again: it goes on where
    /// it was. The old key stays in a file of its own, for backups that were made with it. Digests
    /// keep their pepper, and ids theirs.
    Rotate,
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    let Action::Rotate = action;
    service::must_be_own(config).map_err(Failure::from)?;
    if config.keys.is_credential {
        let says = format!(
            "the key is systemd's credential {}, which can't be replaced from here: name the file that it is \
             made from, TOTEM__KEYS__CREDENTIAL= TOTEM__KEYS__FILE=/the/file totem key rotate",
            config.keys.file.display()
        );
        return Err(Failure::new(Exit::Key, says).into());
    }
    let rotation = Rotation {
        store: &config.store.folder,
        head: &config.store.head,
        key: &config.keys.file,
        cost: service::cost(config).map_err(|error| Failure::from(ServiceError::from(error)))?,
        terminal: &config.kiosk.desk,
        now_ms: clock::now_ms(),
    };
    let rotated = rotation.run(&mut |_| {}).map_err(Failure::from)?;
    let mut out = std::io::stdout().lock();
    match rotated.records {
        Some((records, unread)) => {
            writeln!(out, "{records} records and the audit log are sealed with the new key.")?;
            if unread > 0 {
                writeln!(out, "{unread} records could not be read with the old one, and are as they were.")?;
            }
        }
        None => writeln!(out, "The store was sealed with the new key before; now that is the key.")?,
    }
    writeln!(
        out,
        "Backups made before, and stores that were moved aside, open only with {}: make a new backup (totem\n\
         backup), then put that file away, or destroy it together with them. Keep a copy of {} in a safe.",
        rotated.kept.display(),
        config.keys.file.display()
    )?;
    Ok(Exit::Done)
}

impl From<RotationError> for Failure {
    fn from(error: RotationError) -> Self {
        match error {
            RotationError::Key(error) => ServiceError::Key(error).into(),
            RotationError::KeyCheck(error) => error.into(),
            RotationError::Open(error) => ServiceError::Open(error).into(),
            RotationError::Store(error) => error.into(),
            RotationError::NotNewest(error) => ServiceError::NotNewest(error).into(),
            RotationError::NoStore { .. } | RotationError::TooOften | RotationError::Head { .. } => {
                Failure::new(Exit::Failed, error.to_string())
            }
        }
    }
}
