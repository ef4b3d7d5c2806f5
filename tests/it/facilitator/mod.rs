//! *Solicitud de CS para Facilitador Extranjero* by keys, with documents in a folder of the test's
//! own: from the company's clave to the clave that the facilitator chooses.

mod decided;
pub mod files;
mod printed;
pub mod requests;
mod settled;
mod undone;
mod viewing;

use std::path::Path;

use tempfile::TempDir;
use totem::config;
use totem::domain::deed::{Action, Outcome};
use totem::domain::facilitator::{Checklist, Decided, DocumentsOpened};
use totem::domain::language::Language;
use totem::domain::reference::Kind;
use totem::effect::facilitator::FacilitatorEffect;
use totem::effect::{Effect, Reply};
use totem::event::Key;
use totem::office::review::DecideError;
use totem::office::reviewer::Reviewer;
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, Company, Drawing, MAILBOX, NOON_MS, Outside};

/// Where the facilitator gets mail.
pub const FACILITATOR: &str = "maria@ejemplo.example";
const NEW: &str = "Guitarra+9";

/// A booth with a company, and a drive with both documents on it.
pub struct Visit {
    pub booth: Booth,
    folder: TempDir,
}

impl Visit {
    pub fn new() -> Self {
        Self::over(tempfile::tempdir().unwrap(), Outside::default())
    }

    /// The same with phones.
    pub fn with_phones(phone: Option<config::Phone>) -> Self {
        Self::over(tempfile::tempdir().unwrap(), Outside { phone, ..Outside::default() })
    }

    /// With a printer that runs this command.
    fn printing_by(folder: TempDir, print_command: Vec<String>) -> Self {
        Self::over(folder, Outside { print_command, ..Outside::default() })
    }

    /// Where this draws a PDF's pages.
    fn drawing_by(drawing: Drawing) -> Self {
        Self::over(tempfile::tempdir().unwrap(), Outside { drawing, ..Outside::default() })
    }

    pub fn over(folder: TempDir, outside: Outside) -> Self {
        let outside = Outside { folder: Some(folder.path().to_path_buf()), ..outside };
        let visit = Visit { booth: Booth::over(outside).knows(Company::default()), folder };
        visit.brings("declaracion.pdf", &pdf());
        visit
    }

    /// The booth, and the drive for as long as it is needed.
    pub fn into_parts(self) -> (Booth, TempDir) {
        (self.booth, self.folder)
    }

    /// Beside another booth that made the company known; nobody brings a drive.
    pub fn beside(folder: TempDir, outside: Outside) -> Self {
        let outside = Outside { folder: Some(folder.path().to_path_buf()), ..outside };
        Visit { booth: Booth::over(outside), folder }
    }

