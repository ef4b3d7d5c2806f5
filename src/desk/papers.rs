//! What this terminal has for documents: drives and a scanner, the folder where they are kept, a
//! printer, pages for phones, and the declaration's template.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::Documents;
use crate::documents::declaration::{self, DeclarationError, DeclarationFields};
use crate::documents::{Checker, KeepError, Kept, Media, Printer, Renderer, Viewing};
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;
use crate::office::facilitator_requests::today;
use crate::phone::Phones;
use crate::store::records::Records;

/// Where documents come from, who looks at them, where they are kept, and what is handed out.
#[derive(Clone)]
pub struct Papers {
    /// Drives and the scanner's folder.
    pub media: Media,
    /// Looks at documents in a process of its own.
    pub checker: Checker,
    /// Where documents are kept, sealed.
    pub kept: Kept,
    /// Where there is one.
    pub printer: Option<Printer>,
    /// Where staff look at them; without, nowhere.
    pub viewing: Option<Viewing>,
    /// Draws a PDF's pages for staff; without, they have the file alone.
    pub renderer: Option<Renderer>,
    /// The declaration's template.
    pub template: Arc<[u8]>,
    /// Pages for people's phones, where phones reach this machine.
    pub phones: Option<Phones>,
}

/// Why there is no place for documents. For operators.
#[derive(Debug, thiserror::Error)]
pub enum PapersError {
    /// The documents' folder can't be used.
    #[error("the documents in {}: {error}; check [documents] folder and that it belongs to this user", folder.display())]
    Folder {
        /// As the settings name it.
        folder: PathBuf,
        /// What is wrong with it.
        error: KeepError,
    },
    /// The office's template can't be read.
    #[error("the template {} can't be read ({error}): check [documents] declaration_template", file.display())]
    Unread {
        /// As the settings name it.
        file: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The office's template can't be filled in.
    #[error(
        "the template of the declaration can't be used: {0}; mend it, or leave [documents] declaration_template empty"
    )]
    Template(#[from] DeclarationError),
    /// The system does not say where this program lies.
    #[error("the system doesn't say where this program lies ({0}), and documents are looked at by it")]
    Program(std::io::Error),
}

impl Papers {
    /// As the settings say.
    ///
    /// # Errors
    /// When the folder or the template can't be used.
    pub fn open(settings: &Documents, records: Records, now_ms: u64) -> Result<Self, PapersError> {
        let folder = |error| PapersError::Folder { folder: settings.folder.clone(), error };
        let template: Arc<[u8]> = match &settings.declaration_template {
            None => Arc::from(declaration::BUILT_IN),
            Some(file) => {
                let unread = |error| PapersError::Unread { file: file.clone(), error };
                Arc::from(std::fs::read(file).map_err(unread)?)
            }
        };
        // So that nobody at the screen is the first to find a place that can't be filled in.
        declaration::fill(&template, &nobody(now_ms))?;
        let kept = Kept::open(settings.folder.clone(), records).map_err(folder)?;
        let checker = Checker::of_this_program().map_err(PapersError::Program)?;
        let renderer = settings.drawing_tool();
        Ok(Papers {
            renderer: renderer.map(|tool| Renderer::of_this_program(tool, checker.clone())),
            media: Media::new(settings.media_folders.clone(), settings.scanner_folder.clone()),
            checker,
            kept,
            printer: Printer::new(settings.print_command.clone()),
            viewing: settings.viewing(),
            template,
            phones: None,
        })
    }
}

fn nobody(now_ms: u64) -> DeclarationFields {
    let (nothing, rut) = (Clean::default(), Rut::of_body(1).expect("1-9 is a RUT"));
    DeclarationFields {
        company: nothing.clone(),
        company_rut: rut,
        representative: nothing,
        representative_rut: rut,
        on: today(now_ms),
    }
}
