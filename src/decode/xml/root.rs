//! What a file is by its root element, and why it is of no use.

use super::{
    attributes::local,
    encoding::{is_blank, text},
};
use crate::{
    problem::{Code, Effect, Problem},
    text::line::title,
};
use std::cmp::Ordering;

/// Fewer letters of a name are no name.
const LETTERS_MIN: usize = 4;
/// Longest input read, bytes (src/method/limits.md, Sizes; the longest real file has 4.2 MB).
pub const INPUT_BYTES_MAX: usize = 256 << 20;

/// Whether the root element of a file that begins with `head` is one of `roots`, whatever the file is called.
pub fn has_root(head: &[u8], roots: &[&str]) -> bool {
    let (text, _) = text(head);
    let text = text.trim_start_matches(is_blank);
    begins_with_markup(text, roots) && first_element(text).is_some_and(|name| is_root(name, roots))
}

/// Whether an element is one of `roots`, or one of them with a letter damaged: a bit that flipped must not cost the file.
pub fn is_root(name: &str, roots: &[&str]) -> bool {
    roots.iter().any(|root| is_nearly(name, root))
}

/// Whether a name is this one, or this one with one letter damaged, or what stood behind it, or from there on.
pub fn is_nearly(name: &str, right: &str) -> bool {
    let pairs = name.chars().zip(right.chars());
    let apart = pairs.filter(|(a, b)| a != b).count();
    match name.chars().count().cmp(&right.chars().count()) {
        Ordering::Equal => apart <= 1,
        Ordering::Greater => {
            apart == 0 && !name[right.len()..].starts_with(|c: char| c.is_ascii_alphabetic())
        }
        Ordering::Less => apart == 0 && name.len() > right.len() / 4 && name.len() >= LETTERS_MIN,
    }
}

/// The name of the first element. Comments, instructions and declarations stand before it, whole or damaged.
fn first_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let (_, tag) = rest.split_once('<')?;
        rest = match tag.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->")?.1,
            None => tag,
        };
        let is_whole = tag.contains('>');
        if is_name_start(tag) {
            return Some(local(raw_name(tag))).filter(|_| is_whole);
        }
    }
}

/// The name that a tag begins with, damaged letters among it.
fn raw_name(tag: &str) -> &str {
    let end = tag.find(|c: char| c.is_whitespace() || "</>=\"'".contains(c));
    tag.get(..end.unwrap_or(tag.len()))
        .unwrap_or_default()
        .trim_end_matches(':')
}

/// Whether a name may begin so: with more than XML allows, for its first letter may be damaged.
pub(super) fn is_name_start(tag: &str) -> bool {
    !tag.starts_with(|c: char| c.is_whitespace() || "?!/>=\"'<".contains(c)) && !tag.is_empty()
}

/// Whether markup stands first, or did before its first letter was damaged.
fn begins_with_markup(text: &str, roots: &[&str]) -> bool {
    let mut letters = text.chars();
    let is_bracket = letters.next() == Some('<');
    let is_known =
        |rest: &str| rest.starts_with("?xml ") || roots.iter().any(|root| rest.starts_with(root));
    is_bracket || is_known(letters.as_str())
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
