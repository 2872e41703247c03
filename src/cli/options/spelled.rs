//! Values that are read from words and written as words again, on the command line, in the environment and in a file alike.
//!
//! `#[serde(with = "spelled")]` is for an option that is there or not, `all_spelled` for one that can be given again.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;
use std::path::PathBuf;

/// A value that is read from words, on the command line and in a file alike.
pub(in crate::cli) trait Spelled: Sized {
    /// Reads it, or says what is expected.
    fn spelled(text: &str) -> Result<Self, String>;

    /// How it is written, so that it is read as the same.
    fn written(&self) -> String;

    /// Reads it from a file, where words and numbers are told apart.
    fn of_file(value: Value) -> Result<Self, String> {
        match value {
            Value::Array(_) | Value::Object(_) => Self::spelled(&text_of(value))
                .map_err(|expected| format!("one value is expected and no list: {expected}")),
            one => Self::spelled(&text_of(one)),
        }
    }
}

/// Reads a value of a file.
pub(super) fn deserialize<'de, D: Deserializer<'de>, T: Spelled>(
    file: D,
) -> Result<Option<T>, D::Error> {
    T::of_file(Value::deserialize(file)?)
        .map(Some)
        .map_err(D::Error::custom)
}

/// Writes a value that was given.
pub(super) fn serialize<S: Serializer, T: Spelled>(
    value: &Option<T>,
    out: S,
) -> Result<S::Ok, S::Error> {
    value.as_ref().map(T::written).serialize(out)
}

/// A value of a file as it would be written on the command line.
fn text_of(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// What only words can be.
fn words(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err("a text in quotes is expected".to_string()),
    }
}

impl Spelled for PathBuf {
    fn spelled(text: &str) -> Result<Self, String> {
        Ok(PathBuf::from(text))
    }

    fn written(&self) -> String {
        self.display().to_string()
    }

    fn of_file(value: Value) -> Result<Self, String> {
        let path = words(value)?;
        // TOML reads "C:\runs" as a line end between `C:` and `uns`.
        if path.chars().any(char::is_control) {
            return Err("in a path write / for \\, or put it in single quotes".to_string());
        }
        Ok(PathBuf::from(path))
    }
}

impl Spelled for String {
    fn spelled(text: &str) -> Result<Self, String> {
        Ok(text.to_string())
    }

    fn written(&self) -> String {
        self.clone()
    }

    fn of_file(value: Value) -> Result<Self, String> {
        words(value)
    }
}

/// A switch: what is on by a file or the environment is off again with `--notes=false`.
impl Spelled for bool {
    fn spelled(text: &str) -> Result<Self, String> {
        let switch = text.trim().to_lowercase().parse();
        switch.map_err(|_| "true or false is expected".to_string())
    }

    fn written(&self) -> String {
        self.to_string()
    }
}

/// Values that can be given again; in a file one alone needs no list.
pub(super) mod all_spelled {
    use super::{Deserialize, Deserializer, Serializer, Spelled, Value};
    use serde::de::Error as _;

    /// Reads the values of a file.
    pub(in crate::cli::options) fn deserialize<'de, D: Deserializer<'de>, T: Spelled>(
        file: D,
    ) -> Result<Vec<T>, D::Error> {
        let values = match Value::deserialize(file)? {
            Value::Array(values) => values,
            one => vec![one],
        };
        let read = values.into_iter().map(T::of_file);
        read.collect::<Result<_, _>>().map_err(D::Error::custom)
    }

    /// Writes the values that were given.
    pub(in crate::cli::options) fn serialize<S: Serializer, T: Spelled>(
        values: &[T],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.collect_seq(values.iter().map(T::written))
    }
}
