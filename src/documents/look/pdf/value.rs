//! A PDF's objects as they are read, whatever they are called and wherever they stand.

use super::lexer::{Lexer, PdfToken};
use crate::domain::document::{Kind, Refusal};

/// How deep objects may lie within one another. No writer comes near, and readers that follow
/// deeper by calling themselves run out of stack.
const MOST_DEPTH: usize = 128;
/// How many values a file of a megabyte may hold, packed ones among them.
const MOST_VALUES: usize = 2_000_000;
/// How many bytes may be read in all. Where objects overlap, the same ones are read again.
const MOST_BYTES_READ: usize = 256 * 1024 * 1024;

/// What can't be read as any reader might.
pub const DAMAGED: Refusal = Refusal::Damaged { kind: Kind::Pdf };

/// One value. Numbers other than whole ones, and words, mean nothing here.
#[derive(Clone, Debug, PartialEq)]
pub enum PdfValue {
    /// Without its slash.
    Name(Vec<u8>),
    /// A string.
    Text(Vec<u8>),
    /// A whole number.
    Integer(i64),
    /// In their order.
    Array(Vec<PdfValue>),
    /// Keys and values.
    Dictionary(Dictionary),
    /// To an object, by its number, whatever its generation.
    Reference(u32),
    /// A word, null, or another number.
    Other,
}

impl PdfValue {
    /// Whether it could do something, or be what something does.
    pub fn is_more_than_a_number(&self) -> bool {
        !matches!(self, PdfValue::Integer(_) | PdfValue::Other)
    }

    /// The same with other texts in it.
    pub fn with_texts(&self, other: &impl Fn(&[u8]) -> Vec<u8>) -> PdfValue {
        match self {
            PdfValue::Text(text) => PdfValue::Text(other(text)),
            PdfValue::Array(items) => {
                PdfValue::Array(items.iter().map(|item| item.with_texts(other)).collect())
            }
            PdfValue::Dictionary(dictionary) => {
                let entries = dictionary.0.iter();
                let entries = entries.map(|(key, value)| (key.clone(), value.with_texts(other)));
                PdfValue::Dictionary(Dictionary(entries.collect()))
            }
            value => value.clone(),
        }
    }

    /// Whether another object is part of it, as far as arrays reach.
    pub fn refers(&self) -> bool {
        match self {
            PdfValue::Reference(_) => true,
            PdfValue::Array(items) => items.iter().any(PdfValue::refers),
            _ => false,
        }
    }
}

/// Keys with their values, each as often as it stands there: readers differ in which they take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dictionary(Vec<(Vec<u8>, PdfValue)>);

impl Dictionary {
    /// As they stand there.
    pub fn entries(&self) -> impl Iterator<Item = (&[u8], &PdfValue)> {
        self.0.iter().map(|(key, value)| (key.as_slice(), value))
    }

    /// All values of this key.
    pub fn all<'a>(&'a self, key: &'a [u8]) -> impl Iterator<Item = &'a PdfValue> {
        self.entries().filter(move |(known, _)| *known == key).map(|(_, value)| value)
    }

    /// Whether this key stands there.
    pub fn has(&self, key: &[u8]) -> bool {
        self.all(key).next().is_some()
    }
}

/// Reads values, within bounds that hold for a whole file.
#[derive(Default)]
pub struct Parser {
    values: usize,
    bytes: usize,
}

impl Parser {
    /// The value that begins there, and where it ends. Nothing at the end of the bytes.
    ///
    /// # Errors
    /// When readers would differ about it, or it is too deep or too much.
    pub fn value(&mut self, bytes: &[u8], at: usize) -> Result<Option<(PdfValue, usize)>, Refusal> {
        let mut lexer = Lexer::new(bytes, at);
        let first = lexer.next();
        let read = if first == PdfToken::End { Ok(None) } else { self.of(first, &mut lexer, 0).map(Some) };
        self.bytes += lexer.at().saturating_sub(at);
        if self.bytes > MOST_BYTES_READ {
            return Err(Refusal::TooComplicated);
        }
        Ok(read?.map(|value| (value, lexer.at())))
    }

    fn of(&mut self, first: PdfToken, lexer: &mut Lexer, depth: usize) -> Result<PdfValue, Refusal> {
        self.values += 1;
        if depth > MOST_DEPTH || self.values > MOST_VALUES {
            return Err(Refusal::TooComplicated);
        }
        match first {
            PdfToken::Name(name) => Ok(PdfValue::Name(name)),
            PdfToken::Text(text) => Ok(PdfValue::Text(text)),
            PdfToken::Integer(number) => Ok(reference(number, lexer)),
            PdfToken::ArrayBegins => self.array(lexer, depth),
            PdfToken::DictionaryBegins => self.dictionary(lexer, depth),
            PdfToken::Real | PdfToken::Reference | PdfToken::Keyword => Ok(PdfValue::Other),
            // Nothing was opened that this would close.
            PdfToken::ArrayEnds | PdfToken::DictionaryEnds if depth == 0 => Ok(PdfValue::Other),
            PdfToken::ArrayEnds | PdfToken::DictionaryEnds | PdfToken::End => Err(DAMAGED),
        }
    }

    fn array(&mut self, lexer: &mut Lexer, depth: usize) -> Result<PdfValue, Refusal> {
        let mut items = Vec::new();
        loop {
            match lexer.next() {
                PdfToken::ArrayEnds => return Ok(PdfValue::Array(items)),
                token => items.push(self.of(token, lexer, depth + 1)?),
            }
        }
    }

    /// Where no key stands that should, readers differ about all that follows.
    fn dictionary(&mut self, lexer: &mut Lexer, depth: usize) -> Result<PdfValue, Refusal> {
        let mut entries = Vec::new();
        loop {
            let key = match lexer.next() {
                PdfToken::DictionaryEnds => break,
                PdfToken::Name(key) => key,
                _ => return Err(DAMAGED),
            };
            match lexer.next() {
                PdfToken::DictionaryEnds => {
                    entries.push((key, PdfValue::Other));
                    break;
                }
                token => entries.push((key, self.of(token, lexer, depth + 1)?)),
            }
        }
        Ok(PdfValue::Dictionary(Dictionary(entries)))
    }
}

/// Two integers and an `R`; otherwise the first alone.
fn reference(number: i64, lexer: &mut Lexer) -> PdfValue {
    let after = lexer.at();
    if lexer.skip_blanks().is_some_and(|byte| byte.is_ascii_digit())
        && matches!(lexer.next(), PdfToken::Integer(_))
        && lexer.skip_blanks() == Some(b'R')
        && lexer.next() == PdfToken::Reference
        && let Ok(number) = u32::try_from(number)
    {
        return PdfValue::Reference(number);
    }
    lexer.go_to(after);
    PdfValue::Integer(number)
}
