//! A QR in reversed spaces: two columns a module, which makes it about square on a terminal, and
//! dark modules on a light ground with a quiet zone, as a phone expects.

use qrcode::{Color, EcLevel, QrCode};

use crate::ui::layout::Row;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Columns of one module.
const MODULE: u16 = 2;

/// Light modules around it: the standard asks for four, and phones read two.
const QUIET: [usize; 2] = [4, 2];

/// The modules of a QR with its quiet zone, row by row; true is dark.
pub struct Modules {
    cells: Vec<Vec<bool>>,
}

impl Modules {
    /// The smallest QR of this content that has at most `height` rows and `width` columns, with as
    /// much of its quiet zone as goes in. `None` if it is too large, or not to be had.
    pub fn fitting(content: &str, width: u16, height: u16) -> Option<Modules> {
        let code = [EcLevel::M, EcLevel::L]
            .into_iter()
            .filter_map(|level| QrCode::with_error_correction_level(content, level).ok())
            .min_by_key(QrCode::width)?;
        let quiet = QUIET.into_iter().find(|quiet| {
            let side = code.width() + 2 * quiet;
            side <= usize::from(height) && side * usize::from(MODULE) <= usize::from(width)
        })?;
        let side = code.width() + 2 * quiet;
        let dark = |row: usize, column: usize| {
            let inside = quiet..quiet + code.width();
            inside.contains(&row)
                && inside.contains(&column)
                && code[(column - quiet, row - quiet)] == Color::Dark
        };
        Some(Modules {
            cells: (0..side).map(|row| (0..side).map(|column| dark(row, column)).collect()).collect(),
        })
    }

    /// Columns that it takes on the screen.
    pub fn columns(&self) -> u16 {
        self.cells.len() as u16 * MODULE
    }

    /// Its rows, as they are drawn.
    pub fn rows(&self) -> Vec<Row> {
        self.cells
            .iter()
            .map(|modules| {
                let mut row = Row::default();
                let mut at = 0;
                for run in modules.chunk_by(|one, two| one == two) {
                    let role = if run[0] { Role::Dark } else { Role::Light };
                    at = row.add(at, " ".repeat(run.len() * usize::from(MODULE)), role, None);
                }
                row
            })
            .collect()
    }
}

/// Draws it among the rows of a page, if it fits there; the letters beneath say the same.
pub fn rows(pen: &mut Pen, content: &str) {
    if let Some(modules) = Modules::fitting(content, pen.width, pen.height) {
        pen.rows.extend(modules.rows());
    }
}
