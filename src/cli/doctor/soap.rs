//! The State's services: are they reached, by TLS that can be trusted. Nobody is asked about: an
//! empty request is sent, and any answer to it is a sign of life.

use crate::config::{Config, SmsRoute, Source};
use crate::http::header::HeaderMap;
use crate::http::{CallError, Client, Endpoint, is_loopback};

use super::Finding;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let (registry, soap) = (&config.registry, &config.soap);
    let asks_sii = [registry.companies, registry.representatives].contains(&Source::Soap);
    let asks_registro_civil = [registry.representatives, registry.cards].contains(&Source::Soap);
    let asked = [
        (asks_sii, "soap.sii_address", &soap.sii),
        (asks_registro_civil, "soap.registro_civil_address", &soap.registro_civil),
        (config.courier.sms == SmsRoute::Soap, "soap.messages_address", &soap.messages),
    ];
    let asked: Vec<(&str, &Endpoint)> = asked
        .into_iter()
        .filter_map(|(is_asked, key, endpoint)| Some((key, endpoint.as_ref()?)).filter(|_| is_asked))
        .collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let client = match Client::new(&soap.way) {
        Ok(client) => client,
        Err(error) => return vec![Finding::fault(format!("soap: {error}"), "mend the settings of [soap]")],
    };
    let mut findings: Vec<Finding> =
        asked.iter().map(|(key, endpoint)| knock(&client, key, endpoint)).collect();
    let is_real = asked.iter().any(|(_, endpoint)| !is_loopback(endpoint.host()));
    if is_real && soap.system_id == 0 {
        findings.push(Finding::warn(
            "soap.system_id is 0: the services may not know who asks",
            "set it to the number that whoever runs them gave out",
        ));
    }
    let is_sandbox_word = |word: &crate::domain::clean::Clean| word.as_str() == "VIGENTE";
    if is_real && registry.companies == Source::Soap && soap.words.business.open.iter().all(is_sandbox_word) {
        findings.push(Finding::warn(
            "soap.open_states is as it came: SII publishes no list of its words, and any other is no yes",
            "ask for them, and set open_states, closed_states and unknown_states",
        ));
    }
    findings
}

fn knock(client: &Client, key: &str, endpoint: &Endpoint) -> Finding {
    let place = format!("{key}: {}:{}", endpoint.host(), endpoint.port());
    let knocked = super::super::block_on(client.post(endpoint, HeaderMap::new(), Vec::new()));
    match knocked {
        Ok(Ok(answer)) if (300..400).contains(&answer.status) => Finding::fault(
            format!("{place} sends elsewhere (HTTP {})", answer.status),
            "set the address that it sends to: nobody follows it",
        ),
        Ok(Ok(answer)) if answer.status == 404 => Finding::warn(
            format!("{place} answers, but knows no such path (HTTP 404)"),
            "look at what follows the host in the address",
        ),
        Ok(Ok(answer)) => Finding::ok(format!("{place} answers (HTTP {})", answer.status)),
        Ok(Err(CallError::Untrusted(distrust))) => Finding::fault(
            format!("{place} is not trusted: {}", distrust.reason()),
            distrust.remedy().to_string(),
        ),
        Ok(Err(error @ CallError::NotReached(_))) => Finding::fault(
            format!("{place}: {error}"),
            "look at address, network, proxy and certificates, in this order",
        ),
        Ok(Err(error)) => Finding::fault(format!("{place}: {error}"), "ask whoever runs the service"),
        Err(error) => Finding::fault(format!("{place}: {error}"), "start doctor again"),
    }
}
