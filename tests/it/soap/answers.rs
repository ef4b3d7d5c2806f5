//! Answers written by hand from the contract, right ones and wrong ones, and how they are read:
//! tolerant of what the contract leaves open, strict wherever a yes is at stake.

use time::Date;
use time::macros::date;
use totem::domain::cedula::Serial;
use totem::domain::clean::Clean;
use totem::domain::register::Card;
use totem::domain::rut::Rut;
use totem::domain::state_words::{Business, StateWords, UnknownWords};
use totem::registry::soap::answers::{self, Person};
use totem::soap::envelope::{self, Answer};
use totem::soap::xml::XmlError;
use totem::soap::{Failure, Process};

pub const NAMESPACE: &str = "http://webservices/WsMiddleware/";
const TODAY: Date = date!(2026 - 11 - 22);

pub fn words() -> StateWords {
    StateWords {
        open: vec!["Vigente".into()],
        closed: vec!["Término de giro".into(), "CERRADA".into()],
        unknown: vec!["NO EXISTE".into()],
    }
}

pub fn unknown() -> UnknownWords {
    UnknownWords(words().unknown)
}

fn rut(text: &str) -> Rut {
    text.parse().unwrap()
}

/// The answer of an operation whose `respuesta` holds this.
pub fn answer_of(operation: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n <soap:Body>\n  \
         <{operation}Response xmlns=\"{NAMESPACE}\">\n   <{operation}Result>\n    <cabecera>\
         <estadoProceso>CORRECTO</estadoProceso><respuestaProceso>OK</respuestaProceso>\
         <codigoProceso>0</codigoProceso></cabecera>\n    <respuesta>{content}</respuesta>\n    \
         <xmlRespuesta />\n   </{operation}Result>\n  </{operation}Response>\n </soap:Body>\n\
         </soap:Envelope>\n"
    )
}

/// An answer of work that went well.
pub fn opened(operation: &str, xml: &str) -> Result<Answer, Failure> {
    let answer = envelope::answer(xml.as_bytes(), Some("text/xml; charset=utf-8"), operation, NAMESPACE)?;
    answer.right().map(|()| answer)
}

const CARD: &str = "ConsultaNroSerieNroDocumento";
pub const GOOD_CARD: &str = "<EstadoRespuesta>Correcto</EstadoRespuesta><Rut>11111111</Rut><Dv>1</Dv>\
    <CodigoTipoDocumento>C</CodigoTipoDocumento>\
    <CodigoClaseDocumento>CedulaIdentidadParaChileno</CodigoClaseDocumento>\
    <NumeroDocumento>B1C234567</NumeroDocumento><NumeroSerie>A012345678</NumeroSerie>\
    <IndicadorVigencia>S</IndicadorVigencia><FechaVencimiento>2026-11-22T00:00:00</FechaVencimiento>\
    <IndicadorBloqueo>NO_BLOQUEADO</IndicadorBloqueo>";

fn card(content: &str, serial: &str) -> Result<Card, Failure> {
    let serial: Serial = serial.parse().unwrap();
    let answer = opened(CARD, &answer_of(CARD, content))?;
    answers::card(&answer, rut("11111111-1"), &serial, TODAY, &unknown())
}

/// The good card with one part of it replaced.
fn card_with(part: &str, by: &str) -> Result<Card, Failure> {
    assert!(GOOD_CARD.contains(part), "{part}");
    card(&GOOD_CARD.replace(part, by), "B1C234567")
}

