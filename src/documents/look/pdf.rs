//! PDFs: parsed as they are written, and once more as a reader would that mends them; refused when
//! anything in either does more than show pages.

use lopdf::{Document, LoadOptions, Object};

use super::{Seen, pdf_names};
use crate::domain::document::{Active, Extent, Kind, Refusal};

const DAMAGED: Refusal = Refusal::Damaged { kind: Kind::Pdf };
/// What one compressed stream may become: of the kind that holds objects, not pictures.
const MOST_UNPACKED_BYTES: usize = 64 * 1024 * 1024;
/// How deep objects may lie within one another.
const MOST_DEPTH: usize = 128;

/// Reads a PDF from end to end and counts its pages.
///
/// # Errors
/// When it is damaged, encrypted, or does more than show pages.
pub fn look_at(bytes: &[u8]) -> Result<Seen, Refusal> {
    if !ends_well(bytes) {
        return Err(DAMAGED);
    }
    if pdf_names::stands_in(bytes, b"Encrypt") {
        return Err(Refusal::Encrypted);
    }
    let written = load(bytes, false)?;
    let mended = load(bytes, true).ok();
    let all = [Some(&written), mended.as_ref()];
    let documents = || all.iter().flatten();
    if documents().any(|document| document.is_encrypted() || document.was_encrypted()) {
        return Err(Refusal::Encrypted);
    }
    let mut worst = pdf_names::active_in_raw(bytes);
    for document in documents() {
        worst = [worst, active_in(document)?].into_iter().flatten().min();
    }
    if let Some(active) = worst {
        return Err(Refusal::Active(active));
    }
    match u32::try_from(written.page_iter().count()) {
        Ok(pages) if pages > 0 => Ok(Seen { kind: Kind::Pdf, extent: Extent::Pages(pages), anew: None }),
        _ => Err(Refusal::NoPages),
    }
}

/// Whether nothing but blanks follows the last mark of its end: neither cut off, nor the head of
/// some other file.
fn ends_well(bytes: &[u8]) -> bool {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let end = bytes.iter().rposition(|byte| !is_blank(byte)).map_or(0, |last| last + 1);
    bytes[..end].ends_with(b"%%EOF")
}

fn load(bytes: &[u8], force_reconstruct: bool) -> Result<Document, Refusal> {
    let options = LoadOptions {
        max_decompressed_size: Some(MOST_UNPACKED_BYTES),
        force_reconstruct,
        ..LoadOptions::default()
    };
    Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            Refusal::TooComplicated
        }
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Refusal::Encrypted,
        _ => DAMAGED,
    })
}

/// The worst that any object does, whether or not a page leads to it.
fn active_in(document: &Document) -> Result<Option<Active>, Refusal> {
    let mut search = Search { document, worst: None };
    search.dictionary(&document.trailer, 0)?;
    for object in document.objects.values() {
        search.object(object, 0)?;
    }
    Ok(search.worst)
}

struct Search<'a> {
    document: &'a Document,
    worst: Option<Active>,
}

impl Search<'_> {
    fn note(&mut self, found: Option<Active>) {
        self.worst = [self.worst, found].into_iter().flatten().min();
    }

    fn object(&mut self, object: &Object, depth: usize) -> Result<(), Refusal> {
        if depth > MOST_DEPTH {
            return Err(Refusal::TooComplicated);
        }
        match object {
            Object::Name(name) => self.note(pdf_names::active(name)),
            Object::Array(items) => {
                for item in items {
                    self.object(item, depth + 1)?;
                }
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, depth)?,
            Object::Stream(stream) => {
                self.dictionary(&stream.dict, depth)?;
                // Objects within that the tables don't lead to.
                if stream.dict.has_type(b"ObjStm") {
                    let plain = stream.get_plain_content_with_limit(MOST_UNPACKED_BYTES);
                    self.note(pdf_names::active_in_raw(&plain.map_err(|_| DAMAGED)?));
                }
            }
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::String(..)
            | Object::Reference(_) => {}
        }
        Ok(())
    }

    fn dictionary(&mut self, dictionary: &lopdf::Dictionary, depth: usize) -> Result<(), Refusal> {
        for (key, value) in dictionary.iter() {
            self.note(pdf_names::active(key));
            if key == b"OpenAction" && !self.only_shows_a_page(value) {
                self.note(Some(Active::Action));
            }
            self.object(value, depth + 1)?;
        }
        Ok(())
    }

    /// Word processors say so at which page and size to open.
    fn only_shows_a_page(&self, opening: &Object) -> bool {
        match self.document.dereference(opening) {
            Ok((_, Object::Array(_) | Object::Name(_) | Object::String(..) | Object::Null)) => true,
            Ok((_, Object::Dictionary(action))) => {
                let is_go_to = matches!(action.get(b"S"), Ok(Object::Name(kind)) if kind == b"GoTo");
                is_go_to && !action.has(b"Next")
            }
            _ => false,
        }
    }
}
