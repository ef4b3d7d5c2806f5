//! TLS: rustls with ring; for outgoing calls whom to trust and who we are (S20), and for what comes
//! in, who we are.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::net::TcpStream;
pub use tokio_rustls::TlsAcceptor as Acceptor;
use tokio_rustls::TlsConnector;

use crate::vault::{SecretFile, SecretFileError};

/// Longer than any honest file of certificates.
const MAX_PEM_BYTES: u64 = 4 * 1024 * 1024;

/// A certificate: the chain, its own certificate first, and the private key to it, in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsIdentity {
    /// The chain's file.
    pub certificate: PathBuf,
    /// The private key's file.
    pub key: SecretFile,
}

/// Why nothing can be called with these settings. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetUpError {
    /// The file isn't there, or this user may not read it.
    #[error("{}: it can't be read ({reason}). Check that it is there and that this user may read it", file.display())]
    Unreadable {
        /// The file that was named.
        file: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// No certificate stands in the file.
    #[error("{}: it holds no certificate in PEM (-----BEGIN CERTIFICATE-----)", file.display())]
    NoCertificate {
        /// The file that was named.
        file: PathBuf,
    },
    /// No private key stands in the file.
    #[error("{}: it holds no private key in PEM (-----BEGIN PRIVATE KEY-----)", file.display())]
    NoKey {
        /// The file that was named.
        file: PathBuf,
    },
    /// The file's certificate and the key don't belong together, or are of a kind that isn't known.
    #[error("{}: {reason}. Check that certificate and key belong together", file.display())]
    TlsIdentity {
        /// The chain's file.
        file: PathBuf,
        /// The library's words.
        reason: String,
    },
    /// The key's file is not kept safe.
    #[error(transparent)]
    Secret(#[from] SecretFileError),
    /// The library refuses the settings: its words.
    #[error("calls can't be set up ({0})")]
    Library(String),
}

/// A connection through TLS.
pub type TlsStream = tokio_rustls::client::TlsStream<TcpStream>;

/// Whom to trust, for connections that use TLS without HTTP.
#[derive(Clone)]
pub struct TlsTrust(TlsConnector);

impl TlsTrust {
    /// Trusts the authorities in the file and no others; without a file, those of the system.
    ///
    /// # Errors
    /// When the file can't be used.
    pub fn new(authorities: Option<&Path>) -> Result<Self, SetUpError> {
        Ok(TlsTrust(TlsConnector::from(Arc::new(client_tls(authorities, None)?))))
    }

    /// Begins TLS with a host that can prove its name.
    ///
    /// # Errors
    /// When it can't, or the connection breaks; [`super::TlsFault::of`] tells which.
    pub async fn secure(&self, host: &str, stream: TcpStream) -> std::io::Result<TlsStream> {
        let name = ServerName::try_from(host.to_string());
        let name = name.map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidInput, error))?;
        self.0.connect(name, stream).await
    }
}

/// What one client trusts and shows. With a file of authorities these are trusted, and no others.
///
/// # Errors
/// When a file can't be used.
pub fn client_tls(
    authorities: Option<&Path>,
    identity: Option<&TlsIdentity>,
) -> Result<ClientConfig, SetUpError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let settings = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| SetUpError::Library(error.to_string()))?
        .with_root_certificates(trusted(authorities)?);
    let Some(identity) = identity else {
        return Ok(settings.with_no_client_auth());
    };
    let (chain, key) = identity.read()?;
    settings.with_client_auth_cert(chain, key).map_err(|error| identity.unfit(&error))
}

impl TlsIdentity {
    /// For a server that shows this certificate to whoever comes.
    ///
    /// # Errors
    /// When certificate or key can't be used.
    pub fn acceptor(&self) -> Result<Acceptor, SetUpError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let (chain, key) = self.read()?;
        let settings = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| SetUpError::Library(error.to_string()))?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| self.unfit(&error))?;
        Ok(Acceptor::from(Arc::new(settings)))
    }

    fn read(&self) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), SetUpError> {
        let chain = certificates(&self.certificate)?;
        let no_key = |_| SetUpError::NoKey { file: self.key.path.clone() };
        let key = PrivateKeyDer::from_pem_slice(self.key.text()?.expose().as_bytes()).map_err(no_key)?;
        Ok((chain, key))
    }

    fn unfit(&self, error: &rustls::Error) -> SetUpError {
        SetUpError::TlsIdentity { file: self.certificate.clone(), reason: error.to_string() }
    }
}

fn trusted(authorities: Option<&Path>) -> Result<RootCertStore, SetUpError> {
    let mut store = RootCertStore::empty();
    let Some(file) = authorities else {
        // What the system can't read is not trusted, and the rest still is.
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if store.is_empty() {
            tracing::warn!("this system trusts no authority: install ca-certificates, or no TLS will work");
        }
        return Ok(store);
    };
    for certificate in certificates(file)? {
        store.add(certificate).map_err(|_| SetUpError::NoCertificate { file: file.to_path_buf() })?;
    }
    Ok(store)
}

/// How many authorities the system trusts.
pub fn authorities_of_the_system() -> usize {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs).0
}

/// The certificates of a file in PEM, at least one.
fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, SetUpError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read_pem(file)?).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(SetUpError::NoCertificate { file: file.to_path_buf() }),
    }
}

/// What stands in a file of certificates.
fn read_pem(file: &Path) -> Result<Vec<u8>, SetUpError> {
    let unreadable = |reason: String| SetUpError::Unreadable { file: file.to_path_buf(), reason };
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| opened.take(MAX_PEM_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(error.to_string()))?;
    match bytes.len() as u64 <= MAX_PEM_BYTES {
        true => Ok(bytes),
        false => Err(unreadable("it is longer than any file of certificates".to_string())),
    }
}
