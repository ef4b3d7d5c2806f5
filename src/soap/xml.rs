//! An XML text as a small tree, read from bytes of unknown goodness: bounded in depth, without document
//! types, entities or instructions. And the same tree written. How long it may be is up to whoever receives
//! the bytes.

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use quick_xml::writer::Writer;

use super::charset::{UnknownEncoding, decode};

/// No honest answer is nested deeper: envelope, body, response, result, answer, list, item, field, and
/// whatever a service puts beside them.
const MAX_DEPTH: usize = 64;

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// SOAP 1.2's, which some servers answer with whatever they are asked with.
const ENVELOPE_12: &str = "http://www.w3.org/2003/05/soap-envelope";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Why bytes are no answer. None of these quotes what was read: it may be about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// There are no bytes.
    #[error("the answer is empty")]
    Empty,
    /// There are more than so many.
    #[error("the answer is longer than {0} bytes (soap.answer_kib)")]
    Long(usize),
    /// The bytes are in no encoding that is known and declared.
    #[error("the answer's encoding is unknown, or not the one that it declares")]
    Encoding,
    /// It consists of parts, and which of them is the answer can't be told.
    #[error("the answer has parts, and none of them can be told for its root")]
    NoRoot,
    /// The text is not well-formed, or breaks off.
    #[error("the answer is no whole XML")]
    Malformed,
    /// It has a document type, a processing instruction or an entity of its own: none of these is
    /// ever followed.
    #[error("the answer has a document type, an instruction or an entity of its own")]
    Forbidden,
    /// Elements lie deeper in one another than any honest answer's.
    #[error("the answer is nested too deeply")]
    Deep,
    /// The root is no SOAP envelope; of a request, or there isn't one operation in it.
    #[error("the answer is no SOAP envelope")]
    NoEnvelope,
    /// In a request: a name that the contract doesn't have there, or not in that order.
    #[error("the elements are not those of the contract, in its order")]
    Order,
    /// The field of this name must be there and is not.
    #[error("the answer lacks {0}")]
    Absent(&'static str),
    /// The field of this name is not a number, a date or a word as the contract has them.
    #[error("the answer's {0} is not of its kind")]
    Kind(&'static str),
    /// The field of this name stands there twice, and not alike.
    #[error("the answer says two things in {0}")]
    Twice(&'static str),
    /// The answer names another RUT than was asked about.
    #[error("the answer is about somebody else than was asked about")]
    SomebodyElse,
    /// These fields can't both be true.
    #[error("the answer contradicts itself in {0}")]
    Contradiction(&'static str),
}

impl From<UnknownEncoding> for XmlError {
    fn from(_: UnknownEncoding) -> Self {
        XmlError::Encoding
    }
}

/// Whose name an element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementSpace {
    /// SOAP's own.
    Envelope,
    /// The service's.
    Service,
    /// None, as in the parts of a fault.
    Bare,
    /// Any other.
    Other,
}

/// An element with its text or its children; attributes are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Whose name it is.
    pub space: ElementSpace,
    /// The name without its prefix.
    pub name: String,
    /// Whether `xsi:nil` says that it is empty.
    pub is_nil: bool,
    /// The text in it, with entities resolved.
    pub text: String,
    /// The elements in it, in their order.
    pub children: Vec<Element>,
}

impl Element {
    /// One of the service's elements with text in it.
    pub fn text(name: &str, text: impl ToString) -> Self {
        Element { text: text.to_string(), ..Element::of(name, Vec::new()) }
    }

    /// One of the service's elements with others in it.
    pub fn of(name: &str, children: Vec<Element>) -> Self {
        let name = name.to_string();
        Element { space: ElementSpace::Service, name, is_nil: false, text: String::new(), children }
    }

    /// Whether there is nothing in it but other blank elements.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty() && self.children.iter().all(Element::is_blank)
    }

    /// Whether it has this name, in this namespace.
    pub fn is(&self, space: ElementSpace, name: &str) -> bool {
        self.space == space && self.name == name
    }
}

