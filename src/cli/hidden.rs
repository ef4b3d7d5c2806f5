//! Asks for something at the terminal without showing what is typed.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use zeroize::{Zeroize as _, Zeroizing};

use crate::domain::secret::Secret;
use crate::terminal::{Prompt, TypedHidden};

use super::{Exit, Failure};

/// Asks twice at a terminal, once elsewhere: then it is a line of the standard input.
///
/// # Errors
/// When the two differ, when it is broken off, or when nothing can be read.
pub(super) fn ask_twice(what: &str, again: &str) -> anyhow::Result<Secret> {
    if !io::stdin().is_terminal() {
        return next_line();
    }
    let first = ask(what)?;
    if first == ask(again)? {
        Ok(first)
    } else {
        Err(Failure::new(Exit::Failed, "the two are not the same; nothing was made").into())
    }
}

/// The same, asked once.
///
/// # Errors
/// When it is broken off, or when nothing can be read.
pub(super) fn ask_once(what: &str) -> anyhow::Result<Secret> {
    if io::stdin().is_terminal() { ask(what) } else { next_line() }
}

fn next_line() -> anyhow::Result<Secret> {
    let mut line = Zeroizing::new(String::new());
    io::stdin().lock().read_line(&mut line)?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n'])))
}

/// Restores the terminal's echo, whatever happens.
struct NoEcho;

impl Drop for NoEcho {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

fn ask(what: &str) -> anyhow::Result<Secret> {
    let mut prompt = io::stderr().lock();
    write!(prompt, "{what}: ")?;
    prompt.flush()?;
    let typed = {
        enable_raw_mode()?;
        let _no_echo = NoEcho;
        read_line()
    };
    writeln!(prompt)?;
    typed
}

/// One line of keys, up to Enter.
fn read_line() -> anyhow::Result<Secret> {
    let mut typed = Zeroizing::new(String::with_capacity(256));
    let mut prompt = Prompt::default();
    loop {
        match prompt.wait()? {
            TypedHidden::Letter(symbol) => typed.push(symbol),
            TypedHidden::Erased => _ = typed.pop(),
            TypedHidden::Emptied => typed.zeroize(),
            TypedHidden::Done => return Ok(Secret::new(typed.as_str())),
            TypedHidden::BrokenOff => {
                return Err(Failure::new(Exit::Interrupted, "broken off; nothing was made").into());
            }
        }
    }
}
