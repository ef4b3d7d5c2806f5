//! What must never be read as a yes, operation by operation: whatever is missing, says two things at once,
//! comes with a fault, or is in a word that nobody listed. The reason for the log names the element, and
//! quotes nothing of what was read.

use super::canned::{
    BUSINESS, CARD, Canned, OPERATIONS, PERSON, Parts, REPRESENTATIVES, TAXPAYER, Verdict, Wire, asks,
    envelope, inside, response,
};

/// What is wrong, as it goes over the wire, and what the reason names.
type Wrong = (&'static str, Wire, &'static str);

/// The right answer with one thing in it replaced.
fn changed(operation: &'static str, from: &str, to: &str) -> Wire {
    let xml = Parts::right(operation).xml();
    assert!(xml.contains(from), "{from}");
    Wire::of(&xml.replace(from, to))
}

fn heading(parts: &Parts) -> String {
    format!("<cabecera>{}</cabecera>", inside(&parts.heading))
}

fn wrong_headings(operation: &'static str) -> Vec<Wrong> {
    let right = Parts::right(operation);
    let changed = |from: &str, to: &str| changed(operation, from, to);
    let says = |word: &str| Wire::of(&right.clone().headed("estadoProceso", word).xml());
    let another = heading(&right.clone().headed("estadoProceso", "ERROR"));
    let two = "<estadoProceso>ERROR</estadoProceso><codigoProceso>";
    vec![
        ("no estadoProceso", changed("<estadoProceso>CORRECTO</estadoProceso>", ""), "estadoProceso"),
        ("two of them", changed("<codigoProceso>", two), "estadoProceso"),
        ("an unknown one", says("CORRECTO?"), "estadoProceso"),
        ("in other letters", says("correcto"), "estadoProceso"),
        ("nil, and said", changed("<estadoProceso>", "<estadoProceso xsi:nil=\"true\">"), "estadoProceso"),
        ("still at it", says("PROCESAR"), "PROCESAR"),
        ("an error with the right answer", says("ERROR"), "ERROR"),
        ("INCORRECTO with the right answer", says("INCORRECTO"), "INCORRECTO"),
        ("no heading", changed(&heading(&right), ""), "cabecera"),
        ("two headings", changed("<respuesta>", &format!("{another}<respuesta>")), "cabecera"),
    ]
}

fn wrong_results(operation: &'static str) -> Vec<Wrong> {
    let right = Parts::right(operation);
    let changed = |from: &str, to: &str| changed(operation, from, to);
    let empty = response(operation, "");
    let resultless = empty.replace(&format!("<{operation}Result></{operation}Result>"), "");
    let end = format!("</{operation}Response>");
    let deeper = format!("<respuesta><datos>{}</datos></respuesta>", inside(&right.fields));
    vec![
        ("no respuesta", Wire::of(&right.xml_of("")), "respuesta"),
        ("a nil respuesta", Wire::of(&right.xml_of("<respuesta xsi:nil=\"true\"/>")), "respuesta"),
        ("two, not alike", changed("<xmlRespuesta />", "<respuesta><a/></respuesta>"), "respuesta"),
        ("an empty one", Wire::of(&right.xml_of("<respuesta/>")), "lacks"),
        ("in another namespace", changed("<respuesta>", "<respuesta xmlns=\"urn:otro\">"), "respuesta"),
        ("fields one level deeper", Wire::of(&right.xml_of(&deeper)), "lacks"),
        ("no result", Wire::of(&envelope(&resultless)), "Result"),
        ("two results, not alike", changed(&end, &format!("<{operation}Result/>{end}")), "Result"),
        ("another's response", Wire::of(&right.xml().replace(operation, "ConsultaOtra")), "Response"),
        ("two responses", changed("</soap:Body>", &format!("{empty}</soap:Body>")), "Response"),
    ]
}

