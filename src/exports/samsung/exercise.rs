//! `com.samsung.shealth.exercise.….csv`: a row an exercise.

use super::{
    super::kit::{
        CLIMB_M, DISTANCE_M, Fault, HEART_RATE_BPM, MOMENTS_S, Notes, Row, TIME_S, begin,
    },
    samples, sport,
    table::{self, named, text, when},
};
use crate::{
    exports::{
        export::Said,
        facts::{Facts, Listed},
    },
    model::{Activity, Format, Totals},
    text::line::title,
};
use std::ops::RangeInclusive;

/// Steps of both legs per minute that are a runner's, as a mean.
const STEP_RATE: RangeInclusive<f64> = 120.0..=240.0;

/// Reads the table. None: it has no column for the start or the kind.
pub(super) fn read(bytes: &[u8]) -> Option<Said> {
    let mut notes = Notes::new("row");
    let table = table::read(bytes, &["start_time", "exercise_type"], &mut notes)?;
    let mut facts = Facts::default();
    for row in table.rows() {
        facts.activities.extend(listed(&mut notes, &row));
    }
    Some((facts, notes.problems()))
}

/// One exercise: its line, and one for each further file of it, which says what sport that is. None, counted: it has no usable start.
fn listed(notes: &mut Notes, row: &Row) -> Vec<Listed> {
    let start = when(notes, row, "start_time");
    let Some((stamp, offset_s)) = start.filter(|(stamp, _)| MOMENTS_S.contains(&stamp.unix_s))
    else {
        notes.add(
            Fault::NoStart,
            row.number,
            text(row, "start_time").unwrap_or_default(),
        );
        return Vec::new();
    };
    let (sport, sub_sport) = sport::of(text(row, "exercise_type"));
    let mut bare = Activity {
        sport,
        sub_sport,
        name: text(row, "title").and_then(title),
        ..Activity::empty(Format::Export)
    };
    begin(&mut bare, stamp, offset_s);
    let whole = Activity {
        totals: totals(notes, row),
        ..bare.clone()
    };
    let mut files = samples::FILES
        .iter()
        .filter_map(|(column, ending)| file(row, column, ending));
    let first = line(row, files.next(), whole);
    let further = files.map(|file| line(row, Some(file), bare.clone()));
    std::iter::once(first).chain(further).collect()
}

fn line(row: &Row, file: Option<String>, activity: Activity) -> Listed {
    Listed {
        place: format!("row {}", row.number),
        id: text(row, "datauuid").map(str::to_string),
        file,
        shoe: None,
        activity,
    }
}

/// The file that a cell names: whole, as `….com.samsung.health.exercise.live_data.json`, or without its ending, as `….live_data`.
fn file(row: &Row, column: &str, ending: &str) -> Option<String> {
    let cell = text(row, column)?;
    let is_whole = cell.ends_with(ending);
    Some(if is_whole {
        cell.to_string()
    } else {
        format!("{cell}.json")
    })
}

fn totals(notes: &mut Notes, row: &Row) -> Totals {
    let mut value = |column: &str, factor: f64, range: RangeInclusive<f64>| {
        let found = row.value(notes, &named(row, column), factor, range);
        found.filter(|value| *value > 0.0)
    };
    let cadence = value("mean_cadence", 1.0, 0.0..=500.0);
    Totals {
        distance_m: value("distance", 1.0, DISTANCE_M),
        timer_s: value("duration", 0.001, TIME_S),
        elapsed_s: elapsed_s(row),
        ascent_m: value("altitude_gain", 1.0, CLIMB_M),
        descent_m: value("altitude_loss", 1.0, CLIMB_M),
        heart_rate_mean_bpm: value("mean_heart_rate", 1.0, HEART_RATE_BPM),
        heart_rate_max_bpm: value("max_heart_rate", 1.0, HEART_RATE_BPM),
        cadence_mean_raw: cadence.filter(|cadence| STEP_RATE.contains(cadence)),
        ..Totals::default()
    }
}

/// From start to end, which are written alike.
fn elapsed_s(row: &Row) -> Option<f64> {
    let moment = |column: &str| crate::text::stamp::stamp(text(row, column)?);
    let seconds = moment("end_time")?.unix_s - moment("start_time")?.unix_s;
    (seconds > 0.0 && TIME_S.contains(&seconds)).then_some(seconds)
}
