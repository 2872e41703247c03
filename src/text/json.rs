//! Takes a JSON text apart without reading it, so that damage to one entry costs that entry alone.
//!
//! Only brackets, commas and strings are looked at; every piece is then read by itself. The walk is linear, keeps nothing and
//! does not recurse, so that neither depth nor size of a hostile file matters.

use super::number::{self, Number};
use memchr::memchr2;
use serde_json::Value;
use std::borrow::Cow;

/// One value of a JSON text as it is written there; perhaps not whole, perhaps no JSON at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'t> {
    /// Its bytes without the blanks around them.
    pub bytes: &'t [u8],
    /// Whether the text ended before the array or object that it stands in did.
    pub is_cut: bool,
}

/// The pieces of an array or object, in order.
#[derive(Debug, Clone)]
pub struct Items<'t> {
    text: &'t [u8],
    at: usize,
    is_closed: bool,
}

impl<'t> Piece<'t> {
    /// A whole file, without its byte order mark.
    pub fn document(bytes: &'t [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        Piece {
            bytes: bytes.trim_ascii(),
            is_cut: false,
        }
    }

    /// Whether it begins like an array.
    pub fn is_array(self) -> bool {
        self.bytes.first() == Some(&b'[')
    }

    /// Whether it begins like an object.
    pub fn is_object(self) -> bool {
        self.bytes.first() == Some(&b'{')
    }

    /// Where the text of an array or object ends too early or goes on too long, bytes from its beginning; None: its brackets pair up.
    pub fn imbalance(self) -> Option<usize> {
        let end = after_brackets(self.bytes).unwrap_or(usize::MAX);
        (end != self.bytes.len()).then_some(end.min(self.bytes.len()))
    }

    /// The elements of an array, or the members of an object as `"name": value`; nothing of anything else.
    pub fn items(self) -> Items<'t> {
        let text = if self.is_array() || self.is_object() {
            self.bytes
        } else {
            b"[]"
        };
        Items {
            text,
            at: 1,
            is_closed: false,
        }
    }

    /// The elements of an array; an object is its own only entry.
    pub fn entries(self) -> impl Iterator<Item = Piece<'t>> {
        let itself = self.is_object().then_some(self);
        let bytes = if self.is_array() { self.bytes } else { b"[]" };
        itself.into_iter().chain(Piece { bytes, ..self }.items())
    }

    /// Names and values of an object's members; nothing of anything else.
    pub fn members(self) -> impl Iterator<Item = (Cow<'t, str>, Piece<'t>)> {
        let bytes = if self.is_object() { self.bytes } else { b"{}" };
        let object = Piece { bytes, ..self };
        object.items().filter_map(Piece::member)
    }

    /// The values that members of this name have, in `{"name": …}` or `[{"name": …}, …]`.
    pub fn values_of(self, name: &'static str) -> impl Iterator<Item = Piece<'t>> {
        self.entries()
            .flat_map(Piece::members)
            .filter(move |(found, _)| found == name)
            .map(|(_, value)| value)
    }

    /// A member's name and value.
    fn member(self) -> Option<(Cow<'t, str>, Piece<'t>)> {
        if self.bytes.first() != Some(&b'"') {
            return None;
        }
        let (name, rest) = self.bytes.split_at_checked(after_string(self.bytes, 0)?)?;
        let value = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii();
        let name = name.get(1..name.len() - 1).unwrap_or_default();
        // No name that niggle reads has an escape in it.
        Some((
            String::from_utf8_lossy(name),
            Piece {
                bytes: value,
                ..self
            },
        ))
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if self.is_closed {
            return None;
        }
        let rest = self.text.get(self.at..)?;
        let gap = gap(rest);
        let rest = rest.get(gap..)?;
        self.at += gap;
        self.is_closed = matches!(rest.first()?, b']' | b'}');
        if self.is_closed {
            return None;
        }
        let length = length(rest);
        let bytes = rest.get(..length.unwrap_or(rest.len()))?;
        self.at += bytes.len();
        Some(Piece {
            bytes: bytes.trim_ascii(),
            is_cut: length.is_none(),
        })
    }
}

/// A number, also one written as text.
pub fn number(value: Option<&Value>) -> Number {
    match value {
        None | Some(Value::Null) => Number::Missing,
        Some(Value::Number(number)) => Number::of(number.as_f64()),
        Some(Value::String(text)) => number::number(text),
        Some(_) => Number::Bad,
    }
}

/// How many blanks and commas stand in front of an item.
fn gap(text: &[u8]) -> usize {
    text.iter()
        .position(|byte| !byte.is_ascii_whitespace() && *byte != b',')
        .unwrap_or(text.len())
}

