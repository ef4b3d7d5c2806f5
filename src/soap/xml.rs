//! An XML text as a small tree, read from bytes of unknown goodness: bounded in length and depth,
//! in the encoding that it declares, without document types, entities or instructions. And the
//! same tree written.

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use quick_xml::writer::Writer;

/// No honest answer is longer.
pub const MAX_BYTES: usize = 256 * 1024;
/// No honest answer is nested deeper: envelope, body, response, result, answer, list, item, field.
const MAX_DEPTH: usize = 12;

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Why bytes are no answer. None of these quotes what was read: it may be about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// There are no bytes.
    #[error("the answer is empty")]
    Empty,
    /// There are more than [`MAX_BYTES`].
    #[error("the answer is longer than {MAX_BYTES} bytes")]
    Long,
    /// The bytes don't fit the encoding that is declared, or none is known by that name.
    #[error("the answer's encoding is unknown, or not the one that it declares")]
    Encoding,
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
    /// The root is no SOAP envelope with one body and one answer.
    #[error("the answer is no SOAP envelope with one answer in it")]
    NoEnvelope,
    /// A name that the contract doesn't have there, or not in that order.
    #[error("the answer's elements are not those of the contract, in its order")]
    Order,
    /// The field of this name must be there and is not.
    #[error("the answer lacks {0}")]
    Absent(&'static str),
    /// The field of this name is not a number, a date or a word as the contract has them.
    #[error("the answer's {0} is not of its kind")]
    Kind(&'static str),
    /// The answer names another RUT than was asked about.
    #[error("the answer is about somebody else than was asked about")]
    SomebodyElse,
    /// These fields can't both be true.
    #[error("the answer contradicts itself in {0}")]
    Contradiction(&'static str),
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
    let text = decode(bytes, content_type)?;
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
                let closed = checked(open.pop().ok_or(XmlError::Malformed)?)?;
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
        ResolveResult::Bound(Namespace(ENVELOPE)) => ElementSpace::Envelope,
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

/// Text beside elements means that the answer is not what we expect.
fn checked(mut element: Element) -> Result<Element, XmlError> {
    let is_blank = element.text.trim().is_empty();
    if !is_blank && (!element.children.is_empty() || element.is_nil)
        || element.is_nil && !element.children.is_empty()
    {
        return Err(XmlError::Malformed);
    }
    if is_blank {
        element.text.clear();
    }
    Ok(element)
}

fn add(open: &mut [Element], text: &str) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(XmlError::Malformed),
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Latin1,
}

impl Encoding {
    fn named(name: &str) -> Result<Self, XmlError> {
        match name.trim().trim_matches(['"', '\'']).to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" | "us-ascii" => Ok(Encoding::Utf8),
            "iso-8859-1" | "latin1" => Ok(Encoding::Latin1),
            _ => Err(XmlError::Encoding),
        }
    }
}

/// The text of the bytes, in the encoding that they, their content type or both declare.
fn decode(bytes: &[u8], content_type: Option<&str>) -> Result<String, XmlError> {
    if bytes.len() > MAX_BYTES {
        return Err(XmlError::Long);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(XmlError::Empty);
    }
    let (mark, bytes) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (Some(Encoding::Utf8), rest),
        None => (None, bytes),
    };
    let charset = content_type.and_then(charset).map(Encoding::named).transpose()?;
    let declared = declared(bytes).map(Encoding::named).transpose()?;
    let mut said = [mark, charset, declared].into_iter().flatten();
    let encoding = said.next().unwrap_or(Encoding::Utf8);
    if said.any(|other| other != encoding) {
        return Err(XmlError::Encoding);
    }
    let text = match encoding {
        Encoding::Utf8 => std::str::from_utf8(bytes).map_err(|_| XmlError::Encoding)?.to_string(),
        // Each byte of it is the character of that number.
        Encoding::Latin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    if text.chars().all(is_allowed) { Ok(text) } else { Err(XmlError::Malformed) }
}

/// `utf-8` of `text/xml; charset=utf-8`.
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })
}

/// `utf-8` of `<?xml version="1.0" encoding="utf-8"?>`.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(200)];
    let head = head.strip_prefix(b"<?xml")?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let head = std::str::from_utf8(&head[..end]).ok()?;
    let (_, value) = head.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next()
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
