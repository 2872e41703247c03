//! Dates and times of day as people write them: read exactly or refused, never guessed.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

/// Which comes first in `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Day, month, year: 3 April.
    DayFirst,
    /// Month, day, year: 4 March.
    MonthFirst,
}

impl DateOrder {
    /// Both orders.
    pub const ALL: &[DateOrder] = &[DateOrder::DayFirst, DateOrder::MonthFirst];

    /// The word for `--date-order`.
    pub fn as_str(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
        }
    }

    /// `day/month/year`, for sentences.
    pub fn label(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day/month/year",
            DateOrder::MonthFirst => "month/day/year",
        }
    }
}

/// A date cell, taken apart but not yet placed in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    day: Parts,
    /// The time of day behind the date, as written.
    pub time: Option<NaiveTime>,
    /// A zone stood behind the time.
    pub zoned: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parts {
    /// The order is certain: year first, or day.month.year with dots.
    Known { year: i32, month: u32, day: u32 },
    /// Two numbers whose order only the column or an option can tell.
    Slashed { first: u32, second: u32, year: i32 },
}

/// Takes a date cell apart: `2025-03-03`, `2025/3/3`, `03.03.2025`, `3/3/2025`, `3-3-2025`, each also with a time of day
/// (`2025-03-03T22:30:00+13:00`: the local day as written counts). Errors say what was found.
pub(super) fn take_apart(cell: &str) -> Result<Written, &'static str> {
    let cell = cell.trim();
    let (date, time) = cell.split_once(['T', 't', ' ']).unwrap_or((cell, ""));
    let separator = date.chars().find(|c| !c.is_ascii_digit());
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    if parts.first().is_some_and(|p| p.len() == 5 && is_digits(p)) && parts.len() <= 2 {
        return Err("looks like a spreadsheet's day number");
    }
    let [a, b, c] = parts.as_slice() else { return Err("is no date niggle reads") };
    let one_separator = date.chars().filter(|c| !c.is_ascii_digit()).all(|c| Some(c) == separator);
    if !one_separator || !parts.iter().all(|p| is_digits(p)) {
        return Err("is no date niggle reads");
    }
    let day = match (a.len(), c.len(), separator) {
        (4, 1..=2, _) => Parts::Known { year: int(a), month: int(b) as u32, day: int(c) as u32 },
        (1..=2, 4, Some('.')) => Parts::Known { year: int(c), month: int(b) as u32, day: int(a) as u32 },
        (1..=2, 4, _) => Parts::Slashed { first: int(a) as u32, second: int(b) as u32, year: int(c) },
        _ => return Err("has no year of four digits"),
    };
    let (time, zoned) = clock(time).ok_or("has something behind the date that is no time")?;
    Ok(Written { day, time, zoned })
}

impl Written {
    pub fn is_utc(&self) -> bool {
        false
    }
    pub fn utc(&self, _: NaiveDate) -> Option<chrono::NaiveDateTime> {
        None
    }
    /// The two numbers whose order is open; None when the order is certain.
    pub fn open_numbers(&self) -> Option<(u32, u32)> {
        match self.day {
            Parts::Known { .. } => None,
            Parts::Slashed { first, second, .. } => Some((first, second)),
        }
    }

    /// The date under an order; None when there is no such day.
    pub fn date(&self, order: DateOrder) -> Option<NaiveDate> {
        let (year, month, day) = match (self.day, order) {
            (Parts::Known { year, month, day }, _) => (year, month, day),
            (Parts::Slashed { first, second, year }, DateOrder::DayFirst) => (year, second, first),
            (Parts::Slashed { first, second, year }, DateOrder::MonthFirst) => (year, first, second),
        };
        NaiveDate::from_ymd_opt(year, month, day)
    }
}

/// A time of day: `7:30`, `07:30:15`, `7:30 pm`. None when it is no time.
pub(super) fn time_of_day(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_ascii_lowercase();
    let (digits, hours_added) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim(), Some(0)),
        (_, Some(rest)) => (rest.trim(), Some(12)),
        _ => (text.as_str(), None),
    };
    let whole = digits.split('.').next().unwrap_or_default();
    let parts: Vec<&str> = whole.split(':').collect();
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(|p| p.len() <= 2 && is_digits(p)) {
        return None;
    }
    let number = |at: usize| parts.get(at).map_or(0, |p| int(p) as u32);
    let hour = match hours_added {
        Some(added) if (1..=12).contains(&number(0)) => number(0) % 12 + added,
        Some(_) => return None,
        None => number(0),
    };
    NaiveTime::from_hms_opt(hour, number(1), number(2))
}