fn wrong_envelopes(operation: &'static str) -> Vec<Wrong> {
    let xml = Parts::right(operation).xml();
    let changed = |from: &str, to: &str| changed(operation, from, to);
    let fault =
        "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>11111111-1</faultstring></soap:Fault>";
    let packed = format!("--x\r\nContent-Transfer-Encoding: base64\r\n\r\n{xml}\r\n--x--");
    let of_type = "<!DOCTYPE a [<!ENTITY b \"VIGENTE\">]><soap:Envelope";
    let bytes = xml.chars().map(|symbol| symbol as u8).collect();
    vec![
        ("no body", Wire::of(&xml.replace("soap:Body", "soap:Cuerpo")), "Body"),
        ("two bodies", changed("</soap:Body>", "</soap:Body><soap:Body/>"), "Body"),
        ("a fault with a body", changed("</soap:Body>", &format!("{fault}</soap:Body>")), "fault"),
        ("a body after a fault", changed("<soap:Body>", &format!("<soap:Body>{fault}")), "fault"),
        ("the right answer as HTTP 500", Wire { status: 500, ..Wire::of(&xml) }, "HTTP 500"),
        ("no envelope", changed("xmlsoap.org/soap/envelope/", "xmlsoap.org/otro/"), "envelope"),
        ("cut in the middle", Wire::of(&xml[..xml.len() - 40]), "XML"),
        ("a document type", changed("<soap:Envelope", of_type), "document type"),
        ("an unknown encoding", Wire::typed("text/xml; charset=ebcdic", bytes), "encoding"),
        ("parts without a boundary", Wire::typed("multipart/related", xml.clone().into()), "parts"),
        ("no parts", Wire::typed("multipart/related; boundary=x", xml.clone().into()), "parts"),
        ("a packed part", Wire::typed("multipart/related; boundary=x", packed.into()), "parts"),
    ]
}

#[test]
fn no_operation_says_yes_by_what_is_wrong() {
    let service = Canned::start();
    let mut tried = 0;
    for operation in OPERATIONS {
        let wrongs =
            [wrong_headings(operation), wrong_results(operation), wrong_envelopes(operation)].concat();
        for (wrong, wire, names) in wrongs {
            service.says(operation, wire);
            let said = service.asks(operation);
            let case = format!("{operation}, {wrong}: {said:?}");
            let Verdict::Down(reason) = said else { panic!("{case}") };
            assert!(reason.starts_with(operation) && reason.contains(names), "{case}, not {names}");
            assert!(!reason.contains("11111111") && !reason.contains("Muñoz"), "{case}");
            tried += 1;
        }
        service.is_right();
    }
    assert_eq!(tried, 32 * 5);
}

/// Fields without which there is no yes.
const NEEDED: &[(&str, &str)] = &[
    (TAXPAYER, "RazonSocial"),
    (REPRESENTATIVES, "representantes"),
    (PERSON, "rut"),
    (PERSON, "nombres"),
    (PERSON, "fechaDefuncion"),
    (CARD, "EstadoRespuesta"),
    (CARD, "Rut"),
    (CARD, "CodigoTipoDocumento"),
    (CARD, "IndicadorVigencia"),
    (CARD, "IndicadorBloqueo"),
];
/// Fields that say something else once more.
const TWICE: &[(&str, &str, &str)] = &[
    (TAXPAYER, "RazonSocial", "Otra Ltda"),
    (TAXPAYER, "Estado", "NO EXISTE"),
    (BUSINESS, "Estado", "TERMINO DE GIRO"),
    (BUSINESS, "Glosa", "TERMINO DE GIRO"),
    (REPRESENTATIVES, "representantes", ""),
    (PERSON, "rut", "12345678"),
    (PERSON, "dv", "5"),
    (PERSON, "nombres", "Otra"),
    (PERSON, "fechaDefuncion", "2020-05-06T00:00:00"),
    (CARD, "EstadoRespuesta", "DatosInexistentes"),
    (CARD, "Rut", "12345678"),
    (CARD, "NumeroSerie", "B1C234567"),
    (CARD, "IndicadorVigencia", "N"),
    (CARD, "IndicadorVigencia", ""),
    (CARD, "IndicadorBloqueo", "DEFINITIVO"),
];
/// Fields that say what is no yes, and what the reason names.
const FILLED: &[(&str, &str, &str, &str)] = &[
    (BUSINESS, "Estado", "SUSPENDIDA", "Estado"),
    (BUSINESS, "Estado", "NO VIGENTE", "Estado"),
    (BUSINESS, "Estado", "VIGENTE, TERMINO DE GIRO", "Estado"),
    (BUSINESS, "Estado", "<b>VIGENTE</b>", "Estado"),
    (BUSINESS, "Glosa", "NO EXISTE", "Estado and Glosa"),
    (TAXPAYER, "Estado", "NO EXISTE", "RazonSocial"),
    (PERSON, "rut", "12345678", "dv"),
    (PERSON, "dv", "5", "dv"),
    (PERSON, "fechaDefTruncada", "20200500", "fechaDefTruncada"),
    (CARD, "EstadoRespuesta", "ErrorTecnico", "ErrorTecnico"),
    (CARD, "EstadoRespuesta", "CorrectoParcial", "EstadoRespuesta"),
    (CARD, "Rut", "0", "Rut"),
    (CARD, "Dv", "K", "Dv"),
    (CARD, "CodigoTipoDocumento", "P", "CodigoTipoDocumento"),
    (CARD, "CodigoClaseDocumento", "PasaporteOrdinario", "CodigoClaseDocumento"),
    (CARD, "IndicadorVigencia", "SN", "IndicadorVigencia"),
    (CARD, "IndicadorVigencia", "s", "IndicadorVigencia"),
    (CARD, "IndicadorBloqueo", "QUIZAS", "IndicadorBloqueo"),
];

