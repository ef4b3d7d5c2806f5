//! Who the kiosk runs as, and who else may change or read what it goes by.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::config::Config;

use super::Finding;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let user = rustix::process::geteuid().as_raw();
    let mut findings = vec![judge_user(user)];
    let file = config.file.as_deref().and_then(|file| Some((file, std::fs::metadata(file).ok()?)));
    if let Some((file, metadata)) = file {
        let found = judge_file(file, &metadata, user, !config.staff.is_empty());
        match found.is_empty() {
            true => findings.push(Finding::ok(format!("rights of {}", file.display()))),
            false => findings.extend(found),
        }
    }
    findings.extend(config.check_places().err().map(|error| Finding::fault(error.to_string(), "")));
    findings
}

fn judge_user(user: u32) -> Finding {
    match user {
        0 => Finding::warn(
            "user: root, so that a fault in the kiosk would be the whole machine's",
            "run kiosk and doctor as a user of their own (useradd --system totem, User=totem in the unit), and \
             give that one the folders and the key (chown)",
        ),
        user => Finding::ok(format!("user: {user}")),
    }
}

/// What is wrong with the rights of the settings' file. One that anybody may write was not even read.
fn judge_file(file: &Path, metadata: &Metadata, user: u32, holds_pins: bool) -> Vec<Finding> {
    let shown = file.display();
    let (mode, owner) = (metadata.mode() & 0o7777, metadata.uid());
    let mut findings = Vec::new();
    if owner != user && owner != 0 {
        findings.push(Finding::fault(
            format!("{shown} belongs to user {owner}, who may change the settings of user {user}"),
            "give it to root or to the kiosk's own user (chown)",
        ));
    }
    if mode & 0o020 != 0 {
        findings.push(Finding::warn(
            format!("{shown}: its group may change the settings (rights {mode:04o})"),
            format!("chmod g-w {shown}, unless only the kiosk's operators are in it"),
        ));
    }
    if holds_pins && mode & 0o007 != 0 {
        findings.push(Finding::fault(
            format!("{shown}: anybody may read what is left of the staff's PINs (rights {mode:04o})"),
            format!("chmod o= {shown}"),
        ));
    } else if mode & 0o004 != 0 {
        findings.push(Finding::warn(
            format!("{shown}: anybody may read the settings (rights {mode:04o})"),
            format!("chmod o= {shown}"),
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::fs::{Permissions, metadata, set_permissions, write};
    use std::os::unix::fs::PermissionsExt as _;

    use super::super::Level;
    use super::*;

    #[test]
    fn root_is_told_to_be_somebody_else() {
        assert_eq!((judge_user(0).level, judge_user(1000).level), (Level::Warn, Level::Ok));
        assert!(judge_user(0).remedy.contains("useradd --system"));
    }

    #[test]
    fn the_file_of_settings_is_for_the_kiosk_and_its_operators() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        write(&file, "").unwrap();
        let levels = |mode, user, holds_pins| {
            set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            let found = judge_file(&file, &metadata(&file).unwrap(), user, holds_pins);
            assert!(found.iter().all(|finding| finding.remedy.starts_with("chmod ") || user != owner(&file)));
            found.into_iter().map(|finding| finding.level).collect::<Vec<_>>()
        };
        let us = owner(&file);
        assert_eq!(levels(0o640, us, true), []);
        assert_eq!(levels(0o644, us, false), [Level::Warn]);
        assert_eq!(levels(0o644, us, true), [Level::Fault]);
        assert_eq!(levels(0o660, us, true), [Level::Warn]);
        assert_eq!(levels(0o664, us, false), [Level::Warn, Level::Warn]);
        let anothers = if us == 0 { vec![] } else { vec![Level::Fault] };
        assert_eq!(levels(0o600, us + 1, false), anothers, "root may change anything anyway");
    }

    fn owner(file: &Path) -> u32 {
        metadata(file).unwrap().uid()
    }
}
