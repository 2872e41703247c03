//! Activities: one a line, in SI units. The local start is always there; the moment is, where the line has it or its zone.

use super::source::Fields;
use crate::{
    exports::{
        cells::{moment, wall_s},
        facts::Listed,
        kit::{CLIMB_M, DISTANCE_M, Fault, HEART_RATE_BPM, MOMENTS_S, NAMED_OTHER, Notes, TIME_S},
    },
    model::{Activity, Format, Totals},
    sport::{self, Name, Sport, Writer},
    text::line::title,
    time::{Clock, is_plausible_utc_offset},
};
use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use std::ops::RangeInclusive;

/// Session RPE, CR-10. `session_rpe` is something else: it times the minutes.
const EXERTION: RangeInclusive<f64> = 1.0..=10.0;
/// Mean steps per minute believed, of one leg or of both.
const CADENCE: RangeInclusive<f64> = 20.0..=300.0;

/// One activity; None, counted, when it has no usable start.
pub(super) fn listed(notes: &mut Notes, line: &dyn Fields) -> Option<Listed> {
    let start = start(line);
    if start.is_none() {
        let written = line.text("start_date_local").unwrap_or_default();
        notes.add(Fault::NoStart, line.number(), &written);
    }
    let activity = activity(notes, line, start?);
    Some(Listed {
        place: line.place(),
        id: line.text("id"),
        file: None,
        shoe: line.gear().filter(|_| activity.sport.is_running()),
        activity,
    })
}

/// When it was: a moment with its offset, or what the wall clock showed.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Start {
    unix_s: f64,
    clock: Clock,
    utc_offset_s: Option<i32>,
}

fn start(line: &dyn Fields) -> Option<Start> {
    let stamp = |key: &str| moment(&line.text(key)?).filter(|at| MOMENTS_S.contains(&at.unix_s));
    let (local, utc) = (stamp("start_date_local").map(wall_s), stamp("start_date"));
    let utc_s = utc.map(|stamp| stamp.unix_s);
    match (local, utc_s) {
        (Some(local_s), Some(utc_s)) => Some(Start {
            unix_s: utc_s,
            clock: Clock::Utc,
            utc_offset_s: offset_s(local_s - utc_s),
        }),
        (Some(local_s), None) => Some(zoned(line, local_s).unwrap_or(Start {
            unix_s: local_s,
            clock: Clock::Wall,
            utc_offset_s: None,
        })),
        (None, utc_s) => utc_s.map(|unix_s| Start {
            unix_s,
            clock: Clock::Utc,
            utc_offset_s: None,
        }),
    }
}

fn offset_s(ahead_s: f64) -> Option<i32> {
    let ahead_s = ahead_s.round() as i64;
    let is_one = is_plausible_utc_offset(ahead_s);
    i32::try_from(ahead_s).ok().filter(|_| is_one)
}

/// In the zone that the line names; Strava writes `(GMT+01:00) Europe/Berlin`.
fn zoned(line: &dyn Fields, local_s: f64) -> Option<Start> {
    let written = line.text("timezone")?;
    let zone: Tz = written.split_whitespace().next_back()?.parse().ok()?;
    let local = DateTime::from_timestamp(local_s as i64, 0)?.naive_utc();
    let ahead_s = zone
        .offset_from_local_datetime(&local)
        .earliest()?
        .fix()
        .local_minus_utc();
    Some(Start {
        unix_s: local_s - f64::from(ahead_s),
        clock: Clock::Utc,
        utc_offset_s: Some(ahead_s),
    })
}

fn activity(notes: &mut Notes, line: &dyn Fields, start: Start) -> Activity {
    let (sport, sub_sport) = kind(line);
    Activity {
        sport,
        sub_sport,
        name: line.text("name").as_deref().and_then(title),
        comment: line.written("description").map(String::into_boxed_str),
        start_unix_s: Some(start.unix_s),
        clock: start.clock,
        utc_offset_s: start.utc_offset_s,
        totals: totals(notes, line),
        ..Activity::empty(Format::Export)
    }
}

/// The types are Strava's; a run on a trainer is one on a treadmill.
fn kind(line: &dyn Fields) -> (Sport, Name) {
    let Some(word) = line.text("type") else {
        return (Sport::UNKNOWN, "generic");
    };
    let (sport, sub_sport) = sport::meant(&word, Writer::Strava).unwrap_or(NAMED_OTHER);
    match sub_sport {
        "generic" if line.is_true("trainer") && sport.is_running() => (sport, "treadmill"),
        _ => (sport, sub_sport),
    }
}

fn totals(notes: &mut Notes, line: &dyn Fields) -> Totals {
    let mut value = |keys: &[&str], range: RangeInclusive<f64>| {
        let mut found = keys.iter();
        found.find_map(|key| line.value(notes, key, range.clone()).filter(|it| *it > 0.0))
    };
    Totals {
        distance_m: value(&["distance", "icu_distance"], DISTANCE_M),
        timer_s: value(&["icu_recording_time"], TIME_S),
        elapsed_s: value(&["elapsed_time"], TIME_S),
        moving_s: value(&["moving_time"], TIME_S),
        ascent_m: value(&["total_elevation_gain"], CLIMB_M),
        descent_m: value(&["total_elevation_loss"], CLIMB_M),
        heart_rate_mean_bpm: value(&["average_heartrate"], HEART_RATE_BPM),
        heart_rate_max_bpm: value(&["max_heartrate"], HEART_RATE_BPM),
        cadence_mean_raw: value(&["average_cadence"], CADENCE),
        session_rpe: value(&["icu_rpe", "perceived_exertion"], EXERTION),
        ..Totals::default()
    }
}
