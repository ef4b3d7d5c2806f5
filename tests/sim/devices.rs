//! What lies beside a terminal: no drive, no printer, and the phone of whoever stands there, which sends
//! a file, another one that doesn't fit, or breaks off.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::time::sleep;
use totem::config;
use totem::desk::Papers;
use totem::documents::look::{Wish, protocol};
use totem::documents::{Checker, Kept, Media, declaration};
use totem::domain::document::{Checked, Kind, Offers, Refusal, Taken};
use totem::domain::language::Language;
use totem::effect::facilitator::{FacilitatorEffect, FacilitatorReply};
use totem::effect::{Effect, Reply};
use totem::phone::{self, Phones};
use totem::store::records::Records;

use super::world::World;

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

/// Documents at a terminal with nothing but a way by phone.
pub fn papers(folder: PathBuf, records: &Records, phones: Phones) -> Papers {
    Papers {
        media: Media::of_folders(Vec::new(), None),
        checker: nobody(),
        kept: Kept::open(folder, records.clone()).expect("the folder is our own"),
        printer: None,
        viewing: None,
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
        FacilitatorEffect::ListFiles => FacilitatorReply::Files(Offers::default()),
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
                _ => FacilitatorReply::Taken(Taken { name: "hoja.pdf".into(), document: paper() }),
            }
        }
        _ => return None,
    };
    Some(Reply::Facilitator(reply))
}

fn paper() -> Checked {
    static PAPER_SEEN: OnceLock<Checked> = OnceLock::new();
    let seen = PAPER_SEEN.get_or_init(|| {
        let mut answer = Vec::new();
        protocol::answer(Kind::Pdf, Wish::AsItIs, PAPER, &mut answer).expect("it is in memory");
        protocol::understand(Kind::Pdf, PAPER, &answer).expect("a good PDF")
    });
    seen.clone()
}
