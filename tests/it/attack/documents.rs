//! Documents that would do more than be read, and harmless ones that look as if they did, each
//! handed to the real process that examines them (T15, S16).

use totem::documents::Checker;
use totem::domain::document::{Active, Extent, Kind, Refusal};

use super::pdf::{Pdf, deflated, stream, with};

const DAMAGED: Refusal = Refusal::Damaged { kind: Kind::Pdf };
const SCRIPT: Refusal = Refusal::Active(Active::JavaScript);
const LAUNCH: Refusal = Refusal::Active(Active::Launch);
const CARRIES: Refusal = Refusal::Active(Active::Attachment);
const ACTS: Refusal = Refusal::Active(Active::Action);

fn checker() -> Checker {
    Checker::by(crate::program::program().into())
}

type Case = (&'static str, Vec<u8>, Refusal);

/// Objects that are packed, in streams that don't say so as they should.
fn packed_away() -> Vec<Case> {
    let script = "<< /S /JavaScript /JS (app.alert(1)) >>";
    let launch = "<< /S /Launch /F (calc.exe) >>";
    let file = "<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>";
    vec![
        ("a stream without a type", Pdf::new("").packed("", script).end(), SCRIPT),
        (
            "its type in another object",
            Pdf::new("").object(5, "/ObjStm").packed("/Type 5 0 R", launch).end(),
            LAUNCH,
        ),
        ("its type is another", Pdf::new("").packed("/Type /XObject /Subtype /Image", file).end(), CARRIES),
        ("its type is written in escapes", Pdf::new("").packed("/Type /Obj#53tm", script).end(), SCRIPT),
        ("its type is nowhere", Pdf::new("").packed("/Type 77 0 R", script).end(), SCRIPT),
        (
            "nothing says where its first begins",
            Pdf::new("")
                .raw(
                    9,
                    0,
                    &stream("/N 1 /Filter /FlateDecode", &deflated(format!("50 5 {script}").as_bytes())),
                )
                .end(),
            SCRIPT,
        ),
        (
            "not compressed",
            Pdf::new("")
                .raw(9, 0, &stream("/Type /ObjStm /N 1 /First 5", format!("50 0 {script}").as_bytes()))
                .end(),
            SCRIPT,
        ),
    ]
}

/// The same, in ways in which no writer packs objects.
fn packed_oddly() -> Vec<Case> {
    let script = "<< /S /JavaScript /JS (app.alert(1)) >>";
    let chained = deflated(&deflated(format!("50 0 {script}").as_bytes()));
    let within_a_string = deflated(format!("50 1 ({script})").as_bytes());
    let within_a_string = stream("/N 1 /First 5 /Filter /FlateDecode", &within_a_string);
    let in_letters: String =
        deflated(format!("50 0 {script}").as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    vec![
        (
            "packed twice",
            Pdf::new("")
                .raw(9, 0, &stream("/N 1 /First 5 /Filter [/FlateDecode /FlateDecode]", &chained))
                .end(),
            Refusal::TooComplicated,
        ),
        (
            "packed, and written as digits, without a first",
            Pdf::new("")
                .raw(9, 0, &stream("/N 1 /Filter [/ASCIIHexDecode /FlateDecode]", in_letters.as_bytes()))
                .end(),
            Refusal::TooComplicated,
        ),
        (
            "how it is packed stands elsewhere",
            Pdf::new("")
                .object(6, "/FlateDecode")
                .raw(9, 0, &stream("/N 1 /First 5 /Filter 6 0 R", &deflated(script.as_bytes())))
                .end(),
            Refusal::TooComplicated,
        ),
        (
            "with a predictor",
            Pdf::new("").packed("/DecodeParms << /Predictor 12 /Columns 5 >>", script).end(),
            Refusal::TooComplicated,
        ),
        (
            "packed bytes that break off",
            Pdf::new("")
                .raw(9, 0, &stream("/N 1 /First 5 /Filter /FlateDecode", &deflated(script.as_bytes())[..20]))
                .end(),
            DAMAGED,
        ),
        ("an object within a string of another", Pdf::new("").raw(9, 0, &within_a_string).end(), SCRIPT),
    ]
}

/// Other ways to hide an object.
fn hidden() -> Vec<Case> {
    let launch = b"<< /S /Launch /F (calc.exe) >>";
    let in_a_stream = stream("", &[b"8 0 obj\n", &launch[..], b"\nendobj"].concat());
    let mut updated = Pdf::new("").end();
    let mut next = Pdf { bytes: std::mem::take(&mut updated), places: Vec::new() };
    let updated = next
        .object(1, "<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>")
        .object(4, "<< /S /Named /N /Print >>");
    let updated = updated.end();
    vec![
        ("another generation", Pdf::new("").raw(4, 7, launch).end(), LAUNCH),
        ("no table leads there", Pdf::new("").loose(b"8 0 obj << /S /Launch >> endobj\n").end(), LAUNCH),
        ("within another stream", Pdf::new("").raw(4, 0, &in_a_stream).end(), LAUNCH),
        ("within a string", with("(8 0 obj << /S /Launch >> endobj)"), LAUNCH),
        ("within a comment", Pdf::new("").loose(b"% 8 0 obj << /S /Launch >> endobj\n").end(), LAUNCH),
        ("a comment within its head", Pdf::new("").loose(b"8 0 % a\nobj << /A 1 >> endobj\n").end(), DAMAGED),
        ("added by a second saving", updated, ACTS),
        (
            "the kind of action in another object",
            Pdf::new("").object(4, "<< /S 5 0 R >>").object(5, "/JavaScript").end(),
            SCRIPT,
        ),
        (
            "the kind of action packed",
            Pdf::new("").object(4, "<< /S 50 0 R >>").packed("", "/Launch").end(),
            LAUNCH,
        ),
        ("a key twice", with("<< /S /URI /S /JavaScript >>"), SCRIPT),
        ("a comment between", with("<< /S%\n/JavaScript%\n/JS(a)>>"), SCRIPT),
        ("a dictionary without a key", with("<< 5 /A /S /JavaScript >>"), DAMAGED),
        ("a dictionary that does not end", Pdf::new("").loose(b"8 0 obj << /S /Launch").end(), DAMAGED),
    ]
}

/// Links that leave the Web.
fn links() -> Vec<Case> {
    vec![
        ("a link to a share", with(r"<< /S /URI /URI (\\\\malo\\a) >>"), ACTS),
        ("a link to a file", with("<< /S /URI /URI (file:///etc/passwd) >>"), ACTS),
        (
            "a link to a share, by its base",
            Pdf::new("/URI << /Base (file://malo/) >>").object(4, "<< /S /URI /URI (a) >>").end(),
            ACTS,
        ),
        ("a link that is a script", with("<< /S /URI /URI (java\\\nscript:alert\\(1\\)) >>"), ACTS),
        ("a link whose words are digits", with("<< /S /URI /URI <5C5C6D616C6F5C61> >>"), ACTS),
    ]
}

fn deeds() -> Vec<Case> {
    vec![
        (
            "a share of another machine",
            with(r"<< /S /GoToR /F (\\\\malo\\carpeta\\a.pdf) /D [0 /Fit] >>"),
            ACTS,
        ),
        (
            "a file of another machine",
            with(r"<< /Type /Annot /A << /S /GoToR /F << /F (\\\\malo\\a) >> >> >>"),
            ACTS,
        ),
        ("a file within another", with("<< /S /GoToE /T << /R /C >> >>"), CARRIES),
        (
            "bytes of a stream elsewhere",
            Pdf::new("").raw(4, 0, &stream("/F (C:\\\\Windows\\\\win.ini)", b"")).end(),
            ACTS,
        ),
        (
            "a page of another file",
            Pdf::new("")
                .raw(4, 0, &stream("/Type /XObject /Subtype /Form /Ref << /F (a.pdf) /Page 0 >>", b""))
                .end(),
            ACTS,
        ),
        ("a file's place", with(r"<< /Type /Filespec /FS /URL /F (http://malo.example/a) >>"), ACTS),
        ("a form that sends", with("<< /S /SubmitForm /F << /FS /URL /F (http://malo.example) >> >>"), ACTS),
        ("a form that takes data in", with("<< /S /ImportData /F (a.fdf) >>"), ACTS),
        ("a rendition with a script", with("<< /S /Rendition /JS (a) >>"), SCRIPT),
        (
            "a script of a three-dimensional picture",
            Pdf::new("").raw(4, 0, &stream("/Type /3D /OnInstantiate 5 0 R", b"")).end(),
            SCRIPT,
        ),
        (
            "scripts by name",
            Pdf::new("/Names << /JavaScript << /Names [(a) 4 0 R] >> >>").object(4, "null").end(),
            SCRIPT,
        ),
        ("a portfolio", Pdf::new("/Collection << /View /T >>").end(), CARRIES),
        (
            "an action when a page opens",
            with("<< /Type /Page /AA << /O << /S /URI /URI (http://malo.example) >> >> >>"),
            ACTS,
        ),
        (
            "an action on opening that goes on",
            Pdf::new("/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next 4 0 R >>").end(),
            ACTS,
        ),
    ]
}

/// What is too deep, too much, or no end.
fn bounds() -> Vec<Case> {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let mut tree = Pdf::new("/Other 4 0 R");
    tree.object(4, "<< /Pages 100 0 R >>");
    for number in 100..2100 {
        tree.object(number, &format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", number + 1));
    }
    let revisions = (0..70).fold(Pdf::new(""), |mut pdf, _| {
        pdf.object(4, "<< /A 1 >>");
        pdf
    });
    let overlapping = [b"%PDF-1.7\n".to_vec(), b"1 0 obj(".repeat(100_000), b"\n%%EOF".to_vec()].concat();
    let many = "[]".repeat(500_000);
    let bomb = stream("/N 1 /First 6 /Filter /FlateDecode", &deflated(&vec![b' '; 70 << 20]));
    let filters = stream("/Filter [/FlateDecode /FlateDecode /FlateDecode /FlateDecode /FlateDecode]", b"");
    let huge =
        b"%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 4294967295 /W [0 0 0] /Index [0 4294967295] /Root 1 0 R \
        /Length 0 >>\nstream\n\nendstream\nendobj\nstartxref\n9\n%%EOF\n";
    vec![
        ("400,000 arrays in one another", with(&nested(400_000)), Refusal::TooComplicated),
        ("the same, packed", Pdf::new("").packed("", &nested(400_000)).end(), Refusal::TooComplicated),
        (
            "the same, in a trailer",
            Pdf::new("").end_with(&format!("/A {}", nested(400_000))),
            Refusal::TooComplicated,
        ),
        (
            "dictionaries",
            with(&format!("{}1{}", "<</A ".repeat(100_000), ">>".repeat(100_000))),
            Refusal::TooComplicated,
        ),
        ("groups of pages", tree.end(), Refusal::TooComplicated),
        (
            "more revisions than anybody saves",
            {
                let mut revisions = revisions;
                revisions.end()
            },
            Refusal::TooComplicated,
        ),
        ("objects within objects", overlapping, Refusal::TooComplicated),
        (
            "packed values without number",
            Pdf::new("").packed("", &format!("[{}]", many.repeat(5))).end(),
            Refusal::TooComplicated,
        ),
        ("a stream that unpacks to too much", Pdf::new("").raw(4, 0, &bomb).end(), Refusal::TooComplicated),
        ("a stream through many filters", Pdf::new("").raw(4, 0, &filters).end(), Refusal::TooComplicated),
        ("a table of four thousand million", huge.to_vec(), DAMAGED),
    ]
}

fn two_files_in_one() -> Vec<Case> {
    let pdf = Pdf::new("").end();
    vec![
        ("an archive behind", [&pdf[..], b"PK\x05\x06", &[0; 18]].concat(), DAMAGED),
        ("another PDF behind, without its end", [&pdf[..], b"%PDF-1.4\n1 0 obj"].concat(), DAMAGED),
        ("an archive before", [b"PK\x03\x04\n", &pdf[..]].concat(), DAMAGED),
        ("a program before", [b"MZ\x90\0\n", &pdf[..]].concat(), DAMAGED),
        ("a script before", [b"#!/bin/sh\nexit\n", &pdf[..]].concat(), DAMAGED),
    ]
}

#[tokio::test]
async fn what_does_more_than_show_pages_is_refused_however_it_is_hidden() {
    let cases =
        [packed_away(), packed_oddly(), hidden(), links(), deeds(), bounds(), two_files_in_one()].concat();
    let mut wrong = Vec::new();
    for (what, bytes, expected) in &cases {
        let said = checker().check("carta.pdf", bytes).await;
        if said.as_ref() != Err(expected) {
            wrong.push(format!("{what}: {said:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Files that people have, in which the words of an attack mean something else.
fn harmless() -> Vec<(&'static str, Vec<u8>)> {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    let profile = deflated(b"\x00\x00\x02\x30lcms\x02\x10\x00\x00mntrRGB XYZ ");
    vec![
        ("a link to a page called JavaScript", Pdf::new("/Dests << /JavaScript [3 0 R /Fit] /JS [3 0 R /Fit] >>").object(4, "<< /Type /Annot /Subtype /Link /Dest /JavaScript >>").end()),
        ("the same by name", Pdf::new("/Names << /Dests << /Names [(JavaScript) [3 0 R /Fit] (/Launch) [3 0 R /Fit]] >> >>").end()),
        ("fonts called /AA, /JS, /EF and /XFA", Pdf::new("").object(4, font).object(5, "<< /Font << /AA 4 0 R /JS 4 0 R /EF 4 0 R /XFA 4 0 R /F 4 0 R >> >>").end()),
        ("a title", Pdf::new("").object(4, "<< /Title (How to /Launch a /JavaScript) /Subject (/S /Launch) >>").end_with("/Info 4 0 R")),
        ("the reader's rights", Pdf::new("/Perms << /UR3 4 0 R >>").object(4, "<< /Type /Sig /Reference [<< /Type /SigRef /TransformMethod /UR3 /TransformParams << /V /2.2 /EF [/Create /Delete /Modify /Import] /Annots [/Create /Import] >> >>] >>").end()),
        ("text on a page", Pdf::new("").raw(4, 0, &stream("", b"BT (1. /JavaScript /Launch /EmbeddedFile) Tj ET")).end()),
        ("metadata", Pdf::new("").raw(4, 0, &stream("/Type /Metadata /Subtype /XML", b"<x>/EmbeddedFile obj/Launch</x>")).end()),
        ("a link to a page of the Web", with("<< /S /URI /URI (https://sence.gob.cl/a?b=c:d#e) >>")),
        ("a link to a mailbox", with("<< /S /URI /URI (mailto:ana@ejemplo.cl) >>")),
        ("a link without a scheme", with("<< /S /URI /URI (www.sence.cl/a) >>")),
        ("it opens at a page", Pdf::new("/OpenAction 4 0 R").object(4, "<< /S /GoTo /D [3 0 R /XYZ 0 792 1] >>").end()),
        ("packed fonts", Pdf::new("").packed("/Type /ObjStm", font).end()),
        ("a profile of colours", Pdf::new("").raw(4, 0, &stream("/N 3 /Filter /FlateDecode /Alternate /DeviceRGB", &profile)).end()),
        ("a profile of colours, as letters", Pdf::new("").raw(4, 0, &stream("/N 3 /Filter [/ASCII85Decode] /Alternate /DeviceRGB", b"87cURD]i,\"Ebo80~>")).end()),
        ("notes with flags", with("<< /Type /Annot /Subtype /Text /F 28 /Contents (x) >>")),
        ("very small numbers", with("<< /Matrix [1e-05 0 0 1.5E+3 -.5 +4.] /A 1e5 /B true /C null >>")),
        ("a picture's bytes", Pdf::new("").raw(4, 0, &stream("/Type /XObject /Subtype /Image /Filter /DCTDecode", b"\xff\xd8obj\xff<<obj/[")).end()),
    ]
}

#[tokio::test]
async fn what_only_looks_as_if_it_did_more_is_taken() {
    let mut wrong = Vec::new();
    for (what, bytes) in harmless() {
        match checker().check("carta.pdf", &bytes).await {
            Ok(seen) if seen.bytes() == bytes && seen.extent() == Extent::Pages(1) => {}
            said => wrong.push(format!("{what}: {said:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_stands_around_a_pdf_is_left_behind() {
    let pdf = Pdf::new("").end();
    let lead: [&[u8]; 4] = [b"", b"\xef\xbb\xbf", b"\n\r\n\n", &[b' '; 1024]];
    let tail: [&[u8]; 4] = [
        b"",
        b"\0\0\0\0",
        b"\n<!-- page served in 3 ms -->\n</html>",
        b"COPIER 2000 JOB 17 \x1b%-12345X@PJL EOJ\n",
    ];
    for before in lead {
        for after in tail {
            let given = [before, &pdf, after].concat();
            let seen = checker().check("carta.pdf", &given).await;
            let seen = seen.unwrap_or_else(|why| panic!("{before:?} {after:?}: {why}"));
            let kept = seen.bytes().trim_ascii_end();
            assert_eq!((kept, seen.extent()), (pdf.trim_ascii_end(), Extent::Pages(1)));
        }
    }
    let further = [&[b' '; 1025], &pdf[..]].concat();
    let refused = Refusal::NotWhatItsNameSays { named: Kind::Pdf, found: None };
    assert_eq!(checker().check("carta.pdf", &further).await, Err(refused));
}

/// Tables may count from the head of the PDF or from the file's first byte.
#[tokio::test]
async fn a_table_may_count_from_the_files_first_byte() {
    let mut shifted = Pdf::new("");
    shifted.bytes.splice(0..0, *b"HEAD\n");
    shifted.places.iter_mut().for_each(|(_, _, place)| *place += 5);
    let given = shifted.end();
    let seen = checker().check("carta.pdf", &given).await.unwrap();
    assert_eq!((seen.bytes(), seen.extent()), (&given[5..], Extent::Pages(1)));
}
