//! What comes from a keyboard or a card reader: RUTs, cards, addresses and telephones are read
//! without a panic, and what was read is the same after it was written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use totem::domain::cedula::{Scan, Serial};
use totem::domain::clean::{Clean, is_invisible};
use totem::domain::email::Email;
use totem::domain::phone::{Mobile, Phone};
use totem::domain::rut::Rut;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(rut) = text.parse::<Rut>() {
        assert_eq!(rut.to_string().parse(), Ok(rut));
        assert_eq!(rut.canonical().parse(), Ok(rut));
    }
    if let Ok(serial) = text.parse::<Serial>() {
        assert_eq!(serial.as_str().parse().as_ref(), Ok(&serial));
    }
    if let Some(scan) = Scan::read(&text) {
        assert_eq!(scan.rut.canonical().parse(), Ok(scan.rut));
    }
    if let Ok(email) = text.parse::<Email>() {
        assert_eq!(email.to_string().parse().as_ref(), Ok(&email));
        assert!(!email.masked().contains(char::is_control));
    }
    if let Ok(phone) = text.parse::<Phone>() {
        assert_eq!(phone.international().parse(), Ok(phone));
    }
    if let Ok(mobile) = text.parse::<Mobile>() {
        assert_eq!(mobile.international().parse(), Ok(mobile));
    }
    let clean = Clean::new(&text);
    assert!(!clean.as_str().chars().any(|symbol| symbol.is_control() || is_invisible(symbol)));
    assert_eq!(Clean::new(clean.as_str()), clean);
});
