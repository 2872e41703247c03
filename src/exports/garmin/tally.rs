//! The entries of a list, their values, and a count of what was wrong with them: one problem a kind, not one an entry.

use super::json::Piece;
use crate::{
    problem::{Code, Effect, Problem},
    text::{
        number::{self, Number},
        stamp::stamp,
    },
};
use chrono::{DateTime, Datelike, NaiveDate};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, fmt, ops::RangeInclusive};

/// Most entries read of one list. Garmin begins a new file after 1000 activities; a busy account has some 10,000 in all.
pub(super) const ENTRIES_MAX: usize = 100_000;
/// Longest entry read, bytes. An activity with many splits has some 100,000.
pub(super) const ENTRY_BYTES_MAX: usize = 4 << 20;
/// Years that dates are believed in.
const YEARS: RangeInclusive<i32> = 1970..=2100;
/// Moments that are believed, Unix seconds: 1990 to 2100.
const MOMENTS_S: RangeInclusive<f64> = 631_152_000.0..=4_102_444_800.0;

/// One object of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Which one of the list it is, from 1.
    pub number: usize,
    keys: &'static [&'static str],
    values: Map<String, Value>,
}

/// Keeps the values under some keys and passes over the others without building them: most of an activity is its splits.
#[derive(Debug, Clone, Copy)]
struct Keep(&'static [&'static str]);

/// What can be wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// It is no JSON object.
    Unreadable,
    /// There are more than [`ENTRIES_MAX`].
    TooMany,
    /// Bytes that are no UTF-8.
    Encoding,
    /// An activity without a time.
    NoStart,
    /// A night or a weight without a day.
    NoDate,
    /// Gear, or a link to it, without its number.
    NoNumber,
    /// A value that is no number or impossible in its field.
    BadValue,
    /// An offset that no zone has.
    OddOffset,
    /// A local start that is no moment of these years.
    OddLocal,
    /// A distance in metres.
    InMetres,
    /// A distance that does not go with time and speed.
    OddSpeed,
}

impl Fault {
    /// Code, effect, what is wrong, and what niggle did.
    fn text(self) -> (Code, Effect, &'static str, &'static str) {
        use {Code::*, Effect::*};
        match self {
            Fault::Unreadable => (ExportDamaged, PartLost, "an entry cannot be read", "The other entries were used."),
            Fault::TooMany => (TooLarge, PartLost, "there are too many entries", "Those before were used."),
            Fault::Encoding => (TextEncoding, Noted, "a text is not UTF-8", "Broken characters were replaced."),
            Fault::NoStart => (NoTime, PartLost, "an activity has no usable start", "Such activities were left out."),
            Fault::NoDate => (ExportDamaged, PartLost, "an entry has no usable date", "Such entries were left out."),
            Fault::NoNumber => (ExportDamaged, PartLost, "an entry lacks its number", "Such entries were left out."),
            Fault::BadValue => (BadValue, Repaired, "a value cannot be", "Such values count as not measured."),
            Fault::OddOffset => (BadUtcOffset, Noted, "no zone has this offset", "Only the moment was used."),
            Fault::OddLocal => (
                BadUtcOffset,
                Noted,
                "expected a local start from 1990 to 2100, found another",
                "Only the moment was used.",
            ),
            Fault::InMetres => {
                (BadValue, Repaired, "by time and mean speed a distance is in m, not in cm", "It was read so.")
            }
            Fault::OddSpeed => {
                (DistanceMismatch, Noted, "distance, time and mean speed do not fit", "The first two were used.")
            }
        }
    }
}

/// How often, and where first.
#[derive(Debug, Clone, PartialEq)]
struct Count {
    times: usize,
    number: usize,
    found: String,
}

/// Reads the entries of one kind and counts their faults.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tally {
    noun: &'static str,
    keys: &'static [&'static str],
    entries: usize,
    counts: BTreeMap<Fault, Count>,
}

