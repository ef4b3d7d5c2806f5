//! What the registers' answers mean, by the contract. Tolerant of what it leaves open, strict
//! wherever a yes is at stake: what can't be read is no answer.

use time::Date;

use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::register::Card;
use crate::domain::rut::Rut;
use crate::domain::state_words::{Business, StateWords};
use crate::soap::Failure;
use crate::soap::fields::Fields;
use crate::soap::xml::{Element, ElementSpace, XmlError};

/// The fields of SII's answer about a taxpayer, in the contract's order.
pub const TAXPAYER: &[&str] = &["Estado", "Glosa", "RazonSocial", "Nombre", "ApPaterno", "ApMaterno", "Xml"];
/// The fields of SII's answer about a company's activity.
pub const BUSINESS: &[&str] = &["FechaInicioActividad", "Glosa", "Estado"];
/// The fields of SII's answer about representatives.
pub const REPRESENTATIVES: &[&str] = &["representantes", "datosGenerales"];
/// The fields of one representative.
pub const REPRESENTATIVE: &[&str] = &["rut", "dv", "fechaInicio"];
/// The fields of Registro Civil's answer about a person.
pub const PERSON: &[&str] = &[
    "rut",
    "dv",
    "nombres",
    "apellidoPaterno",
    "apellidoMaterno",
    "fechaNacimiento",
    "fechaDefuncion",
    "sexo",
    "nacionalidad",
    "estadoCivil",
    "cantidadHijos",
    "fechaNacTruncada",
    "fechaDefTruncada",
];
/// The fields of Registro Civil's answer about a card.
pub const CARD: &[&str] = &[
    "EstadoRespuesta",
    "Rut",
    "Dv",
    "CodigoTipoDocumento",
    "CodigoClaseDocumento",
    "NumeroDocumento",
    "NumeroSerie",
    "IndicadorVigencia",
    "FechaVencimiento",
    "IndicadorBloqueo",
];

/// `Estado` decides, and where there is none, `Glosa`; the two must not contradict each other.
fn state(words: &StateWords, fields: &Fields<'_>) -> Result<Business, XmlError> {
    let (state, gloss) = (fields.text("Estado")?, fields.text("Glosa")?);
    let deciding = if state.is_empty() { gloss } else { state };
    let meaning = words.meaning(deciding).ok_or(XmlError::Kind("Estado"))?;
    match words.meaning(gloss) {
        Some(other) if other != meaning => Err(XmlError::Contradiction("Estado and Glosa")),
        _ => Ok(meaning),
    }
}

/// The taxpayer's name; `None` when SII says that it knows no such one.
///
/// # Errors
/// When the answer can't be read by the contract, or has no name and doesn't say why.
pub fn taxpayer(answer: &Element, words: &StateWords) -> Result<Option<Clean>, Failure> {
    let fields = Fields::of(answer, TAXPAYER)?;
    let name = Clean::new(fields.text("RazonSocial")?);
    let name = match name.is_empty() {
        true => full_name(&fields, ["Nombre", "ApPaterno", "ApMaterno"])?,
        false => name,
    };
    fields.text("Xml")?;
    match name.is_empty() {
        false => Ok(Some(name)),
        true if state(words, &fields)? == Business::Unknown => Ok(None),
        true => Err(XmlError::Absent("RazonSocial").into()),
    }
}

/// Whether the company is open, by SII's words.
///
/// # Errors
/// When the answer can't be read by the contract, or says neither.
pub fn business(answer: &Element, words: &StateWords) -> Result<Business, Failure> {
    let fields = Fields::of(answer, BUSINESS)?;
    fields.date("FechaInicioActividad")?;
    Ok(state(words, &fields)?)
}

/// All of a company's representatives. One who can't be read makes the whole list unreadable.
///
/// # Errors
/// When any part of the answer can't be read by the contract.
pub fn representatives(answer: &Element) -> Result<Vec<Rut>, Failure> {
    let fields = Fields::of(answer, REPRESENTATIVES)?;
    let general = Fields::of(fields.element("datosGenerales")?, BUSINESS)?;
    general.date("FechaInicioActividad")?;
    let list = fields.element("representantes")?;
    let read = |item: &Element| {
        if !item.is(ElementSpace::Service, "RepresentanteLegalSii") || item.is_nil {
            return Err(XmlError::Order);
        }
        let fields = Fields::of(item, REPRESENTATIVE)?;
        fields.text("fechaInicio")?;
        rut(&fields, "rut", "dv")
    };
    if !list.text.is_empty() {
        return Err(XmlError::Order.into());
    }
    Ok(list.children.iter().map(read).collect::<Result<_, _>>()?)
}

/// Somebody as Registro Civil knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The full name.
    pub name: Clean,
    /// Whether a day of death is known.
    pub is_deceased: bool,
}