/// The root of an XML text whose service's namespace is `service`.
///
/// # Errors
/// When the bytes are no XML that is taken here.
pub fn read(bytes: &[u8], content_type: Option<&str>, service: &str) -> Result<Element, XmlError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(XmlError::Empty);
    }
    let text = decode(bytes, content_type)?;
    if !text.chars().all(is_allowed) {
        return Err(XmlError::Malformed);
    }
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event().map_err(|_| XmlError::Malformed)?;
        match event {
            Event::Start(start) => {
                if root.is_some() {
                    return Err(XmlError::Malformed);
                }
                if open.len() == MAX_DEPTH {
                    return Err(XmlError::Deep);
                }
                open.push(opened(&reader, &start, service)?);
            }
            Event::End(_) => {
                let mut closed = open.pop().ok_or(XmlError::Malformed)?;
                if closed.text.trim().is_empty() {
                    closed.text.clear();
                }
                match open.last_mut() {
                    Some(parent) => parent.children.push(closed),
                    None => root = Some(closed),
                }
            }
            Event::Text(text) => add(&mut open, &text.xml10_content())?,
            Event::CData(text) => add(&mut open, &text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|_| XmlError::Malformed)?;
                match character {
                    Some(character) if is_allowed(character) => {
                        add(&mut open, character.encode_utf8(&mut [0; 4]))?
                    }
                    Some(_) => return Err(XmlError::Malformed),
                    None => {
                        let name = reference.xml10_content();
                        let known = quick_xml::escape::resolve_predefined_entity(&name);
                        add(&mut open, known.ok_or(XmlError::Forbidden)?)?;
                    }
                }
            }
            Event::DocType(_) | Event::PI(_) => return Err(XmlError::Forbidden),
            Event::Comment(_) | Event::Decl(_) | Event::Empty(_) => {}
            Event::Eof if open.is_empty() => return root.ok_or(XmlError::Malformed),
            Event::Eof => return Err(XmlError::Malformed),
        }
    }
}

fn opened(reader: &NsReader<&[u8]>, start: &BytesStart<'_>, service: &str) -> Result<Element, XmlError> {
    let (space, name) = reader.resolver().resolve_element(start.name());
    let space = match space {
        ResolveResult::Bound(Namespace(ENVELOPE | ENVELOPE_12)) => ElementSpace::Envelope,
        ResolveResult::Bound(Namespace(name)) if name == service => ElementSpace::Service,
        ResolveResult::Bound(_) => ElementSpace::Other,
        ResolveResult::Unbound => ElementSpace::Bare,
        ResolveResult::Unknown(_) => return Err(XmlError::Malformed),
    };
    let mut is_nil = false;
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| XmlError::Malformed)?;
        let (space, local) = reader.resolver().resolve_attribute(attribute.key);
        if space == ResolveResult::Bound(Namespace(INSTANCE)) && local.as_ref() == "nil" {
            is_nil = matches!(attribute.value.trim(), "true" | "1");
        }
    }
    Ok(Element { space, name: name.as_ref().to_string(), is_nil, text: String::new(), children: Vec::new() })
}

fn add(open: &mut [Element], text: &str) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(XmlError::Malformed),
    }
    Ok(())
}

/// What XML 1.0 lets a text consist of.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A SOAP envelope around one element of the service, in UTF-8.
pub fn write_envelope(content: &Element, service: &str) -> Vec<u8> {
    let mut writer = Writer::new(Vec::with_capacity(1024));
    let written = write_into(&mut writer, content, service);
    match written {
        Ok(()) => writer.into_inner(),
        Err(error) => unreachable!("memory takes what is written: {error}"),
    }
}

fn write_into(writer: &mut Writer<Vec<u8>>, content: &Element, service: &str) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let envelope =
        BytesStart::new("soap:Envelope").with_attributes([("xmlns:soap", ENVELOPE), ("xmlns:xsi", INSTANCE)]);
    writer.write_event(Event::Start(envelope))?;
    writer.write_event(Event::Start(BytesStart::new("soap:Body")))?;
    write_element(writer, content, Some(service))?;
    writer.write_event(Event::End(BytesEnd::new("soap:Body")))?;
    writer.write_event(Event::End(BytesEnd::new("soap:Envelope")))
}

/// `service`: the namespace to declare, on the first of the service's elements alone.
fn write_element(
    writer: &mut Writer<Vec<u8>>,
    element: &Element,
    service: Option<&str>,
) -> std::io::Result<()> {
    let prefix = if element.space == ElementSpace::Envelope { "soap:" } else { "" };
    let name = format!("{prefix}{}", element.name);
    let mut start = BytesStart::new(name.as_str());
    if let (Some(service), ElementSpace::Service) = (service, element.space) {
        start.push_attribute(("xmlns", service));
    }
    if element.is_nil {
        start.push_attribute(("xsi:nil", "true"));
    }
    let is_empty = element.children.is_empty() && element.text.is_empty();
    if is_empty {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start))?;
    writer.write_event(Event::Text(BytesText::new(&element.text)))?;
    let below = if element.space == ElementSpace::Service { None } else { service };
    for child in &element.children {
        write_element(writer, child, below)?;
    }
    writer.write_event(Event::End(BytesEnd::new(name.as_str())))
}
