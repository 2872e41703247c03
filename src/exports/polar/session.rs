//! `training-session*.json`: one session, and its exercises with their samples.
//!
//! Times are those of the clock on the wall, with the offset in minutes beside them.

use super::{samples, sport};
use crate::{
    exports::{
        export::Said,
        facts::{Facts, Listed},
        kit::{
            self, CLIMB_M, DISTANCE_M, Entry, Fault, HEART_RATE_BPM, MAX_BPM, Notes, REST_BPM,
            TIME_S, WEIGHT_KG, duration_s, word,
        },
    },
    model::{Activity, Athlete, Format, Sex, Totals},
    text::{
        json::Piece,
        line::title,
        stamp::{Stamp, Zone},
    },
};

/// Members that hold the offset in minutes, one a generation and place.
pub(super) const OFFSETS: &[&str] = &["timezoneOffsetMinutes", "timeZoneOffset", "timezoneOffset"];
/// An exercise that begins so much off its session, beside the offset, s, has its times in UTC.
const UTC_SLACK_S: f64 = 2.0;
/// Means and maxima of the heart rate, in the members of each generation.
const HEART_RATE_MEAN: &[&str] = &["hrAvg", "averageHeartRate"];
const HEART_RATE_MAX: &[&str] = &["hrMax", "maximumHeartRate"];

/// Reads a session. Each exercise is an activity; a session without any is one itself.
pub(super) fn read(document: Piece) -> Said {
    let mut notes = Notes::new("exercise");
    let mut facts = Facts::default();
    hear(document, &mut notes, &mut facts);
    kit::said(document, facts, &notes)
}

fn hear(document: Piece, notes: &mut Notes, facts: &mut Facts) {
    match Entry::of(document, 1) {
        Some(session) => of_session(&session, notes, facts),
        None => notes.add(Fault::Unreadable, 1, ""),
    }
}

fn of_session(session: &Entry, notes: &mut Notes, facts: &mut Facts) {
    let exercises = exercises(session, notes);
    if exercises.is_empty() {
        return add(session, session, notes, facts);
    }
    let only = exercises.len() == 1;
    for exercise in &exercises {
        let whole = if only { session } else { exercise };
        add(exercise, whole, notes, facts);
        let described = facts.recordings.last_mut().into_iter();
        let listed = facts.activities.last_mut();
        described
            .chain(listed.map(|listed| &mut listed.activity))
            .for_each(|activity| describe(activity, session));
    }
}

fn exercises<'t>(session: &Entry<'t>, notes: &mut Notes) -> Vec<Entry<'t>> {
    let mut exercises = Vec::new();
    for (index, piece) in session.list("exercises").enumerate() {
        match Entry::of(piece, index + 1) {
            Some(exercise) => exercises.push(exercise),
            None if piece.is_cut => {}
            None => notes.add(Fault::Unreadable, index + 1, ""),
        }
    }
    exercises
}

/// Adds an exercise; `whole` is what its totals stand in, too: the session, where it is the only one.
fn add(exercise: &Entry, whole: &Entry, notes: &mut Notes, facts: &mut Facts) {
    let Some(stamp) = exercise.stamp("startTime").or(whole.stamp("startTime")) else {
        return notes.add(Fault::NoStart, exercise.number, "");
    };
    let (sport, sub_sport) = sport::of(exercise, whole);
    let mut activity = Activity {
        sport,
        sub_sport,
        comment: exercise.written("note").map(String::into_boxed_str),
        totals: totals(exercise, whole, notes),
        ..Activity::empty(Format::Export)
    };
    let offset_s = offset_s(exercise, notes).or_else(|| offset_s(whole, notes));
    kit::begin(&mut activity, zoned(stamp, whole, offset_s), offset_s);
    let start_s = activity.start_unix_s.unwrap_or(stamp.unix_s);
    activity.samples = samples::read(exercise, stamp, start_s);
    if !activity.samples.is_empty() {
        return facts.recordings.push(activity);
    }
    facts.activities.push(Listed {
        place: format!("exercise {}", exercise.number),
        id: whole.inner("identifier").and_then(|id| id.text("id")),
        file: None,
        shoe: None,
        activity,
    });
}

