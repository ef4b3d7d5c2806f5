//! Which system calls a confined process may make: all others fail with EPERM, whatever the
//! kernel would have said. They fail, rather than kill, so that a newer C library that tries
//! something and can do without goes on.

use std::collections::BTreeMap;
use std::env::consts::ARCH;

use libc::c_long;
use seccompiler::{
    BackendError, BpfProgram, Error, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule,
};

const EPERM: u32 = libc::EPERM.unsigned_abs();
const STANDARD_INPUT: u64 = 0;
const STANDARD_OUTPUT: u64 = 1;
const STANDARD_ERROR: u64 = 2;
const EXECUTABLE: u64 = libc::PROT_EXEC.unsigned_abs() as u64;

/// Memory, time, randomness, signals to itself, and the end: they reach nothing outside.
const WITHIN: [c_long; 15] = [
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_sched_yield,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];
/// What a foreign program needs besides to start and to read: Landlock says which files.
const TO_READ_FILES: [c_long; 40] = [
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_execve,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_pread64,
    libc::SYS_lseek,
    libc::SYS_openat,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_statfs,
    libc::SYS_fstatfs,
    libc::SYS_faccessat,
    libc::SYS_readlinkat,
    libc::SYS_getdents64,
    libc::SYS_getcwd,
    libc::SYS_fadvise64,
    libc::SYS_dup,
    libc::SYS_set_tid_address,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_uname,
    libc::SYS_sysinfo,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getegid,
    libc::SYS_getrusage,
    libc::SYS_times,
    libc::SYS_gettimeofday,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_sched_getaffinity,
    libc::SYS_getcpu,
    libc::SYS_get_robust_list,
];
/// Older names of the same, which only this architecture has.
#[cfg(target_arch = "x86_64")]
const ONLY_HERE: [c_long; 8] = [
    libc::SYS_arch_prctl,
    libc::SYS_open,
    libc::SYS_stat,
    libc::SYS_lstat,
    libc::SYS_access,
    libc::SYS_readlink,
    libc::SYS_getdents,
    libc::SYS_time,
];
#[cfg(not(target_arch = "x86_64"))]
const ONLY_HERE: [c_long; 0] = [];

/// Calls, each with the arguments that it may have: one of the rules must hold, or there is none.
type AllowedCalls = BTreeMap<i64, Vec<SeccompRule>>;

/// For our own program, which was loaded before: it maps no code any more.
pub(super) fn to_examine() -> Result<AllowedCalls, BackendError> {
    let mut allowed = whatever_the_arguments(&WITHIN);
    allowed.insert(libc::SYS_read, vec![rule(0, SeccompCmpOp::Eq, STANDARD_INPUT)?]);
    allow_to_answer(&mut allowed)?;
    for maps in [libc::SYS_mmap, libc::SYS_mprotect] {
        allowed.insert(maps, vec![rule(2, SeccompCmpOp::MaskedEq(EXECUTABLE), 0)?]);
    }
    Ok(allowed)
}

/// For a tool that is started in place of this program.
pub(super) fn to_draw() -> Result<AllowedCalls, BackendError> {
    let mut allowed = whatever_the_arguments(&WITHIN);
    allowed.extend(whatever_the_arguments(&TO_READ_FILES));
    allowed.extend(whatever_the_arguments(&ONLY_HERE));
    allow_to_answer(&mut allowed)?;
    // Its own limits, to be asked and not to be set.
    let itself_unchanged = SeccompRule::new(vec![
        condition(0, SeccompCmpOp::Eq, 0)?,
        SeccompCondition::new(2, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, 0)?,
    ])?;
    allowed.insert(libc::SYS_prlimit64, vec![itself_unchanged]);
    // No owner of a file's signals: those would reach others.
    let flags = [libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_DUPFD_CLOEXEC];
    let flags = flags.map(|flag| rule(1, SeccompCmpOp::Eq, u64::from(flag.unsigned_abs())));
    allowed.insert(libc::SYS_fcntl, flags.into_iter().collect::<Result<_, _>>()?);
    Ok(allowed)
}

fn whatever_the_arguments(calls: &[c_long]) -> AllowedCalls {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

fn allow_to_answer(allowed: &mut AllowedCalls) -> Result<(), BackendError> {
    for writes in [libc::SYS_write, libc::SYS_writev] {
        let to = [STANDARD_OUTPUT, STANDARD_ERROR].map(|file| rule(0, SeccompCmpOp::Eq, file));
        allowed.insert(writes, to.into_iter().collect::<Result<_, _>>()?);
    }
    Ok(())
}

fn rule(argument: u8, compared: SeccompCmpOp, with: u64) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![condition(argument, compared, with)?])
}

/// Of an argument that is an `int`.
fn condition(argument: u8, compared: SeccompCmpOp, with: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, compared, with)
}

/// From here on this process, all its threads, and what is started in its place make these alone.
/// No new privileges come with it.
pub(super) fn allow_only(allowed: Result<AllowedCalls, BackendError>) -> Result<(), Error> {
    let filter =
        SeccompFilter::new(allowed?, SeccompAction::Errno(EPERM), SeccompAction::Allow, ARCH.try_into()?)?;
    let program: BpfProgram = filter.try_into()?;
    seccompiler::apply_filter_all_threads(&program)
}
