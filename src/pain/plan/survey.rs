//! What the cells of each column look like, over all rows: what a name leaves open is settled by them.

use crate::pain::{
    cells::{Scale, is_empty_list, names_a_place, number, rating},
    dates::take_apart,
    words::{Vocabulary, fold, is_unknown},
};
use std::collections::{BTreeMap, BTreeSet};

/// Different cells of a column that are kept, so that people can be counted; a column of more is a column of row numbers.
const MAX_DISTINCT: usize = 400;

/// Texts of a column without a meaning that are tried for places.
const PLACES_TRIED: usize = 200;

/// The first and the last of `25-08-13` and `250813`; None for any other date.
fn outer_pairs(cell: &str) -> Option<(u8, u8)> {
    if let Some([first, _, last]) = six_digits(cell) {
        return Some((first, last));
    }
    let day = cell.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [first, middle, last] => pair(middle).and(Some((pair(first)?, pair(last)?))),
        _ => None,
    }
}

fn pair(text: &str) -> Option<u8> {
    (text.len() == 2).then(|| text.parse().ok()).flatten()
}

/// The three pairs of `130825`, where they can be a date.
pub(in crate::pain) fn six_digits(cell: &str) -> Option<[u8; 3]> {
    if cell.len() != 6 || !cell.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let pair_at = |from: usize| pair(cell.get(from..from + 2)?);
    let (first, second, third) = (pair_at(0)?, pair_at(2)?, pair_at(4)?);
    (first > 0 && (1..=31).contains(&second) && third > 0).then_some([first, second, third])
}

/// What a cell that is no plain number rates: a word, or a number among words.
fn rating_of(cell: &str, folded: &str, words: &Vocabulary) -> Option<f64> {
    if let Some(word) = words.ratings.get(folded) {
        return Some(f64::from(word));
    }
    let has_digit = cell.bytes().any(|b| b.is_ascii_digit()) || cell.contains(['½', '¼', '¾']);
    if !has_digit {
        return None;
    }
    Some(rating(cell, words, Scale::ZeroToTen).ok()??.value)
}

/// Whether pairs of digits can be the years of a log: one or two of this century.
fn are_years(pairs: &BTreeSet<u8>) -> bool {
    (1..=2).contains(&pairs.len()) && pairs.iter().all(|year| (15..=60).contains(year))
}

/// Whether a cell is a mark and no word.
pub(in crate::pain) fn is_tick(cell: &str) -> bool {
    matches!(
        cell.trim(),
        "x" | "X" | "✓" | "✔" | "✔️" | "✅" | "☑" | "☒" | "v" | "*"
    )
}

/// A list of a program.
fn is_list(cell: &str) -> bool {
    cell.starts_with(['{', '[']) && cell.ends_with(['}', ']'])
}

fn is_clock(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit()) && cell.contains([':', 'h', 'H'])
}

/// What one column's cells look like. Counts of cells; blank cells are counted nowhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::pain) struct Cells {
    /// Cells that are not blank.
    pub filled: usize,
    /// Plain numbers.
    pub numbers: usize,
    /// Numbers with a fraction.
    pub fractions: usize,
    /// Exactly 0, or a word for nothing.
    pub zeros: usize,
    /// Exactly 1.
    pub ones: usize,
    /// Above 5 and up to 10.
    pub upper_half: usize,
    /// Above 10 and up to 100.
    pub above_ten: usize,
    /// Beyond 100 or below 0.
    pub beyond: usize,
    /// The highest number; 0 when there is none.
    pub most: f64,
    /// Words of a rating, or a number among words: mild, ~2, 3/10, 3 (stairs).
    pub words: usize,
    /// Yes in words.
    pub yes: usize,
    /// Yes or no in words.
    pub yes_no: usize,
    /// Dates.
    pub dates: usize,
    /// Other text.
    pub text: usize,
    /// Hours and minutes: `7:30`, `7h`.
    pub clocks: usize,
    /// The first text that is neither number nor date.
    pub example: String,
    /// Words that niggle knows as places of the body, among the first [`PLACES_TRIED`] texts; a rating may stand beside one.
    pub places: usize,
    /// Texts that were tried for that.
    pub tried: usize,
    /// Lists of a program: `{}`, `{'left_knee': 'minor'}`.
    pub lists: usize,
    /// Marks such as x and ticks.
    pub ticks: usize,
    /// The first and the last of three numbers of two digits: which of them is a year is told by all of them.
    pub outer_pairs: (BTreeSet<u8>, BTreeSet<u8>),
    /// The different cells, at most [`MAX_DISTINCT`], each with its count; only where they were asked for.
    pub distinct: BTreeMap<String, usize>,
}

/// What a column is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pain) enum Look {
    /// Not at all: its name says all.
    Not,
    /// Numbers and words.
    Values,
    /// Dates.
    Dates,
    /// How many different ones there are.
    Distinct,
    /// A column without a meaning: whether it holds numbers or places.
    Unknown,
}

