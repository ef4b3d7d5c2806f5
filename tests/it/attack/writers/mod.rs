//! PDFs as writers, scanners, phones and signing programs leave them, and as whoever means harm does:
//! what stands in one, each in the ways in which a file may be laid out, from the plain one to the
//! encrypted one that anybody opens.

mod active;
mod harmless;
mod layout;

use std::io::Write as _;

use lopdf::Object;
use totem::documents::look::{Wish, look_at};
use totem::domain::document::Active::{Action, JavaScript};
use totem::domain::document::{Extent, Kind, Refusal};

use self::active::ACTIVE;
use self::harmless::HARMLESS;
use self::layout::Thing::Is;
use self::layout::{FILE_ID, LAYOUTS, LOCK, Layout, Lock, Thing, digits, made, of, written};
use super::pdf::deflated;

fn look(bytes: &[u8]) -> Result<Extent, Refusal> {
    look_at(Kind::Pdf, bytes, Wish::AsItIs).map(|seen| {
        assert_eq!((seen.kind, seen.anew), (Kind::Pdf, None), "it is kept as it came");
        seen.extent
    })
}

fn expect(what: &str, layout: Layout, bytes: &[u8], expected: Result<Extent, Refusal>) -> Option<String> {
    let said = look(bytes);
    (said != expected).then(|| format!("{what}, {layout:?}: {said:?}, not {expected:?}"))
}

#[test]
fn what_ordinary_programs_write_is_taken() {
    let all = HARMLESS.iter().flat_map(|content| LAYOUTS.map(|layout| (content, layout)));
    let wrong: Vec<String> = all
        .filter_map(|(content, layout)| {
            expect(content.what, layout, &made(content, layout, ""), Ok(Extent::Pages(1)))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), HARMLESS.len() * LAYOUTS.len(), wrong.join("\n"));
}

#[test]
fn what_does_more_is_refused_however_the_file_is_laid_out() {
    let all = ACTIVE.iter().flat_map(|(does, content)| LAYOUTS.map(|layout| (*does, content, layout)));
    let wrong: Vec<String> = all
        .filter_map(|(does, content, layout)| {
            expect(content.what, layout, &made(content, layout, ""), Err(Refusal::Active(does)))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), ACTIVE.len() * LAYOUTS.len(), wrong.join("\n"));
}

#[test]
fn what_asks_for_a_password_is_not_taken() {
    for lock in [Lock::Rc4With40Bits, Lock::Rc4With128Bits, Lock::Aes128, Lock::Aes256] {
        for layout in [
            Layout::Locked(lock),
            Layout::PackedAndLocked(lock),
            Layout::LockedThere(lock),
            Layout::PackedAndLockedThere(lock),
            Layout::LockedWithoutName(lock),
        ] {
            let closed = made(&HARMLESS[0], layout, "secreta");
            assert_eq!(look(&closed), Err(Refusal::Encrypted), "{layout:?}");
        }
    }
}

/// Half an end mark, or what a copier puts there, is left behind, and another file is not.
#[test]
fn what_follows_where_the_end_should_be_is_left_behind() {
    let whole = made(&HARMLESS[0], Layout::WithoutEnd, "");
    for tail in [&b"%%EO"[..], b"%%E", b"\x00\x00\x00", b"<html></html>"] {
        let seen = look_at(Kind::Pdf, &[&whole, tail].concat(), Wish::AsItIs).expect("it is taken");
        assert_eq!((seen.extent, seen.anew.as_deref()), (Extent::Pages(1), Some(&whole[..])), "{tail:?}");
    }
    for tail in [&b"PK\x03\x04"[..], b"MZ", b"%PDF-1.7"] {
        assert_eq!(look(&[&whole, tail].concat()), Err(Refusal::Damaged { kind: Kind::Pdf }), "{tail:?}");
    }
    let cut = &whole[..whole.len() - b"startxref\n000\n".len()];
    assert_eq!(look(cut), Err(Refusal::Damaged { kind: Kind::Pdf }));
}

/// Two readers that take another of two keys would see two files.
#[test]
fn a_file_that_is_encrypted_in_two_ways_is_not_taken() {
    let once = made(&HARMLESS[0], Layout::Locked(Lock::Rc4With128Bits), "");
    let mut other = once.clone();
    let way = written(&Object::Dictionary(Lock::Rc4With40Bits.state("", FILE_ID).encode().unwrap()));
    let place = other.len();
    write!(other, "{LOCK} 0 obj\n{way}\nendobj\n").unwrap();
    let table = other.len();
    let id = digits(FILE_ID);
    write!(
        other,
        "xref\n{LOCK} 1\n{place:010} 00000 n \ntrailer\n<< /Size 100 /Root 1 0 R /Encrypt {LOCK} 0 R /ID [{id} {id}] >>\n\
         startxref\n{table}\n%%EOF\n"
    )
    .unwrap();
    assert_eq!(look(&once), Ok(Extent::Pages(1)));
    assert!(matches!(look(&other), Err(Refusal::TooComplicated | Refusal::Encrypted)), "{:?}", look(&other));
}

/// A stream of objects may say that it is a table, which isn't encrypted; and a link may be one that is
/// harmless only to whoever decrypts it.
#[test]
fn neither_reader_is_deceived() {
    let lock = Layout::Locked(Lock::Aes128);
    let entries = "/Type /XRef /N 1 /First 5 /Filter /FlateDecode";
    let packed: &'static [u8] = deflated(b"50 0 << /S /JavaScript /JS (a) >>").leak();
    for (stream, why) in [
        (Thing::Stream(entries, packed), Refusal::Active(JavaScript)),
        // Whoever decrypts it finds nothing.
        (Thing::Open(entries, packed), Refusal::Damaged { kind: Kind::Pdf }),
    ] {
        let content = of("objects in a table", "", vec![stream].leak());
        assert_eq!(look(&made(&content, lock, "")), Err(why));
    }
    let hidden = of("", "", &[Is("<< /S /URI /URI <66696C653A2F2F6D616C6F2F61> >>")]);
    let seen = look(&made(&hidden, lock, ""));
    assert_eq!(seen, Err(Refusal::Active(Action)), "a link that isn't encrypted");
}
