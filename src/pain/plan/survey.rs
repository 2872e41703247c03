//! What the cells of each column look like, over all rows: what a name leaves open is settled by them.

use crate::pain::{
    cells::number,
    dates::take_apart,
    words::{Vocabulary, fold, is_unknown},
};
use std::collections::BTreeMap;

/// Different cells of a column that are kept, so that people can be counted; a column of more is a column of row numbers.
const MAX_DISTINCT: usize = 400;

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
    /// Words of a rating: mild, severe.
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
}

impl Cells {
    /// Counts one cell.
    pub fn add(&mut self, cell: &str, look: Look, words: &Vocabulary) {
        let cell = cell.trim();
        if cell.is_empty() || look == Look::Not {
            return;
        }
        self.filled += 1;
        match look {
            Look::Dates => self.dates += usize::from(take_apart(cell).is_ok()),
            Look::Distinct => self.count_distinct(cell),
            Look::Values | Look::Not => self.value(cell, words),
        }
    }

    fn count_distinct(&mut self, cell: &str) {
        if self.distinct.len() < MAX_DISTINCT || self.distinct.contains_key(cell) {
            *self.distinct.entry(cell.to_string()).or_default() += 1;
        }
    }

    fn value(&mut self, cell: &str, words: &Vocabulary) {
        let Some(value) = number(cell) else { return self.word(cell, words) };
        self.numbers += 1;
        self.fractions += usize::from(value.fract() != 0.0);
        self.zeros += usize::from(value == 0.0);
        self.ones += usize::from(value == 1.0);
        self.upper_half += usize::from(value > 5.0 && value <= 10.0);
        self.above_ten += usize::from(value > 10.0 && value <= 100.0);
        self.beyond += usize::from(value > 100.0 || value < 0.0);
        self.most = self.most.max(value);
    }

    fn word(&mut self, cell: &str, words: &Vocabulary) {
        let folded = fold(cell);
        if is_unknown(&folded) {
            self.filled -= 1;
            return;
        }
        if let Some(rating) = words.ratings.get(&folded) {
            self.words += 1;
            self.zeros += usize::from(rating == 0);
        }
        let answer = words.yes_no.get(&folded);
        let is_answer = answer.is_some();
        self.yes_no += usize::from(is_answer);
        self.yes += usize::from(answer == Some(true));
        let is_clock = cell.starts_with(|c: char| c.is_ascii_digit()) && cell.contains([':', 'h', 'H']);
        self.clocks += usize::from(is_clock);
        self.text += usize::from(!is_answer && words.ratings.get(&folded).is_none());
        if self.example.is_empty() {
            self.example = cell.to_string();
        }
    }

    /// Whether the column answers yes or no: "no" and "none" alone are ratings of nothing.
    pub fn is_yes_no(&self) -> bool {
        self.numbers == 0 && self.yes > 0 && self.yes_no * 5 >= self.filled * 4
    }

    /// Whether any cell can be a rating.
    pub fn has_ratings(&self) -> bool {
        self.numbers + self.words > 0
    }
}
