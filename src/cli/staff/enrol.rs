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

#[cfg(test)]
mod tests {
    use super::*;

    /// The QR is read off the cells that a terminal would paint, as a telephone would.
    #[test]
    fn a_telephone_reads_what_is_drawn() {
        let enrolment = totp::enrolment(&totp::new_secret(), &Clean::from("Rosa Araya"));
        let mut out = Vec::new();
        draw(&mut out, &enrolment).unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows: Vec<Vec<bool>> = text
            .lines()
            .map(|line| line.split('\u{1b}').filter_map(|part| part.strip_suffix("  ")))
            .map(|modules| modules.map(|module| module == "[40m").collect())
            .collect();
        let (side, scale) = (rows.len(), 8);
        assert!(side <= 41 + 2 * QUIET && rows.iter().all(|row| row.len() == side), "{side}");
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * scale, side * scale, |x, y| {
            if rows[y / scale][x / scale] { 0 } else { 255 }
        });
        let (_, read) = image.detect_grids()[0].decode().unwrap();
        assert_eq!(read, enrolment.as_str());
    }
}
