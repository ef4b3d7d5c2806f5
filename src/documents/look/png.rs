//! Whether a PNG is whole. The decoder stops once it has all rows.

const SIGNATURE_BYTES: usize = 8;

/// Whether its chunks lead to the last one. What comes after that is left behind when the image is
/// written anew.
pub fn is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(SIGNATURE_BYTES..).unwrap_or_default();
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, kind @ ..] = *head;
        let Some(end) = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok().and_then(|n| n.checked_add(4))
        else {
            return false;
        };
        let Some(next) = after.get(end..) else { return false };
        if kind == *b"IEND" {
            return true;
        }
        rest = next;
    }
    false
}
