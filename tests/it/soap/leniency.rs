//! The same answers in all the ways that services write them, each way with each operation: what is asked for
//! is read wherever it stands. And what must never be read as a yes: whatever is missing, double-tongued or
//! in a word that nobody listed; the log then names the element.

use super::answers::NAMESPACE;
use super::canned::{
    BUSINESS, CARD, Canned, OPERATIONS, PERSON, Parts, REPRESENTATIVES, TAXPAYER, Verdict, Wire, envelope,
    inside, response,
};

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|symbol| u8::try_from(u32::from(symbol)).unwrap()).collect()
}

/// As windows-1252, with a quotation mark that Latin-1 doesn't have.
fn windows1252(text: &str) -> Vec<u8> {
    let marked = text.replace("Sin ñoñerías", "“Sin ñoñerías”");
    let byte = |symbol| match symbol {
        '“' => 0x93,
        '”' => 0x94,
        other => u8::try_from(u32::from(other)).unwrap(),
    };
    marked.chars().map(byte).collect()
}

/// The message in a part of its own.
fn related(xml: &str, head: &str, parts: &[&str]) -> Vec<u8> {
    let mut bytes = format!("Esto va antes.\r\n--=_cerca 7\r\n{head}\r\n\r\n{xml}").into_bytes();
    for part in parts {
        bytes.extend(format!("\r\n--=_cerca 7\r\n{part}").bytes());
    }
    bytes.extend(b"\r\n--=_cerca 7--\r\n");
    bytes
}

const ROOT: &str = "Content-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\n\
    Content-Transfer-Encoding: binary\r\nContent-ID: <raiz@sii.example>";
const RELATED: &str = "multipart/related; type=\"application/xop+xml\"; start=\"<raiz@sii.example>\"; \
    start-info=\"text/xml\"; boundary=\"=_cerca 7\"";

/// A way of writing the right answer, by its name.
type Way = (&'static str, Wire);

/// The right answer with one thing in it replaced.
fn swapped(operation: &'static str, from: &str, to: &str) -> Wire {
    let xml = Parts::right(operation).xml();
    assert!(xml.contains(from), "{from}");
    Wire::of(&xml.replace(from, to))
}

fn ways_of_fields(operation: &'static str) -> Vec<Way> {
    let right = Parts::right(operation);
    let swapped = |from: &str, to: &str| swapped(operation, from, to);
    let with = |name: &'static str, content: &str, first: bool| {
        let mut parts = right.clone();
        let at = if first { 0 } else { parts.fields.len() };
        parts.fields.insert(at, (name, content.to_string()));
        Wire::of(&parts.xml())
    };
    let reversed = {
        let mut parts = right.clone();
        parts.fields.reverse();
        parts.heading.reverse();
        Wire::of(&parts.xml())
    };
    let first_twice = format!("<respuesta>{}", inside(&right.fields[..1]));
    let deep = format!("{}x{}", "<capa>".repeat(30), "</capa>".repeat(30));
    vec![
        ("as the contract writes it", Wire::of(&right.xml())),
        ("an element more, first", with("idTransaccion", "99-A", true)),
        ("one more, last, with others in it", with("auditoria", "<ip>10.0.0.1</ip><ms>12</ms>", false)),
        ("one more, deep", with("capas", &deep, false)),
        ("elements in another order", reversed),
        ("a field twice, alike", swapped("<respuesta>", &first_twice)),
        ("a stray text between elements", swapped("<respuesta>", "<respuesta>ok ")),
        ("comments and blanks", swapped("><", ">\n  <!-- x -->\t<")),
    ]
}

