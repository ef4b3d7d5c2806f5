//! The root of a `multipart/related` message (RFC 2387): what a service with MTOM sends even when it has
//! nothing to attach. What else it attaches is not read: nothing that is asked for stands there.
//!
//! `mail-parser` reads it as well, and with it all of mail.

use super::charset::parameter;

/// A message of parts whose root can't be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRoot;

/// The XML in what HTTP brought, and what its content type is: itself, or the root of its parts.
///
/// # Errors
/// When there are parts, and the root can't be told or is packed.
pub fn root<'a>(
    bytes: &'a [u8],
    content_type: Option<&'a str>,
) -> Result<(&'a [u8], Option<&'a str>), NoRoot> {
    let is_multipart = |value: &&str| {
        let head = value.trim_start().as_bytes();
        head.get(..10).is_some_and(|head| head.eq_ignore_ascii_case(b"multipart/"))
    };
    let Some(header) = content_type.filter(is_multipart) else { return Ok((bytes, content_type)) };
    let boundary = parameter(header, "boundary").filter(|boundary| !boundary.is_empty()).ok_or(NoRoot)?;
    let parts = parts(bytes, boundary);
    let start = parameter(header, "start").map(bare);
    // Without a name, or if nobody bears it, the first one is the root.
    let named = parts.iter().find(|part| start.is_some() && part.header("content-id").map(bare) == start);
    let root = named.or(parts.first()).ok_or(NoRoot)?;
    match root.header("content-transfer-encoding") {
        None => {}
        Some(encoding)
            if ["binary", "8bit", "7bit"].iter().any(|plain| encoding.eq_ignore_ascii_case(plain)) => {}
        Some(_) => return Err(NoRoot),
    }
    Ok((root.body, root.header("content-type")))
}

/// An identifier without its angle brackets.
fn bare(id: &str) -> &str {
    let id = id.trim();
    id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id)
}

struct MessagePart<'a> {
    head: &'a str,
    body: &'a [u8],
}

impl<'a> MessagePart<'a> {
    /// What a header says, folded over several lines or not.
    fn header(&self, name: &str) -> Option<&'a str> {
        let mut from = 0;
        for line in self.head.split_inclusive('\n') {
            let after = line.split_once(':').filter(|(key, _)| key.trim().eq_ignore_ascii_case(name));
            if let Some((key, _)) = after {
                let rest = &self.head[from + key.len() + 1..];
                let ends = rest.match_indices('\n').find(|(at, _)| !rest[at + 1..].starts_with([' ', '\t']));
                return Some(rest[..ends.map_or(rest.len(), |(at, _)| at)].trim());
            }
            from += line.len();
        }
        None
    }
}

/// The parts that begin with a line of `--boundary` and end before the next one, or with the message.
fn parts<'a>(bytes: &'a [u8], boundary: &str) -> Vec<MessagePart<'a>> {
    let delimiter = format!("--{boundary}");
    let mut begins: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let next = at + line.len();
        if let Some(rest) = line.strip_prefix(delimiter.as_bytes())
            && matches!(rest.trim_ascii(), b"" | b"--")
        {
            begins.push((at, next));
        }
        at = next;
    }
    let ends = begins.iter().skip(1).map(|(at, _)| *at).chain([bytes.len()]);
    begins.iter().zip(ends).filter_map(|((_, from), to)| part(&bytes[*from..to.max(*from)])).collect()
}

/// Head and body of a part; nothing for one without an empty line between them.
fn part(bytes: &[u8]) -> Option<MessagePart<'_>> {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"]
        .map(|blank| memchr::memmem::find(bytes, blank).map(|at| (at, blank.len())));
    let (head, blank) = ends.into_iter().flatten().min()?;
    let head = std::str::from_utf8(&bytes[..head]).ok()?;
    let body = &bytes[head.len() + blank..];
    let body = body.strip_suffix(b"\n").unwrap_or(body);
    Some(MessagePart { head, body: body.strip_suffix(b"\r").unwrap_or(body) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TYPE: &str = "multipart/related; boundary=b; start=\"<two>\"";

    #[test]
    fn the_root_by_its_name_or_the_first() {
        let message =
            b"--b\r\nContent-Id: <one>\r\n\r\n1\r\n--b\r\ncontent-type: text/xml;\r\n charset=utf-8\r\n\
            CONTENT-ID: <two>\r\n\r\n2\r\n\r\n--b--\r\nafter";
        assert_eq!(root(message, Some(TYPE)), Ok((&b"2\r\n"[..], Some("text/xml;\r\n charset=utf-8"))));
        assert_eq!(root(message, Some("multipart/related; boundary=b")), Ok((&b"1"[..], None)));
        assert_eq!(root(message, Some("multipart/related; boundary=c")), Err(NoRoot));
        assert_eq!(root(message, Some("multipart/related")), Err(NoRoot));
        assert_eq!(root(b"--b\n\n", Some(TYPE)), Err(NoRoot));
        let packed = b"--b\nContent-Transfer-Encoding: base64\n\nMg==\n--b--";
        assert_eq!(root(packed, Some(TYPE)), Err(NoRoot));
        assert_eq!(root(b"<a/>", Some("text/xml")), Ok((&b"<a/>"[..], Some("text/xml"))));
        assert_eq!(root(b"<a/>", None), Ok((&b"<a/>"[..], None)));
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_root_or_none(bytes in "(--b|--|\r|\n|Content-Type:|:|<two>|x){0,40}") {
            let _ = root(bytes.as_bytes(), Some(TYPE));
        }
    }
}
