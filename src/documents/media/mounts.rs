//! Which removable drives there are: what is mounted of a device below the folders where the
//! desktop's helpers mount sticks, by `/proc/self/mountinfo`.
//!
//! Not by `procfs`: it leaves the blanks in names of sticks as `\040` (0.18), so that undoing them
//! would stay ours, and one name that is not UTF-8 costs it the whole table.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};

/// A mounted drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mounted {
    /// The folder it is mounted at, absolute.
    pub at: PathBuf,
    /// Whether nothing can be written to it.
    pub is_read_only: bool,
}

/// The drives of this text that lie below one of the folders, by place. Lines that can't be read are
/// passed over.
pub fn below(mountinfo: &[u8], folders: &[PathBuf]) -> Vec<Mounted> {
    let lines = mountinfo.split(|byte| *byte == b'\n');
    let mut found: Vec<Mounted> = lines.filter_map(mounted).collect();
    found.retain(|mount| folders.iter().any(|folder| lies_below(&mount.at, folder)));
    found.sort_by(|one, other| one.at.cmp(&other.at));
    // Mounted over one another: the later one is seen.
    found.reverse();
    found.dedup_by(|one, other| one.at == other.at);
    found.reverse();
    found
}

fn lies_below(place: &Path, folder: &Path) -> bool {
    place != folder && place.starts_with(folder)
}

/// The drive of a line such as `36 35 8:17 / /media/STICK rw,nosuid - vfat /dev/sdb1 rw`. Mounts
/// without a device (of the network, of a program) aren't drives.
fn mounted(line: &[u8]) -> Option<Mounted> {
    let fields: Vec<&[u8]> = line.split(|byte| *byte == b' ').collect();
    let after = fields.iter().position(|field| *field == b"-")?;
    let (at, options) = (fields.get(4)?, fields.get(5)?);
    let (source, of_system) = (fields.get(after + 2)?, fields.get(after + 3)?);
    let is_read_only = [options, of_system].iter().any(|options| {
        let mut options = options.split(|byte| *byte == b',');
        options.any(|option| option == b"ro")
    });
    let at = PathBuf::from(OsString::from_vec(unescaped(at)));
    (after > 5 && at.is_absolute() && source.starts_with(b"/dev/")).then_some(Mounted { at, is_read_only })
}

/// Blanks and backslashes stand as three octal digits.
fn unescaped(field: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((first, after)) = rest.split_first() {
        let code = match (first, after) {
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', ..]) => {
                Some((a - b'0') * 64 + (b - b'0') * 8 + (c - b'0'))
            }
            _ => None,
        };
        plain.push(code.unwrap_or(*first));
        rest = &after[if code.is_some() { 3 } else { 0 }..];
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTINFO: &str = "\
22 27 0:21 / /proc rw,relatime - proc proc rw
36 27 8:17 / /media/ana/PEN\\040DE\\040ANA rw,nosuid,nodev shared:5 - vfat /dev/sdb1 rw,uid=1000
37 27 8:33 / /run/media/LLENO ro,nosuid - exfat /dev/sdc1 ro
38 27 0:50 / /media/red rw - cifs //servidor/red rw
39 27 8:1 / /media rw - ext4 /dev/sda1 rw
40 27 8:49 / /mediateca/x rw - ext4 /dev/sdd1 rw
41 27 8:65 / /media/dos rw - vfat /dev/sde1 rw
42 41 8:81 / /media/dos ro - vfat /dev/sdf1 rw
a line that is none
";

    #[test]
    fn sticks_and_nothing_else() {
        let folders = ["/media", "/run/media"].map(PathBuf::from);
        let found = below(MOUNTINFO.as_bytes(), &folders);
        let found: Vec<(&str, bool)> =
            found.iter().map(|mount| (mount.at.to_str().unwrap(), mount.is_read_only)).collect();
        let expected = [("/media/ana/PEN DE ANA", false), ("/media/dos", true), ("/run/media/LLENO", true)];
        assert_eq!(found, expected);
        assert_eq!(below(MOUNTINFO.as_bytes(), &[]), []);
    }
}
