//! `sleep-*.json`: nights and naps.

use crate::{
    exports::{
        export::Said,
        facts::{Facts, Night},
        kit::{self, ASLEEP_S, Entry, Fault, Notes},
    },
    text::json::Piece,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Reads the nights, one a date; of two, the later entry.
pub(super) fn read(document: Piece) -> Said {
    let mut notes = Notes::new("night");
    let mut nights: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    kit::entries(document.entries(), &mut notes, |notes, entry| {
        nights.extend(night(entry, notes))
    });
    let facts = Facts {
        nights: Night::of(nights),
        ..Facts::default()
    };
    kit::said(document, facts, &notes)
}

/// `dateOfSleep` is the day of waking. None: a nap, not measured, or, counted, without a day.
fn night(entry: &Entry, notes: &mut Notes) -> Option<(NaiveDate, f64)> {
    let main = entry.first(&["mainSleep", "isMainSleep"]);
    if main.is_some_and(|piece| piece.bytes == b"false") {
        return None;
    }
    let asleep_s = notes.positive(entry, "minutesAsleep", 60.0, ASLEEP_S)?;
    let date = entry
        .text("dateOfSleep")
        .and_then(|text| text.get(..10)?.parse().ok());
    if date.is_none() {
        notes.add(Fault::NoDate, entry.number, "");
    }
    Some((date?, asleep_s))
}
