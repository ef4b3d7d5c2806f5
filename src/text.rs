//! What is said, as a typed [`Msg`], and how it reads in the visit's language.
//!
//! The sentences live in `assets/text/<language>.ftl` (Fluent). The build makes one variant of
//! [`Msg`] for each sentence, with its arguments as fields, and fails when a language lacks one. So
//! no sentence can be misspelt in code, forgotten in a language, or given the wrong arguments. The
//! same is done for the mails and SMS that the courier writes (`assets/messages/`), as [`MailMsg`].

mod documents;
mod labels;

pub use documents::{document_refused, megabytes};

use std::cell::RefCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::langid;

use crate::domain::clean::Clean;
use crate::domain::language::Language;
use crate::domain::secret::Secret;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// An argument of a sentence.
enum Argument<'a> {
    Text(&'a Clean),
    Number(u64),
    Hidden(&'a Secret),
}

/// The sentences of one language. Each is parsed when it is first said, since the first frame needs
/// a dozen of several hundred.
pub struct Sentences {
    language: Language,
    read: RefCell<FluentBundle<FluentResource>>,
}

impl Sentences {
    /// What the screens say.
    pub fn screens(language: Language) -> Self {
        Self::of(language)
    }

    /// What the courier writes. Kept apart from the screens, since both may use the same keys.
    pub fn mails(language: Language) -> Self {
        Self::of(language)
    }

    fn of(language: Language) -> Self {
        let identifier = match language {
            Language::Es => langid!("es-CL"),
            Language::En => langid!("en"),
        };
        let mut bundle = FluentBundle::new(vec![identifier]);
        // The isolation marks are invisible characters that a Linux console draws as boxes.
        bundle.set_use_isolating(false);
        // NUMBER, by which the build recognises a number.
        let added = bundle.add_builtins();
        debug_assert!(added.is_ok(), "{added:?}");
        Sentences { language, read: RefCell::new(bundle) }
    }

    /// The sentence of a screen with its arguments put in.
    pub fn say(&self, msg: &Msg) -> String {
        self.format(msg.key(), msg.text(self.language), &msg.arguments())
    }

    /// The sentence of a letter with its arguments put in.
    pub fn write(&self, mail: &MailMsg) -> String {
        self.format(mail.key(), mail.text(self.language), &mail.arguments())
    }

    fn format(&self, key: &str, text: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
        self.read_once(key, text);
        let mut args = FluentArgs::new();
        for (name, argument) in arguments {
            let value = match argument {
                Argument::Text(text) => FluentValue::from(text.as_str()),
                Argument::Number(number) => FluentValue::from(*number),
                Argument::Hidden(secret) => FluentValue::from(secret.expose()),
            };
            args.set(*name, value);
        }
        let bundle = self.read.borrow();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            unreachable!("the build checks that every language has {key}");
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{key}: {errors:?}");
        let texts = arguments.iter().filter_map(|(_, argument)| match argument {
            Argument::Text(text) => Some(text.as_str()),
            Argument::Number(_) | Argument::Hidden(_) => None,
        });
        texts.fold(text, with_one_point)
    }

    fn read_once(&self, key: &str, text: &str) {
        let mut bundle = self.read.borrow_mut();
        if bundle.has_message(key) {
            return;
        }
        let resource = match FluentResource::try_new(text.to_string()) {
            Ok(resource) => resource,
            Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
}

/// The point of an abbreviation ends the sentence too: *de Ejemplo S.A.*, and not *S.A..* That of a
/// quotation stands after its closing mark.
fn with_one_point(said: String, given: &str) -> String {
    let Some(pointless) = given.strip_suffix('.') else { return said };
    let said = said.replace(&format!("{given}."), given);
    ['»', '”']
        .iter()
        .fold(said, |said, mark| said.replace(&format!("{given}{mark}."), &format!("{pointless}{mark}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_ends_its_sentence() {
        let said = |company: &str| {
            let mail = MailMsg::ChangedBody {
                company: Clean::from(company),
                secret_code: Secret::default(),
                folio: Clean::from("0410-6105-A"),
            };
            Sentences::mails(Language::Es).write(&mail)
        };
        for (company, ends) in [
            ("Transportes Imaginarios S.A.", " de Transportes Imaginarios S.A. La "),
            ("Ferretería Ñandú E.I.R.L.", " de Ferretería Ñandú E.I.R.L. La "),
            ("Panadería Inventada SpA", " de Panadería Inventada SpA. La "),
        ] {
            let said = said(company);
            assert!(said.contains(ends), "{said}");
        }
    }

    #[test]
    fn a_quotation_has_its_point_after_the_mark() {
        let said = |reason: &str| {
            Sentences::screens(Language::Es).say(&Msg::StatusRefused { reason: Clean::from(reason) })
        };
        assert!(said("No se lee la firma.").starts_with("El motivo: «No se lee la firma». Puede"));
        assert!(said("No se lee la firma").starts_with("El motivo: «No se lee la firma». Puede"));
    }
}
