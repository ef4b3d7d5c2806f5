//! What lies outside, as the settings name it: the State's registers, the ways out for messages,
//! and the way in for people's phones.

use std::path::Path;
use std::sync::Arc;

use super::{ServiceError, world};
use crate::clock::Clock;
use crate::config::{Config, MailRoute, SmsRoute, Source};
use crate::courier::maildir::Maildir;
use crate::courier::message::Sender;
use crate::courier::sms::SmsFolder;
use crate::courier::sms_http::SmsHttp;
use crate::courier::smtp::Smtp;
use crate::courier::soap::SoapTexter;
use crate::courier::{Adapters, Mailer, Off, Texter};
use crate::desk::Papers;
use crate::domain::destination::Channel;
use crate::office::ways_out::WaysOut;
use crate::phone;
use crate::registry::bulk::Bulk;
use crate::registry::padron::Padron;
use crate::registry::soap::Soap;
use crate::registry::{ListFirst, Mixed, Registry};

/// The State's registers, each from the source that the settings name.
///
/// # Errors
/// When a source can't be read or set up.
pub fn registry(config: &Config, clock: Clock) -> Result<Arc<dyn Registry>, ServiceError> {
    let settings = &config.registry;
    let padron: Arc<dyn Registry> = Arc::new(match &settings.folder {
        Some(folder) if settings.asks(Source::Padron) => Padron::load(folder, clock.clone())?,
        _ => Padron::demo(clock.clone()),
    });
    let beside = AskedBeside::of(config);
    let soap: Option<Arc<dyn Registry>> =
        match settings.asks(Source::Soap) || beside != AskedBeside::default() {
            true => Some(Arc::new(Soap::new(&config.soap, config.soap.limits, clock.clone())?)),
            false => None,
        };
    let register: Arc<dyn Registry> = Arc::new(Bulk::new(&config.register.folder, clock.clone()));
    let source = |source| match source {
        Source::Padron => padron.clone(),
        Source::Soap => soap.clone().unwrap_or_else(|| unreachable!("it was asked for above")),
        Source::Register => register.clone(),
    };
    let newest = |from, is_beside| match (&soap, from) {
        (Some(service), Source::Padron | Source::Register) if is_beside => {
            let (service, clock) = (service.clone(), clock.clone());
            Arc::new(ListFirst { list: source(from), service, clock })
        }
        _ => source(from),
    };
    Ok(Arc::new(Mixed {
        companies: newest(settings.companies, beside.companies),
        representatives: newest(settings.representatives, beside.representatives),
        cards: source(settings.cards),
    }))
}

/// Of what the services are asked beside a list: whoever is on no list yet. It takes all that an answer
/// needs, so that nobody is told of an outage where nothing is set up; and the invented world asks nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct AskedBeside {
    companies: bool,
    representatives: bool,
}

impl AskedBeside {
    fn of(config: &Config) -> Self {
        let soap = &config.soap;
        let asks_sii = soap.sii.is_some() && !config.is_demo();
        AskedBeside {
            companies: asks_sii && !soap.words.business.open.is_empty(),
            // Registro Civil says what they are called.
            representatives: asks_sii && soap.registro_civil.is_some(),
        }
    }
}

/// The ways out for messages.
///
/// # Errors
/// When a folder can't be used, a server can't be set up, or the invented world would send to real
/// people.
pub fn adapters(config: &Config, clock: Clock) -> Result<Adapters, ServiceError> {
    world::stays_inside(config)?;
    let settings = &config.courier;
    let fault = |folder: &Path| {
        let folder = folder.to_path_buf();
        move |error| ServiceError::Messages { folder, error }
    };
    let sender = Sender {
        name: settings.sender_name.clone(),
        address: settings.sender.clone(),
        reply_to: settings.reply_to.clone(),
    };
    let mailer: Arc<dyn Mailer> = match &settings.mail {
        MailRoute::Off => Arc::new(Off),
        MailRoute::Maildir { folder } => Arc::new(Maildir::open(folder, sender).map_err(fault(folder))?),
        MailRoute::Smtp(smtp) => Arc::new(Smtp::new(smtp.clone(), sender).map_err(ServiceError::Smtp)?),
    };
    let texter: Arc<dyn Texter> = match &settings.sms {
        SmsRoute::Off => Arc::new(Off),
        SmsRoute::Folder { folder } => Arc::new(SmsFolder::open(folder).map_err(fault(folder))?),
        SmsRoute::Http(gateway) => {
            Arc::new(SmsHttp::new((**gateway).clone()).map_err(ServiceError::SmsGateway)?)
        }
        SmsRoute::Soap => Arc::new(SoapTexter::new(&config.soap, config.soap.limits, clock)?),
    };
    Ok(Adapters { mailer, texter })
}

/// How the ways out stand before anything was sent.
pub fn ways_out(config: &Config) -> WaysOut {
    let settings = &config.courier;
    let off = [
        (Channel::Mail, matches!(settings.mail, MailRoute::Off)),
        (Channel::Sms, matches!(settings.sms, SmsRoute::Off)),
    ];
    let off = off.into_iter().filter(|(_, is_off)| *is_off);
    off.fold(WaysOut::default(), |ways, (channel, _)| ways.without(channel))
}

/// Opens the page for phones if the settings want it. If the port is taken the kiosk still starts,
/// and doesn't offer the way by phone.
pub(super) fn phones(config: &Config, papers: &mut Papers, clock: &Clock) -> Option<phone::Server> {
    let settings = config.phone.as_ref()?;
    match phone::open(settings, papers.checker.clone(), clock.clone(), config.kiosk.language) {
        Ok((phones, server)) => {
            papers.phones = Some(phones);
            Some(server)
        }
        Err(error) => {
            tracing::error!(reason = %error, "no phone can send a file");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;

    const SII: &str = "sii_address = \"http://127.0.0.1:1/\"\n";
    const REGISTRO_CIVIL: &str = "registro_civil_address = \"http://127.0.0.1:1/\"\n";
    const NO_WORDS: &str = "open_states = []\n";

    fn beside(registry: &str, soap: &[&str]) -> (bool, bool) {
        let text = format!("[registry]\n{registry}[soap]\n{}", soap.concat());
        let config = Config::parse(Path::new("/srv/totem/config.toml"), &text, &Environment::default());
        let beside = AskedBeside::of(&config.expect("the settings are right"));
        (beside.companies, beside.representatives)
    }

    #[test]
    fn services_are_asked_beside_a_list_where_all_is_set_up_that_an_answer_needs() {
        let lists = "folder = \"registros\"\n";
        assert_eq!(beside(lists, &[SII, REGISTRO_CIVIL]), (true, true));
        assert_eq!(beside(lists, &[SII]), (true, false));
        assert_eq!(
            beside(lists, &[SII, REGISTRO_CIVIL, NO_WORDS]),
            (false, true),
            "no word says that a company is open"
        );
        assert_eq!(beside(lists, &[REGISTRO_CIVIL]), (false, false));
        assert_eq!(beside("", &[SII, REGISTRO_CIVIL]), (false, false), "an invented world (T14)");
    }
}
