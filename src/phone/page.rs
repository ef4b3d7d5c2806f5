//! The page as HTML: one template, with its style and its script inside, so that nothing is fetched.
//! It works as a plain form where there is no script, and says nothing of anybody.

use std::sync::LazyLock;

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

use crate::domain::document::{MOST_BYTES, MOST_BYTES_TO_SCALE};
use crate::domain::language::Language;
use crate::text::{Msg, Sentences};

const PAGE: &str = include_str!("../../assets/phone/page.html");
const FORM: &str = include_str!("../../assets/phone/form.html");
const STYLE: &str = include_str!("../../assets/phone/page.css");
const SCRIPT: &str = include_str!("../../assets/phone/page.js");

/// What a browser may do with a page: run this one script, and load nothing else.
pub(super) static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src blob: data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
});

/// The form, with what was wrong with the last file, if anything.
pub(super) fn form(language: Language, trouble: Option<&Msg>) -> String {
    let sentences = Sentences::screens(language);
    let say = |msg: &Msg| escaped(&sentences.say(msg));
    let main = filled(
        FORM,
        &[
            ("most", MOST_BYTES.to_string()),
            ("most-sent", MOST_BYTES_TO_SCALE.to_string()),
            ("trouble", trouble.map(say).unwrap_or_default()),
            ("no-trouble", if trouble.is_some() { "" } else { " hidden" }.to_string()),
            ("choose", say(&Msg::PhonePageChoose)),
            ("rule", say(&Msg::PhonePageRule)),
            ("send", say(&Msg::PhonePageSend)),
            ("scaling", say(&Msg::PhonePageScaling)),
            ("sending", say(&Msg::PhonePageSending)),
            ("sent", say(&Msg::PhonePageSent)),
            ("sent-next", say(&Msg::PhonePageSentNext)),
            ("broken", say(&Msg::PhonePageBroken)),
            ("unscaled", say(&Msg::PhonePageUnscaled)),
            ("privacy", say(&Msg::PhonePagePrivacy)),
        ],
    );
    whole(language, &say(&Msg::PhonePageHeading), &main, &format!("<script>{SCRIPT}</script>"))
}

/// A page that only says something.
pub(super) fn says(language: Language, heading: &Msg, text: &Msg) -> String {
    let sentences = Sentences::screens(language);
    let main = format!("<p>{}</p>", escaped(&sentences.say(text)));
    whole(language, &escaped(&sentences.say(heading)), &main, "")
}

/// One sentence, for the script.
pub(super) fn sentence(language: Language, msg: &Msg) -> String {
    Sentences::screens(language).say(msg)
}

fn whole(language: Language, heading: &str, main: &str, script: &str) -> String {
    let title = escaped(&Sentences::screens(language).say(&Msg::PhonePageTitle));
    let code = match language {
        Language::Es => "es-CL",
        Language::En => "en",
    };
    filled(
        PAGE,
        &[
            ("language", code.to_string()),
            ("title", title),
            ("style", STYLE.to_string()),
            ("heading", heading.to_string()),
            ("main", main.to_string()),
            ("script", script.to_string()),
        ],
    )
}

/// The template with its places filled in, in one pass: inserted values are not scanned
/// for places.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, behind) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => unreachable!("the templates name what they are given, as a test sees"),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.chars() {
        match symbol {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_filled_and_nothing_is_fetched() {
        for language in Language::ALL {
            let pages = [
                form(language, None),
                form(language, Some(&Msg::WrongFileEmpty)),
                says(language, &Msg::PhonePageGoneHeading, &Msg::PhonePageGone),
            ];
            for page in pages {
                assert!(!page.contains("{{") && !page.contains("}}"), "{page}");
                let fetches = ["src=", "@import", "url(", "http:", "https:", "//"];
                let markup = page.replace(SCRIPT, "");
                assert!(!fetches.iter().any(|fetch| markup.contains(fetch)), "{markup}");
                let runs = [" onclick", " onload", " onerror", "javascript:"];
                assert!(!runs.iter().any(|run| markup.contains(run)), "no script but the one: {markup}");
            }
        }
    }

    #[test]
    fn trouble_is_seen_only_when_there_is_any() {
        assert!(form(Language::Es, None).contains("role=\"alert\" hidden>"));
        let told = form(Language::Es, Some(&Msg::WrongFileEmpty));
        assert!(told.contains("role=\"alert\">El archivo está vacío. Elija otro.<"), "{told}");
    }
}
