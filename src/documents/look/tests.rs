//! Documents that are what they say, and many that are not.

use proptest::prelude::*;

use super::samples::*;
use super::*;
use crate::domain::document::{Active, MOST_BYTES, Scaled};

fn look(kind: Kind, bytes: &[u8]) -> Result<Seen, Refusal> {
    look_at(kind, bytes, Wish::AsItIs)
}

fn pixels(width: u32, height: u32) -> Extent {
    Extent::Pixels { width, height }
}

fn anew(kind: Kind, bytes: &[u8]) -> (Seen, ::image::RgbImage) {
    let seen = look(kind, bytes).unwrap();
    let image = ::image::load_from_memory(seen.anew.as_ref().unwrap()).unwrap();
    (seen, image.into_rgb8())
}

#[test]
fn good_ones() {
    let (seen, image) = anew(Kind::Png, &png(&corners(30, 20)));
    assert_eq!((seen.kind, seen.extent), (Kind::Png, pixels(30, 20)));
    assert_eq!(image, corners(30, 20));
    let (seen, _) = anew(Kind::Jpg, &jpg(&corners(30, 20)));
    assert_eq!((seen.kind, seen.extent), (Kind::Jpg, pixels(30, 20)));
    assert_eq!(Kind::of_bytes(&seen.anew.unwrap()), Some(Kind::Jpg));
    let seen = look(Kind::Pdf, &pdf("", &[])).unwrap();
    assert_eq!(seen, Seen { kind: Kind::Pdf, extent: Extent::Pages(2), anew: None });
    assert_eq!(anew(Kind::Png, &see_through_png()).0.extent, pixels(8, 8));
}

#[test]
fn names_and_first_bytes_disagree() {
    let (jpg, png, pdf) = (jpg(&corners(8, 8)), png(&corners(8, 8)), pdf("", &[]));
    let far = [vec![b'\n'; 1025], pdf.clone()].concat();
    for (named, bytes, found) in [
        (Kind::Jpg, &png[..], Some(Kind::Png)),
        (Kind::Png, &pdf, Some(Kind::Pdf)),
        (Kind::Pdf, &jpg, Some(Kind::Jpg)),
        (Kind::Pdf, b"PK\x03\x04", None),
        (Kind::Pdf, &far[..], None),
        (Kind::Jpg, b"<html>", None),
        (Kind::Jpg, b"\0\0\0\x18ftypmp42", None),
    ] {
        assert_eq!(look(named, bytes), Err(Refusal::NotWhatItsNameSays { named, found }));
    }
    for brand in ["heic", "mif1", "avif"] {
        let photo = format!("\0\0\0\x18ftyp{brand}\0\0\0\0");
        assert_eq!(look(Kind::Jpg, photo.as_bytes()), Err(Refusal::Heic), "{brand}");
    }
    assert_eq!(look(Kind::Pdf, b""), Err(Refusal::Empty));
}

#[test]
fn upright_and_without_where_it_was_taken() {
    let plain = jpg(&corners(64, 32));
    let expected = [
        (1, pixels(64, 32), [255, 0, 0]),
        (3, pixels(64, 32), [255, 255, 255]),
        (6, pixels(32, 64), [0, 0, 255]),
        (8, pixels(32, 64), [0, 255, 0]),
    ];
    for (orientation, extent, upper_left) in expected {
        let taken = with_exif(&plain, orientation);
        assert!(taken.windows(8).any(|window| window == b"SANTIAGO"));
        let (seen, image) = anew(Kind::Jpg, &taken);
        assert_eq!(seen.extent, extent, "{orientation}");
        let colour = image.get_pixel(4, 4).0;
        let is_near = colour.iter().zip(upper_left).all(|(is, should)| is.abs_diff(should) < 40);
        assert!(is_near, "{orientation}: {colour:?}");
        let bytes = seen.anew.unwrap();
        for planted in [&b"SANTIAGO"[..], b"CAMARA1", b"Exif"] {
            assert!(!bytes.windows(planted.len()).any(|window| window == planted));
        }
    }
}

