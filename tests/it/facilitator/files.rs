//! The files of a request: what fits, what doesn't and why, and the declaration that is handed out.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use totem::text::Msg;

use super::{Visit, pdf};
use crate::booth::MAILBOX;

/// Noise with this many pixels a side, which compresses badly.
pub fn jpg(side: u32) -> Vec<u8> {
    let mut state = 1_u32;
    let pixels: Vec<u8> = (0..side * side * 3)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.write_image(&pixels, side, side, ExtendedColorType::Rgb8).unwrap();
    bytes
}

#[test]
fn what_does_not_fit_stands_below_with_its_reason() {
    let mut visit = Visit::new();
    visit.brings("carta.docx", b"PK");
    visit.brings("nada.png", b"");
    visit.brings("libro.pdf", &vec![b' '; 2_400_000]);
    visit.lists().sees("carta.docx: no es jpg, png ni pdf.").sees("nada.png: está vacío.");
    visit.booth.sees("libro.pdf: pesa 2,3 MB y debe pesar 1 MB o menos.").sees("declaracion.pdf");
    visit.booth.pictured("facilitator-files-unfit").chooses("1").is_at(&Msg::PreviewHeading);
}

#[test]
fn a_photo_of_an_iphone_is_called_so_in_the_list() {
    let mut visit = Visit::new();
    visit.brings("IMG_0412.HEIC", b"x");
    visit.lists().sees("IMG_0412.HEIC: es una foto de iPhone (HEIC). Guárdela como JPG.");
}

#[test]
fn an_empty_drive_is_listed_anew() {
    let mut visit = Visit::new();
    visit.forgets("declaracion.pdf");
    visit.lists().sees_msg(&Msg::FilesNoneOrScan).pictured("facilitator-files-none");
    visit.brings("declaracion.pdf", &pdf());
    visit.booth.chooses("1").sees("declaracion.pdf").sees_not("Todavía no vemos");
}

#[test]
fn a_file_is_refused_in_words_that_say_what_to_do() {
    let broken = pdf()[..60].to_vec();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let table: [(&str, Vec<u8>, &str); 5] = [
        ("IMG_0412.jpg", heic.clone(), "Es una foto de iPhone (HEIC)"),
        ("IMG_0412", heic, "Guárdela como JPG"),
        ("foto.jpg", pdf(), "El archivo no es lo que dice su nombre"),
        ("cedula.png", b"\x89PNG\r\n\x1a\nxx".to_vec(), "El archivo está dañado o incompleto"),
        ("hoja.pdf", broken, "Guárdelo o escanéelo de nuevo"),
    ];
    for (name, bytes, says) in table {
        let mut visit = Visit::new();
        visit.forgets("declaracion.pdf");
        visit.brings(name, &bytes);
        visit.lists().chooses("1").is_at(&Msg::FilesDeclarationHeading).sees(says);
        if name == "foto.jpg" {
            visit.booth.pictured("facilitator-file-refused");
        }
    }
}

#[test]
fn a_file_that_is_gone_is_told() {
    let mut visit = Visit::new();
    visit.lists();
    visit.forgets("declaracion.pdf");
    visit.booth.chooses("1").sees_msg(&Msg::WrongFileGone).chooses("2").sees_msg(&Msg::FilesNoneOrScan);
}

#[test]
fn a_large_image_is_offered_smaller_and_shown_with_its_new_size() {
    let mut visit = Visit::new();
    visit.forgets("declaracion.pdf");
    let photo = jpg(900);
    assert!(photo.len() > 1_048_576);
    visit.brings("foto.jpg", &photo);
    visit.lists().chooses("1").is_at(&Msg::ScaleHeading).pictured("facilitator-scale").chooses("1");
    visit.booth.is_at(&Msg::PreviewHeading).sees("Imagen jpg").chooses("1");
    visit.booth.is_at(&Msg::FacilitatorIdentityHeading);
}

#[test]
fn the_template_goes_to_the_drive_and_to_the_mailbox() {
    let mut visit = Visit::new();
    visit
        .validates()
        .chooses("2")
        .sees("declaracion-jurada-99999999-9.docx")
        .pictured("facilitator-template");
    let written = visit.folder.path().join("drive/declaracion-jurada-99999999-9.docx");
    assert!(std::fs::read(written).unwrap().starts_with(b"PK"));
    visit.booth.chooses("3").sees_msg(&Msg::DeclarationOnItsWay).runs_courier();
    let attachment = visit.booth.post.attachment_to(MAILBOX).unwrap();
    assert_eq!(attachment.name.as_str(), "declaracion-jurada-99999999-9.docx");
    assert!(attachment.bytes.starts_with(b"PK"));
    std::fs::remove_dir_all(visit.folder.path().join("drive")).unwrap();
    visit.booth.chooses("2").sees_msg(&Msg::WrongDriveGone);
}
