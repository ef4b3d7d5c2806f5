//! Text that must not be seen (S4): it prints as dots, doesn't serialise, and is wiped on drop.

use std::fmt;

use zeroize::Zeroizing;

/// A clave, a key, an answer or a code, as it was typed or made.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over. A `&str` is copied, and the caller wipes the original.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(Zeroizing::new(text.into()))
    }

    /// The same in capitals, to compare with what has no small letters.
    pub fn in_capitals(&self) -> Secret {
        Secret::new(self.0.to_ascii_uppercase())
    }

    /// The text itself. Look twice at every use.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}
