//! Moments as XML and JSON write them: ISO 8601 with a date, a time and perhaps a zone.

/// A time as the text gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stamp {
    /// Unix seconds; a time without a zone is taken as UTC.
    pub unix_s: f64,
    /// Its zone.
    pub zone: Zone,
}

/// The zone of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// `Z`, or an offset of zero, which says no more than `Z` does.
    Utc,
    /// Seconds east of UTC, not zero.
    Offset(i32),
    /// None given.
    Unknown,
}

/// Reads an ISO 8601 date and time: `2024-11-08T10:00:00[.sss][Z|±hh[:]mm]`, a blank before the zone or not. A leap second counts as
/// the second after it.
pub fn stamp(text: &str) -> Option<Stamp> {
    let bytes = text.trim().as_bytes();
    let (head, tail) = bytes.split_at_checked(19)?;
    let &[
        y0,
        y1,
        y2,
        y3,
        b'-',
        m0,
        m1,
        b'-',
        d0,
        d1,
        b'T' | b't' | b' ',
        h0,
        h1,
        b':',
        n0,
        n1,
        b':',
        s0,
        s1,
    ] = head
    else {
        return None;
    };
    let year = two(y0, y1)? * 100 + two(y2, y3)?;
    let days = days(year, two(m0, m1)?, two(d0, d1)?)?;
    let seconds = second_of_day(two(h0, h1)?, two(n0, n1)?, two(s0, s1)?)?;
    let (fraction, tail) = fraction(tail)?;
    let zone = zone(tail)?;
    let whole = days * 86_400 + seconds - zone.offset_s();
    Some(Stamp {
        unix_s: whole as f64 + fraction,
        zone,
    })
}

impl Zone {
    fn offset_s(self) -> i64 {
        match self {
            Zone::Offset(seconds) => i64::from(seconds),
            Zone::Utc | Zone::Unknown => 0,
        }
    }
}

/// The days of a date from 1970-01-01; None when there is no such date.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    is_date(year, month, day).then(|| days_from_epoch(year, month, day))
}

fn is_date(year: i64, month: i64, day: i64) -> bool {
    year != 0 && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day)
}

/// None when the day has no such time; a leap second and 24:00:00 are some.
fn second_of_day(hour: i64, minute: i64, second: i64) -> Option<i64> {
    let is_time = hour < 24 && minute < 60 && second <= 60 || (hour, minute, second) == (24, 0, 0);
    is_time.then_some(hour * 3600 + minute * 60 + second)
}

fn two(tens: u8, ones: u8) -> Option<i64> {
    let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
    is_number.then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
}

/// Splits `.123` off the rest of a time; 0 when there is none.
fn fraction(tail: &[u8]) -> Option<(f64, &[u8])> {
    let Some((b'.' | b',', digits)) = tail.split_first() else {
        return Some((0.0, tail));
    };
    let count = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at_checked(count)?;
    (count > 0).then(|| (decimal(digits), rest))
}

/// The fraction that these digits are; no more than nine of them can matter.
fn decimal(digits: &[u8]) -> f64 {
    let (mut value, mut scale) = (0.0, 1.0);
    for digit in digits.iter().take(9) {
        value = value * 10.0 + f64::from(digit - b'0');
        scale *= 10.0;
    }
    value / scale
}

fn zone(tail: &[u8]) -> Option<Zone> {
    let (sign, hours, minutes) = match tail {
        [] => return Some(Zone::Unknown),
        [b'Z' | b'z'] | b"UTC" | b"GMT" => return Some(Zone::Utc),
        [b' ', tail @ ..] => return zone(tail),
        &[sign, h0, h1, b':', m0, m1] | &[sign, h0, h1, m0, m1] => {
            (sign, two(h0, h1)?, two(m0, m1)?)
        }
        &[sign, h0, h1] => (sign, two(h0, h1)?, 0),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Some(seconds)
        .filter(|_| minutes < 60)
        .and_then(|seconds| signed(sign, seconds))
}

fn signed(sign: u8, seconds: i32) -> Option<Zone> {
    match sign {
        b'+' | b'-' if seconds == 0 => Some(Zone::Utc),
        b'+' => Some(Zone::Offset(seconds)),
        b'-' => Some(Zone::Offset(-seconds)),
        _ => None,
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar, for years from 1. March is taken as the first month, so
/// that the leap day is the last day of the year.
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days_before_month = (153 * month + 2) / 5;
    365 * year + year / 4 - year / 100 + year / 400 + days_before_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        // 2024-11-08 is day 20,035 of the Unix epoch: 54 * 365 + 13 leap days + 312.
        let ten = 20_035.0 * 86_400.0 + 36_000.0;
        for (text, expected) in [
            ("2024-11-08T10:00:00Z", Some((ten, Zone::Utc))),
            (
                " 2024-11-08 10:00:00.250+00:00\n",
                Some((ten + 0.25, Zone::Utc)),
            ),
            (
                "2024-11-08T10:00:00+01:30",
                Some((ten - 5400.0, Zone::Offset(5400))),
            ),
            (
                "2024-11-08T10:00:00-0800",
                Some((ten + 28_800.0, Zone::Offset(-28_800))),
            ),
            ("2024-11-08T10:00:00", Some((ten, Zone::Unknown))),
            ("2024-11-08 10:00:00,5 UTC", Some((ten + 0.5, Zone::Utc))),
            (
                "2024-11-08 10:00:00 +0130",
                Some((ten - 5400.0, Zone::Offset(5400))),
            ),
            ("2024-11-08T09:59:60Z", Some((ten, Zone::Utc))),
            ("1970-01-01T00:00:00Z", Some((0.0, Zone::Utc))),
            ("0001-01-01T00:00:00Z", Some((-62_135_596_800.0, Zone::Utc))),
            ("2024-02-29T24:00:00Z", Some((1_709_251_200.0, Zone::Utc))),
            ("2023-02-29T00:00:00Z", None),
            ("2024-13-01T00:00:00Z", None),
            ("2024-11-08T10:00:61Z", None),
            ("2024-11-08", None),
            ("0000-01-01T00:00:00Z", None),
            ("2024-11-08T10:00:00.Z", None),
            ("2024-11-08T10:00:00+1", None),
            ("yesterday at ten o'clock", None),
        ] {
            assert_eq!(stamp(text).map(|s| (s.unix_s, s.zone)), expected, "{text}");
        }
    }
}
