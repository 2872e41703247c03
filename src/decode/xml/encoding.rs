//! The text of an XML file, whatever its bytes say or do not say about their encoding.

use super::attributes::Attributes;
use crate::{
    problem::{Code, Effect, Problem},
    text::encoding,
};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Decodes bytes into text: BOM, UTF-16, a declared encoding, and Windows-1252 for bytes that are no UTF-8.
pub fn text(bytes: &[u8]) -> (Cow<'_, str>, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = match encoding::shown(bytes) {
        Some((encoding, rest)) => encoding.decode_without_bom_handling(rest).0,
        None => single_bytes(bytes, &mut problems),
    };
    if text.trim_start().len() < text.len() && text.trim_start().starts_with("<?xml") {
        problems.push(leading_blanks());
    }
    (text, problems)
}

fn leading_blanks() -> Problem {
    Problem::new(
        Code::LeadingBytes,
        Effect::Noted,
        "byte 0",
        "there are blanks before the XML declaration",
        "They were ignored.",
    )
}

/// Text that is neither UTF-16 nor marked: UTF-8 when it is valid, else as declared, else Windows-1252.
fn single_bytes<'b>(bytes: &'b [u8], problems: &mut Vec<Problem>) -> Cow<'b, str> {
    let declared =
        declared_encoding(bytes).filter(|e| *e != UTF_16LE && *e != UTF_16BE && *e != UTF_8);
    match (std::str::from_utf8(bytes), declared) {
        (Ok(text), None) => return Cow::Borrowed(text),
        // Valid UTF-8 under a one-byte label is ASCII, or UTF-8 with the wrong label.
        (Ok(text), Some(encoding)) if encoding.is_single_byte() => return Cow::Borrowed(text),
        (_, Some(encoding)) => return encoding.decode_without_bom_handling(bytes).0,
        (Err(_), None) => {}
    }
    let (text, encoding, faults) = encoding::likeliest(bytes);
    problems.push(Problem::new(
        Code::TextEncoding,
        Effect::Noted,
        "",
        format!("{faults} bytes are not UTF-8"),
        format!("The text was read as {}.", encoding.name()),
    ));
    text
}

/// The encoding named by the XML declaration, when encoding_rs knows it.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..256).unwrap_or(bytes));
    let label = Attributes::of(declaration(&head)?).get("encoding")?;
    Encoding::for_label(label.trim().as_bytes())
}

fn declaration(head: &str) -> Option<&str> {
    head.trim_start_matches(is_blank)
        .strip_prefix("<?xml")?
        .split("?>")
        .next()
}

/// What may stand before an XML declaration or behind the root element: blanks, byte order marks, zeros.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\0'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_every_encoding() {
        let utf16 = |text: &str, to: fn(u16) -> [u8; 2]| {
            text.encode_utf16().flat_map(to).collect::<Vec<u8>>()
        };
        let check = |bytes: Vec<u8>, expected: &str, code: Option<Code>| {
            let (text, problems) = text(&bytes);
            assert_eq!((&*text, problems.first().map(|p| p.code)), (expected, code));
        };
        check("<a>ü</a>".into(), "<a>ü</a>", None);
        check("\u{feff}<a>ü</a>".into(), "<a>ü</a>", None);
        check(utf16("<a>ü</a>", u16::to_le_bytes), "<a>ü</a>", None);
        check(
            utf16("\u{feff}<a>ü</a>", u16::to_be_bytes),
            "<a>ü</a>",
            None,
        );
        check(b"<a>\xfc</a>".into(), "<a>ü</a>", Some(Code::TextEncoding));
        check(
            "<a>üü</a>".bytes().chain(*b"\xfc").collect(),
            "<a>üü</a>\u{fffd}",
            Some(Code::TextEncoding),
        );
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?>\xe4";
        check(
            latin.into(),
            "<?xml version='1.0' encoding='ISO-8859-1'?>ä",
            None,
        );
        check(
            b" <?xml version='1.0'?>".into(),
            " <?xml version='1.0'?>",
            Some(Code::LeadingBytes),
        );
    }
}
