//! What stands in an envelope: the request of an operation, its result, or a fault.

use super::xml::{self, Element, ElementSpace, XmlError};
use super::{Failure, Process};
use crate::soap::fields::Fields;

const CABECERA: &[&str] = &["estadoProceso", "respuestaProceso", "codigoProceso"];
const RESULT: &[&str] = &["cabecera", "respuesta", "xmlRespuesta"];

/// The bytes of a request: the operation's element around its parameters, in their order.
pub fn request(operation: &str, namespace: &str, parameters: Vec<Element>) -> Vec<u8> {
    xml::write_envelope(&Element::of(operation, parameters), namespace)
}

/// What is sent as `SOAPAction`.
pub fn action(operation: &str, namespace: &str) -> String {
    format!("\"{namespace}{operation}\"")
}

/// The one element in the body of an envelope.
pub fn body(root: Element) -> Result<Element, XmlError> {
    if !root.is(ElementSpace::Envelope, "Envelope") {
        return Err(XmlError::NoEnvelope);
    }
    let mut parts = root.children.into_iter().peekable();
    parts.next_if(|part| part.is(ElementSpace::Envelope, "Header"));
    let (Some(body), None) = (parts.next(), parts.next()) else {
        return Err(XmlError::NoEnvelope);
    };
    let is_body = body.is(ElementSpace::Envelope, "Body");
    let mut contents = body.children.into_iter();
    match (contents.next(), contents.next()) {
        (Some(content), None) if is_body => Ok(content),
        _ => Err(XmlError::NoEnvelope),
    }
}

/// What an operation's response holds; a fault is a failure.
///
/// # Errors
/// When it is a fault, can't be read, or answers another operation.
pub fn response(
    bytes: &[u8],
    content_type: Option<&str>,
    operation: &str,
    namespace: &str,
) -> Result<Element, Failure> {
    let content = body(xml::read(bytes, content_type, namespace)?)?;
    if content.is(ElementSpace::Envelope, "Fault") {
        return Err(Failure::Fault);
    }
    let name = content.name.strip_suffix("Response");
    match name == Some(operation) && content.space == ElementSpace::Service {
        true => Ok(content),
        false => Err(XmlError::NoEnvelope.into()),
    }
}

/// What an operation of the registers answered, once its heading says that all went well.
pub fn answer(
    bytes: &[u8],
    content_type: Option<&str>,
    operation: &str,
    namespace: &str,
) -> Result<Element, Failure> {
    let mut response = response(bytes, content_type, operation, namespace)?;
    let result = response.children.pop().ok_or(XmlError::Absent("the result"))?;
    let is_result =
        result.space == ElementSpace::Service && result.name.strip_suffix("Result") == Some(operation);
    if !is_result || !response.children.is_empty() {
        return Err(XmlError::Order.into());
    }
    let fields = Fields::of(&result, RESULT)?;
    let heading = Fields::of(fields.element("cabecera")?, CABECERA)?;
    let process = heading.word("estadoProceso", &Process::WORDS)?;
    heading.int("codigoProceso")?;
    heading.text("respuestaProceso")?;
    if process != Process::Correcto {
        return Err(Failure::Process(process));
    }
    Ok(fields.element("respuesta")?.clone())
}

/// The bytes of a response, as a service would send them.
pub fn write_response(operation: &str, namespace: &str, contents: Vec<Element>) -> Vec<u8> {
    xml::write_envelope(&Element::of(&format!("{operation}Response"), contents), namespace)
}

/// The bytes of a response with heading and answer.
pub fn write_answer(operation: &str, namespace: &str, process: Process, answer: Option<Element>) -> Vec<u8> {
    let heading = vec![
        Element::text("estadoProceso", process.word()),
        Element::text("respuestaProceso", ""),
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
