//! A connection to a mail server, up to where it may be spoken to: through TLS if there is any, and by the
//! older HELO where the server knows no EHLO (RFC 5321, §3.2).
//!
//! EHLO and STARTTLS are said here and not by the library, which knows no HELO, and would take answers that
//! somebody on the way sent in the clear for the server's own after TLS began.

use std::io;
use std::time::Duration;

use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::SendError;
use super::smtp_refusal::{DialogueStage, before_text, refused_by};
use super::smtp_replies::{Replies, ServerReply, read_reply};
use crate::config::{Security, Smtp as Settings};
use crate::http::{Distrust, TlsFault, TlsPlace, TlsStream, TlsTrust};

/// Which of the two greetings the server understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hello {
    /// EHLO: it has said what else it knows.
    Extended,
    /// HELO: no login, and nothing else that came after 1982.
    Plain,
}

/// A server that may be spoken to.
pub(super) struct Connected {
    pub connection: AsyncSmtpConnection,
    pub hello: Hello,
}

/// Connects, and says who calls.
pub(super) async fn connect(
    settings: &Settings,
    trust: &TlsTrust,
    name: &ClientId,
) -> Result<Connected, SendError> {
    let dialling = TcpStream::connect((settings.host.as_str(), settings.port));
    let stream = match timeout(settings.connect_within, dialling).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(SendError::Unreachable(error.to_string())),
        Err(_) => return Err(SendError::Unreachable("no connection in time".to_string())),
    };
    let (stream, hello): (Box<dyn AsyncTokioStream>, Hello) = match settings.security {
        Security::None => {
            let mut line = FirstLines::of(stream, settings);
            let greeting = line.greeting().await?;
            let (answer, hello) = line.hello(name).await?;
            (Box::new(line.handed_over([greeting, answer])), hello)
        }
        Security::Tls => {
            let mut line = FirstLines::of(secure(trust, settings, stream).await?, settings);
            let greeting = line.greeting().await?;
            let (answer, hello) = line.hello(name).await?;
            (Box::new(line.handed_over([greeting, answer])), hello)
        }
        Security::StartTls => {
            let (stream, greeting) = start_tls(stream, settings, name).await?;
            let mut line = FirstLines::of(secure(trust, settings, stream).await?, settings);
            let (answer, hello) = line.hello(name).await?;
            (Box::new(line.handed_over([greeting, answer])), hello)
        }
    };
    let connecting = AsyncSmtpConnection::connect_with_transport(stream, name);
    let connected = in_time(settings.answer_within, DialogueStage::Hello, connecting).await?;
    let connection = connected.map_err(|error| before_text(DialogueStage::Hello, &error))?;
    Ok(Connected { connection, hello })
}

/// The first lines of a dialogue, before the library leads it.
struct FirstLines<'a, S> {
    stream: S,
    unread: Vec<u8>,
    settings: &'a Settings,
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> FirstLines<'a, S> {
    fn of(stream: S, settings: &'a Settings) -> Self {
        FirstLines { stream, unread: Vec::new(), settings }
    }

    async fn greeting(&mut self) -> Result<ServerReply, SendError> {
        let greeting = self.reply(DialogueStage::Greeting).await?;
        expect(greeting, DialogueStage::Greeting)
    }

    /// EHLO, and HELO where that is not known.
    async fn hello(&mut self, name: &ClientId) -> Result<(ServerReply, Hello), SendError> {
        let answer = self.ask(&format!("EHLO {name}"), DialogueStage::Hello).await?;
        if !answer.is_of_unknown_command() {
            return Ok((expect(answer, DialogueStage::Hello)?, Hello::Extended));
        }
        let answer = self.ask(&format!("HELO {name}"), DialogueStage::Hello).await?;
        // Whatever stands in its answer, HELO offers nothing.
        let plain = ServerReply { lines: vec!["HELO".to_string()], ..expect(answer, DialogueStage::Hello)? };
        Ok((plain, Hello::Plain))
    }

    async fn ask(&mut self, command: &str, stage: DialogueStage) -> Result<ServerReply, SendError> {
        let line = format!("{command}\r\n");
        let said = async {
            self.stream.write_all(line.as_bytes()).await?;
            self.stream.flush().await
        };
        in_time(self.settings.answer_within, stage, said).await?.map_err(|error| broke(stage, &error))?;
        self.reply(stage).await
    }

    async fn reply(&mut self, stage: DialogueStage) -> Result<ServerReply, SendError> {
        let reading = read_reply(&mut self.stream, &mut self.unread);
        let read = in_time(self.settings.answer_within, stage, reading).await?;
        read.map_err(|error| broke(stage, &error))
    }

    /// To the library, which hears these answers to the connection and to its own greeting.
    fn handed_over(self, answers: [ServerReply; 2]) -> Replies<S> {
        Replies::after(self.stream, &answers, self.unread)
    }
}

fn broke(stage: DialogueStage, error: &io::Error) -> SendError {
    SendError::Unreachable(format!("the connection broke at {stage}: {error}"))
}

/// What is waited for, unless it takes too long. Before the text nothing has left.
pub(super) async fn in_time<T>(
    within: Duration,
    stage: DialogueStage,
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

/// Speaks in the clear, as little as can be, until the server waits for TLS; says how it had greeted us.
async fn start_tls(
    stream: TcpStream,
    settings: &Settings,
    name: &ClientId,
) -> Result<(TcpStream, ServerReply), SendError> {
    let mut line = FirstLines::of(stream, settings);
    let greeting = line.greeting().await?;
    let offers = line.ask(&format!("EHLO {name}"), DialogueStage::Hello).await?;
    if offers.is_of_unknown_command() {
        return Err(distrust(
            settings,
            TlsFault::NoExtensions,
            "the server knows no EHLO, and so no STARTTLS",
        ));
    }
    let offers = expect(offers, DialogueStage::Hello)?;
    if !offers.lines.iter().any(|line| line.trim().eq_ignore_ascii_case("STARTTLS")) {
        return Err(distrust(settings, TlsFault::NotOffered, "the server has no STARTTLS"));
    }
    let ready = line.ask("STARTTLS", DialogueStage::StartTls).await?;
    if ready.is_refusal() {
        return Err(distrust(settings, TlsFault::NotOffered, "the server refused STARTTLS"));
    }
    expect(ready, DialogueStage::StartTls)?;
    match line.unread.is_empty() {
        true => Ok((line.stream, greeting)),
        false => Err(distrust(settings, TlsFault::Other, "somebody answered before TLS began")),
    }
}

/// The answer, if it is the one that lets us go on.
fn expect(reply: ServerReply, stage: DialogueStage) -> Result<ServerReply, SendError> {
    match reply.code[0] {
        b'2' => Ok(reply),
        _ => Err(refused_by(&reply, stage)),
    }
}