#[test]
fn a_card_matches_or_says_why_not() {
    assert_eq!(card(GOOD_CARD, "B1C234567"), Ok(Card::Matches));
    assert_eq!(card(GOOD_CARD, "A012345678"), Ok(Card::Matches));
    assert_eq!(card(GOOD_CARD, "123456789"), Ok(Card::DoesNotMatch));
    let cases = [
        ("ParaChileno", "ParaExtranjero", Card::Matches),
        ("2026-11-22T00:00:00", "0001-01-01T00:00:00", Card::Matches),
        ("2026-11-22T00:00:00", "2027-01-01T00:00:00.000-03:00", Card::Matches),
        ("2026-11-22T", "2026-11-21T", Card::Matches),
        (">S<", ">N<", Card::NotCurrent),
        ("NO_BLOQUEADO", "DEFINITIVO", Card::Blocked),
        ("NO_BLOQUEADO", "RENOVACION", Card::Blocked),
        ("NO_BLOQUEADO", "TEMPORAL", Card::Blocked),
        ("NO_BLOQUEADO", "TEMPORAL_PERMANENTE", Card::Blocked),
        (">Correcto<", ">DatosInexistentes<", Card::DoesNotMatch),
        (">Correcto<", ">SolicitudFormatoInvalido<", Card::DoesNotMatch),
    ];
    for (part, by, expected) in cases {
        assert_eq!(card_with(part, by), Ok(expected), "{by}");
    }
    let past = GOOD_CARD.replace("2026-11-22T", "2026-11-21T").replace(">S<", ">N<");
    assert_eq!(card(&past, "B1C234567"), Ok(Card::Expired));
    assert_eq!(card(&past.replace("-21T", "-22T"), "B1C234567"), Ok(Card::NotCurrent), "its last day");
    for by in ["ErrorTecnico", "ErrorAutentificacion"] {
        assert_eq!(card_with("Correcto", by), Err(Failure::Answered(by)));
    }
}

#[test]
fn what_a_card_lacks_is_no_yes() {
    use XmlError::{Absent, Kind, SomebodyElse, Twice};
    let cases = [
        (">11111111</Rut><Dv>1<", ">12345678</Rut><Dv>5<", SomebodyElse),
        ("<Dv>1<", "<Dv>2<", Kind("Dv")),
        (">11111111<", "><", Absent("Rut")),
        (">11111111<", ">-1<", Kind("Rut")),
        (">11111111<", ">99999999999<", Kind("Rut")),
        ("<EstadoRespuesta>Correcto</EstadoRespuesta>", "", Absent("EstadoRespuesta")),
        (">Correcto<", ">correcto<", Kind("EstadoRespuesta")),
        (">C<", ">P<", Kind("CodigoTipoDocumento")),
        ("CedulaIdentidadParaChileno", "Pasaporte", Kind("CodigoClaseDocumento")),
        ("<IndicadorVigencia>S</IndicadorVigencia>", "", Absent("IndicadorVigencia")),
        (">S<", " xsi:nil=\"true\"><", Absent("IndicadorVigencia")),
        (">S<", ">s<", Kind("IndicadorVigencia")),
        ("NO_BLOQUEADO", "QUIZAS", Kind("IndicadorBloqueo")),
        ("<IndicadorBloqueo>NO_BLOQUEADO</IndicadorBloqueo>", "", Absent("IndicadorBloqueo")),
        ("<Dv>1</Dv>", "<Dv>1</Dv><Dv/>", Twice("Dv")),
        ("<Rut>", "<Rut xmlns=\"urn:otro\">", Absent("Rut")),
        ("<Dv>1</Dv>", "<Dv><b>1</b></Dv>", Kind("Dv")),
    ];
    for (part, by, expected) in cases {
        assert_eq!(card_with(part, by), Err(Failure::Unreadable(expected)), "{by}");
    }
    let no_number = GOOD_CARD.replace("B1C234567", "").replace("A012345678", "");
    assert_eq!(card(&no_number, "B1C234567"), Err(Absent("NumeroSerie").into()));
}

fn taxpayer(content: &str) -> Result<Option<Clean>, Failure> {
    const OPERATION: &str = "ConsultaDatosContribuyente";
    answers::taxpayer(&opened(OPERATION, &answer_of(OPERATION, content))?, &unknown())
}

