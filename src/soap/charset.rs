//! Which characters the bytes of an answer are. HTTP, XML and the bytes themselves each say so, and services
//! let them contradict one another: a server that adds its own default charset is enough.
//!
//! A byte-order mark is never there by chance, and what is UTF-8 to the last byte is nothing else by chance:
//! they are believed first. Of the rest, a name that is declared counts if it fits, and windows-1252 if none
//! does: it is Latin-1 with a few more quotation marks, and what HTTP took `text/*` for as long as nothing was
//! said (RFC 2616, 3.7.1). The marks of XML and the words that decide are ASCII in all of them.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The bytes are of an encoding that isn't known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownEncoding;

/// The text of an answer, without its byte-order mark.
///
/// # Errors
/// When the bytes don't fit their mark, or are neither UTF-8 nor of any encoding that is declared, though
/// one is.
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Cow<'a, str>, UnknownEncoding> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark_bytes..]);
        return text.ok_or(UnknownEncoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let labels = [content_type.and_then(|value| parameter(value, "charset")), declared(bytes)];
    let named: Vec<Option<&Encoding>> =
        labels.iter().flatten().map(|label| Encoding::for_label(label.as_bytes())).collect();
    if named.contains(&None) {
        return Err(UnknownEncoding);
    }
    let other = named.into_iter().flatten().find(|encoding| *encoding != UTF_8).unwrap_or(WINDOWS_1252);
    other.decode_without_bom_handling_and_without_replacement(bytes).ok_or(UnknownEncoding)
}

/// A parameter of a header: `utf-8` of `text/xml; charset="utf-8"`, if `charset` is asked for.
pub fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim_end(), &after[end..])
            }
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = next.split_once(';')?.1;
    }
}

/// `utf-8` of `<?xml version="1.0" encoding="utf-8"?>`.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(200)];
    let head = head.strip_prefix(b"<?xml")?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let head = std::str::from_utf8(&head[..end]).ok()?;
    let (_, value) = head.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_a_header() {
        let header = "Multipart/Related; start-info=\"a; boundary=no\"; BOUNDARY = \"x y\" ;charset=utf-8";
        assert_eq!(parameter(header, "boundary"), Some("x y"));
        assert_eq!(parameter(header, "charset"), Some("utf-8"));
        assert_eq!(parameter(header, "start"), None);
        assert_eq!(parameter("text/xml; charset=utf-8 ; x=1", "charset"), Some("utf-8"));
        for none in ["text/xml", "text/xml;", "text/xml; charset", "text/xml; charset=\"utf-8"] {
            assert_eq!(parameter(none, "charset"), None, "{none}");
        }
    }

    #[test]
    fn the_mark_then_utf8_then_what_is_declared() {
        let text = |bytes: &[u8], content_type| decode(bytes, content_type).map(Cow::into_owned);
        let latin1 = Some("text/xml; charset=iso-8859-1");
        assert_eq!(text("\u{feff}Ñ".as_bytes(), latin1).unwrap(), "Ñ");
        assert_eq!(text("Ñ".as_bytes(), latin1).unwrap(), "Ñ");
        assert_eq!(text(b"\xd1 \x93", latin1).unwrap(), "Ñ “", "whoever says Latin-1 means windows-1252");
        assert_eq!(text(b"\xd1", None).unwrap(), "Ñ");
        assert_eq!(
            text(b"<?xml version='1.0' encoding='iso-8859-15'?>\xa4", latin1).unwrap().pop(),
            Some('¤')
        );
        let utf8 = Some("text/xml; charset=utf-8");
        assert_eq!(text(b"<?xml version='1.0' encoding='iso-8859-15'?>\xa4", utf8).unwrap().pop(), Some('€'));
        assert_eq!(text(b"\xff\xfeA\0", None).unwrap(), "A");
        for (bytes, content_type) in [
            (&b"\xef\xbb\xbf\xd1"[..], None),
            (b"\xd1", Some("text/xml; charset=ebcdic")),
            (b"<?xml version='1.0' encoding='ibm850'?>\xd1", None),
            (b"\xff\xfe\x00\xd8\x41\x00", None),
        ] {
            assert_eq!(text(bytes, content_type), Err(UnknownEncoding), "{bytes:?}");
        }
    }
}
