//! One object of a JSON text: its members by name, each read when it is asked for.
//!
//! Values are looked at as they stand in the text, so that what JSON does not know (a bare `NaN`) and what is broken costs itself
//! alone.

use super::range::MOMENTS_S;
use crate::text::{
    json::Piece,
    number::{self, Number},
    stamp::{Stamp, Zone, stamp},
};
use std::borrow::Cow;

/// Most members kept of one object; no object that is read has a tenth of them.
const MEMBERS_MAX: usize = 512;
/// Longest text read as a word, a number or a time, bytes.
const WORD_BYTES_MAX: usize = 64 << 10;

/// One object.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::exports) struct Entry<'t> {
    /// Which one of its list it is, from 1.
    pub(in crate::exports) number: usize,
    members: Vec<(Cow<'t, str>, Piece<'t>)>,
}

impl<'t> Entry<'t> {
    /// The object that a piece is; None: it is none, or an empty one.
    pub(in crate::exports) fn of(piece: Piece<'t>, number: usize) -> Option<Self> {
        let members: Vec<_> = piece.members().take(MEMBERS_MAX).collect();
        (!members.is_empty()).then_some(Entry { number, members })
    }

    /// The object that a list of objects with one member each stands for: `[{"sport": …}, {"duration_s": …}]`.
    pub(in crate::exports) fn joined(list: Piece<'t>, number: usize) -> Option<Self> {
        let members = list.items().flat_map(Piece::members);
        let members: Vec<_> = members.take(MEMBERS_MAX).collect();
        (!members.is_empty()).then_some(Entry { number, members })
    }

    /// A member's value as it is written; None when it is null or the text ends in it.
    pub(in crate::exports) fn get(&self, key: &str) -> Option<Piece<'t>> {
        let (_, value) = self.members.iter().find(|(name, _)| name == key)?;
        (value.bytes != b"null").then_some(*value)
    }

    /// The first of these members that has a value.
    pub(in crate::exports) fn first(&self, keys: &[&str]) -> Option<Piece<'t>> {
        keys.iter().find_map(|key| self.get(key))
    }

    /// A number, also one written as text. What is written as no number (`NaN`) is missing.
    pub(in crate::exports) fn number(&self, key: &str) -> Number {
        self.get(key).map_or(Number::Missing, numeral)
    }

    /// A text, or a number as text, without the blanks around it; None when it is empty or neither.
    pub(in crate::exports) fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(word)
    }

    /// What a person wrote under a key, of any length; None where that is nothing.
    pub(in crate::exports) fn written(&self, key: &str) -> Option<String> {
        let text = long_text(self.get(key)?)?.trim().to_string();
        Some(text).filter(|text| !text.is_empty())
    }

    /// The object under a key.
    pub(in crate::exports) fn inner(&self, key: &str) -> Option<Entry<'t>> {
        Entry::of(self.get(key)?, self.number)
    }

    /// The elements of the list under a key.
    pub(in crate::exports) fn list(&self, key: &str) -> impl Iterator<Item = Piece<'t>> + use<'t> {
        self.get(key).into_iter().flat_map(Piece::items)
    }

    /// The objects of the list under a key.
    pub(in crate::exports) fn objects(
        &self,
        key: &str,
    ) -> impl Iterator<Item = Entry<'t>> + use<'t> {
        let number = self.number;
        self.list(key)
            .filter_map(move |piece| Entry::of(piece, number))
    }

    /// A moment in Unix seconds, written as milliseconds.
    pub(in crate::exports) fn epoch_ms(&self, key: &str) -> Option<f64> {
        match self.number(key) {
            Number::Value(ms) => Some(ms / 1000.0).filter(|s| MOMENTS_S.contains(s)),
            _ => None,
        }
    }

    /// A time as ISO 8601 writes it.
    pub(in crate::exports) fn stamp(&self, key: &str) -> Option<Stamp> {
        stamp(&self.text(key)?).filter(|stamp| MOMENTS_S.contains(&stamp.unix_s))
    }
}

/// The numbers of an array; NaN where one is missing or none.
pub(in crate::exports) fn numbers(list: Piece) -> impl Iterator<Item = f64> {
    list.items().map(|piece| match numeral(piece) {
        Number::Value(value) => value,
        _ => f64::NAN,
    })
}