#[track_caller]
fn is_down(service: &Canned, operation: &'static str, parts: &Parts, named: &str) {
    service.says(operation, Wire::of(&parts.xml()));
    let said = service.asks(operation);
    let case = format!("{operation}, {named}: {said:?}");
    let Verdict::Down(reason) = said else { panic!("{case}") };
    assert!(reason.contains(named), "{case}");
    service.is_right();
}

#[test]
fn fields_that_are_missing_or_double_tongued() {
    let service = Canned::start();
    for (operation, name) in NEEDED {
        let mut parts = Parts::right(operation).without(name);
        // A list may be absent beside the general data, and a name has parts.
        parts.fields.retain(|(other, _)| *other != "datosGenerales");
        parts.fields.retain(|(other, _)| !other.starts_with("apellido") || *name != "nombres");
        is_down(&service, operation, &parts, name);
    }
    for (operation, name, other) in TWICE {
        for at_the_end in [false, true] {
            let mut parts = Parts::right(operation);
            let place = if at_the_end { parts.fields.len() } else { 0 };
            parts.fields.insert(place, (*name, other.to_string()));
            is_down(&service, operation, &parts, name);
        }
    }
    for (operation, name, content, named) in FILLED {
        is_down(&service, operation, &Parts::right(operation).with(name, content), named);
    }
}

/// Asks a service that has two words for a RUT that it doesn't know.
fn says_unknown(service: &Canned, operation: &'static str, xml: &str) -> Verdict {
    service.says(operation, Wire::of(xml));
    let words = [("soap.unknown_states", "NO EXISTE, Sin datos para el RUT")];
    let said = asks(&service.registry_with(&words), operation);
    service.is_right();
    said
}

/// Nobody is refused for a service's trouble, and nobody is let on by a word that isn't listed.
#[test]
fn an_unknown_that_comes_as_incorrecto_is_a_no() {
    let service = Canned::start();
    let ask = |operation, xml: &str| says_unknown(&service, operation, xml);
    for operation in OPERATIONS {
        for process in ["INCORRECTO", "NULO", "CORRECTO"] {
            for said in ["No existe", "SIN DATOS para  el rut"] {
                let parts =
                    Parts::right(operation).headed("estadoProceso", process).headed("respuestaProceso", said);
                for answer in ["", "<respuesta xsi:nil=\"true\" />", "<respuesta/>"] {
                    let found = ask(operation, &parts.xml_of(answer));
                    assert!(
                        matches!(found, Verdict::No(_)),
                        "{operation} {process} {said} {answer}: {found:?}"
                    );
                }
                // The right answer beside it: one of the two isn't so.
                let found = ask(operation, &parts.xml());
                assert!(matches!(found, Verdict::Down(_)), "{operation} {process} {said}: {found:?}");
            }
        }
        for (process, said) in [
            ("INCORRECTO", "Error de conexión"),
            ("INCORRECTO", ""),
            ("NULO", "NO EXISTE EL SERVICIO"),
            ("ERROR", "NO EXISTE"),
            ("EXCEPCION", "NO EXISTE"),
            ("PROCESAR", "NO EXISTE"),
        ] {
            let parts =
                Parts::right(operation).headed("estadoProceso", process).headed("respuestaProceso", said);
            for xml in [parts.xml(), parts.xml_of("")] {
                let found = ask(operation, &xml);
                assert!(matches!(found, Verdict::Down(_)), "{operation} {process} {said}: {found:?}");
            }
        }
    }
}

