//! `totem staff`: accounts, with the real binary, from the password to the telephone's first code.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};

use totem::audit::Actor;
use totem::domain::deed::Action;
use totem::domain::staff::Role;
use totem::vault::totp;

use crate::cli_support::{Place, Ran};

const PASSWORD: &str = "cuatro palabras sin nada comun";

/// Runs it as a script would that reads the secret and answers with one of its codes.
fn enrols(place: &Place, arguments: &[&str], answer: impl Fn(&str) -> String) -> Ran {
    let mut command = place.command(crate::program::program());
    let mut child = command.args(arguments).spawn().expect("the binary starts");
    let mut input = child.stdin.take().expect("a pipe");
    writeln!(input, "{PASSWORD}").expect("it reads");
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    let (mut out, mut line) = (String::new(), String::new());
    while reader.read_line(&mut line).expect("text") > 0 {
        if line.starts_with("    ") {
            writeln!(input, "{}", answer(line.trim())).expect("it reads");
        }
        out.push_str(&std::mem::take(&mut line));
    }
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("text");
    let code = child.wait().expect("it ends").code().and_then(|code| u32::try_from(code).ok());
    Ran { code: code.expect("it ends by itself"), out, err }
}

fn code_of(letters: &str) -> String {
    let secret = totp::from_letters(letters).expect("a secret in letters");
    totp::code_at(&secret, totem::clock::now_ms()).expose().to_string()
}

const ADD: [&str; 7] = ["staff", "add", "Pilar", "--rut", "12345678-5", "--role", "approver"];

#[tokio::test]
async fn an_account_counts_once_its_telephone_gave_a_code() {
    let place = Place::used();
    assert!(!place.totem(&["staff", "list"]).done().out.contains("Pilar"));
    let wrong = enrols(&place, &ADD, |_| "000000".to_string());
    wrong.refused_after_showing(1, "the code is not the one");
    assert!(!place.totem(&["staff", "list"]).out.contains("Pilar"));

    let made = enrols(&place, &ADD, code_of);
    assert!(made.done().out.ends_with("Pilar may sign in at the terminal, as approver.\n"), "{made:?}");
    assert!(!made.out.contains(PASSWORD) && !made.out.contains('\u{1b}'), "{made:?}");
    let listed = place.totem(&["staff", "list"]);
    let line = listed.done().out.lines().find(|line| line.starts_with("Pilar")).expect("her line");
    assert_eq!(line.split_whitespace().take(3).collect::<Vec<_>>(), ["Pilar", "approver", "active"]);
    place
        .totem_reading(&["staff", "add", "PILAR", "--rut", "1-9", "--role", "helper"], "x\n")
        .refused(1, "there is a PILAR among the staff already");

    let records = place.opened().await.records;
    let account = records.staff_named(&"pilar".into()).await.expect("a store").expect("she is there").value;
    assert_eq!((account.role, account.disabled), (Role::Approver, false));
    assert!(account.last_step > 0, "the first code is used up");
    assert!(account.password.0.starts_with("$argon2id$"));
    let rows = records.audit_rows(0, 100).await.expect("rows");
    let added = rows.iter().find(|(_, entry)| entry.action == Action::AddStaff).expect("a row");
    assert_eq!(added.1.actor, Actor::Operator);
    assert_eq!(added.1.note, Some("Pilar, approver".into()));
}

#[tokio::test]
async fn an_account_is_ended_and_brought_back() {
    let place = Place::used();
    for command in ["disable", "reset"] {
        place.totem(&["staff", command, "Pilar"]).refused(1, "there is no account of that name");
    }
    enrols(&place, &ADD, code_of).done();
    let first = place.opened().await.records.staff_named(&"Pilar".into()).await.unwrap().unwrap().value;
    place.totem(&["staff", "disable", "Pilar"]).done();
    place.totem(&["staff", "disable", "Pilar"]).refused(1, "it is disabled already");
    assert!(place.totem(&["staff", "list"]).out.contains("disabled"));
    enrols(&place, &["staff", "reset", "Pilar"], code_of).done();
    let records = place.opened().await.records;
    let again = records.staff_named(&"Pilar".into()).await.unwrap().unwrap().value;
    assert!(!again.disabled && again.role == Role::Approver);
    assert!(again.totp != first.totp && again.password != first.password);
    let rows = records.audit_rows(0, 100).await.expect("rows");
    let actions: Vec<Action> = rows.iter().map(|(_, entry)| entry.action).collect();
    assert!(actions.ends_with(&[Action::AddStaff, Action::DisableStaff, Action::ResetStaff]), "{actions:?}");
}

#[test]
fn what_can_not_be_an_account_is_refused() {
    let place = Place::used();
    let reading = |input: &str| place.totem_reading(&ADD, input);
    reading("corta\n").refused(1, "a password has 15 to 128 characters");
    reading("aaaaaaaaaaaaaaaaaaaa\n").refused(1, "easy to guess");
    let without = |at: usize| place.totem(&[&ADD[..at], &ADD[at + 2..]].concat());
    assert_eq!((without(3).code, without(5).code), (2, 2));
    let badge = [&ADD[..6], &["badge"]].concat();
    assert_eq!(place.totem(&badge).code, 2, "a badge is no account");
    let new = Place::new();
    new.totem_reading(&ADD, "").refused(1, "there is no store");
}
