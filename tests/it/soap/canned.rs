//! A service that answers what a test wrote by hand, byte by byte, to each operation; and the answers of
//! five operations that all mean yes, to be changed one at a time.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use totem::domain::register::{Call, Card, Company, Down, Representation};
use totem::registry::Registry as _;
use totem::registry::soap::Soap;

use super::answers::NAMESPACE;
use super::service::{LIMITS, on_a_runtime, registry_with};

pub const TAXPAYER: &str = "ConsultaDatosContribuyente";
pub const BUSINESS: &str = "ConsultaEstadoGiro";
pub const REPRESENTATIVES: &str = "ConsultaRepresentanteLegal";
pub const PERSON: &str = "ConsultaRun";
pub const CARD: &str = "ConsultaNroSerieNroDocumento";
pub const OPERATIONS: [&str; 5] = [TAXPAYER, BUSINESS, REPRESENTATIVES, PERSON, CARD];

/// What goes over the wire.
#[derive(Clone, Debug)]
pub struct Wire {
    pub status: u16,
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
}

impl Wire {
    /// HTTP 200 and UTF-8, said by HTTP.
    pub fn of(xml: &str) -> Self {
        Wire { status: 200, content_type: Some("text/xml; charset=utf-8".into()), bytes: xml.into() }
    }

    pub fn typed(content_type: &str, bytes: Vec<u8>) -> Self {
        Wire { status: 200, content_type: Some(content_type.to_string()), bytes }
    }
}

/// The parts of an answer, as a test may change them.
#[derive(Clone, Debug)]
pub struct Parts {
    pub operation: &'static str,
    /// The XML within each of them.
    pub heading: Vec<(&'static str, String)>,
    pub fields: Vec<(&'static str, String)>,
}

impl Parts {
    /// The right answer about Ñandú, its representative Ana Muñoz and her card.
    pub fn right(operation: &'static str) -> Self {
        let general = "<FechaInicioActividad>1990-03-04T00:00:00</FechaInicioActividad><Glosa/>\
                       <Estado>VIGENTE</Estado>";
        let item = "<RepresentanteLegalSii><rut>11111111</rut><dv>1</dv><fechaInicio>04-03-1990</fechaInicio>\
                    </RepresentanteLegalSii>";
        let fields: &[(&str, &str)] = match operation {
            TAXPAYER => &[("Estado", "VIGENTE"), ("Glosa", ""), ("RazonSocial", "Ñandú y Cía"), ("Xml", "")],
            BUSINESS => {
                &[("FechaInicioActividad", "1990-03-04T00:00:00"), ("Glosa", ""), ("Estado", "VIGENTE")]
            }
            REPRESENTATIVES => &[("representantes", item), ("datosGenerales", general)],
            PERSON => &[
                ("rut", "11111111"),
                ("dv", "1"),
                ("nombres", "Ana"),
                ("apellidoPaterno", "Muñoz"),
                ("apellidoMaterno", ""),
                ("fechaNacimiento", "1980-01-01T00:00:00"),
                ("fechaDefuncion", "0001-01-01T00:00:00"),
                ("sexo", "F"),
                ("cantidadHijos", "0"),
                ("fechaDefTruncada", "00000000"),
            ],
            _ => &[
                ("EstadoRespuesta", "Correcto"),
                ("Rut", "11111111"),
                ("Dv", "1"),
                ("CodigoTipoDocumento", "C"),
                ("CodigoClaseDocumento", "CedulaIdentidadParaChileno"),
                ("NumeroDocumento", "B1C234567"),
                ("NumeroSerie", "A012345678"),
                ("IndicadorVigencia", "S"),
                ("FechaVencimiento", "2030-12-31T00:00:00"),
                ("IndicadorBloqueo", "NO_BLOQUEADO"),
            ],
        };
        let owned = |parts: &[(&'static str, &str)]| {
            parts.iter().map(|(name, content)| (*name, content.to_string())).collect()
        };
        let heading =
            [("estadoProceso", "CORRECTO"), ("respuestaProceso", "Sin ñoñerías"), ("codigoProceso", "0")];
        Parts { operation, heading: owned(&heading), fields: owned(fields) }
    }

    /// The same with another content of one field.
    pub fn with(mut self, name: &str, content: &str) -> Self {
        let field = self.fields.iter_mut().find(|(field, _)| *field == name);
        field.unwrap_or_else(|| panic!("no {name}")).1 = content.to_string();
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        let before = self.fields.len();
        self.fields.retain(|(field, _)| *field != name);
        assert_ne!(self.fields.len(), before, "no {name}");
        self
    }

    pub fn headed(mut self, name: &str, content: &str) -> Self {
        let field = self.heading.iter_mut().find(|(field, _)| *field == name);
        field.unwrap_or_else(|| panic!("no {name}")).1 = content.to_string();
        self
    }

    pub fn xml(&self) -> String {
        self.xml_of(&format!("<respuesta>{}</respuesta>", inside(&self.fields)))
    }

    /// With this in the place of `respuesta`.
    pub fn xml_of(&self, answer: &str) -> String {
        envelope(&response(
            self.operation,
            &format!("<cabecera>{}</cabecera>{answer}<xmlRespuesta />", inside(&self.heading)),
        ))
    }
}

pub fn inside(parts: &[(&str, String)]) -> String {
    parts.iter().map(|(name, content)| format!("<{name}>{content}</{name}>")).collect()
}

pub fn response(operation: &str, result: &str) -> String {
    format!(
        "<{operation}Response xmlns=\"{NAMESPACE}\"><{operation}Result>{result}</{operation}Result>\
         </{operation}Response>"
    )
}

pub fn envelope(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<soap:Envelope \
         xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soap:Body>{body}</soap:Body></soap:Envelope>"
    )
}

pub type Answers = BTreeMap<&'static str, Wire>;

/// Answers by the operation that `SOAPAction` names, for as long as the test runs.
pub struct Canned {
    address: SocketAddr,
    answers: Arc<Mutex<Answers>>,
}

impl Canned {
    /// All answers are right.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let right = OPERATIONS.map(|operation| (operation, Wire::of(&Parts::right(operation).xml())));
        let answers = Arc::new(Mutex::new(Answers::from(right)));
        let shared = answers.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = shared.clone();
                std::thread::spawn(move || serve(stream.unwrap(), &shared));
            }
        });
        Canned { address, answers }
    }

    /// What one operation answers from here on.
    pub fn says(&self, operation: &'static str, wire: Wire) {
        self.answers.lock().unwrap().insert(operation, wire);
    }

    /// All of them are right again.
    pub fn is_right(&self) {
        for operation in OPERATIONS {
            self.says(operation, Wire::of(&Parts::right(operation).xml()));
        }
    }

    pub fn registry(&self) -> Soap {
        self.registry_with(&[])
    }

    pub fn registry_with(&self, changes: &[(&str, &str)]) -> Soap {
        let address = format!("http://{}/", self.address);
        let addresses = [("soap.sii_address", &*address), ("soap.registro_civil_address", &*address)];
        registry_with(&[&addresses[..], changes].concat(), LIMITS)
    }

    /// Asks the question that one operation decides, of a registry that was asked nothing before.
    pub fn asks(&self, operation: &str) -> Verdict {
        asks(&self.registry(), operation)
    }
}

