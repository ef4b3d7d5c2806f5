//! A PDF that somebody brings: it is read without a panic and within bounds, what is kept of it is a
//! PDF that is found harmless again, and nothing that stands before an action hides it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use totem::documents::look::harmless_part;

const ACTION: &[u8] = b"\n9 0 obj << /S /Launch >> endobj\n%%EOF";

fuzz_target!(|bytes: &[u8]| {
    if let Ok(part) = harmless_part(bytes) {
        let kept = &bytes[part];
        assert!(kept.starts_with(b"%PDF-"));
        assert_eq!(harmless_part(kept), Ok(0..kept.len()));
    }
    let with_an_action = [bytes, ACTION].concat();
    assert!(harmless_part(&with_an_action).is_err());
});
