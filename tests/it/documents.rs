//! Documents as they come in and go out: the real program examines them, on folders as they are
//! found on drives; kept ones are sealed on a real disk.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use image::{ImageFormat, Rgb, RgbImage};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use totem::documents::{Checker, HandOutError, KeepError, Kept, Media, MediaError, PrintError, Printer};
use totem::domain::document::{Choice, Document, Extent, Kind, NameSays, Offers, Place, Refusal, Unfit};
use totem::store::records::Records;

use crate::cli_support::{NOON, Place as Installation};

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
    2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
    3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n\
    trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";

pub fn checker() -> Checker {
    Checker::by(crate::program::program().into())
}

pub fn jpg(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (x ^ y) as u8]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn the_program_looks_at_documents_by_itself() {
    let checker = checker();
    let seen = checker.check("Carta.PDF", PDF).await.unwrap();
    assert_eq!((seen.kind(), seen.extent(), seen.bytes()), (Kind::Pdf, Extent::Pages(1), PDF));
    let picture = jpg(60, 40);
    let seen = checker.check("foto.jpeg", &picture).await.unwrap();
    assert_eq!((seen.kind(), seen.extent()), (Kind::Jpg, Extent::Pixels { width: 60, height: 40 }));
    for (name, bytes, refusal) in [
        ("carta.docx", PDF, Refusal::OtherKind),
        (".pdf", PDF, Refusal::OtherKind),
        ("carta.pdf", b"", Refusal::Empty),
        ("carta.png", PDF, Refusal::NotWhatItsNameSays { named: Kind::Png, found: Some(Kind::Pdf) }),
        ("carta.pdf", &PDF[..200], Refusal::Damaged { kind: Kind::Pdf }),
        ("foto.jpg", &picture[..300], Refusal::Damaged { kind: Kind::Jpg }),
    ] {
        assert_eq!(checker.check(name, bytes).await, Err(refusal), "{name}");
    }
    let gone = Checker::by("/nowhere/totem".into());
    assert_eq!(gone.check("carta.pdf", PDF).await, Err(Refusal::NotLookedAt));
    let other = Checker::by("/bin/false".into());
    assert_eq!(other.check("carta.pdf", PDF).await, Err(Refusal::NotLookedAt));
    let silent = Checker::by("/bin/true".into());
    assert_eq!(silent.check("carta.pdf", PDF).await, Err(Refusal::Damaged { kind: Kind::Pdf }));
}

/// A program in a folder, in place of ours. Another process writes it: a child of another test may
/// still have open what this process opened for writing, and then the program doesn't start.
fn script(folder: &Path, text: &str) -> PathBuf {
    let file = folder.join("script");
    let write = "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$2\" && chmod 700 \"$2\"";
    let mut command = std::process::Command::new("/bin/sh");
    let written = command.args(["-c", write, "sh", text]).arg(&file).status().unwrap();
    assert!(written.success());
    file
}

#[tokio::test]
async fn who_looks_may_die_of_it_and_the_kiosk_does_not() {
    let folder = tempfile::tempdir().unwrap();
    for (dies, refusal) in [
        ("kill -KILL $$", Refusal::TooComplicated),
        ("kill -XCPU $$", Refusal::TooComplicated),
        ("exit 101", Refusal::Damaged { kind: Kind::Pdf }),
        ("exit 2", Refusal::NotLookedAt),
        ("exec cat /dev/zero", Refusal::TooComplicated),
    ] {
        let checker = Checker::by(script(folder.path(), dies)).waiting(Duration::from_millis(500));
        assert_eq!(checker.check("carta.pdf", PDF).await, Err(refusal), "{dies}");
    }
    let slow = Checker::by(script(folder.path(), "exec sleep 600")).waiting(Duration::from_millis(50));
    assert_eq!(slow.check("carta.pdf", PDF).await, Err(Refusal::TooComplicated));
}

