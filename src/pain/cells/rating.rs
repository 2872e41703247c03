//! A pain cell to one rating of 0–10.

use super::{Scale, number};
use crate::option::PAIN_SCALE;
use crate::pain::{
    dates::day_and_month,
    words::{Vocabulary, fold, is_unknown, number_word, rating_in_words},
};

/// A pain rating as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::pain) struct Rating {
    /// 0–10.
    pub value: f64,
    /// It was a word, a range, or marked as about so much.
    pub approximate: bool,
}

impl Rating {
    pub(super) fn exactly(value: f64) -> Self {
        Rating {
            value,
            approximate: false,
        }
    }
}

/// Longest cell that can be a rating, characters; a longer one is a note.
const MAX_CHARS: usize = 60;

/// A pain cell: a number of the column's scale, `3/10` and `3/5` by their own, `3-4` (the higher), a number among words
/// (`3 (stairs)`, `mild (3)`), or words. "None" is exactly 0. None when blank. Errors say what was found.
pub(in crate::pain) fn rating(
    cell: &str,
    words: &Vocabulary,
    scale: Scale,
) -> Result<Option<Rating>, String> {
    if let Some(value) = number(cell) {
        let rating = on_scale(value, scale);
        return rating
            .map(Some)
            .ok_or_else(|| not_a_rating(cell, value, scale));
    }
    match words.ratings.by_cell(cell) {
        Some(word) => Ok(Some(of_word(word))),
        None => rating_of_text(cell, words, scale),
    }
}

/// A cell that is neither a plain number nor a word as it stands in the tables.
fn rating_of_text(cell: &str, words: &Vocabulary, scale: Scale) -> Result<Option<Rating>, String> {
    let folded = fold(cell);
    if says_unknown(cell, &folded) {
        return Ok(None);
    }
    if let Some(rating) = in_words(&folded, words, scale) {
        return Ok(Some(rating));
    }
    if let Some((a, b)) = as_date(cell, &folded) {
        return Err(turned_into_a_date(a, b));
    }
    if cell.chars().count() > MAX_CHARS {
        return Err("is a note, no rating".to_string());
    }
    match numbers(cell, scale)? {
        Some(rating) => Ok(Some(rating)),
        None => Err(no_rating(words)),
    }
}

/// Whether a cell is blank or says that it is not known: signs other than dashes and question marks are no such word.
fn says_unknown(cell: &str, folded: &str) -> bool {
    let is_mark = |c: char| c.is_whitespace() || "-–—?.".contains(c);
    let marks_none = !folded.is_empty() || cell.chars().all(is_mark);
    is_unknown(folded) && marks_none && !cell.contains(['½', '¼', '¾'])
}

/// A date that a spreadsheet made of a rating. "3 out of 10" is no third of October 2010, though "out" is October in Portuguese.
fn as_date(cell: &str, folded: &str) -> Option<(u32, u32)> {
    let digits = || cell.bytes().filter(u8::is_ascii_digit).count();
    let can_be_date = cell.contains(char::is_alphabetic) || digits() > 4;
    match can_be_date && !folded.contains(" out of ") {
        true => day_and_month(cell),
        false => None,
    }
}

fn no_rating(words: &Vocabulary) -> String {
    let accepted = &words.ratings.accepted;
    format!("is no rating (a number from 0 to 10, or {accepted})")
}

fn on_scale(value: f64, scale: Scale) -> Option<Rating> {
    // Nothing is nothing on every scale.
    if value == 0.0 {
        return Some(Rating::exactly(value));
    }
    scale.to_ten(value).map(|value| Rating {
        value,
        approximate: scale.is_approximate(),
    })
}

fn in_words(folded: &str, words: &Vocabulary, scale: Scale) -> Option<Rating> {
    let word = words.ratings.get(folded);
    match word.or_else(|| rating_in_words(folded, &words.ratings)) {
        Some(word) => Some(of_word(word)),
        None => on_scale(f64::from(number_word(folded)?), scale),
    }
}

/// "None" is exactly 0; every other word is about so much.
pub(super) fn of_word(value: u8) -> Rating {
    Rating {
        value: f64::from(value),
        approximate: value != 0,
    }
}

/// Why a plain number is no rating of the scale.
fn not_a_rating(cell: &str, value: f64, scale: Scale) -> String {
    if let Some((a, b)) = day_and_month(cell).filter(|_| value > 100.0) {
        return turned_into_a_date(a, b);
    }
    outside(scale) + &percent_hint(value, scale)
}

