//! The command line as operators meet it.

use clap::CommandFactory as _;

use super::*;
use crate::store::StoreError;

fn code(arguments: &[&str]) -> Exit {
    let arguments = ["totem"].iter().chain(arguments).map(OsString::from);
    match run(arguments, &Environment::default()) {
        Ok(exit) => exit,
        Err(error) => Exit::of(&error),
    }
}

#[test]
fn definitions_hold_together() {
    Arguments::command().debug_assert();
}

#[test]
fn codes() {
    let numbers: Vec<u8> = Exit::ALL.iter().map(|exit| exit.code()).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7, 8, 129, 130, 143]);
    let damaged = anyhow::Error::new(StoreError::Corrupt("a page".to_string())).context("reading accounts");
    assert_eq!(Exit::of(&damaged), Exit::StoreDamaged);
    assert_eq!(Exit::of(&anyhow::anyhow!("anything else")), Exit::Failed);
    assert_eq!(Exit::of(&Failure::new(Exit::StoreInUse, "").into()), Exit::StoreInUse);
}

#[test]
fn wrong_settings_and_wrong_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, "[kiosk]\ndesk = \"07\"\n").unwrap();
    let named = file.to_str().unwrap();
    assert_eq!(code(&["--config", named, "config", "check"]), Exit::Done);
    std::fs::write(&file, "[kiosk]\ndesc = \"07\"\n").unwrap();
    assert_eq!(code(&["config", "check", "--config", named]), Exit::Config);
    assert_eq!(code(&["config", "check", "--config", "/nowhere/config.toml"]), Exit::Config);
    assert_eq!(code(&["confgi"]), Exit::Usage);
}

#[test]
fn help_and_manual_show_every_code_and_command() {
    let help = Arguments::command().render_long_help().to_string();
    let manual = String::from_utf8(man::page().unwrap()).unwrap();
    for exit in Exit::ALL {
        assert!(help.contains(&format!("{:>3}  {}", exit.code(), exit.meaning())), "{help}");
        assert!(manual.contains(&format!("\n{}\n", exit.code())), "{manual}");
    }
    assert!(!manual.contains("\n./"), "a path at the head of a line is a macro to troff");
    for command in Arguments::command().get_subcommands().filter(|command| !command.is_hide_set()) {
        assert!(help.contains(command.get_name()), "{help}");
        assert!(manual.contains(&command.get_name().replace('-', "\\-")), "{manual}");
        assert!(command.get_about().is_some(), "{}", command.get_name());
    }
}
