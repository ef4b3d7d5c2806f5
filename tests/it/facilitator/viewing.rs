//! A request's documents laid out for staff: for this user only, and gone with the session, after
//! some minutes, and at the next start.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use totem::audit::Actor;
use totem::domain::deed::{Action, Outcome};
use totem::domain::staff::Role;
use totem::text::Msg;

use super::{Visit, files_below, pdf};
use crate::booth::{ANSWER, Booth, CLAVE, Drawing};
use crate::seat::Seat;

const ROSA: &str = "Rosa Araya";

/// A visit with a request that Rosa has open, where pages are drawn.
fn opened() -> (Visit, String) {
    let is_there = totem::documents::renderer::in_usual_place().is_some();
    assert!(is_there, "pdftoppm is missing: apt-get install poppler-utils");
    opened_where(Drawing::Poppler)
}

fn opened_where(drawing: Drawing) -> (Visit, String) {
    let mut visit = Visit::drawing_by(drawing);
    visit.booth.employs_person(ROSA, Role::Approver, "12345678-5");
    let folio = visit.requests();
    opens(&mut visit.booth, &folio);
    (visit, folio)
}

fn opens(booth: &mut Booth, folio: &str) {
    booth.waits(30).opens_desk(ROSA).clicks_on(&Msg::ButtonSearch).types(&format!("{folio}⏎lo reviso⏎"));
    booth.is_at(&Msg::RequestHeading { folio: folio.into() });
}

fn exports(booth: &mut Booth) -> &mut Booth {
    booth.clicks_on(&Msg::ButtonExportDocuments).types("los comparo⏎")
}

impl Booth {
    /// Back to the desk's first page, and out by its button.
    fn signs_out(&mut self) -> &mut Self {
        while !self.offers(&Msg::ButtonSignOut) {
            self.types("␛");
        }
        self.clicks_on(&Msg::ButtonSignOut)
    }

    /// Back until nobody is there.
    fn escapes(&mut self) -> &mut Self {
        while !self.kiosk.is_at_rest() {
            self.types("␛");
        }
        self
    }
}

