//! `*_heartRateZones.json` and `*_userBioMetrics.json`: the runner's heart rates and weight.

use super::{
    entry::{self, Entry},
    fault::Fault,
    reader::Reader,
};
use crate::{
    exports::facts::Facts,
    model::Athlete,
    problem::Problem,
    text::{
        json::{self, Piece},
        number::Number,
    },
};
use chrono::NaiveDate;
use serde_json::Value;

/// Weights believed, kg.
const WEIGHT_KG: std::ops::RangeInclusive<f64> = 20.0..=400.0;

/// Reads the heart rates that zones are computed with. There is an entry for each sport; that for running goes before the one
/// for all, and those for others are not used. They have no date.
pub(super) fn read_zones(document: Piece) -> (Facts, Vec<Problem>) {
    let mut reader = Reader::new(
        "entry",
        &["sport", "restingHeartRateUsed", "maxHeartRateUsed"],
    );
    let mut found: Vec<(u8, Athlete)> = Vec::new();
    reader.read(document, |reader, entry| {
        let athlete = heart_rates(reader, entry);
        found.extend(rank(entry).map(|rank| (rank, athlete)));
    });
    found.sort_by_key(|(rank, _)| *rank);
    let mut athletes = found.iter().map(|(_, athlete)| athlete);
    let athlete = Athlete {
        heart_rate_rest_bpm: athletes.clone().find_map(|one| one.heart_rate_rest_bpm),
        heart_rate_max_bpm: athletes.find_map(|one| one.heart_rate_max_bpm),
        ..Athlete::default()
    };
    (facts_of(athlete), reader.problems())
}

fn heart_rates(reader: &mut Reader, entry: &Entry) -> Athlete {
    Athlete {
        heart_rate_rest_bpm: reader.positive(entry, "restingHeartRateUsed", 1.0, 25.0..=120.0),
        heart_rate_max_bpm: reader.positive(entry, "maxHeartRateUsed", 1.0, 100.0..=250.0),
        ..Athlete::default()
    }
}

fn facts_of(athlete: Athlete) -> Facts {
    Facts {
        athlete,
        ..Facts::default()
    }
}

fn rank(entry: &Entry) -> Option<u8> {
    match entry
        .text("sport")
        .unwrap_or("DEFAULT")
        .to_ascii_uppercase()
        .as_str()
    {
        "RUNNING" => Some(0),
        "DEFAULT" => Some(1),
        _ => None,
    }
}

/// Reads the weight of the latest day that has one; of several on that day, the last in the file. No heart rates stand here.
pub(super) fn read_biometrics(document: Piece) -> (Facts, Vec<Problem>) {
    let mut reader = Reader::new("entry", &["metaData", "calendarDate", "weight"]);
    let mut latest: Option<(NaiveDate, f64)> = None;
    reader.read(document, |reader, entry| {
        let found = weight_kg(reader, entry).and_then(|kg| Some((date(reader, entry)?, kg)));
        latest = found
            .filter(|(day, _)| latest.is_none_or(|(before, _)| before <= *day))
            .or(latest);
    });
    let athlete = Athlete {
        weight_kg: latest.map(|(_, kg)| kg),
        ..Athlete::default()
    };
    (facts_of(athlete), reader.problems())
}

/// `"weight": {"weight": 64000.0}`, in grams.
fn weight_kg(reader: &mut Reader, entry: &Entry) -> Option<f64> {
    let grams = match entry.get("weight")? {
        Value::Object(inner) => inner.get("weight"),
        value => Some(value),
    };
    match json::number(grams) {
        Number::Missing => None,
        Number::Value(0.0) => None,
        Number::Value(grams) if WEIGHT_KG.contains(&(grams / 1000.0)) => Some(grams / 1000.0),
        _ => {
            let found = grams.map(Value::to_string).unwrap_or_default();
            reader.add(Fault::BadValue, entry.number, &format!("weight {found}"));
            None
        }
    }
}

fn date(reader: &mut Reader, entry: &Entry) -> Option<NaiveDate> {
    let date = written_date(entry).and_then(entry::date);
    if date.is_none() {
        reader.add(Fault::NoDate, entry.number, "");
    }
    date
}

fn written_date(entry: &Entry) -> Option<&Value> {
    let meta = entry.get("metaData");
    meta.and_then(|meta| meta.get("calendarDate"))
        .or(entry.get("calendarDate"))
}
