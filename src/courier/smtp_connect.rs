//! A connection to a mail server, up to where it may be spoken to: through TLS if there is any.
//!
//! STARTTLS is asked for here and not by the library, which would take answers that somebody on
//! the way sent in the clear for the server's own after TLS began.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::SendError;
use super::smtp_refusal::{Stage, before_text};
use crate::config::{Security, Smtp as Settings};
use crate::http::{TlsStream, TlsTrust, is_tls_fault};

/// The longest answer before TLS, in bytes: an honest one has a few hundred.
const MOST_BYTES: u64 = 8 * 1024;

/// What the library reads as the greeting when the server gave its own before TLS.
const GREETED: &[u8] = b"220 greeted before TLS\r\n";

/// Connects, and says who calls.
pub(super) async fn connect(
    settings: &Settings,
    trust: &TlsTrust,
    hello: &ClientId,
) -> Result<AsyncSmtpConnection, SendError> {
    let dialling = TcpStream::connect((settings.host.as_str(), settings.port));
    let stream = match timeout(settings.connect_within, dialling).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(SendError::Unreachable(error.to_string())),
        Err(_) => return Err(SendError::Unreachable("no connection in time".to_string())),
    };
    let stream: Box<dyn AsyncTokioStream> = match settings.security {
        Security::None => Box::new(stream),
        Security::Tls => Box::new(secure(trust, settings, stream, b"").await?),
        Security::StartTls => {
            let stream = start_tls(stream, hello).await?;
            Box::new(secure(trust, settings, stream, GREETED).await?)
        }
    };
    let connecting = AsyncSmtpConnection::connect_with_transport(stream, hello);
    connecting.await.map_err(|error| before_text(Stage::Greeting, &error))
}

async fn secure(
    trust: &TlsTrust,
    settings: &Settings,
    stream: TcpStream,
    unread: &'static [u8],
) -> Result<Secured, SendError> {
    match trust.secure(&settings.host, stream).await {
        Ok(stream) => Ok(Secured { unread, stream }),
        Err(error) if is_tls_fault(&error) => Err(SendError::Untrusted(format!("TLS: {error}"))),
        Err(error) => Err(SendError::Unreachable(format!("TLS was broken off: {error}"))),
    }
}

/// Speaks in the clear, as little as can be, until the server waits for TLS.
async fn start_tls(stream: TcpStream, hello: &ClientId) -> Result<TcpStream, SendError> {
    let mut stream = BufReader::new(stream);
    let broke = |error: io::Error| SendError::Unreachable(format!("before TLS: {error}"));
    let greeting = answer(&mut stream).await.map_err(broke)?;
    expect(&greeting, "220", Stage::Greeting)?;
    stream.write_all(format!("EHLO {hello}\r\n").as_bytes()).await.map_err(broke)?;
    let offers = answer(&mut stream).await.map_err(broke)?;
    expect(&offers, "250", Stage::Greeting)?;
    // Each line has a code, and a blank or a dash, before what is offered.
    let offered =
        |line: &String| line.get(4..).is_some_and(|word| word.trim().eq_ignore_ascii_case("STARTTLS"));
    if !offers.iter().any(offered) {
        return Err(SendError::Untrusted("the server has no STARTTLS".to_string()));
    }
    stream.write_all(b"STARTTLS\r\n").await.map_err(broke)?;
    let ready = answer(&mut stream).await.map_err(broke)?;
    expect(&ready, "220", Stage::StartTls)?;
    match stream.buffer().is_empty() {
        true => Ok(stream.into_inner()),
        false => Err(SendError::Untrusted("somebody answered before TLS began".to_string())),
    }
}

/// The lines of one answer; each but the last has a dash after its code.
async fn answer(stream: &mut BufReader<TcpStream>) -> io::Result<Vec<String>> {
    let (mut lines, mut left) = (Vec::new(), MOST_BYTES);
    loop {
        let mut line = Vec::new();
        // Counted before it is kept: a line without an end must not fill the memory.
        left -= (&mut *stream).take(left).read_until(b'\n', &mut line).await? as u64;
        if !line.ends_with(b"\n") {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "no whole answer"));
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        let is_last = line.as_bytes().get(3) != Some(&b'-');
        lines.push(line);
        if is_last {
            return Ok(lines);
        }
    }
}

fn expect(lines: &[String], code: &str, stage: Stage) -> Result<(), SendError> {
    let code_of = |line: &String| line.get(..3).unwrap_or_default().to_string();
    match lines.last().map(code_of) {
        Some(got) if got == code => Ok(()),
        Some(got) if got.starts_with('5') && stage == Stage::StartTls => {
            Err(SendError::Untrusted("the server refused STARTTLS".to_string()))
        }
        Some(got) if got.starts_with('5') => {
            Err(SendError::AccessRefused(format!("the server refused us at {stage}")))
        }
        _ => Err(SendError::Temporary(format!("the server is not ready at {stage}"))),
    }
}

/// A stream through TLS, behind what is still to be read before it.
#[derive(Debug)]
struct Secured {
    unread: &'static [u8],
    stream: TlsStream,
}

impl AsyncTokioStream for Secured {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.get_ref().0.peer_addr()
    }
}

impl AsyncRead for Secured {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.unread.is_empty() {
            return Pin::new(&mut self.stream).poll_read(context, into);
        }
        let (now, later) = self.unread.split_at(self.unread.len().min(into.remaining()));
        into.put_slice(now);
        self.unread = later;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Secured {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