    /// Puts a file on the drive; all have the same time, so that their names decide the order.
    fn brings(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.path().join("drive").join(name);
        std::fs::write(&path, bytes).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_millis(NOON_MS)).unwrap();
    }

    fn forgets(&self, name: &str) {
        std::fs::remove_file(self.folder.path().join("drive").join(name)).unwrap();
    }

    /// How many sealed documents lie on the disk.
    pub fn kept(&self) -> usize {
        files_below(&self.folder.path().join("kept"))
    }

    fn records(&self, kind: Kind) -> usize {
        let store = self.booth.records.store().clone();
        self.booth.runs(async |_| store.list(kind, None, 100).await.unwrap().len())
    }

    /// *Validar*: on to the declaration.
    pub fn validates(&mut self) -> &mut Booth {
        self.booth.enters("4").is_at(&Msg::FacilitatorMenuHeading).chooses("1").is_at(&Msg::ChangeWhoHeading);
        self.booth.types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}⏎")).letters().types("⏎");
        self.booth.is_at(&Msg::DeclarationHeading)
    }

    /// On to the list of files for the declaration.
    pub fn lists(&mut self) -> &mut Booth {
        self.validates().chooses("1").is_at(&Msg::FilesDeclarationHeading)
    }

    /// On to the review.
    pub fn fills_in(&mut self) -> &mut Booth {
        self.fills_in_for(FACILITATOR)
    }

    fn fills_in_for(&mut self, mailbox: &str) -> &mut Booth {
        self.lists().chooses("1").is_at(&Msg::PreviewHeading).chooses("1");
        self.booth.types("PA-123.456⏎").chooses("1").is_at(&Msg::FilesIdentityHeading);
        self.booth.chooses("1").is_at(&Msg::PreviewHeading).chooses("1");
        self.booth.types("María José⏎Silva⏎⏎").chooses("1").types("1 de diciembre de 1992⏎");
        self.booth.chooses("2").types("0⏎perú⏎").types(&format!("{mailbox}⏎")).chooses("1");
        self.booth.types(&format!("{ANSWER}⏎")).is_at(&Msg::FacilitatorReviewHeading)
    }

    /// *Realizar solicitud*; returns the folio.
    pub fn requests(&mut self) -> String {
        self.requests_for(FACILITATOR)
    }

    /// The same, with this mailbox for the facilitator.
    fn requests_for(&mut self, mailbox: &str) -> String {
        self.fills_in_for(mailbox).types("⏎⏎").is_at(&Msg::TakenHeading);
        let folio = self.booth.folio();
        self.booth.types("⏎").is_at_rest();
        folio
    }

    pub fn approves(&self, folio: &str, by: &Reviewer) -> Result<Decided, DecideError> {
        let folio = folio.parse().unwrap();
        self.booth
            .runs(async |desk| desk.review().approve(folio, by, (&checklist(), DocumentsOpened::Yes)).await)
    }

    fn refuses(&self, folio: &str, by: &Reviewer, reason: &str) -> Result<Decided, DecideError> {
        let folio = folio.parse().unwrap();
        self.booth.runs(async |desk| desk.review().refuse(folio, by, &reason.into()).await)
    }

    /// *Estado de mi solicitud*
    pub fn looks_up(&mut self, folio: &str, representative: &str) -> &mut Booth {
        self.booth.enters("4").chooses("2").is_at(&Msg::StatusHeading);
        self.booth.types(&format!("{folio}⏎{representative}⏎"))
    }

    /// The facilitator's own *Validar*.
    pub fn comes_with(&mut self, key: &str) -> &mut Booth {
        self.booth.enters("4").chooses("3").is_at(&Msg::ChangeWhoHeading);
        self.booth.types(&format!("{COMPANY}⏎perú⏎pa 123456⏎{key}⏎"))
    }
}

fn checklist() -> Checklist {
    Checklist::gone_through(|_| true).unwrap()
}

fn staff(name: &str, rut: &str) -> Reviewer {
    Reviewer { name: name.into(), rut: rut.parse().unwrap() }
}

pub fn rosa() -> Reviewer {
    staff("rosa", "12345678-5")
}

pub fn hugo() -> Reviewer {
    staff("hugo", "46666666-1")
}

fn files_below(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files_below(&path) } else { 1 })
        .sum()
}

