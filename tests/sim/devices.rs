//! What lies beside a terminal: the drives of whoever stands there, a printer, and their phone, which sends
//! a file, another one that doesn't fit, or breaks off. All but the folder where staff look at documents is
//! the simulator's.

use std::fs::File;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use image::{ImageFormat, Rgb, RgbImage};
use tokio::time::sleep;
use totem::config;
use totem::desk::Papers;
use totem::documents::look::{Wish, protocol};
use totem::documents::{Checker, Kept, Media, Printer, Viewing, declaration};
use totem::domain::document::{Checked, Kind, Offers, Refusal, Scaled, Taken};
use totem::domain::language::Language;
use totem::effect::facilitator::{FacilitatorEffect, FacilitatorReply, HandOut, NotHandedOut};
use totem::effect::{Effect, Reply};
use totem::phone::{self, Phones};
use totem::store::records::Records;

use super::laws::views;
use super::world::{START_MS, World};

/// Somebody's declaration, as a phone photographs it into a PDF.
pub const PAPER: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n\
xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n0000000115 00000 n \n\
trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n186\n%%EOF\n";

/// A page for phones that nobody reaches: the phones are the simulator's.
pub fn phones(world: &World) -> Phones {
    let settings = config::Phone {
        address: "http://127.0.0.1:0".parse().expect("an address"),
        listen: "127.0.0.1:0".parse().expect("an address"),
        identity: None,
    };
    let opened = phone::open(&settings, nobody(), world.clock(), Language::Es);
    opened.expect("a loopback address can be had").0
}

/// Documents at a terminal. What is listed of drives means nothing to the program itself, so that a
/// declaration which it is asked to lay there finds its drive gone.
pub fn papers(folder: &Path, terminal: u8, records: &Records, phones: Phones) -> Papers {
    let viewing = Viewing::new(folder.join(format!("viewing-{terminal}")), views::LASTS);
    Papers {
        media: Media::of_folders(Vec::new(), None),
        checker: nobody(),
        kept: Kept::open(folder.join("kept"), records.clone()).expect("the folder is our own"),
        printer: Printer::new(vec!["nobody-prints-here".to_string()]),
        viewing: Some(viewing.working_here()),
        renderer: None,
        template: Arc::from(declaration::BUILT_IN),
        phones: Some(phones),
    }
}

/// Looks at no document: those that come here were looked at.
fn nobody() -> Checker {
    Checker::by(PathBuf::from("/nonexistent"))
}

/// What the devices answer, if it is they who are asked.
pub async fn answer(world: &World, has_connected: bool, effect: &Effect) -> Option<Reply> {
    let Effect::Facilitator(effect) = effect else { return None };
    let reply = match effect {
        FacilitatorEffect::ListFiles => FacilitatorReply::Files(listed(world.faults().below(100))),
        FacilitatorEffect::TakeFile(_) => match world.faults().below(100) {
            0..=14 => taken(),
            15..=54 => picture_taken(),
            55..=79 => too_large(),
            80..=84 => not_taken(Refusal::Encrypted),
            85..=89 => not_taken(Refusal::NoPages),
            _ => FacilitatorReply::FileGone,
        },
        FacilitatorEffect::ScaleFile(_) => match world.faults().below(100) {
            0..=89 => picture_taken(),
            _ => FacilitatorReply::FileGone,
        },
        FacilitatorEffect::HandOut { may, to: HandOut::Drive(_) } => match world.faults().below(100) {
            0..=59 => FacilitatorReply::HandedOut(declaration::name(may.company())),
            60..=69 => FacilitatorReply::NotHandedOut(NotHandedOut::DriveFull),
            _ => return None,
        },
        FacilitatorEffect::HandOut { to: HandOut::Printer, .. } => match world.faults().below(100) {
            0..=69 => FacilitatorReply::Printed,
            _ => FacilitatorReply::NotHandedOut(NotHandedOut::Failed),
        },
        FacilitatorEffect::AwaitPhone(_) => {
            let (pause_s, fate) = {
                let mut dice = world.faults();
                (dice.between(3, 90), dice.below(100))
            };
            sleep(Duration::from_secs(pause_s)).await;
            match fate {
                // It breaks off: the page's time runs out.
                0..=19 => {
                    sleep(Duration::from_millis(phone::LIVES_MS)).await;
                    FacilitatorReply::PhoneOver
                }
                _ if !has_connected => FacilitatorReply::PhoneConnected,
                20..=34 => FacilitatorReply::NotTaken { name: "foto.heic".into(), refusal: Refusal::Heic },
                _ => taken(),
            }
        }
        _ => return None,
    };
    Some(Reply::Facilitator(reply))
}

