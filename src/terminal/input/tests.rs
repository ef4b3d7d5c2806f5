//! Tables of what terminals send, and laws that hold for any bytes at all.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// What was done when these bytes come at once and nothing after them.
fn typed(bytes: &[u8]) -> Vec<KeyHeard> {
    let (mut parser, now) = (KeyParser::default(), Instant::now());
    let mut heard: Vec<KeyHeard> = bytes.iter().filter_map(|byte| parser.push(*byte, now)).collect();
    heard.extend(parser.end());
    heard
}

fn keys(bytes: &[u8]) -> Vec<Key> {
    let key = |heard| match heard {
        KeyHeard::Key(key) => key,
        KeyHeard::Click { .. } => panic!("{bytes:?} is a click"),
    };
    typed(bytes).into_iter().map(key).collect()
}

/// Each is one key, whoever sends it.
const KEYS: &[(Key, &[&str])] = &[
    (Key::Enter, &["\r", "\n", "\x1bOM", "\x1b\r", "\x1b[13u", "\x1b[109;5u", "\x1b[27;1;13~"]),
    (Key::Tab, &["\t", "\x1bOI", "\x1b[9u"]),
    (Key::BackTab, &["\x1b[Z", "\x1b\t", "\x1b[1;2Z", "\x1b[9;2u", "\x1b[27;2;9~"]),
    (Key::Backspace, &["\x7f", "\x08", "\x1b\x7f", "\x1b[127u", "\x1b[104;5u", "\x1b[27;5;104~"]),
    (Key::EraseLine, &["\x15", "\x1b\x15", "\x1b[117;5u", "\x1b[27;5;117~"]),
    (Key::Esc, &["\x1b", "\x1b\x1b", "\x1b[27u", "\x1b[27;1u"]),
    (Key::Up, &["\x1b[A", "\x1bOA", "\x1b[1;5A", "\x1b[a", "\x1bOa", "\x1b\x1b[A", "\x1bO5A", "\x1b[5A"]),
    (Key::Down, &["\x1b[B", "\x1bOB", "\x1b[1;2B", "\x1b[b", "\x1bOb", "\x1b[1;1:2B"]),
    (Key::Right, &["\x1b[C", "\x1bOC", "\x1b[1;3C", "\x1b[c", "\x1bOc", "\x1b[1;129C"]),
    (Key::Left, &["\x1b[D", "\x1bOD", "\x1b[1;9D", "\x1b[d", "\x1bOd", "\x1b\x1bOD"]),
    (Key::Home, &["\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~", "\x1b[1;5H", "\x1b[7^", "\x1b[7$"]),
    (Key::End, &["\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~", "\x1b[1;5F", "\x1b[8@"]),
    (Key::PageUp, &["\x1b[5~", "\x1b[5;2~", "\x1b[5^"]),
    (Key::PageDown, &["\x1b[6~", "\x1b[6;5~"]),
    (Key::Delete, &["\x1b[3~", "\x1b[3;2~", "\x1b[3$", "\x1b[3^"]),
    (Key::F(1), &["\x1bOP", "\x1b[[A", "\x1b[11~", "\x1b[P", "\x1b[1;2P", "\x1bO2P", "\x1b[1P"]),
    (Key::F(2), &["\x1bOQ", "\x1b[[B", "\x1b[12~", "\x1b[Q", "\x1b[1;5Q"]),
    (Key::F(3), &["\x1bOR", "\x1b[[C", "\x1b[13~", "\x1b[13;2~"]),
    (Key::F(4), &["\x1bOS", "\x1b[[D", "\x1b[14~", "\x1b[S"]),
    (Key::F(5), &["\x1b[[E", "\x1b[15~", "\x1b[15;5~"]),
    (Key::F(6), &["\x1b[17~"]),
    (Key::F(7), &["\x1b[18~"]),
    (Key::F(8), &["\x1b[19~"]),
    (Key::F(9), &["\x1b[20~"]),
    (Key::F(10), &["\x1b[21~", "\x1b[21^", "\x1b[21@", "\x1b[21$"]),
    (Key::F(11), &["\x1b[23~", "\x1b[23;2~"]),
    (Key::F(12), &["\x1b[24~"]),
    (Key::F(13), &["\x1b[25~"]),
    (Key::F(15), &["\x1b[28~"]),
    (Key::F(17), &["\x1b[31~"]),
    (Key::F(20), &["\x1b[34~"]),
    (Key::Char('0'), &["0", "\x1bOp", "\x1b[48u"]),
    (Key::Char('9'), &["9", "\x1bOy"]),
    (Key::Char('-'), &["-", "\x1bOm"]),
    (Key::Char('.'), &[".", "\x1bOn"]),
    (Key::Char(','), &[",", "\x1bOl"]),
    (Key::Char('+'), &["+", "\x1bOk"]),
    (Key::Char('*'), &["*", "\x1bOj"]),
    (Key::Char('/'), &["/", "\x1bOo"]),
    (Key::Char('='), &["=", "\x1bOX"]),
    (Key::Char(' '), &[" ", "\x1bO ", "\x1b[32u"]),
    (Key::Char('k'), &["k", "\x1b[107u", "\x1b[107;129u"]),
    (Key::Char('K'), &["K", "\x1b[107;2u", "\x1b[27;2;75~"]),
    (Key::Char('ñ'), &["ñ", "\x1b[241u"]),
    (Key::Char('€'), &["€"]),
    (Key::Char('𝄞'), &["𝄞"]),
];

