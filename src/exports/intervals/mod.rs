//! The files of intervals.icu: `activities.csv` and `wellness.csv`, and the same as JSON from its API. A wellness table may be the runner's
//! pain log as well: that is read by itself.

mod activities;
mod source;
mod wellness;

#[cfg(test)]
mod tests;

use super::{
    export::{Basis, Export, Said},
    facts::Facts,
    kit::{Notes, Table, entries, has_key, has_keys, is_json, said},
};
use crate::{decode::HEAD_BYTES, text::json::Piece};
use source::Fields;

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "intervals.icu",
    download: "activities.csv and wellness.csv, or the JSON of its API, beside the recordings",
    reads: "sports, titles, RPE, gear and activities without a file; nights, heart rate at rest and weight; injuries as a pain log",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// The files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Activities,
    Wellness,
}

/// Columns or keys that occur together in one kind of file only; all of a line.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Activities, &["start_date_local", "type"]),
    (Kind::Activities, &["start_date_local", "moving_time"]),
    (Kind::Wellness, &["date", "sleepSecs"]),
    (Kind::Wellness, &["date", "restingHR"]),
];
/// Keys of wellness as JSON, where the day is the `id`.
const WELLNESS: &[&str] = &["sleepSecs", "restingHR", "ctlLoad", "hrvSDNN"];

/// See [`super::read`].
pub fn read(bytes: &[u8], _name: &str) -> Option<Said> {
    if is_json(bytes) {
        return of_json(bytes);
    }
    let (kind, columns) = KINDS
        .iter()
        .find(|(_, columns)| Table::has_columns(bytes, columns))?;
    let mut notes = Notes::new("row");
    let table = Table::read(bytes, columns, &mut notes)?;
    let mut reader = Reader::new(*kind);
    for row in table.rows() {
        reader.take(&mut notes, &row);
    }
    Some((reader.facts(), notes.problems()))
}

fn of_json(bytes: &[u8]) -> Option<Said> {
    let kind = json_kind(bytes)?;
    let (document, mut notes) = (Piece::document(bytes), Notes::new("entry"));
    let mut reader = Reader::new(kind);
    entries(document.entries(), &mut notes, |notes, entry| {
        reader.take(notes, entry);
    });
    Some(said(document, reader.facts(), &notes))
}

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], _name: &str) -> bool {
    match is_json(head) {
        true => json_kind(head).is_some(),
        false => KINDS
            .iter()
            .any(|(_, columns)| Table::has_columns(head, columns)),
    }
}

fn json_kind(bytes: &[u8]) -> Option<Kind> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let listed = KINDS.iter().find(|(_, keys)| has_keys(head, keys));
    let is_wellness = || has_key(head, "id") && WELLNESS.iter().any(|key| has_key(head, key));
    listed
        .map(|(kind, _)| *kind)
        .or_else(|| is_wellness().then_some(Kind::Wellness))
}

/// What is read of one file, line by line.
enum Reader {
    Activities(Vec<super::facts::Listed>),
    Wellness(wellness::Days),
}

impl Reader {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Activities => Reader::Activities(Vec::new()),
            Kind::Wellness => Reader::Wellness(wellness::Days::default()),
        }
    }

    fn take(&mut self, notes: &mut Notes, line: &dyn Fields) {
        match self {
            Reader::Activities(listed) => listed.extend(activities::listed(notes, line)),
            Reader::Wellness(days) => days.take(notes, line),
        }
    }

    fn facts(self) -> Facts {
        match self {
            Reader::Activities(activities) => Facts {
                activities,
                ..Facts::default()
            },
            Reader::Wellness(days) => days.facts(),
        }
    }
}
