//! The scale of a log's ratings, and how each becomes the 0–10 that everything else speaks of.

use serde::Serialize;

/// A scale of ratings. What niggle keeps is always 0 (nothing) to 10 (the worst).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Default)]
pub enum Scale {
    /// 0–10, as niggle's own log.
    #[default]
    #[serde(rename = "0-10")]
    ZeroToTen,
    /// 0–5: doubled.
    #[serde(rename = "0-5")]
    ZeroToFive,
    /// 1 (nothing) to 5.
    #[serde(rename = "1-5")]
    OneToFive,
    /// 1 (nothing) to 10.
    #[serde(rename = "1-10")]
    OneToTen,
    /// Four steps in words: none, a niggle, poor, injured. Approximate, as words are.
    #[serde(rename = "1-4")]
    OneToFour,
    /// 0–100, as a line of 100 mm: divided by ten.
    #[serde(rename = "0-100")]
    ZeroToHundred,
}

impl Scale {
    /// Every scale, niggle's own first.
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
            Scale::OneToTen => "1-10",
            Scale::OneToFour => "1-4",
            Scale::ZeroToHundred => "0-100",
        }
    }

    /// The scale of a word; the top alone is enough for those that begin at 0.
    pub fn parse(text: &str) -> Option<Scale> {
        match text.trim() {
            "10" => Some(Scale::ZeroToTen),
            "5" => Some(Scale::ZeroToFive),
            "100" => Some(Scale::ZeroToHundred),
            word => Scale::ALL.iter().copied().find(|scale| scale.as_str() == word.replace(['–', '—'], "-")),
        }
    }

    /// The scale with these ends.
    pub fn between(least: u32, most: u32) -> Option<Scale> {
        Scale::ALL.iter().copied().find(|scale| scale.ends() == (least, most))
    }

    /// Its ends, "nothing" first.
    pub fn ends(self) -> (u32, u32) {
        match self {
            Scale::ZeroToTen => (0, 10),
            Scale::ZeroToFive => (0, 5),
            Scale::OneToFive => (1, 5),
            Scale::OneToTen => (1, 10),
            Scale::OneToFour => (1, 4),
            Scale::ZeroToHundred => (0, 100),
        }
    }

    /// A value of this scale as one of 0–10, straight lines but for the four words. None outside the scale.
    pub fn to_ten(self, value: f64) -> Option<f64> {
        let (least, most) = self.ends();
        let (least, most) = (f64::from(least), f64::from(most));
        if !(least..=most).contains(&value) {
            return None;
        }
        Some(match self {
            Scale::ZeroToTen => value,
            // Words of the steps, as their words are taken: none 0, a niggle 2, poor 5, injured 8.
            Scale::OneToFour if value <= 2.0 => (value - 1.0) * 2.0,
            Scale::OneToFour => 2.0 + (value - 2.0) * 3.0,
            _ => (value - least) * 10.0 / (most - least),
        })
    }

    /// Whether its steps are words rather than numbers, so that ratings are approximate.
    pub fn is_words(self) -> bool {
        self == Scale::OneToFour
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scale_ends_at_nothing() {
        for scale in Scale::ALL {
            let (least, most) = scale.ends();
            assert_eq!(scale.to_ten(f64::from(least)), Some(0.0), "{scale:?}");
            assert_eq!(scale.to_ten(f64::from(most) + 0.5), None, "{scale:?}");
            assert_eq!(Scale::parse(scale.as_str()), Some(*scale));
            assert_eq!(Scale::between(least, most), Some(*scale));
            let top = if scale.is_words() { 8.0 } else { 10.0 };
            assert_eq!(scale.to_ten(f64::from(most)), Some(top), "{scale:?}");
        }
    }

    #[test]
    fn values_in_between() {
        for (scale, value, ten) in [
            ("0-5", 3.0, 6.0),
            ("1-5", 3.0, 5.0),
            ("1-10", 1.0, 0.0),
            ("1-4", 2.0, 2.0),
            ("1-4", 3.0, 5.0),
            ("100", 35.0, 3.5),
            ("0–10", 3.5, 3.5),
        ] {
            assert_eq!(Scale::parse(scale).and_then(|scale| scale.to_ten(value)), Some(ten), "{scale}");
        }
        assert_eq!(Scale::parse("0-7"), None);
    }
}
