//! `Sport-sessions/*.json`: one session, flat until about 2019, since then with its values in a list of features.

use super::{sport, track_of};
use crate::{
    exports::{
        facts::{Facts, Listed},
        kit::{
            CLIMB_M, DISTANCE_M, Entry, Fault, HEART_RATE_BPM, MOMENTS_S, Notes, TIME_S, entries,
        },
    },
    model::{Activity, Format, Totals},
    sport::{Name, Sport},
    text::{json::Piece, number::Number, stamp::stamp},
    time::is_plausible_utc_offset,
};
use std::ops::RangeInclusive;

/// Mean steps per minute believed, of one leg or of both.
const CADENCE: RangeInclusive<f64> = 20.0..=300.0;

/// Where a value may stand: the feature, the session itself being "", and the name there.
type Places = &'static [(&'static str, &'static str)];

const DURATION: Places = &[("", "duration"), ("initial_values", "duration")];
const DISTANCE: Places = &[
    ("", "distance"),
    ("track_metrics", "distance"),
    ("initial_values", "distance"),
];
const ASCENT: Places = &[("", "elevation_gain"), ("track_metrics", "elevation_gain")];
const DESCENT: Places = &[("", "elevation_loss"), ("track_metrics", "elevation_loss")];
const HEART_RATE_MEAN: Places = &[("", "pulse_avg"), ("heart_rate", "average")];
const HEART_RATE_MAX: Places = &[("", "pulse_max"), ("heart_rate", "maximum")];
const STEPS: Places = &[
    ("step_rate", "average_step_rate"),
    ("steps", "average_step_rate"),
];

/// Reads the session, or each of a list.
pub(super) fn read(document: Piece, stem: &str, notes: &mut Notes) -> Facts {
    let mut facts = Facts::default();
    entries(document.entries(), notes, |notes, entry| {
        facts.activities.extend(listed(notes, entry, stem));
    });
    facts
}

/// One session; None, counted, when it has no usable start.
fn listed(notes: &mut Notes, entry: &Entry, stem: &str) -> Option<Listed> {
    let session = Session::of(entry);
    let Some(start_s) = session.moment_s("start_time") else {
        notes.add(Fault::NoStart, entry.number, "");
        return None;
    };
    Some(Listed {
        place: format!("entry {}", entry.number),
        id: entry.text("id"),
        file: track_of(stem),
        shoe: None,
        activity: session.activity(notes, start_s),
    })
}

/// A session's values, wherever they stand.
struct Session<'e, 't> {
    entry: &'e Entry<'t>,
    /// The attributes of the features, by the feature's type.
    features: Vec<(String, Entry<'t>)>,
}

impl<'e, 't> Session<'e, 't> {
    fn of(entry: &'e Entry<'t>) -> Self {
        let features = entry.objects("features").filter_map(|feature| {
            let attributes = feature.inner("attributes")?;
            Some((feature.text("type")?, attributes))
        });
        Session {
            entry,
            features: features.collect(),
        }
    }

    fn feature(&self, kind: &str) -> Option<&Entry<'t>> {
        let mut features = self.features.iter();
        features.find(|(found, _)| found == kind).map(|(_, it)| it)
    }

    /// Written as milliseconds, or as text.
    fn moment_s(&self, key: &str) -> Option<f64> {
        let initial = self.feature("initial_values");
        [Some(self.entry), initial]
            .into_iter()
            .flatten()
            .find_map(|entry| moment_s(entry, key))
    }

    /// The first of these places that has a value.
    fn value(
        &self,
        notes: &mut Notes,
        places: Places,
        factor: f64,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        places.iter().find_map(|(kind, key)| {
            let entry = match *kind {
                "" => self.entry,
                kind => self.feature(kind)?,
            };
            // What was not measured is written as 0.
            notes.positive(entry, key, factor, range.clone())
        })
    }

