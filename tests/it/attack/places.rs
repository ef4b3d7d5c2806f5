//! Folders and settings that somebody else on the machine prepared for the kiosk.

use std::fs::{Permissions, create_dir, read_dir, set_permissions, write};
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::Path;

use crate::seat::Seat;

fn open_to_all(folder: &Path) {
    create_dir(folder).unwrap();
    set_permissions(folder, Permissions::from_mode(0o777)).unwrap();
}

/// What it says as it refuses to start.
fn refuses(folder: &Path) -> String {
    let mut seat = Seat::kiosk(folder);
    assert_eq!(seat.ended(), Ok(3), "{}", seat.written());
    assert!(!seat.written().contains("Comenzar"), "it showed a page: {}", seat.written());
    seat.written().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_empty(folder: &Path) -> bool {
    read_dir(folder).unwrap().next().is_none()
}

#[test]
fn a_link_to_a_folder_of_everybody_s_is_no_data_folder() {
    let root = tempfile::tempdir().unwrap();
    let (folder, trap) = (root.path().join("kiosk"), root.path().join("trap"));
    create_dir(&folder).unwrap();
    open_to_all(&trap);
    symlink(&trap, folder.join("totem-data")).unwrap();
    let says = refuses(&folder);
    assert!(says.contains("store.folder") && says.contains("totem-data is a link to"), "{says}");
    assert!(says.contains("put a folder of this user's own in its place"), "{says}");
    assert!(is_empty(&trap), "something was written there");
}

#[test]
fn nor_is_one_in_which_everybody_writes() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("totem-data");
    open_to_all(&data);
    let says = refuses(folder.path());
    assert!(says.contains(&format!("chmod o-w {}", data.display())), "{says}");
    assert!(is_empty(&data), "something was written there");
}

/// Only root can give a folder away, to try it.
#[test]
fn nor_is_somebody_else_s() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("totem-data");
    create_dir(&data).unwrap();
    if chown(&data, Some(4711), None).is_err() {
        return;
    }
    let says = refuses(folder.path());
    assert!(says.contains("belongs to user 4711") && says.contains("(chown)"), "{says}");
    assert!(is_empty(&data), "something was written there");
}

#[test]
fn settings_that_anybody_may_change_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    write(&file, "[kiosk]\ndesk = \"07\"\n").unwrap();
    set_permissions(&file, Permissions::from_mode(0o646)).unwrap();
    let says = refuses(folder.path());
    assert!(says.contains("config.toml: anybody may change these settings"), "{says}");
    assert!(says.contains("chmod o-w config.toml"), "{says}");
    set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    Seat::kiosk(folder.path()).sees("Puesto 07");
}
