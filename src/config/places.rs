//! Whether nobody else can get at the folders that the settings name. A link that somebody planted, or
//! a folder above that anybody may rename things in, would hand the data to others, whatever the
//! rights of the data's own folder are.

use std::fs::{Metadata, metadata, symlink_metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::Config;

/// Others may write there.
const OTHERS_WRITE: u32 = 0o002;
/// But remove and rename nothing that isn't theirs.
const STICKY: u32 = 0o1000;

/// Why a folder for data is refused. For operators.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsafePlace {
    /// The folder, or one above it.
    #[error(
        "{key}: anybody may write in {}, and put other files in the place of the data: chmod o-w {}, or name a \
         folder elsewhere",
        place.display(),
        place.display()
    )]
    Open {
        /// The setting.
        key: &'static str,
        /// Where anybody may write.
        place: PathBuf,
    },
    /// A link leads to such a folder.
    #[error(
        "{key}: {} is a link to {}, where anybody may write: put a folder of this user's own in its place",
        link.display(),
        place.display()
    )]
    OpenLink {
        /// The setting.
        key: &'static str,
        /// The link.
        link: PathBuf,
        /// Where it leads.
        place: PathBuf,
    },
    /// The folder, or a link on the way to it, is another user's.
    #[error(
        "{key}: {} belongs to user {owner}, and this program runs as user {user}: run it as that user, or give \
         it to this one (chown)",
        place.display()
    )]
    NotOurs {
        /// The setting.
        key: &'static str,
        /// What is another's.
        place: PathBuf,
        /// Whose it is.
        owner: u32,
        /// Who we are.
        user: u32,
    },
}

impl Config {
    /// Whether nobody else can put anything in the place of the data.
    ///
    /// # Errors
    /// The first folder of which that isn't so.
    pub fn check_places(&self) -> Result<(), UnsafePlace> {
        let user = rustix::process::geteuid().as_raw();
        self.data_folders().into_iter().try_for_each(|(key, folder)| check(key, folder, user))
    }
}

fn check(key: &'static str, folder: &Path, user: u32) -> Result<(), UnsafePlace> {
    let is_others = |owner: u32| owner != user && owner != 0;
    // From the root down: what is above decides what is below.
    for link in ancestors(folder) {
        let Ok(found) = symlink_metadata(link) else { break };
        if !found.is_symlink() {
            continue;
        }
        if is_others(found.uid()) {
            return Err(not_ours(key, link, &found, user));
        }
        if let (Ok(place), Ok(target)) = (link.canonicalize(), metadata(link))
            && target.mode() & OTHERS_WRITE != 0
        {
            return Err(UnsafePlace::OpenLink { key, link: link.to_path_buf(), place });
        }
    }
    let Some(existing) = folder.ancestors().find_map(|place| place.canonicalize().ok()) else {
        return Ok(());
    };
    for place in ancestors(&existing) {
        let mode = metadata(place).map_or(0, |found| found.mode());
        let is_the_folder = folder.exists() && place == existing;
        // Where nobody renames what isn't theirs, as in /tmp, a folder of our own is safe.
        if mode & OTHERS_WRITE != 0 && (mode & STICKY == 0 || is_the_folder) {
            return Err(UnsafePlace::Open { key, place: place.to_path_buf() });
        }
    }
    // A mail server or a gateway may own the courier's folders.
    let own = [Some(folder), folder.parent()].into_iter().flatten().find(|place| place.exists());
    match own.and_then(|place| Some((place, metadata(place).ok()?))) {
        Some((place, found)) if found.uid() != user && !key.starts_with("courier.") => {
            // A folder of root's that lets this user write was prepared for it.
            if is_others(found.uid()) { Err(not_ours(key, place, &found, user)) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

fn ancestors(path: &Path) -> impl Iterator<Item = &Path> {
    let mut all: Vec<&Path> = path.ancestors().collect();
    all.reverse();
    all.into_iter()
}

fn not_ours(key: &'static str, place: &Path, found: &Metadata, user: u32) -> UnsafePlace {
    UnsafePlace::NotOurs { key, place: place.to_path_buf(), owner: found.uid(), user }
}

#[cfg(test)]
mod tests {
    use std::fs::{Permissions, create_dir_all, set_permissions};
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    const KEY: &str = "store.folder";

    fn us() -> u32 {
        rustix::process::geteuid().as_raw()
    }

    fn is_safe(folder: &Path) -> bool {
        check(KEY, folder, us()).is_ok()
    }

    #[test]
    fn a_place_is_safe_where_nobody_else_can_put_another() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        create_dir_all(at("own/data/store")).unwrap();
        create_dir_all(at("open/data/store")).unwrap();
        create_dir_all(at("sticky/data/store")).unwrap();
        set_permissions(at("open"), Permissions::from_mode(0o777)).unwrap();
        set_permissions(at("sticky"), Permissions::from_mode(0o1777)).unwrap();
        symlink(at("open"), at("link")).unwrap();
        symlink(at("sticky"), at("sticky-link")).unwrap();
        symlink(at("own"), at("own-link")).unwrap();
        symlink(at("link"), at("far-link")).unwrap();
        for (place, safe) in [
            ("own/data/store", true),
            ("own/data/none/yet", true),
            ("none/at/all", true),
            ("own-link/data/store", true),
            ("sticky/data/store", true),
            ("sticky/new", true),
            ("sticky", false),
            ("sticky-link/data", false),
            ("open", false),
            ("open/data/store", false),
            ("open/new", false),
            ("link/data/store", false),
            ("link/new/store", false),
            ("far-link/data", false),
        ] {
            assert_eq!(is_safe(&at(place)), safe, "{place}");
        }
    }

    #[test]
    fn another_user_s_place_is_not_ours() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("data");
        create_dir_all(folder.join("store")).unwrap();
        assert!(is_safe(&folder.join("store")) && is_safe(&folder.join("new")));
        // Somebody whose folder it isn't, unless it is root's.
        let judged = check(KEY, &folder.join("store"), us() + 1);
        assert_eq!(judged.is_ok(), us() == 0, "{judged:?}");
        assert!(check("courier.mail_folder", &folder, us() + 1).is_ok());
    }
}