fn numeral(piece: Piece) -> Number {
    if piece.is_cut || piece.bytes.len() > WORD_BYTES_MAX {
        return Number::Missing;
    }
    match piece.bytes {
        [b'"', ..] => word(piece).map_or(Number::Missing, |text| written(&text)),
        bytes => std::str::from_utf8(bytes).map_or(Number::Bad, written),
    }
}

/// `NaN` and `Infinity` say that nothing was measured.
fn written(text: &str) -> Number {
    let text = text.trim();
    let unsigned = text.trim_start_matches(['-', '+']);
    match unsigned {
        "null" | "undefined" | "NaN" | "nan" | "Infinity" | "inf" => Number::Missing,
        _ => number::number(text),
    }
}

/// A text or a number as text, without the blanks around it; None when it is empty, neither, or the file ends in it.
pub(in crate::exports) fn word(piece: Piece) -> Option<String> {
    if piece.is_cut || piece.bytes.len() > WORD_BYTES_MAX {
        return None;
    }
    let text = String::from_utf8_lossy(piece.bytes);
    let word = match piece.bytes.first()? {
        b'"' => unquoted(&text),
        b'-' | b'0'..=b'9' => text.into_owned(),
        _ => return None,
    };
    Some(word.trim().to_string()).filter(|word| !word.is_empty())
}

/// A text of any length, its escapes resolved; None: it is none, or the file ends in it.
pub(in crate::exports) fn long_text(piece: Piece) -> Option<String> {
    let is_text = !piece.is_cut && piece.bytes.first() == Some(&b'"');
    is_text.then(|| unquoted(&String::from_utf8_lossy(piece.bytes)))
}

/// Without quotes and escapes; where an escape is none, as it stands.
fn unquoted(text: &str) -> String {
    let bare = || text.trim_matches('"').to_string();
    serde_json::from_str(text).unwrap_or_else(|_| bare())
}

/// How far east of UTC a stamp says it is, s; None where it says nothing or `Z`.
pub(in crate::exports) fn offset_of(stamp: Stamp) -> Option<i32> {
    match stamp.zone {
        Zone::Offset(seconds) => Some(seconds),
        Zone::Utc | Zone::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Entry<'_> {
        Entry::of(Piece::document(text.as_bytes()), 1).expect("an object")
    }

    #[test]
    fn numbers_are_read_however_they_are_written() {
        let entry = entry(
            r#"{"a": 5.5, "b": "5.5", "c": NaN, "d": "NaN", "e": null, "f": -Infinity, "g": true, "h": "five", "i": 1e999, "j": 12 "k": 3}"#,
        );
        for (key, expected) in [
            ("a", Number::Value(5.5)),
            ("b", Number::Value(5.5)),
            ("c", Number::Missing),
            ("d", Number::Missing),
            ("e", Number::Missing),
            ("f", Number::Missing),
            ("g", Number::Bad),
            ("h", Number::Bad),
            ("i", Number::Bad),
            ("j", Number::Bad),
            ("z", Number::Missing),
        ] {
            assert_eq!(entry.number(key), expected, "{key}");
        }
    }

    #[test]
    fn what_the_file_ends_in_is_not_half_read() {
        let entry = entry(r#"{"a": 5, "b": 12"#);
        assert_eq!(
            (entry.number("a"), entry.number("b")),
            (Number::Value(5.0), Number::Missing)
        );
        let list: Vec<f64> = numbers(Piece::document(b"[1, NaN, \"3\", [4], 56")).collect();
        assert_eq!((list[0], list[2]), (1.0, 3.0));
        assert!(list[1].is_nan() && list[3].is_nan() && list[4].is_nan());
    }

    #[test]
    fn texts_lose_their_escapes() {
        let entry = entry(r#"{"a": " L\u00e4ufe\n", "b": 17, "c": "", "d": "\q", "e": [1]}"#);
        assert_eq!(entry.text("a").as_deref(), Some("Läufe"));
        assert_eq!(entry.text("b").as_deref(), Some("17"));
        assert_eq!(entry.text("d").as_deref(), Some("\\q"));
        assert_eq!((entry.text("c"), entry.text("e")), (None, None));
    }

    #[test]
    fn a_list_of_single_members_is_one_object() {
        let text = r#"[{"sport": "RUNNING"}, 7, {"duration_s": 60}]"#;
        let entry = Entry::joined(Piece::document(text.as_bytes()), 1).expect("members");
        assert_eq!(entry.text("sport").as_deref(), Some("RUNNING"));
        assert_eq!(entry.number("duration_s"), Number::Value(60.0));
    }
}
