//! What the registers' answers mean, by the contract. Read wherever it stands, and whatever else stands there;
//! strict wherever a yes is at stake: what is missing, unknown or said twice over is no answer. That a
//! register knows no such RUT is an answer, in whichever way it says so.

use time::Date;

use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::register::Card;
use crate::domain::rut::Rut;
use crate::domain::state_words::{Business, StateWords, UnknownWords};
use crate::soap::Failure;
use crate::soap::envelope::Answer;
use crate::soap::fields::Fields;
use crate::soap::xml::{Element, ElementSpace, XmlError};

/// What was found; nothing if there is none.
fn fields(answer: &Answer) -> Fields<'_> {
    answer.found().map_or_else(Fields::default, Fields::of)
}

/// What a yes is read from.
///
/// # Errors
/// When the work didn't go well, or nothing was found.
fn found(answer: &Answer) -> Result<Fields<'_>, Failure> {
    answer.right()?;
    Ok(Fields::of(answer.found().ok_or(XmlError::Absent("respuesta"))?))
}

/// Which of these elements says that the register knows no such RUT; `respuestaProceso` is one of them.
fn unknown_by(
    answer: &Answer,
    words: &UnknownWords,
    elements: &Fields<'_>,
    names: &[&'static str],
) -> Result<Option<&'static str>, XmlError> {
    if !answer.may_say_no() {
        return Ok(None);
    }
    if words.has(answer.said()) {
        return Ok(Some("respuestaProceso"));
    }
    for name in names {
        if words.has(elements.text(name)?) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The taxpayer's name; `None` when SII says that it knows no such one.
///
/// # Errors
/// When the answer can't be read by the contract, contradicts itself, or has no name and doesn't say why.
pub fn taxpayer(answer: &Answer, words: &UnknownWords) -> Result<Option<Clean>, Failure> {
    let fields = fields(answer);
    let name = Clean::new(fields.text("RazonSocial")?);
    let name = match name.is_empty() {
        true => full_name(&fields, ["Nombre", "ApPaterno", "ApMaterno"])?,
        false => name,
    };
    match (unknown_by(answer, words, &fields, &["Estado", "Glosa"])?, name.is_empty()) {
        (Some(_), true) => Ok(None),
        (Some("respuestaProceso"), false) => {
            Err(XmlError::Contradiction("respuestaProceso and RazonSocial").into())
        }
        (Some(_), false) => Err(XmlError::Contradiction("Estado or Glosa and RazonSocial").into()),
        (None, true) => {
            found(answer)?;
            Err(XmlError::Absent("RazonSocial").into())
        }
        (None, false) => found(answer).map(|_| Some(name)),
    }
}

/// Whether the company is open, by SII's words. `Estado` decides, and where there is none, `Glosa`; where
/// there is neither, `respuestaProceso` may say that it isn't. None may contradict another.
///
/// # Errors
/// When the answer can't be read by the contract, contradicts itself, or says neither.
pub fn business(answer: &Answer, words: &StateWords) -> Result<Business, Failure> {
    let fields = fields(answer);
    let (state, gloss) = (fields.text("Estado")?, fields.text("Glosa")?);
    let meaning = match state {
        // Of work that went well, a state that nobody listed is no answer, whatever stands beside it.
        state if !state.is_empty() && answer.right().is_ok() => words.meaning(state),
        state => [state, gloss, answer.said()].into_iter().find_map(|written| words.meaning(written)),
    };
    let lacking = if state.is_empty() && gloss.is_empty() { XmlError::Absent } else { XmlError::Kind };
    let Some(meaning) = meaning.filter(|_| answer.may_say_no()) else {
        found(answer)?;
        return Err(lacking("Estado").into());
    };
    let contradicts = |written: &str| words.meaning(written).is_some_and(|other| other != meaning);
    if contradicts(gloss) {
        return Err(XmlError::Contradiction("Estado and Glosa").into());
    }
    if contradicts(answer.said()) {
        return Err(XmlError::Contradiction("Estado and respuestaProceso").into());
    }
    if meaning == Business::Open {
        // A yes is said by the answer itself, of work that went well.
        found(answer)?;
        if ![state, gloss].iter().any(|written| words.meaning(written) == Some(Business::Open)) {
            return Err(lacking("Estado").into());
        }
    }
    Ok(meaning)
}

/// A company's representatives, as far as they can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepresentativeList {
    known: Vec<Rut>,
    /// What is wrong with one of the others.
    unreadable: Option<XmlError>,
}

impl RepresentativeList {
    /// Whether this person is one of them.
    ///
    /// # Errors
    /// When they aren't among those who can be read, and there are others: it may be one of these.
    pub fn have(&self, person: Rut) -> Result<bool, Failure> {
        match (self.known.contains(&person), self.unreadable) {
            (true, _) => Ok(true),
            (false, None) => Ok(false),
            (false, Some(fault)) => Err(fault.into()),
        }
    }
}

/// All of a company's representatives. A list that is nil, or is absent beside the general data, is an
/// empty one.
///
/// # Errors
/// When the answer can't be read by the contract, or contradicts itself.
pub fn representatives(answer: &Answer, words: &UnknownWords) -> Result<RepresentativeList, Failure> {
    let fields = fields(answer);
    let general = fields.element("datosGenerales")?.map_or_else(Fields::default, Fields::of);
    let list = fields.element("representantes")?;
    let mut representatives = RepresentativeList { known: Vec::new(), unreadable: None };
    for item in list.map(|list| list.children.as_slice()).unwrap_or_default() {
        match representative(item) {
            Ok(Some(rut)) => representatives.known.push(rut),
            Ok(None) => {}
            Err(fault) => representatives.unreadable = Some(fault),
        }
    }
    if list.is_some_and(|list| !list.text.is_empty()) {
        representatives.unreadable = Some(XmlError::Kind("representantes"));
    }
    let is_empty = representatives.known.is_empty() && representatives.unreadable.is_none();
    match (unknown_by(answer, words, &general, &["Estado", "Glosa"])?, is_empty) {
        (Some(_), true) => Ok(representatives),
        (Some("respuestaProceso"), false) => {
            Err(XmlError::Contradiction("respuestaProceso and representantes").into())
        }
        (Some(_), false) => Err(XmlError::Contradiction("datosGenerales and representantes").into()),
        (None, _) => {
            found(answer)?;
            match fields.is_there("representantes")? || fields.is_there("datosGenerales")? {
                true => Ok(representatives),
                false => Err(XmlError::Absent("representantes").into()),
            }
        }
    }
}

/// One of the list; `None` for an empty place in it.
fn representative(item: &Element) -> Result<Option<Rut>, XmlError> {
    let is_named = item.name == "RepresentanteLegalSii"
        && matches!(item.space, ElementSpace::Service | ElementSpace::Bare);
    match is_named {
        true if item.is_nil && item.is_blank() => Ok(None),
        true => rut(&Fields::of(item), "rut", "dv").map(Some),
        false => Err(XmlError::Kind("representantes")),
    }
}

/// Somebody as Registro Civil knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The full name.
    pub name: Clean,
    /// Whether a day of death is known.
    pub is_deceased: bool,
}

