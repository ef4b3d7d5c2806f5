//! A telephone learns its secret, and proves that it did.

use std::io::{self, IsTerminal as _, Write};

use qrcode::{Color, EcLevel, QrCode};

use crate::cli::{Exit, Failure, hidden};
use crate::clock;
use crate::domain::clean::Clean;
use crate::domain::staff::TotpSecret;
use crate::vault::totp;

/// How often a code may be mistyped before it is all begun anew.
const TRIES: u32 = 3;
/// White around the QR, in modules.
const QUIET: usize = 2;

/// Draws the QR where there is a terminal, and says the secret in letters, in fours.
pub(super) fn show(secret: &TotpSecret, name: &Clean) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        writeln!(out, "\nScan this with the application for codes on the telephone:\n")?;
        draw(&mut out, &totp::enrolment(secret, name))?;
    }
    let letters = totp::in_letters(secret);
    let fours: Vec<&str> = (0..letters.len()).step_by(4).filter_map(|at| letters.get(at..at + 4)).collect();
    writeln!(out, "\nOr type this secret there:\n\n    {}\n", fours.join(" "))?;
    out.flush()
}

/// In reversed blanks, which every console has.
fn draw(out: &mut impl Write, content: &str) -> io::Result<()> {
    let Ok(code) = QrCode::with_error_correction_level(content, EcLevel::L) else { return Ok(()) };
    let side = code.width() + 2 * QUIET;
    let inside = QUIET..QUIET + code.width();
    for row in 0..side {
        for column in 0..side {
            let dark = inside.contains(&row)
                && inside.contains(&column)
                && code[(column - QUIET, row - QUIET)] == Color::Dark;
            out.write_all(if dark { b"\x1b[40m  " } else { b"\x1b[107m  " })?;
        }
        out.write_all(b"\x1b[0m\n")?;
    }
    Ok(())
}

/// The step of the code that the telephone gave.
pub(super) fn confirm(secret: &TotpSecret) -> anyhow::Result<u64> {
    for _ in 0..TRIES {
        let code = hidden::ask_once("The code that the telephone shows now")?;
        if let Some(step) = totp::step_of(secret, &code, clock::now_ms()) {
            return Ok(step);
        }
        if !io::stdin().is_terminal() {
            break;
        }
        writeln!(io::stderr(), "That is not its code. Is the telephone's clock right?")?;
    }
    let says = "the code is not the one of this secret and this moment; nothing was made";
    Err(Failure::new(Exit::Failed, says).into())
}