impl Cells {
    /// Counts one cell.
    pub(crate) fn add(&mut self, cell: &str, look: Look, words: &Vocabulary) {
        let cell = cell.trim();
        if cell.is_empty() || look == Look::Not {
            return;
        }
        self.filled += 1;
        match look {
            Look::Dates => self.date(cell),
            Look::Unknown => self.unknown(cell, words),
            Look::Distinct => self.count_distinct(cell),
            Look::Values | Look::Not => self.value(cell, words),
        }
    }

    fn date(&mut self, cell: &str) {
        self.dates += usize::from(take_apart(cell).is_ok() || six_digits(cell).is_some());
        if let Some((first, last)) = outer_pairs(cell) {
            self.outer_pairs.0.insert(first);
            self.outer_pairs.1.insert(last);
        }
    }

    /// Whether dates of three pairs of digits begin with the year: one or two years stand there, and many days behind.
    pub(crate) fn begins_with_year(&self) -> bool {
        let (first, last) = &self.outer_pairs;
        are_years(first) && last.len() > 2
    }

    /// Whether they end with it.
    pub(crate) fn ends_with_year(&self) -> bool {
        let (first, last) = &self.outer_pairs;
        are_years(last) && first.len() > 2
    }

    /// Whether most texts that were tried are places.
    pub(crate) fn are_mostly_places(&self) -> bool {
        self.places * 5 >= self.tried * 3
    }

    fn unknown(&mut self, cell: &str, words: &Vocabulary) {
        if number(cell).is_some() {
            return self.value(cell, words);
        }
        self.text += 1;
        self.try_place(|| words.place(cell).is_known);
    }

    fn count_distinct(&mut self, cell: &str) {
        if let Some(count) = self.distinct.get_mut(cell) {
            *count += 1;
        } else if self.distinct.len() < MAX_DISTINCT {
            let name = self.first_written(cell);
            *self.distinct.entry(name).or_default() += 1;
        }
    }

    /// One person by whatever capitals; the first way of writing it is shown.
    fn first_written(&self, cell: &str) -> String {
        let mut known = self.distinct.keys();
        let same = known.find(|known| known.to_lowercase() == cell.to_lowercase());
        same.map_or(cell, String::as_str).to_string()
    }

    fn value(&mut self, cell: &str, words: &Vocabulary) {
        let Some(value) = number(cell) else {
            return self.word(cell, words);
        };
        self.numbers += 1;
        self.fractions += usize::from(value.fract() != 0.0);
        self.zeros += usize::from(value == 0.0);
        self.ones += usize::from(value == 1.0);
        self.upper_half += usize::from(value > 5.0 && value <= 10.0);
        self.above_ten += usize::from(value > 10.0 && value <= 100.0);
        self.beyond += usize::from(!(0.0..=100.0).contains(&value));
        self.most = self.most.max(value);
    }

    fn word(&mut self, cell: &str, words: &Vocabulary) {
        let folded = fold(cell);
        self.lists += usize::from(is_list(cell));
        if is_empty_list(cell) {
            (self.words, self.zeros) = (self.words + 1, self.zeros + 1);
            (self.places, self.tried) = (self.places + 1, self.tried + 1);
        } else if is_unknown(&folded) {
            self.filled -= 1;
        } else {
            self.known_word(cell, &folded, words);
        }
    }

    fn known_word(&mut self, cell: &str, folded: &str, words: &Vocabulary) {
        let rating = rating_of(cell, folded, words);
        self.count_rating(rating);
        if rating != Some(0.0) {
            self.try_place(|| names_a_place(cell, words));
        }
        let answer = words.yes_no.get(folded);
        self.yes_no += usize::from(answer.is_some());
        self.yes += usize::from(answer == Some(true));
        self.clocks += usize::from(is_clock(cell));
        self.ticks += usize::from(is_tick(cell));
        self.text += usize::from(answer.is_none() && rating.is_none());
        if self.example.is_empty() {
            self.example = cell.to_string();
        }
    }

    fn count_rating(&mut self, rating: Option<f64>) {
        self.words += usize::from(rating.is_some());
        self.zeros += usize::from(rating == Some(0.0));
    }

    /// Counts a text that may be a place, as long as not enough were tried.
    fn try_place(&mut self, is_place: impl FnOnce() -> bool) {
        if self.tried < PLACES_TRIED {
            self.tried += 1;
            self.places += usize::from(is_place());
        }
    }

    /// Whether the column answers yes or no: "no" and "none" alone are ratings of nothing.
    pub(crate) fn is_yes_no(&self) -> bool {
        self.numbers == 0 && self.yes > 0 && self.yes_no * 5 >= self.filled * 4
    }

    /// Whether any cell can be a rating.
    pub(crate) fn has_ratings(&self) -> bool {
        self.numbers + self.words > 0
    }
}
