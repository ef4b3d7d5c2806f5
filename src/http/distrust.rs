//! Why a server is not trusted, and what an operator can do about it: which file, which setting, which
//! command.

use std::error::Error;
use std::fmt;
use std::io;

use rustls::CertificateError;

/// What TLS failed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsFault {
    /// The server shows the certificate of an authority as its own. Many guides make one certificate
    /// for both; RFC 5280 lets no authority's certificate stand for a server.
    AuthorityAsServer,
    /// No authority that is trusted vouches for the server.
    UnknownIssuer,
    /// The certificate is for another name.
    OtherName,
    /// The certificate has expired, or this machine's clock is ahead.
    Expired,
    /// The certificate counts from later on, or this machine's clock is behind.
    NotYetValid,
    /// The server offers no TLS.
    NotOffered,
    /// The mail server is too old to be asked for TLS in the midst of a dialogue.
    NoExtensions,
    /// Something else.
    Other,
}

/// Where TLS was tried, for what is said to operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsPlace {
    /// The name or number of the server.
    pub host: String,
    /// Its TCP port.
    pub port: u16,
    /// The setting that names the file of authorities, such as `smtp.authorities_file`.
    pub setting: &'static str,
}

/// A server that is not trusted: what failed, in the library's words, and what can be done. It quotes
/// nothing but the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distrust {
    fault: TlsFault,
    reason: String,
    remedy: String,
}

impl TlsFault {
    /// What of this error is TLS's; `None` when it is the connection's.
    pub fn of(error: &(dyn Error + 'static)) -> Option<Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(error) = error.downcast_ref() {
                return Some(Self::of_tls(error));
            }
            // What an error of io holds is not its source: that one is asked in its stead.
            next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
                Some(inner) => Some(inner),
                None => error.source(),
            };
        }
        None
    }

    fn of_tls(error: &rustls::Error) -> Self {
        let rustls::Error::InvalidCertificate(error) = error else {
            return match error {
                rustls::Error::InvalidMessage(_) => TlsFault::NotOffered,
                _ => TlsFault::Other,
            };
        };
        match error {
            CertificateError::UnknownIssuer => TlsFault::UnknownIssuer,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                TlsFault::OtherName
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                TlsFault::NotYetValid
            }
            CertificateError::Other(other)
                if other.0.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity) =>
            {
                TlsFault::AuthorityAsServer
            }
            _ => TlsFault::Other,
        }
    }

    /// What to do, as a sentence without its point.
    fn remedy(self, place: &TlsPlace) -> String {
        let TlsPlace { host, port, setting } = place;
        let name = match host.trim_matches(['[', ']']).parse::<std::net::IpAddr>() {
            Ok(ip) => format!("IP:{ip}"),
            Err(_) => format!("DNS:{host}"),
        };
        match self {
            TlsFault::AuthorityAsServer => format!(
                "the server shows an authority's certificate (CA:TRUE) as its own; make it one that is a server's: \
                 openssl req -x509 -newkey rsa:3072 -nodes -days 825 -subj /CN={host} \
                 -addext subjectAltName={name} -addext basicConstraints=critical,CA:FALSE \
                 -keyout server.key -out server.pem; install both there, and name server.pem in {setting}"
            ),
            TlsFault::UnknownIssuer => format!(
                "name the certificate of the authority behind it in {setting}; openssl s_client -connect \
                 {host}:{port} -showcerts shows what the server sends: compare it with what its operator gives you"
            ),
            TlsFault::OtherName => format!(
                "use the name that the certificate bears instead of {host}, or have a certificate made for {name}"
            ),
            TlsFault::Expired => {
                "have the server's certificate renewed, unless this machine's clock is ahead (timedatectl)"
                    .to_string()
            }
            TlsFault::NotYetValid => "set this machine's clock (timedatectl)".to_string(),
            TlsFault::NotOffered => {
                format!(
                    "look whether port {port} of {host} speaks TLS from the first byte, after STARTTLS, or never"
                )
            }
            TlsFault::NoExtensions => format!(
                "if {host} takes TLS from the first byte, set smtp.security = \"tls\" and smtp.port (465 as a rule); \
                 if not, have that server brought up to date, or send by another one: nothing leaves this machine \
                 without TLS"
            ),
            TlsFault::Other => format!("look at the certificate of {host}:{port} and at {setting}"),
        }
    }
}

impl Distrust {
    /// With the library's words for it, or the caller's.
    pub fn new(fault: TlsFault, reason: impl Into<String>, place: &TlsPlace) -> Self {
        Distrust { fault, reason: reason.into(), remedy: fault.remedy(place) }
    }

    /// What failed.
    pub fn fault(&self) -> TlsFault {
        self.fault
    }

    /// In the library's words, or the caller's.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// What to do about it.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }
}

impl fmt::Display for Distrust {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}; {}", self.reason, self.remedy)
    }
}
