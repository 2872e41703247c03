//! One cell to one value: ratings, numbers, hours, yes and no. Errors say what was found.

use super::words::{Vocabulary, fold, is_unknown};

/// A pain rating as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rating {
    /// 0–10.
    pub value: f64,
    /// It was a word.
    pub approximate: bool,
}

/// A pain cell: `3`, `3.5`, `3/10`, `3 out of 10`, with `scale_100` also `35` for 3.5, or a word. None when blank.
pub(super) fn rating(cell: &str, words: &Vocabulary, scale: super::Scale) -> Result<Option<Rating>, String> {
    let scale_100 = scale == super::Scale::ZeroToHundred;
    let top_of_scale = if scale_100 { 100.0 } else { 10.0 };
    if let Some(value) = number(cell).filter(|value| (0.0..=top_of_scale).contains(value)) {
        return Ok(Some(Rating { value: value * 10.0 / top_of_scale, approximate: false }));
    }
    let folded = fold(cell);
    if is_unknown(&folded) {
        return Ok(None);
    }
    if let Some(word) = words.ratings.get(&folded) {
        return Ok(Some(Rating { value: f64::from(word), approximate: true }));
    }
    let (top, scale) = match cell.split_once('/').or_else(|| cell.split_once("out of")) {
        Some((top, bottom)) => (top, number(bottom)),
        None => (cell, Some(top_of_scale)),
    };
    let is_known_scale = scale == Some(10.0) || (scale_100 && scale == Some(100.0));
    if is_range(cell) {
        return Err("is a range; write one number from 0 to 10, the highest you felt".to_string());
    }
    let (Some(top), Some(scale), true) = (number(top), scale, is_known_scale) else {
        return Err(format!("is no rating (a number from 0 to 10, or {})", words.ratings.accepted));
    };
    if !(0.0..=scale).contains(&top) {
        let hint = if scale == 10.0 && (0.0..=100.0).contains(&top) {
            "; for a 0–100 scale use --pain-scale 100"
        } else {
            ""
        };
        return Err(format!("is outside 0–{scale}{hint}"));
    }
    Ok(Some(Rating { value: top * 10.0 / scale, approximate: false }))
}

/// `3` or `3.5`.
pub(super) fn rating_text(pain: f64) -> String {
    crate::units::number(pain, usize::from(pain.fract() != 0.0))
}

/// `1-2`, `1 – 2`, `1 to 2`.
fn is_range(cell: &str) -> bool {
    let parts = cell.split_once(['-', '–', '—']).or_else(|| cell.split_once("to"));
    parts.is_some_and(|(low, high)| number(low).is_some() && number(high).is_some())
}

/// A plain decimal number, `3.5` or `3,5` (a comma inside a cell is no delimiter). Not `NaN`, not `inf`, no exponent, no thousands separators; never negative zero.
pub(super) fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let digits = cell.strip_prefix(['-', '+', '−']).unwrap_or(cell);
    let is_separator = |c: char| matches!(c, '.' | ',');
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.len() <= 20
        && digits.chars().all(|c| c.is_ascii_digit() || is_separator(c))
        && digits.chars().filter(|c| is_separator(*c)).count() <= 1;
    let value: f64 = is_plain.then(|| digits.replace(',', ".").parse().ok()).flatten()?;
    Some(if cell.starts_with(['-', '−']) && value > 0.0 { -value } else { value })
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
    value.map(Some).ok_or_else(|| format!("is no number from {low} to {high}"))
}

/// Hours: `7.5`, `7:30`, `7h`, `7h30`, `7 hrs`, 0–16. None when blank.
pub(super) fn hours(cell: &str) -> Result<Option<f64>, String> {
    if is_blank(cell) {
        return Ok(None);
    }
    let lower = cell.trim().to_lowercase();
    let (whole, minutes) = lower.split_once([':', 'h']).unwrap_or((&lower, ""));
    let minutes = minutes.trim_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    let minutes = if minutes.is_empty() { Some(0.0) } else { number(minutes).filter(|m| (0.0..60.0).contains(m)) };
    let value = number(whole).zip(minutes).map(|(hours, minutes)| hours + minutes / 60.0);
    let value = value.filter(|hours| (0.0..=16.0).contains(hours));
    value.map(Some).ok_or_else(|| "is no number of hours from 0 to 16".to_string())
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
    let between = ANCHORS.iter().zip(ANCHORS.iter().skip(1)).find(|(_, upper)| borg <= upper.0);
    between
        .map_or(10.0, |(lower, upper)| lower.1 + (borg - lower.0).max(0.0) / (upper.0 - lower.0) * (upper.1 - lower.1))
}

/// An answer to an OSTRC question: 0, 8, 17 or 25; 0–3 for the four answers; or the answer's words. Questions 2 and 3 also
/// take 6, 13 and 19, which only the first version has (see [`super::ostrc`]). None when blank.
pub(super) fn ostrc(
    cell: &str,
    question: usize,
    _: super::ostrc::Coding,
    words: &Vocabulary,
) -> Result<Option<u8>, String> {
    let folded = fold(cell);
    if is_unknown(&folded) {
        return Ok(None);
    }
    let words = words.ostrc.get(question).ok_or("is no answer")?;
    let is_extent = matches!(question, 1 | 2);
    let score = match folded.as_str() {
        "0" => Some(0),
        "1" | "8" => Some(8),
        "2" | "17" => Some(17),
        "3" | "25" => Some(25),
        "6" | "13" | "19" if is_extent => folded.parse().ok(),
        word => words.get(word),
    };
    let first_version = if is_extent { "; in the first version 0, 6, 13, 19, 25" } else { "" };
    score
        .map(Some)
        .ok_or_else(|| format!("is no answer (0, 8, 17, 25 or 0 to 3, or {}{first_version})", words.accepted))
}

