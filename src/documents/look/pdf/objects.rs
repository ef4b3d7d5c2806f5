//! Every object that any reader might find in a PDF: at each place in its bytes where one begins,
//! whichever table leads there, in all revisions and generations, and in every stream that may hold
//! others, whatever its type says.

use std::cell::Cell;
use std::collections::HashMap;

use lopdf::ObjectId;
use memchr::memmem;

use super::cipher::Cipher;
use super::lexer::is_blank;
use super::streams;
use super::value::{DAMAGED, Dictionary, Parser, PdfValue};
use crate::domain::document::Refusal;

/// How many objects may share a number: each saving leaves one more.
const MOST_OF_A_NUMBER: usize = 64;
/// How many objects all references of a file may come to, together. A long document has a hundred
/// thousand references, and an object of few copies behind each.
const MOST_STEPS: usize = 4_000_000;

/// One object.
pub struct FoundObject {
    /// The value, without what a stream carries.
    pub value: PdfValue,
    /// Where a stream's bytes begin in the file.
    pub stream_at: Option<usize>,
    /// What it is encrypted by, where the file is: nothing of what was packed is, once more.
    id: Option<ObjectId>,
}

/// In place of a text that readers would differ about: a link that leads elsewhere.
const UNREADABLE: &[u8] = b":";

/// What a value comes to.
#[derive(Clone, Copy)]
pub struct Resolved<'a> {
    /// Never a reference.
    pub value: &'a PdfValue,
    /// Whether it is a stream's dictionary.
    pub is_stream: bool,
}

/// All of them.
#[derive(Default)]
pub struct Objects {
    found: Vec<FoundObject>,
    by_number: HashMap<u32, Vec<usize>>,
    /// What leads to the first object, and says whether the file is encrypted.
    trailers: Vec<PdfValue>,
    /// How many objects references have come to so far.
    steps: Cell<usize>,
}

impl Objects {
    /// Those that stand in the bytes as they are.
    ///
    /// # Errors
    /// When readers would differ about one, or there are too many.
    pub fn read(bytes: &[u8], parser: &mut Parser) -> Result<Self, Refusal> {
        let mut objects = Objects::default();
        for at in memmem::find_iter(bytes, b"obj") {
            if bytes[..at].ends_with(b"end") {
                continue;
            }
            let Some((value, end)) = parser.value(bytes, at + b"obj".len())? else { continue };
            let Some(id @ (number, _)) = id_before(bytes, at) else {
                match value.is_more_than_a_number() && may_have_a_number(bytes, at) {
                    true => return Err(DAMAGED),
                    // It is a word in a text, or chance in packed bytes.
                    false => continue,
                }
            };
            let stream_at = match value {
                PdfValue::Dictionary(_) => streams::begins_at(bytes, end),
                _ => None,
            };
            objects.add(Some(number), FoundObject { value, stream_at, id: Some(id) })?;
        }
        for at in memmem::find_iter(bytes, b"trailer") {
            if let Some((trailer @ PdfValue::Dictionary(_), _)) =
                parser.value(bytes, at + b"trailer".len())?
            {
                objects.trailers.push(trailer);
            }
        }
        Ok(objects)
    }

    /// Those that are packed in streams, too.
    ///
    /// # Errors
    /// When a stream that may hold some can't be unpacked as any reader would.
    pub fn unpack(
        &mut self,
        bytes: &[u8],
        parser: &mut Parser,
        cipher: Option<&Cipher>,
    ) -> Result<(), Refusal> {
        let mut room = streams::MOST_UNPACKED_BYTES;
        let mut packed = Vec::new();
        for found in &self.found {
            let (Some(at), PdfValue::Dictionary(dictionary)) = (found.stream_at, &found.value) else {
                continue;
            };
            let Some(holder) = streams::holder(dictionary)? else { continue };
            let raw = &bytes[at..];
            packed.extend(match cipher.zip(found.id) {
                None => holder.objects(raw, parser, &mut room)?,
                Some((cipher, id)) => {
                    let known = self.of_key(dictionary, b"Length");
                    let known = known.iter().filter_map(|length| match length.value {
                        PdfValue::Integer(length) => usize::try_from(*length).ok(),
                        _ => None,
                    });
                    let lengths: Vec<usize> = known.chain(streams::lengths(raw)).collect();
                    holder.encrypted(raw, cipher.streams(id, raw, &lengths), parser, &mut room)?
                }
            });
        }
        for (number, value) in packed {
            self.add(number, FoundObject { value, stream_at: None, id: None })?;
        }
        Ok(())
    }

