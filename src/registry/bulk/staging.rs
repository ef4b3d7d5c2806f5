//! A register in the making: a file without a name, which takes the old one's place in one step when
//! it is complete and durable. Whoever breaks an import off, by a key, a kill or a power cut, leaves
//! the old register and nothing else.

use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Mode, OFlags};

/// The file that is being written.
pub struct Staging {
    target: PathBuf,
    /// What it is called just before it takes its place; on a file system that knows no files without
    /// a name, from the beginning.
    partial: PathBuf,
    has_name: bool,
}

impl Staging {
    /// Makes it in the target's folder.
    pub fn new(target: &Path) -> io::Result<(Self, File)> {
        let mut partial = target.as_os_str().to_os_string();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let folder = target.parent().unwrap_or(Path::new("."));
        // Left by a process that was killed in its last moment, or that had to give it a name.
        remove(&partial)?;
        let mode = Mode::RUSR | Mode::WUSR;
        let unnamed = rustix::fs::open(folder, OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC, mode);
        let (file, has_name) = match unnamed {
            Ok(file) => (File::from(file), false),
            Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::ISDIR | rustix::io::Errno::INVAL) => {
                (named(&partial)?, true)
            }
            Err(error) => return Err(error.into()),
        };
        Ok((Staging { target: target.to_path_buf(), partial, has_name }, file))
    }

    /// Puts the file, which is durable, in the target's place, and makes that durable.
    ///
    /// # Errors
    /// When the disk doesn't take it; the old file stays then.
    pub fn publish(&mut self, file: &File) -> io::Result<()> {
        if !self.has_name {
            let open = format!("/proc/self/fd/{}", file.as_raw_fd());
            rustix::fs::linkat(CWD, open, CWD, &self.partial, AtFlags::SYMLINK_FOLLOW)?;
            self.has_name = true;
        }
        fs::rename(&self.partial, &self.target)?;
        self.has_name = false;
        File::open(self.target.parent().unwrap_or(Path::new(".")))?.sync_all()
    }
}

/// An import that failed takes its file with it.
impl Drop for Staging {
    fn drop(&mut self) {
        if self.has_name {
            let _ = fs::remove_file(&self.partial);
        }
    }
}

fn named(partial: &Path) -> io::Result<File> {
    File::options().create_new(true).read(true).write(true).mode(0o600).open(partial)
}

fn remove(partial: &Path) -> io::Result<()> {
    match fs::remove_file(partial) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn the_old_one_stands_until_the_new_one_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.register");
        fs::write(&target, "old").unwrap();
        fs::write(folder.path().join("a.register.partial"), "left by a kill").unwrap();

        let (staging, mut file) = Staging::new(&target).unwrap();
        file.write_all(b"half").unwrap();
        drop((staging, file));
        assert_eq!(names(folder.path()), ["a.register"]);
        assert_eq!(fs::read(&target).unwrap(), b"old");

        let (mut staging, mut file) = Staging::new(&target).unwrap();
        file.write_all(b"new").unwrap();
        staging.publish(&file).unwrap();
        drop(staging);
        assert_eq!(names(folder.path()), ["a.register"]);
        assert_eq!(fs::read(&target).unwrap(), b"new");
    }

    #[test]
    fn with_a_name_from_the_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.register");
        let partial = folder.path().join("a.register.partial");
        let staging = || Staging { target: target.clone(), partial: partial.clone(), has_name: true };
        named(&partial).unwrap();
        drop(staging());
        assert!(names(folder.path()).is_empty());
        let file = named(&partial).unwrap();
        staging().publish(&file).unwrap();
        assert_eq!(names(folder.path()), ["a.register"]);
    }
}
