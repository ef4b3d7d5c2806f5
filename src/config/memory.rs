//! Whether the memory that the program may have holds what the settings ask for. A hash that doesn't fit
//! isn't slow: the system kills the kiosk in the middle of somebody's visit.

use std::fmt;
use std::path::{Path, PathBuf};

use rustix::process::{Resource, getrlimit};

use super::{Config, ConfigError, Fault, HASH_FLOOR};
use crate::vault::HASHINGS_AT_ONCE;

const KIB_BYTES: u64 = 1024;
const MIB_BYTES: u64 = 1024 * KIB_BYTES;
/// What the program itself takes at most besides hashes and the store's cache, with its threads and the
/// process that guards the terminal.
const OWN_BYTES: u64 = 32 * MIB_BYTES;
/// Addresses that its threads reserve and hardly touch: a stack, and 64 MiB for what each allocates.
const RESERVED_BYTES: u64 = 16 * (64 + 4) * MIB_BYTES;
/// Of these, what counts as data.
const STACKS_BYTES: u64 = 16 * 4 * MIB_BYTES;

/// Who limits the memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitedBy {
    /// A group of processes (cgroup), by this file.
    Group(PathBuf),
    /// Addresses of each process by itself: `RLIMIT_AS`.
    Addresses,
    /// Data of each process by itself: `RLIMIT_DATA`.
    Data,
    /// There is no more in the machine.
    Machine,
}

/// The least memory that anything allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryLimit {
    /// So much.
    pub bytes: u64,
    /// By whom.
    pub by: LimitedBy,
}

impl fmt::Display for MemoryLimit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = self.bytes / MIB_BYTES;
        match &self.by {
            LimitedBy::Group(file) => write!(out, "the {mib} MiB that {} allows", file.display()),
            LimitedBy::Addresses => write!(out, "the {mib} MiB of addresses that RLIMIT_AS allows"),
            LimitedBy::Data => write!(out, "the {mib} MiB of data that RLIMIT_DATA allows"),
            LimitedBy::Machine => write!(out, "the {mib} MiB of this machine"),
        }
    }
}

impl MemoryLimit {
    fn remedy(&self) -> &'static str {
        match self.by {
            LimitedBy::Group(_) => "raise MemoryMax= of the unit (or that file)",
            LimitedBy::Addresses => "raise LimitAS= of the unit (or ulimit -v)",
            LimitedBy::Data => "raise LimitDATA= of the unit (or ulimit -d)",
            LimitedBy::Machine => "put in more memory",
        }
    }

    /// What of it is left for hashes.
    fn left_for_hashes(&self, config: &Config) -> u64 {
        let reserved = match self.by {
            LimitedBy::Addresses => RESERVED_BYTES,
            LimitedBy::Data => STACKS_BYTES,
            LimitedBy::Group(_) | LimitedBy::Machine => 0,
        };
        self.bytes.saturating_sub(OWN_BYTES + reserved + u64::from(config.store.cache_mib) * MIB_BYTES)
    }
}

impl Config {
    /// Whether as many hashes as are computed at once, by the cost in `[hash]`, fit into the memory that
    /// there is.
    ///
    /// # Errors
    /// When they don't.
    pub fn check_memory(&self) -> Result<(), ConfigError> {
        self.check_memory_of(&memory_limits(Path::new("/")))
    }

    fn check_memory_of(&self, limits: &[MemoryLimit]) -> Result<(), ConfigError> {
        let at_once = HASHINGS_AT_ONCE as u64;
        let takes = at_once * u64::from(self.hash.memory_kib) * KIB_BYTES;
        let faults = limits.iter().filter(|limit| limit.left_for_hashes(self) < takes).map(|limit| {
            let most_kib = limit.left_for_hashes(self) / at_once / KIB_BYTES;
            let or_less = match most_kib >= HASH_FLOOR.0.into() {
                true => format!(", or lower hash.memory_kib to at most {most_kib}"),
                false => String::new(),
            };
            Fault {
                origin: self.hash.memory_set_at.clone(),
                key: "hash.memory_kib".to_string(),
                value: Some(self.hash.memory_kib.to_string()),
                remedy: format!(
                    "{at_once} hashes at once take {} MiB, which don't fit into {limit} beside the program itself, \
                     and the system would kill it at work: {}{or_less}.",
                    takes.div_ceil(MIB_BYTES),
                    limit.remedy()
                ),
            }
        });
        let faults: Vec<Fault> = faults.collect();
        if faults.is_empty() { Ok(()) } else { Err(ConfigError::Faults(faults)) }
    }
}

