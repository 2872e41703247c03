//! Amounts with their units.

use super::super::kit::{Fault, Notes};
use super::tag::decimal;
use crate::text::number::Number;
use std::ops::RangeInclusive;

/// Units and what one of them is in niggle's.
pub(super) type Units = &'static [(&'static str, f64)];

/// Lengths in m.
pub(super) const LENGTHS: Units = &[
    ("km", 1000.0),
    ("m", 1.0),
    ("mi", 1609.344),
    ("yd", 0.9144),
    ("ft", 0.3048),
    ("cm", 0.01),
];
/// Times in s.
pub(super) const TIMES: Units = &[
    ("min", 60.0),
    ("s", 1.0),
    ("sec", 1.0),
    ("hr", 3600.0),
    ("h", 3600.0),
    ("ms", 0.001),
];
/// Rates per minute.
pub(super) const RATES: Units = &[("count/min", 1.0), ("bpm", 1.0), ("count/s", 60.0)];
/// Masses in kg.
pub(super) const MASSES: Units = &[
    ("kg", 1.0),
    ("lb", 0.453_592_37),
    ("g", 0.001),
    ("st", 6.350_293_18),
];
/// Counts.
pub(super) const COUNTS: Units = &[("count", 1.0)];

/// An amount above zero in niggle's unit. None: it is absent or zero, or, counted, no number, in no known unit or out of `range`.
pub(super) fn amount(
    notes: &mut Notes,
    (value, unit): (&[u8], &[u8]),
    units: Units,
    range: RangeInclusive<f64>,
    number: usize,
) -> Option<f64> {
    let factor = units.iter().find(|(name, _)| name.as_bytes() == unit);
    let found = || {
        let (value, unit) = (
            String::from_utf8_lossy(value),
            String::from_utf8_lossy(unit),
        );
        format!("{value} {unit}")
    };
    match (decimal(value), factor) {
        (Number::Missing | Number::Value(0.0), _) => None,
        (written, Some((_, factor))) => notes.believed(written, *factor, range, number, found),
        (_, None) => {
            notes.add(Fault::BadValue, number, &found());
            None
        }
    }
}

/// An amount and its unit in one text, as `8520 cm`.
pub(super) fn split(text: &[u8]) -> (&[u8], &[u8]) {
    match memchr::memchr(b' ', text) {
        Some(at) => (&text[..at], text[at..].trim_ascii()),
        None => (text, b""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_what_they_are() {
        let mut notes = Notes::new("workout");
        let mut of =
            |text: &str, units| amount(&mut notes, split(text.as_bytes()), units, 0.0..=1e7, 1);
        assert_eq!(of("6.9 km", LENGTHS), Some(6900.0));
        assert_eq!(of("2 mi", LENGTHS), Some(3218.688));
        assert_eq!(of("8520 cm", LENGTHS), Some(85.2));
        assert_eq!(of("0 km", LENGTHS), None);
        assert_eq!(of("1.5 hr", TIMES), Some(5400.0));
        assert_eq!(of("", TIMES), None);
        assert_eq!(of("NaN km", LENGTHS), None);
        assert_eq!(of("5 parsec", LENGTHS), None);
        assert_eq!(notes.problems().len(), 1);
    }
}