fn viewing(visit: &Visit) -> PathBuf {
    visit.folder.path().join("viewing")
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn the_documents_lie_ready_for_this_user_alone() {
    let (mut visit, folio) = opened();
    visit.booth.clicks_on(&Msg::ButtonExportDocuments).pictured("request-export").types("los comparo⏎");
    let folder = viewing(&visit).join(&folio);
    visit.booth.is_at(&Msg::ExportedHeading).sees("15 minutos").pictured("request-exported");
    visit.booth.sees_msg(&Msg::Exported { folder: folder.display().to_string().into() });
    let names =
        ["1-declaracion-jurada-pagina-01.png", "2-documento-de-identificacion-pagina-01.png", "3-datos.txt"];
    assert_eq!(names_in(&folder), names);
    assert_eq!([mode(&viewing(&visit)), mode(&folder)], [0o700, 0o700]);
    assert!(names.iter().all(|name| mode(&folder.join(name)) == 0o600));
    let page = image::open(folder.join(names[0])).unwrap().into_rgb8();
    assert_eq!(page.dimensions(), (1546, 2000));
    let data = fs::read_to_string(folder.join(names[2])).unwrap();
    for whole in
        ["María José", "Silva", "PA123456", "01-12-1992", "Perú", "11.111.111-1", "Comercial Ejemplo", &folio]
    {
        assert!(data.contains(whole), "{whole}: {data}");
    }
    for secret in [ANSWER, CLAVE, "MASCOTA", "argon2"] {
        assert!(!data.contains(secret), "{secret}: {data}");
    }
    let rows = visit.booth.audit();
    let row = rows.iter().find(|row| row.action == Action::ExportDocuments).expect("a row");
    assert_eq!(
        (row.note.clone(), row.actor.clone()),
        (Some("los comparo".into()), Actor::Staff(ROSA.into()))
    );
    assert_eq!(row.folio, folio.parse().ok());
    // Back to the request, and once more: the same folder is used.
    visit.booth.types("⏎").is_at(&Msg::RequestHeading { folio: folio.as_str().into() });
    exports(&mut visit.booth).is_at(&Msg::ExportedHeading);
    assert_eq!(files_below(&viewing(&visit)), 3);
}

#[test]
fn the_file_itself_is_laid_out_on_request_alone() {
    let (mut visit, folio) = opened();
    visit.booth.clicks_on(&Msg::ButtonExportFiles).pictured("request-export-files");
    visit.booth.types("no se lee la firma⏎").is_at(&Msg::ExportedHeading);
    let folder = viewing(&visit).join(&folio);
    let names = ["1-declaracion-jurada.pdf", "2-documento-de-identificacion.pdf", "3-datos.txt"];
    assert_eq!(names_in(&folder), names);
    assert_eq!(fs::read(folder.join(names[0])).unwrap(), pdf());
    let rows = visit.booth.audit();
    let row = rows.iter().find(|row| row.action == Action::ExportDocumentFiles).expect("a row");
    assert_eq!(row.note, Some("no se lee la firma".into()));
    assert!(rows.iter().all(|row| row.action != Action::ExportDocuments));
    // The pages come in its place, and the PDF is gone.
    visit.booth.types("⏎");
    exports(&mut visit.booth).is_at(&Msg::ExportedHeading);
    assert!(names_in(&folder).iter().all(|name| !name.ends_with(".pdf")));
}

#[test]
fn where_nothing_draws_pages_there_is_only_the_file() {
    let (mut visit, folio) = opened_where(Drawing::Nothing);
    visit.booth.sees_msg(&Msg::RequestNoRenderer).pictured("request-no-renderer");
    assert!(!visit.booth.offers(&Msg::ButtonExportDocuments));
    visit.booth.clicks_on(&Msg::ButtonExportFiles).types("los comparo⏎").is_at(&Msg::ExportedHeading);
    assert_eq!(names_in(&viewing(&visit).join(&folio))[0], "1-declaracion-jurada.pdf");
}

#[test]
fn a_tool_that_draws_no_page_leaves_nothing() {
    for tool in ["/usr/bin/yes", "/bin/cat", "/bin/true", "/nowhere/pdftoppm"] {
        let (mut visit, _) = opened_where(Drawing::By(tool.into()));
        exports(&mut visit.booth).is_at(&Msg::NotExportedHeading).sees_msg(&Msg::NotExportedNotDrawn);
        assert_eq!(files_below(&viewing(&visit)), 0, "{tool}");
        assert!(visit.booth.audit().iter().all(|row| row.action != Action::ExportDocuments), "{tool}");
    }
}

#[test]
fn they_go_with_the_session_that_asked_for_them() {
    for is_left_alone in [false, true] {
        let (mut visit, _) = opened();
        exports(&mut visit.booth).is_at(&Msg::ExportedHeading);
        assert_eq!(files_below(&viewing(&visit)), 3);
        match is_left_alone {
            true => visit.booth.waits(300).is_at_rest(),
            false => visit.booth.leaves(),
        };
        assert_eq!(fs::read_dir(viewing(&visit)).unwrap().count(), 0);
        let ended: Vec<_> =
            visit.booth.audit().into_iter().filter(|row| row.action == Action::EndViewing).collect();
        assert_eq!(ended.iter().map(|row| row.actor.clone()).collect::<Vec<_>>(), [Actor::Kiosk]);
    }
}

#[test]
fn they_go_when_staff_leave_their_desk() {
    for leaves in [Booth::signs_out, Booth::escapes] {
        let (mut visit, _) = opened();
        exports(&mut visit.booth).is_at(&Msg::ExportedHeading);
        leaves(&mut visit.booth).is_at_rest();
        assert_eq!(files_below(&viewing(&visit)), 0);
        assert!(visit.booth.audited().contains(&(Action::SignOut, Outcome::Done)));
    }
}

#[test]
fn they_go_with_the_visit_whoever_signed_in_after_that() {
    let (mut visit, _) = opened();
    visit.booth.employs_person("Eva Rojas", Role::Helper, "47777777-5");
    exports(&mut visit.booth).is_at(&Msg::ExportedHeading).waits(30).is_joined_by("Eva Rojas");
    assert_eq!(files_below(&viewing(&visit)), 3);
    visit.booth.leaves();
    assert_eq!(files_below(&viewing(&visit)), 0);
}

#[test]
fn they_go_with_the_session_while_the_store_is_down() {
    let (mut visit, _) = opened();
    exports(&mut visit.booth).is_at(&Msg::ExportedHeading);
    visit.booth.store_is_down(true).leaves();
    assert_eq!(files_below(&viewing(&visit)), 0);
}

#[test]
fn they_go_after_their_minutes() {
    let (mut visit, _) = opened();
    exports(&mut visit.booth).is_at(&Msg::ExportedHeading).stays(14 * 60);
    let next_ms = visit.booth.runs(async |desk| desk.end_old_views().await);
    assert_eq!(next_ms, Some(visit.booth.now_ms() + 60_000));
    assert_eq!(files_below(&viewing(&visit)), 3);
    visit.booth.stays(60).is_at(&Msg::ExportedHeading);
    assert_eq!(visit.booth.runs(async |desk| desk.end_old_views().await), None);
    assert_eq!(files_below(&viewing(&visit)), 0);
}

#[test]
fn what_a_hard_end_left_goes_at_the_next_start() {
    let (mut visit, folio) = opened();
    exports(&mut visit.booth).is_at(&Msg::ExportedHeading);
    // What is not ours stays.
    fs::write(viewing(&visit).join("nota.txt"), "del operador").unwrap();
    fs::create_dir(viewing(&visit).join("otra")).unwrap();
    visit.booth.runs(async |desk| desk.end_left_views().await);
    assert!(!viewing(&visit).join(&folio).exists());
    assert_eq!(fs::read_dir(viewing(&visit)).unwrap().count(), 2);
}

#[test]
fn the_program_removes_what_was_left_when_it_starts() {
    let folder = tempfile::tempdir().unwrap();
    let viewing = folder.path().join("totem-data").join("viewing");
    let left = viewing.join("0410-6105-A");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("1-declaracion-jurada.pdf"), pdf()).unwrap();
    let mut seat = Seat::kiosk(folder.path());
    seat.sees("F4 Contraste");
    // The screen is up before everything behind it is open; an answer shows that it is.
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("1", "RUT Empresa");
    seat.types("50000000-7\r", "Razón Social");
    assert!(!left.exists() && viewing.exists());
}

