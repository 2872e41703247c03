//! One activity: totals in m and ms, the start in ms, the zone as `+0200`.

use super::{lines, sport};
use crate::{
    exports::{
        facts::{Facts, Listed},
        kit::{self, DISTANCE_M, Entry, Fault, HEART_RATE_BPM, Notes, STEPS, TIME_S, long_text},
    },
    model::{Activity, Format, Totals},
    text::{
        json::Piece,
        stamp::{Stamp, Zone},
    },
};

/// What stands between an activity's samples and what else is known of it.
const SIMPLIFY: &str = "&&HW_EXT_TRACK_SIMPLIFY@";

/// Adds an activity: a recording where it has samples, else a line. Without a usable start it is counted.
pub(super) fn add(entry: &Entry, notes: &mut Notes, facts: &mut Facts) {
    let Some(start_s) = entry.epoch_ms("startTime") else {
        return notes.add(Fault::NoStart, entry.number, "");
    };
    // Samples first, then JSON inside the text.
    let attribute = entry
        .get("attribute")
        .and_then(long_text)
        .unwrap_or_default();
    let (detail, rest) = attribute.split_once(SIMPLIFY).unwrap_or((&attribute, ""));
    let known = rest.find('{').and_then(|at| rest.get(at..)).unwrap_or("{}");
    let known = Entry::of(Piece::document(known.as_bytes()), entry.number);
    let (sport, sub_sport) = sport::of(entry.text("sportType").as_deref());
    let mut activity = Activity {
        sport,
        sub_sport,
        totals: totals(entry, known.as_ref(), notes),
        ..Activity::empty(Format::Export)
    };
    let start = Stamp {
        unix_s: start_s,
        zone: Zone::Utc,
    };
    kit::begin(&mut activity, start, offset_s(entry, notes));
    activity.samples = lines::read(detail, start_s);
    if !activity.samples.is_empty() {
        return facts.recordings.push(activity);
    }
    facts.activities.push(Listed {
        place: format!("entry {}", entry.number),
        id: entry.text("recordId"),
        file: None,
        shoe: None,
        activity,
    });
}

/// The totals of the entry, else those inside its text.
fn totals(entry: &Entry, known: Option<&Entry>, notes: &mut Notes) -> Totals {
    let mut value = |key: &str, factor: f64, range: std::ops::RangeInclusive<f64>| {
        let own = notes.positive(entry, key, factor, range.clone());
        own.or_else(|| notes.positive(known?, key, factor, range))
    };
    let elapsed_s = value("totalTime", 0.001, TIME_S);
    let steps = value("totalSteps", 1.0, STEPS);
    Totals {
        distance_m: value("totalDistance", 1.0, DISTANCE_M),
        timer_s: elapsed_s,
        heart_rate_mean_bpm: value("avgHeartRate", 1.0, HEART_RATE_BPM),
        heart_rate_max_bpm: value("maxHeartRate", 1.0, HEART_RATE_BPM),
        cadence_mean_raw: kit::of_steps(steps, elapsed_s),
        ..Totals::default()
    }
}

/// `"timeZone": "+0200"`; None: absent, or, counted, none that a place has.
fn offset_s(entry: &Entry, notes: &mut Notes) -> Option<i32> {
    let written = entry.get("timeZone").and_then(long_text)?;
    kit::zone_s(notes, &written, entry.number)
}