/// None of these is a key or a click.
const NOTHING: &[&str] = &[
    // Ctrl, Alt, and keys that the kiosk has no use for.
    "\0",
    "\x01",
    "\x03",
    "\x04",
    "\x11",
    "\x13",
    "\x1a",
    "\x1c",
    "\x1f",
    "\x07",
    "\x1ba",
    "\x1bñ",
    "\x1b ",
    "\x1b~",
    "\x1b[2~",
    "\x1b[E",
    "\x1bOE",
    "\x1bOZ",
    "\x1b[97;5u",
    "\x1b[97;3u",
    "\x1b[57399u",
    "\x1b[97;1:3u",
    "\x1b[1;1:3A",
    "\x1b[27;5;97~",
    "\x1b[[F",
    "\x1b[[a",
    "\x1b[9~",
    "\x1b[16~",
    "\x1b[99999999999~",
    // Pastes, focus, answers.
    "\x1b[200~",
    "\x1b[201~",
    "\x1b[I",
    "\x1b[O",
    "\x1b[?62;22c",
    "\x1b[>0;1;2c",
    "\x1b[24;80R",
    "\x1b[0n",
    "\x1b[?1u",
    "\x1b[?2004;1$y",
    "\x1b[8;30;100t",
    "\x1b]0;title\x07",
    "\x1b]11;rgb:0/0/0\x1b\\",
    "\x1bP>|xterm\x1b\\",
    "\x1b_Gi=1;OK\x1b\\",
    "\x1b^privacy\x1b\\",
    "\x1bXstring\x1b\\",
    "\x1bP\x18",
    "\x1b]\x1a",
    // Begun, and not finished.
    "\x1b[",
    "\x1b[<",
    "\x1b[?",
    "\x1b[1;",
    "\x1b[[",
    "\x1bO",
    "\x1bO2",
    "\x1b[M",
    "\x1b[M!",
    "\x1b[M!!",
    "\x1b]0;",
    "\x1bP",
    "\x1b_",
    "\x1b^",
    "\x1bX",
    "\x1b\x1b[",
    "\x1b[0$",
    "\x1b[1 ",
    "\x1b[$",
    // Other buttons, the wheel, movements, releases, and places that are none.
    "\x1b[<1;5;5M",
    "\x1b[<2;5;5M",
    "\x1b[<64;5;5M",
    "\x1b[<32;5;5M",
    "\x1b[<35;5;5M",
    "\x1b[<0;5;5m",
    "\x1b[<0;0;5M",
    "\x1b[<0;5;0M",
    "\x1b[<0;5M",
    "\x1b[<0;5;5;5M",
    "\x1b[<0;99999;5M",
    "\x1b[<;;M",
    "\x1b[<-1;5;5M",
    "\x1b[M#!!",
    "\x1b[M`!!",
    "\x1b[M  !",
    "\x1b[5;5M",
    // C1 in UTF-8.
    "\u{80}",
    "\u{9b}",
    "\u{9f}",
];

#[test]
fn each_terminal_s_keys_are_the_same_keys() {
    for (key, sent) in KEYS {
        for sent in *sent {
            assert_eq!(keys(sent.as_bytes()), [*key], "{sent:?}");
        }
    }
}

#[test]
fn what_is_no_key_is_nothing() {
    for sent in NOTHING {
        assert_eq!(typed(sent.as_bytes()), [], "{sent:?}");
    }
}

#[test]
fn a_press_of_the_left_button_is_a_click() {
    for (sent, column, row) in [
        ("\x1b[<0;1;1M", 0, 0),
        ("\x1b[<0;80;24M", 79, 23),
        ("\x1b[<16;3;4M", 2, 3),
        ("\x1b[<4;300;200M", 299, 199),
        ("\x1b[M !!", 0, 0),
        ("\x1b[M$#\"", 2, 1),
    ] {
        assert_eq!(typed(sent.as_bytes()), [KeyHeard::Click { column, row }], "{sent:?}");
    }
    // Beyond the 95th column three bytes are no UTF-8 any more.
    assert_eq!(typed(b"\x1b[M \xff\x80"), [KeyHeard::Click { column: 222, row: 95 }]);
}

