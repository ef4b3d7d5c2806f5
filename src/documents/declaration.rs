//! The sworn statement (*Declaración Jurada*): a `.docx` with places to fill in, the project's own
//! or the operator's.

mod places;

use std::io::{Cursor, Read as _, Write as _};

use time::Date;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use crate::domain::clean::Clean;
use crate::domain::rut::Rut;

/// The built-in template, until `documents.declaration_template` names SENCE's.
pub const BUILT_IN: &[u8] = include_bytes!("../../assets/declaracion-jurada.docx");

/// What a `.docx` is called among media types, for a mail.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What is filled in: `{{empresa}}`, `{{rut_empresa}}`, `{{representante}}`,
/// `{{rut_representante}}` and `{{fecha}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclarationFields {
    /// The company's name.
    pub company: Clean,
    /// The company's RUT.
    pub company_rut: Rut,
    /// The representative's full name.
    pub representative: Clean,
    /// The representative's RUT.
    pub representative_rut: Rut,
    /// The day it is filled in.
    pub on: Date,
}

/// Why a template can't be used. For operators: a kiosk looks at it when it starts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeclarationError {
    /// It can't be unpacked, or lacks its text; with the reason.
    #[error("it is no .docx: {0}")]
    NotDocx(String),
    /// A place of a name that isn't one of [`DeclarationFields`].
    #[error("it has a place {{{{{0}}}}}, which nothing is known for")]
    UnknownPlace(Clean),
    /// A place whose end is missing; what follows its beginning.
    #[error("it has a place that begins with {{{{ and doesn't end in its paragraph, after «{0}»")]
    OpenPlace(Clean),
    /// No place at all.
    #[error("it has no place to fill in: at least {{{{empresa}}}} must stand in it")]
    NoPlace,
}

/// Unpacked, no part of an honest letter is larger.
const MOST_BYTES_OF_A_PART: u64 = 8 * 1024 * 1024;
/// What a kiosk would hold in memory to hand out.
const MOST_BYTES_OF_A_TEMPLATE: usize = 4 * 1024 * 1024;
const MOST_PARTS: usize = 500;

impl DeclarationFields {
    /// What stands in a place of this name.
    fn value(&self, place: &str) -> Option<String> {
        Some(match place {
            "empresa" => self.company.to_string(),
            "rut_empresa" => self.company_rut.to_string(),
            "representante" => self.representative.to_string(),
            "rut_representante" => self.representative_rut.to_string(),
            // As the guide writes dates.
            "fecha" => {
                format!("{:02}-{:02}-{:04}", self.on.day(), u8::from(self.on.month()), self.on.year())
            }
            _ => return None,
        })
    }
}

/// What the filled template is called, wherever it goes.
pub fn name(company: Rut) -> Clean {
    Clean::from(format!("declaracion-jurada-{}.docx", company.canonical()))
}

/// The template with its places filled in, also where a word processor split one into pieces.
///
/// # Errors
/// When it is no `.docx`, or a place in it is unknown or unfinished.
pub fn fill(template: &[u8], fields: &DeclarationFields) -> Result<Vec<u8>, DeclarationError> {
    let not_docx = |what: &dyn std::fmt::Display| DeclarationError::NotDocx(what.to_string());
    if template.len() > MOST_BYTES_OF_A_TEMPLATE {
        return Err(not_docx(&"it is too large"));
    }
    let mut archive = ZipArchive::new(Cursor::new(template)).map_err(|error| not_docx(&error))?;
    if archive.len() > MOST_PARTS {
        return Err(not_docx(&"it has too many parts"));
    }
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| not_docx(&error))?;
        let Ok(name) = part.name().map(|name| name.to_string()) else {
            return Err(not_docx(&"a part has no name"));
        };
        if !has_places(&name) {
            written.raw_copy_file(part).map_err(|error| not_docx(&error))?;
            continue;
        }
        let mut text = String::new();
        let read = part.take(MOST_BYTES_OF_A_PART + 1).read_to_string(&mut text);
        read.map_err(|_| not_docx(&"its text is damaged, or not UTF-8"))?;
        if text.len() as u64 > MOST_BYTES_OF_A_PART {
            return Err(not_docx(&"its text is too large"));
        }
        let filled = places::fill(&text, |place| fields.value(place))?;
        names.extend(filled.places);
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        written.start_file(name, options).map_err(|error| not_docx(&error))?;
        written.write_all(filled.text.as_bytes()).map_err(|error| not_docx(&error))?;
    }
    if !names.iter().any(|place| place == "empresa") {
        return Err(DeclarationError::NoPlace);
    }
    Ok(written.finish().map_err(|error| not_docx(&error))?.into_inner())
}

/// The letter itself, its heads and feet.
fn has_places(part: &str) -> bool {
    let Some(name) = part.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")) else {
        return false;
    };
    let is_numbered = |stem: &str| {
        name.strip_prefix(stem).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    // Word on the Web calls the letter `document2.xml`.
    is_numbered("document") || is_numbered("header") || is_numbered("footer")
}

#[cfg(test)]
mod tests;
