//! What a file is by its root element, and why it is of no use.

use super::{
    attributes::local,
    encoding::{is_blank, text},
    walker::reader,
};
use crate::{
    problem::{Code, Effect, Problem},
    text::line::title,
};
use quick_xml::events::Event as XmlEvent;

/// Longest input read, bytes (src/method/limits.md, Sizes; the longest real file has 4.2 MB).
pub const INPUT_BYTES_MAX: usize = 256 << 20;

/// Whether the root element of a file that begins with `head` is one of `roots`, whatever the file is called.
pub fn has_root(head: &[u8], roots: &[&str]) -> bool {
    if !begins_with_markup(head) {
        return false;
    }
    let (text, _) = text(head);
    let mut reader = reader(text.trim_start_matches(is_blank));
    loop {
        match reader.read_event() {
            Ok(XmlEvent::Start(tag) | XmlEvent::Empty(tag)) => {
                return roots.contains(&local(tag.name().0));
            }
            Ok(XmlEvent::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

fn begins_with_markup(head: &[u8]) -> bool {
    let first = head.iter().take(64).find(|b| !is_padding(**b));
    first == Some(&b'<')
}

/// Why bytes are not even looked at: there are none, or more than [`INPUT_BYTES_MAX`].
pub fn unusable_size(bytes: &[u8]) -> Option<Problem> {
    let (code, detail) = match bytes.len() {
        0 => (Code::EmptyFile, "the file is empty".to_string()),
        len if len > INPUT_BYTES_MAX => (
            Code::TooLarge,
            format!("{len} bytes, more than {INPUT_BYTES_MAX}"),
        ),
        _ => return None,
    };
    Some(not_used(code, detail))
}

fn not_used(code: Code, detail: String) -> Problem {
    Problem::new(code, Effect::Failed, "", detail, "The file was not used.")
}

/// The problem of a file whose root element is none of its format's `roots`.
pub fn wrong_root(roots: &[&str], found: Option<&str>) -> Problem {
    let expected = roots.first().copied().unwrap_or_default();
    let found = found.map(|found| title(found).unwrap_or_default());
    let detail = match found {
        Some(found) => format!("the root element is <{found}>, not <{expected}>"),
        None => "the file holds no XML element".to_string(),
    };
    not_used(Code::NoActivity, detail)
}

/// Bytes that may stand before the first `<` in any of the encodings: blanks, BOMs, the zeros of UTF-16.
fn is_padding(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)
}