#[test]
fn they_go_when_the_kiosk_stops() {
    let (mut visit, _) = opened();
    exports(&mut visit.booth).is_at(&Msg::ExportedHeading);
    visit.booth.runs(async |desk| desk.end_views_until(std::future::ready(())).await);
    assert_eq!(files_below(&viewing(&visit)), 0);
}

#[test]
fn a_session_that_is_over_gets_none() {
    let (mut visit, _) = opened();
    visit.booth.clicks_on(&Msg::ButtonExportDocuments).types("los comparo").holds_orders().types("⏎");
    visit.booth.leaves().lets_orders_go();
    assert_eq!(files_below(&viewing(&visit)), 0);
    visit.booth.is_at_rest();
}

#[test]
fn a_folder_that_others_can_enter_is_not_used() {
    let (mut visit, _) = opened();
    fs::create_dir(viewing(&visit)).unwrap();
    fs::set_permissions(viewing(&visit), fs::Permissions::from_mode(0o755)).unwrap();
    exports(&mut visit.booth).is_at(&Msg::NotExportedHeading).sees_msg(&Msg::NotExportedFailed);
    assert_eq!(files_below(&viewing(&visit)), 0);
    // Nor a link to somewhere else.
    fs::remove_dir(viewing(&visit)).unwrap();
    std::os::unix::fs::symlink(visit.folder.path().join("drive"), viewing(&visit)).unwrap();
    visit.booth.leaves();
    let folio = visit.booth.runs(async |_| {
        let all = visit.booth.records.list::<totem::domain::facilitator::FacilitatorRequest>(None, 1).await;
        all.unwrap()[0].value.folio.to_string()
    });
    opens(&mut visit.booth, &folio);
    exports(&mut visit.booth).is_at(&Msg::NotExportedHeading).pictured("request-not-exported");
}

#[test]
fn a_damaged_document_is_not_laid_out() {
    let (mut visit, _) = opened();
    for entry in fs::read_dir(visit.folder.path().join("kept")).unwrap() {
        fs::write(entry.unwrap().path(), b"something else").unwrap();
    }
    exports(&mut visit.booth).is_at(&Msg::NotExportedHeading).sees_msg(&Msg::NotExportedGone);
    assert_eq!(files_below(&viewing(&visit)), 0);
    assert!(visit.booth.audit().iter().all(|row| row.action != Action::ExportDocuments));
}
