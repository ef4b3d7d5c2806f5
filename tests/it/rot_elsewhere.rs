//! Rot in what lies beside the store: exports, documents and registers. Each is as it was, or is told of.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use totem::documents::{Checker, KeepError, Kept};
use totem::domain::register::Company;
use totem::domain::rut::Rut;
use totem::registry::Registry as _;
use totem::registry::bulk::Bulk;
use totem::store::Upkeep as _;
use totem::store::sled::verify_export;

use crate::child::Chance;
use crate::cli_support::{NOON, Place};
use crate::rot::{CASES, Rot};

/// Lets a file rot again and again, and looks each time at what differs from what it was.
fn rots(name: &str, file: &Path, mut look: impl FnMut(&str)) {
    let seed = Chance::new(name).below(u64::MAX);
    let whole = fs::read(file).expect("a file");
    for case in 0..CASES {
        let rot = Rot::random(&whole, &mut Chance::from(seed.wrapping_add(case)));
        rot.happens_to(file);
        if fs::read(file).ok().as_ref() != Some(&whole) {
            look(&format!("case {case} of seed {seed}: {rot:?}"));
        }
        // Another file, as it is after a restart.
        let _ = fs::remove_file(file);
        fs::write(file, &whole).expect("a file");
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

#[test]
fn rot_in_an_export_is_told() {
    let place = Place::used();
    let file = place.path("export");
    let chain = runtime().block_on(async {
        let opened = place.opened().await;
        opened.store.own().unwrap().export(&file).await.expect("an export");
        opened.records.vault().chain()
    });
    // As a restore looks at it: its checksum, and its MAC.
    let proved = || verify_export(&file).ok().and_then(|summary| summary.is_proved(&chain));
    assert_eq!(proved(), Some(true));
    rots("rot of an export", &file, |case| assert_ne!(proved(), Some(true), "{case}"));
}

#[test]
fn rot_in_a_document_is_told() {
    let place = Place::used();
    let runtime = runtime();
    let checker = Checker::by(crate::program::program().into());
    let mut photo = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(90, 60, |x, y| image::Rgb([x as u8, y as u8, (x ^ y) as u8]));
    picture.write_to(&mut photo, image::ImageFormat::Jpeg).expect("memory");
    let (kept, id, document) = runtime.block_on(async {
        let records = place.opened().await.records;
        let kept = Kept::open(place.path("documents"), records.clone()).expect("a folder");
        let document = checker.check("foto.jpg", photo.get_ref()).await.expect("a picture");
        let laid = kept.lay_down(&document, NOON).await.expect("it is kept");
        let committed = records.draft(NOON).new_record(laid.id, &laid.record, None).commit(&records).await;
        committed.expect("the store is up");
        (kept, laid.id, document)
    });
    assert_eq!(runtime.block_on(kept.open_document(id)), Ok(document));
    let file = fs::read_dir(place.path("documents")).expect("the folder").next().expect("a file");
    let file = file.expect("a file").path();
    rots("rot of a document", &file, |case| {
        let told = runtime.block_on(kept.open_document(id)).map(|_| ());
        assert!(matches!(told, Err(KeepError::Damaged | KeepError::FileGone)), "{case}: {told:?}");
    });
}

/// A page that no look-up needs may rot unseen; what is answered is right.
#[test]
fn rot_in_a_register_is_told_or_changes_no_answer() {
    let place = Place::new();
    let rut = |body| Rut::of_body(body).expect("eight digits");
    let mut list = "RUT\tDV\tCOD_SUBTIPO\tRAZON_SOCIAL\tFECHA_INICIO_VIG\tFECHA_TG_VIG\n".to_string();
    for body in (60_000_000..60_004_000).step_by(2) {
        list += &format!("{body}\t{}\t9\tCOMPAÑÍA {body}\t01-02-2003\t\n", rut(body).check());
    }
    place.totem_reading(&["import", "sii-nombres", "-"], &list).done();
    let folder = place.path("totem-data/register");
    let file = fs::read_dir(&folder).expect("the folder").next().expect("a file").expect("a file").path();
    let runtime = runtime();
    let mut told = 0;
    rots("rot of a register", &file, |case| {
        let bulk = Bulk::new(&folder, Arc::new(|| NOON));
        // Every other one is in it.
        for body in (60_000_000..60_004_000).step_by(157) {
            match runtime.block_on(bulk.company(rut(body))).answer {
                Err(_) => told += 1,
                Ok(Company::Open { name }) => {
                    assert_eq!((body % 2, name.to_string()), (0, format!("COMPAÑÍA {body}")), "{case}");
                }
                Ok(Company::Unknown) => assert_eq!(body % 2, 1, "{case}"),
                Ok(other) => panic!("{case}: {other:?}"),
            }
        }
    });
    println!("{told} look-ups were told of damage");
    assert!(told > 0, "none of it had an effect");
}
