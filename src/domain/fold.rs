//! Text as it is compared while somebody types to filter a list: without case and accents.

use unicode_normalization::UnicodeNormalization;

pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|symbol| !unicode_normalization::char::is_combining_mark(*symbol))
        .flat_map(char::to_lowercase)
        .collect()
}
