//! A proxy before the sandbox that lets a few connections in and then misbehaves: nobody listens
//! any more, or nobody trusts the certificate.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto::ring};

use super::service::on_a_runtime;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Plain HTTP, and then nobody listens.
    Refuses,
    /// HTTPS, and then another certificate.
    ShowsAnotherCertificate,
}

pub struct Front {
    pub address: SocketAddr,
    pub is_tls: bool,
    /// Whom to trust.
    pub authorities: PathBuf,
    _folder: tempfile::TempDir,
}

impl Front {
    /// Lets this many connections in to `behind`.
    pub fn start(behind: SocketAddr, lets_in: usize, then: Then) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authorities = folder.path().join("authorities.pem");
        let (good, pem) = acceptor();
        std::fs::write(&authorities, pem).unwrap();
        let (bad, _) = acceptor();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let is_tls = then == Then::ShowsAnotherCertificate;
        // The port is closed before the last connection is answered.
        if lets_in == 0 && !is_tls {
            drop(listener);
        } else {
            std::thread::spawn(move || {
                on_a_runtime(serve(listener, behind, lets_in, is_tls.then_some((good, bad))));
            });
        }
        Front { address, is_tls, authorities, _folder: folder }
    }

    pub fn url(&self, path: &str) -> String {
        let scheme = if self.is_tls { "https" } else { "http" };
        format!("{scheme}://localhost:{}/{path}", self.address.port())
    }
}

async fn serve(
    listener: std::net::TcpListener,
    behind: SocketAddr,
    lets_in: usize,
    tls: Option<(TlsAcceptor, TlsAcceptor)>,
) {
    let mut listener = Some(TcpListener::from_std(listener).unwrap());
    let mut came = 0;
    while let Some(open) = &listener {
        let (mut stream, _) = open.accept().await.unwrap();
        came += 1;
        if came == lets_in && tls.is_none() {
            listener = None;
        }
        match &tls {
            None => pass(&mut stream, behind).await,
            Some((good, bad)) => {
                let acceptor = if came <= lets_in { good } else { bad };
                // A client that doesn't trust it hangs up.
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    pass(&mut stream, behind).await;
                }
            }
        }
    }
}

async fn pass<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin>(stream: &mut S, behind: SocketAddr) {
    let mut inside = TcpStream::connect(behind).await.unwrap();
    // Either side may hang up.
    let _ = tokio::io::copy_bidirectional(stream, &mut inside).await;
}

/// A fresh certificate for localhost, signed by itself, and its PEM.
fn acceptor() -> (TlsAcceptor, String) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(vec!["localhost".into()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let chain = vec![CertificateDer::from(cert.der().to_vec())];
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), cert.pem())
}
