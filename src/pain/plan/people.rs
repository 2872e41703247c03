//! Several people in one log, by the cells of a column whose name says nothing: each day has a row for each of a few names.

use crate::pain::words::{Vocabulary, fold};
use std::collections::{BTreeMap, BTreeSet};

/// More names than a club has in one log are text.
const MAX_NAMES: usize = 12;
/// Rows looked at; those tell.
const MAX_ROWS: usize = 2_000;
/// A name must come so often.
const MIN_ROWS_A_NAME: usize = 3;

/// The cells of one column beside the days of their rows.
#[derive(Debug, Default)]
pub(super) struct People {
    names: BTreeMap<String, usize>,
    days: BTreeSet<String>,
    pairs: BTreeSet<(String, String)>,
    rows: usize,
    is_text: bool,
}

impl People {
    /// Adds the cell of a row.
    pub(super) fn add(&mut self, day: &str, name: &str) {
        if self.is_text || self.rows >= MAX_ROWS {
            return;
        }
        let (day, name) = (day.trim(), name.trim().to_lowercase());
        if name.is_empty() || (!self.names.contains_key(&name) && self.names.len() >= MAX_NAMES) {
            self.is_text = true;
            return;
        }
        self.rows += 1;
        self.days.insert(day.to_string());
        self.pairs.insert((day.to_string(), name.clone()));
        *self.names.entry(name).or_default() += 1;
    }

    /// Whether the column tells people apart: a few names, none a word of niggle's, one row for each on most days.
    pub(super) fn tells_apart(&self, words: &Vocabulary) -> bool {
        let is_several = !self.is_text && self.names.len() > 1;
        let is_often = self.names.values().all(|rows| *rows >= MIN_ROWS_A_NAME);
        let is_once_a_day = (self.rows - self.pairs.len()) * 20 <= self.rows;
        let shared = self.pairs.len() - self.days.len();
        is_several
            && is_often
            && is_once_a_day
            && shared * 10 >= self.rows * 4
            && !self.names.keys().any(|name| is_known(name, words))
    }

    /// Whether any day has two names.
    pub(super) fn shares_days(&self) -> bool {
        self.is_text || self.pairs.len() > self.days.len()
    }

    /// The names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}

/// Whether a cell is a word of a log, or a small number: of a set, a session, a step.
fn is_known(name: &str, words: &Vocabulary) -> bool {
    let folded = fold(name);
    let is_small = folded.parse::<u32>().is_ok_and(|number| number <= 12);
    is_small
        || words.moments.get(&folded).is_some()
        || words.sides.get(&folded).is_some()
        || words.yes_no.get(&folded).is_some()
        || words.ratings.get(&folded).is_some()
        || words.types.get(&folded).is_some()
        || words.place(name).is_known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[(u32, &str)], expected: bool) {
        let mut people = People::default();
        rows.iter()
            .for_each(|(day, name)| people.add(&day.to_string(), name));
        assert_eq!(
            people.tells_apart(Vocabulary::shared()),
            expected,
            "{rows:?}"
        );
    }

    fn each_day(names: &[&'static str]) -> Vec<(u32, &'static str)> {
        (1..=6)
            .flat_map(|day| names.iter().map(move |name| (day, *name)))
            .collect()
    }

    #[test]
    fn a_row_for_each_name_on_each_day() {
        check(&each_day(&["AB", "CD"]), true);
        check(&each_day(&["R01", "R02", "R03"]), true);
        check(&each_day(&["101", "102"]), true);
        check(&each_day(&["AB"]), false);
        check(&each_day(&["morning", "evening"]), false);
        check(&each_day(&["left knee", "right shin"]), false);
        check(&each_day(&["1", "2"]), false);
        check(
            &(1..=12)
                .map(|day| (day, if day % 2 == 0 { "easy" } else { "hard" }))
                .collect::<Vec<_>>(),
            false,
        );
        check(&[(1, "AB"), (1, "CD"), (2, "AB")], false);
    }
}
