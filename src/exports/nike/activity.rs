//! One activity: totals among its `summaries`, samples among its `metrics`, pauses among its `moments`.

use super::{metrics, unit::metres};
use crate::{
    exports::{
        facts::{Facts, Listed},
        kit::{self, CLIMB_M, DISTANCE_M, Entry, Fault, HEART_RATE_BPM, Notes, STEPS, TIME_S},
    },
    model::{Activity, Format, Name, Span, Sport, Totals},
    text::{
        json::Piece,
        line::title,
        stamp::{Stamp, Zone},
    },
};
use std::ops::RangeInclusive;

/// Reads the activities of a file: one, a list, or a page of them.
pub(super) fn read(document: Piece, notes: &mut Notes, facts: &mut Facts) {
    let pages: Vec<Piece> = document.values_of("activities").collect();
    if !pages.is_empty() {
        let all = pages.into_iter().flat_map(Piece::items);
        return kit::entries(all, notes, |notes, entry| add(entry, notes, facts));
    }
    match Entry::of(document, 1) {
        // One alone is used as far as it is whole.
        Some(entry) => add(&entry, notes, facts),
        None => kit::entries(document.entries(), notes, |notes, entry| {
            add(entry, notes, facts)
        }),
    }
}

/// Adds an activity: a recording where it has samples, else a line. Without a usable start it is counted.
fn add(entry: &Entry, notes: &mut Notes, facts: &mut Facts) {
    if entry
        .get("delete_indicator")
        .is_some_and(|piece| piece.bytes == b"true")
    {
        return;
    }
    let Some(start_s) = entry.epoch_ms("start_epoch_ms") else {
        return notes.add(Fault::NoStart, entry.number, "");
    };
    let tags = entry.inner("tags");
    let (sport, sub_sport) = sport(entry, tags.as_ref());
    let name = tags.as_ref().and_then(|tags| tags.text("com.nike.name"));
    let mut activity = Activity {
        sport,
        sub_sport,
        name: name.as_deref().and_then(title),
        totals: totals(entry, start_s, notes),
        pauses: pauses(entry),
        ..Activity::empty(Format::Export)
    };
    let start = Stamp {
        unix_s: start_s,
        zone: Zone::Utc,
    };
    kit::begin(&mut activity, start, None);
    activity.samples = metrics::read(entry, start_s);
    if !activity.samples.is_empty() {
        return facts.recordings.push(activity);
    }
    facts.activities.push(Listed {
        place: format!("entry {}", entry.number),
        id: entry.text("id"),
        file: None,
        shoe: None,
        activity,
    });
}

/// Runs indoors are runs on a treadmill.
fn sport(entry: &Entry, tags: Option<&Entry>) -> (Sport, Name) {
    let (sport, sub_sport) = kit::meant(entry.text("type").as_deref());
    let place = tags
        .and_then(|tags| tags.text("location"))
        .unwrap_or_default();
    let is_indoor = place.to_ascii_lowercase().starts_with("indoor");
    match sport.is_running() && is_indoor {
        true => (sport, "treadmill"),
        false => (sport, sub_sport),
    }
}

fn totals(entry: &Entry, start_s: f64, notes: &mut Notes) -> Totals {
    // Pauses lie between start and end, not in the active time.
    let end_s = entry.epoch_ms("end_epoch_ms");
    let elapsed_s = end_s.map(|end_s| end_s - start_s);
    let timer_s = notes.positive(entry, "active_duration_ms", 0.001, TIME_S);
    let steps = summary(entry, notes, "steps", "total", STEPS);
    Totals {
        distance_m: summary(entry, notes, "distance", "total", DISTANCE_M),
        timer_s,
        elapsed_s: elapsed_s.filter(|seconds| *seconds > 0.0 && TIME_S.contains(seconds)),
        ascent_m: summary(entry, notes, "ascent", "total", CLIMB_M),
        descent_m: summary(entry, notes, "descent", "total", CLIMB_M),
        heart_rate_mean_bpm: summary(entry, notes, "heart_rate", "mean", HEART_RATE_BPM),
        heart_rate_max_bpm: summary(entry, notes, "heart_rate", "max", HEART_RATE_BPM),
        cadence_mean_raw: kit::of_steps(steps, timer_s),
        ..Totals::default()
    }
}

/// `{"metric": "distance", "summary": "total", "value": 5.04}`: distances in km. 0 is how Nike writes that it does not know.
fn summary(
    entry: &Entry,
    notes: &mut Notes,
    metric: &str,
    kind: &str,
    range: RangeInclusive<f64>,
) -> Option<f64> {
    let is_it = |one: &Entry| {
        one.text("metric").as_deref() == Some(metric)
            && one.text("summary").is_none_or(|found| found == kind)
    };
    let found = entry.objects("summaries").find(is_it)?;
    let factor = if metric == "distance" {
        metres(&found)
    } else {
        1.0
    };
    notes.positive(&found, "value", factor, range)
}

/// `{"key": "halt", "value": "pause", "timestamp": …}` and the `resume` behind it.
fn pauses(entry: &Entry) -> Vec<Span> {
    let mut halts: Vec<(f64, bool)> = entry
        .objects("moments")
        .filter_map(|moment| {
            let value = moment.text("value")?;
            let is_pause = value.ends_with("pause");
            let is_halt = is_pause || value.ends_with("resume");
            is_halt.then_some((moment.epoch_ms("timestamp")?, is_pause))
        })
        .collect();
    halts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pauses = Vec::new();
    let mut since_s = None;
    for (time_s, is_pause) in halts {
        match since_s {
            None if is_pause => since_s = Some(time_s),
            Some(from_s) if !is_pause => {
                pauses.push(Span {
                    from_s,
                    to_s: time_s,
                });
                since_s = None;
            }
            _ => {}
        }
    }
    pauses
}