/// How long the item is that the text begins with; None when the text ends before a comma or bracket ends the item.
fn length(text: &[u8]) -> Option<usize> {
    find(text, |byte, depth| {
        depth == 0 && matches!(byte, b']' | b'}' | b',')
    })
}

/// Where the bracket that the text begins with is closed; None when the text ends before.
fn after_brackets(text: &[u8]) -> Option<usize> {
    find(text, |byte, depth| {
        depth <= 1 && matches!(byte, b']' | b'}')
    })
    .map(|at| at + 1)
}

/// Bytes that open, close or part: what is looked at inside an array or object, and the same without commas.
const MARKS: [bool; 256] = marks(true);
const MARKS_INSIDE: [bool; 256] = marks(false);

const fn marks(has_comma: bool) -> [bool; 256] {
    let mut marks = [false; 256];
    marks[b'"' as usize] = true;
    marks[b'[' as usize] = true;
    marks[b'{' as usize] = true;
    marks[b']' as usize] = true;
    marks[b'}' as usize] = true;
    marks[b',' as usize] = has_comma;
    marks
}

/// The first comma or bracket outside strings that `is_it` accepts, which also gets how many brackets are open before it and accepts
/// every bracket that closes none of them; commas between open brackets it is not asked about. None when the text ends before.
fn find(text: &[u8], is_it: impl Fn(u8, usize) -> bool) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let marks = if depth == 0 { &MARKS } else { &MARKS_INSIDE };
        let mut rest = text.get(at..)?.iter();
        at += rest.position(|byte| marks[usize::from(*byte)])?;
        match *text.get(at)? {
            byte if is_it(byte, depth) => return Some(at),
            b'"' => {
                at = after_string(text, at)?;
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Where the string that begins at `at` is over; None when the text ends inside it.
fn after_string(text: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        at += memchr2(b'"', b'\\', text.get(at..)?)?;
        match text.get(at)? {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, items: &[&str], is_cut: bool) {
        let found: Vec<_> = Piece::document(text.as_bytes()).items().collect();
        let texts: Vec<_> = found
            .iter()
            .map(|piece| String::from_utf8_lossy(piece.bytes))
            .collect();
        assert_eq!(texts, items, "{text}");
        assert_eq!(
            found.last().is_some_and(|piece| piece.is_cut),
            is_cut,
            "{text}"
        );
    }

    #[test]
    fn items_end_where_they_should() {
        check("[]", &[], false);
        check(
            "\u{feff} [ 1 , {\"a\":[2,3]} ,\n\"x,]\" ] ",
            &["1", "{\"a\":[2,3]}", "\"x,]\""],
            false,
        );
        check(
            r#"["a\"],[", "\\", 2]"#,
            &[r#""a\"],[""#, r#""\\""#, "2"],
            false,
        );
        check("[{\"a\":1},{\"b\":", &["{\"a\":1}", "{\"b\":"], true);
        check("[{\"a\":1}", &["{\"a\":1}"], true);
        check("[\"a\\", &["\"a\\"], true);
        check("[1,", &["1"], false);
        check("7", &[], false);
        check("", &[], false);
    }

    #[test]
    fn brackets_that_do_not_pair_up_are_seen() {
        for (text, at) in [
            ("[1]", None),
            (r#"[{"a":"]\"]"},[[]]]"#, None),
            ("[1]] ", Some(3)),
            ("[1}, 2]", Some(3)),
            ("[1", Some(2)),
            ("[", Some(1)),
            (r#"[{"a":[{}],{}]}]"#, Some(15)),
        ] {
            assert_eq!(Piece::document(text.as_bytes()).imbalance(), at, "{text}");
        }
    }

    #[test]
    fn values_are_found_in_one_object_and_in_many() {
        for (text, values) in [
            (r#"{"b":0,"a":[1]}"#, vec!["[1]"]),
            (
                r#"[{"a" : 1 },{"b":2},{"a":{"a":3}}]"#,
                vec!["1", r#"{"a":3}"#],
            ),
            (r#"[[{"a":1}], "a", 5, {"a"}, {a:1}, {"a":2}]"#, vec!["2"]),
            (r#"[{"x":"\"a\":1","a":"#, vec![""]),
        ] {
            let found: Vec<_> = Piece::document(text.as_bytes()).values_of("a").collect();
            let found: Vec<_> = found
                .iter()
                .map(|piece| String::from_utf8_lossy(piece.bytes))
                .collect();
            assert_eq!(found, values, "{text}");
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "[".repeat(1_000_000);
        check(&deep, &[&deep[1..]], true);
    }
}
