//! Where a service is reached: an address from the settings, and nowhere else (S20).

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;

/// An address over HTTPS, or over plain HTTP on this very machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(Url);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    #[error("it is no address such as https://service.example/path")]
    Shape,
    #[error("a password or token never stands in an address: there are settings of their own for it")]
    Secret,
    #[error("plain http goes to this very machine only (localhost, 127.0.0.1, [::1]): use https")]
    Plain,
    #[error("what follows a # is never sent: take it away")]
    Fragment,
}

impl Endpoint {
    pub(super) fn url(&self) -> &Url {
        &self.0
    }

    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Where to knock, by the scheme's port when none is said.
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

/// A proxy on the office's network. Plain HTTP will do: what passes it is TLS to the service.
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
        let endpoint = parse("https://sms.example/send").unwrap();
        assert_eq!((endpoint.host(), endpoint.port()), ("sms.example", 443));
        assert!("http://proxy.office:3128".parse::<ProxyAddress>().is_ok());
        assert_eq!("http://me:you@proxy.office".parse::<ProxyAddress>(), Err(EndpointError::Secret));
    }
}
