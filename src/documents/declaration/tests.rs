//! The built-in template, and templates as word processors leave them.

use proptest::prelude::*;

use super::*;

fn fields() -> DeclarationFields {
    DeclarationFields {
        company: "ÑANDÚ & HIJOS <LTDA>".into(),
        company_rut: "76543210-3".parse().unwrap(),
        representative: "ANA \"ANITA\" SOTO".into(),
        representative_rut: "11111111-1".parse().unwrap(),
        on: Date::from_calendar_date(2026, time::Month::November, 3).unwrap(),
    }
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// A `.docx` as far as we read it.
fn docx(document: &str) -> Vec<u8> {
    docx_with("word/document.xml", document)
}

fn docx_with(name: &str, document: &str) -> Vec<u8> {
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    written.start_file(name, options).unwrap();
    written.write_all(document.as_bytes()).unwrap();
    written.start_file("word/media/image1.png", options).unwrap();
    written.write_all(b"{{not a place}}").unwrap();
    written.finish().unwrap().into_inner()
}

fn filled(document: &str) -> Result<String, DeclarationError> {
    fill(&docx(document), &fields()).map(|docx| part(&docx, "word/document.xml"))
}

#[test]
fn the_built_in_one_is_filled_in_and_says_whose_it_is() {
    let filled = fill(BUILT_IN, &fields()).unwrap();
    let text = part(&filled, "word/document.xml");
    assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
    for expected in [
        "ÑANDÚ &amp; HIJOS &lt;LTDA&gt;",
        "76.543.210-3",
        "ANA &quot;ANITA&quot; SOTO",
        "11.111.111-1",
        "03-11-2026",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(part(&filled, "word/footer1.xml").contains("documents.declaration_template"));
    let names = |docx: &[u8]| -> Vec<String> {
        let archive = ZipArchive::new(Cursor::new(docx.to_vec())).unwrap();
        (0..archive.len()).map(|n| archive.name_for_index(n).unwrap().unwrap().to_string()).collect()
    };
    assert_eq!(names(&filled), names(BUILT_IN));
}

#[test]
fn a_place_in_pieces_is_one_place() {
    let split = "<w:p><w:r><w:t>De {</w:t></w:r><w:proofErr w:type=\"x\"/><w:r><w:t xml:space=\"preserve\">{Em</w:t>\
                 </w:r><w:r><w:t>presa }</w:t></w:r><w:r><w:t>} y {{fecha}}, a {{fecha}} &amp; fin</w:t></w:r></w:p>";
    let expected = "<w:p><w:r><w:t xml:space=\"preserve\">De ÑANDÚ &amp; HIJOS &lt;LTDA&gt;</w:t></w:r>\
                    <w:proofErr w:type=\"x\"/><w:r><w:t xml:space=\"preserve\"></w:t></w:r><w:r>\
                    <w:t xml:space=\"preserve\"></w:t></w:r><w:r><w:t xml:space=\"preserve\"> y 03-11-2026, \
                    a 03-11-2026 &amp; fin</w:t></w:r></w:p>";
    assert_eq!(filled(split).unwrap(), expected);
}

#[test]
fn a_letter_saved_by_word_on_the_web_is_filled_in() {
    for name in ["word/document2.xml", "word/document.xml", "word/document11.xml"] {
        let saved = docx_with(name, "<w:p><w:t>{{empresa}}</w:t></w:p>");
        let filled = fill(&saved, &fields()).unwrap();
        assert!(part(&filled, name).contains("ÑANDÚ"), "{name}");
    }
    let of_glossary = docx_with("word/glossary/document.xml", "<w:p><w:t>{{empresa}}</w:t></w:p>");
    assert_eq!(fill(&of_glossary, &fields()), Err(DeclarationError::NoPlace));
}

#[test]
fn what_can_not_be_filled_in_is_named() {
    let in_text =
        |text: &str| filled(&format!("<w:p><w:t>{text}</w:t></w:p><w:p><w:t>{{{{empresa}}}}</w:t></w:p>"));
    assert_eq!(in_text("{{firma}}"), Err(DeclarationError::UnknownPlace("firma".into())));
    assert_eq!(in_text("{{fecha"), Err(DeclarationError::OpenPlace("fecha".into())));
    assert!(in_text("} { }} {fecha}").is_ok());
    assert_eq!(filled("<w:p><w:t>{{fecha}}</w:t></w:p>"), Err(DeclarationError::NoPlace));
    for broken in ["<w:p>", "<!DOCTYPE x [<!ENTITY a \"b\">]><w:p/>", "<w:p><w:t>&a;</w:t></w:p>"] {
        let broken = filled(&format!("{broken}<w:p><w:t>{{{{empresa}}}}</w:t></w:q>"));
        assert!(matches!(broken, Err(DeclarationError::NotDocx(_))), "{broken:?}");
    }
    assert!(matches!(fill(b"PK\x03\x04", &fields()), Err(DeclarationError::NotDocx(_))));
    assert!(matches!(fill(b"{{empresa}}", &fields()), Err(DeclarationError::NotDocx(_))));
}

#[test]
fn a_text_box_is_a_paragraph_within_a_paragraph() {
    let text = "<w:p><w:t>{{empr</w:t><w:p><w:t>{{fecha}}</w:t></w:p><w:t>esa}}</w:t></w:p>";
    let expected = "<w:p><w:t xml:space=\"preserve\">ÑANDÚ &amp; HIJOS &lt;LTDA&gt;</w:t><w:p>\
                    <w:t xml:space=\"preserve\">03-11-2026</w:t></w:p><w:t xml:space=\"preserve\"></w:t></w:p>";
    assert_eq!(filled(text).unwrap(), expected);
}

proptest! {
    #[test]
    fn no_value_becomes_markup(name in ".{0,80}") {
        let fields = DeclarationFields { company: Clean::from(name), ..fields() };
        let text = part(&fill(BUILT_IN, &fields).unwrap(), "word/document.xml");
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut elements = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(_) => elements += 1,
                _ => {}
            }
        }
        let template = part(BUILT_IN, "word/document.xml");
        let closing = template.matches("</").count();
        prop_assert_eq!(elements, closing);
    }

    #[test]
    fn anything_at_all_is_a_docx_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..600), text in ".{0,200}") {
        let _ = fill(&bytes, &fields());
        let _ = filled(&text);
    }
}
