//! Signals that mean nothing to a kiosk. The system ends a program that doesn't heed them, and
//! anybody's script may send them.

use std::io;

use rustix::process::Signal as Number;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// - SIGUSR1, SIGUSR2: what other programs reload or turn their logs at.
/// - SIGALRM, SIGVTALRM, SIGPROF, SIGIO: timers and descriptors that the kiosk doesn't set.
/// - SIGPWR: the power fails; what was acknowledged is on the disk already.
/// - SIGXFSZ: a file may not grow; the write fails as well, and that is told.
/// - SIGTSTP, SIGQUIT: a kiosk has no shell to return to.
///
/// SIGPIPE is ignored by Rust itself. SIGTTIN and SIGTTOU still stop it: they come to who is started in
/// the background, and who heeds them there instead tries for ever.
const STRAY: [Number; 10] = [
    Number::USR1,
    Number::USR2,
    Number::ALARM,
    Number::VTALARM,
    Number::PROF,
    Number::IO,
    Number::POWER,
    Number::XFSZ,
    Number::TSTP,
    Number::QUIT,
];

/// From now on they do nothing, for as long as the program runs.
///
/// # Errors
/// When the system doesn't let them be heard, or outside a runtime.
pub fn ignore_stray_signals() -> io::Result<()> {
    STRAY.into_iter().try_for_each(ignore)
}

/// The same for what ends a program that has nothing to tidy up.
///
/// # Errors
/// Those of [`ignore_stray_signals`].
pub fn ignore_ends() -> io::Result<()> {
    [Number::HUP, Number::INT, Number::TERM].into_iter().try_for_each(ignore)
}

/// Whoever has once listened for a signal has changed for good what it does.
fn ignore(number: Number) -> io::Result<()> {
    signal(SignalKind::from_raw(number.as_raw())).map(|_: Signal| ())
}
