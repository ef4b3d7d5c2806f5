//! How the sentences of screens and letters are worded: one word for one thing, short sentences in mails,
//! and no Spanish button in English without its English name.

use crate::sentences::{FOLDERS, LANGUAGES, said, text_of};

/// A word that isn't used, what is said instead, and where it stands all the same: in the guide's own
/// sentences and labels, which are quoted.
struct Avoided {
    language: &'static str,
    /// A word that begins like this, in small letters; with a blank in it, the words that do.
    beginning: &'static str,
    instead: &'static str,
    /// Words that begin alike and mean something else.
    but: &'static [&'static str],
    /// How the keys begin in which it stands.
    quoted: &'static [&'static str],
}

const fn avoided(language: &'static str, beginning: &'static str, instead: &'static str) -> Avoided {
    Avoided { language, beginning, instead, but: &[], quoted: &[] }
}

/// One word for one thing.
const AVOIDED: [Avoided; 18] = [
    avoided("es", "de sence", "del Sence"),
    Avoided { but: &["comprobante", "comprobación"], ..avoided("es", "comprob", "confirmar") },
    avoided("es", "comprueb", "confirmar"),
    avoided("es", "entrar", "ingresar"),
    avoided("es", "entran ", "ingresar"),
    avoided("es", "entra ", "ingresar"),
    avoided("es", "terminar y borrar", "Salir"),
    avoided("es", "se borra todo", "se borrará lo que escribió"),
    avoided("es", "huella", "resumen cifrado"),
    avoided("es", "pida una solicitud", "haga una solicitud"),
    Avoided { but: &["dígito verificador"], ..avoided("es", "dígito", "número") },
    avoided("es", "terminal", "tótem"),
    Avoided { quoted: &["label-", "copy-body"], ..avoided("es", "email", "correo") },
    Avoided { quoted: &["sent-", "guide-"], ..avoided("es", "e-mail", "correo") },
    avoided("en", "reference", "folio"),
    avoided("en", "ref.", "Folio"),
    avoided("en", "terminal", "kiosk"),
    avoided("en", "fingerprint", "digest"),
];

pub fn two_words_for_one_thing() -> Vec<String> {
    let files = FOLDERS.iter().flat_map(|(folder, _)| LANGUAGES.map(|language| (*folder, language)));
    files.flat_map(|(folder, language)| avoidable(language, &text_of(folder, language))).collect()
}

/// Which words of a file are others than those that the rest uses.
pub fn avoidable(language: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, said) in said(text) {
        let low = format!(" {} ", said.to_lowercase());
        for word in AVOIDED.iter().filter(|word| word.language == language) {
            let is_quoted = word.quoted.iter().any(|start| key.starts_with(start));
            let stands = begins(&low, word.beginning)
                .any(|rest| !word.but.iter().any(|other| rest.starts_with(other)));
            if stands && !is_quoted {
                faults.push(format!("{language}.ftl: {key} says «{}», not {}", word.beginning, word.instead));
            }
        }
    }
    faults
}

/// The text from each place on where a word begins so.
fn begins<'a>(text: &'a str, beginning: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(beginning).filter_map(|(at, _)| {
        let starts = !text[..at].ends_with(char::is_alphanumeric);
        starts.then_some(&text[at..])
    })
}

/// The most words of a sentence in a mail: it is read once, on a telephone, standing.
const MOST_WORDS: usize = 20;

pub fn long_winded_mails() -> Vec<String> {
    LANGUAGES.iter().flat_map(|language| long_winded(language, &text_of(FOLDERS[1].0, language))).collect()
}

/// Which sentences of a file's mails are too long.
pub fn long_winded(language: &str, text: &str) -> Vec<String> {
    let mails = said_by_line(text).into_iter().filter(|(key, _)| key.ends_with("-body"));
    let sentences = mails.flat_map(|(key, line)| {
        sentences_of(&line).into_iter().map(|sentence| (key.clone(), sentence)).collect::<Vec<_>>()
    });
    sentences
        .filter_map(|(key, sentence)| {
            let words = sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
            let words = words.count();
            (words > MOST_WORDS).then(|| format!("{language}.ftl: {key} has {words} words: «{sentence}»"))
        })
        .collect()
}

/// Each line of what is said, with its key: a paragraph of a mail is a line.
fn said_by_line(text: &str) -> Vec<(String, String)> {
    let mut key = String::new();
    let mut lines = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let said = match (line.starts_with(char::is_alphabetic), line.split_once('=')) {
            (true, Some((name, said))) => {
                key = name.trim().to_string();
                said
            }
            _ => line,
        };
        lines.push((key.clone(), crate::sentences::without_arguments(said)));
    }
    lines
}

/// A point within a number ends nothing.
fn sentences_of(line: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let mut symbols = line.chars().peekable();
    while let Some(symbol) = symbols.next() {
        let ends = matches!(symbol, '.' | '?' | '!') && symbols.peek().is_none_or(|next| *next == ' ');
        if let Some(last) = sentences.last_mut() {
            last.push(symbol);
        }
        if ends {
            sentences.push(String::new());
        }
    }
    sentences.into_iter().map(|sentence| sentence.trim().to_string()).collect()
}

/// How the keys begin whose words stand on buttons, fields and titles.
const NAMES: [&str; 4] = ["button-", "menu-", "label-", "place-"];

pub fn spanish_in_english() -> Vec<String> {
    let spanish = text_of(FOLDERS[0].0, LANGUAGES[0]);
    let english = FOLDERS.iter().map(|(folder, _)| text_of(folder, LANGUAGES[1]));
    english.flat_map(|english| quoted_alone(&spanish, &english)).collect()
}

/// Where the English names something as it is called in Spanish, unless the Spanish name stands in
/// parentheses after the English one.
pub fn quoted_alone(spanish: &str, english: &str) -> Vec<String> {
    let english = said(english);
    let named = said(spanish).into_iter().filter(|(key, _)| NAMES.iter().any(|name| key.starts_with(name)));
    let names: Vec<String> = named.map(|(_, name)| name.trim().to_string()).collect();
    let mut faults = Vec::new();
    for (key, text) in &english {
        for name in names.iter().filter(|name| name.contains(' ')) {
            let alone = text.match_indices(name.as_str()).any(|(at, _)| !text[..at].ends_with("” ("));
            if alone {
                faults.push(format!("en.ftl: {key} says «{name}»"));
            }
        }
    }
    faults
}
