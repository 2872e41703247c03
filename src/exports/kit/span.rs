//! Times that are not ISO 8601 stamps: durations, days, and dates with the month in front.

use super::range::MOMENTS_S;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// Seconds of an ISO 8601 duration (`PT1H2M3.5S`), of `1800s`, or of a plain number of seconds. None: it is none of them.
pub(in crate::exports) fn duration_s(text: &str) -> Option<f64> {
    let text = text.trim();
    match text.strip_prefix(['P', 'p']) {
        Some(parts) => iso_s(parts),
        None => plain(text.trim_end_matches(['s', 'S'])),
    }
}

fn plain(text: &str) -> Option<f64> {
    let seconds: f64 = text.trim().parse().ok()?;
    (seconds.is_finite() && seconds >= 0.0).then_some(seconds)
}

/// Weeks, days, hours, minutes and seconds; months and years are no length.
fn iso_s(parts: &str) -> Option<f64> {
    let (days, times) = parts.split_once(['T', 't']).unwrap_or((parts, ""));
    let days = sum_s(days, &[('W', 604_800.0), ('D', 86_400.0)])?;
    let times = sum_s(times, &[('H', 3600.0), ('M', 60.0), ('S', 1.0)])?;
    Some(days + times)
}

fn sum_s(parts: &str, units: &[(char, f64)]) -> Option<f64> {
    let mut seconds = 0.0;
    for part in parts.split_inclusive(|c: char| c.is_ascii_alphabetic()) {
        let unit = part.chars().next_back()?.to_ascii_uppercase();
        let (_, length_s) = units.iter().find(|(letter, _)| *letter == unit)?;
        let count = part.get(..part.len() - 1)?.replace(',', ".");
        seconds += plain(&count)? * length_s;
    }
    Some(seconds)
}

/// A moment of the form `09/24/25 07:10:00` or `09/24/2025 07:10:00 AM`, as if its clock were UTC's.
pub(in crate::exports) fn us_stamp_s(text: &str) -> Option<f64> {
    const FORMS: &[&str] = &[
        "%m/%d/%y %H:%M:%S",
        "%m/%d/%Y %H:%M:%S",
        "%m/%d/%y %I:%M:%S %p",
        "%m/%d/%Y %I:%M:%S %p",
    ];
    let text = text.trim();
    let moment = FORMS
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    Some(moment.and_utc().timestamp() as f64).filter(|seconds| MOMENTS_S.contains(seconds))
}

/// The first second of a day, as if its clock were UTC's.
pub(in crate::exports) fn start_of_day_s(day: NaiveDate) -> f64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, seconds) in [
            ("PT1800.5S", Some(1800.5)),
            ("PT1H2M3S", Some(3723.0)),
            ("P1DT1M", Some(86_460.0)),
            ("PT0,5S", Some(0.5)),
            ("1800s", Some(1800.0)),
            ("1800", Some(1800.0)),
            ("P1M", None),
            ("PTS", None),
            ("-5", None),
            ("soon", None),
            ("NaN", None),
        ] {
            assert_eq!(duration_s(text), seconds, "{text}");
        }
    }

    #[test]
    fn dates_with_the_month_in_front() {
        // 2025-09-24 is day 20,355 of the Unix epoch.
        let day = 20_355.0 * 86_400.0;
        assert_eq!(us_stamp_s("09/24/25 07:10:00"), Some(day + 25_800.0));
        assert_eq!(us_stamp_s(" 09/24/2025 07:10:00 PM"), Some(day + 69_000.0));
        assert_eq!(us_stamp_s("24/09/25 07:10:00"), None);
        assert_eq!(us_stamp_s("09/24/70 07:10:00"), None);
    }
}
