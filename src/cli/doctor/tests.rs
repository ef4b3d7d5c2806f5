//! Keys and folders as they are found on bad days.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use super::*;

/// Settings with everything below a fresh folder.
fn settings() -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::in_folder(folder.path(), &Environment::default()).unwrap();
    (folder, config)
}

fn write(path: &Path, mode: u32) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, "key").unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_key_is_its_owners_alone() {
    let (_folder, config) = settings();
    let level = || key::examine(&config).into_iter().map(|finding| finding.level).collect::<Vec<_>>();
    assert_eq!(level(), [Level::Warn], "before the first run");
    write(&config.keys.file, 0o600);
    assert_eq!(level(), [Level::Ok]);
    write(&config.keys.file, 0o640);
    assert_eq!(level(), [Level::Fault]);
    assert!(key::examine(&config)[0].remedy.starts_with("chmod 600 "));
}

#[test]
fn a_key_missing_beside_data_is_a_fault() {
    let (_folder, config) = settings();
    write(&config.store.folder.join("db"), 0o600);
    assert_eq!(key::examine(&config)[0].level, Level::Fault);
}

#[test]
fn a_link_does_not_hide_where_the_key_lies() {
    let (_folder, config) = settings();
    let hidden = config.store.folder.join("key");
    write(&hidden, 0o600);
    symlink(&hidden, &config.keys.file).unwrap();
    let told: Vec<String> = key::examine(&config).iter().map(Finding::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("is a link") && told[1].contains("inside store.folder"), "{told:?}");
}

#[test]
fn folders_for_data_are_private() {
    let (_folder, config) = settings();
    assert!(disk::examine(&config).iter().all(|finding| finding.level != Level::Fault));
    for (folder, mode, faults) in [
        (config.store.folder.as_path(), 0o700, 0),
        (config.store.folder.as_path(), 0o750, 1),
        (config.courier.mail_folder().unwrap(), 0o770, 1),
        (config.courier.mail_folder().unwrap(), 0o777, 2),
    ] {
        fs::create_dir_all(folder).unwrap();
        fs::set_permissions(folder, Permissions::from_mode(mode)).unwrap();
        let found = disk::examine(&config).iter().filter(|finding| finding.level == Level::Fault).count();
        assert_eq!(found, faults, "{} {mode:o}", folder.display());
    }
}

#[test]
fn weak_hashes_and_the_invented_world_are_told() {
    let environment = Environment::default().with("hash.allow_weak", "true").with("hash.memory_kib", "64");
    let config = Config::in_folder(Path::new("/srv/totem"), &environment);
    let told: Vec<String> = settings::examine(&config).iter().map(Finding::to_string).collect();
    assert!(told.iter().any(|line| line.starts_with("fault  hash.allow_weak")), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with("warn   registry.folder is empty")), "{told:?}");
}