/// How to say that ratings go up to 100, where this one may.
fn percent_hint(value: f64, scale: Scale) -> String {
    let can_be_percent = scale == Scale::ZeroToTen && (0.0..=100.0).contains(&value);
    match can_be_percent {
        true => format!("; for a 0–100 scale use {PAIN_SCALE} 100"),
        false => String::new(),
    }
}

fn outside(scale: Scale) -> String {
    format!("is outside {}", scale.as_str().replace('-', "–"))
}

/// `3-Oct` was `3/10` before a spreadsheet took it for a date.
fn turned_into_a_date(a: u32, b: u32) -> String {
    let rating = match (a, b) {
        (rating, 10) | (10, rating) if rating <= 10 => rating,
        _ => {
            return "is a date, perhaps of a spreadsheet that took a rating for one; write one number from 0 to 10"
                .to_string();
        }
    };
    format!(
        "looks like {rating}/10 that a spreadsheet turned into a date; format the column as text and write {rating}"
    )
}

/// A number in a cell and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Number {
    value: f64,
    from: usize,
    to: usize,
}

/// A number with what it is out of, when the cell says it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Value {
    value: f64,
    out_of: Option<f64>,
    /// It and the next are a range.
    to_next: bool,
}

impl Value {
    fn rating(self, scale: Scale) -> Option<Rating> {
        match self.out_of {
            None => on_scale(self.value, scale),
            Some(out_of) => {
                let value = Scale::ZeroToTen.to_ten(self.value * 10.0 / out_of)?;
                Some(Rating::exactly(value))
            }
        }
    }
}

/// The one rating among a cell's numbers. None when it holds none; an error when it is none or there are several.
fn numbers(cell: &str, scale: Scale) -> Result<Option<Rating>, String> {
    let lower = cell.trim().to_lowercase();
    check_first_sign(&lower, scale)?;
    let rating = match values(&lower, &number_places(&lower))?.as_slice() {
        [] => return Ok(None),
        [value] => value
            .rating(scale)
            .ok_or_else(|| not_a_rating(cell, value.value, scale))?,
        [low, high] if low.to_next => range(*low, *high, scale)?,
        several => one_of(several, scale)?,
    };
    Ok(Some(Rating {
        approximate: rating.approximate || is_about(&lower),
        ..rating
    }))
}

/// What a cell's first sign makes of it: a number below 0, a formula, half of a rating.
fn check_first_sign(text: &str, scale: Scale) -> Result<(), String> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some('-' | '−'), Some('0'..='9')) => Err(outside(scale)),
        (Some('='), _) => Err("is a formula and no number; save the values".to_string()),
        (Some('/'), _) => Err("has a scale and no rating before it".to_string()),
        _ => Ok(()),
    }
}

/// The higher end of a range; what one end is out of, the other is too.
fn range(low: Value, high: Value, scale: Scale) -> Result<Rating, String> {
    let out_of = low.out_of.or(high.out_of);
    let ends = [low, high].map(|end| Value { out_of, ..end }.rating(scale));
    let [Some(low), Some(high)] = ends else {
        return Err(outside(scale));
    };
    Ok(Rating {
        value: low.value.max(high.value),
        approximate: true,
    })
}

/// Of several numbers the only one with what it is out of, or the only one on the scale.
fn one_of(values: &[Value], scale: Scale) -> Result<Rating, String> {
    const SEVERAL: &str =
        "holds several numbers; write one number from 0 to 10, the highest you felt";
    let rating = |value: &Value| Some((value.out_of.is_some(), value.rating(scale)?));
    let all: Vec<(bool, Rating)> = values.iter().filter_map(rating).collect();
    let of_its_own: Vec<_> = all.iter().filter(|(is_own, _)| *is_own).collect();
    match (of_its_own.as_slice(), all.as_slice()) {
        ([(_, rating)], _) | ([], [(_, rating)]) => Ok(*rating),
        _ => Err(SEVERAL.to_string()),
    }
}

/// The numbers that can be ratings: those with a unit (`5 km`) or a letter before them (`L5`) are none.
fn values(text: &str, numbers: &[Number]) -> Result<Vec<Value>, String> {
    let mut values = Vec::new();
    let mut rest = numbers;
    while let Some((first, behind)) = rest.split_first() {
        let bottom = bottom_of(text, first, behind)?;
        rest = behind
            .get(usize::from(bottom.is_some())..)
            .unwrap_or_default();
        let end = bottom.map_or(first.to, |bottom| bottom.to);
        let gap = gap(text, end, rest.first());
        let is_percent = bottom.is_none() && gap.starts_with('%');
        let value = Value {
            value: first.value,
            out_of: bottom
                .map(|bottom| bottom.value)
                .or(is_percent.then_some(100.0)),
            to_next: !rest.is_empty() && is_one_of(RANGE, gap),
        };
        if value.out_of.is_some() || !counts_something(text, first) {
            values.push(value);
        }
    }
    Ok(values)
}

