//! A count of what was wrong with the entries of a file: one problem a kind, not one an entry.

use super::{entry::Entry, fault::Fault};
use crate::{
    problem::{Count, Problem, Tally},
    text::{line::printable, number::Number},
};
use std::ops::RangeInclusive;

/// Most characters shown of what was found wrong.
const FOUND_CHARS_MAX: usize = 80;

/// Counts faults of one file.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::exports) struct Notes {
    noun: &'static str,
    tally: Tally<Fault>,
}

impl Notes {
    /// `noun` is what problems call an entry: `entry`, `row`, `night`.
    pub(in crate::exports) fn new(noun: &'static str) -> Self {
        Notes {
            noun,
            tally: Tally::default(),
        }
    }

    /// One more fault; `found` is kept only the first time.
    pub(in crate::exports) fn add(&mut self, fault: Fault, number: usize, found: &str) {
        self.tally
            .add(fault, number, || Some(printable(found, FOUND_CHARS_MAX)));
    }

    /// One problem for each kind of fault.
    pub(in crate::exports) fn problems(&self) -> Vec<Problem> {
        let counts = self.tally.counts();
        counts
            .map(|(fault, count)| self.problem(*fault, count))
            .collect()
    }

    fn problem(&self, fault: Fault, count: &Count) -> Problem {
        let (code, effect) = fault.kind();
        let place = format!("{} {}", self.noun, count.first().unwrap_or(0));
        Problem::new(
            code,
            effect,
            place,
            detail(fault, count),
            fault.consequence(),
        )
    }

    /// A member's value times `factor`. None: absent; or, counted, no number or out of `range`.
    pub(in crate::exports) fn value(
        &mut self,
        entry: &Entry,
        key: &str,
        factor: f64,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        let found = || {
            let written = entry.get(key).map(|piece| piece.bytes).unwrap_or_default();
            format!("{key} {}", String::from_utf8_lossy(written))
        };
        self.believed(entry.number(key), factor, range, entry.number, found)
    }

    /// Like [`Notes::value`] for what cannot be zero: services write 0 for what was not measured.
    pub(in crate::exports) fn positive(
        &mut self,
        entry: &Entry,
        key: &str,
        factor: f64,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        self.value(entry, key, factor, range)
            .filter(|value| *value > 0.0)
    }

    /// [`Notes::value`] of the first of these members that has one.
    pub(in crate::exports) fn first(
        &mut self,
        entry: &Entry,
        keys: &[&str],
        factor: f64,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        let key = keys
            .iter()
            .find(|key| entry.number(key) != Number::Missing)?;
        self.value(entry, key, factor, range)
    }

    /// A number times `factor`, if it lies in `range`; `found` says what was written.
    pub(in crate::exports) fn believed(
        &mut self,
        number: Number,
        factor: f64,
        range: RangeInclusive<f64>,
        place: usize,
        found: impl FnOnce() -> String,
    ) -> Option<f64> {
        match number {
            Number::Missing => None,
            // Zero is how services write that something was not measured.
            Number::Value(0.0) if !range.contains(&0.0) => None,
            Number::Value(value) if range.contains(&(value * factor)) => Some(value * factor),
            _ => {
                self.add(Fault::BadValue, place, &found());
                None
            }
        }
    }
}

/// `a value cannot be: avgHr 900 (and 3 more)`.
fn detail(fault: Fault, count: &Count) -> String {
    let found = count.example.as_ref().filter(|found| !found.is_empty());
    let found = found.map_or(String::new(), |found| format!(": {found}"));
    let more = if count.times > 1 {
        format!(" (and {} more)", count.times - 1)
    } else {
        String::new()
    };
    format!("{}{found}{more}", fault.detail())
}
