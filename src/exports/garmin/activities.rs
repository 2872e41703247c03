//! `*_summarizedActivities.json`: every activity of the account, also those entered by hand, in Garmin's own units.
//!
//! Distance and height are in cm, times in ms, mean speed in tens of m/s, RPE in tenths. For some accounts the ascent is
//! reported to be in metres; one entry alone cannot show that, so it is read as cm here.

use super::{entry::Entry, fault::Fault, reader::Reader, sport};
use crate::{
    exports::facts::{Facts, Listed},
    model::{Activity, Format, Sport, Totals},
    problem::Problem,
    text::{json::Piece, line::title},
    time::is_plausible_utc_offset,
};

/// What is read of an activity.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "activityId", "name", "activityType", "sportType", "parent", "startTimeGmt", "beginTimestamp", "startTimeLocal", "distance",
    "duration", "elapsedDuration", "movingDuration", "avgSpeed", "elevationGain", "elevationLoss", "avgHr", "maxHr", "workoutRpe",
    "workoutFeel", "description",
];
/// Longest distance believed, m.
const DISTANCE_MAX_M: f64 = 1e7;
/// Longest time believed, s: a hundred days.
const TIME_MAX_S: f64 = 8_640_000.0;
/// Most metres climbed.
const CLIMB_MAX_M: f64 = 1e5;
/// Heart rates believed, beats/min.
const HEART_RATE_BPM: std::ops::RangeInclusive<f64> = 25.0..=250.0;
/// Distance over time may differ from the mean speed by this factor: pauses may count in one and not in the other. A wrong unit
/// makes it 10 or 100.
const SPEED_FACTOR: f64 = 2.0;

/// Reads the lists of the whole file; entries are numbered through.
pub(super) fn read(document: Piece) -> (Facts, Vec<Problem>) {
    let mut reader = Reader::new("entry", KEYS);
    let mut facts = Facts::default();
    for list in document.values_of("summarizedActivitiesExport") {
        reader.read(list, |reader, entry| {
            facts.activities.extend(listed(reader, entry))
        });
    }
    (facts, reader.problems())
}

/// One activity; None, counted, when it has no usable start.
fn listed(reader: &mut Reader, entry: &Entry) -> Option<Listed> {
    let start_s = entry
        .moment_s("startTimeGmt")
        .or_else(|| entry.moment_s("beginTimestamp"));
    if start_s.is_none() {
        reader.add(Fault::NoStart, entry.number, "");
    }
    Some(Listed {
        place: format!("entry {}", entry.number),
        id: entry.id("activityId"),
        file: None,
        shoe: None,
        activity: activity(reader, entry, start_s?),
    })
}

fn activity(reader: &mut Reader, entry: &Entry, start_s: f64) -> Activity {
    let (sport, sub_sport) = kind(entry);
    Activity {
        sport,
        sub_sport,
        name: entry.text("name").and_then(title),
        comment: entry.text("description").map(Box::from),
        start_unix_s: Some(start_s),
        utc_offset_s: utc_offset_s(reader, entry, start_s),
        totals: totals(reader, entry, sport),
        ..Activity::empty(Format::Export)
    }
}

/// The sum of a multisport outing is no run, whatever it is called: its legs have entries of their own.
fn kind(entry: &Entry) -> (Sport, &'static str) {
    if entry.get("parent").and_then(serde_json::Value::as_bool) == Some(true) {
        return (Sport::MULTISPORT, "generic");
    }
    sport::of(entry.text("activityType").or(entry.text("sportType")))
}

/// The local start is written as if the clock on the wall were UTC.
fn utc_offset_s(reader: &mut Reader, entry: &Entry, start_s: f64) -> Option<i32> {
    let Some(local_s) = entry.moment_s("startTimeLocal") else {
        note_odd_local(reader, entry);
        return None;
    };
    let offset_s = (local_s - start_s).round() as i64;
    if !is_plausible_utc_offset(offset_s) {
        reader.add(Fault::OddOffset, entry.number, &format!("{offset_s} s"));
        return None;
    }
    i32::try_from(offset_s).ok()
}

/// Not given, or 0, is no fault; given and no moment is one.
fn note_odd_local(reader: &mut Reader, entry: &Entry) {
    let given = entry
        .get("startTimeLocal")
        .filter(|value| !value.is_null() && value.as_f64() != Some(0.0));
    if let Some(value) = given {
        reader.add(Fault::OddLocal, entry.number, &value.to_string());
    }
}

fn totals(reader: &mut Reader, entry: &Entry, sport: Sport) -> Totals {
    let timer_s = reader.positive(entry, "duration", 1000.0, 0.0..=TIME_MAX_S);
    Totals {
        distance_m: distance_m(reader, entry, timer_s, sport),
        timer_s,
        whole_timer_s: None,
        elapsed_s: reader.positive(entry, "elapsedDuration", 1000.0, 0.0..=TIME_MAX_S),
        moving_s: reader.positive(entry, "movingDuration", 1000.0, 0.0..=TIME_MAX_S),
        ascent_m: reader.number(entry, "elevationGain", 100.0, 0.0..=CLIMB_MAX_M),
        descent_m: reader.number(entry, "elevationLoss", 100.0, 0.0..=CLIMB_MAX_M),
        heart_rate_mean_bpm: reader.positive(entry, "avgHr", 1.0, HEART_RATE_BPM),
        heart_rate_max_bpm: reader.positive(entry, "maxHr", 1.0, HEART_RATE_BPM),
        cadence_mean_raw: None,
        session_rpe: reader.number(entry, "workoutRpe", 10.0, 0.0..=10.0),
        feel: reader.number(entry, "workoutFeel", 1.0, 0.0..=100.0),
    }
}

/// The distance, written in cm; in m where only that goes with time and mean speed.
fn distance_m(
    reader: &mut Reader,
    entry: &Entry,
    timer_s: Option<f64>,
    sport: Sport,
) -> Option<f64> {
    let written = reader.positive(entry, "distance", 1.0, 0.0..=DISTANCE_MAX_M * 100.0)?;
    let speed_m_s = reader.positive(entry, "avgSpeed", 0.1, 0.0..=1000.0);
    let Some((speed_m_s, timer_s)) = speed_m_s.zip(timer_s) else {
        return Some(written / 100.0);
    };
    let expected_m = speed_m_s * timer_s;
    if fits(written / 100.0, expected_m) {
        return Some(written / 100.0);
    }
    if fits(written, expected_m) && written <= DISTANCE_MAX_M {
        reader.add(Fault::InMetres, entry.number, &format!("{written}"));
        return Some(written);
    }
    // Elsewhere the mean speed may mean something else (strokes, lifts), and only runs are counted.
    if sport.is_running() || sport.is_open() {
        let found = format!("{written} cm, expected {:.0}", expected_m * 100.0);
        reader.add(Fault::OddSpeed, entry.number, &found);
    }
    Some(written / 100.0)
}

fn fits(metres: f64, expected_m: f64) -> bool {
    (1.0 / SPEED_FACTOR..=SPEED_FACTOR).contains(&(metres / expected_m))
}
