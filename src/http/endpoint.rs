//! Where a service is reached: an address from the settings, and nowhere else (S20).

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;

/// An address over HTTPS, or over plain HTTP on this very machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(Url);

/// Why an address from the settings can't be used. Each says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// It is no URL of `http` or `https` with a host.
    #[error("it is no address such as https://service.example/path")]
    Shape,
    /// It holds a user or a password.
    #[error("a password or token never stands in an address: there are settings of their own for it")]
    Secret,
    /// It is plain HTTP to another machine.
    #[error("plain http goes to this very machine only (localhost, 127.0.0.1, [::1]): use https")]
    Plain,
    /// It ends in a fragment.
    #[error("what follows a # is never sent: take it away")]
    Fragment,
    /// It has a path, a query or a fragment, where only host and port may stand.
    #[error("nothing may follow host and port: the kiosk writes the rest itself")]
    Path,
}

impl Endpoint {
    pub(super) fn url(&self) -> &Url {
        &self.0
    }

    /// The name or number of the host, in brackets for IPv6.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The port, the scheme's own when none is given.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(443)
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        let url = parse(text)?;
        if url.fragment().is_some() {
            return Err(EndpointError::Fragment);
        }
        match url.scheme() {
            "https" => Ok(Endpoint(url)),
            _ if is_loopback(url.host_str().unwrap_or_default()) => Ok(Endpoint(url)),
            _ => Err(EndpointError::Plain),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.as_str())
    }
}

/// A proxy on the office's network. Plain HTTP is enough, for TLS to the service passes through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyAddress(Url);

impl ProxyAddress {
    pub(super) fn url(&self) -> &Url {
        &self.0
    }
}

impl FromStr for ProxyAddress {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        parse(text).map(ProxyAddress)
    }
}

impl fmt::Display for ProxyAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.as_str())
    }
}

/// Where others reach this machine: scheme, host and port, and nothing behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAddress(Url);

/// Suffixes of names in local networks (RFC 6762, RFC 8375, and common routers).
const NAMES_AT_HOME: [&str; 6] = [".local", ".lan", ".home.arpa", ".internal", ".intranet", ".localhost"];

impl PublicAddress {
    /// Whether it is reached over TLS.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The name or number of the host, in brackets for IPv6.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The port, the scheme's own when none is given.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(443)
    }

    /// The same at another port.
    pub fn at_port(mut self, port: u16) -> Self {
        // An address of HTTP always takes one.
        let _ = self.0.set_port(Some(port));
        self
    }

    /// Whether what is sent there stays in the house: by a private address, or a name that means
    /// nothing outside.
    pub fn is_at_home(&self) -> bool {
        let host = self.host().to_ascii_lowercase();
        let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&host);
        match bare.parse() {
            Ok(IpAddr::V4(ip)) => ip.is_private() || ip.is_loopback() || ip.is_link_local(),
            Ok(IpAddr::V6(ip)) => ip.is_unique_local() || ip.is_loopback() || ip.is_unicast_link_local(),
            Err(_) => !host.contains('.') || NAMES_AT_HOME.iter().any(|end| host.ends_with(end)),
        }
    }
}

impl FromStr for PublicAddress {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        let url = parse(text)?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if is_bare { Ok(PublicAddress(url)) } else { Err(EndpointError::Path) }
    }
}

/// Without a slash at its end.
impl fmt::Display for PublicAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

fn parse(text: &str) -> Result<Url, EndpointError> {
    let url = Url::parse(text).map_err(|_| EndpointError::Shape)?;
    let has_host = url.host_str().is_some_and(|host| !host.is_empty());
    if !["http", "https"].contains(&url.scheme()) || !has_host {
        return Err(EndpointError::Shape);
    }
    match url.username().is_empty() && url.password().is_none() {
        true => Ok(url),
        false => Err(EndpointError::Secret),
    }
}

/// Whether what is sent to this host stays on this machine. `localhost` does (RFC 6761); other
/// names could come to mean another machine.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_at_home() {
        let parse = |text: &str| text.parse::<Endpoint>();
        for right in [
            "https://sms.example/send?a=1",
            "http://127.0.0.1:8080/",
            "http://[::1]:9/x",
            "http://LOCALHOST/x",
            "http://127.8.8.8/",
        ] {
            assert!(parse(right).is_ok(), "{right}");
        }
        for (wrong, why) in [
            ("http://sms.example/", EndpointError::Plain),
            ("http://localhost.example/", EndpointError::Plain),
            ("http://127.0.0.1.example/", EndpointError::Plain),
            ("http://10.0.0.1/", EndpointError::Plain),
            ("https://user:word@sms.example/", EndpointError::Secret),
            ("https://user@sms.example/", EndpointError::Secret),
            ("https://sms.example/#here", EndpointError::Fragment),
            ("ftp://sms.example/", EndpointError::Shape),
            ("file:///etc/passwd", EndpointError::Shape),
            ("sms.example", EndpointError::Shape),
            ("", EndpointError::Shape),
        ] {
            assert_eq!(parse(wrong), Err(why), "{wrong}");
        }
        let public = |text: &str| text.parse::<PublicAddress>();
        assert_eq!(public("http://10.0.0.5:8080/").unwrap().to_string(), "http://10.0.0.5:8080");
        assert_eq!(public("http://127.0.0.1:0").unwrap().at_port(81).to_string(), "http://127.0.0.1:81");
        for wrong in ["http://10.0.0.5/kiosk", "http://10.0.0.5/?a", "http://10.0.0.5/#a"] {
            assert_eq!(public(wrong), Err(EndpointError::Path), "{wrong}");
        }
        for home in ["http://10.0.0.5", "http://[fd00::1]", "http://kiosco:80", "http://kiosco.LAN"] {
            assert!(public(home).unwrap().is_at_home(), "{home}");
        }
        for away in ["http://200.1.2.3", "http://[2001:db8::1]", "http://kiosco.example"] {
            assert!(!public(away).unwrap().is_at_home(), "{away}");
        }
        let endpoint = parse("https://sms.example/send").unwrap();
        assert_eq!((endpoint.host(), endpoint.port()), ("sms.example", 443));
        assert!("http://proxy.office:3128".parse::<ProxyAddress>().is_ok());
        assert_eq!("http://me:you@proxy.office".parse::<ProxyAddress>(), Err(EndpointError::Secret));
    }
}
