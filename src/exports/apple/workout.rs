//! `<Workout>` and what stands in it.

use super::{
    super::kit::{CLIMB_M, DISTANCE_M, Fault, HEART_RATE_BPM, Notes, TIME_S},
    amount::{COUNTS, LENGTHS, RATES, TIMES, amount, split},
    sport,
    tag::{Moment, Tag, moment, text},
};
use crate::{
    exports::facts::Listed,
    model::{Activity, Format, Samples, Span, Totals},
    time::is_plausible_utc_offset,
};
use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// Most steps believed in one workout.
const STEPS_MAX: f64 = 1e6;
/// Most pauses and files with its route that are kept of one workout.
const PAUSES_MAX: usize = 500;
const ROUTES_MAX: usize = 8;
/// Longest name kept, bytes.
const NAME_BYTES_MAX: usize = 256;
/// Steps of both legs per minute that are a runner's, as a mean: fewer are of someone who walked for a part.
const STEP_RATE: std::ops::RangeInclusive<f64> = 120.0..=240.0;

/// One workout, as far as it was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Workout {
    /// Which one of the file it is, from 1.
    pub(super) number: usize,
    /// Unix seconds.
    pub(super) start_s: f64,
    pub(super) end_s: f64,
    offset_s: Option<i32>,
    kind: String,
    is_indoor: bool,
    /// Where its stops are left out, s.
    active_s: Option<f64>,
    distance_m: Option<f64>,
    mean_bpm: Option<f64>,
    max_bpm: Option<f64>,
    pub(super) steps: Option<f64>,
    ascent_m: Option<f64>,
    /// Files with its route, as they are named below the export's folder.
    routes: Vec<String>,
    pauses: Vec<Span>,
    /// When a pause began that is not over.
    paused_since_s: Option<f64>,
    /// What recorded it, as written.
    pub(super) source: Vec<u8>,
}

impl Workout {
    /// From its own tag. None, counted: it has no usable start.
    pub(super) fn begun(tag: &Tag, number: usize, notes: &mut Notes) -> Option<Workout> {
        let [start, end, kind, source] =
            tag.values(["startDate", "endDate", "workoutActivityType", "sourceName"]);
        let Some(start) = moment(start) else {
            notes.add(Fault::NoStart, number, &text(start));
            return None;
        };
        let [duration, duration_unit, distance, distance_unit] = tag.values([
            "duration",
            "durationUnit",
            "totalDistance",
            "totalDistanceUnit",
        ]);
        // Minutes, where an old export names no unit.
        let duration_unit = if duration_unit.is_empty() {
            b"min"
        } else {
            duration_unit
        };
        let active_s = amount(notes, (duration, duration_unit), TIMES, TIME_S, number);
        let distance_m = amount(
            notes,
            (distance, distance_unit),
            LENGTHS,
            DISTANCE_M,
            number,
        );
        let end_s = moment(end).map(|end| end.unix_s);
        let end_s = end_s.filter(|end_s| (0.0..=*TIME_S.end()).contains(&(end_s - start.unix_s)));
        Some(Workout {
            number,
            start_s: start.unix_s,
            end_s: end_s.unwrap_or(start.unix_s + active_s.unwrap_or(0.0)),
            offset_s: offset_s(start),
            kind: text(short(kind)).into_owned(),
            is_indoor: false,
            active_s,
            distance_m,
            mean_bpm: None,
            max_bpm: None,
            steps: None,
            ascent_m: None,
            routes: Vec::new(),
            pauses: Vec::new(),
            paused_since_s: None,
            source: short(source).to_vec(),
        })
    }

    /// A tag inside it.
    pub(super) fn add(&mut self, tag: &Tag, notes: &mut Notes) {
        match tag.name() {
            b"MetadataEntry" => self.add_note(tag, notes),
            b"WorkoutStatistics" => self.add_statistics(tag, notes),
            b"WorkoutEvent" => self.add_event(tag),
            b"FileReference" if self.routes.len() < ROUTES_MAX => {
                let path = text(short(tag.value("path")));
                self.routes.push(path.trim_start_matches('/').to_string());
            }
            _ => {}
        }
    }

    fn add_note(&mut self, tag: &Tag, notes: &mut Notes) {
        let [key, value] = tag.values(["key", "value"]);
        match key {
            b"HKIndoorWorkout" => self.is_indoor = value == b"1",
            b"HKTimeZone" => self.offset_s = zone_offset_s(value, self.start_s).or(self.offset_s),
            b"HKElevationAscended" => {
                self.ascent_m = amount(notes, split(value), LENGTHS, CLIMB_M, self.number);
            }
            _ => {}
        }
    }

