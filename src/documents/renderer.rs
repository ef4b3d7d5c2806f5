//! A PDF's pages as pictures, so that staff open no PDF: its fonts and pictures may harm the program
//! that shows it (T15). A tool of the distribution draws one page at a time, confined, from a pipe
//! into a pipe; what it drew is examined and written anew like any picture that somebody brings.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::checker::Checker;
use super::child::{self, OURSELVES};
use crate::domain::document::{Checked, Extent, MOST_BYTES_TO_SCALE, Refusal};

/// The hidden command by which our own program confines itself and becomes the tool.
pub const COMMAND: &str = "draw-page";
/// poppler's `pdftoppm`, where distributions put it.
const USUAL_PLACES: [&str; 2] = ["/usr/bin/pdftoppm", "/usr/local/bin/pdftoppm"];
/// The longer side of a page: on A4 some 170 dots an inch, on which small print reads well.
const PIXELS_A_SIDE: &str = "2000";
/// A page takes a tenth of a second, or some seconds if it is a large scan on an old machine.
const PAGE_TAKES_AT_MOST: Duration = Duration::from_secs(15);
/// So that a PDF that is made to be slow doesn't hold staff up for minutes.
const ALL_TAKE_AT_MOST: Duration = Duration::from_secs(60);
/// How many pages are drawn. A declaration and a card have one or two.
pub const MOST_PAGES: u32 = 30;
/// As a picture, for the examination.
const NAME: &str = "page.png";

/// Why pages are not drawn. For operators.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The process could not be started or heard.
    #[error("the tool that draws pages can't be started: {0}")]
    Start(#[from] std::io::Error),
    /// It ended without a page, or was killed.
    #[error("the tool that draws pages failed on page {0}")]
    Failed(u32),
    /// It took too long.
    #[error("the tool that draws pages took too long over page {0}")]
    TooSlow(u32),
    /// What it drew is no picture, or none that can be used.
    #[error("what was drawn of page {0} can't be used: {1}")]
    Refused(u32, Refusal),
    /// More than [`MOST_PAGES`].
    #[error("it has {0} pages, and no more than {MOST_PAGES} are drawn")]
    TooMany(u32),
}

/// Draws pages. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Renderer {
    /// Our own program.
    program: PathBuf,
    tool: PathBuf,
    checker: Checker,
    takes_at_most: Duration,
}

impl Renderer {
    /// By the tool at this path, started by this very program, even after an update.
    pub fn of_this_program(tool: PathBuf, checker: Checker) -> Self {
        Renderer::by(OURSELVES.into(), tool, checker)
    }

    /// Uses the `totem` at this path: for tests, which are a different program.
    pub fn by(program: PathBuf, tool: PathBuf, checker: Checker) -> Self {
        Renderer { program, tool, checker, takes_at_most: PAGE_TAKES_AT_MOST }
    }

    /// With another time limit for a page.
    pub fn waiting(self, takes_at_most: Duration) -> Self {
        Renderer { takes_at_most, ..self }
    }

    /// All pages of a PDF, in their order, each a PNG or, where that is too large, a JPEG.
    ///
    /// # Errors
    /// When a page can't be drawn; then none is given.
    pub async fn pages(&self, pdf: &Checked) -> Result<Vec<Checked>, DrawError> {
        let Extent::Pages(count) = pdf.extent() else { return Ok(vec![pdf.clone()]) };
        if count > MOST_PAGES {
            return Err(DrawError::TooMany(count));
        }
        let mut pages = Vec::new();
        let draw_all = async {
            for number in 1..=count {
                pages.push(self.page(pdf.bytes(), number).await?);
            }
            Ok(())
        };
        let drawn = tokio::time::timeout(ALL_TAKE_AT_MOST, draw_all).await;
        let begun = u32::try_from(pages.len()).unwrap_or(u32::MAX).saturating_add(1);
        drawn.unwrap_or(Err(DrawError::TooSlow(begun)))?;
        Ok(pages)
    }

    async fn page(&self, pdf: &[u8], number: u32) -> Result<Checked, DrawError> {
        let mut command = child::command(&self.program);
        let mut child = command.arg(COMMAND).arg(&self.tool).arg(number.to_string()).spawn()?;
        let talk = child::talk(&mut child, pdf, MOST_BYTES_TO_SCALE);
        let Ok(answered) = tokio::time::timeout(self.takes_at_most, talk).await else {
            let _ = child.kill().await;
            return Err(DrawError::TooSlow(number));
        };
        let (status, picture) = answered?;
        if !status.success() || picture.is_empty() {
            return Err(DrawError::Failed(number));
        }
        let seen = match self.checker.check(NAME, &picture).await {
            Err(Refusal::TooLarge { could_be: Some(_), .. }) => self.checker.scale_down(NAME, &picture).await,
            seen => seen,
        };
        seen.map_err(|refusal| DrawError::Refused(number, refusal))
    }
}

/// The tool where it usually lies, if it is installed.
pub fn in_usual_place() -> Option<PathBuf> {
    USUAL_PLACES.into_iter().map(PathBuf::from).find(|place| is_there(place))
}

/// Whether there is a file to be started.
pub fn is_there(tool: &Path) -> bool {
    tool.is_file()
}

/// What the tool is told: a document from its standard input, this page of it to its standard
/// output.
pub fn arguments(page: u32) -> Vec<String> {
    let page = page.to_string();
    let words = ["-png", "-scale-to", PIXELS_A_SIDE, "-f", &page, "-l", &page, "-singlefile", "-q", "-"];
    words.into_iter().map(ToString::to_string).collect()
}
