//! An e-mail address, its masked form, and a guess at a slip of the finger.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;

use super::clean::is_invisible;

/// The most characters of an address (RFC 5321).
pub const MAX_CHARS: usize = 254;

/// An address that a mail server could take. Case is kept; the domain is lower-case.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Email(String);

/// Why an address can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing but blanks.
    #[error("nothing was written")]
    Empty,
    /// Over [`MAX_CHARS`].
    #[error("it has more than 254 characters")]
    Long,
    /// No @, or more than one.
    #[error("there is not exactly one @")]
    At,
    /// A letter before the @ that few mail servers take: ñ, an accent, another alphabet (RFC 6531).
    #[error("what stands before the @ has letters beyond a to z")]
    Letters,
    /// A mail server would not take what stands before or after the @.
    #[error("what stands before or after the @ is not of an address")]
    Shape,
}

/// The most common providers in Chile, for the hint.
const COMMON_DOMAINS: [&str; 7] =
    ["gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "live.cl", "hotmail.cl", "icloud.com"];

impl Email {
    /// Whole: for the courier and for its owner.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> (&str, &str) {
        self.0.rsplit_once('@').unwrap_or((&self.0, ""))
    }

    /// The address as the guide shows it, `polmxxxx@senxxxx`: at most the first four characters
    /// before the @ (half of a short name), the first three after it, and always four x, so that
    /// the length stays hidden.
    pub fn masked(&self) -> String {
        let (name, domain) = self.parts();
        let shown = (name.chars().count() / 2).min(4);
        let name: String = name.chars().take(shown).collect();
        let domain: String = domain.chars().take(3).collect();
        format!("{name}xxxx@{domain}xxxx")
    }

    /// The same for two addresses that reach one mailbox, as far as that can be told.
    pub fn folded(&self) -> String {
        self.on_the_wire().unwrap_or_else(|| self.0.clone()).to_lowercase()
    }

    /// As it stands in a mail: a domain beyond ASCII in the letters that every mail server takes (IDNA),
    /// `contacto@ñandú.cl` as `contacto@xn--and-6ma2c.cl`. `None` for what no server could find, of which
    /// an older store may hold some.
    pub fn on_the_wire(&self) -> Option<String> {
        let (name, domain) = self.parts();
        Some(format!("{name}@{}", ascii(domain)?)).filter(|whole| whole.is_ascii())
    }

    /// The address that was probably meant, if the domain is one slip away from a common one.
    pub fn probably_meant(&self) -> Option<Email> {
        let (name, domain) = self.parts();
        if COMMON_DOMAINS.contains(&domain) {
            return None;
        }
        COMMON_DOMAINS
            .iter()
            .find(|common| one_slip(domain, common))
            .map(|common| Email(format!("{name}@{common}")))
    }
}

/// A domain in ASCII.
fn ascii(domain: &str) -> Option<String> {
    match domain.is_ascii() {
        true => Some(domain.to_string()),
        false => idna::domain_to_ascii_strict(domain).ok(),
    }
}

