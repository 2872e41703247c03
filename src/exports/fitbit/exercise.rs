//! `exercise-*.json`: a hundred exercises a file.
//!
//! The start is what the clock on the runner's wall showed, in the American order and without a zone. Times are in ms; the distance has
//! its unit beside it.

use crate::{
    exports::{
        export::Said,
        facts::{Facts, Listed},
        kit::{
            self, CLIMB_M, DISTANCE_M, Entry, Fault, HEART_RATE_BPM, Notes, STEPS, TIME_S,
            us_stamp_s,
        },
    },
    model::{Activity, Format, Name, Sport, Totals},
    text::{json::Piece, line::title, stamp::stamp},
    units::MILE_M,
};

/// Fitbit's numbers of what runners do, whatever language the name is in.
const NUMBERS: &[(&str, &str)] = &[
    ("90009", "running"),
    ("20049", "treadmill"),
    ("90001", "cycling"),
    ("90013", "walking"),
    ("90012", "hiking"),
    ("90024", "swimming"),
];

/// Reads the list; entries are numbered through.
pub(super) fn read(document: Piece) -> Said {
    let mut notes = Notes::new("entry");
    let mut facts = Facts::default();
    kit::entries(document.entries(), &mut notes, |notes, entry| {
        facts.activities.extend(listed(entry, notes))
    });
    kit::said(document, facts, &notes)
}

/// One exercise; None, counted, when it has no usable start.
fn listed(entry: &Entry, notes: &mut Notes) -> Option<Listed> {
    let (sport, sub_sport) = sport(entry);
    let source = entry.inner("source").and_then(|source| source.text("name"));
    let mut activity = Activity {
        sport,
        sub_sport,
        name: entry.text("activityName").as_deref().and_then(title),
        device: source.as_deref().and_then(title),
        totals: totals(entry, notes),
        ..Activity::empty(Format::Export)
    };
    if !begin(&mut activity, &entry.text("startTime").unwrap_or_default()) {
        notes.add(Fault::NoStart, entry.number, "");
        return None;
    }
    Some(Listed {
        place: format!("entry {}", entry.number),
        id: entry.text("logId"),
        file: None,
        shoe: None,
        activity,
    })
}

/// Writes down the start, if there is one.
fn begin(activity: &mut Activity, text: &str) -> bool {
    match (us_stamp_s(text), stamp(text)) {
        (Some(wall_s), _) => kit::on_the_wall(activity, wall_s),
        (None, Some(stamp)) => kit::begin(activity, stamp, None),
        (None, None) => return false,
    }
    true
}

/// By its number, else by its name.
fn sport(entry: &Entry) -> (Sport, Name) {
    let number = entry.text("activityTypeId").unwrap_or_default();
    let known = NUMBERS.iter().find(|(known, _)| *known == number);
    match known {
        Some((_, word)) => kit::meant(Some(word)),
        None => kit::meant(entry.text("activityName").as_deref()),
    }
}

fn totals(entry: &Entry, notes: &mut Notes) -> Totals {
    // Minutes in which nobody moved are in the duration and not in the active one.
    let elapsed_s = notes.positive(entry, "duration", 0.001, TIME_S);
    let active_s = notes.positive(entry, "activeDuration", 0.001, TIME_S);
    let steps = notes.positive(entry, "steps", 1.0, STEPS);
    let timer_s = active_s.or(elapsed_s);
    Totals {
        distance_m: distance_m(entry, notes),
        timer_s,
        elapsed_s,
        ascent_m: ascent_m(entry, notes),
        heart_rate_mean_bpm: notes.value(entry, "averageHeartRate", 1.0, HEART_RATE_BPM),
        cadence_mean_raw: kit::of_steps(steps, timer_s),
        ..Totals::default()
    }
}

/// None where its unit is not said.
fn distance_m(entry: &Entry, notes: &mut Notes) -> Option<f64> {
    let unit = entry.text("distanceUnit")?.to_ascii_lowercase();
    let metres = unit_m(unit.trim_end_matches('s'))?;
    notes.positive(entry, "distance", metres, DISTANCE_M)
}

fn unit_m(unit: &str) -> Option<f64> {
    match unit {
        "kilometer" | "kilometre" | "km" => Some(1000.0),
        "mile" | "mi" => Some(MILE_M),
        "meter" | "metre" | "m" => Some(1.0),
        _ => None,
    }
}

/// Metres, where distances are in km; with miles nobody says whether it is feet.
fn ascent_m(entry: &Entry, notes: &mut Notes) -> Option<f64> {
    let is_metric = entry
        .text("distanceUnit")?
        .to_ascii_lowercase()
        .starts_with('k');
    let ascent_m = notes.value(entry, "elevationGain", 1.0, CLIMB_M);
    ascent_m.filter(|_| is_metric)
}
