//! A register that was damaged on the disk: its pages and values are read without a panic, whatever
//! they hold. Checksums notice changed bytes, and are tested beside the code.
#![no_main]

use libfuzzer_sys::fuzz_target;
use totem::registry::bulk::block::{BYTES, contents, contents_unchecked, entries};
use totem::registry::bulk::sorted::SortedSummary;
use totem::registry::bulk::{Kind, value};

fuzz_target!(|bytes: &[u8]| {
    let mut page = [0; BYTES];
    let length = bytes.len().min(BYTES);
    page[..length].copy_from_slice(&bytes[..length]);
    for kind in Kind::ALL {
        let _ = SortedSummary::read(&page, kind);
    }
    let _ = contents(&page, 1, 2);
    for key_bytes in [4, 8, 14] {
        let Some(contents) = contents_unchecked(&page) else { continue };
        for entry in entries(contents, key_bytes) {
            let Ok((key, found)) = entry else { break };
            assert_eq!(key.len(), key_bytes);
            let _ = (value::company(found), value::representative(found), value::card(found));
        }
    }
});
