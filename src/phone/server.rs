//! Where phones come in: a listener, TLS if there is a certificate, and a bound on everything that
//! somebody on the network could open, send slowly, or never end.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener as Bound};
use std::pin::pin;
use std::time::Duration;

use hyper::service::service_fn;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::doors::{Doors, Inside};
use super::{Phones, answer};
use crate::clock::Clock;
use crate::config;
use crate::documents::Checker;
use crate::domain::language::Language;
use crate::http::{self, Acceptor, SetUpError};

const TLS_WITHIN: Duration = Duration::from_secs(10);
/// Covers a whole connection: a photo over a bad network, its examination and the answer.
const CONNECTION_WITHIN: Duration = Duration::from_secs(150);
/// The pause after the system refused a connection: too many are open, and some will close.
const PAUSE: Duration = Duration::from_millis(200);

/// Why no phone can come in. For operators.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The address is not this machine's, or somebody else listens there.
    #[error("{at} can't be had ({error}): check [phone] listen, and that no other program has it")]
    Port {
        /// The address of the settings.
        at: SocketAddr,
        /// The system's words.
        error: io::Error,
    },
    /// The certificate or its key can't be used.
    #[error(transparent)]
    Certificate(#[from] SetUpError),
}

/// The open door, before anybody is let in.
pub struct Server {
    listener: Bound,
    acceptor: Option<Acceptor>,
    phones: Phones,
}

/// Takes the port, and reads the certificate. A port 0 in the address is whichever was got.
///
/// # Errors
/// When the port is somebody else's, or the certificate can't be used.
pub fn open(
    settings: &config::Phone,
    checker: Checker,
    clock: Clock,
    language: Language,
) -> Result<(Phones, Server), ListenError> {
    let acceptor = acceptor(settings)?;
    let fault = |error| ListenError::Port { at: settings.listen, error };
    let listener = Bound::bind(settings.listen).map_err(fault)?;
    listener.set_nonblocking(true).map_err(fault)?;
    let port = listener.local_addr().map_err(fault)?.port();
    let address = match settings.address.port() {
        0 => settings.address.clone().at_port(port),
        _ => settings.address.clone(),
    };
    let phones = Phones::new(address, clock, checker, language);
    Ok((phones.clone(), Server { listener, acceptor, phones }))
}

/// What shows the certificate, if there is one.
///
/// # Errors
/// When it can't be used.
pub fn acceptor(settings: &config::Phone) -> Result<Option<Acceptor>, SetUpError> {
    settings.identity.as_ref().map(http::TlsIdentity::acceptor).transpose()
}

impl Server {
    /// Serves until `stop`; then whatever is open breaks off.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Server { listener, acceptor, phones } = self;
        let listener = match TcpListener::from_std(listener) {
            Ok(listener) => listener,
            Err(error) => {
                tracing::error!(reason = %error, "phones can't be served");
                return;
            }
        };
        let doors = Doors::default();
        let mut connections = JoinSet::new();
        let mut stop = pin!(stop);
        loop {
            let (stream, from) = tokio::select! {
                () = &mut stop => return,
                Some(_) = connections.join_next() => continue,
                accepted = listener.accept() => match accepted {
                    Ok((stream, from)) => (stream, from.ip().to_canonical()),
                    Err(_) => {
                        tokio::time::sleep(PAUSE).await;
                        continue;
                    }
                },
            };
            let Some((inside, shown_out)) = doors.enter(from) else { continue };
            let (acceptor, phones) = (acceptor.clone(), phones.clone());
            connections.spawn(async move {
                tokio::select! {
                    _ = shown_out => {}
                    _ = timeout(CONNECTION_WITHIN, serve(stream, acceptor, &phones, &inside)) => {}
                }
            });
        }
    }
}

async fn serve(stream: TcpStream, acceptor: Option<Acceptor>, phones: &Phones, inside: &Inside) {
    match acceptor {
        None => answer_over(stream, phones, inside).await,
        Some(acceptor) => {
            if let Ok(Ok(stream)) = timeout(TLS_WITHIN, acceptor.accept(stream)).await {
                answer_over(stream, phones, inside).await;
            }
        }
    }
}

async fn answer_over(stream: impl AsyncRead + AsyncWrite + Unpin, phones: &Phones, inside: &Inside) {
    let answers =
        service_fn(|request| async { Ok::<_, Infallible>(answer::answer(phones, inside, request).await) });
    http::connection(stream, answers).await;
}
