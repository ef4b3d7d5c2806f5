//! `totem data`: one company's data are shown, written into a file, and erased, each with a reason
//! on record.

use std::os::unix::fs::PermissionsExt;

use totem::audit::{Actor, Entry};
use totem::domain::deed::Action;

use crate::booth::{ANSWER, CLAVE, COMPANY, Company, MAILBOX};
use crate::cli_support::{NOON, Place};

const REASON: &str = "Solicitud 41 de la empresa, por Ley 21.719";

/// An installation that holds one company.
async fn place() -> Place {
    let place = Place::used();
    Company::default().enter(&place.opened().await.records, NOON).await;
    place
}

async fn rows(place: &Place, action: Action) -> Vec<Entry> {
    let rows = place.opened().await.records.audit_rows(0, 200).await.expect("rows");
    rows.into_iter().map(|(_, entry)| entry).filter(|entry| entry.action == action).collect()
}

/// The only row of this kind, by the operator, about the company, with the reason.
async fn is_on_record(place: &Place, action: Action) {
    let found = rows(place, action).await;
    let [row] = &found[..] else { panic!("{found:?}") };
    assert_eq!((&row.actor, row.note.as_ref().map(|note| note.as_str())), (&Actor::Operator, Some(REASON)));
    assert!(row.subject.is_some());
}

fn has_no_secret(text: &str) {
    for secret in [CLAVE, ANSWER, "argon2", "digest"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[tokio::test]
async fn it_is_shown_whole_without_secrets_and_on_record() {
    let place = place().await;
    let shown = place.totem(&["data", "show", COMPANY, "--reason", REASON]);
    assert_eq!(
        (shown.done().value("company"), shown.value("name")),
        ("99.999.999-9", "Comercial Ejemplo Limitada")
    );
    assert_eq!((shown.value("street"), shown.value("block")), ("Avenida Irarrázaval", "none"));
    assert_eq!(shown.value("email"), format!("{MAILBOX} (proved)"));
    assert_eq!(shown.value("representative "), "11.111.111-1 Ana Ejemplo Demostración");
    has_no_secret(&shown.out);
    is_on_record(&place, Action::ShowData).await;
    let exported = place.totem(&["audit", "export"]);
    let row = r#""action":"show_data","outcome":"done","folio":null"#;
    assert!(
        exported.out.contains(row) && exported.out.contains(&format!(r#""note":"{REASON}""#)),
        "{exported:?}"
    );
}

#[tokio::test]
async fn a_reason_is_asked_for_and_a_company_that_is_kept() {
    let place = place().await;
    for arguments in [
        &["data", "show", COMPANY][..],
        &["data", "show", COMPANY, "--reason", " "],
        &["data", "erase", COMPANY, "--yes"],
        &["data", "show", "99999999-8", "--reason", REASON],
    ] {
        assert_eq!(place.totem(arguments).code, 2, "{arguments:?}");
    }
    let long = "x".repeat(201);
    assert_eq!(place.totem(&["data", "show", COMPANY, "--reason", &long]).code, 2);
    let unknown = place.totem(&["data", "show", "76000006-K", "--reason", REASON]);
    unknown.refused(1, "nothing is kept of the company 76.000.006-K");
    assert_eq!(rows(&place, Action::ShowData).await, []);
}

#[tokio::test]
async fn a_copy_is_for_its_owner_alone_and_replaces_nothing() {
    let place = place().await;
    let file = place.path("empresa.json");
    let name = file.to_str().expect("a path in UTF-8");
    place.totem(&["data", "export", COMPANY, name, "--reason", REASON]).done();
    let mode = std::fs::metadata(&file).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&file).expect("it can be read");
    has_no_secret(&text);
    let json: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!((&json["company"], &json["account"]["email"]), (&"99.999.999-9".into(), &MAILBOX.into()));
    is_on_record(&place, Action::ExportData).await;
    place.totem(&["data", "export", COMPANY, name, "--reason", REASON]).refused(1, "is there already");
    let nowhere = place.path("nowhere/empresa.json");
    let nowhere = nowhere.to_str().expect("a path in UTF-8");
    place.totem(&["data", "export", COMPANY, nowhere, "--reason", REASON]).refused(1, "can't be written");
}

#[tokio::test]
async fn it_is_erased_once_somebody_says_yes() {
    let place = place().await;
    for answer in ["", "n\n"] {
        let asked = place.totem_reading(&["data", "erase", COMPANY, "--reason", REASON], answer);
        assert_eq!((asked.code, asked.out.as_str()), (1, ""), "{asked:?}");
        assert!(asked.err.contains("[y/N]") && asked.err.contains("nothing was changed"), "{asked:?}");
    }
    let asked = place.totem_reading(&["data", "erase", COMPANY, "--reason", REASON], "y\n");
    assert_eq!(asked.code, 0, "{asked:?}");
    is_on_record(&place, Action::EraseCompany).await;
    let again = place.totem(&["data", "erase", COMPANY, "--reason", REASON, "--yes"]);
    again.refused(1, "nothing is kept of the company");
    place.totem(&["audit", "verify"]).done();
    // The company can register again.
    Company::default().enter(&place.opened().await.records, NOON).await;
    place.totem(&["data", "erase", COMPANY, "--reason", REASON, "--yes"]).done();
}