/// What stands in the session alone.
fn describe(activity: &mut Activity, session: &Entry) {
    activity.name = session.text("name").as_deref().and_then(title);
    let comment = activity.comment.take().map(String::from);
    let comment = comment.or_else(|| session.written("note"));
    activity.comment = comment.map(String::into_boxed_str);
    let product = session.inner("product");
    activity.device = product
        .and_then(|product| product.text("modelName"))
        .as_deref()
        .and_then(title);
    let body = session.inner("physicalInformationSnapshot");
    activity.athlete = body.map(|body| athlete(&body)).unwrap_or_default();
}

fn offset_s(entry: &Entry, notes: &mut Notes) -> Option<i32> {
    let minutes = notes.first(entry, OFFSETS, 60.0, -1e9..=1e9)?;
    kit::offset_s(notes, minutes, entry.number)
}

/// The exercise's start, known to be in UTC where it begins just the offset before its session.
fn zoned(stamp: Stamp, session: &Entry, offset_s: Option<i32>) -> Stamp {
    let is_utc = session
        .stamp("startTime")
        .zip(offset_s)
        .is_some_and(|(session, offset)| {
            let behind_s = session.unix_s - stamp.unix_s;
            offset != 0 && (behind_s - f64::from(offset)).abs() <= UTC_SLACK_S
        });
    let zone = if is_utc { Zone::Utc } else { stamp.zone };
    Stamp { zone, ..stamp }
}

fn totals(exercise: &Entry, whole: &Entry, notes: &mut Notes) -> Totals {
    // The exercise knows better than its session, which has what each generation calls otherwise.
    let mut value = |keys: &[&str], range: &std::ops::RangeInclusive<f64>| {
        notes
            .first(exercise, keys, 1.0, range.clone())
            .or_else(|| notes.first(whole, keys, 1.0, range.clone()))
    };
    let heart_rate = exercise.inner("heartRate");
    let mut totals = Totals {
        distance_m: value(&["distanceMeters", "distance"], &DISTANCE_M),
        ascent_m: value(&["ascentMeters", "ascent"], &CLIMB_M),
        descent_m: value(&["descentMeters", "descent"], &CLIMB_M),
        heart_rate_mean_bpm: value(HEART_RATE_MEAN, &HEART_RATE_BPM),
        heart_rate_max_bpm: value(HEART_RATE_MAX, &HEART_RATE_BPM),
        timer_s: timer_s(exercise).or_else(|| timer_s(whole)),
        elapsed_s: elapsed_s(exercise),
        ..Totals::default()
    };
    if let Some(heart_rate) = heart_rate {
        let mut of = |key| notes.value(&heart_rate, key, 1.0, HEART_RATE_BPM);
        totals.heart_rate_mean_bpm = totals.heart_rate_mean_bpm.or(of("avg"));
        totals.heart_rate_max_bpm = totals.heart_rate_max_bpm.or(of("max"));
    }
    totals.distance_m = totals.distance_m.filter(|metres| *metres > 0.0);
    totals
}

/// `"durationMillis": 1800000` or `"duration": "PT1800.5S"`.
fn timer_s(entry: &Entry) -> Option<f64> {
    let in_ms = match entry.number("durationMillis") {
        crate::text::number::Number::Value(ms) => Some(ms / 1000.0),
        _ => None,
    };
    let written = || duration_s(&word(entry.get("duration")?)?);
    let seconds = in_ms.or_else(written);
    seconds.filter(|seconds| *seconds > 0.0 && TIME_S.contains(seconds))
}

/// From start to stop on the same clock.
fn elapsed_s(exercise: &Entry) -> Option<f64> {
    let from = exercise.stamp("startTime")?;
    let to = exercise.stamp("stopTime")?;
    let seconds = to.unix_s - from.unix_s;
    (seconds > 0.0 && TIME_S.contains(&seconds)).then_some(seconds)
}

/// What Polar knew of the runner then. What cannot be is left out: the same stands in every session.
pub(super) fn athlete(body: &Entry) -> Athlete {
    let mut silent = Notes::new("entry");
    let mut value = |key, range| silent.value(body, key, 1.0, range);
    Athlete {
        heart_rate_rest_bpm: value("restingHeartRate", REST_BPM),
        heart_rate_max_bpm: value("maximumHeartRate", MAX_BPM),
        weight_kg: value("weight, kg", WEIGHT_KG).or(value("weight", WEIGHT_KG)),
        sex: sex(body.text("sex").as_deref()),
    }
}

fn sex(word: Option<&str>) -> Option<Sex> {
    match word?.to_ascii_lowercase().as_str() {
        "female" => Some(Sex::Female),
        "male" => Some(Sex::Male),
        _ => None,
    }
}
