//! How a file with some content is laid out: plain, saved twice, packed, encrypted.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter, Rc4CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, ObjectId, Permissions};

use super::super::pdf::deflated;

/// An object of a file.
#[derive(Clone, Copy)]
pub enum Thing {
    Is(&'static str),
    Stream(&'static str, &'static [u8]),
    /// A stream that isn't encrypted, though the file is.
    Open(&'static str, &'static [u8]),
}
use Thing::{Is, Stream};

/// What stands in a file besides its page: entries of its catalogue, and objects from 4 on.
#[derive(Clone, Copy)]
pub struct Content {
    pub what: &'static str,
    pub catalogue: &'static str,
    pub things: &'static [Thing],
}

pub const fn of(what: &'static str, catalogue: &'static str, things: &'static [Thing]) -> Content {
    Content { what, catalogue, things }
}

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One object after the other, and a table.
    Plain,
    /// The content replaces what a first saving left.
    SavedAgain,
    /// Packed in a stream of objects.
    Packed,
    /// Encrypted, and opened by no password at all.
    Locked(Lock),
    /// Both.
    PackedAndLocked(Lock),
    /// It says how it is encrypted where its table says that it is, in no object of its own.
    LockedThere(Lock),
    /// Both that and packed.
    PackedAndLockedThere(Lock),
    /// It has no name, of which the key would come.
    LockedWithoutName(Lock),
    /// No end mark stands at its end, nor anywhere.
    WithoutEnd,
    /// The same, packed.
    PackedWithoutEnd,
}

impl Layout {
    fn lock(self) -> Option<Lock> {
        match self {
            Layout::Locked(lock)
            | Layout::PackedAndLocked(lock)
            | Layout::LockedThere(lock)
            | Layout::PackedAndLockedThere(lock)
            | Layout::LockedWithoutName(lock) => Some(lock),
            Layout::Plain
            | Layout::SavedAgain
            | Layout::Packed
            | Layout::WithoutEnd
            | Layout::PackedWithoutEnd => None,
        }
    }

    fn is_packed(self) -> bool {
        matches!(
            self,
            Layout::Packed
                | Layout::PackedAndLocked(_)
                | Layout::PackedAndLockedThere(_)
                | Layout::PackedWithoutEnd
        )
    }

    fn name(self) -> &'static [u8] {
        if matches!(self, Layout::LockedWithoutName(_)) { b"" } else { FILE_ID }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    Rc4With40Bits,
    Rc4With128Bits,
    Aes128,
    Aes256,
}

pub const LAYOUTS: [Layout; 17] = [
    Layout::Plain,
    Layout::SavedAgain,
    Layout::Packed,
    Layout::Locked(Lock::Rc4With40Bits),
    Layout::Locked(Lock::Rc4With128Bits),
    Layout::Locked(Lock::Aes128),
    Layout::PackedAndLocked(Lock::Aes128),
    Layout::PackedAndLocked(Lock::Aes256),
    Layout::LockedThere(Lock::Rc4With40Bits),
    Layout::LockedThere(Lock::Rc4With128Bits),
    Layout::LockedThere(Lock::Aes128),
    Layout::PackedAndLockedThere(Lock::Aes128),
    Layout::PackedAndLockedThere(Lock::Aes256),
    Layout::LockedWithoutName(Lock::Rc4With128Bits),
    Layout::LockedWithoutName(Lock::Aes128),
    Layout::WithoutEnd,
    Layout::PackedWithoutEnd,
];

pub const FILE_ID: &[u8] = b"0123456789abcdef";
/// What readers are asked not to do doesn't matter to whoever only looks.
const READ_ONLY: Permissions = Permissions::COPYABLE_FOR_ACCESSIBILITY;
const FILE_KEY: [u8; 32] = [0x5A; 32];
/// The number of the stream of objects.
const PACKED: u32 = 90;
/// The number of what says how the file is encrypted.
pub const LOCK: u32 = 91;

