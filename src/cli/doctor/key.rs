//! The custody of the key that everything is sealed with (S14).

use std::fs::Metadata;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use crate::config::Config;
use crate::vault::Keys;

use super::Finding;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let file = &config.keys.file;
    let shown = file.display();
    if config.keys.is_credential {
        return vec![Finding::ok(format!("key: systemd's credential {shown}"))];
    }
    match std::fs::symlink_metadata(file) {
        Ok(metadata) => {
            let user = rustix::process::geteuid().as_raw();
            let mut findings = judge(file, &metadata, user);
            if let Some(folder) = holds(config, file) {
                findings.push(Finding::fault(
                    format!("key: {shown} lies inside {folder}, by way of a link"),
                    "keep it apart: whoever copies the data would have both",
                ));
            }
            if !matches!(Keys::following(file), Ok(None)) {
                findings.push(Finding::fault(
                    format!("key: a change of {shown} was begun and not finished"),
                    "run totem key rotate again",
                ));
            }
            if findings.is_empty() {
                findings.push(Finding::ok(format!("key: {shown}, its owner's alone")));
            }
            findings
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => vec![Finding::fault(
            format!("key: {shown} can't be looked at ({error})"),
            "run doctor as the kiosk's own user",
        )],
        Err(_) if has_data(&config.store.folder) => vec![Finding::fault(
            format!("key: {shown} is missing, and the store can't be read without it"),
            "bring it back from where its copy is kept, or set keys.file",
        )],
        Err(_) => vec![Finding::warn(
            format!("key: {shown} is not there yet"),
            "it is made with the store; then put a copy in a safe",
        )],
    }
}

/// What is wrong with the file itself.
fn judge(file: &Path, metadata: &Metadata, user: u32) -> Vec<Finding> {
    let shown = file.display();
    let mode = metadata.permissions().mode() & 0o7777;
    let mut findings = Vec::new();
    if metadata.file_type().is_symlink() {
        findings.push(Finding::fault(
            format!("key: {shown} is a link"),
            "set keys.file to the file itself, so that nobody can point it elsewhere",
        ));
    } else if !metadata.is_file() {
        findings.push(Finding::fault(format!("key: {shown} is not a file"), "set keys.file to the key"));
    } else if mode & 0o077 != 0 {
        findings.push(Finding::fault(
            format!("key: others may use {shown} (rights {mode:04o})"),
            format!("chmod 600 {shown}"),
        ));
    }
    if metadata.uid() != user {
        findings.push(Finding::fault(
            format!("key: {shown} belongs to user {}, not to {user}", metadata.uid()),
            "run doctor as the kiosk's own user, or give the file to it (chown)",
        ));
    }
    findings
}

/// The data folder that the file lies in once all links are followed.
fn holds(config: &Config, file: &Path) -> Option<&'static str> {
    let real = file.canonicalize().ok()?;
    config
        .data_folders()
        .into_iter()
        .find(|(_, folder)| folder.canonicalize().is_ok_and(|folder| real.starts_with(folder)))
        .map(|(name, _)| name)
}

fn has_data(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}
