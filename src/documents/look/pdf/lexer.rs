//! The words of a PDF's objects. It never fails: what no reader would understand is a keyword.

/// One word.
#[derive(Clone, Debug, PartialEq)]
pub enum PdfToken {
    /// Digits, as far as they fit.
    Integer(i64),
    /// Any other number.
    Real,
    /// Without its slash and escapes.
    Name(Vec<u8>),
    /// A string, in brackets or as digits, without its escapes.
    Text(Vec<u8>),
    /// `[`.
    ArrayBegins,
    /// `]`.
    ArrayEnds,
    /// `<<`.
    DictionaryBegins,
    /// `>>`.
    DictionaryEnds,
    /// `R`, which makes a reference of two integers.
    Reference,
    /// Any other word.
    Keyword,
    /// There is no more.
    End,
}

/// Reads words from a place on.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Begins there, which may be past the end.
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Lexer { bytes, at: at.min(bytes.len()) }
    }

    /// Where it is.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes back or forth.
    pub fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Past blanks and comments: the byte that stands there.
    pub fn skip_blanks(&mut self) -> Option<u8> {
        loop {
            let byte = self.peek()?;
            if byte == b'%' {
                self.take_while(|byte| !matches!(byte, b'\r' | b'\n'));
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return Some(byte);
            }
        }
    }

    /// The next word.
    pub fn next(&mut self) -> PdfToken {
        let Some(byte) = self.skip_blanks() else { return PdfToken::End };
        match byte {
            b'/' => {
                self.at += 1;
                PdfToken::Name(unescaped(self.take_while(is_regular)))
            }
            b'(' => self.text(),
            b'<' if self.peek_second() == Some(b'<') => self.pair(PdfToken::DictionaryBegins),
            b'>' if self.peek_second() == Some(b'>') => self.pair(PdfToken::DictionaryEnds),
            b'<' => self.digits_as_text(),
            b'[' => self.single(PdfToken::ArrayBegins),
            b']' => self.single(PdfToken::ArrayEnds),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            byte if is_regular(byte) => match self.take_while(is_regular) {
                b"R" => PdfToken::Reference,
                _ => PdfToken::Keyword,
            },
            _ => self.single(PdfToken::Keyword),
        }
    }

    /// It ends where its digits end: `5 0R` is read as a reference by some.
    fn number(&mut self) -> PdfToken {
        let word = self.take_while(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
        let is_whole = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok());
        let has_exponent = matches!(self.peek(), Some(b'e' | b'E'))
            && matches!(self.peek_second(), Some(b'0'..=b'9' | b'+' | b'-'));
        if has_exponent {
            self.at += 2;
            self.take_while(|byte| byte.is_ascii_digit());
            return PdfToken::Real;
        }
        is_whole.map_or(PdfToken::Real, PdfToken::Integer)
    }

    /// To its closing bracket, or to the end.
    fn text(&mut self) -> PdfToken {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1);
        while let Some(byte) = self.take() {
            match byte {
                b'(' => open += 1,
                b')' if open == 1 => break,
                b')' => open -= 1,
                b'\\' => {
                    text.extend(self.escaped());
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        PdfToken::Text(text)
    }

    /// What stands after a backslash in a string; nothing for a line that goes on.
    fn escaped(&mut self) -> Option<u8> {
        let byte = self.take()?;
        match byte {
            b'\n' => None,
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                None
            }
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                Some((code & 0xFF) as u8)
            }
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            other => Some(other),
        }
    }

    fn digits_as_text(&mut self) -> PdfToken {
        self.at += 1;
        let digits: Vec<u8> = self.take_while(|byte| byte != b'>').iter().filter_map(digit).collect();
        self.at = (self.at + 1).min(self.bytes.len());
        let byte = |pair: &[u8]| pair[0] * 16 + pair.get(1).copied().unwrap_or(0);
        PdfToken::Text(digits.chunks(2).map(byte).collect())
    }

    fn single(&mut self, token: PdfToken) -> PdfToken {
        self.at += 1;
        token
    }

    fn pair(&mut self, token: PdfToken) -> PdfToken {
        self.at += 2;
        token
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn peek_second(&self) -> Option<u8> {
        self.bytes.get(self.at + 1).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn take_while(&mut self, is_part: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| !is_part(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }
}

/// What separates words (ISO 32000-1, table 1).
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

/// What words are made of.
pub fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !b"()<>[]{}/%".contains(&byte)
}

fn digit(byte: &u8) -> Option<u8> {
    char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A hash and two digits are a letter.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        let escaped = match (first, after) {
            (b'#', [high, low, ..]) => digit(high).zip(digit(low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        plain.push(escaped.unwrap_or(*first));
        rest = &after[if escaped.is_some() { 2 } else { 0 }..];
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(bytes: &[u8]) -> Vec<PdfToken> {
        let mut lexer = Lexer::new(bytes, 0);
        let words = std::iter::from_fn(|| Some(lexer.next()).filter(|word| *word != PdfToken::End));
        words.collect()
    }

    #[test]
    fn words_as_readers_take_them() {
        use PdfToken::*;
        let name = |name: &str| Name(name.into());
        let text = |text: &str| Text(text.into());
        for (bytes, expected) in [
            ("/A#42/C#zz/ /#", vec![name("AB"), name("C#zz"), name(""), name("#")]),
            ("(a(b)\\)c\\\nd\\101\\7x)", vec![text("a(b))cdA\u{7}x")]),
            ("<48 6f 6C61>(open", vec![text("Hola"), text("open")]),
            ("<4>", vec![text("@")]),
            ("5 0R", vec![Integer(5), Integer(0), Reference]),
            ("-3 +.5 1e-5 4.", vec![Integer(-3), Real, Real, Real]),
            ("<<>>[]%x>>\n{", vec![DictionaryBegins, DictionaryEnds, ArrayBegins, ArrayEnds, Keyword]),
            ("null true) >", vec![Keyword, Keyword, Keyword, Keyword]),
            ("99999999999999999999", vec![Real]),
        ] {
            assert_eq!(words(bytes.as_bytes()), expected, "{bytes}");
        }
    }
}
