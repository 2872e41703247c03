//! A number that knows how many decimals it is written with.

use crate::units::rounded;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;

/// A number written with at most so many decimals, so that equal runs give equal bytes on every machine. It is read as it
/// stands.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Rounded<const DECIMALS: i32>(f64);

impl<const DECIMALS: i32> Rounded<DECIMALS> {
    /// The number: whole where it was computed, rounded where it was read.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl<const DECIMALS: i32> From<f64> for Rounded<DECIMALS> {
    fn from(value: f64) -> Self {
        Rounded(value)
    }
}

/// A number; that it is rounded is told where it is explained.
impl<const DECIMALS: i32> JsonSchema for Rounded<DECIMALS> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        f64::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        f64::json_schema(generator)
    }
}

impl<const DECIMALS: i32> Serialize for Rounded<DECIMALS> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(rounded(self.0, DECIMALS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written<const DECIMALS: i32>(value: f64) -> String {
        serde_json::to_string(&Rounded::<DECIMALS>(value)).unwrap()
    }

    #[test]
    fn the_type_says_the_decimals() {
        assert_eq!(written::<4>(2.0 / 3.0), "0.6667");
        assert_eq!(written::<1>(52.25), "52.3");
        assert_eq!(written::<0>(12_345.678), "12346.0");
        assert_eq!(written::<4>(-0.000_01), "0.0");
        assert_eq!(
            serde_json::from_str::<Rounded<1>>("0.25").unwrap().value(),
            0.25,
            "read as it stands"
        );
        assert!(serde_json::from_str::<Rounded<1>>("null").is_err());
    }

    proptest! {
        #[test]
        fn what_was_read_is_written_alike(value in -1e9..1e9) {
            let text = written::<4>(value);
            let read: Rounded<4> = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
    }
}
