//! The declaration on paper: the printer's command of the settings gets it, filled in, and whatever
//! that command does, the person can go on.

use std::path::PathBuf;

use totem::config::{Config, Environment};

use super::*;

/// A booth whose settings name a program of this folder as `lp`.
fn with_lp(text: &str) -> (Visit, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let lp = folder.path().join("lp");
    // Written by another process: a program that this one has open for writing can't be started.
    let write = "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$2\" && chmod 700 \"$2\"";
    let mut command = std::process::Command::new("/bin/sh");
    assert!(command.args(["-c", write, "sh", text]).arg(&lp).status().unwrap().success());
    let command = format!("{},-d,oficina,{{file}}", lp.display());
    let environment = Environment::default().with("documents.print_command", &command);
    let config = Config::in_folder(folder.path(), &environment).unwrap();
    let printed = folder.path().join("printed.docx");
    (Visit::printing_by(folder, config.documents.print_command), printed)
}

#[test]
fn the_declaration_comes_out_of_the_printer_filled_in() {
    let (mut visit, printed) =
        with_lp("test \"$1 $2\" = '-d oficina' && cp \"$3\" \"$(dirname \"$0\")/printed.docx\"");
    visit.validates().sees_msg(&Msg::DeclarationOnPaper).pictured("facilitator-declaration-printer");
    visit.booth.chooses("4").sees_msg(&Msg::DeclarationPrinting);
    let paper = std::fs::File::open(printed).unwrap();
    let mut paper = zip::ZipArchive::new(paper).unwrap();
    let text = std::io::read_to_string(paper.by_name("word/document.xml").unwrap()).unwrap();
    assert!(text.contains("99.999.999-9") && text.contains("11.111.111-1"), "{text}");
    assert!(visit.booth.audited().contains(&(Action::HandOutDeclaration, Outcome::Done)));
    // And on with the request.
    visit.booth.chooses("1").is_at(&Msg::FilesDeclarationHeading);
}

#[test]
fn a_printer_that_fails_leaves_the_other_ways() {
    let (mut visit, printed) = with_lp("exit 1");
    visit.validates().chooses("4").sees_msg(&Msg::WrongHandOut);
    assert!(visit.booth.audited().contains(&(Action::HandOutDeclaration, Outcome::Wrong)));
    visit.booth.chooses("2").sees(".docx");
    assert!(!printed.exists());
}

#[test]
fn without_a_printer_nothing_is_offered_to_be_printed() {
    let mut visit = Visit::new();
    visit.validates();
    assert!(!visit.booth.offers(&Msg::DeclarationOnPaper));
}
