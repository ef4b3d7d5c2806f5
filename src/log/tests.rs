//! What reaches the file, and above all what doesn't.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use tracing::subscriber::with_default;

use super::*;
use crate::config::Rotation;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;

fn settings(folder: &Path) -> config::Log {
    config::Log {
        folder: folder.join("log"),
        rotation: Rotation::Daily,
        keep_files: 3,
        level: tracing::Level::INFO,
    }
}

/// Everything in the log's files after `events` ran.
fn written(events: impl FnOnce()) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (subscriber, running) = prepare(&settings(folder.path()), &Clean::new("07")).unwrap();
    with_default(subscriber, events);
    drop(running);
    let files = std::fs::read_dir(folder.path().join("log")).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn a_line_is_json_with_time_level_desk_and_fields() {
    let text = written(|| tracing::warn!(folio = "0410-6105-A", milliseconds = 12_u64, "mail sent"));
    let line: serde_json::Value = serde_json::from_str(text.trim()).unwrap();
    assert_eq!(line["level"], "warn");
    assert_eq!(line["desk"], "07");
    assert_eq!(line["from"], "totem::log::tests");
    assert_eq!(line["message"], "mail sent");
    assert_eq!(line["folio"], "0410-6105-A");
    assert_eq!(line["milliseconds"], 12);
    let time = line["time"].as_str().unwrap();
    assert!(time.ends_with('Z') && time.len() >= 20, "{time}");
}

#[test]
fn planted_secrets_never_reach_the_file() {
    let canary = "Canario7xQ";
    let secret = Secret::new(canary);
    let text = written(|| {
        let reason = "12.345.678-5 at ana.rojas@empresa.example, +56912345678";
        tracing::info!(clave = canary, answer = ?canary, pin = %canary, "on no list");
        tracing::info!(reason = ?secret, "a secret that doesn't print");
        tracing::info!(subject = canary, "no pseudonym");
        tracing::info!(subject = %Rut::of_body(12_345_678).unwrap(), "no pseudonym");
        tracing::info!(reason, "a register that says too much");
        tracing::info!(mail = "ana.rojas@empresa.example", "an address");
        tracing::info!(target: "sled::tree", reason = canary, "not ours");
        tracing::info!(target: "totemic", reason = canary, "not ours");
        let span = tracing::info_span!("visit", reason = canary);
        span.in_scope(|| tracing::info!("inside"));
    });
    for planted in [canary, "12.345.678", "12345678", "rojas", "empresa"] {
        assert!(!text.contains(planted), "{planted} in {text}");
    }
    assert_eq!(text.lines().count(), 7, "{text}");
    assert!(text.contains("(rut) at ana.xxxx@empxxxx, (telephone)"), "{text}");
}

#[test]
fn a_rut_is_a_keyed_word() {
    let rut = Rut::of_body(12_345_678).unwrap();
    let word = RutTags::new([1; 32]).of(rut);
    assert_eq!(word, RutTags::new([1; 32]).of(rut));
    assert_ne!(word, RutTags::new([2; 32]).of(rut));
    let text = written(|| tracing::info!(subject = %word, "limit reached"));
    assert!(text.contains(&format!("\"subject\":\"{word}\"")), "{text}");
}

#[test]
fn a_line_cannot_be_forged() {
    let text = written(|| tracing::info!(reason = "x\n{\"level\":\"info\"}\u{1b}[2J\u{202e}", "down"));
    assert_eq!(text.lines().count(), 1, "{text:?}");
    assert!(!text.contains('\u{1b}') && !text.contains("\\u001b") && !text.contains('\u{202e}'), "{text:?}");
}

#[test]
fn what_lies_under_the_level_is_left_out() {
    assert_eq!(written(|| tracing::debug!("details")), "");
}

#[test]
fn files_are_private_and_only_so_many_stay() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    drop(files::Files::open(&settings, || SystemTime::UNIX_EPOCH));
    for number in 1..=6 {
        std::fs::write(settings.folder.join(format!("totem.1970-01-0{number}.jsonl")), "").unwrap();
    }
    std::fs::write(settings.folder.join("somebody-elses.jsonl"), "").unwrap();
    let day_8 = || SystemTime::UNIX_EPOCH + Duration::from_secs(7 * 86_400);
    drop(files::Files::open(&settings, day_8));

    let mut names: Vec<String> = std::fs::read_dir(&settings.folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "somebody-elses.jsonl",
            "totem.1970-01-05.jsonl",
            "totem.1970-01-06.jsonl",
            "totem.1970-01-08.jsonl"
        ]
    );
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&settings.folder), 0o700);
    assert_eq!(mode(&settings.folder.join("totem.1970-01-08.jsonl")), 0o600);
}

/// As when its disk is mounted late, or was full for a while.
#[test]
fn a_log_that_cannot_be_written_is_tried_again_with_each_line() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    std::fs::write(&settings.folder, "in the way").unwrap();
    let (mut files, opened) = files::Files::open(&settings, || SystemTime::UNIX_EPOCH);
    assert!(opened.is_err() && files.write_all(b"lost\n").is_err());
    std::fs::remove_file(&settings.folder).unwrap();
    files.write_all(b"kept\n").unwrap();
    let text = std::fs::read_to_string(settings.folder.join("totem.1970-01-01.jsonl")).unwrap();
    assert_eq!(text, "kept\n");
}
