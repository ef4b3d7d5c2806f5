//! The one way out by HTTP (S20): TLS by rustls with ring, no redirects, a limit to connect and
//! one for the whole call, addresses from the settings alone, and answers of bounded length. It
//! knows nothing of what is asked; it tells apart what never reached the service from what may
//! have.

mod distrust;
mod endpoint;
mod serving;
mod tls;

use std::error::Error as _;
use std::path::PathBuf;
use std::time::Duration;

pub use reqwest::header;
use reqwest::redirect::Policy;
use reqwest::{Proxy, Response};

pub use self::distrust::{Distrust, TlsFault, TlsPlace};
pub use self::endpoint::{Endpoint, EndpointError, ProxyAddress, PublicAddress, is_loopback};
pub use self::serving::connection;
pub use self::tls::{
    Acceptor, SetUpError, TlsIdentity, TlsStream, TlsTrust, authorities_of_the_system, client_tls,
};
use crate::domain::clean::Clean;

/// How a service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// For name, connection and TLS together.
    pub connect_within: Duration,
    /// For the whole call, the answer's last byte included.
    pub answer_within: Duration,
    /// Trust the authorities in this PEM file and no others; `None` for those of the system.
    pub authorities: Option<PathBuf>,
    /// The setting that names this file, for what is said to operators.
    pub authorities_setting: &'static str,
    /// Who we are, to services that ask.
    pub identity: Option<TlsIdentity>,
    /// The proxy that all calls go through.
    pub proxy: Option<ProxyAddress>,
    /// Longest body taken.
    pub most_bytes: usize,
}

impl Default for Way {
    fn default() -> Self {
        Way {
            connect_within: Duration::from_secs(3),
            answer_within: Duration::from_secs(10),
            authorities: None,
            authorities_setting: "the file of authorities",
            identity: None,
            proxy: None,
            most_bytes: 256 * 1024,
        }
    }
}

/// Why there is no answer. The reason is for the log: it quotes neither address nor message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No byte of the request reached the service.
    #[error("it can't be reached: {0}")]
    NotReached(Clean),
    /// No byte of the request reached the service, for it could not prove who it is.
    #[error("it is not trusted: {0}")]
    Untrusted(Distrust),
    /// The service may have got it, and did not answer in time.
    #[error("no answer in time")]
    TimedOut,
    /// The service may have got it.
    #[error("the connection broke: {0}")]
    Broken(Clean),
}

/// Why the body of an answer can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It is longer than this, the most that is taken, in bytes.
    #[error("it is longer than {0} bytes")]
    TooLong(usize),
    /// Its last byte did not come within the time of the whole call.
    #[error("it did not end in time")]
    TimedOut,
    /// The connection ended before it did.
    #[error("it was cut off")]
    Cut,
}

/// What a service answered. A redirect is an answer like any other: nobody follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP, from 100 to 599.
    pub status: u16,
    /// The header `Content-Type`, cleaned.
    pub content_type: Option<Clean>,
    /// How long the service wants to be left alone (`Retry-After`, RFC 9110, 10.2.3), if it says so in
    /// seconds, or by a date beside one of its own.
    pub retry_after: Option<Duration>,
    /// The body; status and headers stand even when it can't be used.
    pub body: Result<Vec<u8>, BodyError>,
}

/// Calls services in one way. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    client: reqwest::Client,
    authorities_setting: &'static str,
    most_bytes: usize,
}

impl Client {
    /// # Errors
    /// When a file of certificates or a key can't be used.
    pub fn new(way: &Way) -> Result<Self, SetUpError> {
        let library = |error: reqwest::Error| SetUpError::Library(reason(error).to_string());
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(client_tls(way.authorities.as_deref(), way.identity.as_ref())?)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            // Ignore proxies that the environment names.
            .no_proxy()
            .connect_timeout(way.connect_within)
            .timeout(way.answer_within)
            // A connection that was left open may be closed at the other end just as the next
            // request goes out, and nobody could say whether that one arrived.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("totem/", env!("CARGO_PKG_VERSION")));
        if let Some(proxy) = &way.proxy {
            builder = builder.proxy(Proxy::all(proxy.url().clone()).map_err(library)?);
        }
        let (authorities_setting, most_bytes) = (way.authorities_setting, way.most_bytes);
        Ok(Client { client: builder.build().map_err(library)?, authorities_setting, most_bytes })
    }

    /// Posts a body, once.
    ///
    /// # Errors
    /// When there is no answer; whether the service may have got the request stands in it.
    pub async fn post(
        &self,
        to: &Endpoint,
        headers: header::HeaderMap,
        body: Vec<u8>,
    ) -> Result<Answer, CallError> {
        let request = self.client.post(to.url().clone()).headers(headers).body(body);
        Ok(self.read(self.call(request, to).await?).await)
    }

    /// Asks for nothing (`HEAD`), to see whether the service is there and trusted; its status.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn knock(&self, at: &Endpoint) -> Result<u16, CallError> {
        Ok(self.call(self.client.head(at.url().clone()), at).await?.status().as_u16())
    }

    async fn call(&self, request: reqwest::RequestBuilder, to: &Endpoint) -> Result<Response, CallError> {
        match request.send().await {
            Ok(response) => Ok(response),
            Err(error) if error.is_connect() || error.is_builder() => Err(match TlsFault::of(&error) {
                Some(fault) => CallError::Untrusted(self.distrust(fault, to, &reason(error))),
                None => CallError::NotReached(reason(error)),
            }),
            Err(error) if error.is_timeout() => Err(CallError::TimedOut),
            Err(error) => Err(CallError::Broken(reason(error))),
        }
    }

    fn distrust(&self, fault: TlsFault, to: &Endpoint, reason: &Clean) -> Distrust {
        let place =
            TlsPlace { host: to.host().to_string(), port: to.port(), setting: self.authorities_setting };
        Distrust::new(fault, reason.as_str(), &place)
    }

    async fn read(&self, mut response: Response) -> Answer {
        let content_type = response.headers().get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).map(Clean::new);
        let retry_after = retry_after(response.headers());
        let status = response.status().as_u16();
        let mut body = Vec::new();
        let body = loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.most_bytes => {
                    break Err(BodyError::TooLong(self.most_bytes));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break Ok(body),
                Err(error) if error.is_timeout() => break Err(BodyError::TimedOut),
                Err(_) => break Err(BodyError::Cut),
            }
        };
        Answer { status, content_type, retry_after, body }
    }
}

/// A date is counted from the service's own clock: ours may differ.
fn retry_after(headers: &header::HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let wanted = text(header::RETRY_AFTER)?;
    match wanted.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let until = httpdate::parse_http_date(wanted).ok()?;
            let now = httpdate::parse_http_date(text(header::DATE)?).ok()?;
            Some(until.duration_since(now).unwrap_or_default())
        }
    }
}

/// Every link of the chain of causes, without the address, which may hold what is secret.
fn reason(error: reqwest::Error) -> Clean {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    Clean::new(&text)
}