/// The time behind a date, and whether a zone stood behind it. Blank is no time; None is something else.
fn clock(text: &str) -> Option<(Option<NaiveTime>, bool)> {
    let text = text.trim();
    if text.is_empty() {
        return Some((None, false));
    }
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at(end);
    let zone_is_plain = zone.chars().skip(1).all(|c| c.is_ascii_digit() || c == ':') && zone.len() <= 6;
    zone_is_plain.then_some(())?;
    Some((Some(time_of_day(time)?), !zone.is_empty()))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// At most four digits, checked by the caller; anything longer is 0 and thus no date.
fn int(digits: &str) -> i32 {
    if digits.len() <= 4 { digits.parse().unwrap_or(0) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, order: DateOrder, expected: Option<&str>) {
        let date = take_apart(cell).ok().and_then(|written| written.date(order));
        assert_eq!(date.map(|d| d.to_string()).as_deref(), expected, "{cell:?} {order:?}");
    }

    #[test]
    fn dates_whose_order_is_certain() {
        for (cell, expected) in [
            ("2025-03-04", Some("2025-03-04")),
            (" 2025-3-4 ", Some("2025-03-04")),
            ("2025/03/04", Some("2025-03-04")),
            ("04.03.2025", Some("2025-03-04")),
            ("4.3.2025", Some("2025-03-04")),
            ("2025-03-04T22:30:00+13:00", Some("2025-03-04")),
            ("2025-03-04 07:30", Some("2025-03-04")),
            ("2025-03-04T07:30:15.250Z", Some("2025-03-04")),
            ("2024-02-29", Some("2024-02-29")),
            ("2025-02-29", None),
            ("2024-02-30", None),
            ("2025-00-01", None),
        ] {
            check(cell, DateOrder::DayFirst, expected);
            check(cell, DateOrder::MonthFirst, expected);
        }
    }

    #[test]
    fn dates_whose_order_the_column_tells() {
        for (cell, day_first, month_first) in [
            ("03/04/2024", Some("2024-04-03"), Some("2024-03-04")),
            ("3-4-2024", Some("2024-04-03"), Some("2024-03-04")),
            ("25/06/2024", Some("2024-06-25"), None),
            ("6/25/2024 7:30 PM", None, Some("2024-06-25")),
        ] {
            check(cell, DateOrder::DayFirst, day_first);
            check(cell, DateOrder::MonthFirst, month_first);
            assert!(take_apart(cell).unwrap().open_numbers().is_some());
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_a_reason() {
        for (cell, reason) in [
            ("45604", "looks like a spreadsheet's day number"),
            ("45604.5", "looks like a spreadsheet's day number"),
            ("8 Nov 2024", "is no date niggle reads"),
            ("yesterday", "is no date niggle reads"),
            ("2024-11", "is no date niggle reads"),
            ("2024-11/08", "is no date niggle reads"),
            ("03/04/24", "has no year of four digits"),
            ("99999-01-01", "has no year of four digits"),
            ("2024-11-08 soon", "has something behind the date that is no time"),
        ] {
            assert_eq!(take_apart(cell), Err(reason), "{cell:?}");
        }
    }

    #[test]
    fn times_of_day() {
        for (text, expected) in [
            ("7:30", Some("07:30:00")),
            ("07:30:15", Some("07:30:15")),
            ("7:30 pm", Some("19:30:00")),
            ("12:05AM", Some("00:05:00")),
            ("12:05 pm", Some("12:05:00")),
            ("24:00", None),
            ("13:00 pm", None),
            ("7", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(time_of_day(text).map(|t| t.to_string()).as_deref(), expected, "{text:?}");
        }
        let zoned = take_apart("2024-11-08T22:30:00+13:00").unwrap();
        assert_eq!((zoned.time, zoned.zoned), (NaiveTime::from_hms_opt(22, 30, 0), true));
    }
}
