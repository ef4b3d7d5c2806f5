//! People's phones: can the port be had, is the certificate one, and may what is sent be read by
//! others on its way.

use std::io::ErrorKind;
use std::net::TcpListener;

use crate::config::{Config, Phone};
use crate::http::is_loopback;
use crate::phone;

use super::Finding;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let Some(settings) = &config.phone else {
        return vec![Finding::ok("phone.public_url: none, so nobody is told of sending by phone")];
    };
    let mut findings = vec![judge_port(settings)];
    findings.extend(judge_certificate(settings));
    findings.extend(judge_address(settings));
    findings
}

pub(super) fn judge_port(settings: &Phone) -> Finding {
    let at = settings.listen;
    match TcpListener::bind(at) {
        Ok(_) => Finding::ok(format!("phone.listen: {at} can be had")),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Finding::warn(
            format!("phone.listen: {at} is taken"),
            "right if the kiosk runs; otherwise another program has it: ss -ltnp says which",
        ),
        Err(error) => Finding::fault(
            format!("phone.listen: {at} can't be had ({error})"),
            "use a port from 1024 on, at an address that this machine has; 0.0.0.0 is all of them",
        ),
    }
}

pub(super) fn judge_certificate(settings: &Phone) -> Option<Finding> {
    settings.identity.as_ref()?;
    Some(match phone::acceptor(settings) {
        Ok(_) => Finding::ok("phone.certificate: it can be shown"),
        Err(error) => {
            Finding::fault(format!("phone: {error}"), "mend phone.certificate, or phone.key with its rights")
        }
    })
}

/// A phone on the office's own network sends nothing through anybody else's.
pub(super) fn judge_address(settings: &Phone) -> Option<Finding> {
    let address = &settings.address;
    if is_loopback(address.host()) {
        return Some(Finding::warn(
            format!("phone.public_url: {address} means each phone itself"),
            "set it to this machine's address on the network that phones are in",
        ));
    }
    match address.is_https() {
        true => None,
        false if address.is_at_home() => Some(Finding::ok(format!(
            "phone.public_url: {address}, readable by whoever listens on that network"
        ))),
        false => Some(Finding::warn(
            format!("phone.public_url: {address} is plain http, and no private address"),
            "use https, with phone.certificate and phone.key",
        )),
    }
}