/// The text from a number to the next one, or to the end.
fn gap<'t>(text: &'t str, from: usize, next: Option<&Number>) -> &'t str {
    let to = next.map_or(text.len(), |next| next.from);
    text.get(from..to).unwrap_or_default().trim()
}

/// What a number is out of, which stands behind it: `3/10`, `3 von 10`.
fn bottom_of(text: &str, top: &Number, behind: &[Number]) -> Result<Option<Number>, String> {
    let bottom = number_out_of(text, top, behind);
    bottom.map(known_bottom).transpose()
}

/// The next number, where a sign or words for "out of" lead to it.
fn number_out_of(text: &str, top: &Number, behind: &[Number]) -> Option<Number> {
    behind
        .first()
        .filter(|next| is_one_of(OUT_OF, gap(text, top.to, Some(next))))
        .copied()
}

/// A number that ratings are given out of; any other is an error.
fn known_bottom(bottom: Number) -> Result<Number, String> {
    match [5.0, 10.0, 100.0].contains(&bottom.value) {
        true => Ok(bottom),
        false => Err(format!(
            "is on a scale of {}; write one number from 0 to 10",
            bottom.value
        )),
    }
}

/// Whether a letter before a number or a unit behind it makes it no rating: `L5`, `5 km`.
fn counts_something(text: &str, number: &Number) -> bool {
    let before = text.get(..number.from).unwrap_or_default();
    let behind = text.get(number.to..).unwrap_or_default();
    before.ends_with(|c: char| c.is_alphabetic() || c == '#') || has_unit(behind)
}

const OUT_OF: &str = "/|out of|of|von|sur|su|de|em|op|van|auf|aus|uit|on|⁄";
const RANGE: &str = "-|–|—|−|~|to|bis|à|a|al|tot|até|ate|hasta|..|...|…|→|->|or|oder|ou|o|of|and|und|et|y|e|en|&|up to";

/// Whether a unit or a word that counts something stands right behind a number.
pub(super) fn has_unit(after: &str) -> bool {
    const UNITS: &str = "k|km|kms|m|mi|mile|miles|min|mins|minute|minutes|minuten|minuti|minutos|h|hr|hrs|hour|hours|\
        std|stunden|uur|\
        day|days|d|tag|tage|tagen|jour|jours|dia|dias|días|giorni|dagen|week|weeks|w|wochen|semaines|semanas|weken|\
        month|months|\
        x|times|mal|fois|veces|volte|vezes|keer|mg|ml|g|kg|st|nd|rd|th|°|°c|am|pm|uhr|reps|sets|sec|secs|seconds|s|\
        runs|steps|bpm|°f";
    let word = word_behind(after);
    // Letters without a blank are a unit unless they say "about": `3ish`.
    let is_glued = word.starts_with(char::is_alphabetic) && after.starts_with(&word);
    is_one_of(UNITS, &word) || is_glued && !matches!(word.as_str(), "ish" | "er")
}

fn word_behind(after: &str) -> String {
    let letters = after.trim_start().chars();
    letters
        .take_while(|c| c.is_alphanumeric() || *c == '°')
        .collect()
}

/// Whether the cell says that its number is no exact one.
fn is_about(text: &str) -> bool {
    const ABOUT: &str = "ca|circa|about|around|approx|approximately|roughly|ish|almost|nearly|over|under|etwa|\
        ungefähr|rund|fast|environ|\
        presque|unos|aprox|casi|quasi|cerca|quase|ongeveer|bijna|maybe|vielleicht";
    let words = text.split(|c: char| !c.is_alphabetic());
    text.contains(['~', '≈', '<', '>', '+', '±', '≤', '≥'])
        || words.into_iter().any(|word| is_one_of(ABOUT, word))
}

/// The decimal numbers of a text, `½` and its like among them: `3`, `.5`, `3,5`, `3½`, `3 1/2`.
fn number_places(text: &str) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, value) = number_at(rest);
        numbers.extend(value.map(|value| Number {
            value,
            from: at,
            to: at + length,
        }));
        at += length;
    }
    join_halves(text, &mut numbers);
    numbers
}

