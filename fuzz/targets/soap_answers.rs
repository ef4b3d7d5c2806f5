//! Answers of the State's services: any bytes are read without a panic, and what was read is the
//! same after it was written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use time::macros::date;
use totem::domain::clean::Clean;
use totem::domain::state_words::{StateWords, UnknownWords};
use totem::registry::soap::answers;
use totem::soap::envelope::{self, Answer};
use totem::soap::xml::{self, Element, ElementSpace};

const NAMESPACE: &str = "http://webservices/WsMiddleware/";
const OPERATIONS: [&str; 6] = [
    "ConsultaDatosContribuyente",
    "ConsultaEstadoGiro",
    "ConsultaRepresentanteLegal",
    "ConsultaRun",
    "ConsultaNroSerieNroDocumento",
    "EnviarSMS",
];

fuzz_target!(|bytes: &[u8]| {
    for operation in OPERATIONS {
        let _ = envelope::response(bytes, None, operation, NAMESPACE);
        let _ = envelope::response(bytes, Some("multipart/related; boundary=b"), operation, NAMESPACE);
        if let Ok(answer) = envelope::answer(bytes, None, operation, NAMESPACE) {
            take(&answer);
        }
    }
    let Ok(body) = xml::read(bytes, None, NAMESPACE).and_then(envelope::body) else { return };
    if body.space == ElementSpace::Service && can_be_written(&body) {
        let written = xml::write_envelope(&body, NAMESPACE);
        let again = xml::read(&written, None, NAMESPACE).and_then(envelope::body);
        assert_eq!(again.as_ref(), Ok(&body));
    }
});

/// Every reader gets it, whatever operation it answers.
fn take(answer: &Answer) {
    let word = |text: &str| vec![Clean::new(text)];
    let words =
        StateWords { open: word("VIGENTE"), closed: word("TERMINO DE GIRO"), unknown: word("NO EXISTE") };
    let (Ok(rut), Ok(serial)) = ("11111111-1".parse(), "B1C234567".parse()) else { return };
    let unknown = UnknownWords(word("NO EXISTE"));
    let _ = answers::taxpayer(answer, &unknown);
    let _ = answers::business(answer, &words);
    let _ = answers::representatives(answer, &unknown);
    let _ = answers::person(answer, rut, &unknown);
    let _ = answers::card(answer, rut, &serial, date!(2026 - 11 - 22), &unknown);
}

/// The writer knows only the service's own elements; a reader takes any line end for one character.
fn can_be_written(element: &Element) -> bool {
    element.space == ElementSpace::Service
        && !element.text.contains('\r')
        && element.children.iter().all(can_be_written)
}
