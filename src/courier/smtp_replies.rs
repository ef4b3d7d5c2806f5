//! What mail servers say, as the library reads it. Servers write answers in their own alphabet, end
//! lines with a bare line feed, leave away the blank after a code, or use codes of their own. None of
//! that may turn an acceptance into a mail sent twice, or a refusal into one that is tried for ever; so
//! each answer is written anew after RFC 5321 (§4.2) before it is read.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

/// The longest answer, in bytes: an honest one has a few hundred.
const MOST_BYTES: usize = 16 * 1024;
/// What is handed on of one line's text. RFC 5321 allows 512 bytes in all (§4.5.3.1.5).
const MOST_OF_A_LINE: usize = 400;
/// Lines handed on of one answer. `EHLO` is answered by a dozen.
const MOST_LINES: usize = 64;

/// One line of an answer.
struct ReplyLine<'a> {
    code: [u8; 3],
    is_last: bool,
    text: &'a [u8],
}

impl<'a> ReplyLine<'a> {
    /// `None` for a line that has no code.
    fn of(line: &'a [u8]) -> Option<Self> {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let (code, rest) = line.split_first_chunk::<3>()?;
        if !code.iter().all(u8::is_ascii_digit) || !(b'2'..=b'5').contains(&code[0]) {
            return None;
        }
        match rest.split_first() {
            None => Some(ReplyLine { code: *code, is_last: true, text: rest }),
            Some((b'-', text)) => Some(ReplyLine { code: *code, is_last: false, text }),
            Some((b' ' | b'\t', text)) => Some(ReplyLine { code: *code, is_last: true, text }),
            Some(_) => None,
        }
    }
}

/// One whole answer: its code, and its lines without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ServerReply {
    /// Three digits.
    pub code: [u8; 3],
    /// ASCII; what is not became a question mark.
    pub lines: Vec<String>,
}

impl ServerReply {
    /// Takes the first answer off these bytes if all of it is there. After the end of the stream a last
    /// line counts without its end.
    ///
    /// # Errors
    /// When they begin with no answer.
    pub fn take(bytes: &mut Vec<u8>, is_end: bool) -> io::Result<Option<Self>> {
        let (mut lines, mut read) = (Vec::new(), 0);
        while read < bytes.len() {
            let rest = &bytes[read..];
            let length = match rest.iter().position(|byte| *byte == b'\n') {
                Some(place) => place + 1,
                None if is_end => rest.len(),
                None => return Ok(None),
            };
            let line = &rest[..length];
            read += length;
            let Some(line) = ReplyLine::of(line) else {
                // A line without a code goes on with the one before.
                if lines.is_empty() {
                    return Err(no_answer());
                }
                continue;
            };
            lines.push(plain(line.text));
            if line.is_last {
                // Where the lines disagree, the last one ends the answer and counts.
                let code = known(line.code);
                bytes.drain(..read);
                return Ok(Some(ServerReply { code, lines }));
            }
        }
        if is_end { Err(no_answer()) } else { Ok(None) }
    }

    /// Whether it refuses for good.
    pub fn is_refusal(&self) -> bool {
        self.code[0] == b'5'
    }

    /// Whether the server doesn't know the command, or won't have it (RFC 5321, §4.2.4 and §4.3.2).
    pub fn is_of_unknown_command(&self) -> bool {
        matches!(&self.code, b"500" | b"501" | b"502" | b"504")
    }

    /// As RFC 5321 writes it.
    pub fn write(&self, into: &mut Vec<u8>) {
        let lines = &self.lines[..self.lines.len().min(MOST_LINES)];
        for (number, line) in lines.iter().enumerate() {
            into.extend_from_slice(&self.code);
            into.push(if number + 1 == lines.len() { b' ' } else { b'-' });
            into.extend_from_slice(line.as_bytes());
            into.extend_from_slice(b"\r\n");
        }
    }
}

fn no_answer() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no answer of a mail server")
}

/// A code that RFC 5321 doesn't have counts by its first digit (§4.3.2).
fn known(code: [u8; 3]) -> [u8; 3] {
    match code {
        [_, b'0'..=b'5', _] => code,
        [b'2', ..] => *b"250",
        [b'4', ..] => *b"451",
        [b'3', ..] => *b"354",
        _ => *b"554",
    }
}

fn plain(text: &[u8]) -> String {
    let text = &text[..text.len().min(MOST_OF_A_LINE)];
    let plain = |byte: &u8| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '?' };
    match text.is_empty() {
        // The library wants a first word.
        true => "-".to_string(),
        false => text.iter().map(plain).collect(),
    }
}

/// Reads one answer.
///
/// # Errors
/// When the connection ends or breaks first, or what comes is no answer.
pub(super) async fn read_reply(
    stream: &mut (impl AsyncRead + Unpin),
    unread: &mut Vec<u8>,
) -> io::Result<ServerReply> {
    loop {
        if let Some(reply) = ServerReply::take(unread, false)? {
            return Ok(reply);
        }
        let mut chunk = [0; 1024];
        match stream.read(&mut chunk).await? {
            0 if unread.is_empty() => return Err(io::ErrorKind::UnexpectedEof.into()),
            0 => return ServerReply::take(unread, true)?.ok_or_else(no_answer),
            count => unread.extend_from_slice(&chunk[..count]),
        }
        if unread.len() > MOST_BYTES {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "an answer without end"));
        }
    }
}

/// How much of what the library says goes on to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Forwarded {
    /// Its first line was said and answered before the library had the connection.
    FromSecondLine,
    All,
}

