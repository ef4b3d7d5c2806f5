//! What a sentence quotes is the name of something: a button, an entry, a field, a page, as it is called in
//! the same language. Who looks for another name looks in vain.

use std::collections::BTreeSet;

use crate::sentences::{FOLDERS, LANGUAGES, said, text_of};

/// How quotations begin and end, by language.
const MARKS: [(&str, char, char); 2] = [("es", '«', '»'), ("en", '“', '”')];
/// How the keys begin whose words are names on the screens.
const NAMES: [&str; 11] = [
    "button-",
    "menu-",
    "label-",
    "key-",
    "place-",
    "declaration-",
    "files-",
    "address-",
    "recover-",
    "symptom-",
    "info-",
];
/// What else is quoted, and where it stands.
const ELSEWHERE: [(&str, &str); 7] = [
    ("N° documento", "on the card itself"),
    ("sence", "a word that a key may not hold"),
    ("clave", "a word that a key may not hold"),
    ("Más compatible", "on an iPhone"),
    ("Most Compatible", "on an iPhone"),
    ("totem doctor", "a command"),
    ("X", "what somebody wrote"),
];

pub fn nobodys_names() -> Vec<String> {
    let by_language = |language: &&str| {
        let screens = text_of(FOLDERS[0].0, language);
        let texts = FOLDERS.map(|(folder, _)| text_of(folder, language));
        texts.iter().flat_map(|text| unknown(language, &screens, text)).collect::<Vec<_>>()
    };
    LANGUAGES.iter().flat_map(by_language).collect()
}

/// Quotations of a text that are no names on the screens.
pub fn unknown(language: &str, screens: &str, text: &str) -> Vec<String> {
    let names: BTreeSet<String> = said(screens)
        .into_iter()
        .filter(|(key, _)| NAMES.iter().any(|start| key.starts_with(start)))
        .map(|(_, name)| name.trim().to_string())
        .collect();
    let Some((_, opens, closes)) = MARKS.iter().find(|(known, ..)| *known == language) else {
        return vec![format!("{language} has no quotation marks")];
    };
    let mut faults = Vec::new();
    for (key, said) in said(text) {
        let quoted =
            said.split(*opens).skip(1).filter_map(|part| part.split_once(*closes)).map(|(name, _)| name);
        let is_known = |name: &&str| {
            names.contains(*name) || ELSEWHERE.iter().any(|(known, why)| known == name && !why.is_empty())
        };
        faults.extend(
            quoted
                .filter(|name| !is_known(name))
                .map(|name| format!("{language}.ftl: {key} quotes «{name}», and nothing is called so")),
        );
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nothing_bears_is_found() {
        let screens = "button-go = Cambie su CS aquí\ntaken = Guarde su folio.\n";
        let told = |text: &str| unknown("es", screens, text).len();
        assert_eq!(told("a = Elija «Cambie su CS aquí».\n"), 0);
        assert_eq!(told("a = Elija «Cambie su clave» o «Cambie su CS aquí».\n"), 1);
        assert_eq!(told("a = Elija «Guarde su folio.».\n"), 1);
        assert_eq!(told("a = El motivo: «{ $reason }».\n"), 0);
    }
}