fn ways_of_results(operation: &'static str) -> Vec<Way> {
    let right = Parts::right(operation);
    let swapped = |from: &str, to: &str| swapped(operation, from, to);
    let (heading, answer) = (inside(&right.heading), inside(&right.fields));
    let turned = format!(
        "<xmlRespuesta/><respuesta>{answer}</respuesta><traza>7</traza><cabecera>{heading}</cabecera>"
    );
    let without = |name: &str| {
        let mut parts = right.clone();
        parts.heading.retain(|(other, _)| *other != name);
        Wire::of(&parts.xml())
    };
    let result = format!("<{operation}Result>");
    let escaped = "<xmlRespuesta>&lt;Rut&gt;1&lt;/Rut&gt;</xmlRespuesta>";
    let nil = "<codigoProceso xsi:nil=\"true\"/>";
    let versions = "<version>1</version><version>1</version><cabecera>";
    vec![
        ("parts in another order", Wire::of(&envelope(&response(operation, &turned)))),
        ("more beside the result", swapped(&result, &format!("<tiempo>3</tiempo>{result}"))),
        ("without respuestaProceso", without("respuestaProceso")),
        ("without codigoProceso", without("codigoProceso")),
        ("nil in the heading", swapped("<codigoProceso>0</codigoProceso>", nil)),
        ("a code that is no number", swapped("<codigoProceso>0<", "<codigoProceso>OK-0<")),
        ("without xmlRespuesta", swapped("<xmlRespuesta />", "")),
        ("xmlRespuesta with text", swapped("<xmlRespuesta />", escaped)),
        (
            "xmlRespuesta with elements",
            swapped("<xmlRespuesta />", "<xmlRespuesta><a><Rut>1</Rut></a></xmlRespuesta>"),
        ),
        ("another element twice", swapped("<cabecera>", versions)),
    ]
}

fn ways_of_envelopes(operation: &'static str) -> Vec<Way> {
    let xml = Parts::right(operation).xml();
    let swapped = |from: &str, to: &str| swapped(operation, from, to);
    let beside = "<soap:Header><id>1</id></soap:Header><soap:Body><t:traza xmlns:t=\"urn:t\"/>";
    let start = format!("<{operation}Response xmlns=\"{NAMESPACE}\">");
    let prefixed = format!("<p:{operation}Response xmlns:p=\"{NAMESPACE}\">");
    let end = format!("</{operation}Response>");
    let unqualified = xml.replace(&start, &prefixed).replace(&end, &format!("</p:{operation}Response>"));
    assert!(unqualified.contains("<p:") && unqualified.contains("</p:"), "{unqualified}");
    let twelve = "http://www.w3.org/2003/05/soap-envelope";
    vec![
        ("more beside the response", swapped("<soap:Body>", beside)),
        ("a header behind the body", swapped("</soap:Body>", "</soap:Body><soap:Header/>")),
        ("inner elements in no namespace", Wire::of(&unqualified)),
        ("an envelope of SOAP 1.2", swapped("http://schemas.xmlsoap.org/soap/envelope/", twelve)),
        ("no content type", Wire { content_type: None, ..Wire::of(&xml) }),
        ("HTTP 202", Wire { status: 202, ..Wire::of(&xml) }),
    ]
}

fn ways_of_letters(operation: &'static str) -> Vec<Way> {
    let xml = Parts::right(operation).xml();
    let as_latin1 = xml.replace("utf-8", "ISO-8859-1");
    let as_windows = xml.replace("utf-8", "windows-1252");
    let undeclared = xml.replace(" encoding=\"utf-8\"", "");
    let utf8 = "text/xml; charset=utf-8";
    let utf16 = format!("\u{feff}{}", xml.replace("utf-8", "UTF-16"));
    let utf16 = utf16.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = format!("\u{feff}{as_windows}").into();
    vec![
        ("UTF-8 by HTTP, Latin-1 by XML, which it is", Wire::typed(utf8, latin1(&as_latin1))),
        ("Latin-1 by HTTP, UTF-8 by XML, which it is", {
            Wire::typed("text/xml;charset=ISO-8859-1", xml.clone().into())
        }),
        ("UTF-8 by HTTP, Latin-1 by XML, and UTF-8 it is", Wire::typed(utf8, as_latin1.into())),
        ("windows-1252, by XML alone", Wire::typed("text/xml", windows1252(&as_windows))),
        ("windows-1252, by HTTP alone", {
            Wire::typed("text/xml; charset=\"Windows-1252\"", windows1252(&undeclared))
        }),
        ("Latin-1 that nobody declares", Wire::typed("text/xml", latin1(&undeclared))),
        ("Latin-1 declared as UTF-8 by both", Wire::typed(utf8, latin1(&xml))),
        ("a mark against both", Wire::typed("text/xml; charset=iso-8859-1", marked)),
        ("UTF-16 with its mark", Wire::typed("text/xml; charset=utf-16", utf16)),
    ]
}

