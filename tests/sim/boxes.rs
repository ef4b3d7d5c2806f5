//! The mailboxes and mobiles of everybody: what arrived, and the key or code in it.

use std::collections::BTreeMap;

/// A message that arrived.
#[derive(Clone, Debug)]
pub struct Letter {
    pub at_ms: u64,
    pub secret: Option<String>,
    /// Whether it tells of something that its code undoes.
    pub undoes: bool,
}

#[derive(Default)]
pub struct Mailboxes(BTreeMap<String, Vec<Letter>>);

impl Mailboxes {
    /// To an address or a number, as it is written internationally.
    pub fn arrives(&mut self, to: &str, at_ms: u64, text: &str, undoes: bool) {
        let secret = secret_of_mail(text).or_else(|| secret_of_text(text));
        let letter = Letter { at_ms, secret, undoes };
        self.0.entry(to.to_string()).or_default().push(letter);
    }

    /// What arrived there, the oldest first.
    pub fn of(&self, to: &str) -> &[Letter] {
        self.0.get(to).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every message that ever arrived anywhere.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Letter)> {
        self.0.iter().flat_map(|(to, letters)| letters.iter().map(move |letter| (to.as_str(), letter)))
    }
}

/// The key or code in a message.
pub fn secret_in(text: &str) -> Option<String> {
    secret_of_mail(text).or_else(|| secret_of_text(text))
}

/// The line that stands apart.
fn secret_of_mail(body: &str) -> Option<String> {
    let apart = body.lines().find(|line| line.starts_with("    ")).map(|line| line.trim().to_string());
    apart.filter(|secret| is_secret(secret))
}

/// A word of ten capitals and digits, or of eight digits.
fn secret_of_text(text: &str) -> Option<String> {
    let mut words = text.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    words.find(|word| is_secret(word)).map(str::to_string)
}

fn is_secret(word: &str) -> bool {
    let is_key =
        word.len() == 10 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_key || word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit())
}
