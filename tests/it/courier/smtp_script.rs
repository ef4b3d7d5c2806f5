//! A mail server that says exactly what it is told to, byte by byte, at each stage of the dialogue.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// Where in the dialogue something else than the usual happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Greeting,
    Hello,
    Login,
    From,
    To,
    Data,
    Text,
}

/// What happens there.
#[derive(Clone, Copy, Debug)]
pub enum Does {
    Says(&'static [u8]),
    HangsUp,
    Silent,
}

/// What a server says that finds nothing to say.
fn usual(at: At) -> &'static [u8] {
    match at {
        At::Greeting => b"220 mx.test ready\r\n",
        At::Hello => b"250-mx.test\r\n250-AUTH PLAIN LOGIN\r\n250 ENHANCEDSTATUSCODES\r\n",
        At::Login => b"235 2.7.0 welcome\r\n",
        At::From | At::To => b"250 2.1.0 ok\r\n",
        At::Data => b"354 go on\r\n",
        At::Text => b"250 2.0.0 taken\r\n",
    }
}

pub struct Scripted {
    pub port: u16,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// Does this at this stage, and the usual at all others, as often as somebody connects.
    pub async fn start(at: At, does: Does) -> Self {
        Self::serve(at, does, None).await
    }

    pub async fn start_tls(tls: Arc<ServerConfig>) -> Self {
        Self::serve(At::Greeting, Does::Says(usual(At::Greeting)), Some(TlsAcceptor::from(tls))).await
    }

    pub async fn start_at_over_tls(at: At, does: Does, tls: Arc<ServerConfig>) -> Self {
        Self::serve(at, does, Some(TlsAcceptor::from(tls))).await
    }

    async fn serve(at: At, does: Does, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let lines: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = lines.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                match &tls {
                    None => drop(tokio::spawn(converse(stream, at, does, heard.clone()))),
                    Some(tls) => {
                        if let Ok(stream) = tls.accept(stream).await {
                            tokio::spawn(converse(stream, at, does, heard.clone()));
                        }
                    }
                }
            }
        });
        Scripted { port, lines }
    }

    /// Every line that came, of all connections.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// How many texts came to their end.
    pub fn texts(&self) -> usize {
        self.lines().iter().filter(|line| *line == ".").count()
    }
}

/// `None` when the conversation is over.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    at: At,
    does: Does,
    heard: Arc<Mutex<Vec<String>>>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    answer(&mut stream, At::Greeting, (at, does)).await?;
    let mut is_text = false;
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line).trim_end().to_string();
        heard.lock().unwrap().push(line.clone());
        let verb = line.split(' ').next().unwrap_or_default();
        let stage = match (is_text, verb) {
            (true, ".") => At::Text,
            (true, _) => continue,
            (false, "EHLO") => At::Hello,
            (false, "AUTH") => At::Login,
            (false, "MAIL") => At::From,
            (false, "RCPT") => At::To,
            (false, "DATA") => At::Data,
            (false, "QUIT") => return None,
            (false, _) => {
                stream.write_all(b"250 ok\r\n").await.ok()?;
                continue;
            }
        };
        is_text = stage == At::Data;
        answer(&mut stream, stage, (at, does)).await?;
    }
}

async fn answer(stream: &mut (impl AsyncWrite + Unpin), stage: At, (at, does): (At, Does)) -> Option<()> {
    match if stage == at { does } else { Does::Says(usual(stage)) } {
        Does::Says(bytes) => {
            stream.write_all(bytes).await.ok()?;
            stream.flush().await.ok()
        }
        Does::HangsUp => None,
        Does::Silent => std::future::pending().await,
    }
}