/// The limits on this process's memory, the tightest first. `root` is `/`, or stands in for it.
pub fn memory_limits(root: &Path) -> Vec<MemoryLimit> {
    let process = [(Resource::As, LimitedBy::Addresses), (Resource::Data, LimitedBy::Data)];
    let process = process
        .into_iter()
        .filter_map(|(resource, by)| Some(MemoryLimit { bytes: getrlimit(resource).current?, by }));
    let mut limits: Vec<MemoryLimit> = process.chain(group_limit(root)).chain(machine(root)).collect();
    limits.sort_by_key(|limit| limit.bytes);
    limits
}

fn machine(root: &Path) -> Option<MemoryLimit> {
    let text = std::fs::read_to_string(root.join("proc/meminfo")).ok()?;
    let kib: u64 = text
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()?;
    Some(MemoryLimit { bytes: kib * KIB_BYTES, by: LimitedBy::Machine })
}

/// The tightest limit of the groups that this process is in: of its own, and of each above.
fn group_limit(root: &Path) -> Option<MemoryLimit> {
    let groups = std::fs::read_to_string(root.join("proc/self/cgroup")).ok()?;
    let mounts = std::fs::read_to_string(root.join("proc/self/mountinfo")).ok()?;
    let limits = mounts.lines().filter_map(Hierarchy::read).filter_map(|hierarchy| {
        let group = groups.lines().find_map(|line| hierarchy.group_in(line))?;
        hierarchy.tightest(root, group)
    });
    limits.min_by_key(|limit| limit.bytes)
}

/// Where the groups of one kind are to be seen.
struct Hierarchy<'a> {
    /// Which group is at its top: in a container its own.
    top: &'a str,
    /// Where that is.
    place: &'a str,
    /// The file in a group that holds its limit.
    file: &'static str,
}

impl<'a> Hierarchy<'a> {
    /// One line of mountinfo (proc(5)), if groups that limit memory are mounted there.
    fn read(line: &'a str) -> Option<Self> {
        let (mount, system) = line.split_once(" - ")?;
        let mut mount = mount.split(' ').skip(3);
        let (top, place) = (mount.next()?, mount.next()?);
        let mut system = system.split(' ');
        let file = match (system.next()?, system.nth(1)) {
            ("cgroup2", _) => "memory.max",
            ("cgroup", Some(options)) if has(options, "memory") => "memory.limit_in_bytes",
            _ => return None,
        };
        Some(Hierarchy { top, place, file })
    }

    /// The group of a line of `/proc/self/cgroup`, if that line is about this hierarchy.
    fn group_in<'b>(&self, line: &'b str) -> Option<&'b str> {
        let mut parts = line.splitn(3, ':');
        let (number, controllers, group) = (parts.next()?, parts.next()?, parts.next()?);
        let is_ours = match self.file {
            "memory.max" => number == "0" && controllers.is_empty(),
            _ => has(controllers, "memory"),
        };
        is_ours.then_some(group)
    }

    fn tightest(&self, root: &Path, group: &str) -> Option<MemoryLimit> {
        let place = Path::new(self.place);
        // What lies outside the top that we see is limited where we don't see it.
        let below = Path::new(group).strip_prefix(self.top).unwrap_or(Path::new(""));
        let groups = below.ancestors().map(|group| place.join(group).join(self.file));
        let limits = groups.filter_map(|file| {
            let inside = root.join(file.strip_prefix("/").ok()?);
            let bytes = std::fs::read_to_string(inside).ok()?.trim().parse().ok()?;
            Some(MemoryLimit { bytes, by: LimitedBy::Group(file) })
        });
        limits.min_by_key(|limit| limit.bytes)
    }
}

fn has(list: &str, word: &str) -> bool {
    list.split(',').any(|listed| listed == word)
}

#[cfg(test)]
mod tests {
    use std::fs::{create_dir_all, write};

    use super::*;
    use crate::config::Environment;

    const V2: &str = "31 23 0:28 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";
    const V1: &str = "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n\
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:4 - cgroup cgroup rw,memory\n\
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";
    const UNIT: &str = "0::/system.slice/totem.service\n";

