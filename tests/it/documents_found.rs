//! What lies on people's drives: names of phones, copiers and other systems, folders in folders, and two
//! sticks of one label.

use std::fs;

use totem::documents::{HandOutError, Media, MediaError};
use totem::domain::document::{Kind, Place, Refusal, Unfit};

use crate::documents::{PDF, checker, jpg, put, stick};

/// What phones, copiers and other systems call files.
#[tokio::test]
async fn a_name_may_end_otherwise_or_not_at_all_and_the_bytes_decide() {
    let (_folder, drive, media) = stick();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let cases: [(&str, Vec<u8>, Result<Kind, Refusal>); 8] = [
        ("IMG_1.jfif", jpg(8, 8), Ok(Kind::Jpg)),
        ("scan.JPE", jpg(8, 8), Ok(Kind::Jpg)),
        ("1000004711", jpg(8, 8), Ok(Kind::Jpg)),
        ("carta firmada", PDF.to_vec(), Ok(Kind::Pdf)),
        ("nota", b"hola".to_vec(), Err(Refusal::OtherKind)),
        ("IMG_2.jpg", heic.to_vec(), Err(Refusal::Heic)),
        ("IMG_3", heic.to_vec(), Err(Refusal::Heic)),
        ("carta.pdf.", PDF.to_vec(), Err(Refusal::OtherKind)),
    ];
    for (name, bytes, _) in &cases {
        put(&drive.join(name), bytes, 1);
    }
    put(&drive.join("IMG_4.HEIC"), heic, 1);
    let offers = media.list().await.unwrap();
    for (name, _, expected) in cases {
        let offer = offers.files.iter().find(|offer| offer.name.as_str() == name).unwrap();
        let said = match offer.fits {
            Ok(_) => {
                let (name, bytes) = media.read(offer.choice).await.unwrap();
                checker().check(name.as_str(), &bytes).await.map(|seen| seen.kind())
            }
            Err(unfit) => {
                assert_eq!((name, unfit), ("carta.pdf.", Unfit::OtherKind));
                Err(Refusal::OtherKind)
            }
        };
        assert_eq!(said, expected, "{name}");
    }
    let heic = offers.files.iter().find(|offer| offer.name.as_str() == "IMG_4.HEIC").unwrap();
    assert_eq!(heic.fits, Err(Unfit::Heic));
    assert_eq!(checker().check("IMG_4.HEIC", b"x").await, Err(Refusal::Heic));
}

#[tokio::test]
async fn files_three_folders_deep_and_names_from_a_mac() {
    let (_folder, drive, media) = stick();
    fs::create_dir_all(drive.join("Sence/2026/Facilitadores")).unwrap();
    put(&drive.join("Sence/2026/Facilitadores/ce\u{301}dula n\u{303}andu\u{301}.pdf"), PDF, 1);
    let offers = media.list().await.unwrap();
    assert_eq!(offers.files.len(), 1);
    assert_eq!(offers.files[0].name.as_str(), "cédula ñandú.pdf");
    assert_eq!(media.read(offers.files[0].choice).await.unwrap().1, PDF);
}

/// Offices hand out sticks of one make.
#[tokio::test]
async fn two_sticks_of_one_label_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let drives = ["media/KINGSTON", "run/media/KINGSTON"].map(|place| folder.path().join(place));
    for (drive, minutes) in drives.iter().zip([1, 2]) {
        fs::create_dir_all(drive).unwrap();
        put(&drive.join("carta.pdf"), PDF, minutes);
    }
    let media = Media::of_folders(drives.to_vec(), None);
    let offers = media.list().await.unwrap();
    let places: Vec<&Place> = offers.files.iter().map(|offer| &offer.place).collect();
    let named = ["KINGSTON", "KINGSTON (2)"].map(|name| Place::Drive(name.into()));
    assert_eq!(places, named.iter().collect::<Vec<_>>());
    let [first, second] = &offers.drives[..] else { panic!("{:?}", offers.drives) };
    assert_eq!((first.name.as_str(), second.name.as_str()), ("KINGSTON", "KINGSTON (2)"));
    // The other one is pulled out while the list is on the screen.
    fs::remove_dir_all(&drives[0]).unwrap();
    assert_eq!(media.read(offers.files[0].choice).await, Err(MediaError::Gone));
    assert_eq!(media.read(offers.files[1].choice).await.unwrap().1, PDF);
    assert_eq!(media.hand_out(first.choice, "a.docx", vec![1]).await, Err(HandOutError::Gone));
    media.hand_out(second.choice, "a.docx", b"PK".to_vec()).await.unwrap();
    assert!(drives[1].join("a.docx").exists());
}