    fn activity(&self, notes: &mut Notes, start_s: f64) -> Activity {
        let (sport, sub_sport) = self.sport();
        Activity {
            sport,
            sub_sport,
            // What the app calls notes is the only text of a session, and no title: nobody expects it in a table.
            comment: self.entry.written("notes").map(String::into_boxed_str),
            start_unix_s: Some(start_s),
            utc_offset_s: self.utc_offset_s(notes),
            totals: self.totals(notes, start_s),
            ..Activity::empty(Format::Export)
        }
    }

    fn sport(&self) -> (Sport, Name) {
        let (sport, sub_sport) = sport::of(self.sport_id().as_deref());
        match sub_sport {
            "generic" if self.is_indoor() && sport.is_running() => (sport, "indoor_running"),
            _ => (sport, sub_sport),
        }
    }

    fn is_indoor(&self) -> bool {
        let written = self.entry.get("indoor");
        written.is_some_and(|it| it.bytes == b"true")
    }

    /// Under its own key, or `{"id": …}`, or `{"data": {"id": …}}`, in the session or its first values.
    fn sport_id(&self) -> Option<String> {
        let initial = self.feature("initial_values");
        let entries = [Some(self.entry), initial].into_iter().flatten();
        entries
            .clone()
            .find_map(|entry| entry.text("sport_type_id"))
            .or_else(|| {
                entries.clone().find_map(|entry| {
                    let inner = entry.inner("sport_type");
                    let data = inner.as_ref().and_then(|inner| inner.inner("data"));
                    let id = |entry: Option<Entry>| entry.and_then(|entry| entry.text("id"));
                    id(data)
                        .or_else(|| id(inner))
                        .or_else(|| entry.text("sport_type"))
                })
            })
    }

    fn utc_offset_s(&self, notes: &mut Notes) -> Option<i32> {
        let Number::Value(ms) = self.entry.number("start_time_timezone_offset") else {
            return None;
        };
        let offset_s = (ms / 1000.0).round() as i64;
        if is_plausible_utc_offset(offset_s) {
            return i32::try_from(offset_s).ok();
        }
        notes.add(Fault::OddOffset, self.entry.number, &format!("{ms} ms"));
        None
    }

    fn totals(&self, notes: &mut Notes, start_s: f64) -> Totals {
        // Without the pauses.
        let timer_s = self.value(notes, DURATION, 0.001, TIME_S);
        let mut value = |places, range| self.value(notes, places, 1.0, range);
        Totals {
            distance_m: value(DISTANCE, DISTANCE_M),
            timer_s,
            elapsed_s: self.elapsed_s(start_s, timer_s),
            ascent_m: value(ASCENT, CLIMB_M),
            descent_m: value(DESCENT, CLIMB_M),
            heart_rate_mean_bpm: value(HEART_RATE_MEAN, HEART_RATE_BPM),
            heart_rate_max_bpm: value(HEART_RATE_MAX, HEART_RATE_BPM),
            cadence_mean_raw: value(STEPS, CADENCE),
            ..Totals::default()
        }
    }

    /// None where the end lies before what the timer counted.
    fn elapsed_s(&self, start_s: f64, timer_s: Option<f64>) -> Option<f64> {
        let elapsed_s = self.moment_s("end_time")? - start_s;
        let is_length = elapsed_s >= timer_s.unwrap_or(1.0) - 1.0;
        Some(elapsed_s).filter(|elapsed_s| is_length && TIME_S.contains(elapsed_s))
    }
}

/// A moment in Unix seconds: milliseconds, or `2018-09-01 11:28:34 +0200`.
pub(super) fn moment_s(entry: &Entry, key: &str) -> Option<f64> {
    entry
        .epoch_ms(key)
        .or_else(|| Some(spaced(&entry.text(key)?)?.unix_s))
        .filter(|seconds| MOMENTS_S.contains(seconds))
}

/// A stamp whose zone may stand behind a blank.
pub(super) fn spaced(text: &str) -> Option<crate::text::stamp::Stamp> {
    let text = text.trim();
    match text.rsplit_once(' ') {
        Some((moment, zone)) if zone.starts_with(['+', '-', 'Z']) => {
            stamp(&format!("{moment}{zone}"))
        }
        _ => stamp(text),
    }
}
