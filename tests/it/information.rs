//! The pages that only inform: *Más información* and *¿Problemas para ingresar?*.

use totem::event::Key;
use totem::text::Msg;

use crate::booth::Booth;

#[test]
fn every_topic_can_be_read_and_left() {
    let mut booth = Booth::new();
    booth.pictured("attract").enters("6").is_at(&Msg::InformationHeading).pictured("information");
    for (number, topic) in [
        ("1", Msg::InfoAbout),
        ("2", Msg::InfoOther),
        ("3", Msg::InfoBring),
        ("4", Msg::InfoAdvice),
        ("5", Msg::InfoPeople),
        ("6", Msg::InfoHelpLine),
        ("7", Msg::InfoPrivacy),
    ] {
        booth.chooses(number).is_at(&topic).pictured(&format!("information-{number}")).types("⏎");
        booth.is_at(&Msg::InformationHeading);
    }
    booth.chooses("9").is_at(&Msg::InformationHeading).types("␛").is_at(&Msg::MenuHeading);
    booth.types("␛").is_at_rest();
    assert!(booth.asked.is_empty() && booth.audited().is_empty());
}

#[test]
fn every_symptom_has_its_advice() {
    let mut booth = Booth::new();
    booth.types("⏎").pictured("menu").chooses("7").is_at(&Msg::CannotEnterHeading).pictured("cannot-enter");
    let leads =
        [Some(Msg::RecoverRoadHeading), Some(Msg::RegisterCompanyHeading), Some(Msg::ChangeWhoHeading)];
    for number in 1..=9 {
        booth.chooses(&number.to_string()).pictured(&format!("cannot-enter-{number}"));
        match leads.get(number - 1) {
            Some(Some(heading)) => booth.chooses("1").is_at(heading).types("␛").chooses("7"),
            _ => booth.chooses("2").is_at(&Msg::StaffHeading).types("␛␛"),
        };
        booth.is_at(&Msg::CannotEnterHeading);
    }
}

#[test]
fn menus_are_walked_by_arrows_too() {
    let mut booth = Booth::new();
    booth.types("⏎").presses([Key::Down, Key::Down, Key::Up, Key::End, Key::Home, Key::Down]).types("⏎");
    booth.is_at(&Msg::RecoverRoadHeading).types("␛").presses([Key::End]).types("⏎");
    booth.is_at(&Msg::UndoHeading);
}