    /// A machine whose system files are these.
    fn machine_with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (place, text) in files {
            let file = root.path().join(place);
            create_dir_all(file.parent().unwrap()).unwrap();
            write(file, text).unwrap();
        }
        root
    }

    fn told(files: &[(&str, &str)]) -> Option<(u64, String)> {
        let limit = group_limit(machine_with(files).path())?;
        let LimitedBy::Group(file) = limit.by else { unreachable!("a group's") };
        Some((limit.bytes, file.display().to_string()))
    }

    #[test]
    fn the_tightest_group_on_the_way_counts() {
        let slice = "sys/fs/cgroup/system.slice/memory.max";
        let service = "sys/fs/cgroup/system.slice/totem.service/memory.max";
        let of = |in_slice, in_service| {
            told(&[
                ("proc/self/cgroup", UNIT),
                ("proc/self/mountinfo", V2),
                (slice, in_slice),
                (service, in_service),
            ])
        };
        assert_eq!(of("max\n", "max\n"), None);
        assert_eq!(of("max\n", "104857600\n"), Some((104_857_600, format!("/{service}"))));
        assert_eq!(of("52428800\n", "104857600\n"), Some((52_428_800, format!("/{slice}"))));
        assert_eq!(told(&[("proc/self/cgroup", UNIT), ("proc/self/mountinfo", V2)]), None);
        assert_eq!(told(&[]), None);
    }

    #[test]
    fn the_older_kind_of_group_counts_too() {
        let group = "9:name=systemd:/\n4:cpu,memory:/kiosks/one\n0::/\n";
        let file = "sys/fs/cgroup/memory/kiosks/memory.limit_in_bytes";
        let unlimited = "sys/fs/cgroup/memory/kiosks/one/memory.limit_in_bytes";
        let files = [
            ("proc/self/cgroup", group),
            ("proc/self/mountinfo", V1),
            (file, "67108864\n"),
            (unlimited, "9223372036854771712\n"),
        ];
        assert_eq!(told(&files), Some((67_108_864, format!("/{file}"))));
    }

    /// There the group's own name may be one that isn't to be seen.
    #[test]
    fn in_a_container_its_own_group_is_at_the_top() {
        let mounts = "31 23 0:28 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup ro\n";
        for group in ["0::/docker/abc\n", "0::/\n", "0::/../def\n"] {
            let files = [
                ("proc/self/cgroup", group),
                ("proc/self/mountinfo", mounts),
                ("sys/fs/cgroup/memory.max", "134217728\n"),
            ];
            let expected = (134_217_728, "/sys/fs/cgroup/memory.max".to_string());
            assert_eq!(told(&files), Some(expected), "{group}");
        }
    }

    #[test]
    fn this_machine_is_read() {
        let limits = memory_limits(Path::new("/"));
        assert!(limits.iter().any(|limit| limit.by == LimitedBy::Machine), "{limits:?}");
        assert!(limits.is_sorted_by_key(|limit| limit.bytes));
    }

    #[test]
    fn a_hash_that_does_not_fit_is_refused_with_its_place_and_what_to_do() {
        let text = "[hash]\nmemory_kib = 65536\n[store]\ncache_mib = 16\n";
        let file = Path::new("/srv/totem/config.toml");
        let config = Config::parse(file, text, &Environment::default()).unwrap();
        let group = |mib| {
            let by = LimitedBy::Group("/sys/fs/cgroup/memory.max".into());
            config
                .check_memory_of(&[MemoryLimit { bytes: mib * MIB_BYTES, by }])
                .map_err(|error| error.to_string())
        };
        assert_eq!(group(176), Ok(()));
        let told = group(175).unwrap_err();
        assert_eq!(
            told,
            "/srv/totem/config.toml:2: hash.memory_kib = 65536: 2 hashes at once take 128 MiB, which don't fit into \
             the 175 MiB that /sys/fs/cgroup/memory.max allows beside the program itself, and the system would kill \
             it at work: raise MemoryMax= of the unit (or that file), or lower hash.memory_kib to at most 65024."
        );
        let told = group(64).unwrap_err();
        assert!(told.ends_with("raise MemoryMax= of the unit (or that file)."), "{told}");
        for (mib, by, name, remedy) in [
            (1263, LimitedBy::Addresses, "RLIMIT_AS", "LimitAS="),
            (239, LimitedBy::Data, "RLIMIT_DATA", "LimitDATA="),
        ] {
            let limit = |mib| [MemoryLimit { bytes: mib * MIB_BYTES, by: by.clone() }];
            assert_eq!(config.check_memory_of(&limit(mib + 1)), Ok(()), "{name}");
            let told = config.check_memory_of(&limit(mib)).unwrap_err().to_string();
            assert!(told.contains(name) && told.contains(remedy), "{told}");
        }
    }
}