#[test]
fn nothing_hides_behind_or_within_an_image() {
    let mut with_script = jpg(&corners(16, 16));
    with_script.extend(b"PK\x03\x04<script>MALO</script>");
    let mut with_text = png(&corners(16, 16));
    with_text.splice(33..33, chunk(b"tEXtComment\0MALO"));
    with_text.extend(b"%PDF-1.7 MALO");
    for (kind, bytes) in [(Kind::Jpg, with_script), (Kind::Png, with_text)] {
        let bytes = anew(kind, &bytes).0.anew.unwrap();
        assert!(!bytes.windows(4).any(|window| window == b"MALO"));
    }
}

#[test]
fn too_many_pixels_are_not_decoded() {
    for (bytes, width, height) in [
        (png_header(60_000, 60_000), 60_000, 60_000),
        (png_header(10_001, 1), 10_001, 1),
        (png_header(8_000, 5_001), 8_000, 5_001),
    ] {
        assert_eq!(look(Kind::Png, &bytes), Err(Refusal::TooManyPixels { width, height }));
    }
    let too_wide = Err(Refusal::TooManyPixels { width: 60_000, height: 60_000 });
    assert_eq!(look(Kind::Jpg, &jpg_header(60_000, 60_000)), too_wide);
    assert_eq!(look(Kind::Png, &png_header(4_000, 4_000)), Err(Refusal::Damaged { kind: Kind::Png }));
}

#[test]
fn cut_off_anywhere_it_is_damaged() {
    let samples =
        [(Kind::Jpg, jpg(&corners(40, 40))), (Kind::Png, png(&corners(40, 40))), (Kind::Pdf, pdf("", &[]))];
    for (kind, bytes) in samples {
        // A PDF may lack its end mark, and so may a JPEG.
        let most = match kind {
            Kind::Pdf => bytes.len() - b"%%EOF\n".len(),
            Kind::Jpg => bytes.len() - 2,
            Kind::Png => bytes.len(),
        };
        for length in 1..most {
            let seen = look(kind, &bytes[..length]);
            let is_refused = matches!(
                seen,
                Err(Refusal::Damaged { .. } | Refusal::NotWhatItsNameSays { found: None, .. })
            );
            assert!(is_refused, "{kind:?} {length}: {seen:?}");
        }
    }
}

/// As cameras and broken copies leave it.
#[test]
fn a_whole_picture_without_an_end_mark_is_taken() {
    let whole = jpg(&corners(40, 40));
    let (_, expected) = anew(Kind::Jpg, &whole);
    let unmarked = &whole[..whole.len() - 2];
    let half_marked = &whole[..whole.len() - 1];
    let padded = [unmarked, &[0; 512]].concat();
    for bytes in [unmarked, half_marked, &padded] {
        let (seen, image) = anew(Kind::Jpg, bytes);
        assert_eq!((seen.extent, &image), (pixels(40, 40), &expected));
        assert_eq!(seen.anew.unwrap()[..2], [0xFF, 0xD8]);
    }
    let noisy = jpg(&noise(64, 64));
    assert!(look(Kind::Jpg, &noisy[..noisy.len() - 2]).is_ok());
    for missing in [100, 500, 2000] {
        let half = [&noisy[..noisy.len() - missing], &vec![0; missing]].concat();
        assert_eq!(look(Kind::Jpg, &half), Err(Refusal::Damaged { kind: Kind::Jpg }), "{missing}");
    }
}