#[test]
fn an_answer_about_nobody_is_a_no_as_well() {
    let service = Canned::start();
    let ask = |operation, xml: &str| says_unknown(&service, operation, xml);
    // Numbers and dates are always there, whomever they are about.
    let of_nobody = [
        (
            PERSON,
            "<rut>0</rut><fechaDefuncion>0001-01-01T00:00:00</fechaDefuncion><cantidadHijos>0</cantidadHijos>",
        ),
        (
            CARD,
            "<EstadoRespuesta>Correcto</EstadoRespuesta><Rut>0</Rut><IndicadorVigencia>S</IndicadorVigencia>",
        ),
        (BUSINESS, "<FechaInicioActividad>0001-01-01T00:00:00</FechaInicioActividad>"),
    ];
    for (operation, content) in of_nobody {
        let parts = Parts::right(operation)
            .headed("estadoProceso", "INCORRECTO")
            .headed("respuestaProceso", "NO EXISTE");
        let found = ask(operation, &parts.xml_of(&format!("<respuesta>{content}</respuesta>")));
        assert!(matches!(found, Verdict::No(_)), "{operation} {content}: {found:?}");
    }
    // What the answer itself says of nothing counts as well.
    let said_within = [
        (TAXPAYER, "<Estado>NO EXISTE</Estado>"),
        (TAXPAYER, "<Glosa>sin datos para el RUT</Glosa>"),
        (BUSINESS, "<Estado>no existe</Estado>"),
        (REPRESENTATIVES, "<datosGenerales><Glosa>NO EXISTE</Glosa></datosGenerales>"),
        (CARD, "<EstadoRespuesta>DatosInexistentes</EstadoRespuesta>"),
        (CARD, "<EstadoRespuesta>SolicitudFormatoInvalido</EstadoRespuesta>"),
    ];
    for (operation, content) in said_within {
        let parts = Parts::right(operation).headed("estadoProceso", "INCORRECTO");
        let found = ask(operation, &parts.xml_of(&format!("<respuesta>{content}</respuesta>")));
        assert!(matches!(found, Verdict::No(_)), "{operation} {content}: {found:?}");
    }
}

/// *Open* in the heading is no yes; *closed* is a no.
#[test]
fn the_heading_says_no_and_never_yes() {
    let service = Canned::start();
    for gloss in ["", "sin observaciones"] {
        let parts = Parts::right(BUSINESS).with("Estado", "").with("Glosa", gloss);
        let said =
            |word| says_unknown(&service, BUSINESS, &parts.clone().headed("respuestaProceso", word).xml());
        assert!(matches!(said("VIGENTE"), Verdict::Down(reason) if reason.contains("Estado")));
        assert!(matches!(said("TERMINO DE GIRO"), Verdict::No(_)));
    }
}

/// SII says *1* of an open business, and of a taxpayer whom it doesn't know.
#[test]
fn words_by_operation() {
    let service = Canned::start();
    let words = [
        ("soap.open_states", "1"),
        ("soap.closed_states", "2"),
        ("soap.unknown_states", "9"),
        ("soap.taxpayer_unknown_states", "1"),
        ("soap.person_unknown_states", "3, 4"),
    ];
    let ask = |operation| asks(&service.registry_with(&words), operation);
    let business =
        |state: &str| service.says(BUSINESS, Wire::of(&Parts::right(BUSINESS).with("Estado", state).xml()));
    service.says(TAXPAYER, Wire::of(&Parts::right(TAXPAYER).with("Estado", "0").xml()));
    business("1");
    assert!(matches!(ask(BUSINESS), Verdict::Yes(_)), "{:?}", ask(BUSINESS));
    business("2");
    assert!(matches!(ask(BUSINESS), Verdict::No(_)));
    business("9");
    assert!(matches!(ask(BUSINESS), Verdict::No(_)));
    business("3");
    assert!(matches!(ask(BUSINESS), Verdict::Down(_)));
    business("1");
    let refused = |operation: &'static str, said: &str| {
        let parts =
            Parts::right(operation).headed("estadoProceso", "INCORRECTO").headed("respuestaProceso", said);
        service.says(operation, Wire::of(&parts.xml_of("")));
        let found = ask(operation);
        service.says(operation, Wire::of(&Parts::right(operation).xml()));
        matches!(found, Verdict::No(_))
    };
    assert!(refused(TAXPAYER, "1"));
    assert!(!refused(TAXPAYER, "9"), "its own words are all it has");
    assert!(refused(PERSON, "3") && refused(PERSON, "4") && !refused(PERSON, "9"));
    assert!(refused(REPRESENTATIVES, "9") && !refused(REPRESENTATIVES, "3"), "the words of all");
    assert!(refused(CARD, "9"));
}

/// Some services have one answer for a wrong number and for nobody. Whoever Registro Civil knows has a card,
/// and typed another number: it counts as wrong, and opens no road for people without one.
#[test]
fn a_number_that_nobody_has_is_wrong_for_whom_registro_civil_knows() {
    let service = Canned::start();
    let nothing = |operation| {
        let parts = Parts::right(operation).headed("estadoProceso", "INCORRECTO");
        parts.headed("respuestaProceso", "No existe").xml_of("")
    };
    assert_eq!(says_unknown(&service, CARD, &nothing(CARD)), Verdict::No("DoesNotMatch".into()));

    service.says(PERSON, Wire::of(&nothing(PERSON)));
    assert_eq!(says_unknown(&service, CARD, &nothing(CARD)), Verdict::No("Unknown".into()));

    service.says(PERSON, Wire { status: 500, ..Wire::of("") });
    assert!(matches!(says_unknown(&service, CARD, &nothing(CARD)), Verdict::Down(_)));
}