    /// Each object of an encrypted file once more, as it is with its texts decrypted. Once as it
    /// stands there, too: readers differ about which files they take for encrypted.
    ///
    /// # Errors
    /// When there are too many.
    pub fn add_decrypted(&mut self, cipher: &Cipher) -> Result<(), Refusal> {
        let mut decrypted = Vec::new();
        for found in &mut self.found {
            let Some(id) = found.id else { continue };
            let plain = |text: &[u8]| cipher.text(id, text).unwrap_or_else(|| UNREADABLE.to_vec());
            let value = found.value.with_texts(&plain);
            decrypted.push((id.0, FoundObject { value, stream_at: found.stream_at, id: None }));
            // Nobody takes encrypted bytes for a link.
            found.value =
                found.value.with_texts(&|text| if text.is_ascii() { text.to_vec() } else { Vec::new() });
        }
        decrypted.into_iter().try_for_each(|(number, found)| self.add(Some(number), found))
    }

    fn add(&mut self, number: Option<u32>, found: FoundObject) -> Result<(), Refusal> {
        if let Some(number) = number {
            let same = self.by_number.entry(number).or_default();
            if same.len() == MOST_OF_A_NUMBER {
                return Err(Refusal::TooComplicated);
            }
            same.push(self.found.len());
        }
        self.found.push(found);
        Ok(())
    }

    /// A number that no object has.
    pub fn free_number(&self) -> Option<u32> {
        self.by_number.keys().max().copied().unwrap_or(0).checked_add(1)
    }

    /// Each object, and each trailer.
    pub fn all(&self) -> impl Iterator<Item = Resolved<'_>> {
        let objects =
            self.found.iter().map(|found| Resolved { value: &found.value, is_stream: found.is_stream() });
        objects.chain(self.trailers.iter().map(|value| Resolved { value, is_stream: false }))
    }

    /// What stands after each `trailer`, and the dictionary of each stream: one of them may be a
    /// table of contents, which says the same.
    pub fn trailers(&self) -> impl Iterator<Item = &Dictionary> {
        let streams = self.found.iter().filter(|found| found.is_stream()).map(|found| &found.value);
        self.trailers.iter().chain(streams).filter_map(|value| match value {
            PdfValue::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        })
    }

    /// What a value may come to: itself, or every object that has the number. Whoever has looked at
    /// what this answers asks [`Objects::is_whole`] too.
    pub fn resolve<'a>(&'a self, value: &'a PdfValue) -> Vec<Resolved<'a>> {
        let mut resolved = Vec::new();
        let mut pending = vec![(value, false)];
        // Objects that are references themselves may lead around in a circle.
        let mut known: Vec<u32> = Vec::new();
        while let Some((value, is_stream)) = pending.pop() {
            let PdfValue::Reference(number) = value else {
                resolved.push(Resolved { value, is_stream });
                continue;
            };
            if known.contains(number) {
                continue;
            }
            known.push(*number);
            let same = self.by_number.get(number).map_or(&[][..], Vec::as_slice);
            self.steps.set(self.steps.get().saturating_add(same.len() + known.len()));
            if self.steps.get() > MOST_STEPS {
                break;
            }
            let same = same.iter().filter_map(|index| self.found.get(*index));
            pending.extend(same.map(|found| (&found.value, found.is_stream())));
        }
        resolved
    }

    /// Whether every reference was followed to its end.
    ///
    /// # Errors
    /// When there were too many.
    pub fn is_whole(&self) -> Result<(), Refusal> {
        if self.steps.get() > MOST_STEPS { Err(Refusal::TooComplicated) } else { Ok(()) }
    }

    /// What the values of a key may come to.
    pub fn of_key<'a>(&'a self, dictionary: &'a Dictionary, key: &'a [u8]) -> Vec<Resolved<'a>> {
        dictionary.all(key).flat_map(|value| self.resolve(value)).collect()
    }
}

impl FoundObject {
    fn is_stream(&self) -> bool {
        self.stream_at.is_some()
    }
}

/// An object's number and generation: the generation stands before the word, and before that the
/// number.
fn id_before(bytes: &[u8], at: usize) -> Option<ObjectId> {
    let generation = digits_before(bytes, at);
    let number = digits_before(bytes, generation.start);
    let are_apart = !generation.is_empty() && number.end < generation.start;
    let digits =
        |place: std::ops::Range<usize>| std::str::from_utf8(&bytes[place]).ok().filter(|_| are_apart);
    let number = digits(number)?.parse().ok()?;
    // One that is too large is none to whoever encrypts.
    Some((number, digits(generation)?.parse().unwrap_or(u16::MAX)))
}

/// Whether a reader may find a number there all the same: comments may part the words.
fn may_have_a_number(bytes: &[u8], at: usize) -> bool {
    if !digits_before(bytes, at).is_empty() {
        return true;
    }
    let line_end = bytes[..at].iter().rposition(|byte| !is_blank(*byte)).map_or(0, |last| last + 1);
    if !bytes[line_end..at].iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        return false;
    }
    let mut lines = bytes[..line_end].rsplit(|byte| matches!(byte, b'\r' | b'\n'));
    lines.next().is_some_and(|line| line.contains(&b'%'))
}

/// The last digits before a place, with blanks between them and it.
fn digits_before(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let end = bytes[..at].iter().rposition(|byte| !is_blank(*byte)).map_or(0, |last| last + 1);
    let start = bytes[..end].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |before| before + 1);
    start..end
}
