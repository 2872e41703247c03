//! Problems of one log, in the order of its lines, with a cap so that a file of nonsense stays small in memory.

use super::header::Column;
use crate::problem::{Code, Effect, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// Problems kept one by one for each code; the rest is counted. Nobody corrects more in one sitting.
const KEPT_PER_CODE: usize = 500;

/// Collects problems.
#[derive(Debug)]
pub(super) struct Problems {
    place: String,
    list: Vec<Problem>,
    /// How many there were of each code, and the strongest effect among those only counted.
    counts: BTreeMap<Code, (usize, Effect)>,
    /// Columns whose words were listed.
    listed: BTreeSet<Column>,
}

impl Problems {
    /// For the file called `place`.
    pub fn new(place: &str) -> Self {
        Problems { place: place.to_string(), list: Vec::new(), counts: BTreeMap::new(), listed: BTreeSet::new() }
    }

    /// ` (left, right, …)` when a column's words are asked for the first time, then nothing: one list is enough.
    pub fn words_once(&mut self, column: Column, accepted: &str) -> String {
        if self.listed.insert(column) { format!(" ({accepted})") } else { String::new() }
    }

    /// Adds one, with its line when it is one line's.
    pub fn add(
        &mut self,
        code: Code,
        effect: Effect,
        line: Option<u64>,
        detail: impl Into<String>,
        consequence: impl Into<String>,
    ) {
        self.add_with(code, effect, line, || (detail.into(), consequence.into()));
    }

    /// Adds one whose words (detail, consequence) are only put together when it is kept.
    pub fn add_with(
        &mut self,
        code: Code,
        effect: Effect,
        line: Option<u64>,
        words: impl FnOnce() -> (String, String),
    ) {
        let (count, strongest) = self.counts.entry(code).or_insert((0, effect));
        *count += 1;
        *strongest = effect.max(*strongest);
        if *count <= KEPT_PER_CODE {
            let place = line.map_or_else(String::new, |line| format!("line {line}"));
            let (detail, consequence) = words();
            self.list.push(Problem::new(code, effect, place, detail, consequence).within(&self.place));
        }
    }

    /// All of them, and one more for each code that had too many.
    pub fn into_list(mut self) -> Vec<Problem> {
        for (code, (count, effect)) in self.counts {
            if let Some(more @ 1..) = count.checked_sub(KEPT_PER_CODE) {
                let detail = format!("{more} more rows or cells with the same kind of problem");
                self.list
                    .push(Problem::new(code, effect, "", detail, "Treated like those before.").within(&self.place));
            }
        }
        self.list
    }
}

/// `line 3`, `lines 3, 5 and 9`, or the first ten and how many more.
pub(super) fn lines_text(lines: &[u64]) -> String {
    const NAMED: usize = 10;
    let named: Vec<String> = lines.iter().take(NAMED).map(u64::to_string).collect();
    match (named.as_slice(), lines.len()) {
        ([line], _) => format!("line {line}"),
        ([first @ .., last], count) if count <= NAMED => format!("lines {} and {last}", first.join(", ")),
        (named, count) => format!("lines {} and {} more", named.join(", "), count - named.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_are_counted() {
        let mut problems = Problems::new("pain.csv");
        (0..KEPT_PER_CODE as u64 + 3).for_each(|line| {
            problems.add(Code::PainValueUnusable, Effect::Repaired, Some(line), "", "");
        });
        problems.add(Code::PainRowUnusable, Effect::PartLost, Some(9), "", "");
        let list = problems.into_list();
        assert_eq!(list.len(), KEPT_PER_CODE + 2);
        assert_eq!(list[0].place, "pain.csv, line 0");
        assert_eq!(list.last().unwrap().detail, "3 more rows or cells with the same kind of problem");
    }

    #[test]
    fn words_are_listed_once() {
        let mut problems = Problems::new("pain.csv");
        assert_eq!(problems.words_once(Column::Side, "left, right"), " (left, right)");
        assert_eq!(problems.words_once(Column::Side, "left, right"), "");
        assert_eq!(problems.words_once(Column::Site, "none, knee"), " (none, knee)");
    }

    #[test]
    fn lines_are_listed_briefly() {
        for (lines, text) in [
            (vec![3], "line 3"),
            (vec![3, 5], "lines 3 and 5"),
            (vec![3, 5, 9], "lines 3, 5 and 9"),
            ((1..=12).collect(), "lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more"),
        ] {
            assert_eq!(lines_text(&lines), text);
        }
    }
}
