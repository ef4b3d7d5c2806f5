//! SMS by the State's message service: one that may have left counts as sent.

use std::time::Duration;

use totem::courier::{Gsm7, SendError, SendingKey, Text, Texter as _};
use totem::domain::reference::Id;
use totem::soap::LineLimits;

use super::front::{Front, Then};
use super::service::{LIMITS, Service, on_a_runtime, settings, texter};

fn text() -> Text {
    Text {
        to: "987654321".parse().unwrap(),
        text: Gsm7::new("Su codigo es 12345678 <&>"),
        key: SendingKey { errand: Id([1; 16]), generation: 1 },
        at_ms: 0,
    }
}

/// What lies in the sandbox's folder.
fn received(service: &Service) -> Vec<String> {
    let files = std::fs::read_dir(service.sms.path()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn it_arrives_as_it_was_written() {
    let service = Service::start();
    assert_eq!(on_a_runtime(service.texter(LIMITS).send(&text())), Ok(()));
    let received = received(&service);
    assert_eq!(received.len(), 1);
    let to_and_text = "\"to\":\"+56987654321\",\"text\":\"Su codigo es 12345678 <&>\"";
    assert!(received[0].contains(to_and_text), "{received:?}");
}

#[test]
fn what_may_have_left_is_unknown_and_what_never_did_is_not() {
    let service = Service::start();
    let send = |limits| on_a_runtime(service.texter(limits).send(&text()));
    for fault in ["reset", "cut", "500", "fault", "not-xml", "huge", "lacking"] {
        service.fails(&format!("EnviarSMS={fault}"));
        assert!(matches!(send(LIMITS), Err(SendError::Unknown(_))), "{fault}");
    }
    service.fails("EnviarSMS=delay:600000");
    let impatient = LineLimits { question: Duration::from_millis(300), ..LIMITS };
    assert!(matches!(send(impatient), Err(SendError::Unknown(_))));
    service.fails("EnviarSMS=redirect");
    assert!(matches!(send(LIMITS), Err(SendError::Temporary(_))));
    assert_eq!(received(&service), Vec::<String>::new(), "the sandbox keeps what it took, once");
    for then in [Then::Refuses, Then::ShowsAnotherCertificate] {
        let front = Front::start(service.ports.services, 0, then);
        let not_reached = on_a_runtime(texter(&front.url("messages"), LIMITS).send(&text()));
        assert!(matches!(not_reached, Err(SendError::Temporary(_))), "{then:?}");
    }
}

/// A service that doesn't look at the message hasn't accepted it.
#[test]
fn a_wrong_address_sends_nothing() {
    let service = Service::start();
    let sent = on_a_runtime(texter(&service.address("elsewhere"), LIMITS).send(&text()));
    let Err(SendError::Temporary(reason)) = sent else { panic!("{sent:?}") };
    assert_eq!(reason, "EnviarSMS: it answered HTTP 404");
}

#[test]
fn the_reason_quotes_neither_message_nor_address() {
    let service = Service::start();
    for fault in ["reset", "fault", "not-xml", "redirect"] {
        service.fails(&format!("EnviarSMS={fault}"));
        let reason = on_a_runtime(service.texter(LIMITS).send(&text())).unwrap_err().to_string();
        assert!(!reason.contains("12345678") && !reason.contains("87654321"), "{reason}");
        assert!(!reason.contains("127.0.0.1"), "{reason}");
    }
}

/// Settings without a service are reported before anything runs.
#[test]
fn without_settings_there_is_nobody_to_call() {
    let (settings, _folder) = settings(&[]);
    assert_eq!((settings.messages, settings.sii, settings.registro_civil), (None, None, None));
}
