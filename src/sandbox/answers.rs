//! What a padron knows, in the words of the contract. Requests are read as strictly as the
//! services' descriptions demand.

use crate::domain::cedula::Serial;
use crate::domain::register::{Card, Company};
use crate::domain::rut::Rut;
use crate::domain::state_words::{ServiceWords, StateWords, UnknownWords};
use crate::registry::Registry as _;
use crate::registry::padron::Padron;
use crate::soap::Process;
use crate::soap::fields::Fields;
use crate::soap::xml::{Element, XmlError};

const REGISTERS: &[&str] = &["idSistema", "rut", "dv"];
const CARDS: &[&str] = &["idSistema", "rut", "dv", "nroSerieDoc", "tipoDocumento"];
const MESSAGES: &[&str] = &["idSistema", "ambiente", "celular", "mensaje"];
const NO_DATE: &str = "0001-01-01T00:00:00";
/// Any date: the padron has none.
const SOME_DATE: &str = "1990-01-01T00:00:00";
/// The end of a card that is valid, and of one that has expired.
const LATER: &str = "2099-12-31T00:00:00";
const EARLIER: &str = "2015-12-31T00:00:00";

/// An answer of a register.
pub struct Answer {
    /// How its work went.
    pub process: Process,
    /// What it says of that.
    pub said: String,
    /// What it found.
    pub found: Option<Element>,
}

impl Answer {
    fn right(found: Element) -> Self {
        Answer { process: Process::Correcto, said: String::new(), found: Some(found) }
    }

    fn failed() -> Self {
        Answer { process: Process::Excepcion, said: String::new(), found: None }
    }

    /// It knows no such RUT, and says so.
    fn unknown(words: &UnknownWords) -> Self {
        Answer { process: Process::Incorrecto, said: word(&words.0).to_string(), found: None }
    }
}

/// An SMS that was handed to the message service.
pub struct Sms {
    /// The telephone's number as it was sent.
    pub to: String,
    /// The text as it was sent.
    pub text: String,
}

/// What a register answers to a request.
///
/// # Errors
/// When the request doesn't follow the contract.
pub async fn of_register(
    world: &Padron,
    words: &ServiceWords,
    request: &Element,
) -> Result<Answer, XmlError> {
    match request.name.as_str() {
        "ConsultaDatosContribuyente" => {
            Ok(taxpayer(world, &words.business, asked(request, REGISTERS)?).await)
        }
        "ConsultaEstadoGiro" => Ok(business(world, &words.business, asked(request, REGISTERS)?).await),
        "ConsultaRepresentanteLegal" => {
            Ok(representatives(world, &words.business, asked(request, REGISTERS)?))
        }
        "ConsultaRun" => Ok(person(world, &words.person, asked(request, REGISTERS)?)),
        "ConsultaNroSerieNroDocumento" => {
            let fields = Fields::in_order(request, CARDS)?;
            let serial = fields.text("nroSerieDoc")?.parse::<Serial>();
            fields.word("tipoDocumento", &[("C", ())])?;
            Ok(card(world, asked(request, CARDS)?, serial.ok()).await)
        }
        _ => Err(XmlError::NoEnvelope),
    }
}

/// The SMS in a request.
///
/// # Errors
/// When the request doesn't follow the contract.
pub fn sms(request: &Element) -> Result<Sms, XmlError> {
    let fields = Fields::in_order(request, MESSAGES)?;
    fields.int("idSistema")?;
    fields.text("ambiente")?;
    let to = format!("+56{}", fields.int("celular")?);
    Ok(Sms { to, text: fields.text("mensaje")?.to_string() })
}

fn asked(request: &Element, order: &[&str]) -> Result<Rut, XmlError> {
    let fields = Fields::in_order(request, order)?;
    fields.int("idSistema")?;
    let rut = format!("{}-{}", fields.int("rut")?, fields.text("dv")?);
    rut.parse().map_err(|_| XmlError::Kind("rut"))
}

/// The first word for this state, from the settings.
fn word(words: &[crate::domain::clean::Clean]) -> &str {
    words.first().map_or("", |word| word.as_str())
}

async fn taxpayer(world: &Padron, words: &StateWords, company: Rut) -> Answer {
    let (state, name) = match world.company(company).await.answer {
        Err(_) => return Answer::failed(),
        Ok(Company::Open { name }) => (word(&words.open), name),
        Ok(Company::Closed { name }) => (word(&words.closed), name),
        Ok(Company::Unknown) => (word(&words.unknown), "".into()),
    };
    let mut fields = vec![Element::text("Estado", state), Element::text("Glosa", "")];
    if !name.is_empty() {
        fields.push(Element::text("RazonSocial", name));
    }
    Answer::right(respuesta(fields))
}

