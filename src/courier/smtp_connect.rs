//! A connection to a mail server, up to where it may be spoken to: through TLS if there is any.
//!
//! STARTTLS is asked for here and not by the library, which would take answers that somebody on
//! the way sent in the clear for the server's own after TLS began.

use std::io;
use std::time::Duration;

use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::SendError;
use super::smtp_refusal::{Stage, before_text};
use super::smtp_replies::{Replies, ServerReply, read_reply};
use crate::config::{Security, Smtp as Settings};
use crate::http::{Distrust, TlsFault, TlsPlace, TlsStream, TlsTrust};

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
        Security::None => Box::new(Replies::of(stream)),
        Security::Tls => Box::new(Replies::of(secure(trust, settings, stream).await?)),
        Security::StartTls => {
            let stream = start_tls(stream, settings, hello).await?;
            Box::new(Replies::after(secure(trust, settings, stream).await?, GREETED))
        }
    };
    let connecting = AsyncSmtpConnection::connect_with_transport(stream, hello);
    let connected = in_time(settings.answer_within, Stage::Greeting, connecting).await?;
    connected.map_err(|error| before_text(Stage::Greeting, &error))
}

/// What is waited for, unless it takes too long. Before the text nothing has left.
pub(super) async fn in_time<T>(
    within: Duration,
    stage: Stage,
    waiting: impl Future<Output = T>,
) -> Result<T, SendError> {
    timeout(within, waiting)
        .await
        .map_err(|_| SendError::Unreachable(format!("no answer in time at {stage}")))
}

fn distrust(settings: &Settings, fault: TlsFault, reason: &str) -> SendError {
    let place =
        TlsPlace { host: settings.host.clone(), port: settings.port, setting: "smtp.authorities_file" };
    SendError::Untrusted(Distrust::new(fault, reason, &place))
}

async fn secure(trust: &TlsTrust, settings: &Settings, stream: TcpStream) -> Result<TlsStream, SendError> {
    let securing = trust.secure(&settings.host, stream);
    let secured = timeout(settings.answer_within, securing).await;
    let secured = secured.map_err(|_| SendError::Unreachable("TLS did not begin in time".to_string()))?;
    secured.map_err(|error| match TlsFault::of(&error) {
        Some(fault) => distrust(settings, fault, &format!("TLS: {error}")),
        None => SendError::Unreachable(format!("TLS was broken off: {error}")),
    })
}

/// Speaks in the clear, as little as can be, until the server waits for TLS.
async fn start_tls(
    mut stream: TcpStream,
    settings: &Settings,
    hello: &ClientId,
) -> Result<TcpStream, SendError> {
    let (within, mut unread) = (settings.answer_within, Vec::new());
    let broke = |error: io::Error| SendError::Unreachable(format!("before TLS: {error}"));
    let greeting = in_time(within, Stage::Greeting, read_reply(&mut stream, &mut unread)).await?;
    expect(&greeting.map_err(broke)?, "220", Stage::Greeting)?;
    stream.write_all(format!("EHLO {hello}\r\n").as_bytes()).await.map_err(broke)?;
    let offers = in_time(within, Stage::Greeting, read_reply(&mut stream, &mut unread)).await?;
    let offers = offers.map_err(broke)?;
    expect(&offers, "250", Stage::Greeting)?;
    if !offers.lines.iter().any(|line| line.trim().eq_ignore_ascii_case("STARTTLS")) {
        return Err(distrust(settings, TlsFault::NotOffered, "the server has no STARTTLS"));
    }
    stream.write_all(b"STARTTLS\r\n").await.map_err(broke)?;
    let ready = in_time(within, Stage::StartTls, read_reply(&mut stream, &mut unread)).await?;
    let ready = ready.map_err(broke)?;
    if ready.is_refusal() {
        return Err(distrust(settings, TlsFault::NotOffered, "the server refused STARTTLS"));
    }
    expect(&ready, "220", Stage::StartTls)?;
    match unread.is_empty() {
        true => Ok(stream),
        false => Err(distrust(settings, TlsFault::Other, "somebody answered before TLS began")),
    }
}

fn expect(reply: &ServerReply, code: &str, stage: Stage) -> Result<(), SendError> {
    match reply {
        reply if reply.code == code.as_bytes() => Ok(()),
        reply if reply.is_refusal() => {
            Err(SendError::AccessRefused(format!("the server refused us at {stage}")))
        }
        _ => Err(SendError::Temporary(format!("the server is not ready at {stage}"))),
    }
}
