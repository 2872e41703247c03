//! Scales that people rate pain on, and how each becomes 0–10.

use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The scale of a column of ratings, by its lowest and highest number (`--pain-scale`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Scale {
    /// 0–10, the numeric rating scale.
    #[default]
    ZeroToTen,
    /// 0–5, doubled.
    ZeroToFive,
    /// 1–5 where 1 is no pain: 0, 2.5, 5, 7.5, 10.
    OneToFive,
    /// 1–4 by intervals.icu's words none, niggle, poor, injured: 0, 2, 5, 8, each approximate.
    OneToFour,
    /// 1–10 where 1 is no pain, stretched to 0–10.
    OneToTen,
    /// 0–100 or millimetres of a line, divided by ten.
    ZeroToHundred,
}

impl Scale {
    /// Every scale.
    pub const ALL: &[Scale] = &[
        Scale::ZeroToTen,
        Scale::ZeroToFive,
        Scale::OneToFive,
        Scale::OneToFour,
        Scale::OneToTen,
        Scale::ZeroToHundred,
    ];

    /// The word for `--pain-scale`.
    pub fn as_str(self) -> &'static str {
        match self {
            Scale::ZeroToTen => "0-10",
            Scale::ZeroToFive => "0-5",
            Scale::OneToFive => "1-5",
            Scale::OneToFour => "1-4",
            Scale::OneToTen => "1-10",
            Scale::ZeroToHundred => "0-100",
        }
    }

    /// The lowest and the highest number.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Scale::ZeroToTen => (0.0, 10.0),
            Scale::ZeroToFive => (0.0, 5.0),
            Scale::OneToFive => (1.0, 5.0),
            Scale::OneToFour => (1.0, 4.0),
            Scale::OneToTen => (1.0, 10.0),
            Scale::ZeroToHundred => (0.0, 100.0),
        }
    }

    /// Whether its numbers stand for words, so that a rating takes no part in statistics.
    pub fn is_approximate(self) -> bool {
        self == Scale::OneToFour
    }

    /// A number of this scale as 0–10. None outside the scale, and between the words of 1–4.
    pub fn to_ten(self, value: f64) -> Option<f64> {
        let (low, high) = self.bounds();
        if !(low..=high).contains(&value) {
            return None;
        }
        match self {
            Scale::ZeroToTen => Some(value),
            Scale::ZeroToFive => Some(value * 2.0),
            Scale::OneToFive => Some((value - 1.0) * 2.5),
            Scale::OneToTen => Some((value - 1.0) * 10.0 / 9.0),
            Scale::ZeroToHundred => Some(value / 10.0),
            Scale::OneToFour => [(1.0, 0.0), (2.0, 2.0), (3.0, 5.0), (4.0, 8.0)]
                .into_iter()
                .find(|(number, _)| *number == value)
                .map(|(_, rating)| rating),
        }
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scale {
    type Err = String;

    /// `0-10`, also with a dash of print or "to", and `5`, `10` and `100` alone for the scales from 0.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain: String = text
            .trim()
            .replace(['–', '—', '−'], "-")
            .replace(" to ", "-")
            .replace(' ', "");
        let plain = match plain.as_str() {
            "5" => "0-5",
            "10" => "0-10",
            "100" => "0-100",
            other => other,
        };
        let found = Scale::ALL
            .iter()
            .find(|scale| scale.as_str() == plain)
            .copied();
        found.ok_or_else(|| {
            let all: Vec<&str> = Scale::ALL.iter().map(|scale| scale.as_str()).collect();
            format!("\"{text}\" is no scale niggle knows ({})", all.join(", "))
        })
    }
}

impl Serialize for Scale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_each_scale_as_0_to_10() {
        for (scale, value, ten) in [
            ("0-10", 3.5, Some(3.5)),
            ("0-10", 10.5, None),
            ("0-5", 3.0, Some(6.0)),
            ("0-5", 6.0, None),
            ("1-5", 1.0, Some(0.0)),
            ("1-5", 3.0, Some(5.0)),
            ("1-5", 5.0, Some(10.0)),
            ("1-5", 0.0, None),
            ("1-4", 1.0, Some(0.0)),
            ("1-4", 2.0, Some(2.0)),
            ("1-4", 4.0, Some(8.0)),
            ("1-4", 2.5, None),
            ("1-10", 1.0, Some(0.0)),
            ("1-10", 10.0, Some(10.0)),
            ("1-10", 0.0, None),
            ("0-100", 35.0, Some(3.5)),
            ("0-100", 101.0, None),
            ("0-10", f64::NAN, None),
        ] {
            assert_eq!(
                scale.parse::<Scale>().unwrap().to_ten(value),
                ten,
                "{scale} {value}"
            );
        }
    }

    #[test]
    fn scales_by_name() {
        for (text, scale) in [
            ("0-10", Some(Scale::ZeroToTen)),
            ("10", Some(Scale::ZeroToTen)),
            ("100", Some(Scale::ZeroToHundred)),
            ("0–100", Some(Scale::ZeroToHundred)),
            ("5", Some(Scale::ZeroToFive)),
            ("1 to 5", Some(Scale::OneToFive)),
            ("0-7", None),
            ("", None),
        ] {
            assert_eq!(text.parse::<Scale>().ok(), scale, "{text}");
        }
        assert_eq!(Scale::OneToFour.to_string(), "1-4");
        assert_eq!(
            "7".parse::<Scale>().unwrap_err(),
            "\"7\" is no scale niggle knows (0-10, 0-5, 1-5, 1-4, 1-10, 0-100)"
        );
    }
}
