//! Values that are read from words, and how a file has them read.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

/// A value that is read from words, on the command line and in a file alike.
pub(in crate::cli) trait Spelled: Sized {
    /// Reads it, or says what is expected.
    fn spelled(text: &str) -> Result<Self, String>;
}

/// Reads a value of a file.
pub(super) fn spelled<'de, D: Deserializer<'de>, T: Spelled>(
    file: D,
) -> Result<Option<T>, D::Error> {
    T::spelled(&text_of(Value::deserialize(file)?))
        .map(Some)
        .map_err(D::Error::custom)
}

/// Reads a list of values of a file.
pub(super) fn all_spelled<'de, D: Deserializer<'de>, T: Spelled>(
    file: D,
) -> Result<Vec<T>, D::Error> {
    let values = Vec::<Value>::deserialize(file)?.into_iter();
    values
        .map(|value| T::spelled(&text_of(value)))
        .collect::<Result<_, _>>()
        .map_err(D::Error::custom)
}

/// A value of a file as it would be written on the command line. TOML gives a date as a table of one text.
fn text_of(value: Value) -> String {
    match &value {
        Value::String(text) => text.clone(),
        Value::Object(table) if table.len() == 1 => {
            table.values().filter_map(Value::as_str).collect()
        }
        other => other.to_string(),
    }
}
