//! *Subir desde el teléfono*: by keys at the screen, and over a real connection from a phone.

mod browser;
mod chromium;
mod demo;
mod limits;
mod secure;

use totem::config;
use totem::text::Msg;

use crate::booth::{Booth, Phone};
use crate::facilitator::files::jpg;
use crate::facilitator::{Visit, pdf};
use crate::walk::Log;

/// At any port of this machine.
fn settings() -> config::Phone {
    let address = "http://127.0.0.1:0".parse().unwrap();
    config::Phone { address, listen: "127.0.0.1:0".parse().unwrap(), identity: None }
}

/// A visit on the page that waits for a phone, and that phone with the address typed in.
pub fn waiting() -> (Visit, Phone) {
    let mut visit = Visit::with_phones(Some(settings()));
    visit.lists().chooses("1").is_at(&Msg::PhoneHeading);
    let phone = Phone::at(&visit.booth.phone_address().0);
    (visit, phone)
}

/// The same once the phone has opened it.
pub fn connected() -> (Visit, Phone) {
    let (mut visit, mut phone) = waiting();
    let came = visit.booth.runs(async |_| phone.opens().await);
    assert_eq!(came.status, 200);
    visit.booth.hears_from_phone().is_at(&Msg::PhoneConnectedHeading);
    (visit, phone)
}

/// Nobody who knows the page's address can open it any more.
fn is_gone(booth: &Booth, phone: &Phone) {
    let came = booth.runs(async |_| phone.asks("GET").await);
    assert_eq!(came.status, 410, "{came:?}");
    assert!(came.body.contains("Esta página ya no sirve"), "{came:?}");
    let came = booth.runs(async |_| phone.uploads("a.pdf", &pdf()).await);
    assert_eq!(came.status, 410, "{came:?}");
}

#[test]
fn without_an_address_phones_are_not_spoken_of() {
    let mut visit = Visit::with_phones(None);
    visit.lists().sees_not("teléfono").sees("declaracion.pdf");
}

#[test]
fn from_the_qr_on_the_screen_to_the_file_in_the_request() {
    let mut visit = Visit::with_phones(Some(settings()));
    visit.lists().pictured("facilitator-files-phone").chooses("1").is_at(&Msg::PhoneHeading);
    visit.booth.pictured("facilitator-phone").pictured_in_halves("facilitator-phone-qr");
    let (written, drawn) = visit.booth.phone_address();
    let (scheme, rest) = drawn.split_once("://").unwrap();
    assert_eq!(scheme, "http", "some cameras open no HTTP://");
    assert_eq!(written.replace('-', "").strip_prefix("http://").unwrap().to_uppercase(), rest);
    for (size, half_blocks, fits) in
        [((80, 24), true, true), ((100, 30), true, true), ((160, 45), false, true), ((80, 24), false, false)]
    {
        let read = visit.booth.scans(size, half_blocks);
        assert_eq!(read, if fits { vec![drawn.clone()] } else { vec![] }, "{size:?} {half_blocks}");
    }
    let mut phone = Phone::at(&visit.booth.scans((80, 24), true)[0]);
    let page = visit.booth.runs(async |_| phone.opens().await);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<html lang=\"es-CL\">") && page.body.contains("Envíe su documento"));
    visit.booth.hears_from_phone().is_at(&Msg::PhoneConnectedHeading).pictured("facilitator-phone-connected");
    let came = visit.booth.runs(async |_| phone.uploads("IMG_2041.JPG", &jpg(200)).await);
    assert_eq!((came.status, came.body.as_str()), (200, "Listo: recibimos el archivo"));
    visit.booth.hears_from_phone().is_at(&Msg::PreviewHeading).sees("IMG_2041.JPG").sees("Imagen jpg");
    visit.booth.sees("200 × 200").chooses("1").is_at(&Msg::FacilitatorIdentityHeading);
    is_gone(&visit.booth, &phone);
    assert_eq!(visit.kept(), 0, "nothing is on the disk before the request is made");
}

