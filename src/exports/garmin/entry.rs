//! One entry of a list: the few values that are read of it.

use crate::text::{json, number::Number, stamp::stamp};
use chrono::{DateTime, Datelike, NaiveDate};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::{fmt, ops::RangeInclusive};

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

impl Keep {
    fn read(self, text: &str) -> serde_json::Result<Map<String, Value>> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let values = self.deserialize(&mut reader)?;
        reader.end().map(|()| values)
    }
}

impl Entry {
    /// Reads the object that a text is.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn read(
        text: &str,
        number: usize,
        keys: &'static [&'static str],
    ) -> Result<Entry, String> {
        let values = Keep(keys).read(text).map_err(|error| error.to_string())?;
        Ok(Entry {
            number,
            keys,
            values,
        })
    }

    /// A value as it is.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        debug_assert!(
            self.keys.contains(&key),
            "{key} is not among the keys that are kept"
        );
        self.values.get(key)
    }

    /// A number, also one written as text.
    pub(super) fn number(&self, key: &str) -> Number {
        json::number(self.get(key))
    }

    /// A text without the blanks around it; None when it is empty or none.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// A whole number or a text that something is known by.
    pub(super) fn id(&self, key: &str) -> Option<String> {
        match self.get(key)? {
            Value::Number(number) => whole(number),
            Value::String(text) => short(text.trim()),
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

fn short(text: &str) -> Option<String> {
    (1..=64).contains(&text.len()).then(|| text.to_string())
}

/// A whole number, also one written with a fraction of zero.
fn whole(number: &serde_json::Number) -> Option<String> {
    if number.is_u64() || number.is_i64() {
        return Some(number.to_string());
    }
    let value = number.as_f64()?;
    (value.fract() == 0.0 && value.abs() < 9e15).then(|| format!("{value:.0}"))
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

/// A day, written as `2024-05-15`, with a time behind it, as milliseconds, or as `[2024, 5, 15, …]`.
pub(super) fn date(value: &Value) -> Option<NaiveDate> {
    let date = match value {
        Value::String(text) => text.trim().get(..10)?.parse().ok(),
        Value::Number(number) => {
            Some(DateTime::from_timestamp_millis(number.as_f64()? as i64)?.date_naive())
        }
        Value::Array(parts) => of_parts(parts),
        _ => None,
    };
    date.filter(|date| YEARS.contains(&date.year()))
}

fn of_parts(parts: &[Value]) -> Option<NaiveDate> {
    let part = |at: usize| u32::try_from(parts.get(at)?.as_u64()?).ok();
    NaiveDate::from_ymd_opt(i32::try_from(part(0)?).ok()?, part(1)?, part(2)?)
}
