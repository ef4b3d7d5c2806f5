//! The ways out for messages: can mail server and gateway be reached, do they prove who they are,
//! and do they accept who we are. Sends nothing.

use crate::cli::block_on;
use crate::config::{Config, MailRoute, Security, SmsGateway, SmsRoute, Smtp as SmtpSettings};
use crate::courier::SendError;
use crate::courier::message::Sender;
use crate::courier::sms_http::SmsHttp;
use crate::courier::smtp::Smtp;
use crate::http::authorities_of_the_system;
use crate::service;

use super::Finding;

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Err(error) = service::stays_inside(config) {
        // What to do stands in the sentence already.
        findings.push(Finding::fault(format!("courier: {error}"), ""));
    }
    if let MailRoute::Smtp(smtp) = &config.courier.mail {
        findings.extend(examine_authorities(
            "smtp",
            smtp.authorities.is_some() || smtp.security == Security::None,
        ));
        let sender = Sender {
            name: config.courier.sender_name.clone(),
            address: config.courier.sender.clone(),
            reply_to: config.courier.reply_to.clone(),
        };
        findings.push(examine_smtp(smtp, sender));
    }
    if let SmsRoute::Http(gateway) = &config.courier.sms {
        findings.extend(examine_authorities("sms_gateway", gateway.authorities.is_some()));
        findings.push(examine_gateway(gateway));
    }
    findings
}

fn examine_authorities(section: &str, needs_none_of_the_system: bool) -> Option<Finding> {
    (!needs_none_of_the_system && authorities_of_the_system() == 0).then(|| {
        Finding::fault(
            format!("{section}: this system trusts no authority, so no TLS can work"),
            format!("apt-get install ca-certificates, or name a file in {section}.authorities_file"),
        )
    })
}

fn examine_smtp(settings: &SmtpSettings, sender: Sender) -> Finding {
    let what = format!("smtp: {}:{}", settings.host, settings.port);
    let asked = block_on(async {
        let smtp = Smtp::new(settings.clone(), sender).map_err(|error| error.to_string())?;
        Ok::<_, String>(smtp.probe().await)
    });
    let safety = match settings.security {
        Security::Tls | Security::StartTls => "over TLS",
        Security::None => "in the clear, on this machine",
    };
    let login = if settings.login.is_some() { " and accepts the user" } else { "" };
    judge(&what, "smtp", asked, &format!("answers {safety}{login}"))
}

fn examine_gateway(settings: &SmsGateway) -> Finding {
    let what = format!("sms_gateway: {}:{}", settings.url.host(), settings.url.port());
    let asked = block_on(async {
        let texter = SmsHttp::new(settings.clone()).map_err(|error| error.to_string())?;
        Ok::<_, String>(texter.probe().await)
    });
    // Only sending something shows whether it accepts our secret, and a body without a sender.
    let sender = match settings.body.has_fixed_value() {
        true => "",
        false => "; sms_gateway.body names no sender, and many gateways want a number or a name to send from",
    };
    judge(&what, "sms_gateway", asked, &format!("answers{sender}"))
}

fn judge(
    what: &str,
    section: &str,
    asked: std::io::Result<Result<Result<(), SendError>, String>>,
    well: &str,
) -> Finding {
    match asked {
        Ok(Ok(Ok(()))) => Finding::ok(format!("{what} {well}")),
        Ok(Ok(Err(SendError::Untrusted(distrust)))) => Finding::fault(
            format!("{what}: not trusted: {}", distrust.reason()),
            distrust.remedy().to_string(),
        ),
        Ok(Ok(Err(error))) => Finding::fault(format!("{what}: {error}"), remedy(&error, section)),
        Ok(Err(error)) => Finding::fault(format!("{what}: {error}"), ""),
        Err(error) => Finding::fault(format!("{what}: it can't be asked ({error})"), ""),
    }
}

fn remedy(error: &SendError, section: &str) -> String {
    match error {
        SendError::Unreachable(_) => {
            format!("check host and port in [{section}], the network and its firewall")
        }
        SendError::AccessRefused(_) => format!(
            "check user, secret and sender of [{section}] and [courier]: whoever runs the server says what it takes"
        ),
        _ => "try again in a minute".to_string(),
    }
}