/// The number that begins a text and its length; else the length of the first letter.
fn number_at(text: &str) -> (usize, Option<f64>) {
    let length = decimal_length(text);
    let (decimal, behind) = text.split_at_checked(length).unwrap_or((text, ""));
    let fraction = behind.chars().next().and_then(share);
    let (share, more) = fraction.unwrap_or((0.0, 0));
    match length + more {
        0 => (text.chars().next().map_or(1, char::len_utf8), None),
        all => (all, Some(decimal_value(decimal) + share)),
    }
}

/// How long the number of digits is that begins a text.
fn decimal_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let behind = text.get(whole..).unwrap_or_default();
    match behind.strip_prefix(['.', ',']).map_or(0, digits) {
        0 => whole,
        decimals => whole + 1 + decimals,
    }
}

fn decimal_value(decimal: &str) -> f64 {
    let number = decimal.replace(',', ".");
    format!("0{number}").parse().unwrap_or(f64::INFINITY)
}

/// A character for a fraction: its value and its length in bytes.
fn share(c: char) -> Option<(f64, usize)> {
    let share = match c {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        _ => return None,
    };
    Some((share, c.len_utf8()))
}

/// `3 1/2` is three and a half.
fn join_halves(text: &str, numbers: &mut Vec<Number>) {
    let joined = numbers.windows(3).enumerate().find_map(|(at, three)| {
        let [whole, top, bottom] = three else {
            return None;
        };
        Some((at, mixed(text, whole, top, bottom)?))
    });
    if let Some((at, joined)) = joined {
        numbers.splice(at..at + 3, [joined]);
    }
}

/// A whole number and a share behind it as one.
fn mixed(text: &str, whole: &Number, top: &Number, bottom: &Number) -> Option<Number> {
    let between = |a: &Number, b: &Number| text.get(a.to..b.from).unwrap_or_default();
    let is_share = matches!((top.value, bottom.value), (1.0, 2.0 | 4.0) | (3.0, 4.0));
    let is_written_so = between(whole, top) == " " && between(top, bottom) == "/";
    (is_share && is_written_so && whole.value.fract() == 0.0).then_some(Number {
        value: whole.value + top.value / bottom.value,
        from: whole.from,
        to: bottom.to,
    })
}

