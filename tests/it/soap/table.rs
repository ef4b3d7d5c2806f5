//! The fault table: every operation, every failure, and what becomes of the question. None is ever
//! a yes, and each call is reported.

use std::time::Duration;

use totem::domain::register::{Call, CallEnd, Card, Company, Down, Operation, Representation};
use totem::domain::rut::Rut;
use totem::registry::Registry;
use totem::registry::soap::Soap;
use totem::soap::LineLimits;

use super::front::{Front, Then};
use super::service::{LIMITS, Service, on_a_runtime, registry_with};

/// Each operation, and the one that is asked before it within the same question.
const OPERATIONS: [(Operation, Question, Option<Operation>); 6] = [
    (Operation::ConsultaDatosContribuyente, Question::Company, None),
    (Operation::ConsultaEstadoGiro, Question::Company, Some(Operation::ConsultaDatosContribuyente)),
    (Operation::ConsultaRepresentanteLegal, Question::Representation, None),
    (Operation::ConsultaRun, Question::Representation, Some(Operation::ConsultaRepresentanteLegal)),
    (Operation::ConsultaNroSerieNroDocumento, Question::Card, None),
    (Operation::ConsultaRun, Question::Card, Some(Operation::ConsultaNroSerieNroDocumento)),
];

/// How it fails, how each call then ends, and how often it is tried.
const FAULTS: [(&str, CallEnd, usize); 13] = [
    ("delay:600000", CallEnd::TimedOut, 1),
    ("reset", CallEnd::Unreachable, 3),
    ("cut", CallEnd::Unreachable, 3),
    ("redirect", CallEnd::Unreadable, 1),
    ("500", CallEnd::Failed, 1),
    ("fault", CallEnd::Failed, 1),
    ("not-xml", CallEnd::Unreadable, 1),
    ("huge", CallEnd::Unreadable, 1),
    ("lacking", CallEnd::Unreadable, 1),
    ("nulo", CallEnd::Failed, 1),
    ("incorrecto", CallEnd::Failed, 1),
    ("error", CallEnd::Failed, 1),
    ("excepcion", CallEnd::Failed, 1),
];

#[derive(Clone, Copy, Debug)]
enum Question {
    Company,
    Representation,
    Card,
}

impl Question {
    /// Asks a question whose answer is yes as long as all goes well.
    fn ask(self, soap: &Soap) -> (Result<bool, Down>, Vec<Call>) {
        let (company, person) = (rut("99999999-9"), rut("11111111-1"));
        on_a_runtime(async {
            match self {
                Question::Company => {
                    let looked = soap.company(company).await;
                    (looked.answer.map(|found| matches!(found, Company::Open { .. })), looked.calls)
                }
                Question::Representation => {
                    let looked = soap.representation(company, person).await;
                    let is_yes = |found| matches!(found, Representation::Current { .. });
                    (looked.answer.map(is_yes), looked.calls)
                }
                Question::Card => {
                    let looked = soap.card(person, &"B1C234567".parse().unwrap()).await;
                    (looked.answer.map(|found| found == Card::Matches), looked.calls)
                }
            }
        })
    }
}

fn rut(text: &str) -> Rut {
    text.parse().unwrap()
}

/// Fails unless the question is down because of this operation, after this many calls of it.
#[track_caller]
fn is_down(
    (operation, question, before): (Operation, Question, Option<Operation>),
    soap: &Soap,
    end: CallEnd,
    tries: usize,
    what: &str,
) {
    let (answer, calls) = question.ask(soap);
    let case = format!("{what}: {operation:?} within {question:?}: {answer:?} {calls:?}");
    assert_eq!(answer.err().map(|down| down.service), Some(operation.service()), "{case}");
    let ends: Vec<_> = calls.iter().map(|call| (call.operation, call.end)).collect();
    let mut expected: Vec<_> = before.map(|before| (before, CallEnd::Answered)).into_iter().collect();
    expected.extend(vec![(operation, end); tries]);
    assert_eq!(ends, expected, "{case}");
}

#[test]
fn without_a_fault_every_question_is_answered() {
    let service = Service::start();
    let soap = service.registry(LIMITS);
    for (operation, question, before) in OPERATIONS {
        let (answer, calls) = question.ask(&soap);
        assert_eq!(answer, Ok(true), "{question:?}");
        assert!(
            calls.iter().all(|call| call.end == CallEnd::Answered && call.at_ms == crate::booth::NOON_MS)
        );
        assert!(calls.iter().any(|call| call.operation == operation));
        assert_eq!(calls.len(), 2);
        assert!(before.is_none_or(|before| calls[0].operation == before));
    }
}

