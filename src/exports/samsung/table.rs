//! Samsung's tables: the line before the header says what they hold.

use super::super::kit::{Fault, Notes, Row, Table, offset_s};
use crate::text::{
    encoding,
    stamp::{Stamp, Zone, stamp},
};

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Exercises,
    Stages,
}

/// What the first line begins with, up to the first comma.
const KINDS: &[(&str, Kind)] = &[
    ("com.samsung.shealth.exercise", Kind::Exercises),
    ("com.samsung.health.exercise", Kind::Exercises),
    ("com.samsung.health.sleep_stage", Kind::Stages),
    ("com.samsung.shealth.sleep_stage", Kind::Stages),
];

/// What columns may begin with.
pub(super) const PREFIXES: &[&str] = &[
    "com.samsung.health.exercise.",
    "com.samsung.health.sleep_stage.",
    "",
];

/// What a file holds. None: it is none of these tables.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    let head = bytes.get(..256).unwrap_or(bytes);
    let is_near = memchr::memmem::find(head, b"samsung").is_some() || head.contains(&0);
    let (text, _) = is_near.then(|| encoding::decode(encoding::whole_characters(head)))?;
    let line = text.lines().next()?;
    let name = line.split(',').next()?.trim();
    let known = KINDS.iter().find(|(known, _)| *known == name);
    known.map(|(_, kind)| *kind)
}

/// The table behind the first line. None: it has not these columns.
pub(super) fn read(bytes: &[u8], columns: &[&str], notes: &mut Notes) -> Option<Table> {
    let (text, _) = encoding::decode(bytes);
    let (_, table) = text.split_once('\n')?;
    PREFIXES.iter().find_map(|prefix| {
        let columns: Vec<String> = columns
            .iter()
            .map(|name| format!("{prefix}{name}"))
            .collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        Table::read(table.as_bytes(), &columns, notes)
    })
}

/// What a column is called in this row's table, with or without its prefix.
pub(super) fn named(row: &Row, column: &str) -> String {
    let names = PREFIXES.iter().map(|prefix| format!("{prefix}{column}"));
    let mut filled = names.filter(|name| row.text(name).is_some());
    filled.next().unwrap_or_else(|| column.to_string())
}

/// The cell's text.
pub(super) fn text<'t>(row: &Row<'t>, column: &str) -> Option<&'t str> {
    row.text(&named(row, column))
}

/// A time and how far its clock is ahead of UTC. Where the offset stands in milliseconds, the time is that of the clock.
pub(super) fn when(notes: &mut Notes, row: &Row, column: &str) -> Option<(Stamp, Option<i32>)> {
    let written = stamp(text(row, column)?)?;
    let offset = text(row, "time_offset").unwrap_or_default();
    let Some(zone) = offset.strip_prefix("UTC") else {
        let ms: Option<f64> = offset.parse().ok();
        let offset_s = ms.and_then(|ms| offset_s(notes, ms / 1000.0, row.number));
        return Some((written, offset_s));
    };
    let offset_s = zone_s(zone).and_then(|seconds| offset_s(notes, seconds, row.number));
    if offset_s.is_none() {
        notes.add(Fault::OddOffset, row.number, offset);
    }
    let zone = Zone::Utc;
    Some((Stamp { zone, ..written }, offset_s))
}

/// `+0100` or `+01:00` in seconds.
fn zone_s(text: &str) -> Option<f64> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1.0, digits),
        ("-", digits) => (-1.0, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let (hours, minutes) = digits.split_at_checked(2)?;
    let (hours, minutes): (f64, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
    Some(sign * (hours * 3600.0 + minutes * 60.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_told_by_their_first_line() {
        for (text, expected) in [
            (
                "com.samsung.shealth.exercise,7005009,17\ntitle,",
                Some(Kind::Exercises),
            ),
            (
                "\u{feff}com.samsung.health.exercise\na,b",
                Some(Kind::Exercises),
            ),
            ("com.samsung.shealth.exercise.weather,1,1\na", None),
            (
                "com.samsung.health.sleep_stage,7006011,7\r\na",
                Some(Kind::Stages),
            ),
            ("com.samsung.shealth.sleep,1,1\na", None),
            ("", None),
        ] {
            assert_eq!(kind(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn offsets_are_hours_and_minutes() {
        for (text, seconds) in [
            ("+0100", Some(3600.0)),
            ("-09:30", Some(-34_200.0)),
            ("+1", None),
            ("", None),
        ] {
            assert_eq!(zone_s(text), seconds, "{text}");
        }
    }
}