/// Scanners of print shops write four inks, and Photoshop writes them the other way round.
#[test]
fn four_inks_show_in_their_colours() {
    for (colour, inks) in [
        ([255, 0, 0], [0, 255, 255, 0]),
        ([0, 0, 255], [255, 255, 0, 0]),
        ([255, 255, 255], [0, 0, 0, 0]),
        ([0, 0, 0], [0, 0, 0, 255]),
        ([128, 128, 128], [0, 0, 0, 127]),
    ] {
        for luminance_apart in [false, true] {
            let (_, image) = anew(Kind::Jpg, &inks_jpg(inks, luminance_apart));
            let seen = image.get_pixel(4, 4).0;
            let is_near = seen.iter().zip(colour).all(|(is, should)| is.abs_diff(should) < 6);
            assert!(is_near, "{inks:?} {luminance_apart}: {seen:?}, not {colour:?}");
        }
    }
}

#[test]
fn pages_that_are_not_there_are_not_counted() {
    let with_pages = |kids: &str| {
        let objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            format!("<< /Type /Pages /Kids [{kids}] /Count 4 >>").into_bytes(),
            b"<< /Type /Page /Parent 2 0 R >>".to_vec(),
            b"(no page)".to_vec(),
        ];
        look(Kind::Pdf, &pdf_of(&objects, "")).map(|seen| seen.extent)
    };
    assert_eq!(with_pages("3 0 R 77 0 R 4 0 R 78 0 R"), Ok(Extent::Pages(1)));
    assert_eq!(with_pages("77 0 R 4 0 R"), Err(Refusal::NoPages));
}

#[test]
fn an_image_that_is_too_large_is_offered_smaller_and_only_made_so_when_asked() {
    for (kind, bytes) in [(Kind::Png, png(&noise(1000, 600))), (Kind::Jpg, jpg(&noise(1750, 1050)))] {
        let size = bytes.len() as u64;
        assert!(size > MOST_BYTES, "{size}");
        let refused = look(kind, &bytes);
        let Err(Refusal::TooLarge { bytes: said, could_be: Some(scaled) }) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(said, size);
        let seen = look_at(kind, &bytes, Wish::ScaledDown).unwrap();
        let anew = seen.anew.unwrap();
        assert_eq!(seen.extent, pixels(scaled.width, scaled.height));
        let expected = Scaled { kind: Kind::Jpg, bytes: anew.len() as u64, ..scaled };
        assert_eq!(scaled, expected);
        assert!(scaled.bytes <= MOST_BYTES && scaled.width > 799);
        // Its sides are to one another as they were.
        let sides = f64::from(scaled.width) / f64::from(scaled.height);
        assert!((sides - 5.0 / 3.0).abs() < 0.01, "{scaled:?}");
    }
    let large = vec![b' '; usize::try_from(MOST_BYTES).unwrap() + 1];
    let large_pdf = [b"%PDF-1.7".to_vec(), large].concat();
    let bytes = large_pdf.len() as u64;
    assert_eq!(look(Kind::Pdf, &large_pdf), Err(Refusal::TooLarge { bytes, could_be: None }));
}

#[test]
fn pdfs_that_do_more_than_show_pages() {
    for (does, catalogue, object) in [
        (Active::JavaScript, "/OpenAction 5 0 R", "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        (Active::JavaScript, "/Names << /JavaScript 5 0 R >>", "<< /Names [(a) 6 0 R] >>"),
        (Active::JavaScript, "", "<< /S /J#61vaScript /#4AS (app.alert) >>"),
        (Active::Launch, "", "<< /Type /Action /S /Launch /F (calc.exe) >>"),
        (Active::Attachment, "/Names << /EmbeddedFiles 5 0 R >>", "<< /Names [(a) 6 0 R] >>"),
        (Active::Attachment, "/Names << /EmbeddedFiles 5 0 R >>", "<< /Kids [6 0 R] >>"),
        (Active::Attachment, "/Names << /EmbeddedFiles 5 0 R >>", "<< /Names [] /Names [(a) 6 0 R] >>"),
        (Active::JavaScript, "/Names << /JavaScript << /Names 5 0 R >> >>", "[(a) 6 0 R]"),
        (Active::JavaScript, "/Names << /JavaScript << /Names [] /Kids 9 0 R >> >>", "null"),
        (Active::Attachment, "", "<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>"),
        (Active::Attachment, "", "<< /Type /Annot /Subtype /FileAttachment >>"),
        (Active::Action, "/OpenAction << /S /URI /URI (http://malo.example) >>", "null"),
        (Active::Action, "/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /Named >> >>", "null"),
        (Active::Action, "/AcroForm << /XFA 5 0 R >>", "<< >>"),
        (Active::Action, "/AA << /WC 5 0 R >>", "<< >>"),
        (Active::Action, "", "<< /S /SubmitForm /F (http://malo.example) >>"),
    ] {
        let seen = look(Kind::Pdf, &pdf(catalogue, &[object]));
        assert_eq!(seen, Err(Refusal::Active(does)), "{catalogue} {object}");
    }
    for harmless in ["/OpenAction [3 0 R /Fit]", "/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", "/Lang (es)"] {
        assert!(look(Kind::Pdf, &pdf(harmless, &["<< /S /URI /URI (http://sence.example) >>"])).is_ok());
    }
}

/// With an object stream, whether a table leads to what is in it or not.
fn with_object_stream(object: &str) -> Vec<u8> {
    let plain = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R >>".to_vec(),
        object_stream(object),
    ];
    pdf_of(&plain, "")
}