#[test]
fn whatever_goes_wrong_is_no_yes() {
    let service = Service::start();
    for case in OPERATIONS {
        for (fault, end, tries) in FAULTS {
            let limits = match end {
                CallEnd::TimedOut => LineLimits { question: Duration::from_millis(1000), ..LIMITS },
                _ => LIMITS,
            };
            service.fails(&format!("{}={fault}", case.0.name()));
            is_down(case, &service.registry(limits), end, tries, fault);
        }
        service.fails(&format!("{}=procesar", case.0.name()));
        is_down(case, &service.registry(LIMITS), CallEnd::Failed, 3, "procesar");
    }
}

#[test]
fn who_is_not_reached_or_not_trusted_is_no_yes() {
    let service = Service::start();
    for case in OPERATIONS {
        for then in [Then::Refuses, Then::ShowsAnotherCertificate] {
            let front = Front::start(service.ports.services, usize::from(case.2.is_some()), then);
            // Representation asks both services; only the second one misbehaves.
            let asks_both = matches!(case, (Operation::ConsultaRun, Question::Representation, _));
            let front = if asks_both { Front::start(service.ports.services, 0, then) } else { front };
            let sii = if asks_both { service.address("sii") } else { front.url("sii") };
            let authorities = front.authorities.to_str().unwrap();
            let soap = registry_with(
                &[
                    ("soap.sii_address", &sii),
                    ("soap.registro_civil_address", &front.url("registro-civil")),
                    ("soap.authorities", authorities),
                ],
                LIMITS,
            );
            is_down(case, &soap, CallEnd::Unreachable, 3, &format!("{then:?}"));
        }
    }
}

#[test]
fn tls_is_spoken_with_whom_the_settings_trust() {
    let service = Service::start();
    let front = Front::start(service.ports.services, usize::MAX, Then::ShowsAnotherCertificate);
    let authorities = front.authorities.to_str().unwrap();
    let addresses = [
        ("soap.sii_address", front.url("sii")),
        ("soap.registro_civil_address", front.url("registro-civil")),
    ];
    let mut changes: Vec<(&str, &str)> = addresses.iter().map(|(key, url)| (*key, url.as_str())).collect();
    let (answer, _) = Question::Card.ask(&registry_with(&changes, LIMITS));
    assert!(answer.is_err(), "the system trusts no certificate that was made a moment ago");
    changes.push(("soap.authorities", authorities));
    assert_eq!(Question::Card.ask(&registry_with(&changes, LIMITS)).0, Ok(true));
}

#[test]
fn one_question_has_one_time_limit() {
    let service = Service::start();
    service.fails("ConsultaRepresentanteLegal=procesar");
    let limits =
        LineLimits { question: Duration::from_millis(500), pauses: [Duration::from_secs(3600); 2], ..LIMITS };
    let (answer, calls) = Question::Representation.ask(&service.registry(limits));
    assert_eq!(
        (answer.is_err(), calls.len()),
        (true, 1),
        "a pause that is longer than the rest is not begun"
    );
}

#[test]
fn a_service_that_failed_five_times_is_left_alone() {
    let service = Service::start();
    let soap = service.registry(LIMITS);
    service.fails("all=reset");
    let calls = |question: Question| question.ask(&soap).1.len();
    assert_eq!((calls(Question::Company), calls(Question::Company), calls(Question::Company)), (3, 2, 0));
    // It is back, but still left alone; the other service was never at fault.
    service.fails("all=none");
    assert_eq!(calls(Question::Company), 0);
    assert_eq!(Question::Card.ask(&soap).0, Ok(true));
    // An answer that says *I failed* may be due to the RUT that was asked about.
    let soap = service.registry(LIMITS);
    service.fails("ConsultaDatosContribuyente=incorrecto");
    for _ in 0..7 {
        assert_eq!(Question::Company.ask(&soap).1.len(), 1);
    }
}

#[test]
fn one_question_tries_whether_the_service_is_back() {
    let service = Service::start();
    let soap = service.registry(LineLimits { left_alone: Duration::ZERO, ..LIMITS });
    service.fails("all=fault");
    for _ in 0..8 {
        assert_eq!(Question::Company.ask(&soap).1.len(), 1);
    }
    service.fails("all=none");
    for _ in 0..2 {
        assert_eq!(Question::Company.ask(&soap).0, Ok(true));
    }
}
