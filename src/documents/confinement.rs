//! Takes everything from a process that reads hostile bytes but what it needs for one document: no
//! new privileges, no path, no address, few system calls, little memory and time (S16, T15).
//!
//! Two processes are confined: our own program that examines a document ([`to_examine`]), and a tool
//! that draws its pages ([`to_draw`]). Whatever is missing of the confinement ends them before they
//! read, with one exception: without Landlock a document is still examined, for the system calls
//! that are left take no path. There is no setting that goes on without seccomp: every kernel that
//! this program runs on has it, and a kiosk whose kernel refuses it is to be mended.

mod calls;

use std::io;
use std::path::Path;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, LandlockStatus, PathBeneath, PathFd, Ruleset, RulesetAttr as _,
    RulesetCreated, RulesetCreatedAttr as _, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

/// The newest of Landlock that this was tried with. What an older kernel lacks is left out.
const LANDLOCK: ABI = ABI::V7;
const MIB: u64 = 1024 * 1024;
/// What a tool needs to start: its libraries, and fonts for a PDF that brings none.
const READ_TO_DRAW: [&str; 9] = [
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/var/cache/fontconfig",
];
/// The programs that load a dynamic program: the kernel starts them in its place.
const LOADERS: [&str; 3] =
    ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-linux-riscv64-lp64d.so.1"];

/// Why a process could not be confined; then it reads nothing.
#[derive(Debug, thiserror::Error)]
pub enum ConfineError {
    /// The system sets no limits.
    #[error("its limits can't be set: {0}")]
    ResourceLimits(#[from] rustix::io::Errno),
    /// Landlock is there, and refuses.
    #[error("Landlock can't be used: {0}")]
    Landlock(#[from] RulesetError),
    /// The kernel has no Landlock, which a tool that opens files can't do without.
    #[error("this kernel has no Landlock (Linux 5.13 or newer, and \"landlock\" among its lsm=)")]
    NoLandlock,
    /// The kernel takes no filter of system calls.
    #[error("seccomp can't be used: {0}")]
    Seccomp(#[from] seccompiler::Error),
    /// The tool is not where it was said to be.
    #[error("the tool can't be used: {0}")]
    Tool(#[from] landlock::PathFdError),
    /// The tool did not start.
    #[error("the tool can't be started: {0}")]
    Start(#[from] io::Error),
}

/// What holds besides seccomp and the limits, which always do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confinement {
    /// The version of Landlock that is in force; `None` where the kernel has none.
    pub landlock: Option<u32>,
}

/// Memory, seconds of processor time, and open files.
struct ResourceLimits {
    bytes: u64,
    seconds: u64,
    files: u64,
}

/// A picture of 40 million pixels, twice over; the kiosk loses patience before the time is up.
const EXAMINING: ResourceLimits = ResourceLimits { bytes: 768 * MIB, seconds: 30, files: 0 };
/// A page, with its fonts and pictures.
const DRAWING: ResourceLimits = ResourceLimits { bytes: 1024 * MIB, seconds: 20, files: 64 };

/// Leaves this process nothing but its standard input, its standard output, and memory.
///
/// # Errors
/// When a part of it is not in force. The process must end then.
pub fn to_examine() -> Result<Confinement, ConfineError> {
    let landlock = in_force(ruleset()?)?;
    limit(&EXAMINING)?;
    calls::allow_only(calls::to_examine())?;
    Ok(Confinement { landlock })
}

/// Leaves this process nothing but its standard input and output, memory, the files that a tool
/// needs to start, to be read, and that tool, to be started in its place.
///
/// # Errors
/// When a part of it is not in force, Landlock among them. The process must end then.
pub fn to_draw(tool: &Path) -> Result<Confinement, ConfineError> {
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let start = AccessFs::ReadFile | AccessFs::Execute;
    let rules = ruleset()?
        .add_rules(path_beneath_rules(READ_TO_DRAW, read))?
        .add_rules(path_beneath_rules(LOADERS, start))?
        .add_rule(PathBeneath::new(PathFd::new(tool)?, start))?;
    let landlock = in_force(rules)?;
    if landlock.is_none() {
        return Err(ConfineError::NoLandlock);
    }
    limit(&DRAWING)?;
    calls::allow_only(calls::to_draw())?;
    Ok(Confinement { landlock })
}

/// Everything that Landlock knows of is denied.
fn ruleset() -> Result<RulesetCreated, RulesetError> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(LANDLOCK))?
        .handle_access(AccessNet::from_all(LANDLOCK))?
        .scope(Scope::from_all(LANDLOCK))?
        .create()
}

/// The version that holds from here on, for this thread and all that it starts.
fn in_force(rules: RulesetCreated) -> Result<Option<u32>, RulesetError> {
    let status = rules.restrict_self()?;
    match (status.ruleset, status.landlock) {
        (RulesetStatus::NotEnforced, _) => Ok(None),
        (_, LandlockStatus::Available { effective_abi, .. }) => Ok(Some(effective_abi as u32)),
        (_, LandlockStatus::NotEnabled | LandlockStatus::NotImplemented) => Ok(None),
    }
}

fn limit(limits: &ResourceLimits) -> Result<(), rustix::io::Errno> {
    let no_more_than = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::As, no_more_than(limits.bytes))?;
    setrlimit(Resource::Cpu, no_more_than(limits.seconds))?;
    setrlimit(Resource::Nofile, no_more_than(limits.files))?;
    // Nothing is written but to the pipe, and nothing is started beside it.
    setrlimit(Resource::Fsize, no_more_than(0))?;
    setrlimit(Resource::Nproc, no_more_than(0))?;
    setrlimit(Resource::Core, no_more_than(0))
}