#[test]
fn what_is_packed_away_is_found_too() {
    for (does, object) in [
        (Active::JavaScript, "<< /S /JavaScript /JS (app.alert) >>"),
        (Active::Launch, "<< /S /L#61unch >>"),
        (Active::Attachment, "<< /Type /EmbeddedFile >>"),
    ] {
        assert_eq!(look(Kind::Pdf, &with_object_stream(object)), Err(Refusal::Active(does)), "{object}");
    }
    assert!(look(Kind::Pdf, &with_object_stream("<< /Type /Font >>")).is_ok());
    // Nothing leads there, but a reader that mends files would find it.
    let mut unlisted = pdf("", &[]);
    unlisted.splice(15..15, b"9 0 obj\n<< /S /Launch >>\nendobj\n".to_vec());
    assert_eq!(look(Kind::Pdf, &unlisted), Err(Refusal::Active(Active::Launch)));
}

#[test]
fn a_pdf_that_unpacks_to_too_much() {
    let zeroes = stream("/Type /ObjStm /N 1 /First 6", &vec![b' '; 70 * 1024 * 1024]);
    assert!(zeroes.len() < 100_000);
    let bomb = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R >>".to_vec(),
        zeroes,
    ];
    assert_eq!(look(Kind::Pdf, &pdf_of(&bomb, "")), Err(Refusal::TooComplicated));
}

/// Each saving leaves one more object of a number, and each may refer to all of another number.
#[test]
fn references_that_multiply_are_not_all_followed() {
    let with = |objects: &str| {
        let mut bytes = pdf("", &[]);
        let end = memchr::memmem::rfind(&bytes, b"startxref").unwrap();
        bytes.splice(end..end, objects.bytes());
        look(Kind::Pdf, &bytes)
    };
    let copies = |object: &str| format!("50 0 obj {object} endobj\n").repeat(64);
    assert!(with(&copies("50 0 R")).is_ok());

    let nothing = "51 0 obj null endobj\n".repeat(64);
    let actions = copies(&format!("<< /AA 50 0 R {} >>", "/E 51 0 R ".repeat(20)));
    assert_eq!(with(&format!("{actions}{nothing}")), Err(Refusal::TooComplicated));
}

