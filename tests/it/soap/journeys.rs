//! Whole journeys with the registers at the other end of a socket: a service fails in the middle,
//! the page says so, and *Reintentar* goes on once it is back.

use std::sync::Arc;

use totem::domain::deed::{Action, Outcome};
use totem::domain::register::{CallEnd, Operation};
use totem::event::Key;
use totem::soap::LineLimits;
use totem::text::Msg;

use super::service::{LIMITS, Service};
use crate::booth::{Booth, Outside};

/// A service that is back is asked at once: these tests try the page, not the breaker.
const PATIENT: LineLimits = LineLimits { left_alone: std::time::Duration::ZERO, ..LIMITS };

fn booth(service: &Service) -> Booth {
    booth_with(service, PATIENT)
}

fn booth_with(service: &Service, limits: LineLimits) -> Booth {
    Booth::over(Outside {
        registry: Some(Arc::new(service.registry(limits))),
        texter: Some(Arc::new(service.texter(limits))),
        ..Outside::default()
    })
}

/// Every failure that a person may meet, by the sandbox's words for it.
const FAULTS: [&str; 13] = [
    "reset",
    "cut",
    "redirect",
    "500",
    "fault",
    "not-xml",
    "huge",
    "lacking",
    "nulo",
    "incorrecto",
    "procesar",
    "error",
    "excepcion",
];

/// While the operation fails, the page stops and *Reintentar* changes nothing; then it goes on.
fn stops_and_goes_on(
    booth: &mut Booth,
    service: &Service,
    operation: &str,
    stop: &Msg,
    go: &str,
    next: &Msg,
) {
    for (index, fault) in FAULTS.into_iter().enumerate() {
        service.fails(&format!("{operation}={fault}"));
        booth.types(if index == 0 { go } else { "⏎" }).is_at(stop);
    }
    service.fails("all=refuse");
    booth.types("⏎").is_at(stop).types("⏎").is_at(stop);
    service.fails("all=none");
    booth.types("⏎").is_at(next);
}

#[test]
fn registering_through_every_fault_of_sii() {
    let service = Service::start();
    let mut booth = booth(&service);
    let (stop, people) = (Msg::StopSiiHeading, Msg::StopRegistroCivilHeading);
    booth.enters("1").is_at(&Msg::RegisterCompanyHeading);
    let company = "50000000-7⏎";
    let next = Msg::RegisterQuestionHeading;
    stops_and_goes_on(&mut booth, &service, "ConsultaDatosContribuyente", &stop, company, &next);
    booth.sees("Panadería Inventada SpA");
    booth.types("␛");
    stops_and_goes_on(&mut booth, &service, "ConsultaEstadoGiro", &stop, "⏎", &next);
    booth.chooses("2").types("Liceo 7⏎").is_at(&Msg::RegisterAddressHeading);
    booth.types("providen⏎Calle Falsa⏎742⏎B⏎1201⏎").is_at(&Msg::RegisterContactHeading);
    booth.types("pan@inventada.example⏎223456789⏎⏎").chooses(" ").types("⏎");
    booth.is_at(&Msg::RegisterRepresentativeHeading);
    let next = Msg::RecoverCardHeading;
    stops_and_goes_on(&mut booth, &service, "ConsultaRepresentanteLegal", &stop, "12345678-5⏎", &next);
    booth.types("␛");
    stops_and_goes_on_with_people(&mut booth, &service, &people, &next);
    booth.types("123456789⏎").is_at(&Msg::RegisterRepresentativeContactHeading);
    booth.sees("Diego Prueba Inventada");
    booth.types("87654321⏎dueno@correo.example⏎").is_at(&Msg::RegisterClaveHeading);
    booth.types("Guitarra+9⏎Guitarra+9⏎").letters().types("⏎").is_at(&Msg::ReviewHeading).types("⏎⏎");
    booth.is_at(&Msg::CodeHeading).runs_courier();
    let code = booth.post.mail_to("pan@inventada.example");
    booth.types(&format!("{code}⏎")).sees_msg(&Msg::RegisteredNow);
    // Every call is on record, including failed ones.
    let audited = booth.audited();
    let called =
        |operation, end| audited.contains(&(Action::RegistryCall, Outcome::Called { operation, end }));
    for operation in [
        Operation::ConsultaDatosContribuyente,
        Operation::ConsultaEstadoGiro,
        Operation::ConsultaRepresentanteLegal,
        Operation::ConsultaRun,
    ] {
        for end in [CallEnd::Answered, CallEnd::Failed, CallEnd::Unreadable, CallEnd::Unreachable] {
            assert!(called(operation, end), "{operation:?} {end:?}");
        }
    }
}

/// Nobody waits for ever: when the time is up, the page says so.
#[test]
fn a_service_that_takes_too_long_is_down() {
    let service = Service::start();
    let limits = LineLimits { question: std::time::Duration::from_secs(1), ..PATIENT };
    let mut booth = booth_with(&service, limits).knows(crate::booth::Company::default());
    service.fails("all=delay:600000");
    booth.enters("1").types("50000000-7⏎").is_at(&Msg::StopSiiHeading).leaves();
    booth.asks_for_question("99999999-9").forgets_answer();
    booth.types("11111111-1⏎").is_at(&Msg::StopSiiHeading);
    service.fails("ConsultaNroSerieNroDocumento=delay:600000");
    booth
        .types("⏎")
        .is_at(&Msg::RecoverCardHeading)
        .types("B1C234567⏎")
        .is_at(&Msg::StopRegistroCivilHeading);
    service.fails("all=none");
    booth.types("⏎").is_at(&Msg::RecoverAddressHeading);
    let end = CallEnd::TimedOut;
    for operation in [
        Operation::ConsultaDatosContribuyente,
        Operation::ConsultaRepresentanteLegal,
        Operation::ConsultaNroSerieNroDocumento,
    ] {
        assert!(booth.audited().contains(&(Action::RegistryCall, Outcome::Called { operation, end })));
    }
}

