//! The alphabet of an SMS (3GPP TS 23.038, GSM 7 bit): 160 characters in one message, some of which
//! count twice. What it lacks is written in plain letters, so most accents go.
//!
//! The crate `gsm7` packs characters into septets, which the gateway does for us, and refuses what the
//! alphabet lacks. Writing that in plain letters and cutting at 160 would stay ours; what it could
//! replace is the two lists below.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::domain::secret::Secret;

/// What one message takes, in septets.
pub const SMS_SEPTETS: usize = 160;

/// Characters of one septet, beside the printable ASCII ones that it shares.
const FURTHER: &str = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n";
/// Characters of two septets: an escape and another.
const TWICE: &str = "^{}\\[~]|€";

/// The text of one SMS. It may hold a clave or a code, so it doesn't print.
#[derive(Clone, Debug)]
pub struct Gsm7 {
    text: Secret,
    septets: usize,
    was_cut: bool,
}

impl Gsm7 {
    /// Transliterates, and cuts what doesn't fit.
    pub fn new(raw: &str) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(SMS_SEPTETS * 2));
        let (mut septets, mut was_cut) = (0, false);
        for symbol in raw.chars().flat_map(plain) {
            let width = width(symbol).unwrap_or(0);
            if septets + width > SMS_SEPTETS {
                was_cut = true;
                break;
            }
            septets += width;
            text.push(symbol);
        }
        Gsm7 { text: Secret::new(text.as_str()), septets, was_cut }
    }

    /// As it is sent.
    pub fn expose(&self) -> &str {
        self.text.expose()
    }

    /// How long it is; at most [`SMS_SEPTETS`].
    pub fn septets(&self) -> usize {
        self.septets
    }

    /// Whether there was more than fits.
    pub fn was_cut(&self) -> bool {
        self.was_cut
    }
}

/// How many septets a character takes; `None` if the alphabet lacks it.
fn width(symbol: char) -> Option<usize> {
    if TWICE.contains(symbol) {
        Some(2)
    } else if FURTHER.contains(symbol) || symbol != '`' && (' '..='z').contains(&symbol) {
        Some(1)
    } else {
        None
    }
}

/// A character of the alphabet as it is; another one in plain letters, or as a question mark.
fn plain(symbol: char) -> Vec<char> {
    if width(symbol).is_some() {
        return vec![symbol];
    }
    let written = match symbol {
        '«' | '»' | '“' | '”' => "\"",
        '‘' | '’' | '`' => "'",
        '–' | '—' => "-",
        '…' => "...",
        _ => "",
    };
    if !written.is_empty() {
        return written.chars().collect();
    }
    let letters: Vec<char> = symbol.nfkd().filter(|part| width(*part).is_some()).collect();
    if letters.is_empty() { vec!['?'] } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spanish_in_plain_letters() {
        let sms = Gsm7::new("¿Está «aquí» el Ñandú pingüino? 5€ [1] …Éxito 漢");
        assert_eq!(sms.expose(), "¿Esta \"aqui\" el Ñandu pingüino? 5€ [1] ...Éxito ?");
        assert_eq!(sms.septets(), sms.expose().chars().count() + 3);
        assert_eq!(format!("{sms:?}"), "Gsm7 { text: Secret(…), septets: 52, was_cut: false }");
    }

    #[test]
    fn exactly_160_fit() {
        let sms = Gsm7::new(&"a".repeat(160));
        assert!((sms.septets(), sms.was_cut()) == (160, false));
        let sms = Gsm7::new(&"a".repeat(161));
        assert!((sms.septets(), sms.was_cut()) == (160, true));
        let sms = Gsm7::new(&format!("{}€", "a".repeat(159)));
        assert!((sms.septets(), sms.was_cut()) == (159, true));
    }

    proptest! {
        #[test]
        fn never_longer_and_never_outside(raw in any::<String>(), tail in ".{0,300}") {
            let sms = Gsm7::new(&format!("{raw}{tail}"));
            let septets: usize = sms.expose().chars().map(|symbol| width(symbol).unwrap()).sum();
            prop_assert!(septets == sms.septets() && septets <= SMS_SEPTETS);
            let again = Gsm7::new(sms.expose());
            prop_assert_eq!(again.expose(), sms.expose());
        }
    }
}
