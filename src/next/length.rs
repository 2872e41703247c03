//! A distance or a height as it is asked for: a number, and a unit where it is not the one that is shown.

use crate::units::MILE_M;

/// A length as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    value: f64,
    /// Metres in one of its unit. None: in the unit that is shown.
    unit_m: Option<f64>,
}

/// Metres in a foot.
const FOOT_M: f64 = 0.3048;

/// The units that can stand behind a number.
const UNITS: [(&str, f64); 4] = [("km", 1000.0), ("mi", MILE_M), ("ft", FOOT_M), ("m", 1.0)];

impl Length {
    /// Reads `18`, `18.5`, `18,5`, `11mi` or `400 m`.
    ///
    /// # Errors
    /// What is expected.
    pub fn parse(text: &str) -> Result<Length, String> {
        let plain = text.trim().to_lowercase();
        let unit = UNITS.iter().find(|(unit, _)| plain.ends_with(unit));
        let number = unit.map_or(plain.as_str(), |(unit, _)| plain.trim_end_matches(unit));
        let value: Option<f64> = number.trim().replace(',', ".").parse().ok();
        value
            .filter(|value| value.is_finite())
            .map(|value| Length {
                value,
                unit_m: unit.map(|(_, metres)| *metres),
            })
            .ok_or_else(|| {
                "a length is a number, as 18 or 18.5, with km, mi, m or ft behind it if it is in another unit than the one shown".to_string()
            })
    }

    /// In metres; a number alone is in a unit of so many.
    pub fn metres(self, shown_m: f64) -> f64 {
        self.value * self.unit_m.unwrap_or(shown_m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_alone_is_in_the_unit_shown() {
        for (text, shown_m, metres) in [
            ("18", 1000.0, 18_000.0),
            ("18", MILE_M, 28_968.192),
            ("18,5", 1000.0, 18_500.0),
            ("11mi", 1000.0, 17_702.784),
            (" 11 MI ", 1000.0, 17_702.784),
            ("5km", MILE_M, 5000.0),
            ("400", 1.0, 400.0),
            ("400m", 0.3048, 400.0),
            ("1000 ft", 1.0, 304.8),
            ("-3", 1000.0, -3000.0),
        ] {
            let found = Length::parse(text).map(|length| length.metres(shown_m));
            assert!(
                found.is_ok_and(|found| (found - metres).abs() < 1e-9),
                "{text}"
            );
        }
        for text in ["", "km", "far", "nan", "inf", "1e999", "12 13", "5 miles"] {
            assert!(Length::parse(text).is_err(), "{text}");
        }
    }
}