impl Lock {
    pub fn state(self, user_password: &'static str, name: &[u8]) -> EncryptionState {
        let mut document = Document::new();
        document.trailer.set("ID", vec![Object::string_literal(name), Object::string_literal(name)]);
        let (document, permissions, owner_password) = (&document, READ_ONLY, "dueño");
        let named = |filter: Arc<dyn CryptFilter>| BTreeMap::from([(b"StdCF".to_vec(), filter)]);
        let (stream_filter, string_filter) = (b"StdCF".to_vec(), b"StdCF".to_vec());
        let version = match self {
            Lock::Rc4With40Bits => {
                EncryptionVersion::V1 { document, owner_password, user_password, permissions }
            }
            Lock::Rc4With128Bits => EncryptionVersion::V2 {
                document,
                owner_password,
                user_password,
                key_length: 128,
                permissions,
            },
            Lock::Aes128 => EncryptionVersion::V4 {
                document,
                encrypt_metadata: true,
                crypt_filters: named(Arc::new(Aes128CryptFilter)),
                stream_filter,
                string_filter,
                owner_password,
                user_password,
                permissions,
            },
            Lock::Aes256 => EncryptionVersion::V5 {
                encrypt_metadata: true,
                crypt_filters: named(Arc::new(Aes256CryptFilter)),
                file_encryption_key: &FILE_KEY,
                stream_filter,
                string_filter,
                owner_password,
                user_password,
                permissions,
            },
        };
        EncryptionState::try_from(version).unwrap()
    }

    fn filter(self) -> Box<dyn CryptFilter> {
        match self {
            Lock::Rc4With40Bits | Lock::Rc4With128Bits => Box::new(Rc4CryptFilter),
            Lock::Aes128 => Box::new(Aes128CryptFilter),
            Lock::Aes256 => Box::new(Aes256CryptFilter),
        }
    }
}

/// Encrypts what an object holds, if the file is encrypted.
struct Locker(Option<(EncryptionState, Box<dyn CryptFilter>)>);

impl Locker {
    fn bytes(&self, number: u32, bytes: &[u8]) -> Vec<u8> {
        let Some((state, filter)) = &self.0 else { return bytes.to_vec() };
        let id: ObjectId = (number, 0);
        let key = filter.compute_key(state.file_encryption_key(), id).unwrap();
        filter.encrypt(&key, bytes).unwrap()
    }

    /// The object with each text in brackets encrypted, and written as digits.
    fn texts(&self, number: u32, object: &str) -> String {
        if self.0.is_none() {
            return object.to_string();
        }
        let (mut locked, mut letters) = (String::new(), object.chars());
        while let Some(letter) = letters.next() {
            if letter != '(' {
                locked.push(letter);
                continue;
            }
            let mut text = Vec::new();
            while let Some(letter) = letters.next().filter(|letter| *letter != ')') {
                let letter = if letter == '\\' { letters.next().unwrap() } else { letter };
                text.extend(letter.to_string().as_bytes());
            }
            locked.push_str(&digits(&self.bytes(number, &text)));
        }
        locked
    }

    fn thing(&self, number: u32, thing: Thing) -> Vec<u8> {
        match thing {
            Is(object) => self.texts(number, object).into_bytes(),
            Thing::Open(entries, content) => self.stream(entries, content),
            Stream(entries, content) => {
                self.stream(&self.texts(number, entries), &self.bytes(number, content))
            }
        }
    }

    fn stream(&self, entries: &str, raw: &[u8]) -> Vec<u8> {
        let head = format!("<< {entries} /Length {} >>\nstream\n", raw.len());
        [head.as_bytes(), raw, b"\nendstream"].concat()
    }
}

pub fn digits(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("<{digits}>")
}

/// As it stands in a file.
pub fn written(object: &Object) -> String {
    match object {
        Object::Integer(number) => number.to_string(),
        Object::Boolean(is) => is.to_string(),
        Object::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
        Object::String(text, _) => digits(text),
        Object::Dictionary(dictionary) => {
            let entries = dictionary.iter();
            let entries =
                entries.map(|(key, value)| format!("/{} {}", String::from_utf8_lossy(key), written(value)));
            format!("<< {} >>", entries.collect::<Vec<_>>().join(" "))
        }
        other => unreachable!("{other:?}"),
    }
}

/// A file that is written, and to which a table or a stream leads.
struct File {
    bytes: Vec<u8>,
    places: BTreeMap<u32, usize>,
}

impl File {
    fn object(&mut self, number: u32, object: &[u8]) {
        self.places.insert(number, self.bytes.len());
        writeln!(self.bytes, "{number} 0 obj").unwrap();
        self.bytes.extend(object);
        self.bytes.extend(b"\nendobj\n");
    }

