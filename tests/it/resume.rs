//! *Terminar mi registro*, and a mailbox that was misspelt: what becomes of an application whose code was
//! not typed at once.

use totem::event::Key;
use totem::text::Msg;

use crate::booth::Booth;

const NEW: &str = "pan@inventada.example";

/// T1: an application waits a day for its applicant, and is finished by its folio and a fresh code.
#[test]
fn an_application_is_finished_another_time() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").types("⏎⏎").clicks_on(&Msg::ButtonLater);
    let folio = booth.folio();
    booth.leaves().runs_courier().waits(3_600);
    booth.enters("3").types("50000000-7⏎12345678-5⏎Guitarra+9⏎").sees("Le quedan 9 intentos").leaves();

    booth.enters("1").clicks_on(&Msg::ButtonResumeRegistration).is_at(&Msg::ResumeHeading);
    booth.pictured("register-resume").types("0410-6105-B⏎").sees_msg(&Msg::WrongFolioCheck);
    booth.presses([Key::Backspace]).types("⏎").sees_msg(&Msg::WrongFolio);
    booth
        .types("A⏎")
        .sees_msg(&Msg::WrongNoApplication)
        .presses([Key::Backspace; 11])
        .types(&format!("{folio}⏎"))
        .is_at(&Msg::CodeHeading);
    let code = booth.runs_courier().post.mail_to(NEW);
    booth
        .types(&format!("{code}⏎"))
        .clicks_on(&Msg::ButtonNoMobileHere)
        .is_at(&Msg::RegisteredHeading)
        .leaves();
    booth.enters("3").types("50000000-7⏎12345678-5⏎Guitarra+9⏎").is_at(&Msg::ChangeOwnHeading).leaves();

    // Nothing of it is left the next day, had nobody come.
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").types("⏎⏎").clicks_on(&Msg::ButtonLater);
    let folio = booth.folio();
    booth.leaves().runs_courier().waits(86_401).runs_courier();
    booth.enters("1").clicks_on(&Msg::ButtonResumeRegistration).types(&format!("{folio}⏎"));
    booth.sees_msg(&Msg::WrongNoApplication);
}

/// What was typed stays but for the clave, and what is made then is another application (T2).
#[test]
fn a_mailbox_that_was_misspelt_is_mended_from_the_page_of_its_code() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", "pansderia@inventada.example", "Guitarra+9").types("⏎⏎");
    let first = booth.is_at(&Msg::CodeHeading).read();
    booth.clicks_on(&Msg::ButtonMendEmail).is_at(&Msg::RegisterContactHeading);
    booth.presses([Key::EraseLine]).types(&format!("{NEW}⏎⏎⏎⏎⏎")).is_at(&Msg::ReviewHeading).sees(NEW);
    booth.clicks_on(&Msg::ButtonCreateAccount).is_at(&Msg::RegisterClaveHeading);
    booth.types("Guitarra+9⏎Guitarra+9⏎").is_at(&Msg::ReviewHeading).clicks_on(&Msg::ButtonCreateAccount);
    assert_ne!(booth.is_at(&Msg::CodeHeading).sees(NEW).read(), first);
    let code = booth.runs_courier().post.mail_to(NEW);
    booth.types(&format!("{code}⏎")).sees_msg(&Msg::RegisteredNow);
}

/// Whoever comes back at once has a code already: it counts until the other one is sent, and not after.
#[test]
fn the_code_that_came_before_counts_until_the_next_is_sent() {
    let left_for_later = || {
        let mut booth = Booth::new();
        booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").types("⏎⏎").runs_courier();
        booth.clicks_on(&Msg::ButtonLater);
        let folio = booth.folio();
        booth.leaves().enters("1").clicks_on(&Msg::ButtonResumeRegistration).types(&format!("{folio}⏎"));
        booth.is_at(&Msg::CodeHeading).sees_msg(&Msg::CodeComing);
        booth
    };
    let mut booth = left_for_later();
    let first = booth.runs_courier().post.mail_to(NEW);
    booth.pictured("register-resumed-at-once").types(&format!("{first}⏎")).sees_msg(&Msg::RegisteredNow);

    let mut booth = left_for_later();
    let first = booth.post.mail_to(NEW);
    let second = booth.waits(61).runs_courier().post.mail_to(NEW);
    assert_ne!(first, second);
    booth.types(&format!("{first}⏎")).presses([Key::EraseLine]).types(&format!("{second}⏎"));
    booth.sees_msg(&Msg::RegisteredNow);
}

/// The courier has not sent the first one yet: it comes, and no other.
#[test]
fn whoever_comes_back_before_the_first_code_waits_for_that_one() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").types("⏎⏎").clicks_on(&Msg::ButtonLater);
    let folio = booth.folio();
    booth.leaves().enters("1").clicks_on(&Msg::ButtonResumeRegistration).types(&format!("{folio}⏎"));
    let code = booth.is_at(&Msg::CodeHeading).runs_courier().post.mail_to(NEW);
    assert_eq!(booth.waits(61).runs_courier().post.mail_count(), 1);
    booth.types(&format!("{code}⏎")).sees_msg(&Msg::RegisteredNow);
}

/// Whoever comes back with the folio and has no luck with the code can leave it for later once more.
#[test]
fn a_code_that_was_asked_for_by_the_folio_can_wait_too() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").types("⏎⏎").clicks_on(&Msg::ButtonLater);
    let folio = booth.folio();
    booth.leaves().runs_courier().waits(3_600).enters("1").clicks_on(&Msg::ButtonResumeRegistration);
    booth.types(&format!("{folio}⏎")).is_at(&Msg::CodeHeading).runs_courier();
    let code = booth.post.mail_to(NEW);
    for wrong in (0..).map(|number| format!("{number:08}")).filter(|wrong| *wrong != code).take(5) {
        booth.presses([Key::EraseLine]).types(&format!("{wrong}⏎"));
    }
    booth.sees_msg(&Msg::WrongCodeDeadRegister).clicks_on(&Msg::ButtonLater).sees_msg(&Msg::TakenLater);
    assert_eq!(booth.folio(), folio);
}
