//! A question of two operations whose second one failed: the retry asks that one alone. And the limits of a
//! question, as the settings have them.

use totem::domain::register::Operation;

use super::canned::{
    BUSINESS, CARD, Canned, PERSON, Parts, REPRESENTATIVES, TAXPAYER, Verdict, Wire, asks_counting,
};
use super::service::on_a_runtime;

fn fails() -> Wire {
    Wire { status: 500, ..Wire::of("") }
}

#[test]
fn the_first_answer_is_kept_for_the_retry() {
    let service = Canned::start();
    for (first, second, operation) in [
        (Operation::ConsultaDatosContribuyente, BUSINESS, Operation::ConsultaEstadoGiro),
        (Operation::ConsultaRepresentanteLegal, PERSON, Operation::ConsultaRun),
    ] {
        let soap = service.registry();
        let asks = |expected: &[Operation], is_yes: bool| {
            let (verdict, calls) = asks_counting(&soap, second);
            let called: Vec<Operation> = calls.iter().map(|call| call.operation).collect();
            assert_eq!(
                (called.as_slice(), matches!(verdict, Verdict::Yes(_))),
                (expected, is_yes),
                "{verdict:?}"
            );
        };
        service.says(second, fails());
        asks(&[first, operation], false);
        asks(&[operation], false);
        service.is_right();
        asks(&[operation], true);
        // It was kept for that alone.
        asks(&[first, operation], true);
    }
}

#[test]
fn the_card_s_own_answer_is_kept_for_its_number_alone() {
    let service = Canned::start();
    let soap = service.registry();
    let asks = |serial: &str| {
        let person = "11111111-1".parse().unwrap();
        let looked = on_a_runtime(async {
            use totem::registry::Registry as _;
            soap.card(person, &serial.parse().unwrap()).await
        });
        looked.calls.len()
    };
    service.says(PERSON, fails());
    assert_eq!(asks("B1C234567"), 2);
    assert_eq!(asks("A012345678"), 2, "another card is another question");
    assert_eq!(asks("B1C234567"), 1);
    // Somebody else's answer is nobody's.
    service.says(CARD, Wire::of(&Parts::right(CARD).with("IndicadorBloqueo", "DEFINITIVO").xml()));
    assert_eq!(asks("A012345678"), 1);
    assert_eq!(asks("123456789"), 1, "a no needs no second operation");
}

#[test]
fn a_failure_or_a_no_is_never_kept() {
    let service = Canned::start();
    let soap = service.registry();
    service.says(TAXPAYER, fails());
    assert_eq!(asks_counting(&soap, TAXPAYER).1.len(), 1);
    service.says(
        TAXPAYER,
        Wire::of(&Parts::right(TAXPAYER).with("Estado", "NO EXISTE").with("RazonSocial", "").xml()),
    );
    assert!(matches!(asks_counting(&soap, TAXPAYER), (Verdict::No(_), calls) if calls.len() == 1));
    service.is_right();
    assert!(matches!(asks_counting(&soap, TAXPAYER), (Verdict::Yes(_), calls) if calls.len() == 2));
    let list = Parts::right(REPRESENTATIVES).with("representantes", "");
    service.says(REPRESENTATIVES, Wire::of(&list.xml()));
    assert!(matches!(asks_counting(&soap, PERSON), (Verdict::No(_), calls) if calls.len() == 1));
    service.is_right();
    assert!(matches!(asks_counting(&soap, PERSON), (Verdict::Yes(_), calls) if calls.len() == 2));
}

#[test]
fn the_settings_say_how_long_an_answer_may_be() {
    let service = Canned::start();
    let mut parts = Parts::right(TAXPAYER);
    parts.fields.push(("Adjunto", "x".repeat(400 * 1024)));
    service.says(TAXPAYER, Wire::of(&parts.xml()));
    let asks = |kib: &str| asks_counting(&service.registry_with(&[("soap.answer_kib", kib)]), TAXPAYER).0;
    let Verdict::Down(reason) = asks("256") else { panic!("taken") };
    assert!(reason.contains("262144 bytes") && reason.contains("soap.answer_kib"), "{reason}");
    assert!(matches!(asks("512"), Verdict::Yes(_)));
}
