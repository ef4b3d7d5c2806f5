//! A file to be imported: it is unpacked, cut into lines and read without a panic, within bounds,
//! and the register's look-up can read what is kept of a line.
#![no_main]

use std::io::{Cursor, Read};

use libfuzzer_sys::fuzz_target;
use totem::registry::bulk::lines::{Chunks, Header, lines};
use totem::registry::bulk::rows::{RowReader, needed_columns};
use totem::registry::bulk::unpack::{TableSign, UnpackError, from_stream, from_zip};
use totem::registry::bulk::{Kind, value};

/// A file that gives more than this is a bomb; the importer writes nothing so large to memory.
const MOST_BYTES: u64 = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    let head = &bytes[..bytes.len().min(4)];
    let _ = from_stream(head, Cursor::new(bytes), |unpacked| read_table(unpacked));
    let is_head = |line: &[u8]| !of_header(&Header::read(line)).is_empty();
    let sign = TableSign { columns: needed_columns(Kind::SiiNombres), is_head: &is_head };
    let _ = from_zip(Cursor::new(bytes), sign, |unpacked| read_table(unpacked));
});

fn read_table(unpacked: &mut dyn Read) -> Result<(), UnpackError> {
    let mut bounded = unpacked.take(MOST_BYTES);
    let mut chunks = Chunks::new(&mut bounded);
    let mut readers: Option<Vec<(Kind, RowReader)>> = None;
    while let Ok(Some(chunk)) = chunks.take_next() {
        for line in lines(&chunk) {
            match &mut readers {
                None => readers = Some(of_header(&Header::read(line))),
                Some(readers) => readers.iter_mut().for_each(|(kind, reader)| read_line(*kind, reader, line)),
            }
        }
    }
    Ok(())
}

fn of_header(header: &Header) -> Vec<(Kind, RowReader)> {
    let readers = Kind::ALL.into_iter().map(|kind| RowReader::new(kind, header).map(|reader| (kind, reader)));
    readers.filter_map(Result::ok).collect()
}

fn read_line(kind: Kind, reader: &mut RowReader, line: &[u8]) {
    let mut kept = Vec::new();
    if reader.read_line(line, &mut kept).is_err() {
        return;
    }
    let is_read_again = match kind {
        Kind::SiiNombres | Kind::Res => value::company(&kept).is_some(),
        Kind::Representantes => value::representative(&kept).is_some(),
        Kind::Cedulas => value::card(&kept).is_some(),
    };
    assert!(is_read_again, "{kind:?}");
}