#[test]
fn a_taxpayer_has_one_name_or_three() {
    let name = |text: &str| Ok(Some(Clean::new(text)));
    let company = "<Estado>X</Estado><RazonSocial>Pan &amp; Té &#x141; <![CDATA[<3]]></RazonSocial>";
    assert_eq!(taxpayer(company), name("Pan & Té Ł <3"));
    let person = "<Nombre> Ana </Nombre><ApPaterno>Uno</ApPaterno><ApMaterno xsi:nil=\"1\"/>";
    assert_eq!(taxpayer(person), name("Ana Uno"));
    assert_eq!(taxpayer("<RazonSocial>A&#x202E;B&#x1B;</RazonSocial>"), Err(XmlError::Malformed.into()));
    assert_eq!(taxpayer("<RazonSocial>A&#x202E;B</RazonSocial>"), name("AB"));
    assert_eq!(taxpayer("<Estado>no  existe</Estado>"), Ok(None));
    assert_eq!(taxpayer("<Glosa>No Existe</Glosa>"), Ok(None));
    assert_eq!(taxpayer("<Estado>VIGENTE</Estado>"), Err(XmlError::Absent("RazonSocial").into()));
    assert_eq!(taxpayer(""), Err(XmlError::Absent("RazonSocial").into()));
}

fn business(content: &str) -> Result<Business, Failure> {
    const OPERATION: &str = "ConsultaEstadoGiro";
    answers::business(&opened(OPERATION, &answer_of(OPERATION, content))?, &words())
}

#[test]
fn only_listed_words_say_open() {
    let date = "<FechaInicioActividad>0001-01-01T00:00:00</FechaInicioActividad>";
    let cases = [
        ("<Glosa>lo que sea</Glosa><Estado> VIGENTE </Estado>", Ok(Business::Open)),
        ("<Glosa>vigente</Glosa>", Ok(Business::Open)),
        ("<Estado>TERMINO DE GIRO</Estado>", Ok(Business::Closed)),
        ("<Estado>cerrada</Estado>", Ok(Business::Closed)),
        ("<Estado>No existe</Estado>", Ok(Business::Unknown)),
        ("<Glosa>VIGENTE</Glosa><Estado>SUSPENDIDA</Estado>", Err(XmlError::Kind("Estado"))),
        ("<Glosa>CERRADA</Glosa><Estado>VIGENTE</Estado>", Err(XmlError::Contradiction("Estado and Glosa"))),
        ("<Estado>NO VIGENTE</Estado>", Err(XmlError::Kind("Estado"))),
        ("", Err(XmlError::Absent("Estado"))),
        ("<Estado>VIGENTE</Estado><Glosa>x</Glosa>", Ok(Business::Open)),
    ];
    for (content, expected) in cases {
        assert_eq!(business(&format!("{date}{content}")), expected.map_err(Failure::from), "{content}");
    }
    assert_eq!(business("<Estado>VIGENTE</Estado>"), Ok(Business::Open));
}

#[test]
fn who_isn_t_on_a_list_that_can_be_read_represents_nobody() {
    const OPERATION: &str = "ConsultaRepresentanteLegal";
    let has = |list: &str, person: &str| {
        let general = "<datosGenerales><FechaInicioActividad>2001-02-03T00:00:00</FechaInicioActividad>\
                       </datosGenerales>";
        let answer = opened(OPERATION, &answer_of(OPERATION, &format!("{list}{general}")))?;
        answers::representatives(&answer, &unknown())?.have(rut(person))
    };
    let item = |rut: &str, dv: &str| {
        format!("<RepresentanteLegalSii><rut>{rut}</rut><dv>{dv}</dv></RepresentanteLegalSii>")
    };
    let list = |items: &str| format!("<representantes>{items}</representantes>");
    let two = item("11111111", "1") + &item("40000000", "k");
    for (person, is_there) in [("11111111-1", true), ("40000000-K", true), ("12345678-5", false)] {
        assert_eq!(has(&list(&two), person), Ok(is_there));
        assert_eq!(has("<representantes/>", person), Ok(false));
    }
    // Whoever can't be read may be the one who is asked about, and stands in nobody else's way.
    for (broken, expected) in [
        (list(&(two.clone() + &item("11111111", "2"))), XmlError::Kind("dv")),
        (list(&(two.clone() + &item("", "1"))), XmlError::Absent("rut")),
        (list(&(two.clone() + "<Otro/>")), XmlError::Kind("representantes")),
        (format!("<representantes>11111111-1{two}</representantes>"), XmlError::Kind("representantes")),
    ] {
        assert_eq!(has(&broken, "40000000-K"), Ok(true), "{broken}");
        assert_eq!(has(&broken, "12345678-5"), Err(expected.into()), "{broken}");
    }
}