/// A connection to a mail server whose answers come out as RFC 5321 writes them.
pub(super) struct Replies<S> {
    stream: S,
    raw: Vec<u8>,
    clean: Vec<u8>,
    given: usize,
    forwarded: Forwarded,
}

impl<S> Replies<S> {
    #[cfg(test)]
    fn of(stream: S) -> Self {
        Replies { stream, raw: Vec::new(), clean: Vec::new(), given: 0, forwarded: Forwarded::All }
    }

    /// The library's first line is not sent, for these answers are there already: to the connection and to
    /// that line. What was read after them comes next.
    pub fn after(stream: S, answers: &[ServerReply], unread: Vec<u8>) -> Self {
        let mut clean = Vec::new();
        for answer in answers {
            answer.write(&mut clean);
        }
        Replies { stream, raw: unread, clean, given: 0, forwarded: Forwarded::FromSecondLine }
    }
}

impl<S> fmt::Debug for Replies<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Replies")
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Replies<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            let left = &this.clean[this.given..];
            if !left.is_empty() {
                let now = &left[..left.len().min(into.remaining())];
                into.put_slice(now);
                this.given += now.len();
                return Poll::Ready(Ok(()));
            }
            (this.clean, this.given) = (Vec::new(), 0);
            let mut chunk = [0; 1024];
            let mut read = ReadBuf::new(&mut chunk);
            ready!(Pin::new(&mut this.stream).poll_read(context, &mut read))?;
            let is_end = read.filled().is_empty();
            if is_end && this.raw.is_empty() {
                return Poll::Ready(Ok(()));
            }
            this.raw.extend_from_slice(read.filled());
            if this.raw.len() > MOST_BYTES {
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, "an answer without end")));
            }
            while let Some(reply) = ServerReply::take(&mut this.raw, is_end)? {
                reply.write(&mut this.clean);
                if this.raw.is_empty() {
                    break;
                }
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Replies<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.forwarded == Forwarded::FromSecondLine {
            return Poll::Ready(Ok(match bytes.iter().position(|byte| *byte == b'\n') {
                Some(place) => {
                    this.forwarded = Forwarded::All;
                    place + 1
                }
                None => bytes.len(),
            }));
        }
        Pin::new(&mut this.stream).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

impl AsyncTokioStream for Replies<tokio::net::TcpStream> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

impl AsyncTokioStream for Replies<crate::http::TlsStream> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.get_ref().0.peer_addr()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is handed on of these bytes, which come at once and then end.
    fn handed_on(bytes: &[u8]) -> Result<String, io::ErrorKind> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (mut clean, mut replies) = (String::new(), Replies::of(bytes));
            let read = replies.read_to_string(&mut clean).await;
            read.map(|_| clean).map_err(|error| error.kind())
        })
    }

    #[test]
    fn answers_come_out_as_the_standard_writes_them() {
        let table: [(&[u8], &str); 13] = [
            (b"250 2.0.0 taken\r\n", "250 2.0.0 taken\r\n"),
            // Latin-1, and UTF-8.
            (b"550 5.1.1 casilla no v\xe1lida\r\n", "550 5.1.1 casilla no v?lida\r\n"),
            ("250 en camino, señora\r\n".as_bytes(), "250 en camino, se??ora\r\n"),
            (b"250\r\n", "250 -\r\n"),
            (b"250 \r\n", "250 -\r\n"),
            (b"250\tok\n", "250 ok\r\n"),
            (b"250-mx\n250-SIZE 10\n250 HELP\n", "250-mx\r\n250-SIZE 10\r\n250 HELP\r\n"),
            // The connection ended just then.
            (b"250 ok", "250 ok\r\n"),
            (b"450-wait\r\nand then\r\n450 try later\r\n", "450-wait\r\n450 try later\r\n"),
            (b"250-first\r\n550 no\r\n", "550-first\r\n550 no\r\n"),
            (b"571 5.7.1 denied\r\n", "554 5.7.1 denied\r\n"),
            (b"299 ok\r\n", "250 ok\r\n"),
            (b"220 a\r\n250 b\r\n", "220 a\r\n250 b\r\n"),
        ];
        for (said, expected) in table {
            assert_eq!(handed_on(said).as_deref(), Ok(expected), "{}", String::from_utf8_lossy(said));
        }
        for wrong in [&b"hello\r\n"[..], b"25\r\n", b"250-and then\r\n", b"999 x\r\n", b"250ok\r\n", b"\r\n"]
        {
            assert_eq!(
                handed_on(wrong),
                Err(io::ErrorKind::InvalidData),
                "{}",
                String::from_utf8_lossy(wrong)
            );
        }
        assert_eq!(handed_on(b"").as_deref(), Ok(""));
        assert_eq!(handed_on(&[b"250 ", &[b'x'; 20_000][..]].concat()), Err(io::ErrorKind::InvalidData));
        let long = handed_on(&[b"250 ", &[b'x'; 2_000][..], b"\r\n"].concat()).unwrap();
        assert_eq!(long.len(), 4 + MOST_OF_A_LINE + 2);
    }

    proptest! {
        #[test]
        fn whatever_comes_is_an_answer_or_none(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(clean) = handed_on(&bytes) {
                for line in clean.split_terminator("\r\n") {
                    prop_assert!(line.is_ascii() && line.len() > 4, "{line:?}");
                    prop_assert!(line.as_bytes()[..3].iter().all(u8::is_ascii_digit));
                }
            }
        }
    }
}
