//! `UserExercises_*.csv` and `UserSleeps_*.csv`, which Google Takeout has beside the older JSON lists: moments in UTC with their offset,
//! distances in mm.

use crate::{
    exports::{
        export::Said,
        facts::{Facts, Listed, Night},
        kit::{
            self, ASLEEP_S, DISTANCE_M, Fault, HEART_RATE_BPM, MOMENTS_S, Notes, Row, STEPS,
            TIME_S, Table,
        },
    },
    model::{Activity, Format, Totals},
    text::{
        line::title,
        stamp::{Stamp, Zone, stamp},
    },
};
use chrono::{DateTime, NaiveDate};
use std::collections::BTreeMap;

/// Columns that only these tables have together.
const EXERCISES: &[&str] = &["exercise_start", "exercise_end", "activity_name"];
const SLEEPS: &[&str] = &["sleep_id", "minutes_asleep", "sleep_end"];

/// Whether a table begins like one of these.
pub(super) fn is_one(head: &[u8]) -> bool {
    Table::has_columns(head, EXERCISES) || Table::has_columns(head, SLEEPS)
}

/// Reads whichever of them it is.
pub(super) fn read(bytes: &[u8]) -> Option<Said> {
    let mut notes = Notes::new("row");
    let facts = match Table::read(bytes, EXERCISES, &mut notes) {
        Some(table) => Facts {
            activities: table
                .rows()
                .filter_map(|row| listed(row, &mut notes))
                .collect(),
            ..Facts::default()
        },
        None => of_sleeps(&Table::read(bytes, SLEEPS, &mut notes)?, &mut notes),
    };
    Some((facts, notes.problems()))
}

/// One exercise; None, counted, when it has no usable start.
fn listed(row: Row, notes: &mut Notes) -> Option<Listed> {
    let start = moment(row, "exercise_start");
    if start.is_none() {
        notes.add(Fault::NoStart, row.number, "");
    }
    let (sport, sub_sport) = kit::meant(row.text("activity_name"));
    let mut activity = Activity {
        sport,
        sub_sport,
        name: row.text("activity_name").and_then(title),
        totals: totals(row, notes),
        ..Activity::empty(Format::Export)
    };
    kit::begin(&mut activity, start?, offset_s(row, "utc_offset", notes));
    Some(Listed {
        place: format!("row {}", row.number),
        id: row.text("exercise_id").map(str::to_string),
        file: None,
        shoe: None,
        activity,
    })
}

/// What a tracker measured, else what was typed in; 0 is neither.
fn totals(row: Row, notes: &mut Notes) -> Totals {
    let mut either = |what: &str, factor, range: std::ops::RangeInclusive<f64>| {
        let writers = ["tracker", "manually_logged"];
        writers.iter().find_map(|writer| {
            let value = row.value(notes, &format!("{writer}_{what}"), factor, range.clone());
            value.filter(|value| *value > 0.0)
        })
    };
    let elapsed_s = elapsed_s(row);
    let steps = either("total_steps", 1.0, STEPS);
    Totals {
        distance_m: either("total_distance_mm", 0.001, DISTANCE_M),
        timer_s: elapsed_s,
        elapsed_s,
        heart_rate_mean_bpm: either("avg_heart_rate", 1.0, HEART_RATE_BPM),
        heart_rate_max_bpm: either("peak_heart_rate", 1.0, HEART_RATE_BPM),
        cadence_mean_raw: kit::of_steps(steps, elapsed_s),
        ..Totals::default()
    }
}

fn elapsed_s(row: Row) -> Option<f64> {
    let from = moment(row, "exercise_start")?;
    let seconds = moment(row, "exercise_end")?.unix_s - from.unix_s;
    (seconds > 0.0 && TIME_S.contains(&seconds)).then_some(seconds)
}

/// A moment in UTC, whether its zone is written or not.
fn moment(row: Row, column: &str) -> Option<Stamp> {
    let found = stamp(row.text(column)?).filter(|stamp| MOMENTS_S.contains(&stamp.unix_s))?;
    Some(Stamp {
        zone: match found.zone {
            Zone::Unknown => Zone::Utc,
            zone => zone,
        },
        ..found
    })
}

fn offset_s(row: Row, column: &str, notes: &mut Notes) -> Option<i32> {
    kit::zone_s(notes, row.text(column)?, row.number)
}

/// The longest sleep of each day of waking; the others of a day are naps.
fn of_sleeps(table: &Table, notes: &mut Notes) -> Facts {
    let mut nights: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    for row in table.rows() {
        if let Some((date, asleep_s)) = night(row, notes) {
            let longest = nights.entry(date).or_default();
            *longest = longest.max(asleep_s);
        }
    }
    Facts {
        nights: Night::of(nights),
        ..Facts::default()
    }
}

/// None: not measured, or, counted, without a day.
fn night(row: Row, notes: &mut Notes) -> Option<(NaiveDate, f64)> {
    let asleep_s = row.value(notes, "minutes_asleep", 60.0, ASLEEP_S);
    let asleep_s = asleep_s.filter(|seconds| *seconds > 0.0)?;
    let end = moment(row, "sleep_end");
    if end.is_none() {
        notes.add(Fault::NoDate, row.number, "");
    }
    let ahead_s = offset_s(row, "end_utc_offset", notes)?;
    let wall_s = end?.unix_s as i64 + i64::from(ahead_s);
    Some((DateTime::from_timestamp(wall_s, 0)?.date_naive(), asleep_s))
}