/// A PDF of one empty page.
pub fn pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
    ];
    let (mut text, mut places) = (String::from("%PDF-1.4\n"), Vec::new());
    for (index, object) in objects.iter().enumerate() {
        places.push(text.len());
        text += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = text.len();
    text += "xref\n0 4\n0000000000 65535 f \n";
    places.iter().for_each(|place| text += &format!("{place:010} 00000 n \n"));
    text += &format!("trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    text.into_bytes()
}

#[test]
fn from_the_companys_key_to_the_receipt_within_forty_strokes() {
    let mut visit = Visit::new();
    visit.booth.enters("4").pictured("facilitator-menu").chooses("1").pictured("facilitator-who");
    visit.booth.types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}⏎")).is_at(&Msg::LettersHeading);
    visit.booth.letters().types("⏎").is_at(&Msg::DeclarationHeading).pictured("facilitator-declaration");
    visit.booth.chooses("1").sees("declaracion.pdf").pictured("facilitator-files");
    visit.booth.chooses("1").sees("1 página").pictured("facilitator-preview").chooses("1");
    visit.booth.pictured("facilitator-identity").types("PA-123.456⏎").chooses("1").chooses("11");
    visit.booth.pictured("facilitator-names").types("María José⏎Silva⏎⏎");
    visit.booth.pictured("facilitator-birth").chooses("1").types("1 de diciembre de 1992⏎");
    visit
        .booth
        .pictured("facilitator-family")
        .chooses("2")
        .types("0⏎perú")
        .pictured("facilitator-country")
        .types("⏎");
    visit.booth.types(&format!("{FACILITATOR}⏎")).chooses("1").pictured("facilitator-contact");
    visit.booth.types(&format!("{ANSWER}⏎")).is_at(&Msg::FacilitatorReviewHeading);
    visit
        .booth
        .sees("01-12-1992")
        .sees("Perú")
        .sees("PA123456")
        .sees_not(CLAVE)
        .pictured("facilitator-review");
    visit.booth.types("⏎⏎").is_at(&Msg::TakenHeading).sees("contxxxx@comxxxx").pictured("facilitator-taken");
    assert_eq!(visit.kept(), 2);
    let folio = visit.booth.folio();
    visit.booth.types("⏎").is_at_rest();
    assert!(visit.booth.strokes <= 40, "{} strokes", visit.booth.strokes);
    visit.booth.runs_courier();
    assert!(visit.booth.post.newest_mail(MAILBOX).contains(&folio));
    assert_eq!((visit.booth.post.mail_count(), visit.records(Kind::FacilitatorRequest)), (1, 1));
    assert!(visit.booth.audited().contains(&(Action::RequestFacilitator, Outcome::Done)));
}

#[test]
fn pressed_twice_it_is_one_request() {
    let mut visit = Visit::new();
    let folio = visit.requests();
    let pressed = visit
        .booth
        .asked
        .iter()
        .rev()
        .find(|effect| matches!(effect, Effect::Facilitator(FacilitatorEffect::Request(_))));
    let effect = pressed.unwrap().clone();
    let reply = visit.booth.runs(async |desk| desk.perform(effect, Language::Es).await);
    assert!(format!("{reply:?}").contains(&folio), "{reply:?}");
    assert!(matches!(reply, Reply::Facilitator(_)));
    visit.booth.runs_courier();
    assert_eq!(
        (visit.kept(), visit.records(Kind::FacilitatorRequest), visit.booth.post.mail_count()),
        (2, 1, 1)
    );
}

#[test]
fn who_leaves_before_the_end_leaves_nothing() {
    let mut visit = Visit::new();
    visit.fills_in().leaves();
    visit.lists().chooses("1").is_at(&Msg::PreviewHeading).chooses("1").waits(121).is_at_rest();
    assert_eq!((visit.kept(), visit.records(Kind::Document)), (0, 0));
    assert_eq!(visit.records(Kind::FacilitatorRequest), 0);
}

#[test]
fn a_person_who_looks_for_a_file_has_five_minutes() {
    let mut visit = Visit::new();
    visit.lists().waits(239).sees_not("¿Sigue ahí?").waits(2).sees("¿Sigue ahí?").waits(60).is_at_rest();
}

#[test]
fn going_back_loses_nothing_but_secrets() {
    let mut visit = Visit::new();
    visit.fills_in().types("␛").is_at(&Msg::FacilitatorContactHeading).sees(FACILITATOR).types("␛␛␛");
    visit.booth.sees("María José").types("␛").is_at(&Msg::FacilitatorIdentityHeading).sees("PA123456");
    visit.booth.types("⏎").is_at(&Msg::PreviewHeading).sees("declaracion.pdf").types("␛␛").chooses("1");
    visit.booth.is_at(&Msg::PreviewHeading).types("␛␛").is_at(&Msg::ChangeWhoHeading).sees("99.999.999-9");
    visit.booth.types("⏎").sees_msg(&Msg::MissingCompanyClave);
}