fn is_blank(cell: &str) -> bool {
    cell.is_empty() || is_unknown(&fold(cell)) && number(cell).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, scale_100: bool, expected: Result<Option<(f64, bool)>, ()>) {
        let found = rating(
            cell,
            &Vocabulary::new(),
            if scale_100 { crate::pain::Scale::ZeroToHundred } else { crate::pain::Scale::ZeroToTen },
        );
        let found = found.map(|rating| rating.map(|r| (r.value, r.approximate))).map_err(|_| ());
        assert_eq!(found, expected, "{cell:?}");
    }

    #[test]
    fn ratings() {
        for (cell, expected) in [
            ("3", Ok(Some((3.0, false)))),
            (" 3.5 ", Ok(Some((3.5, false)))),
            ("3/10", Ok(Some((3.0, false)))),
            ("7 / 10", Ok(Some((7.0, false)))),
            ("3 out of 10", Ok(Some((3.0, false)))),
            ("10", Ok(Some((10.0, false)))),
            ("0", Ok(Some((0.0, false)))),
            ("-0", Ok(Some((0.0, false)))),
            ("none", Ok(Some((0.0, true)))),
            ("Mild", Ok(Some((2.0, true)))),
            ("moderate", Ok(Some((5.0, true)))),
            ("SEVERE", Ok(Some((8.0, true)))),
            ("", Ok(None)),
            ("-", Ok(None)),
            ("n/a", Ok(None)),
            ("?", Ok(None)),
            ("11", Err(())),
            ("-1", Err(())),
            ("NaN", Err(())),
            ("inf", Err(())),
            ("1e1", Err(())),
            ("3/5", Err(())),
            ("30/100", Err(())),
            ("3,5", Ok(Some((3.5, false)))),
            ("1,234,5", Err(())),
            ("1-2", Err(())),
            ("ouch", Err(())),
            ("1.2.3", Err(())),
        ] {
            check(cell, false, expected);
        }
        check("35", true, Ok(Some((3.5, false))));
        check("35/100", true, Ok(Some((3.5, false))));
        check("3/10", true, Ok(Some((3.0, false))));
        check("101", true, Err(()));
        let error = rating("70", &Vocabulary::new(), crate::pain::Scale::ZeroToTen).unwrap_err();
        assert_eq!(error, "is outside 0–10; for a 0–100 scale use --pain-scale 100");
        for cell in ["1-2", "1 – 2", "1 to 2"] {
            let error = rating(cell, &Vocabulary::new(), crate::pain::Scale::ZeroToTen).unwrap_err();
            assert_eq!(error, "is a range; write one number from 0 to 10, the highest you felt", "{cell}");
        }
    }

    #[test]
    fn numbers_in_a_range() {
        for (cell, expected) in [
            ("4", Ok(Some(4.0))),
            ("4/5", Ok(Some(4.0))),
            ("", Ok(None)),
            ("-", Ok(None)),
            ("0", Err(())),
            ("good", Err(())),
        ] {
            assert_eq!(within(cell, 1.0, 5.0).map_err(|_| ()), expected, "{cell:?}");
        }
    }

    #[test]
    fn hours_of_sleep() {
        for (cell, expected) in [
            ("7.5", Ok(Some(7.5))),
            ("7:30", Ok(Some(7.5))),
            ("7h30", Ok(Some(7.5))),
            ("7h 30m", Ok(Some(7.5))),
            ("7 h", Ok(Some(7.0))),
            ("7hrs", Ok(Some(7.0))),
            ("7,25", Ok(Some(7.25))),
            ("0", Ok(Some(0.0))),
            ("", Ok(None)),
            ("17", Err(())),
            ("7:75", Err(())),
            ("well", Err(())),
        ] {
            assert_eq!(hours(cell).map_err(|_| ()), expected, "{cell:?}");
        }
    }

    #[test]
    fn borg_by_its_words() {
        for (borg, cr10) in
            [(6.0, 0.0), (7.0, 0.5), (9.0, 1.0), (12.0, 3.0), (13.0, 4.0), (15.0, 5.0), (17.0, 7.0), (20.0, 10.0)]
        {
            assert_eq!(borg_to_cr10(borg), cr10, "{borg}");
        }
    }

    #[test]
    fn ostrc_answers() {
        let words = Vocabulary::new();
        for (cell, expected) in [
            ("0", Ok(Some(0))),
            ("8", Ok(Some(8))),
            ("17", Ok(Some(17))),
            ("25", Ok(Some(25))),
            ("2", Ok(Some(17))),
            ("3", Ok(Some(25))),
            ("Minor", Ok(Some(8))),
            ("", Ok(None)),
            ("6", Ok(Some(6))),
            ("13", Ok(Some(13))),
            ("19", Ok(Some(19))),
            ("cannot participate at all", Ok(Some(25))),
            ("12", Err(())),
            ("maybe", Err(())),
        ] {
            assert_eq!(ostrc(cell, 1, Default::default(), &words).map_err(|_| ()), expected, "{cell:?}");
        }
        // Questions 1 and 4 have the same four answers in both versions.
        for (question, expected) in [(0, Err(())), (1, Ok(Some(13))), (2, Ok(Some(13))), (3, Err(()))] {
            assert_eq!(
                ostrc("13", question, Default::default(), &words).map_err(|_| ()),
                expected,
                "question {}",
                question + 1
            );
        }
    }
}
