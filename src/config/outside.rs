//! Whether messages leave this machine by themselves. What lies in a folder of it doesn't: who takes it
//! from there is the operator's own program.

use super::Config;
use super::courier::{MailRoute, SmsRoute};
use crate::http::{Endpoint, is_loopback};

impl Config {
    /// The setting by which messages leave this machine, if any does. Behind a proxy even an address
    /// of this machine may be another's.
    pub fn way_outside(&self) -> Option<&'static str> {
        let leaves = |endpoint: &Endpoint| !is_loopback(endpoint.host());
        if let MailRoute::Smtp(smtp) = &self.courier.mail
            && !is_loopback(&smtp.host)
        {
            return Some("smtp.host");
        }
        match &self.courier.sms {
            SmsRoute::Off | SmsRoute::Folder { .. } => None,
            SmsRoute::Http(gateway) if leaves(&gateway.url) => Some("sms_gateway.url"),
            SmsRoute::Http(gateway) => gateway.proxy.as_ref().map(|_| "sms_gateway.proxy"),
            SmsRoute::Soap if self.soap.messages.as_ref().is_some_and(leaves) => {
                Some("soap.messages_address")
            }
            SmsRoute::Soap => self.soap.way.proxy.as_ref().map(|_| "soap.proxy"),
        }
    }
}
