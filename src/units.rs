//! Units: SI inside, a unit in every name, and the one formatter that turns a number into text.

use serde::{Deserialize, Serialize};

/// What the numbers of a finding count or measure. Numbers are SI inside; [`Unit::show`] is the one way to text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// No numbers.
    #[serde(rename = "")]
    None,
    /// Metres run: shown as kilometres or miles.
    #[serde(rename = "m")]
    Distance,
    /// Hours.
    #[serde(rename = "h")]
    Hours,
    /// Steps a minute, both feet.
    #[serde(rename = "steps/min")]
    StepsPerMin,
    /// Percent, 31 for 31 %.
    #[serde(rename = "%")]
    Percent,
    /// A share, 0.31 for 31 %.
    #[serde(rename = "share")]
    Share,
    /// A multiple: 3.4 times.
    #[serde(rename = "ratio")]
    Ratio,
    /// A rank correlation, −1 to 1.
    #[serde(rename = "rho")]
    Rho,
    /// Arbitrary units of load, comparable within one runner only.
    #[serde(rename = "AU")]
    LoadUnits,
    /// A pain rating, 0–10.
    #[serde(rename = "of 10")]
    OfTen,
    /// A quality, 1–5.
    #[serde(rename = "of 5")]
    OfFive,
    /// An OSTRC score, 0–100.
    #[serde(rename = "of 100")]
    OfHundred,
    /// Points of a 0–10 scale that a rating moved by.
    #[serde(rename = "points")]
    Points,
    /// Days.
    #[serde(rename = "days")]
    Days,
    /// Weeks.
    #[serde(rename = "weeks")]
    Weeks,
    /// Spells of pain.
    #[serde(rename = "spells")]
    Spells,
    /// Nights.
    #[serde(rename = "nights")]
    Nights,
    /// Mornings.
    #[serde(rename = "mornings")]
    Mornings,
    /// Runs.
    #[serde(rename = "runs")]
    Runs,
    /// Rows of a table.
    #[serde(rename = "rows")]
    Rows,
    /// Days without a run in a week, on average.
    #[serde(rename = "rest days a week")]
    RestDaysAWeek,
}

impl Unit {
    /// As files have it; empty for no numbers.
    pub fn code(self) -> String {
        let code = serde_json::to_value(self).ok();
        let code = code.as_ref().and_then(serde_json::Value::as_str);
        code.unwrap_or_default().to_string()
    }

    /// A value as people write it: `31 %`, `2 ×`, `9 days`, `25.3 mi`.
    pub fn show(self, value: f64, units: Units) -> String {
        match self {
            Unit::None => with_decimal(value),
            Unit::Distance => shown_distance(value, units),
            Unit::Percent => shown_percent(value),
            Unit::Share => format!("{} %", percent(value)),
            Unit::Ratio if value.fract() == 0.0 => format!("{} ×", number(value, 0)),
            Unit::Ratio => format!("{} ×", number(value, 2)),
            Unit::Rho => format!("rho {}", number(value, 2)),
            _ => self.with_label(value),
        }
    }

    /// A value before the name of its unit.
    fn with_label(self, value: f64) -> String {
        let (one, many) = self.labels();
        let label = if value == 1.0 { one } else { many };
        format!("{} {label}", with_decimal(value))
    }

    /// The name of one and of several; empty where a unit is written otherwise.
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Unit::None | Unit::Distance | Unit::Percent => ("", ""),
            Unit::Share | Unit::Ratio | Unit::Rho => ("", ""),
            Unit::Hours => ("h", "h"),
            Unit::StepsPerMin => ("steps/min", "steps/min"),
            Unit::LoadUnits => ("AU", "AU"),
            Unit::OfTen => ("of 10", "of 10"),
            Unit::OfFive => ("of 5", "of 5"),
            Unit::OfHundred => ("of 100", "of 100"),
            Unit::Points => ("point", "points"),
            Unit::Days => ("day", "days"),
            Unit::Weeks => ("week", "weeks"),
            Unit::Spells => ("spell", "spells"),
            Unit::Nights => ("night", "nights"),
            Unit::Mornings => ("morning", "mornings"),
            Unit::Runs => ("run", "runs"),
            Unit::Rows => ("row", "rows"),
            Unit::RestDaysAWeek => ("rest day a week", "rest days a week"),
        }
    }
}

/// Values are compared with limits within this, so that 13.2 km after 12.0 km is 10 % and not a hair more
/// (src/method/formulas.md, Comparing at a limit).
pub const EPSILON: f64 = 1e-9;

/// Metres in one international mile.
pub const MILE_M: f64 = 1609.344;

/// Steps per stride: FIT and TCX count one leg.
pub const STEPS_PER_STRIDE: f64 = 2.0;

/// How distances are shown. Inside niggle everything is SI; this only touches text and axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Units {
    /// Kilometres and metres.
    #[default]
    Km,
    /// Miles and feet.
    Mi,
}

