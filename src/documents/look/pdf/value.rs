//! A PDF's objects as they are read, whatever they are called and wherever they stand.

use super::lexer::{Lexer, Token};
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
pub enum Value {
    /// Without its slash.
    Name(Vec<u8>),
    /// A string.
    Text(Vec<u8>),
    /// A whole number.
    Integer(i64),
    /// In their order.
    Array(Vec<Value>),
    /// Keys and values.
    Dictionary(Dictionary),
    /// To an object, by its number, whatever its generation.
    Reference(u32),
    /// A word, null, or another number.
    Other,
}

/// Keys with their values, each as often as it stands there: readers differ in which they take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dictionary(Vec<(Vec<u8>, Value)>);

impl Dictionary {
    /// As they stand there.
    pub fn entries(&self) -> impl Iterator<Item = (&[u8], &Value)> {
        self.0.iter().map(|(key, value)| (key.as_slice(), value))
    }

    /// All values of this key.
    pub fn all<'a>(&'a self, key: &'a [u8]) -> impl Iterator<Item = &'a Value> {
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
    pub fn value(&mut self, bytes: &[u8], at: usize) -> Result<Option<(Value, usize)>, Refusal> {
        let mut lexer = Lexer::new(bytes, at);
        let first = lexer.next();
        let read = if first == Token::End { Ok(None) } else { self.of(first, &mut lexer, 0).map(Some) };
        self.bytes += lexer.at().saturating_sub(at);
        if self.bytes > MOST_BYTES_READ {
            return Err(Refusal::TooComplicated);
        }
        Ok(read?.map(|value| (value, lexer.at())))
    }

    fn of(&mut self, first: Token, lexer: &mut Lexer, depth: usize) -> Result<Value, Refusal> {
        self.values += 1;
        if depth > MOST_DEPTH || self.values > MOST_VALUES {
            return Err(Refusal::TooComplicated);
        }
        match first {
            Token::Name(name) => Ok(Value::Name(name)),
            Token::Text(text) => Ok(Value::Text(text)),
            Token::Integer(number) => Ok(reference(number, lexer)),
            Token::ArrayBegins => self.array(lexer, depth),
            Token::DictionaryBegins => self.dictionary(lexer, depth),
            Token::Real | Token::Reference | Token::Keyword => Ok(Value::Other),
            // Nothing was opened that this would close.
            Token::ArrayEnds | Token::DictionaryEnds if depth == 0 => Ok(Value::Other),
            Token::ArrayEnds | Token::DictionaryEnds | Token::End => Err(DAMAGED),
        }
    }

    fn array(&mut self, lexer: &mut Lexer, depth: usize) -> Result<Value, Refusal> {
        let mut items = Vec::new();
        loop {
            match lexer.next() {
                Token::ArrayEnds => return Ok(Value::Array(items)),
                token => items.push(self.of(token, lexer, depth + 1)?),
            }
        }
    }

    /// Where no key stands that should, readers differ about all that follows.
    fn dictionary(&mut self, lexer: &mut Lexer, depth: usize) -> Result<Value, Refusal> {
        let mut entries = Vec::new();
        loop {
            let key = match lexer.next() {
                Token::DictionaryEnds => break,
                Token::Name(key) => key,
                _ => return Err(DAMAGED),
            };
            match lexer.next() {
                Token::DictionaryEnds => {
                    entries.push((key, Value::Other));
                    break;
                }
                token => entries.push((key, self.of(token, lexer, depth + 1)?)),
            }
        }
        Ok(Value::Dictionary(Dictionary(entries)))
    }
}

/// Two integers and an `R`; otherwise the first alone.
fn reference(number: i64, lexer: &mut Lexer) -> Value {
    let after = lexer.at();
    if lexer.skip_blanks().is_some_and(|byte| byte.is_ascii_digit())
        && matches!(lexer.next(), Token::Integer(_))
        && lexer.skip_blanks() == Some(b'R')
        && lexer.next() == Token::Reference
        && let Ok(number) = u32::try_from(number)
    {
        return Value::Reference(number);
    }
    lexer.go_to(after);
    Value::Integer(number)
}
