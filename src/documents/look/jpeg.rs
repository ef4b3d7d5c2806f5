//! Whether a JPEG is whole. The decoder silently fills what is missing with grey.

const MARKER: u8 = 0xFF;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
/// What is put behind a picture without an end: more than its last row of blocks takes.
const FILLING_BYTES: usize = 4096;
/// So many zeros in a row are no picture.
const PADDING_BYTES: usize = 16;
/// So many of them may be the picture's last, and what they could hide is no more than a block or two.
const PICTURE_ZEROS: usize = 2;

/// How a JPEG ends.
#[derive(Debug, PartialEq, Eq)]
pub enum JpegEnd {
    /// By its mark. What comes after that is not looked at: it is left behind when the image is
    /// written anew.
    Marked,
    /// Within the data of a scan, so long after its beginning: all of it may be there, or not.
    Open(usize),
    /// Before there could be a picture.
    Missing,
}

/// Follows its segments to the end.
pub fn ending(bytes: &[u8]) -> JpegEnd {
    let mut at = 2;
    let mut has_scan = false;
    while let Some((marker, after)) = next_marker(bytes, at) {
        at = match marker {
            END_OF_IMAGE => return JpegEnd::Marked,
            // Restarts and TEM stand alone.
            0x01 | 0xD0..=0xD8 => after,
            _ => {
                let Some(length) = bytes.get(after..after + 2) else { return JpegEnd::Missing };
                let end = after + usize::from(u16::from_be_bytes([length[0], length[1]]));
                has_scan = marker == START_OF_SCAN && end < bytes.len();
                if marker == START_OF_SCAN { end_of_scan(bytes, end) } else { end }
            }
        };
    }
    match has_scan {
        true => JpegEnd::Open(without_padding(bytes).len()),
        false => JpegEnd::Missing,
    }
}

/// The same picture with an end, twice, with other bytes before it. Only where nothing is missing of
/// the picture do both show the same.
pub fn ended_in_two_ways(bytes: &[u8], length: usize) -> [Vec<u8>; 2] {
    [0x00, 0xAA].map(|filling| {
        let mut ended = bytes[..length].to_vec();
        ended.resize(length + FILLING_BYTES, filling);
        ended.extend([MARKER, END_OF_IMAGE]);
        ended
    })
}

/// Without the zeros that a copy that broke off leaves, and without half a marker.
fn without_padding(bytes: &[u8]) -> &[u8] {
    let content = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let zeros = bytes.len() - content;
    if zeros >= PADDING_BYTES {
        &bytes[..content + PICTURE_ZEROS]
    } else if zeros == 0 && bytes.last() == Some(&MARKER) {
        &bytes[..content - 1]
    } else {
        bytes
    }
}

/// The marker at or after a place, and where what follows it begins.
fn next_marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let mut at = at + bytes.get(at..)?.iter().position(|byte| *byte == MARKER)?;
    // Any number of 0xFF may stand before a marker.
    while bytes.get(at) == Some(&MARKER) {
        at += 1;
    }
    Some((*bytes.get(at)?, at + 1))
}

/// Where a marker stands that ends the scan's data: neither an escaped 0xFF nor a restart.
fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let data = bytes.get(from..).unwrap_or_default();
    let is_end = |pair: &[u8]| pair[0] == MARKER && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | MARKER);
    data.windows(2).position(is_end).map_or(bytes.len(), |place| from + place)
}
