//! Moments in the names of files: `2025-03-01_07-30-00.gpx`, `activity_20250301T073000Z.tcx`.

use super::stamp::{Stamp, stamp};

/// How many digits a date with hour and minute has, and one with seconds.
const TO_MINUTES: usize = 12;
const TO_SECONDS: usize = 14;

/// The first date with a time of day in a name, below its folders; the zone is not known unless there is a `Z` behind it.
pub fn named(name: &str) -> Option<Stamp> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let starts = name.char_indices().map(|(at, _)| at);
    starts.filter_map(|at| stamp_at(name, at)).next()
}

/// The moment that begins here, which is no part of a longer number.
fn stamp_at(name: &str, at: usize) -> Option<Stamp> {
    let (before, rest) = name.split_at_checked(at)?;
    if before.ends_with(|letter: char| letter.is_ascii_digit()) || !rest.starts_with("20") {
        return None;
    }
    let (mut digits, zone) = digits(rest)?;
    if digits.len() == TO_MINUTES {
        digits.push_str("00");
    }
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let (date, time) = (
        [part(0, 4), part(4, 6), part(6, 8)].join("-"),
        [part(8, 10), part(10, 12), part(12, 14)].join(":"),
    );
    stamp(&format!("{date}T{time}{zone}"))
}

/// Year to minute or second, one sign between two of them at most, and the `Z` behind them.
fn digits(text: &str) -> Option<(String, &'static str)> {
    let mut digits = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.peek().copied() {
        let is_end_of_part = digits.len() >= 4 && digits.len().is_multiple_of(2);
        if letter.is_ascii_digit() {
            digits.push(letter);
        } else if !(is_end_of_part && digits.len() < TO_SECONDS && "-_. T:".contains(letter)) {
            break;
        }
        letters.next();
        let is_next_a_digit = letters.peek().is_some_and(char::is_ascii_digit);
        if !letter.is_ascii_digit() && !is_next_a_digit {
            break;
        }
    }
    let is_whole = [TO_MINUTES, TO_SECONDS].contains(&digits.len());
    let zone = if letters.peek() == Some(&'Z') {
        "Z"
    } else {
        ""
    };
    is_whole.then_some((digits, zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::stamp::Zone;

    #[test]
    fn names_that_hold_a_moment() {
        // 2025-03-01 is day 20,148 of the Unix epoch: 2024-11-08 is day 20,035.
        let half_past_seven = 20_148.0 * 86_400.0 + 27_000.0;
        for (name, expected) in [
            ("a/2025-03-01_07-30-00.gpx", Some(Zone::Unknown)),
            ("2025-03-01-0730.gpx", Some(Zone::Unknown)),
            ("run 2025-03-01 07.30.gpx", Some(Zone::Unknown)),
            ("activity_20250301T073000Z.tcx", Some(Zone::Utc)),
            ("20250301073000.tcx.gz", Some(Zone::Unknown)),
            ("2025-03-01T07:30:00.gpx", Some(Zone::Unknown)),
            ("2025-03-01.gpx", None),
            ("2025-03-01-7.gpx", None),
            ("activity_20250301073.gpx", None),
            ("920250301073000.gpx", None),
            ("2025-13-01_07-30-00.gpx", None),
            ("morning.gpx", None),
            ("", None),
        ] {
            let found = named(name);
            assert_eq!(found.map(|stamp| stamp.zone), expected, "{name}");
            if let Some(stamp) = found {
                assert_eq!(stamp.unix_s, half_past_seven, "{name}");
            }
        }
    }
}
