//! A request's documents as files for staff to look at, beside what was typed of the facilitator:
//! only beside each other can they be compared.

use super::acting::Acting;
use super::means::Means;
use super::requests::Requests;
use super::trouble::Trouble;
use crate::documents::{KeepError, Kept, Renderer, Sheet};
use crate::domain::account::Account;
use crate::domain::deed::Outcome;
use crate::domain::document::{Checked, Kind};
use crate::domain::facilitator::FacilitatorRequest;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::effect::requests::{NotExported, Shape};
use crate::text::{Msg, Sentences};

/// Takes documents out of their seal.
#[derive(Clone, Copy)]
pub struct Export<'a> {
    means: &'a Means,
    acting: Acting<'a>,
}

impl<'a> Export<'a> {
    /// For whoever acts.
    pub fn of(means: &'a Means, acting: Acting<'a>) -> Self {
        Export { means, acting }
    }

    /// The documents, and what they are compared with. That they were taken out is on record before
    /// anybody sees them. Where the terminal has no place for them, they stay where they are; where it
    /// has nothing that draws pages, PDFs are given as files alone.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when they may not.
    pub async fn sheets(
        &self,
        (folio, shape): (Folio, Shape),
        place: Option<(&Kept, Option<&Renderer>)>,
        language: Language,
    ) -> Result<Result<Vec<Sheet>, NotExported>, Trouble> {
        let (request, _) = Requests::of(self.means, self.acting).looked_at(folio).await?;
        let Some((kept, renderer)) = place else { return Ok(Err(NotExported::NoFolder)) };
        let mut sheets = Vec::new();
        for (name, id) in [
            ("1-declaracion-jurada", request.declaration),
            ("2-documento-de-identificacion", request.identity_document),
        ] {
            match kept.open_document(id).await {
                Ok(document) => match laid_out(name, &document, shape, renderer).await {
                    Ok(laid_out) => sheets.extend(laid_out),
                    Err(why) => return Ok(Err(why)),
                },
                Err(KeepError::Store(error)) => return Err(error.into()),
                Err(error) => {
                    tracing::error!(reason = %error, "a document can't be laid out for viewing");
                    return Ok(Err(NotExported::Gone));
                }
            }
        }
        let account = self.means.records.account_of(request.company).await?.map(|held| held.value);
        let data = data_sheet(&request, account.as_ref(), language).into_bytes().into();
        sheets.push(Sheet { name: "3-datos.txt".to_string(), bytes: data });
        self.acting.tell(Outcome::Done, Some(request.company), Some(folio)).await?;
        Ok(Ok(sheets))
    }
}

/// A document as one file, or as one for each of its pages.
async fn laid_out(
    name: &str,
    document: &Checked,
    shape: Shape,
    renderer: Option<&Renderer>,
) -> Result<Vec<Sheet>, NotExported> {
    if shape == Shape::Files || document.kind() != Kind::Pdf {
        return Ok(vec![sheet(name.to_string(), document)]);
    }
    let renderer = renderer.ok_or(NotExported::NoRenderer)?;
    let pages = renderer.pages(document).await.map_err(|error| {
        tracing::error!(reason = %error, "a document's pages can't be drawn");
        NotExported::NotDrawn
    })?;
    let numbered = (1..).zip(&pages);
    Ok(numbered.map(|(number, page)| sheet(format!("{name}-pagina-{number:02}"), page)).collect())
}

fn sheet(name: String, content: &Checked) -> Sheet {
    let name = format!("{name}.{}", content.kind().extension());
    Sheet { name, bytes: content.bytes().to_vec().into() }
}

/// What was typed of the facilitator, whole: the documents beside it hold the same, and only beside
/// each other can they be compared. No question, answer or key.
fn data_sheet(request: &FacilitatorRequest, account: Option<&Account>, language: Language) -> String {
    let (person, sentences) = (&request.person, Sentences::screens(language));
    let identity = &person.identity;
    let company = account.map(|account| account.name.to_string()).unwrap_or_default();
    // The requester may not be the representative on file.
    let on_file = account.map(|account| &account.representative);
    let on_file = on_file.filter(|on_file| on_file.rut == request.representative);
    let representative = on_file.map(|on_file| on_file.name.to_string()).unwrap_or_default();
    let maternal = person.maternal_surname.as_ref().map(|name| name.words().to_string()).unwrap_or_default();
    let lines = [
        (Msg::LabelFolio, request.folio.to_string()),
        (Msg::LabelRutOfCompany, request.company.to_string()),
        (Msg::LabelBusinessName, company),
        (Msg::LabelRepresentativeRut, request.representative.to_string()),
        (Msg::LabelRepresentativeName, representative),
        (Msg::LabelIdentityKind, sentences.say(&identity.kind.label())),
        (Msg::LabelIdentityNumber, identity.number.to_string()),
        (Msg::LabelCountry, identity.country.name().to_string()),
        (Msg::LabelNames, person.names.words().to_string()),
        (Msg::LabelPaternalSurname, person.paternal_surname.words().to_string()),
        (Msg::LabelMaternalSurname, maternal),
        (Msg::LabelSex, sentences.say(&person.sex.label())),
        (Msg::LabelBirthDate, person.birth.to_string()),
        (Msg::LabelCivilStatus, sentences.say(&person.civil_status.label())),
        (Msg::LabelChildren, person.children.count().to_string()),
    ];
    lines.into_iter().map(|(label, value)| format!("{}: {value}\n", sentences.say(&label))).collect()
}