impl Tally {
    /// `noun` is what problems call an entry: `entry`, `night`. Only `keys` are read.
    pub(super) fn new(noun: &'static str, keys: &'static [&'static str]) -> Self {
        Tally { noun, keys, entries: 0, counts: BTreeMap::new() }
    }

    /// Gives every readable object of a list to `take`. Numbers go on from the list before.
    pub(super) fn read(&mut self, list: Piece, mut take: impl FnMut(&mut Tally, &Entry)) {
        for piece in list.entries() {
            self.entries += 1;
            let number = self.entries;
            if number > ENTRIES_MAX {
                return self.add(Fault::TooMany, number, &format!("more than {ENTRIES_MAX}"));
            }
            match self.values(piece, number) {
                Ok(values) => take(self, &Entry { number, keys: self.keys, values }),
                // That the file ends here is told once for the whole file.
                Err(_) if piece.is_cut => {}
                Err(found) => self.add(Fault::Unreadable, number, &found),
            }
        }
    }

    fn values(&mut self, piece: Piece, number: usize) -> Result<Map<String, Value>, String> {
        if piece.bytes.len() > ENTRY_BYTES_MAX {
            return Err(format!("it has more than {ENTRY_BYTES_MAX} bytes"));
        }
        let text = String::from_utf8_lossy(piece.bytes);
        let mut reader = serde_json::Deserializer::from_str(&text);
        let values = Keep(self.keys).deserialize(&mut reader).and_then(|values| reader.end().map(|()| values));
        let values = values.map_err(|error| error.to_string())?;
        if text.len() != piece.bytes.len() || std::str::from_utf8(piece.bytes).is_err() {
            self.add(Fault::Encoding, number, "");
        }
        Ok(values)
    }

    /// One more fault; `found` is kept only the first time.
    pub(super) fn add(&mut self, fault: Fault, number: usize, found: &str) {
        let first = || Count { times: 0, number, found: found.chars().filter(|c| !c.is_control()).take(80).collect() };
        self.counts.entry(fault).or_insert_with(first).times += 1;
    }

    /// One problem for each kind of fault.
    pub(super) fn problems(&self) -> Vec<Problem> {
        self.counts.iter().map(|(fault, count)| self.problem(*fault, count)).collect()
    }

    fn problem(&self, fault: Fault, count: &Count) -> Problem {
        let (code, effect, what, consequence) = fault.text();
        let found = if count.found.is_empty() { String::new() } else { format!(": {}", count.found) };
        let more = if count.times > 1 { format!(" (and {} more)", count.times - 1) } else { String::new() };
        let place = format!("{} {}", self.noun, count.number);
        Problem::new(code, effect, place, format!("{what}{found}{more}"), consequence)
    }

    /// A value divided by `divisor`. None: absent; or, counted, no number or out of `range`.
    pub(super) fn number(&mut self, entry: &Entry, key: &str, divisor: f64, range: RangeInclusive<f64>) -> Option<f64> {
        match entry.number(key) {
            Number::Missing => None,
            Number::Value(value) if range.contains(&(value / divisor)) => Some(value / divisor),
            _ => {
                let found = entry.get(key).map(Value::to_string).unwrap_or_default();
                self.add(Fault::BadValue, entry.number, &format!("{key} {found}"));
                None
            }
        }
    }

    /// Like [`Tally::number`] for what cannot be zero: Garmin writes 0 for some values that were not measured.
    pub(super) fn positive(
        &mut self,
        entry: &Entry,
        key: &str,
        divisor: f64,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        if entry.number(key) == Number::Value(0.0) { None } else { self.number(entry, key, divisor, range) }
    }
}

impl Entry {
    /// A value as it is.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        debug_assert!(self.keys.contains(&key), "{key} is not among the keys that are kept");
        self.values.get(key)
    }

    /// A number, also one written as text.
    pub(super) fn number(&self, key: &str) -> Number {
        number(self.get(key))
    }

    /// A text without the blanks around it; None when it is empty or none.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// A whole number or a text that something is known by.
    pub(super) fn id(&self, key: &str) -> Option<String> {
        match self.get(key)? {
            Value::Number(number) if number.is_u64() || number.is_i64() => Some(number.to_string()),
            Value::Number(number) => {
                number.as_f64().filter(|id| id.fract() == 0.0 && id.abs() < 9e15).map(|id| format!("{id:.0}"))
            }
            Value::String(text) => {
                Some(text.trim()).filter(|text| !text.is_empty() && text.len() <= 64).map(str::to_string)
            }
            _ => None,
        }
    }

    /// A moment in Unix seconds, written as milliseconds or as ISO 8601 text (without a zone: UTC).
    pub(super) fn moment_s(&self, key: &str) -> Option<f64> {
        let seconds = match self.number(key) {
            Number::Value(ms) => ms / 1000.0,
            _ => stamp(self.text(key)?)?.unix_s,
        };
        MOMENTS_S.contains(&seconds).then_some(seconds)
    }

    /// A day, see [`date`].
    pub(super) fn date(&self, key: &str) -> Option<NaiveDate> {
        date(self.get(key)?)
    }
}

impl<'de> DeserializeSeed<'de> for Keep {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Keep {
    type Value = Map<String, Value>;

    fn expecting(&self, text: &mut fmt::Formatter) -> fmt::Result {
        text.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut kept = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if self.0.contains(&key.as_str()) {
                kept.insert(key, members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(kept)
    }
}

/// A number, also one written as text.
pub(super) fn number(value: Option<&Value>) -> Number {
    match value {
        None | Some(Value::Null) => Number::Missing,
        Some(Value::Number(number)) => number.as_f64().filter(|v| v.is_finite()).map_or(Number::Bad, Number::Value),
        Some(Value::String(text)) => number::number(text),
        Some(_) => Number::Bad,
    }
}

/// A day, written as `2024-05-15`, with a time behind it, as milliseconds, or as `[2024, 5, 15, …]`.
pub(super) fn date(value: &Value) -> Option<NaiveDate> {
    let date = match value {
        Value::String(text) => text.trim().get(..10)?.parse().ok(),
        Value::Number(number) => Some(DateTime::from_timestamp_millis(number.as_f64()? as i64)?.date_naive()),
        Value::Array(parts) => {
            let part = |at: usize| parts.get(at)?.as_u64().and_then(|part| u32::try_from(part).ok());
            NaiveDate::from_ymd_opt(i32::try_from(part(0)?).ok()?, part(1)?, part(2)?)
        }
        _ => None,
    };
    date.filter(|date| YEARS.contains(&date.year()))
}
