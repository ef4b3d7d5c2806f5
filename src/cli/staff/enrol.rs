//! A telephone learns its secret, and proves that it did.

use std::io::{self, IsTerminal as _, Write};

use crate::cli::{Exit, Failure, hidden};
use crate::clock;
use crate::domain::clean::Clean;
use crate::domain::staff::TotpSecret;
use crate::terminal::Abilities;
use crate::ui::qr::{Grain, Modules};
use crate::vault::totp;

/// How often a code may be mistyped before it is all begun anew.
const TRIES: u32 = 3;
/// The question for the code stands beneath the QR, and nothing else.
const ROWS_BENEATH: u16 = 1;

/// Says the secret in letters, in fours; and where there is a terminal, draws the QR beneath, so that all
/// of it is in sight while the code is asked for.
pub(super) fn show(secret: &TotpSecret, name: &Clean, abilities: Abilities) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let letters = totp::in_letters(secret);
    let fours: Vec<&str> = (0..letters.len()).step_by(4).filter_map(|at| letters.get(at..at + 4)).collect();
    let secret_in_letters = fours.join(" ");
    if !out.is_terminal() {
        writeln!(
            out,
            "\nThe secret for the application for codes on the telephone:\n\n    {secret_in_letters}\n"
        )?;
        return out.flush();
    }
    let (columns, rows) = crossterm::terminal::size().unwrap_or((80, 24));
    let enrolment = totp::enrolment(secret, name);
    match Modules::fitting(&enrolment, columns, rows.saturating_sub(ROWS_BENEATH), abilities.half_blocks) {
        Some(modules) => {
            writeln!(
                out,
                "\nScan this QR with the application for codes on the telephone, or type this secret there:\n\n    \
                 {secret_in_letters}\n"
            )?;
            draw(&mut out, &modules)?;
        }
        None => writeln!(
            out,
            "\nThis terminal has no room for a QR (over ssh, or in a larger window, there is). Type this secret \
             into\nthe application for codes on the telephone:\n\n    {secret_in_letters}\n"
        )?,
    }
    out.flush()
}

/// Light is bright white whatever the terminal's own ground is.
fn draw(out: &mut impl Write, modules: &Modules) -> io::Result<()> {
    match modules.grain() {
        Grain::Spaces => {
            for row in modules.cells() {
                for dark in row {
                    out.write_all(if *dark { b"\x1b[40m  " } else { b"\x1b[107m  " })?;
                }
                out.write_all(b"\x1b[0m\n")?;
            }
        }
        Grain::HalfBlocks => {
            for pair in modules.cells().chunks(2) {
                for (column, upper) in pair[0].iter().enumerate() {
                    // Beneath an odd number of rows there is more of the quiet zone.
                    let lower = pair.get(1).is_some_and(|row| row[column]);
                    let (ink, ground) = (if *upper { 30 } else { 97 }, if lower { 40 } else { 107 });
                    write!(out, "\x1b[{ink};{ground}m▀")?;
                }
                out.write_all(b"\x1b[0m\n")?;
            }
        }
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

    /// How a terminal of this size shows it, as an emulator draws it: true is a dark pixel, two of them a cell
    /// from top to bottom.
    fn seen(columns: u16, rows: u16, half_blocks: bool, name: &str) -> Option<(Vec<Vec<bool>>, String)> {
        let enrolment = totp::enrolment(&totp::new_secret(), &Clean::from(name));
        let modules = Modules::fitting(&enrolment, columns, rows - ROWS_BENEATH, half_blocks)?;
        let mut out = Vec::new();
        draw(&mut out, &modules).unwrap();
        let mut emulator = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        emulator.process("what stood before\r\n".repeat(40).as_bytes());
        emulator.process(String::from_utf8(out).unwrap().replace('\n', "\r\n").as_bytes());
        emulator.process(b"The code that the telephone shows now: ");
        let screen = emulator.screen();
        let is_dark = |color: vt100::Color| color == vt100::Color::Idx(0);
        let pixels = (0..2 * rows).map(|y| {
            let pixel = |x| {
                let cell = screen.cell(y / 2, x).unwrap();
                is_dark(if cell.contents() == "▀" && y % 2 == 0 { cell.fgcolor() } else { cell.bgcolor() })
            };
            (0..columns).map(pixel).collect()
        });
        Some((pixels.collect(), enrolment.to_string()))
    }

    /// A telephone reads it, from a photograph of the whole screen.
    fn scanned(pixels: &[Vec<bool>]) -> Option<String> {
        const ACROSS: usize = 4;
        let (width, height) = (pixels[0].len() * ACROSS, pixels.len() * ACROSS);
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
            if pixels[y / ACROSS][x / ACROSS] { 0 } else { 255 }
        });
        image.detect_grids().first().and_then(|grid| Some(grid.decode().ok()?.1))
    }

    #[test]
    fn a_telephone_reads_what_is_drawn() {
        let long = "María Fernanda Ñancupil Huenchumilla";
        let screens = [(80, 24, true, "Rosa Araya"), (80, 24, true, long), (160, 60, false, "Rosa Araya")];
        for (columns, rows, half_blocks, name) in screens {
            let (pixels, enrolment) = seen(columns, rows, half_blocks, name).expect("there is room");
            assert_eq!(scanned(&pixels), Some(enrolment), "{columns}×{rows}, {name}");
        }
    }

    /// Half of a QR is of no use to anybody.
    #[test]
    fn where_there_is_no_room_none_is_drawn() {
        assert!(seen(80, 24, false, "Rosa Araya").is_none());
        assert!(seen(80, 20, true, "Rosa Araya").is_none());
    }
}