#[test]
fn bytes_that_are_no_letter_are_dropped_alone() {
    for (sent, left) in [
        (&b"\x80a"[..], "a"),
        (b"\xc0\x80a", "a"),
        (b"\xe2\x28\xa1", "("),
        (b"\xf0\x9f\x92z", "z"),
        (b"\xf0\x9f\xc3\xb1", "ñ"),
        (b"\xed\xa0\x80-", "-"),
        (b"\xff\xfe\xfd\xf8", ""),
        (b"\x9bA", "A"),
    ] {
        let left: Vec<Key> = left.chars().map(Key::Char).collect();
        assert_eq!(keys(sent), left, "{sent:?}");
    }
}

/// Whoever typed Alt+[ and goes on at once is heard all the same.
#[test]
fn a_key_within_a_sequence_ends_it() {
    assert_eq!(keys(b"\x1b[\r"), [Key::Enter]);
    assert_eq!(keys(b"\x1b]0;x\r"), [Key::Enter]);
    assert_eq!(keys(b"\x1bO\x7f"), [Key::Backspace]);
    assert_eq!(keys(b"\x1b[1;\x1b[A"), [Key::Up]);
    assert_eq!(keys(b"\x1b[M \x1b[A"), [Key::Up]);
    assert_eq!(keys(b"\x1b[\xc3\xb1"), [Key::Char('ñ')]);
    assert_eq!(keys("\x1b[200~99-9\x1b[201~".as_bytes()), "99-9".chars().map(Key::Char).collect::<Vec<_>>());
}

#[test]
fn esc_is_a_key_once_time_is_over() {
    let (mut parser, start) = (KeyParser::default(), Instant::now());
    assert_eq!((parser.push(ESC, start), parser.deadline()), (None, Some(start + SEQUENCE_LASTS)));
    // What follows doesn't put the end off.
    let later = start + Duration::from_millis(20);
    assert_eq!((parser.push(b'[', later), parser.deadline()), (None, Some(start + SEQUENCE_LASTS)));
    assert_eq!((parser.push(b'A', later), parser.deadline()), (Some(KeyHeard::Key(Key::Up)), None));
    parser.push(ESC, start);
    assert_eq!((parser.end(), parser.deadline()), (Some(KeyHeard::Key(Key::Esc)), None));
    assert_eq!(parser.push(b'[', start), Some(KeyHeard::Key(Key::Char('['))));
    assert_eq!(keys(b"\x1b\x1b\x1b\x1b"), [Key::Esc; 3], "held");
}

#[test]
fn nothing_is_left_of_who_went() {
    for begun in [&b"\x1b"[..], b"\x1b[1;", b"\xc3", b"\x1b]0;"] {
        let (mut parser, now) = (KeyParser::default(), Instant::now());
        assert!(begun.iter().all(|byte| parser.push(*byte, now).is_none()));
        parser.reset();
        assert_eq!((parser.open, parser.deadline()), ([0; MOST_BYTES], None));
        assert_eq!(parser.push(b'A', now), Some(KeyHeard::Key(Key::Char('A'))));
    }
}

proptest! {
    /// However it goes on, it is over at its length.
    #[test]
    fn nothing_goes_on_for_ever(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (mut parser, now) = (KeyParser::default(), Instant::now());
        for byte in bytes {
            parser.push(byte, now);
            prop_assert!(parser.length < MOST_BYTES);
            prop_assert_eq!(parser.deadline().is_some(), parser.length > 0);
        }
    }

    /// After any bytes at all, a key that begins with Esc is heard at once, and any other once
    /// time is over.
    #[test]
    fn the_next_key_is_heard(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        let (mut parser, now) = (KeyParser::default(), Instant::now());
        bytes.iter().for_each(|byte| _ = parser.push(*byte, now));
        let heard: Vec<KeyHeard> = b"\x1b[21~".iter().filter_map(|byte| parser.push(*byte, now)).collect();
        prop_assert_eq!(heard.last(), Some(&KeyHeard::Key(Key::F(10))));

        bytes.iter().for_each(|byte| _ = parser.push(*byte, now));
        parser.end();
        prop_assert_eq!(parser.push(b'\r', now), Some(KeyHeard::Key(Key::Enter)));
    }

    /// How bytes are cut into reads changes nothing: each counts alone. Text is typed as it is.
    #[test]
    fn text_is_typed_as_it_is(text in "[^\\p{Cc}]{0,80}") {
        prop_assert_eq!(keys(text.as_bytes()), text.chars().map(Key::Char).collect::<Vec<_>>());
    }

    /// No key and no place comes out of bytes that isn't one.
    #[test]
    fn only_letters_are_typed(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for heard in typed(&bytes) {
            let is_right = match heard {
                KeyHeard::Key(Key::Char(letter)) => !letter.is_control(),
                KeyHeard::Key(Key::F(number)) => (1..=20).contains(&number),
                KeyHeard::Key(_) | KeyHeard::Click { .. } => true,
            };
            prop_assert!(is_right, "{heard:?}");
        }
    }
}