    fn table(&mut self, trailer: &str, before: Option<usize>) -> usize {
        let table = self.bytes.len();
        self.bytes.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, place) in &self.places {
            write!(self.bytes, "{number} 1\n{place:010} 00000 n \n").unwrap();
        }
        let before = before.map_or(String::new(), |before| format!("/Prev {before}"));
        write!(
            self.bytes,
            "trailer\n<< /Size 100 /Root 1 0 R {trailer} {before} >>\nstartxref\n{table}\n%%EOF\n"
        )
        .unwrap();
        table
    }

    /// The table as a stream, which is never encrypted; `packed` are in the stream of objects.
    fn table_as_a_stream(&mut self, trailer: &str, packed: &[u32]) {
        let table = self.bytes.len();
        let mut rows = Vec::new();
        for number in 0..100_u32 {
            let (kind, second, third) = match packed.iter().position(|known| *known == number) {
                Some(index) => (2, PACKED, index as u8),
                None if number == 99 => (1, u32::try_from(table).unwrap(), 0),
                None => match self.places.get(&number) {
                    Some(place) => (1, u32::try_from(*place).unwrap(), 0),
                    None => (0, 0, 0),
                },
            };
            rows.push(kind);
            rows.extend(second.to_be_bytes());
            rows.push(third);
        }
        let rows = deflated(&rows);
        let length = rows.len();
        write!(
            self.bytes,
            "99 0 obj\n<< /Type /XRef /Size 100 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode {trailer} /Length {length} >>\nstream\n"
        )
        .unwrap();
        self.bytes.extend(rows);
        write!(self.bytes, "\nendstream\nendobj\nstartxref\n{table}\n%%EOF\n").unwrap();
    }
}

/// How it is encrypted, and which file it is, as far as the table says so.
fn said_in_trailer(file: &mut File, locker: &Locker, layout: Layout) -> String {
    let Some((state, _)) = &locker.0 else { return String::new() };
    let way = written(&Object::Dictionary(state.encode().unwrap()));
    let id = format!("/ID [{} {}]", digits(FILE_ID), digits(FILE_ID));
    match layout {
        Layout::LockedThere(_) | Layout::PackedAndLockedThere(_) => format!("/Encrypt {way} {id}"),
        _ => {
            file.object(LOCK, way.as_bytes());
            format!("/Encrypt {LOCK} 0 R {}", if layout.name().is_empty() { "" } else { &id })
        }
    }
}

pub fn made(content: &Content, layout: Layout, user_password: &'static str) -> Vec<u8> {
    let locker = Locker(layout.lock().map(|lock| (lock.state(user_password, layout.name()), lock.filter())));
    let mut file = File { bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), places: BTreeMap::new() };
    let catalogue = |entries: &str| format!("<< /Type /Catalog /Pages 2 0 R {entries} >>");
    let pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>";
    let mut before = None;
    if layout == Layout::SavedAgain {
        file.object(1, catalogue("").as_bytes());
        file.object(2, pages.as_bytes());
        file.object(3, page.as_bytes());
        before = Some(file.table("", None));
        file.places.clear();
    }
    let mut all = vec![(1, catalogue(content.catalogue)), (2, pages.to_string()), (3, page.to_string())];
    let mut streams = Vec::new();
    for (number, thing) in (4..).zip(content.things) {
        match thing {
            Is(object) => all.push((number, (*object).to_string())),
            stream => streams.push((number, *stream)),
        }
    }
    for (number, stream) in streams {
        file.object(number, &locker.thing(number, stream));
    }
    let trailer = said_in_trailer(&mut file, &locker, layout);
    if layout.is_packed() {
        let (mut head, mut objects) = (String::new(), String::new());
        for (number, object) in &all {
            head.push_str(&format!("{number} {} ", objects.len()));
            objects.push_str(object);
            objects.push('\n');
        }
        let entries = format!("/Type /ObjStm /N {} /First {} /Filter /FlateDecode", all.len(), head.len());
        let raw = locker.bytes(PACKED, &deflated((head + &objects).as_bytes()));
        file.object(PACKED, &locker.stream(&entries, &raw));
        let packed: Vec<u32> = all.iter().map(|(number, _)| *number).collect();
        file.table_as_a_stream(&trailer, &packed);
    } else {
        for (number, object) in &all {
            file.object(*number, locker.texts(*number, object).as_bytes());
        }
        file.table(&trailer, before);
    }
    if matches!(layout, Layout::WithoutEnd | Layout::PackedWithoutEnd) {
        let end = file.bytes.len() - b"%%EOF\n".len();
        file.bytes.truncate(end);
    }
    file.bytes
}