impl Units {
    /// `km` or `mi`.
    pub fn distance_label(self) -> &'static str {
        match self {
            Units::Km => "km",
            Units::Mi => "mi",
        }
    }

    /// Metres in one shown distance unit.
    pub fn distance_unit_m(self) -> f64 {
        match self {
            Units::Km => 1000.0,
            Units::Mi => MILE_M,
        }
    }

    /// Distance in the shown unit.
    pub fn distance(self, metres: f64) -> f64 {
        metres / self.distance_unit_m()
    }

    /// `m` or `ft`, for climbing.
    pub fn height_label(self) -> &'static str {
        match self {
            Units::Km => "m",
            Units::Mi => "ft",
        }
    }

    /// Height in the shown unit.
    pub fn height(self, metres: f64) -> f64 {
        match self {
            Units::Km => metres,
            Units::Mi => metres / 0.3048,
        }
    }

    /// `12.3 km`: one decimal, for sentences.
    pub fn distance_text(self, metres: f64) -> String {
        format!(
            "{} {}",
            number(self.distance(metres), 1),
            self.distance_label()
        )
    }

    /// `340 m`: no decimals, for sentences.
    pub fn height_text(self, metres: f64) -> String {
        format!("{} {}", number(self.height(metres), 0), self.height_label())
    }
}

/// The one formatter: `decimals` places, never `-0`, and a thin marker for what is not finite.
///
/// NaN never reaches it from `Run` upwards; if it did, the report would show `–` and not a false number.
pub fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_string();
    }
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if is_zero(digits) => digits.to_string(),
        _ => text,
    }
}

fn is_zero(digits: &str) -> bool {
    digits.chars().all(|c| c == '0' || c == '.')
}

/// A value with its one decimal, if it has one.
fn with_decimal(value: f64) -> String {
    number(value, if value.fract() == 0.0 { 0 } else { 1 })
}

fn shown_distance(metres: f64, units: Units) -> String {
    let shown = rounded(units.distance(metres), 1);
    format!("{} {}", with_decimal(shown), units.distance_label())
}

fn shown_percent(value: f64) -> String {
    let decimals = if value.abs() >= 10.0 { 0 } else { 1 };
    format!("{} %", number(value, decimals))
}

/// A count in words up to twelve, as sentences have it, and in digits above: `four`, `21`.
pub fn in_words(count: f64) -> String {
    let mut words = WORDS.iter().zip(0_u8..);
    let word = words.find(|(_, value)| f64::from(*value) == count);
    word.map_or_else(|| shortest(count), |(word, _)| word.to_string())
}

const WORDS: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// `four weeks`, `one week`: a count in words with what is counted, given in the singular.
pub fn counted_in_words(count: f64, one: &str) -> String {
    format!("{} {one}{}", in_words(count), plural(count))
}

/// `8 weeks` where days are whole weeks, else `30 days`.
pub fn span_of_days(days: f64) -> String {
    let (count, one) = if days % 7.0 == 0.0 {
        (days / 7.0, "week")
    } else {
        (days, "day")
    };
    format!("{} {one}{}", number(count, 0), plural(count))
}

fn plural(count: f64) -> &'static str {
    if count == 1.0 { "" } else { "s" }
}

/// A number with the decimals it has, two at most: `6`, `6.5`.
pub fn shortest(value: f64) -> String {
    let decimals = (0..2)
        .find(|decimals| number(value, *decimals).parse() == Ok(value))
        .unwrap_or(2);
    number(value, decimals)
}

/// A share as whole percent: 0.3108 → `31`.
pub fn percent(share: f64) -> String {
    number(share * 100.0, 0)
}

/// `1:02:07` or `42:10` from seconds.
pub fn duration_text(seconds: f64) -> String {
    let s = seconds.round() as i64;
    let (hours, minutes, seconds) = (s / 3600, s / 60 % 60, s % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// `1 run`, `3 runs`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A value rounded to `decimals` places for files, so that equal runs give equal bytes on every machine.
pub fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    let rounded = (value * scale).round() / scale;
    // Too large to scale: such a value has no decimals to round.
    match rounded {
        0.0 => 0.0,
        r if r.is_finite() => r,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_spans_read_as_in_a_sentence() {
        for (count, text) in [
            (1.0, "one run"),
            (4.0, "four runs"),
            (12.0, "twelve runs"),
            (21.0, "21 runs"),
        ] {
            assert_eq!(counted_in_words(count, "run"), text);
        }
        for (days, text) in [
            (7.0, "1 week"),
            (56.0, "8 weeks"),
            (30.0, "30 days"),
            (1.0, "1 day"),
        ] {
            assert_eq!(span_of_days(days), text);
        }
        for (value, text) in [
            (6.0, "6"),
            (6.5, "6.5"),
            (0.25, "0.25"),
            (1.0 / 3.0, "0.33"),
            (-3.0, "-3"),
        ] {
            assert_eq!(shortest(value), text);
        }
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        for (value, decimals, expected) in [
            (12.345, 1, "12.3"),
            (-0.01, 1, "0.0"),
            (0.0, 0, "0"),
            (f64::NAN, 1, "–"),
            (1234.5, 0, "1234"),
            (-3.0, 0, "-3"),
        ] {
            assert_eq!(number(value, decimals), expected);
        }
    }

    #[test]
    fn distances_show_in_both_units() {
        assert_eq!(Units::Km.distance_text(12_340.0), "12.3 km");
        assert_eq!(Units::Mi.distance_text(16_093.44), "10.0 mi");
        assert_eq!(Units::Mi.height_text(304.8), "1000 ft");
    }

    #[test]
    fn durations_and_shares() {
        assert_eq!(duration_text(3727.0), "1:02:07");
        assert_eq!(duration_text(62.4), "1:02");
        assert_eq!(percent(0.3108), "31");
        assert_eq!(
            (counted(1, "run", "runs"), counted(0, "run", "runs")),
            ("1 run".to_string(), "0 runs".to_string())
        );
        assert_eq!(rounded(-0.0004, 3), 0.0);
        assert_eq!(rounded(1.23456, 3), 1.235);
        assert_eq!(rounded(1e308, 3), 1e308);
    }
}
