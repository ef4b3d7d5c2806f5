//! Files at the desk: what lies on drives and in the scanner's folder, one of them looked at, and
//! the declaration handed out.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Desk, today};
use crate::config::Documents;
use crate::courier::declaration_name;
use crate::desk::Trouble;
use crate::documents::declaration::{self, Fields, TemplateError};
use crate::documents::{Checker, HandOutError, KeepError, Kept, Media, Printer, Viewing};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::document::Taken;
use crate::domain::document::{Checked, Choice, Offers, Refusal};
use crate::domain::language::Language;
use crate::domain::phone_page::PhonePageId;
use crate::domain::rut::Rut;
use crate::effect::facilitator::{FacilitatorReply, HandOut, MayRequest, NotHandedOut};
use crate::office::means::CommitBy;
use crate::phone::{News, Phones};
use crate::store::records::Records;

/// Where documents come from, who looks at them, where they are kept, and what is handed out.
#[derive(Clone)]
pub struct Papers {
    pub media: Media,
    pub checker: Checker,
    pub kept: Kept,
    pub printer: Option<Printer>,
    /// Where staff look at them; without, nowhere.
    pub viewing: Option<Viewing>,
    /// The declaration's template.
    pub template: Arc<[u8]>,
    /// Pages for people's phones, where phones reach this machine.
    pub phones: Option<Phones>,
}

/// Why there is no place for documents. For operators.
#[derive(Debug, thiserror::Error)]
pub enum PapersError {
    #[error("the documents in {}: {error}; check [documents] folder and that it belongs to this user", folder.display())]
    Folder { folder: PathBuf, error: KeepError },
    #[error("the template {} can't be read ({error}): check [documents] declaration_template", file.display())]
    Unread { file: PathBuf, error: std::io::Error },
    #[error(
        "the template of the declaration can't be used: {0}; mend it, or leave [documents] declaration_template empty"
    )]
    Template(#[from] TemplateError),
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
        Ok(Papers {
            media: Media::new(settings.media_folders.clone(), settings.scanner_folder.clone()),
            checker: Checker::of_this_program().map_err(PapersError::Program)?,
            kept,
            printer: Printer::new(settings.print_command.clone()),
            viewing: settings.viewing(),
            template,
            phones: None,
        })
    }

    pub(super) fn has_phone(&self) -> bool {
        self.phones.is_some()
    }

    pub(super) fn has_printer(&self) -> bool {
        self.printer.is_some()
    }
}

impl Desk {
    /// A drive that doesn't answer is one without files: the person may ask again.
    pub(super) async fn list_files(&self) -> FacilitatorReply {
        let Some(papers) = &self.papers else { return FacilitatorReply::Files(Offers::default()) };
        match papers.media.list().await {
            Ok(offers) => FacilitatorReply::Files(offers),
            Err(error) => {
                tracing::warn!(reason = %error, "the drives can't be listed");
                FacilitatorReply::Files(Offers::default())
            }
        }
    }

    pub(super) async fn take_file(&self, choice: Choice) -> FacilitatorReply {
        let Some(papers) = &self.papers else { return FacilitatorReply::FileGone };
        let Ok((name, bytes)) = papers.media.read(choice).await else { return FacilitatorReply::FileGone };
        taken(name.clone(), papers.checker.check(name.as_str(), &bytes).await)
    }

    pub(super) async fn scale_file(&self, choice: Choice) -> FacilitatorReply {
        let Some(papers) = &self.papers else { return FacilitatorReply::FileGone };
        let Ok((name, bytes)) = papers.media.read(choice).await else { return FacilitatorReply::FileGone };
        taken(name.clone(), papers.checker.scale_down(name.as_str(), &bytes).await)
    }

    /// A page for the person's phone, closed when nobody holds the reply any more.
    pub(super) fn open_phone_page(&self, language: Language) -> FacilitatorReply {
        let phones = self.papers.as_ref().and_then(|papers| papers.phones.as_ref());
        phones.map_or(FacilitatorReply::NoPhonePage, |phones| {
            FacilitatorReply::PhonePage(phones.open(language))
        })
    }