/// One letter wrong, missing or too many, or two swapped.
fn one_slip(written: &str, meant: &str) -> bool {
    let (a, b) = (written.as_bytes(), meant.as_bytes());
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    match (a.len(), b.len()) {
        (n, m) if n == m => {
            n > 0 && (a[1..] == b[1..] || n > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
        }
        (n, m) if n == m + 1 => a[1..] == *b,
        (n, m) if n + 1 == m => *a == b[1..],
        _ => false,
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(raw: &str) -> Result<Self, EmailError> {
        // A mark that came apart from its letter belongs to it: ñ, not n and a tilde.
        let text: String = raw.trim().nfc().collect();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.chars().count() > MAX_CHARS {
            return Err(EmailError::Long);
        }
        let (name, domain) = text.split_once('@').ok_or(EmailError::At)?;
        if domain.contains('@') {
            return Err(EmailError::At);
        }
        let domain = domain.to_lowercase();
        if name.chars().any(|c| !c.is_ascii() && c.is_alphanumeric()) {
            return Err(EmailError::Letters);
        }
        let name_is_right = (1..=64).contains(&name.len())
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..")
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
        let label_is_right = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| (c.is_alphanumeric() || c == '-') && !is_invisible(c))
        };
        let labels: Vec<&str> = domain.split('.').collect();
        let ending_is_right =
            labels.last().is_some_and(|last| last.len() >= 2 && !last.chars().all(|c| c.is_ascii_digit()));
        if !name_is_right || labels.len() < 2 || !ending_is_right || !labels.into_iter().all(label_is_right) {
            return Err(EmailError::Shape);
        }
        ascii(&domain).ok_or(EmailError::Shape)?;
        Ok(Email(format!("{name}@{domain}")))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Masked.
impl fmt::Debug for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Email({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn masked_as_in_the_guide() {
        let mask = |text: &str| text.parse::<Email>().unwrap().masked();
        assert_eq!(mask("polmedo.perez@sendero.example"), "polmxxxx@senxxxx");
        assert_eq!(mask("ana@pyme.example"), "axxxx@pymxxxx");
        assert_eq!(mask("a@b.cl"), "xxxx@b.cxxxx");
    }

    #[test]
    fn right_and_wrong() {
        for text in ["a@b.cl", "Ana.Rojas+sence@Empresa.CL", "x_y@sub.dominio.example", "a@ñandú.cl"] {
            assert!(text.parse::<Email>().is_ok(), "{text}");
        }
        for (text, error) in [
            (" ", EmailError::Empty),
            ("ana", EmailError::At),
            ("a@b@c.cl", EmailError::At),
            ("a@b", EmailError::Shape),
            ("a b@c.cl", EmailError::Shape),
            ("muñoz@c.cl", EmailError::Letters),
            ("josé.ñandú@ñandú.cl", EmailError::Letters),
            // Nobody can have registered these.
            ("a@ñ-.cl", EmailError::Shape),
            ("a@ñ。cl.cl", EmailError::Shape),
            ("a@\u{5d0}1a.cl", EmailError::Shape),
            (".a@c.cl", EmailError::Shape),
            ("a@-c.cl", EmailError::Shape),
            ("a@1.2.3.4", EmailError::Shape),
            ("a\r\nBcc:x@c.cl", EmailError::Shape),
        ] {
            assert_eq!(text.parse::<Email>(), Err(error), "{text}");
        }
        assert_eq!(format!("{}@b.cl", "a".repeat(250)).parse::<Email>(), Err(EmailError::Long));
    }

    #[test]
    fn a_domain_beyond_ascii_goes_out_in_ascii_and_is_shown_as_typed() {
        let table = [
            ("contacto@ñandú.cl", "contacto@xn--and-6ma2c.cl"),
            ("Ventas@Peñalolén.CL", "Ventas@xn--pealoln-gya1e.cl"),
            // With its marks apart, as some keyboards and files write them.
            ("a@n\u{303}andu\u{301}.cl", "a@xn--and-6ma2c.cl"),
            ("a@correo.ñandú.example", "a@correo.xn--and-6ma2c.example"),
            ("a@xn--and-6ma2c.cl", "a@xn--and-6ma2c.cl"),
            ("a@empresa.cl", "a@empresa.cl"),
        ];
        for (typed, wire) in table {
            let email: Email = typed.parse().unwrap();
            assert_eq!(email.on_the_wire().as_deref(), Some(wire), "{typed}");
            assert_eq!(email.folded(), wire.to_lowercase());
        }
        assert_eq!("contacto@Ñandú.cl".parse::<Email>().unwrap().as_str(), "contacto@ñandú.cl");
    }

    #[test]
    fn slips_of_a_finger() {
        let meant =
            |text: &str| text.parse::<Email>().unwrap().probably_meant().map(|email| email.to_string());
        for text in ["ana@gmial.com", "ana@gmal.com", "ana@gmaill.com", "ana@gnail.com"] {
            assert_eq!(meant(text).as_deref(), Some("ana@gmail.com"), "{text}");
        }
        assert_eq!(meant("ana@gmail.com"), None);
        assert_eq!(meant("ana@empresa.cl"), None);
    }

    proptest! {
        #[test]
        fn never_panics_and_never_breaks_a_header(raw in any::<String>()) {
            if let Ok(email) = raw.parse::<Email>() {
                prop_assert!(!email.as_str().chars().any(|c| c.is_control() || c.is_whitespace() || c == '<'));
            }
        }
    }
}
