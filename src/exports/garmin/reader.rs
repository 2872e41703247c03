//! The entries of a list, and a count of what was wrong with them: one problem a kind, not one an entry.

use super::{entry::Entry, fault::Fault};
use crate::{
    problem::{Count, Problem, Tally},
    text::{json::Piece, line::printable, number::Number},
};
use serde_json::Value;
use std::ops::RangeInclusive;

/// Most entries read of one list. Garmin begins a new file after 1000 activities; a busy account has some 10,000 in all.
pub(super) const ENTRIES_MAX: usize = 100_000;
/// Longest entry read, bytes. An activity with many splits has some 100,000.
pub(super) const ENTRY_BYTES_MAX: usize = 4 << 20;
/// Most characters shown of what was found wrong.
const FOUND_CHARS_MAX: usize = 80;

/// Reads the entries of one kind and counts their faults.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reader {
    noun: &'static str,
    keys: &'static [&'static str],
    entries: usize,
    tally: Tally<Fault>,
}

impl Reader {
    /// `noun` is what problems call an entry: `entry`, `night`. Only `keys` are read.
    pub(super) fn new(noun: &'static str, keys: &'static [&'static str]) -> Self {
        Reader {
            noun,
            keys,
            entries: 0,
            tally: Tally::default(),
        }
    }

    /// Gives every readable object of a list to `take`. Numbers go on from the list before.
    pub(super) fn read(&mut self, list: Piece, mut take: impl FnMut(&mut Reader, &Entry)) {
        for piece in list.entries() {
            self.entries += 1;
            let number = self.entries;
            if number > ENTRIES_MAX {
                return self.add(Fault::TooMany, number, &format!("more than {ENTRIES_MAX}"));
            }
            match self.entry(piece, number) {
                Ok(entry) => take(self, &entry),
                // That the file ends here is told once for the whole file.
                Err(_) if piece.is_cut => {}
                Err(found) => self.add(Fault::Unreadable, number, &found),
            }
        }
    }

    fn entry(&mut self, piece: Piece, number: usize) -> Result<Entry, String> {
        if piece.bytes.len() > ENTRY_BYTES_MAX {
            return Err(format!("it has more than {ENTRY_BYTES_MAX} bytes"));
        }
        let text = String::from_utf8_lossy(piece.bytes);
        let entry = Entry::read(&text, number, self.keys)?;
        if text.len() != piece.bytes.len() || std::str::from_utf8(piece.bytes).is_err() {
            self.add(Fault::Encoding, number, "");
        }
        Ok(entry)
    }

    /// One more fault; `found` is kept only the first time.
    pub(super) fn add(&mut self, fault: Fault, number: usize, found: &str) {
        self.tally
            .add(fault, number, || Some(printable(found, FOUND_CHARS_MAX)));
    }

    /// One problem for each kind of fault.
    pub(super) fn problems(&self) -> Vec<Problem> {
        self.tally
            .counts()
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

    /// A value divided by `divisor`. None: absent; or, counted, no number or out of `range`.
    pub(super) fn number(
        &mut self,
        entry: &Entry,
        key: &str,
        divisor: f64,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        match entry.number(key) {
            Number::Missing => None,
            Number::Value(value) if range.contains(&(value / divisor)) => Some(value / divisor),
            _ => {
                let found = entry.get(key).map(Value::to_string).unwrap_or_default();
                self.add(Fault::BadValue, entry.number, &format!("{key} {found}"));
                None
            }
        }
    }

    /// Like [`Reader::number`] for what cannot be zero: Garmin writes 0 for some values that were not measured.
    pub(super) fn positive(
        &mut self,
        entry: &Entry,
        key: &str,
        divisor: f64,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        if entry.number(key) == Number::Value(0.0) {
            None
        } else {
            self.number(entry, key, divisor, range)
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
