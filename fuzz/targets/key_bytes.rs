//! What a terminal sends while somebody types: any bytes at all. Nothing makes the keyboard deaf: whatever
//! came before, a letter after a pause is heard (T16).
#![no_main]

use std::time::Instant;

use libfuzzer_sys::fuzz_target;
use totem::event::Key;
use totem::terminal::input::{KeyHeard, KeyParser, MOST_BYTES, SEQUENCE_LASTS};

fuzz_target!(|bytes: &[u8]| {
    let (mut parser, now) = (KeyParser::default(), Instant::now());
    let mut heard = 0;
    for byte in bytes {
        heard += usize::from(parser.push(*byte, now).is_some());
        assert!(parser.deadline().is_none_or(|deadline| deadline == now + SEQUENCE_LASTS));
    }
    assert!(heard <= bytes.len());
    parser.end();
    assert_eq!(parser.deadline(), None);
    assert_eq!(parser.push(b'a', now), Some(KeyHeard::Key(Key::Char('a'))));

    // Without any pause it is heard after as many bytes as a sequence may have.
    bytes.iter().for_each(|byte| _ = parser.push(*byte, now));
    let is_a = |heard| heard == Some(KeyHeard::Key(Key::Char('a')));
    assert!((0..=MOST_BYTES).any(|_| is_a(parser.push(b'a', now))));
});