#[test]
fn the_living_and_the_dead() {
    const OPERATION: &str = "ConsultaRun";
    let read = |content: &str| {
        let answer = opened(OPERATION, &answer_of(OPERATION, content))?;
        answers::person(&answer, rut("11111111-1"), &unknown())
    };
    let person = "<rut>11111111</rut><dv>1</dv><nombres>Ana María</nombres>\
        <apellidoPaterno>Uno</apellidoPaterno><fechaNacimiento>1980-01-01T00:00:00</fechaNacimiento>\
        <fechaDefuncion>0001-01-01T00:00:00</fechaDefuncion><cantidadHijos>0</cantidadHijos>\
        <fechaDefTruncada>00000000</fechaDefTruncada>";
    let name = Clean::new("Ana María Uno");
    assert_eq!(read(person), Ok(Some(Person { name: name.clone(), is_deceased: false })));
    let nil = person.replace(">0001-01-01T00:00:00<", " xsi:nil=\"true\"><");
    assert_eq!(read(&nil), Ok(Some(Person { name: name.clone(), is_deceased: false })));
    let dead = person.replace("0001-01-01", "2020-05-06");
    assert_eq!(read(&dead), Ok(Some(Person { name, is_deceased: true })));
    for (part, by, expected) in [
        ("<fechaDefuncion>0001-01-01T00:00:00</fechaDefuncion>", "", XmlError::Absent("fechaDefuncion")),
        (">0001-01-01T00:00:00<", "><", XmlError::Absent("fechaDefuncion")),
        (">0001-01-01T00:00:00<", ">06/05/2020<", XmlError::Kind("fechaDefuncion")),
        (">00000000<", ">20200500<", XmlError::Contradiction("fechaDefuncion and fechaDefTruncada")),
        ("<rut>11111111</rut><dv>1</dv>", "<rut>12345678</rut><dv>5</dv>", XmlError::SomebodyElse),
        ("<rut>11111111</rut><dv>1</dv>", "<rut>0</rut><dv>0</dv>", XmlError::Kind("rut")),
        (
            "<nombres>Ana María</nombres><apellidoPaterno>Uno</apellidoPaterno>",
            "",
            XmlError::Absent("nombres"),
        ),
    ] {
        assert!(person.contains(part), "{part}");
        assert_eq!(read(&person.replace(part, by)), Err(expected.into()), "{by}");
    }
}