#[test]
fn who_looks_has_limits_before_it_reads() {
    use std::process::{Command, Stdio};
    let mut command = Command::new(crate::program::program());
    command.args(["look-at-document", "pdf"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let file = format!("/proc/{}/limits", child.id());
    // It waits for a document that doesn't come, and meanwhile sets its limits.
    let limits = loop {
        let limits = fs::read_to_string(&file).unwrap();
        if limits.lines().any(|line| line.starts_with("Max processes") && line.contains(" 0 ")) {
            break limits;
        }
        assert!(child.try_wait().unwrap().is_none(), "{limits}");
        std::thread::yield_now();
    };
    let limit = |name: &str| -> Vec<u64> {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().take(2).map(|number| number.parse().unwrap()).collect()
    };
    assert_eq!(limit("Max address space"), [768 << 20; 2]);
    assert_eq!(limit("Max cpu time"), [30; 2]);
    assert_eq!(limit("Max open files"), [0; 2]);
    assert_eq!(limit("Max file size"), [0; 2]);
    drop(child.stdin.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(ended.stdout).unwrap(), "{\"refused\":\"Empty\"}\n");
}

/// A drive, and the media over it.
pub fn stick() -> (tempfile::TempDir, PathBuf, Media) {
    let folder = tempfile::tempdir().unwrap();
    let drive = folder.path().join("PEN\u{1b}[31m DE ANA");
    fs::create_dir(&drive).unwrap();
    let media = Media::of_folders(vec![drive.clone()], None);
    (folder, drive, media)
}

/// Written this long before noon.
pub fn put(file: &Path, bytes: &[u8], minutes_before: u64) {
    fs::write(file, bytes).unwrap();
    let written = SystemTime::UNIX_EPOCH + Duration::from_millis(NOON - minutes_before * 60_000);
    File::options().write(true).open(file).unwrap().set_modified(written).unwrap();
}

fn choice(offers: &Offers, name: &str) -> Choice {
    offers.files.iter().find(|offer| offer.name.as_str() == name).unwrap().choice
}

#[tokio::test]
async fn a_flat_list_of_files_and_the_reason_beside_what_does_not_fit() {
    let (_folder, drive, media) = stick();
    let deep = drive.join("DCIM/100CANON/too/deep");
    fs::create_dir_all(&deep).unwrap();
    put(&drive.join("carta.pdf"), PDF, 10);
    put(&drive.join("DCIM/100CANON/IMG_1.JPG"), &jpg(8, 8), 5);
    put(&deep.join("never.jpg"), &jpg(8, 8), 1);
    put(&drive.join("notas.txt"), b"text", 20);
    put(&drive.join("vacio.png"), b"", 30);
    put(&drive.join("largo.pdf"), &vec![b' '; 1_048_577], 40);
    put(&drive.join("malo\u{202e}\u{1b}[2J\nfdp.pdf"), PDF, 50);
    put(&drive.join(".hidden.pdf"), PDF, 1);
    let outside = drive.parent().unwrap().join("secreto.pdf");
    fs::write(&outside, PDF).unwrap();
    symlink(&outside, drive.join("link.pdf")).unwrap();
    symlink(drive.parent().unwrap(), drive.join("way out")).unwrap();
    fs::create_dir(drive.join("folder.pdf")).unwrap();
    mknodat(CWD, drive.join("fifo.pdf"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();

    let offers = media.list().await.unwrap();
    let shown: Vec<(&str, Result<NameSays, Unfit>)> =
        offers.files.iter().map(|offer| (offer.name.as_str(), offer.fits)).collect();
    let expected = [
        ("IMG_1.JPG", Ok(NameSays::Kind(Kind::Jpg))),
        ("carta.pdf", Ok(NameSays::Kind(Kind::Pdf))),
        ("notas.txt", Err(Unfit::OtherKind)),
        ("vacio.png", Err(Unfit::Empty)),
        ("largo.pdf", Err(Unfit::TooLarge)),
        ("malo [2J fdp.pdf", Ok(NameSays::Kind(Kind::Pdf))),
    ];
    assert_eq!(shown, expected);
    assert_eq!(offers.left_out, 0);
    assert_eq!(offers.files[0].place, Place::Drive("PEN [31m DE ANA".into()));
    assert_eq!((offers.files[1].bytes, offers.files[1].written_ms), (PDF.len() as u64, NOON - 600_000));

    let (name, bytes) = media.read(choice(&offers, "carta.pdf")).await.unwrap();
    assert_eq!((name.as_str(), &bytes[..]), ("carta.pdf", PDF));
    assert_eq!(media.read(choice(&offers, "IMG_1.JPG")).await.unwrap().1, jpg(8, 8));
    assert_eq!(media.read(choice(&offers, "notas.txt")).await, Err(MediaError::Unreadable));

    let anew = media.list().await.unwrap();
    assert_eq!(media.read(choice(&offers, "carta.pdf")).await, Err(MediaError::Gone), "an old choice");
    assert!(media.read(choice(&anew, "carta.pdf")).await.is_ok());
}

#[tokio::test]
async fn two_hundred_at_most_and_what_fits_before_what_does_not() {
    let (_folder, drive, media) = stick();
    for number in 0..150 {
        put(&drive.join(format!("{number}.txt")), b"text", number);
        put(&drive.join(format!("{number}.pdf")), PDF, 1000 + number);
    }
    let offers = media.list().await.unwrap();
    assert_eq!((offers.files.len(), offers.left_out), (200, 100));
    assert_eq!(offers.files.iter().filter(|offer| offer.fits.is_ok()).count(), 150);
    assert!(offers.files.is_sorted_by_key(|offer| std::cmp::Reverse(offer.written_ms)));
}

#[tokio::test]
async fn what_changes_between_looking_and_reading() {
    let (_folder, drive, media) = stick();
    let names = ["grows.pdf", "link.pdf", "fifo.pdf", "gone.pdf", "other.pdf", "folder/within.pdf"];
    fs::create_dir(drive.join("folder")).unwrap();
    names.iter().for_each(|name| put(&drive.join(name), PDF, 1));
    let offers = media.list().await.unwrap();
    let at = |name: &str| drive.join(name);
    let secret = drive.parent().unwrap().join("secret.pdf");
    put(&secret, PDF, 1);
    for name in ["link.pdf", "fifo.pdf", "gone.pdf"] {
        fs::remove_file(at(name)).unwrap();
    }
    fs::write(at("grows.pdf"), [PDF, PDF].concat()).unwrap();
    symlink(&secret, at("link.pdf")).unwrap();
    mknodat(CWD, at("fifo.pdf"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    put(&at("other.pdf"), PDF, 7);
    fs::rename(at("folder"), at("elsewhere")).unwrap();
    symlink(at("elsewhere"), at("folder")).unwrap();
    for (name, error) in [
        ("grows.pdf", MediaError::Changed),
        ("link.pdf", MediaError::Changed),
        ("fifo.pdf", MediaError::Changed),
        ("gone.pdf", MediaError::Gone),
        ("other.pdf", MediaError::Changed),
        ("within.pdf", MediaError::Changed),
    ] {
        assert_eq!(media.read(choice(&offers, name)).await, Err(error), "{name}");
    }
    let drive_choice = offers.drives[0].choice;
    fs::remove_dir_all(&drive).unwrap();
    assert_eq!(media.read(choice(&offers, "other.pdf")).await, Err(MediaError::Gone));
    assert_eq!(media.hand_out(drive_choice, "a.docx", vec![1]).await, Err(HandOutError::Gone));
    assert_eq!(media.list().await.unwrap(), Offers::default());
}

#[tokio::test]
async fn the_scanners_folder_is_listed_and_never_written_to() {
    let folder = tempfile::tempdir().unwrap();
    put(&folder.path().join("scan0001.pdf"), PDF, 1);
    let media = Media::new(vec![folder.path().join("no drive")], Some(folder.path().to_path_buf()));
    let offers = media.list().await.unwrap();
    assert_eq!((offers.files.len(), offers.drives.len()), (1, 0));
    assert_eq!(offers.files[0].place, Place::Scanner);
    assert_eq!(media.read(offers.files[0].choice).await.unwrap().1, PDF);
    let as_drive = media.hand_out(offers.files[0].choice, "a.docx", vec![1]).await;
    assert_eq!(as_drive, Err(HandOutError::Gone));
}

#[tokio::test]
async fn handed_out_whole_under_a_name_of_its_own() {
    let (_folder, drive, media) = stick();
    put(&drive.join("declaracion.docx"), b"the person's own", 1);
    put(&drive.join(".totem-unfinished"), b"pulled out once", 1);
    let to = media.list().await.unwrap().drives[0].choice;
    let name = media.hand_out(to, "declaracion.docx", b"PK new".to_vec()).await.unwrap();
    assert_eq!(name.as_str(), "declaracion (2).docx");
    assert_eq!(fs::read(drive.join("declaracion (2).docx")).unwrap(), b"PK new");
    assert_eq!(fs::read(drive.join("declaracion.docx")).unwrap(), b"the person's own");
    assert!(!drive.join(".totem-unfinished").exists());
    for name in ["", "../a.docx", "a/b.docx", ".a.docx"] {
        assert_eq!(media.hand_out(to, name, vec![1]).await, Err(HandOutError::Failed), "{name}");
    }
    assert!(!drive.parent().unwrap().join("a.docx").exists());
}

#[tokio::test]
async fn a_link_laid_where_we_write_is_not_followed() {
    let (_folder, drive, media) = stick();
    let to = media.list().await.unwrap().drives[0].choice;
    symlink("/dev/full", drive.join(".totem-unfinished")).unwrap();
    media.hand_out(to, "a.docx", b"whole".to_vec()).await.unwrap();
    assert_eq!(fs::read(drive.join("a.docx")).unwrap(), b"whole");
}

async fn kept(place: &Installation) -> (Kept, Records) {
    let records = place.opened().await.records;
    (Kept::open(place.path("documents"), records.clone()).unwrap(), records)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[tokio::test]
async fn kept_sealed_and_erased_with_its_key() {
    let place = Installation::used();
    let (kept, records) = kept(&place).await;
    let document = checker().check("carta.pdf", PDF).await.unwrap();
    let laid = kept.lay_down(&document, NOON).await.unwrap();
    assert_eq!(kept.open_document(laid.id).await, Err(KeepError::Erased), "not before its record is there");
    records.draft(NOON).new_record(laid.id, &laid.record, None).commit(&records).await.unwrap();
    assert_eq!(kept.open_document(laid.id).await.unwrap(), document);
    let facts = kept.facts(laid.id).await.unwrap().unwrap().value;
    assert_eq!((facts.bytes, facts.extent, facts.created_ms), (PDF.len() as u64, Extent::Pages(1), NOON));

    let [file] = &files(&place.path("documents"))[..] else { panic!("one file") };
    let sealed = fs::read(file).unwrap();
    assert!(!sealed.windows(5).any(|window| window == b"%PDF-"));
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(place.path("documents")).unwrap().permissions().mode() & 0o777, 0o700);
    fs::write(file, &sealed[..sealed.len() - 1]).unwrap();
    assert_eq!(kept.open_document(laid.id).await, Err(KeepError::Damaged));
    fs::remove_file(file).unwrap();
    assert_eq!(kept.open_document(laid.id).await, Err(KeepError::FileGone));
    assert_eq!(kept.loose().await.unwrap().records, [laid.id]);
    fs::write(file, &sealed).unwrap();

    kept.erase(laid.id, NOON).await.unwrap();
    assert_eq!(kept.open_document(laid.id).await, Err(KeepError::Erased));
    assert_eq!(records.get::<Document>(laid.id).await.unwrap(), None);
    assert!(!file.exists());
    kept.erase(laid.id, NOON).await.unwrap();
}

#[tokio::test]
async fn what_a_crash_leaves_is_found_and_cleaned() {
    let place = Installation::used();
    let (kept, records) = kept(&place).await;
    let document = checker().check("carta.pdf", PDF).await.unwrap();
    let whole = kept.lay_down(&document, NOON).await.unwrap();
    records.draft(NOON).new_record(whole.id, &whole.record, None).commit(&records).await.unwrap();
    let folder = place.path("documents");
    let [of_whole] = &files(&folder)[..] else { panic!("one file") };
    let never_committed = kept.lay_down(&document, NOON).await.unwrap();
    let name = data_encoding::HEXLOWER.encode(&never_committed.id.0);
    put(&folder.join(format!("{name}.sealed")), b"sealed", 0);
    put(&folder.join(format!("{name}.partial")), b"seal", 0);
    put(&folder.join("README"), b"somebody's own", 0);
    assert_eq!(kept.loose().await.unwrap().files.len(), 2);
    assert_eq!(kept.clean(NOON).await.unwrap(), 1, "what was never finished goes at once");
    assert_eq!(kept.loose().await.unwrap().files.len(), 1);
    assert_eq!(kept.clean(NOON + 24 * 3_600_000 + 1).await.unwrap(), 1);
    let mut left = vec![folder.join("README"), of_whole.clone()];
    left.sort();
    assert_eq!(files(&folder), left);
    assert_eq!(kept.open_document(whole.id).await.unwrap(), document);
}

#[tokio::test]
async fn doctor_looks_at_documents() {
    let place = Installation::used();
    let told = place.totem(&["doctor"]).out;
    for expected in [
        "ok     documents: they can be looked at",
        "ok     documents: looked at by a process that seccomp and Landlock",
        "ok     documents.renderer: /usr/bin/pdftoppm draws pages, confined by seccomp and Landlock",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let folder = place.path("totem-data/documents");
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    fs::write(folder.join(format!("{}.sealed", "ab".repeat(16))), "x").unwrap();
    fs::write(place.path("bad.docx"), "x").unwrap();
    let settings = "[documents]\ndeclaration_template = \"bad.docx\"\nscanner_folder = \"nowhere\"\n\
        renderer = \"/bin/cat\"\n";
    fs::write(place.path("config.toml"), settings).unwrap();
    let told = place.totem(&["doctor"]).out;
    for expected in [
        "warn   documents: 1 files that nobody has a key for",
        "fault  documents.declaration_template: ",
        "fault  documents.scanner_folder: ",
        "fault  documents.renderer: /bin/cat draws no pages here: ",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[tokio::test]
async fn the_printer_is_a_command_with_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let printed = folder.path().join("printed");
    let copy = format!(
        "case \"$1\" in *.docx) cp \"$1\" '{0}' && echo \"$1\" > '{0}.name';; esac",
        printed.display()
    );
    let command = |text: &str| -> Vec<String> {
        vec![script(folder.path(), text).display().to_string(), "{file}".to_string()]
    };
    let printer = Printer::new(command(&copy)).unwrap();
    printer.print("docx", b"PK paper".to_vec()).await.unwrap();
    assert_eq!(fs::read(&printed).unwrap(), b"PK paper");
    let name = fs::read_to_string(folder.path().join("printed.name")).unwrap();
    assert!(!Path::new(name.trim()).exists(), "{name}");
    let broken = Printer::new(command("exit 3")).unwrap();
    assert_eq!(broken.print("docx", vec![]).await, Err(PrintError::Failed));
    let absent = Printer::new(vec!["/nowhere/lp".into(), "{file}".into()]).unwrap();
    assert_eq!(absent.print("docx", vec![]).await, Err(PrintError::Failed));
    let slow = Printer::new(command("exec sleep 600")).unwrap().waiting(Duration::from_millis(50));
    assert_eq!(slow.print("docx", vec![]).await, Err(PrintError::TookTooLong));
    assert_eq!(Printer::new(vec![]), None);
}
