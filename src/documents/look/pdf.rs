//! PDFs: every object that any reader might find is looked at, and the file is refused when one of
//! them does more than show pages, or when readers would differ about what it holds.

mod cipher;
mod deeds;
mod lexer;
mod objects;
mod part;
mod readable;
mod streams;
mod value;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use lopdf::{Document, LoadOptions};

use self::cipher::Cipher;
use self::objects::Objects;
use self::value::{DAMAGED, Dictionary, Parser, PdfValue};
use super::Seen;
use crate::domain::document::{Extent, Kind, Refusal};

/// How deep pages may be ordered in groups. Those of a thousand pages need three.
const MOST_LEVELS_OF_PAGES: usize = 64;

/// Reads a PDF from end to end and counts its pages. What stands before its head and after its end
/// is left behind.
///
/// # Errors
/// When it is damaged, asks for a password, does more than show pages, or hides another file.
pub fn look_at(given: &[u8]) -> Result<Seen, Refusal> {
    let (part, readable) = examined(given)?;
    let pages = pages(&readable)?;
    let anew = (part.len() < given.len()).then(|| given[part].to_vec());
    Ok(Seen { kind: Kind::Pdf, extent: Extent::Pages(pages), anew })
}

/// The part of a file that is its PDF, in which nothing does more than show pages, whatever a reader
/// finds there.
///
/// # Errors
/// When there is none, or something does.
pub fn harmless_part(given: &[u8]) -> Result<Range<usize>, Refusal> {
    examined(given).map(|(part, _)| part)
}

/// The same part, and what the library reads of it.
fn examined(given: &[u8]) -> Result<(Range<usize>, Cow<'_, [u8]>), Refusal> {
    let part = part::of(given).ok_or(DAMAGED)?;
    let bytes = &given[part.clone()];
    let mut parser = Parser::default();
    let mut objects = Objects::read(bytes, &mut parser)?;
    let is_encrypted = objects.trailers().any(|trailer| trailer.has(b"Encrypt"));
    if is_encrypted && is_ambiguous(&objects) {
        return Err(Refusal::TooComplicated);
    }
    let readable = readable::for_library(bytes, &objects, &mut parser)?;
    let cipher = is_encrypted.then(|| opened(&readable).and_then(|document| Cipher::of(&document)));
    let cipher = cipher.transpose()?;
    objects.unpack(bytes, &mut parser, cipher.as_ref())?;
    if let Some(cipher) = &cipher {
        objects.add_decrypted(cipher)?;
    }
    if let Some(active) = deeds::worst(&objects) {
        return Err(Refusal::Active(active));
    }
    refuse_deep_pages(&objects)?;
    objects.is_whole()?;
    Ok((part, readable))
}

/// As a reader counts them. A page that can't be loaded is none; but where one can't, a reader that
/// mends the file may find it.
fn pages(bytes: &[u8]) -> Result<u32, Refusal> {
    let count = |document: &Document| {
        let pages: Vec<_> = document.page_iter().collect();
        let loaded = pages.iter().filter(|page| document.get_dictionary(**page).is_ok()).count();
        (loaded, pages.len() > loaded || loaded == 0)
    };
    let (loaded, is_one_missing) = count(&load(bytes)?);
    let mended = if is_one_missing { load_by(bytes, true).ok() } else { None };
    let pages = mended.map_or(loaded, |document| count(&document).0.max(loaded));
    match u32::try_from(pages) {
        Ok(pages) if pages > 0 => Ok(pages),
        _ => Err(Refusal::NoPages),
    }
}

/// Whether the file says in two ways how it is encrypted, or which file it is: the key comes of both.
fn is_ambiguous(objects: &Objects) -> bool {
    let mut ways: Vec<&PdfValue> = Vec::new();
    let mut files: Vec<&PdfValue> = Vec::new();
    for trailer in objects.trailers().filter(|trailer| trailer.has(b"Encrypt")) {
        ways.extend(objects.of_key(trailer, b"Encrypt").iter().map(|way| way.value));
        files.extend(objects.of_key(trailer, b"ID").iter().filter_map(|id| match id.value {
            PdfValue::Array(parts) => parts.first(),
            _ => None,
        }));
    }
    [ways, files].iter().any(|said| said.windows(2).any(|pair| pair[0] != pair[1]))
}

/// One that is encrypted. What keeps it from being read is taken for its cipher.
fn opened(bytes: &[u8]) -> Result<Document, Refusal> {
    load(bytes).map_err(|why| if why == DAMAGED { Refusal::Encrypted } else { why })
}

/// As a reader reads it; one that mends where tables lead nowhere, as they do when something stood
/// before the head. Without a password.
fn load(bytes: &[u8]) -> Result<Document, Refusal> {
    let document = load_by(bytes, false).or_else(|_| load_by(bytes, true))?;
    if document.is_encrypted() { Err(Refusal::Encrypted) } else { Ok(document) }
}

fn load_by(bytes: &[u8], force_reconstruct: bool) -> Result<Document, Refusal> {
    let options = LoadOptions {
        max_decompressed_size: Some(streams::MOST_UNPACKED_BYTES),
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

/// Readers that follow a tree of pages by calling themselves run out of stack.
fn refuse_deep_pages(objects: &Objects) -> Result<(), Refusal> {
    let roots = objects.all().filter_map(|object| match object.value {
        PdfValue::Dictionary(dictionary) => Some(objects.of_key(dictionary, b"Pages")),
        _ => None,
    });
    let mut level: Vec<_> = roots.flatten().collect();
    let mut known: HashSet<*const Dictionary> = HashSet::new();
    for _ in 0..MOST_LEVELS_OF_PAGES {
        let mut below = Vec::new();
        for node in level {
            let PdfValue::Dictionary(node) = node.value else { continue };
            if known.insert(std::ptr::from_ref(node)) {
                let kids = objects.of_key(node, b"Kids").into_iter().filter_map(|kids| match kids.value {
                    PdfValue::Array(kids) => Some(kids),
                    _ => None,
                });
                below.extend(kids.flatten().flat_map(|kid| objects.resolve(kid)));
            }
        }
        if below.is_empty() {
            return Ok(());
        }
        level = below;
    }
    Err(Refusal::TooComplicated)
}