    /// Waits for what happens next on the page, or its end.
    pub(super) async fn await_phone(&self, page: PhonePageId) -> FacilitatorReply {
        let phones = self.papers.as_ref().and_then(|papers| papers.phones.as_ref());
        let Some(phones) = phones else { return FacilitatorReply::PhoneOver };
        match phones.next(page).await {
            News::Connected => FacilitatorReply::PhoneConnected,
            News::Came(taken) => FacilitatorReply::Taken(taken),
            News::NotTaken { name, refusal } => FacilitatorReply::NotTaken { name, refusal },
            News::Over => FacilitatorReply::PhoneOver,
        }
    }

    /// To a drive or to the printer.
    pub(super) async fn hand_out(&self, may: &MayRequest, to: HandOut) -> Result<FacilitatorReply, Trouble> {
        let Some(papers) = &self.papers else {
            return Ok(FacilitatorReply::NotHandedOut(NotHandedOut::Failed));
        };
        let now_ms = self.means.now_ms().await?;
        let fields = Fields {
            company: may.company_name().clone(),
            company_rut: may.company(),
            representative: may.representative_name().clone(),
            representative_rut: may.representative(),
            on: today(now_ms),
        };
        let name = declaration_name(may.company());
        let reply = match declaration::fill(&papers.template, &fields) {
            Ok(bytes) => hand_out_file(papers, to, name, bytes).await,
            Err(error) => {
                tracing::error!(reason = %error, "the declaration can't be filled in");
                FacilitatorReply::NotHandedOut(NotHandedOut::Failed)
            }
        };
        let outcome = match &reply {
            FacilitatorReply::NotHandedOut(_) => Outcome::Wrong,
            _ => Outcome::Done,
        };
        let entry = self.means.entry(now_ms, Action::HandOutDeclaration, outcome, may.company());
        self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        Ok(reply)
    }
}

fn nobody(now_ms: u64) -> Fields {
    let (nothing, rut) = (Clean::default(), Rut::of_body(1).expect("1-9 is a RUT"));
    Fields {
        company: nothing.clone(),
        company_rut: rut,
        representative: nothing,
        representative_rut: rut,
        on: today(now_ms),
    }
}

async fn hand_out_file(papers: &Papers, to: HandOut, name: Clean, bytes: Vec<u8>) -> FacilitatorReply {
    let why = match (to, &papers.printer) {
        (HandOut::Drive(drive), _) => match papers.media.hand_out(drive, name.as_str(), bytes).await {
            Ok(name) => return FacilitatorReply::HandedOut(name),
            Err(HandOutError::Gone) => NotHandedOut::DriveGone,
            Err(HandOutError::Full) => NotHandedOut::DriveFull,
            Err(HandOutError::ReadOnly) => NotHandedOut::DriveReadOnly,
            Err(error @ (HandOutError::Failed | HandOutError::TookTooLong)) => {
                tracing::warn!(reason = %error, "the declaration could not be written to a drive");
                NotHandedOut::Failed
            }
        },
        (HandOut::Printer, Some(printer)) => match printer.print("docx", bytes).await {
            Ok(()) => return FacilitatorReply::HandedOver,
            Err(error) => {
                tracing::warn!(reason = %error, "the declaration could not be printed");
                NotHandedOut::Failed
            }
        },
        (HandOut::Printer, None) | (HandOut::Mail, _) => NotHandedOut::Failed,
    };
    FacilitatorReply::NotHandedOut(why)
}

fn taken(name: Clean, looked_at: Result<Checked, Refusal>) -> FacilitatorReply {
    match looked_at {
        Ok(document) => FacilitatorReply::Taken(Taken { name, document }),
        Err(Refusal::TooLarge { bytes, could_be: Some(could_be) }) => {
            FacilitatorReply::TooLarge { name, bytes, could_be }
        }
        Err(refusal) => FacilitatorReply::NotTaken { name, refusal },
    }
}
