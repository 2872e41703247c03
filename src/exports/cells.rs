//! Cells of tables as services and spreadsheets write them: figures, clock times and local dates.

use super::kit::{Notes, Row, us_stamp_s};
use crate::text::{
    number::{self, Number},
    stamp::{Stamp, Zone, stamp},
};
use std::ops::RangeInclusive;

/// The first of these columns that has something as a figure times `factor`. None: absent, 0 where that lies outside, or, counted, no
/// number or out of `range`.
pub(super) fn figure(
    row: &Row,
    notes: &mut Notes,
    columns: &[&str],
    factor: f64,
    range: RangeInclusive<f64>,
) -> Option<f64> {
    let column = columns.iter().find(|column| row.text(column).is_some())?;
    let written = match row.number(column) {
        Number::Bad => row.text(column).map_or(Number::Bad, with_commas),
        number => number,
    };
    let found = || format!("{column} {}", row.text(column).unwrap_or_default());
    notes.believed(written, factor, range, row.number, found)
}

/// Like [`figure`] for what cannot be zero: services write 0 for what was not measured.
pub(super) fn positive(
    row: &Row,
    notes: &mut Notes,
    columns: &[&str],
    factor: f64,
    range: RangeInclusive<f64>,
) -> Option<f64> {
    figure(row, notes, columns, factor, range).filter(|value| *value > 0.0)
}

/// A number in which a comma parts the fraction or thousands: the last of both signs parts the fraction; a comma alone parts
/// thousands where three digits follow each.
fn with_commas(cell: &str) -> Number {
    let plain: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let groups: Vec<&str> = plain.split(',').skip(1).collect();
    let are_thousands = groups.iter().all(|group| group.len() == 3);
    match (plain.rfind('.'), plain.rfind(',')) {
        (Some(point), Some(comma)) if point < comma => {
            number::number(&plain.replace('.', "").replace(',', "."))
        }
        (None, Some(_)) if !are_thousands => number::number(&plain.replace(',', ".")),
        _ => number::number(&plain.replace(',', "")),
    }
}

/// Seconds of `26:11` or `1:02:30`; of a plain number too.
pub(super) fn clock_s(text: &str) -> Option<f64> {
    let parts: Vec<f64> = text
        .split(':')
        .map(|part| match number::number(part) {
            Number::Value(value) if value >= 0.0 => Some(value),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let is_clock = parts.len() <= 3 && parts.iter().skip(1).all(|part| *part < 60.0);
    is_clock.then(|| parts.iter().fold(0.0, |sum, part| sum * 60.0 + part))
}

/// A date and time, with or without seconds and zone, also as American spreadsheets write it.
pub(super) fn moment(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let with_seconds = || match text.len() {
        16 => stamp(&format!("{text}:00")),
        _ => None,
    };
    let american = || {
        let unix_s = us_stamp_s(text).or_else(|| us_stamp_s(&format!("{text}:00")))?;
        Some(Stamp {
            unix_s,
            zone: Zone::Unknown,
        })
    };
    stamp(text).or_else(with_seconds).or_else(american)
}

/// What a wall clock shows at a stamp, as if it were UTC's: the zone behind it is left out.
pub(super) fn wall_s(stamp: Stamp) -> f64 {
    match stamp.zone {
        Zone::Offset(ahead_s) => stamp.unix_s + f64::from(ahead_s),
        Zone::Utc | Zone::Unknown => stamp.unix_s,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_part_fractions_or_thousands() {
        for (cell, value) in [
            ("5,04", 5.04),
            ("10,110", 10_110.0),
            ("1,234,567", 1_234_567.0),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1 234,5", 1234.5),
        ] {
            assert_eq!(with_commas(cell), Number::Value(value), "{cell}");
        }
        assert_eq!(with_commas("five"), Number::Bad);
    }

    #[test]
    fn clocks_and_seconds() {
        for (text, seconds) in [
            ("26:11", Some(1571.0)),
            ("1:02:30", Some(3750.0)),
            ("90", Some(90.0)),
            ("26:71", None),
            ("1:2:3:4", None),
            ("-1:00", None),
            ("", None),
        ] {
            assert_eq!(clock_s(text), seconds, "{text}");
        }
    }

    #[test]
    fn local_moments_keep_what_the_clock_shows() {
        // 2025-09-24 is day 20,355 of the Unix epoch.
        let morning = 20_355.0 * 86_400.0 + 7.0 * 3600.0 + 600.0;
        for text in [
            "2025-09-24 07:10:00",
            "2025-09-24T07:10",
            "2025-09-24T07:10:00+02:00",
            "2025-09-24T07:10:00Z",
            "9/24/2025 7:10:00",
            "9/24/25 7:10",
        ] {
            let found = moment(text).map(wall_s);
            assert_eq!(found, Some(morning), "{text}");
        }
        assert_eq!(moment("2025-09-24"), None);
    }
}
