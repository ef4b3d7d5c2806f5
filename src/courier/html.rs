//! The same sentences once more as HTML, for mail programs that show it: nothing but what the
//! text says, nothing fetched from anywhere, nothing to click.

use zeroize::Zeroizing;

use super::Mail;
use crate::domain::language::Language;
use crate::domain::secret::Secret;

/// Lines that begin so stand apart: a key or a code, to be copied.
const STANDS_APART: &str = "    ";

const PAGE: &str = "margin:0;padding:24px;background:#ffffff;color:#1a1a1a;\
    font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5";
const COLUMN: &str = "max-width:600px;margin:0 auto";
const APART: &str = "font-family:'Courier New',Courier,monospace;font-size:26px;letter-spacing:3px;\
    font-weight:bold;background:#f0f0f0;padding:16px;text-align:center";

/// Grows by a quarter or two with its tags; made at once, so that no copies of a key stay behind.
const ROOM_FOR_TAGS: usize = 4096;

/// A whole page. Paragraphs are what blank lines part.
pub(super) fn page(mail: &Mail) -> Secret {
    let text = mail.body.expose();
    let language = match mail.language {
        Language::Es => "es",
        Language::En => "en",
    };
    let mut page = Zeroizing::new(String::with_capacity(2 * text.len() + ROOM_FOR_TAGS));
    page.push_str("<!DOCTYPE html>\n<html lang=\"");
    page.push_str(language);
    page.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    escape(mail.subject.as_str(), &mut page);
    for part in ["</title>\n</head>\n<body style=\"", PAGE, "\">\n<div style=\"", COLUMN, "\">\n"] {
        page.push_str(part);
    }
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        write_paragraph(paragraph.trim_matches('\n'), &mut page);
    }
    page.push_str("</div>\n</body>\n</html>\n");
    Secret::new(page.as_str())
}

fn write_paragraph(paragraph: &str, page: &mut String) {
    match paragraph.strip_prefix(STANDS_APART) {
        Some(apart) => {
            for part in ["<p style=\"", APART, "\">"] {
                page.push_str(part);
            }
            escape(apart.trim(), page);
        }
        None => {
            page.push_str("<p>");
            for (index, line) in paragraph.lines().enumerate() {
                if index > 0 {
                    page.push_str("<br>\n");
                }
                escape(line, page);
            }
        }
    }
    page.push_str("</p>\n");
}

/// Text that stays text, between tags and within quotes.
fn escape(text: &str, page: &mut String) {
    for symbol in text.chars() {
        match symbol {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            _ => page.push(symbol),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::courier::SendingKey;
    use crate::domain::reference::Id;

    #[test]
    fn sentences_become_paragraphs_and_nothing_becomes_a_tag() {
        let mail = Mail {
            to: "a@example.cl".parse().unwrap(),
            subject: "<b>A & B</b>".into(),
            body: Secret::new("De <img src=x onerror='y'>:\n\n    AB&CD\n\n1. Uno\n2. \"Dos\"\n"),
            language: Language::Es,
            key: SendingKey { errand: Id([1; 16]), generation: 1 },
            at_ms: 0,
            attachment: None,
        };
        let page = page(&mail);
        let body = page.expose();
        for part in [
            "<html lang=\"es\">",
            "<title>&lt;b&gt;A &amp; B&lt;/b&gt;</title>",
            "<p>De &lt;img src=x onerror=&#39;y&#39;&gt;:</p>",
            "\">AB&amp;CD</p>",
            "<p>1. Uno<br>\n2. &quot;Dos&quot;</p>",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
        for fetched in ["http", "src=\"", "url(", "<img", "<a ", "<link", "<script", "@import"] {
            assert!(!body.contains(fetched), "{fetched} in {body}");
        }
    }
}
