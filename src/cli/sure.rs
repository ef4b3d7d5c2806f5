//! A question before what can't be undone: only a plain yes goes on.

use std::io::{self, Write as _};

/// Asks it on standard error, for standard output may be a file.
pub fn is_sure(question: &str) -> io::Result<bool> {
    let mut out = io::stderr().lock();
    write!(out, "{question} [y/N] ")?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    // The input ended without an answer.
    if !answer.ends_with('\n') {
        writeln!(out)?;
    }
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}
