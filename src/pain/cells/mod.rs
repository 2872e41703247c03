//! One cell to one value: ratings, numbers, hours, yes and no. Errors say what was found.

mod ostrc;
mod placed;
mod rating;
mod scale;

use super::words::{fold, is_unknown};

pub(super) use ostrc::{OstrcCoding, ostrc, ostrc_coding};
pub(super) use placed::{Placed, is_empty_list, names_a_place, placed, places};
pub(super) use rating::{Rating, rating};
pub use scale::Scale;

/// `3` or `3.5`.
pub(super) fn rating_text(pain: f64) -> String {
    crate::units::number(pain, usize::from(pain.fract() != 0.0))
}

/// A plain decimal number, `3.5` or `3,5` (a comma inside a cell is no delimiter). Not `NaN`, not `inf`, no exponent, no thousands separators; never negative zero.
pub(super) fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let digits = cell.strip_prefix(['-', '+', '−']).unwrap_or(cell);
    if !is_plain_number(digits) {
        return None;
    }
    let value: f64 = digits.replace(',', ".").parse().ok()?;
    let is_negative = cell.starts_with(['-', '−']) && value > 0.0;
    Some(if is_negative { -value } else { value })
}

fn is_plain_number(digits: &str) -> bool {
    let is_separator = |c: char| matches!(c, '.' | ',');
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.len() <= 20
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || is_separator(c))
        && digits.chars().filter(|c| is_separator(*c)).count() <= 1
}

/// A number within a range; `7/10` style denominators are cut off when they equal the top of the range. None when blank.
pub(super) fn within(cell: &str, low: f64, high: f64) -> Result<Option<f64>, String> {
    if is_blank(cell) {
        return Ok(None);
    }
    let top = match cell.split_once('/') {
        Some((top, bottom)) if number(bottom) == Some(high) => top,
        _ => cell,
    };
    match number(top) {
        Some(value) if (low..=high).contains(&value) => Ok(Some(value)),
        _ => Err(format!("is no number from {low} to {high}")),
    }
}

/// Hours: `7.5`, `7:30`, `7:30:00`, `7h`, `7h30m`, `7 hrs`, `7 Std 30`, 0–16. None when blank.
pub(super) fn hours(cell: &str) -> Result<Option<f64>, String> {
    if is_blank(cell) {
        return Ok(None);
    }
    match hours_and_minutes(cell) {
        Some(hours) if (0.0..=16.0).contains(&hours) => Ok(Some(hours)),
        _ => Err("is no number of hours from 0 to 16".to_string()),
    }
}

/// Hours from a cell of seconds, as exports of watches have them, 0–16 hours. None when blank or 0, which exports write for
/// "not recorded".
pub(super) fn hours_from_seconds(cell: &str) -> Result<Option<f64>, String> {
    if is_blank(cell) {
        return Ok(None);
    }
    match number(cell).map(|seconds| seconds / 3600.0) {
        Some(hours) if (0.0..=16.0).contains(&hours) => Ok((hours > 0.0).then_some(hours)),
        _ => Err("is no number of seconds from 0 to 57600 (16 hours)".to_string()),
    }
}

/// A number of hours, with minutes behind a colon or a unit.
fn hours_and_minutes(cell: &str) -> Option<f64> {
    let lower = cell.trim().to_lowercase();
    match lower.split_once(':') {
        Some((whole, rest)) => hours_on_a_clock(whole, rest),
        None => hours_with_units(&lower),
    }
}

/// `7:30` and `7:30:00`.
fn hours_on_a_clock(whole: &str, rest: &str) -> Option<f64> {
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let seconds = number(seconds.trim_end_matches(char::is_alphabetic))?;
    Some(number(whole)? + sixtieths(minutes)? + seconds / 3600.0)
}

/// `450 min`, `7h`, `7 hrs 30`.
fn hours_with_units(text: &str) -> Option<f64> {
    const MINUTES: &str = "m|min|mins|minutes|minuten|minutos|minuti";
    const HOURS: &str =
        "|h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas|ora|ore|uur|uren|u|hs";
    let is_one_of = |units: &str, unit: &str| units.split('|').any(|other| other == unit);
    let (whole, rest) = text.split_at(text.find(char::is_alphabetic).unwrap_or(text.len()));
    let behind = rest.trim_start_matches(char::is_alphabetic);
    let unit = rest.strip_suffix(behind)?;
    let more = rest.trim_start_matches(|c: char| c.is_alphabetic() || c == '.');
    match more.trim() {
        "" if is_one_of(MINUTES, unit) => Some(number(whole)? / 60.0),
        "" if is_one_of(HOURS, unit) => number(whole),
        minutes if is_one_of(HOURS, unit) => Some(number(whole)? + minutes_behind(minutes)?),
        _ => None,
    }
}

fn minutes_behind(minutes: &str) -> Option<f64> {
    let minutes = minutes
        .trim_start_matches("und ")
        .trim_start_matches("and ");
    match minutes {
        "" => Some(0.0),
        minutes => sixtieths(minutes),
    }
}

/// Minutes with or without their unit, in hours.
fn sixtieths(minutes: &str) -> Option<f64> {
    let digits =
        minutes.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace() || c == '.');
    number(digits)
        .filter(|minutes| (0.0..60.0).contains(minutes))
        .map(|minutes| minutes / 60.0)
}

/// Borg's 6–20 scale on CR-10, by the words both scales share (Borg 1982, Med Sci Sports Exerc 14:377), straight lines
/// between them: 7 very, very light = 0.5; 9 very light = 1; 11 light = 2; 13 somewhat hard = 4; 15 hard = 5;
/// 17 very hard = 7; 19 very, very hard = 10.
pub(super) fn borg_to_cr10(borg: f64) -> f64 {
    const ANCHORS: [(f64, f64); 9] = [
        (6.0, 0.0),
        (7.0, 0.5),
        (9.0, 1.0),
        (11.0, 2.0),
        (13.0, 4.0),
        (15.0, 5.0),
        (17.0, 7.0),
        (19.0, 10.0),
        (20.0, 10.0),
    ];
    let between = ANCHORS
        .iter()
        .zip(ANCHORS.iter().skip(1))
        .find(|(_, upper)| borg <= upper.0);
    between.map_or(10.0, |(lower, upper)| {
        lower.1 + (borg - lower.0).max(0.0) / (upper.0 - lower.0) * (upper.1 - lower.1)
    })
}

fn is_blank(cell: &str) -> bool {
    cell.is_empty() || is_unknown(&fold(cell)) && number(cell).is_none()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