/// Registro Civil gives a representative's name.
fn stops_and_goes_on_with_people(booth: &mut Booth, service: &Service, people: &Msg, next: &Msg) {
    for fault in FAULTS {
        service.fails(&format!("ConsultaRun={fault}"));
        booth.types("⏎").is_at(people).types("␛");
    }
    service.fails("all=none");
    booth.types("⏎").is_at(next);
}

#[test]
fn recovering_with_a_card_through_every_fault_of_registro_civil() {
    let service = Service::start();
    let mut booth = booth(&service).knows(crate::booth::Company::default());
    booth.asks_for_question("99999999-9").forgets_answer().types("11111111-1⏎");
    booth.is_at(&Msg::RecoverCardHeading);
    let (stop, next) = (Msg::StopRegistroCivilHeading, Msg::RecoverAddressHeading);
    stops_and_goes_on(&mut booth, &service, "ConsultaNroSerieNroDocumento", &stop, "B1C234567⏎", &next);
    booth.types("␛").is_at(&Msg::RecoverCardHeading);
    stops_and_goes_on(&mut booth, &service, "ConsultaRun", &stop, "⏎", &next);
    booth.chooses("1").letters().types("⏎").is_at(&Msg::SuccessHeading).runs_courier();
    assert_eq!(booth.post.mail_count(), 1);
}

/// The answers that mean no, as the invented world has them.
#[test]
fn refusals_are_told_apart_and_look_the_same() {
    use totem::domain::register::{Card, Company, Representation};
    use totem::registry::Registry as _;
    let service = Service::start();
    let soap = service.registry(LIMITS);
    let rut = |text: &str| text.parse().unwrap();
    super::service::on_a_runtime(async {
        let company = async |text| soap.company(rut(text)).await.answer;
        assert!(matches!(company("99.999.995-6").await, Ok(Company::Closed { .. })));
        assert_eq!(company("99.999.991-3").await, Ok(Company::Unknown));
        assert!(company("99.999.993-K").await.is_err());
        let person = async |of, text| soap.representation(rut(of), rut(text)).await.answer;
        assert_eq!(person("99.999.999-9", "33.333.333-3").await, Ok(Representation::Never));
        assert_eq!(person("99.999.994-8", "42.222.222-7").await, Ok(Representation::Never), "deceased");
        assert!(person("99.999.992-1", "43.333.333-0").await.is_err());
        let card = async |of, text: &str| soap.card(rut(of), &text.parse().unwrap()).await.answer;
        assert_eq!(card("11.111.111-1", "123456789").await, Ok(Card::DoesNotMatch));
        assert_eq!(card("44.444.444-4", "A012345678").await, Ok(Card::Expired));
        assert_eq!(card("40.000.000-K", "400000001").await, Ok(Card::NotCurrent));
        assert_eq!(card("41.111.111-3", "411111111").await, Ok(Card::Blocked));
        assert_eq!(card("42.222.222-7", "422222222").await, Ok(Card::HolderDeceased));
        assert!(card("45.555.555-8", "455555555").await.is_err());
    });
}

/// Where there is no account SII is asked whether the company represents itself: neither calls nor an outage
/// tell that apart (T11).
#[test]
fn of_themself_a_company_is_asked_about_as_its_representative_is() {
    use totem::registry::Registry as _;
    let service = Service::start();
    let asked = |person: &str| {
        let (soap, company) = (service.registry(LIMITS), "99999999-9".parse().unwrap());
        let looked = super::service::on_a_runtime(soap.representation(company, person.parse().unwrap()));
        (looked.answer.is_err(), looked.calls.len())
    };
    for (fault, expected) in [("all=none", (false, 2)), ("ConsultaRun=reset", (true, 4))] {
        service.fails(fault);
        assert_eq!([asked("11111111-1"), asked("99999999-9")], [expected; 2], "{fault}");
    }
    // What Registro Civil says of a company's RUT is published nowhere, and no outage.
    service.fails("ConsultaRun=incorrecto");
    assert_eq!(asked("99999999-9"), (false, 2));
}

/// The message service fails while a key is under way: the outbox tries again, and the key arrives.
#[test]
fn an_sms_that_failed_is_sent_again() {
    let service = Service::start();
    let mut booth = booth(&service).knows(crate::booth::Company::default());
    booth.asks_for_question("99999999-9").types(&format!("{}⏎", crate::booth::ANSWER)).letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading);
    service.fails("all=refuse");
    booth.runs_courier();
    let files = || std::fs::read_dir(service.sms.path()).unwrap().count() - 1;
    assert_eq!((files(), booth.post.mail_count()), (0, 1));
    service.fails("all=none");
    booth.presses([Key::F(11)]).passes(3600).runs_courier();
    assert_eq!((files(), booth.post.mail_count()), (1, 1));
}
