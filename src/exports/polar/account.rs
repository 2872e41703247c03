//! `calendar-items*.json` and `sleep_result*.json`: the runner's measurements and nights.

use super::session::athlete;
use crate::{
    exports::{
        export::Said,
        facts::{Facts, Night},
        kit::{self, ASLEEP_S, Entry, Fault, Notes, WEIGHT_KG, duration_s, entries},
    },
    model::Athlete,
    text::json::Piece,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Reads the latest of what Polar was told of the runner, each value by itself.
pub(super) fn read_calendar(document: Piece) -> Said {
    let mut notes = Notes::new("entry");
    let mut told: BTreeMap<String, Athlete> = BTreeMap::new();
    let lists = document
        .values_of("physicalInformations")
        .flat_map(Piece::items);
    entries(lists, &mut notes, |_, entry| {
        let day = entry.text("dateTime").unwrap_or_default();
        told.insert(day, athlete(entry));
    });
    let weights = document.values_of("weights").flat_map(Piece::items);
    entries(weights, &mut notes, |notes, entry| {
        let weight_kg = notes.value(entry, "weight", 1.0, WEIGHT_KG);
        let day = entry.text("date").unwrap_or_default();
        let told = told.entry(day).or_default();
        told.weight_kg = weight_kg.or(told.weight_kg);
    });
    let facts = Facts {
        athlete: latest(told.values()),
        ..Facts::default()
    };
    kit::said(document, facts, &notes)
}

/// By the order of their days.
fn latest<'a>(told: impl DoubleEndedIterator<Item = &'a Athlete> + Clone) -> Athlete {
    let last = |value: fn(&Athlete) -> Option<f64>| told.clone().rev().find_map(value);
    Athlete {
        heart_rate_rest_bpm: last(|one| one.heart_rate_rest_bpm),
        heart_rate_max_bpm: last(|one| one.heart_rate_max_bpm),
        weight_kg: last(|one| one.weight_kg),
        sex: told.clone().rev().find_map(|one| one.sex),
    }
}

/// Reads the nights, one a date; of two, the later entry.
pub(super) fn read_nights(document: Piece) -> Said {
    let mut notes = Notes::new("night");
    let mut nights: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    entries(document.entries(), &mut notes, |notes, entry| {
        nights.extend(night(entry, notes))
    });
    let facts = Facts {
        nights: Night::of(nights),
        ..Facts::default()
    };
    kit::said(document, facts, &notes)
}

/// `{"night": "2025-09-01", "evaluation": {"asleepDuration": "PT7H2M30S"}}`. None: not measured; or, counted, without a day.
fn night(entry: &Entry, notes: &mut Notes) -> Option<(NaiveDate, f64)> {
    let asleep = entry.inner("evaluation")?.text("asleepDuration")?;
    let asleep_s = duration_s(&asleep).filter(|seconds| *seconds > 0.0)?;
    if !ASLEEP_S.contains(&asleep_s) {
        notes.add(Fault::BadValue, entry.number, &asleep);
        return None;
    }
    let date = entry
        .text("night")
        .and_then(|text| text.get(..10)?.parse().ok());
    if date.is_none() {
        notes.add(Fault::NoDate, entry.number, "");
    }
    Some((date?, asleep_s))
}