async fn business(world: &Padron, words: &StateWords, company: Rut) -> Answer {
    let state = match world.company(company).await.answer {
        Err(_) => return Answer::failed(),
        Ok(Company::Open { .. }) => word(&words.open),
        Ok(Company::Closed { .. }) => word(&words.closed),
        Ok(Company::Unknown) => word(&words.unknown),
    };
    Answer::right(respuesta(general(state)))
}

fn general(state: &str) -> Vec<Element> {
    vec![
        Element::text("FechaInicioActividad", SOME_DATE),
        Element::text("Glosa", ""),
        Element::text("Estado", state),
    ]
}

fn representatives(world: &Padron, words: &StateWords, company: Rut) -> Answer {
    let Ok(current) = world.representatives_of(company) else { return Answer::failed() };
    let item = |person: &Rut| {
        let fields = vec![
            Element::text("rut", person.body()),
            Element::text("dv", person.check()),
            Element::text("fechaInicio", "01-01-1990"),
        ];
        Element::of("RepresentanteLegalSii", fields)
    };
    let list = Element::of("representantes", current.iter().map(item).collect());
    let general = Element::of("datosGenerales", general(word(&words.open)));
    Answer::right(respuesta(vec![list, general]))
}

fn person(world: &Padron, words: &UnknownWords, person: Rut) -> Answer {
    let Some(name) = world.name_of(person) else { return Answer::unknown(words) };
    let mut words = name.as_str().splitn(3, ' ');
    let mut word = |field| Element::text(field, words.next().unwrap_or_default());
    let died = if world.is_deceased(person) { SOME_DATE } else { NO_DATE };
    let fields = vec![
        Element::text("rut", person.body()),
        Element::text("dv", person.check()),
        word("nombres"),
        word("apellidoPaterno"),
        word("apellidoMaterno"),
        Element::text("fechaNacimiento", SOME_DATE),
        Element::text("fechaDefuncion", died),
        Element::text("cantidadHijos", 0),
    ];
    Answer::right(respuesta(fields))
}

async fn card(world: &Padron, holder: Rut, serial: Option<Serial>) -> Answer {
    let Some(serial) = serial else {
        let answer = card_answer("SolicitudFormatoInvalido", holder, "", "N", NO_DATE, "NO_BLOQUEADO");
        return Answer::right(answer);
    };
    let number = serial.as_str();
    let answer = match world.card(holder, &serial).await.answer {
        Err(_) => return Answer::failed(),
        Ok(Card::DoesNotMatch | Card::Unknown | Card::Unlisted) => {
            card_answer("DatosInexistentes", holder, "", "N", NO_DATE, "NO_BLOQUEADO")
        }
        Ok(Card::Blocked) => card_answer("Correcto", holder, number, "N", LATER, "DEFINITIVO"),
        Ok(Card::NotCurrent) => card_answer("Correcto", holder, number, "N", LATER, "NO_BLOQUEADO"),
        Ok(Card::Expired) => card_answer("Correcto", holder, number, "N", EARLIER, "NO_BLOQUEADO"),
        // The other operation says that the holder died.
        Ok(Card::Matches | Card::HolderDeceased) => {
            card_answer("Correcto", holder, number, "S", LATER, "NO_BLOQUEADO")
        }
    };
    Answer::right(answer)
}

fn card_answer(
    state: &str,
    holder: Rut,
    number: &str,
    is_current: &str,
    until: &str,
    block: &str,
) -> Element {
    respuesta(vec![
        Element::text("EstadoRespuesta", state),
        Element::text("Rut", holder.body()),
        Element::text("Dv", holder.check()),
        Element::text("CodigoTipoDocumento", "C"),
        Element::text("CodigoClaseDocumento", "CedulaIdentidadParaChileno"),
        Element::text("NumeroDocumento", number),
        Element::text("NumeroSerie", number),
        Element::text("IndicadorVigencia", is_current),
        Element::text("FechaVencimiento", until),
        Element::text("IndicadorBloqueo", block),
    ])
}

fn respuesta(fields: Vec<Element>) -> Element {
    Element::of("respuesta", fields)
}