fn ways_of_parts(operation: &'static str) -> Vec<Way> {
    let xml = Parts::right(operation).xml();
    let in_latin1 = [
        &b"--simple\nContent-Type: text/xml; charset=iso-8859-1\n\n"[..],
        &latin1(&xml.replace(" encoding=\"utf-8\"", "")),
        b"\n--simple--",
    ];
    let image = "Content-Type: image/png\r\nContent-ID: <a@b>\r\n\r\n\u{89}PNG";
    let attached = format!("--=_cerca 7\r\n{image}\r\n--=_cerca 7\r\n{ROOT}\r\n\r\n{xml}\r\n--=_cerca 7--");
    vec![
        ("MTOM without attachments", Wire::typed(RELATED, related(&xml, ROOT, &[]))),
        ("MTOM with one behind", Wire::typed(RELATED, related(&xml, ROOT, &[image]))),
        ("MTOM with one before the root", Wire::typed(RELATED, attached.into())),
        ("MTOM in Latin-1, named by its part", {
            Wire::typed("Multipart/Related;boundary=simple;type=\"text/xml\"", in_latin1.concat())
        }),
    ]
}

#[test]
fn every_way_of_writing_with_every_operation() {
    let service = Canned::start();
    let mut tried = 0;
    for operation in OPERATIONS {
        let name = match operation {
            TAXPAYER | BUSINESS => "Ñandú y Cía",
            REPRESENTATIVES | PERSON => "Muñoz",
            _ => "",
        };
        let ways = [ways_of_fields, ways_of_results, ways_of_envelopes, ways_of_letters, ways_of_parts];
        for (way, wire) in ways.into_iter().flat_map(|ways| ways(operation)) {
            service.says(operation, wire);
            let said = service.asks(operation);
            assert!(
                matches!(&said, Verdict::Yes(read) if read.contains(name)),
                "{operation}, {way}: {said:?}"
            );
            tried += 1;
        }
        service.is_right();
    }
    assert_eq!(tried, 37 * 5);
}