fn serve(mut stream: TcpStream, answers: &Mutex<Answers>) {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    while !bytes.ends_with(b"</soap:Envelope>") {
        match stream.read(&mut piece) {
            Ok(length) if length > 0 => bytes.extend_from_slice(&piece[..length]),
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let action = text.lines().find(|line| line.to_lowercase().starts_with("soapaction:")).unwrap();
    let operation = OPERATIONS.into_iter().find(|name| action.ends_with(&format!("{name}\""))).unwrap();
    let wire = answers.lock().unwrap()[operation].clone();
    let content_type = wire.content_type.map(|value| format!("Content-Type: {value}\r\n"));
    let head = format!(
        "HTTP/1.1 {} X\r\n{}Connection: close\r\nContent-Length: {}\r\n\r\n",
        wire.status,
        content_type.unwrap_or_default(),
        wire.bytes.len()
    );
    // A client that read enough may hang up.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&wire.bytes));
}

/// What a question's answer comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// With the name, where there is one.
    Yes(String),
    No(String),
    /// With the reason for the log.
    Down(String),
}

pub fn asks(soap: &Soap, operation: &str) -> Verdict {
    asks_counting(soap, operation).0
}

/// The same, with the calls that were made.
pub fn asks_counting(soap: &Soap, operation: &str) -> (Verdict, Vec<Call>) {
    let (company, person) = ("99999999-9".parse().unwrap(), "11111111-1".parse().unwrap());
    let down = |down: Down| Verdict::Down(down.reason);
    on_a_runtime(async {
        match operation {
            TAXPAYER | BUSINESS => {
                let looked = soap.company(company).await;
                let verdict = looked.answer.map(|found| match found {
                    Company::Open { name } => Verdict::Yes(name.to_string()),
                    other => Verdict::No(format!("{other:?}")),
                });
                (verdict.unwrap_or_else(down), looked.calls)
            }
            REPRESENTATIVES | PERSON => {
                let looked = soap.representation(company, person).await;
                let verdict = looked.answer.map(|found| match found {
                    Representation::Current { name: Some(name) } => Verdict::Yes(name.to_string()),
                    other => Verdict::No(format!("{other:?}")),
                });
                (verdict.unwrap_or_else(down), looked.calls)
            }
            _ => {
                let looked = soap.card(person, &"B1C234567".parse().unwrap()).await;
                let verdict = looked.answer.map(|found| match found {
                    Card::Matches => Verdict::Yes(String::new()),
                    other => Verdict::No(format!("{other:?}")),
                });
                (verdict.unwrap_or_else(down), looked.calls)
            }
        }
    })
}
