//! `totem figures`: a line for each day that was asked for, with the real binary.

use crate::cli_support::Place;

#[test]
fn each_day_that_was_asked_for_has_a_line_and_the_look_goes_on_record() {
    let place = Place::used();
    let told = place.totem(&["figures"]).done().out.clone();
    let days = told.lines().filter(|line| line.starts_with("20")).count();
    assert!(told.starts_with("Visits at ") && days == 7, "{told}");
    assert!(told.lines().last().is_some_and(|line| line.starts_with("all ")), "{told}");
    let today = told.lines().rfind(|line| line.starts_with("20")).unwrap_or_default();
    let (today, _) = today.split_once(' ').unwrap_or_default();
    let one = place.totem(&["figures", "--from", today, "--to", today]).done().out.clone();
    assert_eq!(one.lines().filter(|line| line.starts_with("20")).count(), 1, "{one}");
    place.totem(&["figures", "--from", today, "--to", "2001-01-01"]).refused(2, "--from is a day after --to");
    assert!(place.totem(&["audit", "export"]).out.contains("see_figures"));
}
