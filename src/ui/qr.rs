//! A QR: dark modules on a light ground with a quiet zone, as a phone expects. In reversed spaces, two
//! columns a module, which makes it about square on a terminal; or, where the terminal is known to
//! have them, in half blocks, a quarter as large.

use qrcode::{Color, EcLevel, QrCode};

use crate::ui::layout::ScreenRow;
use crate::ui::pen::Pen;
use crate::ui::theme::TextRole;

/// Light modules around it: the standard asks for four, and phones read two.
const QUIET: [usize; 2] = [4, 2];

/// What modules are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Two columns and a row for each.
    Spaces,
    /// A column and half a row for each.
    HalfBlocks,
}

impl Grain {
    fn columns(self, modules: usize) -> usize {
        match self {
            Grain::Spaces => 2 * modules,
            Grain::HalfBlocks => modules,
        }
    }

    fn rows(self, modules: usize) -> usize {
        match self {
            Grain::Spaces => modules,
            Grain::HalfBlocks => modules.div_ceil(2),
        }
    }
}

/// The modules of a QR with its quiet zone, row by row; true is dark.
pub struct Modules {
    cells: Vec<Vec<bool>>,
    grain: Grain,
}

impl Modules {
    /// The smallest QR of this content that has at most `height` rows and `width` columns, as large
    /// as `half_blocks` and these let it be, with as much of its quiet zone as goes in. `None` if it
    /// is too large, or not to be had.
    pub fn fitting(content: &str, width: u16, height: u16, half_blocks: bool) -> Option<Modules> {
        let code = [EcLevel::M, EcLevel::L]
            .into_iter()
            .filter_map(|level| QrCode::with_error_correction_level(content, level).ok())
            .min_by_key(QrCode::width)?;
        let grains = [Some(Grain::Spaces), half_blocks.then_some(Grain::HalfBlocks)];
        let tries = grains.into_iter().flatten().flat_map(|grain| QUIET.map(|quiet| (grain, quiet)));
        let (grain, quiet) = tries.into_iter().find(|(grain, quiet)| {
            let side = code.width() + 2 * quiet;
            grain.rows(side) <= usize::from(height) && grain.columns(side) <= usize::from(width)
        })?;
        let side = code.width() + 2 * quiet;
        let dark = |row: usize, column: usize| {
            let inside = quiet..quiet + code.width();
            inside.contains(&row)
                && inside.contains(&column)
                && code[(column - quiet, row - quiet)] == Color::Dark
        };
        let cells = (0..side).map(|row| (0..side).map(|column| dark(row, column)).collect()).collect();
        Some(Modules { cells, grain })
    }

    /// Its modules row by row with the quiet zone; true is dark.
    pub fn cells(&self) -> &[Vec<bool>] {
        &self.cells
    }

    /// What it is made of.
    pub fn grain(&self) -> Grain {
        self.grain
    }

    /// Columns that it takes on the screen.
    pub fn columns(&self) -> u16 {
        self.grain.columns(self.cells.len()) as u16
    }

    /// Its rows, as they are drawn.
    pub fn rows(&self) -> Vec<ScreenRow> {
        match self.grain {
            Grain::Spaces => self.cells.iter().map(|modules| in_spaces(modules)).collect(),
            Grain::HalfBlocks => self.cells.chunks(2).map(in_half_blocks).collect(),
        }
    }
}

fn in_spaces(modules: &[bool]) -> ScreenRow {
    let mut row = ScreenRow::default();
    let mut at = 0;
    for run in modules.chunk_by(|one, two| one == two) {
        let role = if run[0] { TextRole::Dark } else { TextRole::Light };
        at = row.add(at, " ".repeat(2 * run.len()), role, None);
    }
    row
}

/// Two rows of modules in one row of cells; under the last of an odd number there is light.
fn in_half_blocks(pair: &[Vec<bool>]) -> ScreenRow {
    let below = |column: usize| pair.get(1).is_some_and(|modules| modules[column]);
    let cells: Vec<(bool, bool)> =
        pair[0].iter().enumerate().map(|(column, above)| (*above, below(column))).collect();
    let mut row = ScreenRow::default();
    let mut at = 0;
    for run in cells.chunk_by(|one, two| one == two) {
        let (glyph, role) = match run[0] {
            (true, true) => (" ", TextRole::Dark),
            (false, false) => (" ", TextRole::Light),
            (true, false) => ("▄", TextRole::Halves),
            (false, true) => ("▀", TextRole::Halves),
        };
        at = row.add(at, glyph.repeat(run.len()), role, None);
    }
    row
}

/// Draws it among the rows of a page, if it fits there; the letters beneath say the same.
pub fn rows(pen: &mut Pen, content: &str) {
    if let Some(modules) = Modules::fitting(content, pen.width, pen.height, pen.view.half_blocks) {
        pen.rows.extend(modules.rows());
    }
}
