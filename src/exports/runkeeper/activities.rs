//! `cardioActivities.csv`: one activity a row, in the units of the account, which the columns' names tell.

use crate::{
    exports::{
        cells::{clock_s, figure, moment, positive, wall_s},
        facts::Listed,
        kit::{
            CLIMB_M, DISTANCE_M, Fault, HEART_RATE_BPM, MOMENTS_S, Notes, Row, TIME_S, Table, meant,
        },
    },
    model::{Activity, Format, Totals},
    text::line::title,
    time::Clock,
};

const MILE_M: f64 = 1609.344;
const FOOT_M: f64 = 0.3048;

/// Every row as an activity without samples.
pub(super) fn read(table: &Table, notes: &mut Notes) -> Vec<Listed> {
    let rows = table.rows();
    rows.filter_map(|row| listed(&row, notes)).collect()
}

/// One row; None, counted, when it has no usable start.
fn listed(row: &Row, notes: &mut Notes) -> Option<Listed> {
    let written = row.text("Date").unwrap_or_default();
    let start_s = moment(written)
        .map(wall_s)
        .filter(|seconds| MOMENTS_S.contains(seconds));
    if start_s.is_none() {
        notes.add(Fault::NoStart, row.number, written);
    }
    Some(Listed {
        place: format!("row {}", row.number),
        id: row.text("Activity Id").map(str::to_string),
        file: row.text("GPX File").map(str::to_string),
        shoe: None,
        activity: activity(row, notes, start_s?),
    })
}

fn activity(row: &Row, notes: &mut Notes, start_s: f64) -> Activity {
    let (sport, sub_sport) = meant(row.text("Type"));
    Activity {
        sport,
        sub_sport,
        name: row.text("Route Name").and_then(title),
        comment: row.text("Notes").map(Box::from),
        start_unix_s: Some(start_s),
        clock: Clock::Wall,
        totals: totals(row, notes),
        ..Activity::empty(Format::Export)
    }
}

fn totals(row: &Row, notes: &mut Notes) -> Totals {
    Totals {
        distance_m: in_either(
            row,
            notes,
            ("Distance (km)", 1000.0),
            ("Distance (mi)", MILE_M),
        )
        .filter(|metres| DISTANCE_M.contains(metres)),
        timer_s: timer_s(row, notes),
        ascent_m: in_either(row, notes, ("Climb (m)", 1.0), ("Climb (ft)", FOOT_M)),
        heart_rate_mean_bpm: positive(
            row,
            notes,
            &["Average Heart Rate (bpm)", "Average Heart Rate"],
            1.0,
            HEART_RATE_BPM,
        ),
        ..Totals::default()
    }
}

/// A length in whichever of two columns the account has; 0 is what was not measured.
fn in_either(
    row: &Row,
    notes: &mut Notes,
    (metric, metres): (&str, f64),
    (imperial, in_metres): (&str, f64),
) -> Option<f64> {
    let most_m = *CLIMB_M.end();
    let mut read =
        |column: &str, factor: f64| figure(row, notes, &[column], factor, 0.0..=most_m * 100.0);
    let length_m = read(metric, metres).or_else(|| read(imperial, in_metres))?;
    Some(length_m).filter(|length_m| *length_m > 0.0)
}

/// The time that counts for the pace: without pauses.
fn timer_s(row: &Row, notes: &mut Notes) -> Option<f64> {
    let written = row.text("Duration")?;
    let seconds = possible_s(written);
    if seconds.is_none() {
        notes.add(Fault::BadValue, row.number, &format!("Duration {written}"));
    }
    seconds.filter(|seconds| *seconds > 0.0)
}

fn possible_s(written: &str) -> Option<f64> {
    clock_s(written).filter(|seconds| TIME_S.contains(seconds))
}
