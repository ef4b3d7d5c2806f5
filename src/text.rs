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
        text
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
