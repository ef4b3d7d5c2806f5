//! The other side of HTTP: answering what comes over one connection, for whatever listens.

use std::error::Error;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::HttpService;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};

/// How long a request's head may take. Nobody waits for a client that sends it a byte at a time.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// Browsers send a few hundred bytes of headers.
const MOST_HEAD_BYTES: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;

/// Answers requests until the other side is done. How it ends is the client's to tell.
pub async fn connection<C, H>(stream: C, answers: H)
where
    C: AsyncRead + AsyncWrite + Unpin,
    H: HttpService<Incoming>,
    H::Error: Into<Box<dyn Error + Send + Sync>>,
    H::ResBody: 'static,
    <H::ResBody as Body>::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(MOST_HEAD_BYTES)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), answers)
        .await;
}
