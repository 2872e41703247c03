//! `workouts.csv`: one workout a row, planned, done, or both. What was done has a time or a distance of its own.

use crate::{
    exports::{
        cells::positive,
        facts::{Comment, Facts, Listed},
        kit::{
            CLIMB_M, DISTANCE_M, Fault, HEART_RATE_BPM, NAMED_OTHER, Notes, Row, TIME_S, Table,
            meant, start_of_day_s,
        },
    },
    model::{Activity, Format, Totals},
    sport::{Name, Sport},
    text::line::title,
    time::Clock,
};
use chrono::NaiveDate;
use std::ops::RangeInclusive;

const HOUR_S: f64 = 3600.0;
/// Session RPE, CR-10.
const EXERTION: RangeInclusive<f64> = 1.0..=10.0;
/// Mean steps per minute believed, of one leg or of both.
const CADENCE: RangeInclusive<f64> = 20.0..=300.0;
/// Noon, s: a day without a time of day.
const NOON_S: f64 = 12.0 * HOUR_S;

/// Every workout that was done, as an activity without samples, and what the runner wrote about it or about one that was not done.
pub(super) fn read(table: &Table, notes: &mut Notes) -> Facts {
    let mut facts = Facts::default();
    for row in table.rows() {
        facts.activities.extend(listed(&row, notes));
        facts.comments.extend(comment(&row));
    }
    facts
}

/// The athlete's comment; the coach's is somebody else's. None where there is none, or no day to put it on.
fn comment(row: &Row) -> Option<Comment> {
    let text = row.text("AthleteComments")?;
    Some(Comment {
        date: day(row.text("WorkoutDay")?)?,
        place: format!("row {}", row.number),
        about: "TrainingPeaks workout".to_string(),
        text: text.to_string(),
        is_injury: false,
    })
}

/// One row; None when nothing was done, or, counted, when it has no day.
fn listed(row: &Row, notes: &mut Notes) -> Option<Listed> {
    let totals = totals(row, notes);
    if totals.distance_m.is_none() && totals.timer_s.is_none() {
        return None;
    }
    let written = row.text("WorkoutDay").unwrap_or_default();
    let day = day(written);
    if day.is_none() {
        notes.add(Fault::NoStart, row.number, written);
    }
    Some(Listed {
        place: format!("row {}", row.number),
        id: None,
        file: None,
        shoe: None,
        activity: activity(row, day?, totals),
    })
}

fn day(written: &str) -> Option<NaiveDate> {
    let iso = || written.get(..10)?.parse().ok();
    let american = || {
        let date = written.split_whitespace().next()?;
        NaiveDate::parse_from_str(date, "%m/%d/%Y").ok()
    };
    iso().or_else(american)
}

fn activity(row: &Row, day: NaiveDate, totals: Totals) -> Activity {
    let (sport, sub_sport) = sport(row.text("WorkoutType"));
    Activity {
        sport,
        sub_sport,
        name: row.text("Title").and_then(title),
        start_unix_s: Some(start_of_day_s(day) + NOON_S),
        clock: Clock::Day,
        totals,
        ..Activity::empty(Format::Export)
    }
}

/// A race is of a sport that the type does not say.
fn sport(word: Option<&str>) -> (Sport, Name) {
    let folded = word.unwrap_or_default().to_lowercase();
    match folded.as_str() {
        "race" => (Sport::UNKNOWN, "generic"),
        "brick" => (Sport::MULTISPORT, "generic"),
        "strength" => (Sport("training"), "strength_training"),
        "mtb" => (Sport("cycling"), "mountain"),
        "xc-ski" => (Sport("cross_country_skiing"), "generic"),
        "crosstrain" | "custom" | "day off" => NAMED_OTHER,
        _ => meant(word),
    }
}

fn totals(row: &Row, notes: &mut Notes) -> Totals {
    let mut value = |columns: &[&str], factor, range| positive(row, notes, columns, factor, range);
    Totals {
        distance_m: value(&["DistanceInMeters"], 1.0, DISTANCE_M),
        timer_s: value(&["TimeTotalInHours"], HOUR_S, TIME_S),
        ascent_m: value(&["ElevationGain", "ElevationGainInMeters"], 1.0, CLIMB_M),
        heart_rate_mean_bpm: value(&["HeartRateAverage"], 1.0, HEART_RATE_BPM),
        heart_rate_max_bpm: value(&["HeartRateMax"], 1.0, HEART_RATE_BPM),
        cadence_mean_raw: value(&["CadenceAverage"], 1.0, CADENCE),
        session_rpe: value(&["Rpe"], 1.0, EXERTION),
        ..Totals::default()
    }
}