    fn add_statistics(&mut self, tag: &Tag, notes: &mut Notes) {
        let number = self.number;
        let [kind, unit, sum, mean, max] =
            tag.values(["type", "unit", "sum", "average", "maximum"]);
        let kind = kind
            .strip_prefix(b"HKQuantityTypeIdentifier")
            .unwrap_or(kind);
        match kind {
            b"HeartRate" => {
                self.mean_bpm = amount(notes, (mean, unit), RATES, HEART_RATE_BPM, number);
                self.max_bpm = amount(notes, (max, unit), RATES, HEART_RATE_BPM, number);
            }
            b"StepCount" => {
                self.steps = amount(notes, (sum, unit), COUNTS, 0.0..=STEPS_MAX, number);
            }
            _ if kind.starts_with(b"Distance") => {
                let distance_m = amount(notes, (sum, unit), LENGTHS, DISTANCE_M, number);
                // Of several (on foot and by bicycle) the longest is the workout's.
                self.distance_m = distance_m.map_or(self.distance_m, |found_m| {
                    Some(
                        self.distance_m
                            .map_or(found_m, |known_m| known_m.max(found_m)),
                    )
                });
            }
            _ => {}
        }
    }

    fn add_event(&mut self, tag: &Tag) {
        let [kind, date] = tag.values(["type", "date"]);
        let Some(Moment { unix_s, .. }) = moment(date) else {
            return;
        };
        match kind {
            b"HKWorkoutEventTypePause" | b"HKWorkoutEventTypeMotionPaused" => {
                self.paused_since_s.get_or_insert(unix_s);
            }
            b"HKWorkoutEventTypeResume" | b"HKWorkoutEventTypeMotionResumed" => {
                self.end_pause(unix_s);
            }
            _ => {}
        }
    }

    fn end_pause(&mut self, to_s: f64) {
        let from_s = self.paused_since_s.take();
        let pause = from_s.filter(|from_s| *from_s < to_s && self.pauses.len() < PAUSES_MAX);
        self.pauses
            .extend(pause.map(|from_s| Span { from_s, to_s }));
    }

    /// The workout as lines of an index, once all of it is known. A route in a second file has a line of its own, which says what sport
    /// it is and no more.
    pub(super) fn listed(mut self, samples: Samples) -> Vec<Listed> {
        self.end_pause(self.end_s);
        let mut routes = std::mem::take(&mut self.routes).into_iter();
        let first = self.line(routes.next(), self.activity(samples));
        let further = routes.map(|route| self.line(Some(route), self.bare()));
        let further: Vec<Listed> = further.collect();
        std::iter::once(first).chain(further).collect()
    }

    fn line(&self, file: Option<String>, activity: Activity) -> Listed {
        Listed {
            place: format!("workout {}", self.number),
            // Where it stands in the file is another place in the next export.
            id: Some(format!(
                "{:.0}-{:.0}-{}",
                self.start_s, self.end_s, self.kind
            )),
            file,
            shoe: None,
            activity,
        }
    }

    /// What it is and when, without what was measured.
    fn bare(&self) -> Activity {
        let (sport, sub_sport) = sport::of(&self.kind, self.is_indoor);
        Activity {
            sport,
            sub_sport,
            start_unix_s: Some(self.start_s),
            utc_offset_s: self.offset_s,
            ..Activity::empty(Format::Export)
        }
    }

    fn activity(&self, samples: Samples) -> Activity {
        Activity {
            totals: self.totals(),
            pauses: self.pauses.clone(),
            samples,
            ..self.bare()
        }
    }

    fn totals(&self) -> Totals {
        let elapsed_s = Some(self.end_s - self.start_s).filter(|seconds| *seconds > 0.0);
        let timer_s = self.active_s.or(elapsed_s);
        let rate = self.steps.zip(timer_s).map(|(steps, s)| steps * 60.0 / s);
        Totals {
            distance_m: self.distance_m,
            timer_s,
            elapsed_s,
            ascent_m: self.ascent_m,
            heart_rate_mean_bpm: self.mean_bpm,
            heart_rate_max_bpm: self.max_bpm,
            cadence_mean_raw: rate.filter(|rate| STEP_RATE.contains(rate)),
            ..Totals::default()
        }
    }
}

/// A name as far as it is kept.
pub(super) fn short(name: &[u8]) -> &[u8] {
    &name[..name.len().min(NAME_BYTES_MAX)]
}

/// The offset that a date was written with, if some zone has it.
fn offset_s(moment: Moment) -> Option<i32> {
    let is_one = |offset_s: &i32| is_plausible_utc_offset(i64::from(*offset_s));
    moment.offset_s.filter(is_one)
}

/// The offset of a zone at a moment. The zone is that of the workout, where dates have that of the export.
fn zone_offset_s(name: &[u8], unix_s: f64) -> Option<i32> {
    let zone: Tz = std::str::from_utf8(name).ok()?.trim().parse().ok()?;
    let at = DateTime::from_timestamp(unix_s as i64, 0)?;
    Some(
        zone.offset_from_utc_datetime(&at.naive_utc())
            .fix()
            .local_minus_utc(),
    )
}
