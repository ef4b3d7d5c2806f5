//! The six digits from a telephone (RFC 6238: SHA-1, 30 s, one step early or late). Whether a code
//! was used before is for the keeper of the account to know.

use data_encoding::BASE32_NOPAD;
use totp_rs::{Builder, Secret as Seed, Totp};
use zeroize::Zeroizing;

use super::random;
use crate::domain::clean::Clean;
use crate::domain::secret::Secret;
use crate::domain::staff::TotpSecret;

/// The name under which telephones list it.
const ISSUER: &str = "Totem";

fn of(secret: &TotpSecret) -> Totp {
    match Builder::new().with_secret(Seed::new_stack(secret.0)).build() {
        Ok(totp) => totp,
        Err(error) => unreachable!("twenty bytes and the defaults are what the RFC asks for: {error}"),
    }
}

/// Twenty random bytes, for a new staff account (S18).
pub fn new_secret() -> TotpSecret {
    TotpSecret(random())
}

/// The step that this code belongs to, if it is valid now. The caller remembers the step, so that a
/// code can't be used again.
pub fn step_of(secret: &TotpSecret, code: &Secret, now_ms: u64) -> Option<u64> {
    let digits: Zeroizing<String> =
        Zeroizing::new(code.expose().chars().filter(|symbol| !symbol.is_whitespace()).collect());
    of(secret).check(&digits, now_ms / 1000)
}

/// The code at this time, as the telephone shows it.
pub fn code_at(secret: &TotpSecret, now_ms: u64) -> Secret {
    Secret::new(of(secret).generate(now_ms / 1000).to_string())
}

/// In base 32, for telephones that can't scan.
pub fn in_letters(secret: &TotpSecret) -> Zeroizing<String> {
    Zeroizing::new(BASE32_NOPAD.encode(&secret.0))
}

/// Read back from base 32, with or without blanks; `None` if it is no such secret.
pub fn from_letters(letters: &str) -> Option<TotpSecret> {
    let letters: String = letters.chars().filter(|symbol| !symbol.is_whitespace()).collect();
    let bytes = Zeroizing::new(BASE32_NOPAD.decode(letters.to_uppercase().as_bytes()).ok()?);
    Some(TotpSecret(bytes.as_slice().try_into().ok()?))
}

/// What the QR of an enrolment holds.
pub fn enrolment(secret: &TotpSecret, name: &Clean) -> Zeroizing<String> {
    let name: String = name.as_str().bytes().map(escaped).collect();
    let letters = in_letters(secret);
    Zeroizing::new(format!("otpauth://totp/{ISSUER}:{name}?secret={}&issuer={ISSUER}", letters.as_str()))
}

fn escaped(byte: u8) -> String {
    match byte.is_ascii_alphanumeric() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, in six digits.
    #[test]
    fn the_codes_of_the_rfc() {
        let secret = TotpSecret(*b"12345678901234567890");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code_at(&secret, seconds * 1000).expose(), code);
            let step = |at: u64| step_of(&secret, &Secret::new(code), at * 1000);
            assert_eq!(step(seconds), Some(seconds / 30));
            assert_eq!((step(seconds + 30), step(seconds - 30)), (Some(seconds / 30), Some(seconds / 30)));
            assert_eq!(step(seconds + 90), None);
        }
        assert_eq!(step_of(&secret, &Secret::new("287 082"), 59_000), Some(1));
        assert_eq!(step_of(&secret, &Secret::new(""), 59_000), None);
        assert_eq!(step_of(&secret, &Secret::new("28708"), 59_000), None);
    }

    #[test]
    fn an_enrolment_says_it_in_letters_and_for_a_scanner() {
        let secret = TotpSecret(*b"12345678901234567890");
        let uri = enrolment(&secret, &Clean::from("Rosa Añez"));
        let expected =
            "otpauth://totp/Totem:Rosa%20A%C3%B1ez?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Totem";
        assert_eq!(uri.as_str(), expected);
        assert_eq!(from_letters("gezd gnbv gy3t qojq GEZD GNBV GY3T QOJQ"), Some(secret));
        assert_eq!(from_letters("GEZD"), None);
        assert_ne!(new_secret(), new_secret());
    }
}