/// Seen: an Enter on *Esperamos el archivo* pressed *Volver*, and the phone's page was gone.
#[test]
fn leaning_on_enter_closes_no_page_of_a_phone() {
    for came in [waiting, connected] {
        let (mut visit, phone) = came();
        let heading = visit.booth.page().heading.clone();
        for _ in 0..5 {
            visit.booth.waits(1).types("⏎");
            assert_eq!(visit.booth.page().heading, heading, "{}", visit.booth.read());
        }
        assert_ne!(visit.booth.runs(async |_| phone.asks("GET").await).status, 410);
    }
}

#[test]
fn a_wrong_file_is_told_on_both_sides_and_another_may_follow() {
    let (mut visit, phone) = connected();
    let says = "El archivo está dañado o incompleto. Guárdelo o escanéelo de nuevo.";
    let came = visit.booth.runs(async |_| phone.uploads("cedula.png", b"\x89PNG\r\n\x1a\nxx").await);
    assert_eq!((came.status, came.body.as_str()), (422, says));
    visit.booth.hears_from_phone().is_at(&Msg::PhoneConnectedHeading).sees(says);
    visit.booth.pictured("facilitator-phone-refused");
    let came = visit.booth.runs(async |_| phone.submits("../../nota.txt", b"hola").await);
    assert_eq!(came.status, 422);
    assert!(came.body.contains("role=\"alert\">El archivo debe ser .jpg, .png o .pdf. Elija otro.</p>"));
    visit.booth.hears_from_phone().sees_msg(&Msg::WrongFileKind);
    let came = visit.booth.runs(async |_| phone.submits("/sdcard/firmada.pdf", &pdf()).await);
    assert_eq!(came.status, 200);
    assert!(came.body.contains("Listo: recibimos el archivo") && !came.body.contains("<form"));
    visit.booth.hears_from_phone().is_at(&Msg::PreviewHeading).sees("firmada.pdf").sees_not("sdcard");
}

#[test]
fn nothing_chosen_is_told_on_the_phone_alone() {
    let (visit, phone) = connected();
    let came = visit.booth.runs(async |_| phone.submits("", b"").await);
    assert_eq!(came.status, 400);
    assert!(came.body.contains("Elija primero un archivo"), "{came:?}");
}

#[test]
fn the_second_phone_stays_outside() {
    let (mut visit, phone) = connected();
    let mut other = Phone::at(&phone.address());
    let came = visit.booth.runs(async |_| other.opens().await);
    assert_eq!((came.status, other.cookie.as_ref()), (403, None));
    assert!(came.body.contains("Esta página ya se abrió en otro teléfono"), "{came:?}");
    let came = visit.booth.runs(async |_| other.uploads("a.pdf", &pdf()).await);
    assert_eq!(came.status, 403);
    other.cookie = Some("totem=00000000000000000000000000".to_string());
    let came = visit.booth.runs(async |_| other.uploads("a.pdf", &pdf()).await);
    assert_eq!(came.status, 403);
    let mut phone = phone;
    let again = visit.booth.runs(async |_| phone.opens().await);
    assert_eq!(again.status, 200, "the first one may look again");
    let came = visit.booth.runs(async |_| phone.uploads("a.pdf", &pdf()).await);
    assert_eq!(came.status, 200);
    visit.booth.hears_from_phone().is_at(&Msg::PreviewHeading);
}

#[test]
fn after_five_minutes_it_is_over_and_another_address_can_be_had() {
    let (mut visit, phone) = connected();
    visit.booth.stays(299);
    assert_eq!(visit.booth.runs(async |_| phone.asks("GET").await).status, 200);
    visit.booth.stays(2);
    is_gone(&visit.booth, &phone);
    visit.booth.hears_from_phone().is_at(&Msg::PhoneOverHeading).pictured("facilitator-phone-over");
    visit.booth.chooses("1").is_at(&Msg::PhoneHeading);
    let mut other = Phone::at(&visit.booth.phone_address().0);
    assert_ne!(other.path, phone.path);
    assert_eq!(visit.booth.runs(async |_| other.opens().await).status, 200);
    is_gone(&visit.booth, &phone);
}