/// What is done to one field of a right answer.
enum Change {
    To(&'static str, &'static str),
    Gone(&'static str),
    Nil(&'static str),
}
use Change::{Gone, Nil, To};

#[derive(Clone, Copy, Debug)]
enum Comes {
    Yes,
    No,
    /// With this word.
    NoBy(&'static str),
    Down,
}
use Comes::{Down, No, NoBy, Yes};

const OTHER: &str = "<RepresentanteLegalSii><rut>12345678</rut><dv>5</dv></RepresentanteLegalSii>";
const NIL_OTHER_ANA: &str = "<RepresentanteLegalSii xsi:nil=\"true\"/><RepresentanteLegalSii><rut>12345678\
    </rut><dv>5</dv></RepresentanteLegalSii><RepresentanteLegalSii><dv>1</dv><rut>11111111</rut>\
    </RepresentanteLegalSii>";
const UNREADABLE_ANA: &str = "<RepresentanteLegalSii><rut>12345678</rut><dv>6</dv></RepresentanteLegalSii>\
    <RepresentanteLegalSii><dv>1</dv><rut>11111111</rut></RepresentanteLegalSii>";
const UNREADABLE: &str = "<RepresentanteLegalSii><rut>12345678</rut><dv>6</dv></RepresentanteLegalSii>";

/// What only one operation leaves open, and what its answer then comes to.
const OPEN: &[(&str, &[Change], Comes)] = &[
    (TAXPAYER, &[Gone("Xml"), Gone("Glosa")], Yes),
    (TAXPAYER, &[To("Xml", "<a/><b>1</b>")], Yes),
    (TAXPAYER, &[Nil("Estado")], Yes),
    (BUSINESS, &[Gone("FechaInicioActividad")], Yes),
    (BUSINESS, &[Nil("FechaInicioActividad")], Yes),
    (BUSINESS, &[To("FechaInicioActividad", "04/03/90")], Yes),
    (BUSINESS, &[To("Glosa", "vigente"), Nil("Estado")], Yes),
    (REPRESENTATIVES, &[Gone("datosGenerales")], Yes),
    (REPRESENTATIVES, &[Nil("datosGenerales")], Yes),
    (REPRESENTATIVES, &[Nil("representantes")], No),
    (REPRESENTATIVES, &[Gone("representantes")], No),
    (REPRESENTATIVES, &[To("representantes", "")], No),
    (REPRESENTATIVES, &[To("representantes", NIL_OTHER_ANA)], Yes),
    (REPRESENTATIVES, &[To("representantes", UNREADABLE_ANA)], Yes),
    (REPRESENTATIVES, &[To("representantes", UNREADABLE)], Down),
    (REPRESENTATIVES, &[To("representantes", "<Otro/>")], Down),
    (REPRESENTATIVES, &[To("representantes", "11111111-1")], Down),
    (REPRESENTATIVES, &[To("representantes", OTHER)], No),
    (PERSON, &[To("fechaNacimiento", "¿1980?")], Yes),
    (PERSON, &[Gone("fechaNacimiento")], Yes),
    (PERSON, &[Nil("cantidadHijos")], Yes),
    (PERSON, &[Gone("dv")], Yes),
    (PERSON, &[Nil("fechaDefuncion")], Yes),
    (PERSON, &[To("fechaDefuncion", "0001-01-01T00:00:00.0000000-04:42")], Yes),
    (PERSON, &[To("fechaDefuncion", "0001-01-01T04:42:46Z")], Yes),
    (PERSON, &[To("fechaDefuncion", "0001-01-01")], Yes),
    (PERSON, &[To("fechaDefuncion", "0000-00-00T00:00:00")], Yes),
    (PERSON, &[To("fechaDefuncion", "2020-05-06T00:00:00-04:00")], No),
    (PERSON, &[To("fechaDefuncion", "2020-05-06T00:00:00.123")], No),
    (PERSON, &[To("fechaDefuncion", "2020-05-06")], No),
    (PERSON, &[To("fechaDefuncion", "2020-05-06-03:00")], No),
    (PERSON, &[To("fechaDefuncion", "06/05/2020")], Down),
    (PERSON, &[To("fechaDefuncion", "")], Down),
    (PERSON, &[Gone("fechaDefuncion")], Down),
    (CARD, &[To("FechaVencimiento", "2019-01-01T00:00:00")], Yes),
    (CARD, &[Gone("FechaVencimiento")], Yes),
    (CARD, &[Nil("FechaVencimiento")], Yes),
    (CARD, &[To("FechaVencimiento", "31 DIC 2030")], Yes),
    (CARD, &[Gone("CodigoClaseDocumento")], Yes),
    (CARD, &[To("CodigoClaseDocumento", "CedulaIdentidadParaExtranjero")], Yes),
    (CARD, &[Gone("Dv")], Yes),
    (CARD, &[Nil("NumeroSerie")], Yes),
    (CARD, &[To("IndicadorVigencia", "N"), To("FechaVencimiento", "2019-01-01")], NoBy("Expired")),
    (CARD, &[To("IndicadorVigencia", "N")], NoBy("NotCurrent")),
    (CARD, &[To("IndicadorVigencia", "N"), Gone("FechaVencimiento")], NoBy("NotCurrent")),
    (CARD, &[To("IndicadorVigencia", "N"), To("FechaVencimiento", "hoy")], NoBy("NotCurrent")),
    (CARD, &[To("IndicadorBloqueo", "TEMPORAL"), To("FechaVencimiento", "2019-01-01")], NoBy("Blocked")),
];

#[test]
fn what_only_one_operation_leaves_open() {
    let service = Canned::start();
    for (index, (operation, changes, comes)) in OPEN.iter().enumerate() {
        let mut parts = Parts::right(operation);
        let mut nil = Vec::new();
        for change in *changes {
            parts = match change {
                To(name, content) => parts.with(name, content),
                Gone(name) => parts.without(name),
                Nil(name) => {
                    nil.push(name);
                    parts.with(name, "")
                }
            };
        }
        let by_nil = |xml: String, name| {
            xml.replace(&format!("<{name}></{name}>"), &format!("<{name} xsi:nil=\"true\" />"))
        };
        service.says(operation, Wire::of(&nil.into_iter().fold(parts.xml(), by_nil)));
        let said = service.asks(operation);
        let is_expected = match (&said, comes) {
            (Verdict::Yes(_), Yes) | (Verdict::No(_), No) | (Verdict::Down(_), Down) => true,
            (Verdict::No(read), NoBy(word)) => read.contains(word),
            _ => false,
        };
        assert!(is_expected, "{index}, {operation}: {said:?} and not {comes:?}");
        service.is_right();
    }
}
