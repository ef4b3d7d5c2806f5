//! An HTTP server of the test's own on the loopback address, which answers as told, or not at all.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// What it does once it has read a request.
pub enum Reply {
    /// Sends these bytes and ends.
    Says(String),
    HangsUp,
    /// Sends nothing for as long as the test lasts.
    Silent,
    /// Sends a body without end.
    Floods,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Reply::Says(format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok"))
    }
}

pub struct Loopback {
    pub port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Loopback {
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::serve(replies, None).await
    }

    pub async fn start_tls(replies: impl IntoIterator<Item = Reply>, tls: Arc<ServerConfig>) -> Self {
        Self::serve(replies, Some(TlsAcceptor::from(tls))).await
    }

    async fn serve(replies: impl IntoIterator<Item = Reply>, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&requests);
        let mut replies: VecDeque<Reply> = replies.into_iter().collect();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Some(tls) = &tls else {
                    answer(stream, &seen, &mut replies).await;
                    continue;
                };
                if let Ok(stream) = tls.accept(stream).await {
                    answer(stream, &seen, &mut replies).await;
                }
            }
        });
        Loopback { port, requests }
    }

    /// Head and body of each request.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    seen: &Mutex<Vec<String>>,
    replies: &mut VecDeque<Reply>,
) {
    let Some(request) = read(&mut stream).await else { return };
    seen.lock().unwrap().push(request);
    match replies.pop_front().expect("no more requests are expected") {
        Reply::HangsUp => {}
        Reply::Says(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
        Reply::Silent => {
            tokio::spawn(async move {
                let _kept = stream;
                std::future::pending::<()>().await;
            });
        }
        Reply::Floods => {
            tokio::spawn(async move {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                while stream.write_all(&[b'x'; 8192]).await.is_ok() {}
            });
        }
    }
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}
