//! Places such as `{{empresa}}` in a part of a `.docx`. A word processor splits a word into pieces
//! wherever somebody once put the caret, so places are looked for in a paragraph's whole text; all
//! else stays as it was, byte for byte.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::Event;

use super::DeclarationError;
use crate::domain::clean::Clean;

const OPEN: &str = "{{";
const CLOSE: &str = "}}";
/// How much of what follows an open place is told.
const SHOWN_CHARACTERS: usize = 30;

/// A part with its places filled in.
pub struct Filled {
    /// The whole part as XML.
    pub text: String,
    /// The names of the places, in the order they came.
    pub places: Vec<String>,
}

enum Piece<'a> {
    /// As it was.
    Raw(&'a str),
    /// A text's start without attributes, which may have to keep its blanks.
    Start { name: String, keeps_blanks: bool },
    /// What stands in it.
    Text(String),
}

/// Fills in the places of a part. `value` gives the text for a place, nothing for an unknown one.
///
/// # Errors
/// When the part is no XML, or a place is unknown or unfinished.
pub fn fill(part: &str, value: impl Fn(&str) -> Option<String>) -> Result<Filled, DeclarationError> {
    let (mut pieces, paragraphs) = take_apart(part)?;
    let mut places = Vec::new();
    for paragraph in paragraphs {
        fill_paragraph(&mut pieces, &paragraph, &value, &mut places)?;
    }
    let mut text = String::with_capacity(part.len() + 256);
    for piece in &pieces {
        match piece {
            Piece::Raw(raw) => text.push_str(raw),
            Piece::Start { name, keeps_blanks: false } => text.extend(["<", name, ">"]),
            Piece::Start { name, keeps_blanks: true } => {
                text.extend(["<", name, " xml:space=\"preserve\">"]);
            }
            Piece::Text(content) => text.push_str(&escape(content.as_str())),
        }
    }
    Ok(Filled { text, places })
}

/// The pieces, and for each paragraph which of them are its texts. Paragraphs may lie within one
/// another: a text box hangs on one.
fn take_apart(part: &str) -> Result<(Vec<Piece<'_>>, Vec<Vec<usize>>), DeclarationError> {
    let broken =
        |what: &str| DeclarationError::NotDocx(format!("its text is no XML as it should be ({what})"));
    let mut reader = Reader::from_str(part);
    let (mut pieces, mut done) = (Vec::new(), Vec::new());
    let mut open: Vec<Vec<usize>> = vec![Vec::new()];
    let mut is_in_text = false;
    let mut from = 0;
    loop {
        let event = reader.read_event().map_err(|error| broken(&error.to_string()))?;
        let to = usize::try_from(reader.buffer_position()).unwrap_or(part.len());
        let raw = part.get(from..to).ok_or_else(|| broken("a letter is cut in two"))?;
        from = to;
        if let (true, Some(said)) = (is_in_text, said(&event).map_err(|()| broken("an unknown entity"))?) {
            if let Some(Piece::Text(content)) = pieces.last_mut() {
                content.push_str(&said);
            }
            continue;
        }
        match &event {
            Event::Start(start) if start.local_name().as_ref() == "p" => open.push(Vec::new()),
            Event::End(end) if end.local_name().as_ref() == "p" => done.extend(open.pop()),
            Event::End(end) if end.local_name().as_ref() == "t" => is_in_text = false,
            Event::Start(start) if start.local_name().as_ref() == "t" => {
                is_in_text = true;
                pieces.push(match start.attributes().next() {
                    Some(_) => Piece::Raw(raw),
                    None => Piece::Start { name: start.name().as_ref().to_string(), keeps_blanks: false },
                });
                pieces.push(Piece::Text(String::new()));
                if let Some(paragraph) = open.last_mut() {
                    paragraph.push(pieces.len() - 1);
                }
                continue;
            }
            Event::DocType(_) => return Err(broken("a DOCTYPE")),
            Event::Eof => break,
            _ => {}
        }
        pieces.push(Piece::Raw(raw));
    }
    done.extend(open);
    Ok((pieces, done))
}

/// The letters of an event that has some.
fn said(event: &Event) -> Result<Option<String>, ()> {
    Ok(match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(text) => Some(text.xml10_content().into_owned()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref().map_err(|_| ())? {
            Some(character) => Some(character.to_string()),
            None => Some(resolve_predefined_entity(&reference.xml10_content()).ok_or(())?.to_string()),
        },
        _ => None,
    })
}

fn fill_paragraph(
    pieces: &mut [Piece<'_>],
    texts: &[usize],
    value: &impl Fn(&str) -> Option<String>,
    places: &mut Vec<String>,
) -> Result<(), DeclarationError> {
    let mut whole = String::new();
    let mut spans = Vec::new();
    for index in texts {
        if let Piece::Text(content) = &pieces[*index] {
            spans.push((*index, whole.len()..whole.len() + content.len()));
            whole.push_str(content);
        }
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = whole[from..].find(OPEN).map(|at| from + at) {
        let inner = start + OPEN.len();
        let Some(end) = whole[inner..].find(CLOSE).map(|at| inner + at) else {
            let after: String = whole[inner..].chars().take(SHOWN_CHARACTERS).collect();
            return Err(DeclarationError::OpenPlace(Clean::from(after)));
        };
        let place = whole[inner..end].trim().to_lowercase();
        let filling = value(&place).ok_or_else(|| DeclarationError::UnknownPlace(Clean::new(&place)))?;
        places.push(place);
        from = end + CLOSE.len();
        found.push((start..from, filling));
    }
    // The last first, so that what lies before stays where it was.
    for (place, filling) in found.iter().rev() {
        replace(pieces, &spans, place, filling);
    }
    Ok(())
}

/// The filling goes where the place begins; what the place took of other pieces goes away.
fn replace(pieces: &mut [Piece<'_>], spans: &[(usize, Range<usize>)], place: &Range<usize>, filling: &str) {
    for (index, span) in spans {
        let (from, to) = (place.start.max(span.start), place.end.min(span.end));
        if from >= to {
            continue;
        }
        if let Piece::Text(content) = &mut pieces[*index] {
            let filling = if from == place.start { filling } else { "" };
            content.replace_range(from - span.start..to - span.start, filling);
        }
        if let Some(Piece::Start { keeps_blanks, .. }) = index.checked_sub(1).map(|start| &mut pieces[start])
        {
            *keeps_blanks = true;
        }
    }
}