#[test]
fn prefixes_are_free_and_names_are_not() {
    let usual = answer_of(CARD, GOOD_CARD);
    let prefixed = usual
        .replace("xmlns=\"", "xmlns:p=\"")
        .replace("soap:", "s:")
        .replace("xmlns:soap", "xmlns:s")
        .replace("</", "\u{1}")
        .replace('<', "<p:")
        .replace('\u{1}', "</p:")
        .replace("p:s:", "s:")
        .replace("<p:?xml", "<?xml");
    assert!(prefixed.contains("<p:Dv>1</p:Dv>") && prefixed.contains("<s:Body>"), "{prefixed}");
    assert!(opened(CARD, &prefixed).is_ok());
    let no = |from: &str, to: &str, expected: Failure| {
        assert!(usual.contains(from), "{from}");
        assert_eq!(opened(CARD, &usual.replace(from, to)), Err(expected), "{to}");
    };
    let unreadable = Failure::Unreadable;
    no("xmlsoap.org/soap/envelope/", "xmlsoap.org/otro/", unreadable(XmlError::NoEnvelope));
    no(NAMESPACE, "urn:otro", unreadable(XmlError::Absent("Response")));
    no(&format!("{CARD}Response"), "ConsultaRunResponse", unreadable(XmlError::Absent("Response")));
    no(&format!("{CARD}Result"), "ConsultaRunResult", unreadable(XmlError::Absent("Result")));
    no("CORRECTO", "correcto", unreadable(XmlError::Kind("estadoProceso")));
    no("<estadoProceso>CORRECTO</estadoProceso>", "", unreadable(XmlError::Absent("estadoProceso")));
    for (word, process) in Process::WORDS {
        if process != Process::Correcto {
            no("CORRECTO", word, Failure::Process(process));
        }
    }
    let body = usual.replace("</soap:Body>", "</soap:Body><soap:Body/>");
    assert_eq!(opened(CARD, &body), Err(unreadable(XmlError::Twice("Body"))));
    let header = usual.replace("<soap:Body>", "<soap:Header><x>1</x></soap:Header><soap:Body>");
    assert!(opened(CARD, &header).is_ok());
}

#[test]
fn faults_are_no_answers_wherever_they_stand() {
    let fault = "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
        <soap:Fault><faultcode>soap:Server</faultcode><faultstring>El RUT 11111111-1 no</faultstring>\
        <detail /></soap:Fault></soap:Body></soap:Envelope>";
    assert_eq!(opened(CARD, fault), Err(Failure::Fault));
    assert!(!Failure::Fault.to_string().contains("11111111"));
    let beside = answer_of(CARD, GOOD_CARD).replace("</soap:Body>", "<soap:Fault/></soap:Body>");
    assert_eq!(opened(CARD, &beside), Err(Failure::Fault));
}

#[test]
fn what_is_no_text_of_ours_is_refused() {
    let usual = answer_of(CARD, GOOD_CARD);
    let read = |bytes: &[u8], content_type: &str| {
        envelope::answer(bytes, Some(content_type), CARD, NAMESPACE).map(|_| ())
    };
    let utf8 = "text/xml; charset=utf-8";
    let refused = |bytes: &[u8], expected: XmlError| {
        assert_eq!(read(bytes, utf8), Err(expected.into()), "{:.60}", String::from_utf8_lossy(bytes));
    };
    refused(b"", XmlError::Empty);
    refused(b" \n\t", XmlError::Empty);
    refused(b"<html><body>", XmlError::Malformed);
    refused(b"not at all", XmlError::Malformed);
    refused(&usual.as_bytes()[..usual.len() - 20], XmlError::Malformed);
    refused(format!("{usual}<more/>").as_bytes(), XmlError::Malformed);
    refused(usual.replace("<Dv>1</Dv>", "<Dv>1</DV>").as_bytes(), XmlError::Malformed);
    refused(usual.replace("<Dv>", "<Dv a=\"1\" a=\"2\">").as_bytes(), XmlError::Malformed);
    refused(usual.replace("<Dv>", "<q:Dv>").replace("</Dv>", "</q:Dv>").as_bytes(), XmlError::Malformed);
    refused(usual.replace("<Dv>1", "<Dv>1\u{0}").as_bytes(), XmlError::Malformed);
    refused(usual.replace("<Dv>1", "<Dv>&uno;").as_bytes(), XmlError::Forbidden);
    let typed = usual.replacen("?>", "?><!DOCTYPE a [<!ENTITY uno \"1\">]>", 1);
    refused(typed.as_bytes(), XmlError::Forbidden);
    refused(usual.replace("<Dv>", "<?php 1 ?><Dv>").as_bytes(), XmlError::Forbidden);
    let deep = format!("{}{}", "<a>".repeat(200), "</a>".repeat(200));
    refused(usual.replace("<Dv>1", &format!("<Dv>{deep}")).as_bytes(), XmlError::Deep);
}
