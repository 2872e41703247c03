//! `*_sleepData.json`: nights.

use super::{entry::Entry, fault::Fault, reader::Reader};
use crate::{
    exports::facts::{Facts, Night},
    problem::Problem,
    text::{json::Piece, number::Number},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What is read of a night.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "calendarDate", "deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds", "unmeasurableSeconds",
    "sleepWindowConfirmationType",
];
/// Longest sleep believed, s.
const ASLEEP_MAX_S: f64 = 86_400.0;

/// Reads the nights, one a date and by date: where a date occurs twice, the later entry is the newer one.
pub(super) fn read(document: Piece) -> (Facts, Vec<Problem>) {
    let mut reader = Reader::new("night", KEYS);
    let mut nights: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    reader.read(document, |reader, entry| {
        nights.extend(night(reader, entry))
    });
    let nights = nights.into_iter();
    let nights = nights.map(|(date, asleep_s)| Night { date, asleep_s });
    let facts = Facts {
        nights: nights.collect(),
        ..Facts::default()
    };
    (facts, reader.problems())
}

/// Deep, light and REM sleep; old watches know no REM. `calendarDate` is the day of waking.
///
/// None, without a word: a night that was not measured (no stages, all zero, watch not worn, mostly unmeasurable). The time
/// between start and end is not taken instead: it is time in bed, and would lengthen some nights and not others. A stage that
/// cannot be costs the night, since the others alone would be too short.
fn night(reader: &mut Reader, entry: &Entry) -> Option<(NaiveDate, f64)> {
    let asleep_s = stage_s(reader, entry, "deepSleepSeconds")?
        + stage_s(reader, entry, "lightSleepSeconds")?
        + stage_s(reader, entry, "remSleepSeconds")?;
    let unmeasurable_s = stage_s(reader, entry, "unmeasurableSeconds")?;
    let is_off_wrist = entry.text("sleepWindowConfirmationType") == Some("OFF_WRIST");
    if asleep_s <= unmeasurable_s || is_off_wrist {
        return None;
    }
    if asleep_s > ASLEEP_MAX_S {
        let found = format!("{asleep_s} s asleep");
        reader.add(Fault::BadValue, entry.number, &found);
        return None;
    }
    let date = entry.date("calendarDate");
    if date.is_none() {
        reader.add(Fault::NoDate, entry.number, "");
    }
    Some((date?, asleep_s))
}

/// How long a stage was, s; 0 where it is not given.
fn stage_s(reader: &mut Reader, entry: &Entry, key: &str) -> Option<f64> {
    match entry.number(key) {
        Number::Missing => Some(0.0),
        _ => reader.number(entry, key, 1.0, 0.0..=ASLEEP_MAX_S),
    }
}
