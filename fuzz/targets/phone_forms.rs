//! What a phone sends as a form: its content type on the first line, and the body after it. Any
//! file that is found lies within the body, and its name is no path.
#![no_main]

use libfuzzer_sys::fuzz_target;
use totem::phone::upload;

fuzz_target!(|bytes: &[u8]| {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let Ok(kind) = std::str::from_utf8(&bytes[..end]) else { return };
    let body = &bytes[(end + 1).min(bytes.len())..];
    if let Some(found) = upload::file(kind, body) {
        assert!(!found.name.as_str().contains(['/', '\\']), "{:?}", found.name);
        assert!(body.as_ptr_range().contains(&found.bytes.as_ptr()) || found.bytes.is_empty());
        assert!(found.bytes.len() < body.len());
    }
});