#[test]
fn each_line_of_the_review_can_be_changed() {
    let mut visit = Visit::new();
    visit.brings("otra.pdf", &pdf());
    visit.fills_in().types("⏎").presses([Key::Up]).types("⏎").is_at(&Msg::FacilitatorContactHeading);
    visit.booth.types("⏎").is_at(&Msg::FacilitatorReviewHeading);
    visit.booth.presses([Key::Down]).types("⏎").is_at(&Msg::PreviewHeading).chooses("2");
    visit.booth.is_at(&Msg::FilesDeclarationHeading).types("␛").is_at(&Msg::FacilitatorReviewHeading);
}

#[test]
fn a_sent_key_leads_to_choosing_ones_own_first() {
    let mut visit = Visit::new();
    visit.booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎").leaves();
    let sent = visit.booth.runs_courier().post.mail_to(MAILBOX);
    visit.booth.enters("4").chooses("1").types(&format!("{COMPANY}⏎11111111-1⏎{sent}⏎"));
    visit.booth.is_at(&Msg::FacilitatorSentKeyHeading).pictured("facilitator-sent-key").chooses("1");
    visit.booth.is_at(&Msg::ChangeWhoHeading).leaves();
    visit.booth.enters("4").chooses("1").types(&format!("{COMPANY}⏎11111111-1⏎Mala-Clave⏎"));
    visit.booth.is_at(&Msg::ChangeWhoHeading).sees_msg(&Msg::MismatchClave { tries: 9 });
}

#[test]
fn what_is_wrong_in_a_field_is_said_beside_it() {
    let mut visit = Visit::new();
    visit.lists().chooses("11").types("PA_1⏎").chooses("1").is_at(&Msg::FacilitatorIdentityHeading);
    visit.booth.sees_msg(&Msg::WrongIdentityShape).types("␛").chooses("11");
    visit.booth.types("23456⏎");
    let wrong = [
        ("31-02-1992", Msg::WrongBirthDay),
        ("1-12-92", Msg::WrongBirthYear),
        ("ayer", Msg::WrongBirthShape),
        ("23-11-2026", Msg::WrongBirthFuture),
        ("01-01-1900", Msg::WrongBirthOld),
    ];
    visit.booth.leaves();
    for (date, error) in wrong {
        visit.lists().chooses("11").types("PA-123.456⏎").chooses("111");
        visit
            .booth
            .types("M⏎S⏎⏎")
            .is_at(&Msg::FacilitatorBirthHeading)
            .chooses("1")
            .types(&format!("{date}⏎"));
        visit.booth.is_at(&Msg::FacilitatorBirthHeading).sees_msg(&error).leaves();
    }
}

/// The guide names no least age, so neither does the kiosk.
#[test]
fn a_facilitator_of_any_age_is_taken() {
    let mut visit = Visit::new();
    visit.lists().chooses("11").types("PA-123.456⏎").chooses("111");
    visit.booth.types("M⏎S⏎⏎").is_at(&Msg::FacilitatorBirthHeading).chooses("1").types("23-11-2008⏎");
    visit.booth.is_at(&Msg::FacilitatorFamilyHeading);
}

#[test]
fn a_request_that_was_written_unheard_has_its_documents() {
    let mut visit = Visit::new();
    visit.fills_in().store_is_silent(true).types("⏎⏎").is_at(&Msg::StopUnsureHeading);
    assert_eq!((visit.kept(), visit.records(Kind::FacilitatorRequest)), (2, 1));
    visit.booth.store_is_silent(false).types("⏎").is_at(&Msg::TakenHeading);
    assert_eq!((visit.kept(), visit.records(Kind::FacilitatorRequest)), (2, 1));
}

#[test]
fn the_store_that_is_down_loses_nothing() {
    let mut visit = Visit::new();
    visit.fills_in().store_is_down(true).types("⏎⏎").is_at(&Msg::StopStoreHeading);
    assert_eq!(visit.kept(), 0);
    visit.booth.store_is_down(false).types("⏎").is_at(&Msg::TakenHeading);
    assert_eq!(visit.kept(), 2);
}
