//! One cell to one value: ratings, numbers, hours, yes and no. Errors say what was found.

mod ostrc;
mod placed;
mod rating;
mod scale;

use super::words::{fold, is_unknown};

pub(super) use ostrc::{OstrcCoding, ostrc, ostrc_coding};
pub(super) use placed::{Placed, is_empty_list, names_a_place, placed};
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
    let is_separator = |c: char| matches!(c, '.' | ',');
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.len() <= 20
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || is_separator(c))
        && digits.chars().filter(|c| is_separator(*c)).count() <= 1;
    let value: f64 = is_plain
        .then(|| digits.replace(',', ".").parse().ok())
        .flatten()?;
    Some(if cell.starts_with(['-', '−']) && value > 0.0 {
        -value
    } else {
        value
    })
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
    let value = number(top).filter(|value| (low..=high).contains(value));
    value
        .map(Some)
        .ok_or_else(|| format!("is no number from {low} to {high}"))
}

/// Hours: `7.5`, `7:30`, `7:30:00`, `7h`, `7h30m`, `7 hrs`, `7 Std 30`, 0–16. None when blank.
pub(super) fn hours(cell: &str) -> Result<Option<f64>, String> {
    if is_blank(cell) {
        return Ok(None);
    }
    let value = hours_and_minutes(cell).filter(|hours| (0.0..=16.0).contains(hours));
    value
        .map(Some)
        .ok_or_else(|| "is no number of hours from 0 to 16".to_string())
}

/// Hours from a cell of seconds, as exports of watches have them, 0–16 hours. None when blank or 0, which exports write for
/// "not recorded".
pub(super) fn hours_from_seconds(cell: &str) -> Result<Option<f64>, String> {
    if is_blank(cell) {
        return Ok(None);
    }
    let hours = number(cell)
        .map(|seconds| seconds / 3600.0)
        .filter(|hours| (0.0..=16.0).contains(hours));
    let hours =
        hours.ok_or_else(|| "is no number of seconds from 0 to 57600 (16 hours)".to_string())?;
    Ok(Some(hours).filter(|hours| *hours > 0.0))
}

/// A number of hours, with minutes behind a colon or a unit.
fn hours_and_minutes(cell: &str) -> Option<f64> {
    let lower = cell.trim().to_lowercase();
    if let Some((whole, rest)) = lower.split_once(':') {
        let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
        let seconds = number(seconds.trim_end_matches(char::is_alphabetic))?;
        return Some(number(whole)? + sixtieths(minutes)? + seconds / 3600.0);
    }
    let unit = lower.find(char::is_alphabetic).unwrap_or(lower.len());
    let (whole, rest) = lower.split_at(unit);
    let minutes = rest
        .trim_start_matches(|c: char| c.is_alphabetic() || c == '.')
        .trim();
    let unit = rest
        .get(..rest.len() - rest.trim_start_matches(char::is_alphabetic).len())
        .unwrap_or_default();
    if matches!(
        unit,
        "m" | "min" | "mins" | "minutes" | "minuten" | "minutos" | "minuti"
    ) {
        return minutes
            .is_empty()
            .then(|| number(whole))
            .flatten()
            .map(|minutes| minutes / 60.0);
    }
    let is_hours = matches!(
        unit,
        "" | "h"
            | "hr"
            | "hrs"
            | "hour"
            | "hours"
            | "std"
            | "stunde"
            | "stunden"
            | "heure"
            | "heures"
    ) || matches!(
        unit,
        "hora" | "horas" | "ora" | "ore" | "uur" | "uren" | "u" | "hs"
    );
    if !is_hours {
        return None;
    }
    let minutes = minutes
        .trim_start_matches("und ")
        .trim_start_matches("and ");
    Some(
        number(whole)?
            + if minutes.is_empty() {
                0.0
            } else {
                sixtieths(minutes)?
            },
    )
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