fn picture_taken() -> FacilitatorReply {
    FacilitatorReply::Taken(Taken { name: "foto.png".into(), document: picture() })
}

fn taken() -> FacilitatorReply {
    FacilitatorReply::Taken(Taken { name: "hoja.pdf".into(), document: paper() })
}

fn not_taken(refusal: Refusal) -> FacilitatorReply {
    FacilitatorReply::NotTaken { name: "hoja.pdf".into(), refusal }
}

fn too_large() -> FacilitatorReply {
    let could_be = Scaled { kind: Kind::Jpg, width: 1_800, height: 2_400, bytes: 600_000 };
    FacilitatorReply::TooLarge { name: "foto.jpg".into(), bytes: 4_000_000, could_be }
}

/// What is told, for the trace: without the name of a folder that is another one at each run.
pub fn told(world: &World, reply: &Reply) -> String {
    format!("{reply:?}").replace(&world.documents.path().display().to_string(), "…")
}

/// What lies on the drives of whoever stands there.
fn listed(fate: u64) -> Offers {
    match fate {
        0..=24 => Offers::default(),
        25..=29 => Offers { lost: vec!["USB".into()], ..Offers::default() },
        30..=39 => {
            let mut offers = on_drives().clone();
            offers.drives.iter_mut().for_each(|drive| drive.is_read_only = true);
            offers
        }
        40..=69 => {
            let mut offers = on_drives().clone();
            offers.drives.truncate(1);
            offers
        }
        _ => on_drives().clone(),
    }
}

/// Two drives with some files, as the program itself lists them.
fn on_drives() -> &'static Offers {
    static LISTED: OnceLock<Offers> = OnceLock::new();
    LISTED.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let drives = ["USB", "CAMARA"].map(|label| folder.path().join(label));
        let files = [(0, "hoja.pdf"), (0, "carta.docx"), (1, "foto.jpg"), (1, "foto.heic")];
        drives.iter().for_each(|drive| std::fs::create_dir(drive).expect("a folder can be made"));
        for (number, (drive, name)) in (0..).zip(files) {
            let file = File::create(drives[drive].join(name)).expect("a file can be made");
            let at = SystemTime::UNIX_EPOCH + Duration::from_millis(START_MS - 60_000 * number);
            file.set_len(2_000).and_then(|()| file.set_modified(at)).expect("a file can be written");
        }
        let media = Media::of_folders(drives.to_vec(), None);
        // The office's own runtime stands still where a thread is waited for.
        let lists = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
            runtime.expect("a runtime").block_on(media.list()).expect("a folder answers")
        };
        std::thread::spawn(lists).join().expect("it lists")
    })
}

fn paper() -> Checked {
    static PAPER_SEEN: OnceLock<Checked> = OnceLock::new();
    PAPER_SEEN.get_or_init(|| looked_at(Kind::Pdf, PAPER)).clone()
}

/// Somebody's passport, which was photographed.
fn picture() -> Checked {
    static PICTURE_SEEN: OnceLock<Checked> = OnceLock::new();
    let seen = PICTURE_SEEN.get_or_init(|| {
        let mut file = Cursor::new(Vec::new());
        let drawn = RgbImage::from_pixel(60, 40, Rgb([200, 190, 180]));
        drawn.write_to(&mut file, ImageFormat::Png).expect("it is in memory");
        looked_at(Kind::Png, file.get_ref())
    });
    seen.clone()
}

/// A good document, as the program looks at it.
fn looked_at(kind: Kind, file: &[u8]) -> Checked {
    let mut answer = Vec::new();
    protocol::answer(kind, Wish::AsItIs, file, &mut answer).expect("it is in memory");
    protocol::understand(kind, file, &answer).expect("a good document")
}