#[test]
fn whoever_leaves_in_whatever_way_leaves_no_page_behind() {
    let ways: [fn(&mut Booth) -> &mut Booth; 4] = [
        |booth| booth.types("␛").is_at(&Msg::FilesDeclarationHeading),
        |booth| booth.waits(1).types("⇥⏎").is_at(&Msg::FilesDeclarationHeading),
        Booth::leaves,
        |booth| booth.waits(239).sees_not("¿Sigue ahí?").waits(2).sees("¿Sigue ahí?").waits(60).is_at_rest(),
    ];
    for leave in ways {
        let (mut visit, phone) = connected();
        leave(&mut visit.booth);
        is_gone(&visit.booth, &phone);
        // Events that the kiosk no longer waits for change nothing.
        let before = visit.booth.read();
        visit.booth.hears_from_phone();
        assert_eq!(visit.booth.read(), before);
    }
}

#[test]
fn what_a_phone_does_says_nothing_of_who_is_at_the_screen() {
    let (mut visit, phone) = connected();
    visit.booth.waits(200);
    let came = visit.booth.runs(async |_| phone.uploads("cedula.png", b"\x89PNG\r\n\x1a\nxx").await);
    assert_eq!(came.status, 422);
    visit.booth.hears_from_phone().is_at(&Msg::PhoneConnectedHeading).sees_not("¿Sigue ahí?");
    visit.booth.waits(41).sees("¿Sigue ahí?").waits(60).is_at_rest();
    is_gone(&visit.booth, &phone);
}

#[test]
fn a_file_that_comes_for_somebody_who_left_reaches_nobody() {
    let (mut visit, phone) = connected();
    let came = visit.booth.runs(async |_| phone.uploads("firmada.pdf", &pdf()).await);
    assert_eq!(came.status, 200);
    visit.booth.leaves();
    visit.lists().chooses("1").is_at(&Msg::PhoneHeading).sees_not("firmada.pdf");
    is_gone(&visit.booth, &phone);
}

#[test]
fn the_page_speaks_the_persons_language() {
    let mut visit = Visit::with_phones(Some(settings()));
    visit.lists().presses([totem::event::Key::F(7)]).chooses("1").is_at(&Msg::PhoneHeading);
    let mut phone = Phone::at(&visit.booth.phone_address().0);
    let page = visit.booth.runs(async |_| phone.opens().await);
    assert!(page.body.contains("<html lang=\"en\">") && page.body.contains("Send your document"));
    let came = visit.booth.runs(async |_| phone.uploads("a.txt", b"x").await);
    assert_eq!(came.body, "The file must be .jpg, .png or .pdf. Choose another.");
}

#[test]
fn neither_token_stands_in_a_log_an_audit_row_or_what_the_kiosk_prints_of_itself() {
    let log = Log::default();
    let (mut visit, mut phone) = (None, None);
    tracing::subscriber::with_default(log.clone(), || {
        let (mut here, mut there) = connected();
        let _ = here.booth.runs(async |_| there.uploads("a.txt", b"x").await);
        let _ = here.booth.runs(async |_| there.says(b"rubbish\r\n\r\n").await);
        here.booth.hears_from_phone();
        let right = std::mem::replace(&mut there.path, "/0000".to_string());
        let _ = here.booth.runs(async |_| there.asks("GET").await);
        there.path = right;
        tracing::warn!(reason = "heard", "the log is on");
        (visit, phone) = (Some(here), Some(there));
    });
    let (visit, phone) = (visit.unwrap(), phone.unwrap());
    let printed = format!("{:?}{:?}{:?}", visit.booth.audit(), visit.booth.kiosk, visit.booth.asked);
    let told = (log.read() + &printed).to_lowercase();
    assert!(told.contains("heard") && told.contains("phonepage("));
    let path = phone.path.trim_start_matches('/').to_lowercase();
    let cookie = phone.cookie.unwrap();
    for secret in [path.replace('-', ""), path, cookie.trim_start_matches("totem=").to_string()] {
        assert!(secret.len() >= 26 && !told.contains(&secret), "{told}");
    }
}