/// Reads who `asked` is; `None` when Registro Civil says that it knows no such RUN: a company, or somebody
/// who has none.
///
/// # Errors
/// When the answer can't be read by the contract, contradicts itself, or is about somebody else.
pub fn person(answer: &Answer, asked: Rut, words: &UnknownWords) -> Result<Option<Person>, Failure> {
    if unknown_by(answer, words, &Fields::default(), &[])?.is_some() {
        return match names_nobody(&fields(answer), "rut", &["nombres", "apellidoPaterno", "apellidoMaterno"])?
        {
            true => Ok(None),
            false => Err(XmlError::Contradiction("respuestaProceso and respuesta").into()),
        };
    }
    let fields = found(answer)?;
    if rut(&fields, "rut", "dv")? != asked {
        return Err(XmlError::SomebodyElse.into());
    }
    let name = full_name(&fields, ["nombres", "apellidoPaterno", "apellidoMaterno"])?;
    if name.is_empty() {
        return Err(XmlError::Absent("nombres").into());
    }
    let died = fields.date("fechaDefuncion")?;
    // What a day of death that isn't wholly known looks like is not published: it is no sign of life.
    let is_part_of_a_date = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        !digits.starts_with("00010101") && digits.chars().any(|digit| digit != '0')
    };
    if died.is_none() && is_part_of_a_date(fields.text("fechaDefTruncada")?) {
        return Err(XmlError::Contradiction("fechaDefuncion and fechaDefTruncada").into());
    }
    Ok(Some(Person { name, is_deceased: died.is_some() }))
}

#[derive(Clone, Copy)]
enum AnswerStatus {
    Right,
    Technical,
    BadlyWritten,
    Authentication,
    Nothing,
}

