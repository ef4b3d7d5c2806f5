//! What stands in an envelope: the request of an operation, its answer, or a fault.

use super::fields::Fields;
use super::multipart::{self, NoRoot};
use super::xml::{self, Element, ElementSpace, XmlError};
use super::{Failure, Process};

/// The bytes of a request: the operation's element around its parameters, in their order.
pub fn request(operation: &str, namespace: &str, parameters: Vec<Element>) -> Vec<u8> {
    xml::write_envelope(&Element::of(operation, parameters), namespace)
}

/// What is sent as `SOAPAction`.
pub fn action(operation: &str, namespace: &str) -> String {
    format!("\"{namespace}{operation}\"")
}

/// The one element in the body of an envelope, as a service reads a request.
///
/// # Errors
/// When it is no envelope, or there is more or less than one in it.
pub fn body(root: Element) -> Result<Element, XmlError> {
    let mut contents = the_body(root)?.children.into_iter();
    match (contents.next(), contents.next()) {
        (Some(content), None) => Ok(content),
        _ => Err(XmlError::NoEnvelope),
    }
}

/// Whatever stands beside it is passed over; a second body is not.
fn the_body(root: Element) -> Result<Element, XmlError> {
    if !root.is(ElementSpace::Envelope, "Envelope") {
        return Err(XmlError::NoEnvelope);
    }
    let mut bodies = root.children.into_iter().filter(|part| part.is(ElementSpace::Envelope, "Body"));
    match (bodies.next(), bodies.next()) {
        (Some(body), None) => Ok(body),
        (None, _) => Err(XmlError::Absent("Body")),
        (Some(_), Some(_)) => Err(XmlError::Twice("Body")),
    }
}

/// What an operation's response holds; a fault is a failure, whatever stands beside it.
///
/// # Errors
/// When there is a fault, it can't be read, or no response to this operation is in it.
pub fn response(
    bytes: &[u8],
    content_type: Option<&str>,
    operation: &str,
    namespace: &str,
) -> Result<Element, Failure> {
    let (bytes, content_type) = multipart::root(bytes, content_type).map_err(|NoRoot| XmlError::NoRoot)?;
    let contents = the_body(xml::read(bytes, content_type, namespace)?)?.children;
    if contents.iter().any(|content| content.is(ElementSpace::Envelope, "Fault")) {
        return Err(Failure::Fault);
    }
    let mut responses = contents.into_iter().filter(|content| {
        content.space == ElementSpace::Service && content.name.strip_suffix("Response") == Some(operation)
    });
    match (responses.next(), responses.next()) {
        (Some(response), None) => Ok(response),
        (None, _) => Err(XmlError::Absent("Response").into()),
        (Some(_), Some(_)) => Err(XmlError::Twice("Response").into()),
    }
}

/// What an operation of the registers answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// `estadoProceso`: how its work went.
    process: Process,
    /// `respuestaProceso`: what it says of that; empty when it is absent or nil.
    said: String,
    /// `respuesta`: what it found.
    found: Option<Element>,
}

impl Answer {
    /// What it says of its own work, in words that aren't in the contract.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// What it found, whatever became of its work. Only [`Answer::right`] may say yes.
    pub fn found(&self) -> Option<&Element> {
        self.found.as_ref()
    }

    /// Fails unless all went well: nothing else is a yes.
    ///
    /// # Errors
    /// When it doesn't say `CORRECTO`.
    pub fn right(&self) -> Result<(), Failure> {
        match self.process {
            Process::Correcto => Ok(()),
            process => Err(Failure::Process(process)),
        }
    }

    /// Whether it may say that there is nothing: services answer so about whoever they don't know. One that
    /// failed, or is still at it, says nothing of anybody.
    pub fn may_say_no(&self) -> bool {
        matches!(self.process, Process::Correcto | Process::Incorrecto | Process::Nulo)
    }
}

/// What an operation of the registers answered.
///
/// # Errors
/// As [`response`]; and when there isn't one result with a heading that says how the work went.
pub fn answer(
    bytes: &[u8],
    content_type: Option<&str>,
    operation: &str,
    namespace: &str,
) -> Result<Answer, Failure> {
    let response = response(bytes, content_type, operation, namespace)?;
    let is_result = |part: &&Element| {
        part.name.strip_suffix("Result") == Some(operation)
            && matches!(part.space, ElementSpace::Service | ElementSpace::Bare)
    };
    let mut results = response.children.iter().filter(is_result);
    let result = results.next().ok_or(XmlError::Absent("Result"))?;
    if results.any(|other| other != result) {
        return Err(XmlError::Twice("Result").into());
    }
    let fields = Fields::of(result);
    let heading = Fields::of(fields.element("cabecera")?.ok_or(XmlError::Absent("cabecera"))?);
    Ok(Answer {
        process: heading.word("estadoProceso", &Process::WORDS)?,
        said: heading.text("respuestaProceso")?.to_string(),
        found: fields.element("respuesta")?.cloned(),
    })
}

/// The bytes of a response, as a service would send them.
pub fn write_response(operation: &str, namespace: &str, contents: Vec<Element>) -> Vec<u8> {
    xml::write_envelope(&Element::of(&format!("{operation}Response"), contents), namespace)
}

/// The bytes of a response with heading and answer.
pub fn write_answer(
    operation: &str,
    namespace: &str,
    process: Process,
    said: &str,
    answer: Option<Element>,
) -> Vec<u8> {
    let heading = vec![
        Element::text("estadoProceso", process.word()),
        Element::text("respuestaProceso", said),
        Element::text("codigoProceso", if process == Process::Correcto { 0 } else { 1 }),
    ];
    let mut parts = vec![Element::of("cabecera", heading)];
    parts.extend(answer);
    parts.push(Element::text("xmlRespuesta", ""));
    let result = Element::of(&format!("{operation}Result"), parts);
    write_response(operation, namespace, vec![result])
}

/// The bytes of a fault.
pub fn write_fault(namespace: &str) -> Vec<u8> {
    let part = |name, text| Element { space: ElementSpace::Bare, ..Element::text(name, text) };
    let parts =
        vec![part("faultcode", "soap:Server"), part("faultstring", "Server was unable to process request.")];
    xml::write_envelope(&Element { space: ElementSpace::Envelope, ..Element::of("Fault", parts) }, namespace)
}