/// Reads who `asked` is.
///
/// # Errors
/// When the answer can't be read by the contract, contradicts itself, or is about somebody else.
pub fn person(answer: &Element, asked: Rut) -> Result<Person, Failure> {
    let fields = Fields::of(answer, PERSON)?;
    if rut(&fields, "rut", "dv")? != asked {
        return Err(XmlError::SomebodyElse.into());
    }
    let name = full_name(&fields, ["nombres", "apellidoPaterno", "apellidoMaterno"])?;
    if name.is_empty() {
        return Err(XmlError::Absent("nombres").into());
    }
    fields.date("fechaNacimiento")?;
    fields.int("cantidadHijos")?;
    let died = fields.date("fechaDefuncion")?;
    // What a day of death that isn't wholly known looks like is not published: it is no sign of life.
    let is_part_of_a_date = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        !digits.starts_with("00010101") && digits.chars().any(|digit| digit != '0')
    };
    if died.is_none() && is_part_of_a_date(fields.text("fechaDefTruncada")?) {
        return Err(XmlError::Contradiction("fechaDefuncion and fechaDefTruncada").into());
    }
    Ok(Person { name, is_deceased: died.is_some() })
}

#[derive(Clone, Copy)]
enum Found {
    Right,
    Technical,
    BadlyWritten,
    Authentication,
    Nothing,
}

const FOUND: &[(&str, Found)] = &[
    ("Correcto", Found::Right),
    ("ErrorTecnico", Found::Technical),
    ("SolicitudFormatoInvalido", Found::BadlyWritten),
    ("ErrorAutentificacion", Found::Authentication),
    ("DatosInexistentes", Found::Nothing),
];
const BLOCKED: &[(&str, bool)] = &[
    ("NO_BLOQUEADO", false),
    ("DEFINITIVO", true),
    ("RENOVACION", true),
    ("TEMPORAL", true),
    ("TEMPORAL_PERMANENTE", true),
];
/// Documents of other kinds can't answer a question about a card.
const CARD_TYPE: &[(&str, ())] = &[("C", ())];
const CARD_CLASSES: &[(&str, ())] =
    &[("CedulaIdentidadParaChileno", ()), ("CedulaIdentidadParaExtranjero", ())];

/// Whether the card is its holder's and good today; whether they live is another question.
///
/// # Errors
/// When the answer can't be read by the contract, or says that the register failed.
pub fn card(answer: &Element, holder: Rut, serial: &Serial, today: Date) -> Result<Card, Failure> {
    let fields = Fields::of(answer, CARD)?;
    match fields.word("EstadoRespuesta", FOUND)? {
        Found::Right => {}
        Found::Technical => return Err(Failure::Answered("ErrorTecnico")),
        Found::Authentication => return Err(Failure::Answered("ErrorAutentificacion")),
        Found::BadlyWritten | Found::Nothing => return Ok(Card::DoesNotMatch),
    }
    if rut(&fields, "Rut", "Dv")? != holder {
        return Err(XmlError::SomebodyElse.into());
    }
    fields.word("CodigoTipoDocumento", CARD_TYPE)?;
    fields.word("CodigoClaseDocumento", CARD_CLASSES)?;
    let is_valid = fields.word("IndicadorVigencia", &[("S", true), ("N", false)])?;
    let until = fields.date("FechaVencimiento")?;
    let is_blocked = fields.word("IndicadorBloqueo", BLOCKED)?;
    // Older cards bear the serial number, newer ones the document's.
    let numbers = [fields.text("NumeroDocumento")?, fields.text("NumeroSerie")?];
    if numbers.iter().all(|number| number.is_empty()) {
        return Err(XmlError::Absent("NumeroSerie").into());
    }
    let is_it = numbers.iter().any(|number| number.parse::<Serial>().is_ok_and(|number| number == *serial));
    Ok(match is_it {
        false => Card::DoesNotMatch,
        true if is_blocked => Card::Blocked,
        true if until.is_some_and(|until| until < today) => Card::Expired,
        true if !is_valid => Card::NotCurrent,
        true => Card::Matches,
    })
}

fn full_name(fields: &Fields<'_>, parts: [&'static str; 3]) -> Result<Clean, XmlError> {
    let parts = parts.into_iter().map(|part| fields.text(part)).collect::<Result<Vec<_>, _>>()?;
    Ok(Clean::new(&parts.join(" ")))
}

/// A body and its check character, which must fit.
fn rut(fields: &Fields<'_>, body: &'static str, check: &'static str) -> Result<Rut, XmlError> {
    let number = fields.int(body)?;
    let rut = u32::try_from(number).ok().and_then(Rut::of_body).ok_or(XmlError::Kind(body))?;
    let written = fields.text(check)?;
    match written.eq_ignore_ascii_case(rut.check().encode_utf8(&mut [0; 4])) {
        true => Ok(rut),
        false => Err(XmlError::Kind(check)),
    }
}
