//! Whether a JPEG is whole. The decoder silently fills what is missing with grey.

const MARKER: u8 = 0xFF;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;

/// Whether its segments lead to the end of the image. What comes after that is not looked at: it
/// is left behind when the image is written anew.
pub fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some((marker, after)) = next_marker(bytes, at) {
        at = match marker {
            END_OF_IMAGE => return true,
            // Restarts and TEM stand alone.
            0x01 | 0xD0..=0xD8 => after,
            _ => {
                let Some(length) = bytes.get(after..after + 2) else { return false };
                let end = after + usize::from(u16::from_be_bytes([length[0], length[1]]));
                if marker == START_OF_SCAN { end_of_scan(bytes, end) } else { end }
            }
        };
    }
    false
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
