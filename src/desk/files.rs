//! Files at this terminal: what lies on drives and in the scanner's folder, one of them looked at,
//! pages for phones, and the declaration handed out.

use super::papers::Papers;
use crate::documents::declaration::{self, DeclarationFields};
use crate::documents::{HandOutError, Kept, Renderer};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::document::{Checked, Choice, Offers, Refusal, Taken};
use crate::domain::language::Language;
use crate::domain::phone_page::PhonePageId;
use crate::effect::facilitator::{FacilitatorReply, HandOut, MayRequest, NotHandedOut};
use crate::office::facilitator_requests::{Devices, today};
use crate::office::means::Means;
use crate::phone::{News, Phones};
use crate::store::StoreError;

/// Where documents come from, and where they go; without, there are none.
#[derive(Default)]
pub(super) struct FilesHere(Option<Papers>);

impl FilesHere {
    /// With these devices.
    pub fn new(papers: Papers) -> Self {
        FilesHere(Some(papers))
    }

    /// Where documents are kept.
    pub fn kept(&self) -> Option<&Kept> {
        self.0.as_ref().map(|papers| &papers.kept)
    }

    /// What draws a PDF's pages, if anything does.
    pub fn renderer(&self) -> Option<&Renderer> {
        self.0.as_ref().and_then(|papers| papers.renderer.as_ref())
    }

    /// What there is for the person.
    pub fn devices(&self) -> Devices {
        let has_printer = self.0.as_ref().is_some_and(|papers| papers.printer.is_some());
        Devices { has_printer, has_phone: self.phones().is_some() }
    }

    fn phones(&self) -> Option<&Phones> {
        self.0.as_ref()?.phones.as_ref()
    }

    /// A drive that doesn't answer is one without files: the person may ask again.
    pub async fn list(&self) -> FacilitatorReply {
        let Some(papers) = &self.0 else { return FacilitatorReply::Files(Offers::default()) };
        match papers.media.list().await {
            Ok(offers) => FacilitatorReply::Files(offers),
            Err(error) => {
                tracing::warn!(reason = %error, "the drives can't be listed");
                FacilitatorReply::Files(Offers::default())
            }
        }
    }

    /// One of them, looked at.
    pub async fn take(&self, choice: Choice) -> FacilitatorReply {
        let Some(papers) = &self.0 else { return FacilitatorReply::FileGone };
        let Ok((name, bytes)) = papers.media.read(choice).await else { return FacilitatorReply::FileGone };
        taken(name.clone(), papers.checker.check(name.as_str(), &bytes).await)
    }

    /// The same, scaled down as was offered.
    pub async fn scale(&self, choice: Choice) -> FacilitatorReply {
        let Some(papers) = &self.0 else { return FacilitatorReply::FileGone };
        let Ok((name, bytes)) = papers.media.read(choice).await else { return FacilitatorReply::FileGone };
        taken(name.clone(), papers.checker.scale_down(name.as_str(), &bytes).await)
    }

    /// A page for the person's phone, closed when nobody holds the reply any more.
    pub fn open_phone_page(&self, language: Language) -> FacilitatorReply {
        self.phones().map_or(FacilitatorReply::NoPhonePage, |phones| {
            FacilitatorReply::PhonePage(phones.open(language))
        })
    }

    /// Waits for what happens next on the page, or its end.
    pub async fn await_phone(&self, page: PhonePageId) -> FacilitatorReply {
        let Some(phones) = self.phones() else { return FacilitatorReply::PhoneOver };
        match phones.next(page).await {
            News::Connected => FacilitatorReply::PhoneConnected,
            News::Came(taken) => FacilitatorReply::Taken(taken),
            News::NotTaken { name, refusal } => FacilitatorReply::NotTaken { name, refusal },
            News::Over => FacilitatorReply::PhoneOver,
        }
    }

    /// To a drive or to the printer.
    pub async fn hand_out(
        &self,
        means: &Means,
        may: &MayRequest,
        to: HandOut,
    ) -> Result<FacilitatorReply, StoreError> {
        let Some(papers) = &self.0 else {
            return Ok(FacilitatorReply::NotHandedOut(NotHandedOut::Failed));
        };
        let now_ms = means.now_ms().await?;
        let fields = DeclarationFields {
            company: may.company_name().clone(),
            company_rut: may.company(),
            representative: may.representative_name().clone(),
            representative_rut: may.representative(),
            on: today(now_ms),
        };
        let name = declaration::name(may.company());
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
        let entry = means.entry(now_ms, Action::HandOutDeclaration, outcome, may.company());
        means.commit(means.records.draft(now_ms).audit(&entry)).await?;
        Ok(reply)
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
            Ok(()) => return FacilitatorReply::Printed,
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