const FOUND: &[(&str, AnswerStatus)] = &[
    ("Correcto", AnswerStatus::Right),
    ("ErrorTecnico", AnswerStatus::Technical),
    ("SolicitudFormatoInvalido", AnswerStatus::BadlyWritten),
    ("ErrorAutentificacion", AnswerStatus::Authentication),
    ("DatosInexistentes", AnswerStatus::Nothing),
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
/// Chileans' and foreigners' are named in the contract, which leaves the list open.
const CARD_CLASS: &str = "CedulaIdentidad";

/// Whether the card is its holder's and good today; whether they live is another question. The register's
/// word decides and not the card's date: Ley 21.325, art. 43, keeps a foreigner's card current while a
/// residence is asked for, and decrees have extended everybody's.
///
/// # Errors
/// When the answer can't be read by the contract, contradicts itself, or says that the register failed.
pub fn card(
    answer: &Answer,
    holder: Rut,
    serial: &Serial,
    today: Date,
    words: &UnknownWords,
) -> Result<Card, Failure> {
    let fields = fields(answer);
    let says = match fields.text("EstadoRespuesta")? {
        "" => None,
        _ => Some(fields.word("EstadoRespuesta", FOUND)?),
    };
    if unknown_by(answer, words, &fields, &[])?.is_some() {
        let is_nobody_s = names_nobody(&fields, "Rut", &["NumeroDocumento", "NumeroSerie"])?;
        return match says {
            None | Some(AnswerStatus::Nothing | AnswerStatus::BadlyWritten) => Ok(Card::Unknown),
            Some(_) if is_nobody_s => Ok(Card::Unknown),
            Some(_) => Err(XmlError::Contradiction("respuestaProceso and EstadoRespuesta").into()),
        };
    }
    match says {
        Some(AnswerStatus::BadlyWritten | AnswerStatus::Nothing) if answer.may_say_no() => {
            return Ok(Card::DoesNotMatch);
        }
        Some(AnswerStatus::Technical) => return Err(Failure::Answered("ErrorTecnico")),
        Some(AnswerStatus::Authentication) => return Err(Failure::Answered("ErrorAutentificacion")),
        _ => {}
    }
    let fields = found(answer)?;
    fields.word("EstadoRespuesta", FOUND)?;
    if rut(&fields, "Rut", "Dv")? != holder {
        return Err(XmlError::SomebodyElse.into());
    }
    fields.word("CodigoTipoDocumento", CARD_TYPE)?;
    let class = fields.text("CodigoClaseDocumento")?;
    if !class.is_empty() && !class.starts_with(CARD_CLASS) {
        return Err(XmlError::Kind("CodigoClaseDocumento").into());
    }
    let is_current = fields.word("IndicadorVigencia", &[("S", true), ("N", false)])?;
    let is_blocked = fields.word("IndicadorBloqueo", BLOCKED)?;
    // Older cards bear the serial number, newer ones the document's.
    let numbers = [fields.text("NumeroDocumento")?, fields.text("NumeroSerie")?];
    if numbers.iter().all(|number| number.is_empty()) {
        return Err(XmlError::Absent("NumeroSerie").into());
    }
    let is_it = numbers.iter().any(|number| number.parse::<Serial>().is_ok_and(|number| number == *serial));
    // Only of a card that isn't current the date says anything: why.
    let has_passed =
        || fields.date("FechaVencimiento").is_ok_and(|until| until.is_some_and(|day| day < today));
    Ok(match is_it {
        false => Card::DoesNotMatch,
        true if is_blocked => Card::Blocked,
        true if is_current => Card::Matches,
        true if has_passed() => Card::Expired,
        true => Card::NotCurrent,
    })
}

fn full_name(fields: &Fields<'_>, parts: [&'static str; 3]) -> Result<Clean, XmlError> {
    let parts = parts.into_iter().map(|part| fields.text(part)).collect::<Result<Vec<_>, _>>()?;
    Ok(Clean::new(&parts.join(" ")))
}

/// Whether an answer that says *unknown* holds nobody: numbers are always there, and are 0 then.
fn names_nobody(fields: &Fields<'_>, body: &'static str, texts: &[&'static str]) -> Result<bool, XmlError> {
    for name in texts {
        if !fields.text(name)?.is_empty() {
            return Ok(false);
        }
    }
    Ok(matches!(fields.text(body)?, "" | "0"))
}

/// A body and its check character, which must fit if it is there: the body alone says whose it is.
fn rut(fields: &Fields<'_>, body: &'static str, check: &'static str) -> Result<Rut, XmlError> {
    let number = fields.int(body)?;
    let rut = u32::try_from(number).ok().and_then(Rut::of_body).ok_or(XmlError::Kind(body))?;
    let written = fields.text(check)?;
    match written.is_empty() || written.eq_ignore_ascii_case(rut.check().encode_utf8(&mut [0; 4])) {
        true => Ok(rut),
        false => Err(XmlError::Kind(check)),
    }
}