fn is_one_of(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split('|').any(|other| other == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, scale: Scale, expected: Result<Option<(f64, bool)>, ()>) {
        let found = rating(cell, Vocabulary::shared(), scale);
        let found = found
            .map(|rating| rating.map(|r| (r.value, r.approximate)))
            .map_err(|_| ());
        assert_eq!(found, expected, "{cell:?}");
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (cell, value) in [
            ("3", 3.0),
            (" 3.5 ", 3.5),
            ("3,5", 3.5),
            ("3.", 3.0),
            (".5", 0.5),
            ("0.0", 0.0),
            ("-0", 0.0),
            ("3½", 3.5),
            ("½", 0.5),
            ("3 1/2", 3.5),
            ("3/10", 3.0),
            ("7 / 10", 7.0),
            ("10/10", 10.0),
            ("3 out of 10", 3.0),
            ("5 von 10", 5.0),
            ("3 sur 10", 3.0),
            ("3 de 10", 3.0),
            ("3 su 10", 3.0),
            ("3 van 10", 3.0),
            ("3 op 10", 3.0),
            ("3/5", 6.0),
            ("30/100", 3.0),
            ("30%", 3.0),
            ("3 (stairs)", 3.0),
            ("3 - mild", 3.0),
            ("Mild (3)", 3.0),
            ("mild (3)", 3.0),
            ("Level 3", 3.0),
            ("🔴 7", 7.0),
            ("5!", 5.0),
            ("3 after 5 km", 3.0),
            ("5 km: 3", 3.0),
            ("7/10 at km 12", 7.0),
            ("three", 3.0),
            ("drei", 3.0),
            ("10", 10.0),
        ] {
            check(cell, Scale::ZeroToTen, Ok(Some((value, false))));
        }
    }

    #[test]
    fn about_so_much() {
        for (cell, value) in [
            ("3+", 3.0),
            ("~3", 3.0),
            ("3ish", 3.0),
            ("ca. 3", 3.0),
            (">5", 5.0),
            ("<2", 2.0),
            ("3-4", 4.0),
            ("3–4", 4.0),
            ("3 to 4", 4.0),
            ("3 bis 4", 4.0),
            ("3 à 4", 4.0),
            ("4 a 3", 4.0),
            ("2-3/10", 3.0),
            ("2/10 - 3/10", 3.0),
            ("3 or 4", 4.0),
        ] {
            check(cell, Scale::ZeroToTen, Ok(Some((value, true))));
        }
    }

    #[test]
    fn words_in_seven_languages() {
        for (value, words) in [
            (
                0.0,
                "none|None|no|nothing|zero|no pain|keine|kein Schmerz|aucune|pas de douleur|ninguno|sin dolor|nessuno|nenhum|geen",
            ),
            (
                2.0,
                "Mild|very mild|slight|niggle|Niggle|twinge|a bit|leicht|sehr leicht|léger|légère|leve|ligero|lieve|licht|beetje",
            ),
            (
                5.0,
                "moderate|Poor|medium|mild to moderate|mild-moderate|mittel|leicht bis mittel|modéré|moderado|moderato|matig",
            ),
            (
                8.0,
                "SEVERE|bad|very bad|Injured|stark|sehr stark|fort|fuerte|intenso|forte|hevig|moderate to severe|muito forte",
            ),
        ] {
            for word in words.split('|') {
                check(word, Scale::ZeroToTen, Ok(Some((value, value != 0.0))));
            }
        }
    }

    #[test]
    fn blanks_and_what_is_no_rating() {
        for cell in ["", "-", "—", "n/a", "?", "  "] {
            check(cell, Scale::ZeroToTen, Ok(None));
        }
        for cell in [
            "11",
            "-1",
            "-3",
            "NaN",
            "inf",
            "1e1",
            "1,234,5",
            "ouch",
            "1.2.3",
            "ok",
            "x",
            "✓",
            "😣",
            "+++",
            "(+)",
            "***",
            "|||",
            "★★★",
            "1/2",
            "3/7",
            "L5",
            "12 km",
            "5 km",
            "3 left 5 right",
            "3, 5, 7",
            "no severe pain",
            "not bad",
            "2 days",
            "8-12",
            "woke up at 3 and could not sleep because of the knee, so I stayed at home all day",
        ] {
            check(cell, Scale::ZeroToTen, Err(()));
        }
    }

    #[test]
    fn other_scales() {
        for (cell, scale, expected) in [
            ("35", Scale::ZeroToHundred, Ok(Some((3.5, false)))),
            ("35/100", Scale::ZeroToHundred, Ok(Some((3.5, false)))),
            ("3/10", Scale::ZeroToHundred, Ok(Some((3.0, false)))),
            ("101", Scale::ZeroToHundred, Err(())),
            ("3", Scale::ZeroToFive, Ok(Some((6.0, false)))),
            ("3/5", Scale::ZeroToFive, Ok(Some((6.0, false)))),
            ("2-3", Scale::ZeroToFive, Ok(Some((6.0, true)))),
            ("6", Scale::ZeroToFive, Err(())),
            ("1", Scale::OneToFive, Ok(Some((0.0, false)))),
            ("0", Scale::OneToFive, Ok(Some((0.0, false)))),
            ("2", Scale::OneToFour, Ok(Some((2.0, true)))),
            ("Injured", Scale::OneToFour, Ok(Some((8.0, true)))),
            ("none", Scale::OneToFive, Ok(Some((0.0, false)))),
        ] {
            check(cell, scale, expected);
        }
    }

    #[test]
    fn reasons_say_what_was_found() {
        for (cell, reason) in [
            (
                "70",
                "is outside 0–10; for a 0–100 scale use --pain-scale 100",
            ),
            ("-1", "is outside 0–10"),
            (
                "3-Oct",
                "looks like 3/10 that a spreadsheet turned into a date; format the column as text and write 3",
            ),
            (
                "03. Okt",
                "looks like 3/10 that a spreadsheet turned into a date; format the column as text and write 3",
            ),
            (
                "10-Mar",
                "looks like 3/10 that a spreadsheet turned into a date; format the column as text and write 3",
            ),
            (
                "45933",
                "looks like 3/10 that a spreadsheet turned into a date; format the column as text and write 3",
            ),
            (
                "2025-10-03",
                "looks like 3/10 that a spreadsheet turned into a date; format the column as text and write 3",
            ),
            (
                "4/10/2025",
                "looks like 4/10 that a spreadsheet turned into a date; format the column as text and write 4",
            ),
            (
                "5-Mar",
                "is a date, perhaps of a spreadsheet that took a rating for one; write one number from 0 to 10",
            ),
            ("3/7", "is on a scale of 7; write one number from 0 to 10"),
            (
                "3 left 5 right",
                "holds several numbers; write one number from 0 to 10, the highest you felt",
            ),
            (
                "ouch",
                "is no rating (a number from 0 to 10, or none, mild, moderate, severe)",
            ),
        ] {
            assert_eq!(
                rating(cell, Vocabulary::shared(), Scale::ZeroToTen),
                Err(reason.to_string()),
                "{cell}"
            );
        }
    }
}
