//! `[soap]`: where the State's services are, and in which words they answer.

use std::collections::BTreeSet;

use crate::domain::clean::Clean;
use crate::domain::state_words::{ServiceWords, StateWords, UnknownWords, folded};
use crate::http::{Endpoint, ProxyAddress, TlsIdentity, Way};
use crate::soap::LineLimits;

use super::courier::{Courier, SmsRoute};
use super::environment::Environment;
use super::reader::Reader;
use super::sections::{Registry, Source};

/// What only one service needs is absent when nobody asks that service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soap {
    /// Companies and representatives.
    pub sii: Option<Endpoint>,
    /// People and their cards.
    pub registro_civil: Option<Endpoint>,
    /// The State's message service, for SMS.
    pub messages: Option<Endpoint>,
    /// Of SII's and Registro Civil's envelopes.
    pub registers_namespace: String,
    /// Of the message service's envelopes.
    pub messages_namespace: String,
    /// `idSistema`: who we are to the message service.
    pub system_id: u32,
    /// `ambiente`: as the message service calls its stage, such as production.
    pub ambiente: Clean,
    /// Certificates, proxy and bounds of the line there.
    pub way: Way,
    /// How the services say whether a company is active, and that they know no such RUT.
    pub words: ServiceWords,
    /// How patient we are with one question.
    pub limits: LineLimits,
}

impl Soap {
    pub(super) fn read(from: &mut Reader, environment: &Environment) -> Self {
        let certificate = from.optional_path("soap.client_certificate");
        let key = from.secret_file("soap.client_key", "soap.client_key_credential", environment);
        if certificate.is_some() != key.is_some() && from.is_right(&["soap.client_certificate"]) {
            let missing = if key.is_none() { "soap.client_key" } else { "soap.client_certificate" };
            from.fault(missing, "A client certificate and its key go together: name both files, or neither.");
        }
        let question = from.duration("soap.question_seconds", 1..=120, 1);
        let way = Way {
            connect_within: from.duration("soap.connect_seconds", 1..=60, 1).min(question),
            answer_within: question,
            authorities: from.optional_path("soap.authorities"),
            authorities_setting: "soap.authorities",
            identity: certificate.zip(key).map(|(certificate, key)| TlsIdentity { certificate, key }),
            proxy: from.parsed::<ProxyAddress>("soap.proxy"),
            most_bytes: from.number("soap.answer_kib", 16..=16_384) as usize * 1024,
        };
        Soap {
            sii: from.parsed("soap.sii_address"),
            registro_civil: from.parsed("soap.registro_civil_address"),
            messages: from.parsed("soap.messages_address"),
            registers_namespace: namespace(from, "soap.registers_namespace"),
            messages_namespace: namespace(from, "soap.messages_namespace"),
            system_id: from.number("soap.system_id", 0..=2_147_483_647),
            ambiente: from.text("soap.ambiente", 0..=60),
            way,
            words: words(from),
            limits: LineLimits { question, ..LineLimits::default() },
        }
    }

    /// Every service that is asked needs an address, and SII needs a word for *active*.
    pub(super) fn check(&self, from: &mut Reader, registry: &Registry, courier: &Courier) {
        let asks_sii = [registry.companies, registry.representatives].contains(&Source::Soap);
        let asks_registro_civil = [registry.representatives, registry.cards].contains(&Source::Soap);
        for (is_asked, endpoint, key, why) in [
            (asks_sii, &self.sii, "soap.sii_address", "registry.companies or .representatives is \"soap\""),
            (
                asks_registro_civil,
                &self.registro_civil,
                "soap.registro_civil_address",
                "registry.representatives or .cards is \"soap\"",
            ),
            (
                courier.sms == SmsRoute::Soap,
                &self.messages,
                "soap.messages_address",
                "courier.sms is \"soap\"",
            ),
        ] {
            if is_asked && endpoint.is_none() && from.is_right(&[key]) {
                from.fault(key, format!("It must be the address of the service, for {why}."));
            }
        }
        if registry.companies == Source::Soap && self.words.business.open.is_empty() {
            from.fault("soap.open_states", "Without a word for an open company, every company is refused.");
        }
    }
}

fn words(from: &mut Reader) -> ServiceWords {
    let business = StateWords {
        open: from.list("soap.open_states"),
        closed: from.list("soap.closed_states"),
        unknown: from.list("soap.unknown_states"),
    };
    let all = [&business.open, &business.closed, &business.unknown].into_iter().flatten();
    let all: Vec<String> = all.map(|word| folded(word.as_str())).collect();
    if all.iter().collect::<BTreeSet<_>>().len() < all.len() || all.iter().any(String::is_empty) {
        from.fault(
            "soap.open_states",
            "Each word must stand once in open_states, closed_states and unknown_states together, accents \
             and case aside.",
        );
    }
    // Without words of its own an operation uses those of all.
    let mut own = |key| match from.list(key) {
        own if own.is_empty() => UnknownWords(business.unknown.clone()),
        own => UnknownWords(own),
    };
    ServiceWords {
        taxpayer: own("soap.taxpayer_unknown_states"),
        representatives: own("soap.representatives_unknown_states"),
        person: own("soap.person_unknown_states"),
        card: own("soap.card_unknown_states"),
        business,
    }
}

fn namespace(from: &mut Reader, key: &'static str) -> String {
    let text = from.text(key, 1..=200).as_str().to_string();
    if !text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>&".contains(&byte)) {
        from.fault(key, "It must be a namespace such as http://webservices/WsMiddleware/.");
    }
    text
}
