//! `[phone]`: where people's phones reach this terminal, if they can. `config.toml` says what each
//! setting means.

use std::net::SocketAddr;

use crate::http::{PublicAddress, TlsIdentity};

use super::environment::Environment;
use super::reader::Reader;

/// Where people's phones reach this terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The address that phones open.
    pub address: PublicAddress,
    /// Where this terminal listens for them.
    pub listen: SocketAddr,
    /// This terminal's certificate, for HTTPS; `None` for HTTP or behind a proxy.
    pub identity: Option<TlsIdentity>,
}

impl Phone {
    /// `None` when no address is set: then the way by phone is not offered.
    pub(super) fn read(from: &mut Reader, environment: &Environment) -> Option<Self> {
        let address: Option<PublicAddress> = from.parsed("phone.public_url");
        let listen: Option<SocketAddr> = from.parsed("phone.listen");
        let certificate = from.optional_path("phone.certificate");
        let key = from.secret_file("phone.key", "phone.key_credential", environment);
        let identity = match (certificate, key) {
            (Some(certificate), Some(key)) => Some(TlsIdentity { certificate, key }),
            (None, None) => None,
            // The credential may be there for later use.
            (None, Some(key)) if key.is_credential => None,
            _ => {
                from.fault("phone.certificate", "A certificate and its key go together: name both files.");
                None
            }
        };
        let address = address?;
        let Some(listen) = listen else {
            if from.is_right(&["phone.listen"]) {
                from.fault("phone.listen", "It must be an address and a port such as 0.0.0.0:8080.");
            }
            return None;
        };
        if address.port() == 0 || listen.port() == 0 {
            from.fault("phone.public_url", "Phones need a port that stays the same, here and in listen.");
        }
        match (address.is_https(), &identity) {
            (true, None) if !listen.ip().is_loopback() => from.fault(
                "phone.public_url",
                "https needs certificate and key; or, behind a proxy on this very machine, listen = \"127.0.0.1:8080\".",
            ),
            (false, Some(_)) => from.fault("phone.public_url", "With a certificate it begins with https."),
            _ => {}
        }
        Some(Phone { address, listen, identity })
    }
}
