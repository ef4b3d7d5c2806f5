//! Streams that hold objects: which may, and what they unpack to.

use std::collections::HashMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::lexer::{Lexer, PdfToken};
use super::value::{DAMAGED, Dictionary, Parser, PdfValue};
use crate::domain::document::Refusal;

/// What all streams of objects together may unpack to.
pub const MOST_UNPACKED_BYTES: usize = 64 * 1024 * 1024;
/// How many filters a stream may pass through; two are usual.
const MOST_FILTERS: usize = 4;
const STREAM: &[u8] = b"stream";

/// Where a stream's bytes begin, if its dictionary ended there and one follows.
pub fn begins_at(bytes: &[u8], end: usize) -> Option<usize> {
    let mut lexer = Lexer::new(bytes, end);
    lexer.skip_blanks()?;
    let rest = bytes[lexer.at()..].strip_prefix(STREAM)?;
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let line_end = match rest[blanks..] {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    Some(bytes.len() - rest.len() + blanks + line_end)
}

/// How long a stream may be whose bytes begin here, by the word that ends it: with and without the
/// end of the line before.
pub fn lengths(raw: &[u8]) -> impl Iterator<Item = usize> {
    let end = memmem::find(raw, b"endstream").unwrap_or(raw.len());
    let line_end = match &raw[..end] {
        [.., b'\r', b'\n'] => 2,
        [.., b'\r' | b'\n'] => 1,
        _ => 0,
    };
    (0..=line_end).map(move |less| end - less)
}

/// A stream of objects, or what some readers take for one.
pub struct PackedStream {
    filters: Vec<Vec<u8>>,
    /// Where its first object may be.
    firsts: Vec<usize>,
    /// A profile of colours has a number under the same key as a stream of objects, and none that
    /// says where the first begins.
    may_be_a_profile: bool,
}

/// Readers differ in whether they look at the type: the keys that they need decide.
///
/// # Errors
/// When it passes through too many filters, or may hold objects and leaves to others how it is to
/// be read.
pub fn holder(dictionary: &Dictionary) -> Result<Option<PackedStream>, Refusal> {
    let filters = filters(dictionary);
    if filters.len() > MOST_FILTERS {
        return Err(Refusal::TooComplicated);
    }
    let has_first = dictionary.has(b"First");
    if !has_first && !dictionary.has(b"N") {
        return Ok(None);
    }
    let told = [&b"Filter"[..], b"First"].into_iter().flat_map(|key| dictionary.all(key));
    let parameters = [&b"DecodeParms"[..], b"DP"].into_iter().flat_map(|key| dictionary.all(key));
    let is_plain = parameters.into_iter().all(|value| *value == PdfValue::Other);
    if !is_plain || told.into_iter().any(PdfValue::refers) {
        return Err(Refusal::TooComplicated);
    }
    let firsts = dictionary.all(b"First").filter_map(|first| match first {
        PdfValue::Integer(first) => usize::try_from(*first).ok(),
        _ => None,
    });
    let mut firsts: Vec<usize> = firsts.collect();
    if firsts.is_empty() {
        firsts.push(0);
    }
    Ok(Some(PackedStream { filters, firsts, may_be_a_profile: !has_first }))
}

/// The names of filters, in their order.
fn filters(dictionary: &Dictionary) -> Vec<Vec<u8>> {
    let mut names = Vec::new();
    for filter in dictionary.all(b"Filter") {
        let items = match filter {
            PdfValue::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        names.extend(items.iter().filter_map(|item| match item {
            PdfValue::Name(name) => Some(name.clone()),
            _ => None,
        }));
    }
    names
}

/// Objects, each with its number where the head says one.
type Packed = Vec<(Option<u32>, PdfValue)>;

impl PackedStream {
    /// The same of an encrypted file: the objects in what the stream is once it is decrypted, and in
    /// what it is to a reader that leaves it as it is.
    ///
    /// # Errors
    /// When it can't be unpacked to its end, is too much, or readers would differ.
    pub fn encrypted(
        &self,
        raw: &[u8],
        decrypted: Vec<Vec<u8>>,
        parser: &mut Parser,
        room: &mut usize,
    ) -> Result<Packed, Refusal> {
        let mut packed = match self.objects(raw, parser, room) {
            Err(DAMAGED) => Packed::new(),
            objects => objects?,
        };
        // Where one ends that isn't compressed, only its length says, and of those there are several.
        let says_its_end = !self.filters.is_empty() || self.may_be_a_profile;
        let mut is_read = false;
        for content in decrypted.into_iter().filter(|_| says_its_end) {
            match self.objects(&content, parser, room) {
                Err(DAMAGED) => {}
                objects => {
                    is_read = true;
                    packed.extend(objects?);
                }
            }
        }
        if is_read { Ok(packed) } else { Err(DAMAGED) }
    }

    /// The objects in a stream whose bytes begin here; where it ends only its content says.
    ///
    /// # Errors
    /// When it can't be unpacked to its end, is too much, or readers would differ.
    pub fn objects(&self, raw: &[u8], parser: &mut Parser, room: &mut usize) -> Result<Packed, Refusal> {
        let names: Vec<&[u8]> = self.filters.iter().map(Vec::as_slice).collect();
        let unpacked;
        let (content, end) = match names.as_slice() {
            [] => (raw, memmem::find(raw, b"endstream").unwrap_or(raw.len())),
            [b"FlateDecode" | b"Fl"] => {
                unpacked = inflated(raw, room)?;
                (unpacked.as_slice(), unpacked.len())
            }
            // Old writers turn a profile into letters; nobody does that with objects.
            _ if self.may_be_a_profile && head(&through_all(&self.filters, raw)?).is_empty() => {
                return Ok(Packed::new());
            }
            _ => return Err(Refusal::TooComplicated),
        };
        let head = head(content);
        if head.is_empty() && self.may_be_a_profile {
            return Ok(Packed::new());
        }
        let mut packed = Packed::new();
        let mut places: HashMap<usize, usize> = HashMap::new();
        for first in &self.firsts {
            one_after_another(&content[..end], *first, parser, &mut packed, &mut places)?;
            for (number, offset) in &head {
                let Some(at) = first.checked_add(*offset) else { continue };
                let at = after_blanks(content, at);
                let known = places.get(&at).map(|index| packed[*index].1.clone());
                let value = match known {
                    Some(value) => Some(value),
                    None => parser.value(content, at)?.map(|(value, _)| value),
                };
                packed.extend(value.map(|value| (Some(*number), value)));
            }
        }
        Ok(packed)
    }
}

/// As readers do that don't look at where the head says that they are.
fn one_after_another(
    content: &[u8],
    first: usize,
    parser: &mut Parser,
    packed: &mut Packed,
    places: &mut HashMap<usize, usize>,
) -> Result<(), Refusal> {
    let mut at = after_blanks(content, first);
    while !places.contains_key(&at) {
        let Some((value, end)) = parser.value(content, at)? else { break };
        places.insert(at, packed.len());
        packed.push((None, value));
        at = after_blanks(content, end);
    }
    Ok(())
}

fn after_blanks(content: &[u8], at: usize) -> usize {
    let mut lexer = Lexer::new(content, at);
    lexer.skip_blanks();
    lexer.at()
}

/// Pairs of a number and a place.
fn head(content: &[u8]) -> Vec<(u32, usize)> {
    let mut lexer = Lexer::new(content, 0);
    let mut pairs = Vec::new();
    while let (PdfToken::Integer(number), PdfToken::Integer(offset)) = (lexer.next(), lexer.next()) {
        if let (Ok(number), Ok(offset)) = (u32::try_from(number), usize::try_from(offset)) {
            pairs.push((number, offset));
        }
    }
    pairs
}

/// As far as its end is where the word says.
fn through_all(filters: &[Vec<u8>], raw: &[u8]) -> Result<Vec<u8>, Refusal> {
    let names = filters.iter().map(|name| lopdf::Object::Name(name.clone())).collect();
    let mut dictionary = lopdf::Dictionary::new();
    dictionary.set("Filter", lopdf::Object::Array(names));
    let end = memmem::find(raw, b"endstream").unwrap_or(raw.len());
    let content = raw[..end].trim_ascii_end().to_vec();
    let stream = lopdf::Stream::new(dictionary, content);
    stream.get_plain_content_with_limit(MOST_UNPACKED_BYTES).map_err(|_| Refusal::TooComplicated)
}

/// Deflated bytes say themselves where they end, so that no length is believed.
fn inflated(raw: &[u8], room: &mut usize) -> Result<Vec<u8>, Refusal> {
    let mut content = Vec::new();
    let most = u64::try_from(*room).unwrap_or(u64::MAX);
    ZlibDecoder::new(raw).take(most).read_to_end(&mut content).map_err(|_| DAMAGED)?;
    *room -= content.len();
    if *room == 0 { Err(Refusal::TooComplicated) } else { Ok(content) }
}