#[test]
fn pdfs_that_are_closed_or_have_no_pages() {
    let closed = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (1) /U (2) >>";
    assert_eq!(look(Kind::Pdf, &pdf_with_trailer("", &[], closed)), Err(Refusal::Encrypted));
    let closed = "/Encrypt 5 0 R";
    assert_eq!(look(Kind::Pdf, &pdf_with_trailer("", &["<< >>"], closed)), Err(Refusal::Encrypted));
    let no_pages = [b"<< /Type /Catalog >>".to_vec()];
    assert_eq!(look(Kind::Pdf, &pdf_of(&no_pages, "")), Err(Refusal::NoPages));
    let in_a_circle = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>".to_vec(),
    ];
    assert_eq!(look(Kind::Pdf, &pdf_of(&in_a_circle, "")), Err(Refusal::NoPages));
    let and_a_zip = [pdf("", &[]), b"PK\x05\x06".to_vec(), vec![0; 18]].concat();
    assert_eq!(look(Kind::Pdf, &and_a_zip), Err(Refusal::Damaged { kind: Kind::Pdf }));
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(look(Kind::Pdf, &pdf("", &[&deep])), Err(Refusal::TooComplicated));
}

#[test]
fn an_answer_that_does_not_hold_together_is_none() {
    let (given, kind) = (jpg(&corners(16, 16)), Kind::Jpg);
    let mut answer = Vec::new();
    protocol::answer(kind, Wish::AsItIs, &given[..], &mut answer).unwrap();
    let checked = protocol::understand(kind, &given, &answer).unwrap();
    assert_eq!((checked.kind(), checked.extent()), (Kind::Jpg, pixels(16, 16)));
    for cut in 0..answer.len() {
        let said = protocol::understand(kind, &given, &answer[..cut]);
        assert_eq!(said, Err(Refusal::Damaged { kind }), "{cut}");
    }
    let of_a_pdf = br#"{"fits":{"kind":"Pdf","extent":{"Pages":1},"bytes":0}}"#;
    let said = protocol::understand(kind, &given, &[&of_a_pdf[..], b"\n"].concat());
    assert_eq!(said, Err(Refusal::Damaged { kind }));
    let own = pdf("", &[]);
    let part = &own[1..own.len() - 1];
    let told =
        format!("{{\"fits\":{{\"kind\":\"Pdf\",\"extent\":{{\"Pages\":2}},\"bytes\":{}}}}}\n", part.len());
    let given = [b"\xef\xbb\xbf", &own[..]].concat();
    let mut answer = Vec::new();
    protocol::answer(Kind::Pdf, Wish::AsItIs, &given[..], &mut answer).unwrap();
    assert_eq!(protocol::understand(Kind::Pdf, &given, &answer).unwrap().bytes(), own);
    let not_a_pdf = [told.as_bytes(), part].concat();
    let invented = [told.as_bytes(), &vec![b' '; part.len()]].concat();
    for answer in [not_a_pdf, invented] {
        let said = protocol::understand(Kind::Pdf, &given, &answer);
        assert_eq!(said, Err(Refusal::Damaged { kind: Kind::Pdf }));
    }
    let mut refused = Vec::new();
    protocol::answer(Kind::Pdf, Wish::AsItIs, &b""[..], &mut refused).unwrap();
    assert_eq!(protocol::understand(Kind::Pdf, b"", &refused), Err(Refusal::Empty));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_stands_before_an_action_hides_it(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        between in prop::sample::select(vec!["", "(", "<<", "[", "%", "<", "stream\n", "9 0 obj\n(", "\\"]),
    ) {
        let mut bytes = with_object_stream("<< /Type /Font /A (b) >>");
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.extend(between.as_bytes());
        bytes.extend(b"\n9 0 obj << /S /Launch >> endobj\n%%EOF");
        prop_assert!(harmless_part(&bytes).is_err());
    }

    #[test]
    fn whatever_is_changed_in_it_is_seen_or_refused(
        which in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let kind = Kind::ALL[which];
        let mut bytes = match kind {
            Kind::Jpg => with_exif(&jpg(&corners(24, 24)), 6),
            Kind::Png => png(&corners(24, 24)),
            Kind::Pdf => with_object_stream("<< /Type /Font >>"),
        };
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(seen) = look(kind, &bytes) {
            // Of a PDF whose head or end was changed, a part may be left.
            prop_assert!(seen.anew.is_some() || kind == Kind::Pdf);
        }
    }
}
