//! Endomondo's export, of before the end of 2020: `Workouts/*.json`, each a list of objects with one member, often beside a TCX file of
//! the same name.
//!
//! Times are UTC. A file with points is a recording; one without is a line that names the TCX file beside it.

use super::{
    export::{Basis, Export, Said},
    facts::{Facts, Listed},
    kit::{
        self, CLIMB_M, Channel, DISTANCE_M, Entry, Fault, HEART_RATE_BPM, MOMENTS_S, Notes, TIME_S,
        Track, has_key, is_json,
    },
};
use crate::{
    decode::HEAD_BYTES,
    model::{Activity, Format, Name, Samples, Sport, Totals},
    text::{
        json::Piece,
        line::title,
        number::Number,
        stamp::{Stamp, Zone, stamp},
    },
};
use chrono::NaiveDateTime;

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Endomondo",
    download: "the zip",
    reads: "its TCX recordings; workouts with their sport, distance, time, titles, heart rate and places",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// Members of which a workout has at least one beside its sport.
const KEYS: &[&str] = &[
    "duration_s",
    "distance_km",
    "start_time",
    "speed_avg_kmh",
    "calories_kcal",
];

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], _name: &str) -> bool {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    let is_list = Piece::document(head).is_array();
    is_list && is_json(head) && has_key(head, "sport") && KEYS.iter().any(|key| has_key(head, key))
}

/// See [`super::read`]. A damaged file is used as far as it is whole.
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    if !is_export(bytes, name) {
        return None;
    }
    let document = Piece::document(bytes);
    let mut notes = Notes::new("workout");
    let mut facts = Facts::default();
    if let Some(workout) = Entry::joined(document, 1) {
        add(&workout, name, &mut notes, &mut facts);
    }
    Some(kit::said(document, facts, &notes))
}

fn add(workout: &Entry, name: &str, notes: &mut Notes, facts: &mut Facts) {
    let Some(start) = start(workout, name, notes) else {
        return notes.add(Fault::NoStart, workout.number, "");
    };
    let (sport, sub_sport) = sport(workout);
    let mut activity = Activity {
        sport,
        sub_sport,
        name: workout.text("name").as_deref().and_then(title),
        totals: totals(workout, notes),
        samples: samples(workout, start.unix_s),
        ..Activity::empty(Format::Export)
    };
    kit::begin(&mut activity, start, None);
    if !activity.samples.is_empty() {
        return facts.recordings.push(activity);
    }
    facts.activities.push(Listed {
        place: String::from("workout"),
        id: None,
        file: beside(name),
        shoe: None,
        activity,
    });
}

/// The start in the file, else the one in its name: `2019-04-15 07_10_00.0.json`.
fn start(workout: &Entry, name: &str, notes: &mut Notes) -> Option<Stamp> {
    let utc = |stamp: Stamp| Stamp {
        zone: match stamp.zone {
            Zone::Unknown => Zone::Utc,
            zone => zone,
        },
        ..stamp
    };
    if let Some(start) = workout.stamp("start_time") {
        return Some(utc(start));
    }
    let base = base(name).replace('_', ":");
    let in_name = base.get(..19).and_then(stamp);
    let in_name = in_name.filter(|stamp| MOMENTS_S.contains(&stamp.unix_s))?;
    notes.add(Fault::StartFromName, workout.number, "");
    Some(utc(in_name))
}

fn base(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.strip_suffix(".json").unwrap_or(file)
}

/// The recording of the same name.
fn beside(name: &str) -> Option<String> {
    Some(format!("{}.tcx", base(name))).filter(|file| file != ".tcx")
}

/// `RUNNING`, `TREADMILL_RUNNING`, `CYCLING_SPORT`, `CYCLING_TRANSPORTATION`.
fn sport(workout: &Entry) -> (Sport, Name) {
    let word = workout.text("sport").unwrap_or_default();
    match word.starts_with("CYCLING") {
        true => kit::meant(Some("cycling")),
        false => kit::meant(Some(word.as_str()).filter(|word| !word.is_empty())),
    }
}

fn totals(workout: &Entry, notes: &mut Notes) -> Totals {
    let mut value = |key, factor, range| notes.positive(workout, key, factor, range);
    Totals {
        distance_m: value("distance_km", 1000.0, DISTANCE_M),
        timer_s: value("duration_s", 1.0, TIME_S),
        ascent_m: value("ascend_m", 1.0, CLIMB_M),
        descent_m: value("descend_m", 1.0, CLIMB_M),
        heart_rate_mean_bpm: value("heart_rate_avg_bpm", 1.0, HEART_RATE_BPM),
        heart_rate_max_bpm: value("heart_rate_max_bpm", 1.0, HEART_RATE_BPM),
        ..Totals::default()
    }
}

/// `{"points": [[{"location": [[{"latitude": …}, {"longitude": …}]]}, {"altitude": …}, {"timestamp": …}], …]}`.
fn samples(workout: &Entry, start_s: f64) -> Samples {
    let mut track = Track::new(start_s);
    for point in workout.list("points") {
        if let Some(point) = Entry::joined(point, 1) {
            put(&mut track, &point);
        }
    }
    track.samples()
}

fn put(track: &mut Track, point: &Entry) {
    let Some(time_s) = point.text("timestamp").and_then(|text| moment_s(&text)) else {
        return;
    };
    let place = point.list("location").next();
    if let Some(place) = place.and_then(|place| Entry::joined(place, 1)) {
        put_number(
            track,
            time_s,
            Channel::Latitude,
            place.number("latitude"),
            1.0,
        );
        put_number(
            track,
            time_s,
            Channel::Longitude,
            place.number("longitude"),
            1.0,
        );
    }
    put_number(
        track,
        time_s,
        Channel::Altitude,
        point.number("altitude"),
        1.0,
    );
    put_number(
        track,
        time_s,
        Channel::Distance,
        point.number("distance_km"),
        1000.0,
    );
    put_number(
        track,
        time_s,
        Channel::HeartRate,
        point.number("heart_rate_bpm"),
        1.0,
    );
    put_number(
        track,
        time_s,
        Channel::Cadence,
        point.number("cadence_rpm"),
        1.0,
    );
}

fn put_number(track: &mut Track, time_s: f64, channel: Channel, number: Number, factor: f64) {
    if let Number::Value(value) = number {
        track.put(time_s, channel, value * factor);
    }
}

/// `Mon Apr 15 07:10:00 UTC 2019`, or ISO 8601.
fn moment_s(text: &str) -> Option<f64> {
    let iso = || stamp(text).map(|stamp| stamp.unix_s);
    let mut parts = text.split_whitespace().skip(1);
    let mut java = || {
        let (month, day, time) = (parts.next()?, parts.next()?, parts.next()?);
        // Summer times were never seen here.
        let zone = parts.next()?;
        let year = parts.next()?;
        let written = format!("{year} {month} {day} {time}");
        let moment = NaiveDateTime::parse_from_str(&written, "%Y %b %d %H:%M:%S").ok()?;
        matches!(zone, "UTC" | "GMT" | "Z").then(|| moment.and_utc().timestamp() as f64)
    };
    java()
        .or_else(iso)
        .filter(|seconds| MOMENTS_S.contains(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str, name: &str) -> Said {
        read(text.as_bytes(), name).expect("a workout")
    }

    #[test]
    fn points_are_samples_in_utc() {
        let (facts, problems) = read_text(
            r#"[{"sport": "RUNNING"}, {"name": "Loop"}, {"start_time": "2019-04-15 07:10:00.0"}, {"duration_s": 1800}, {"distance_km": 5.04},
            {"heart_rate_avg_bpm": 147}, {"points": [
            [{"location": [[{"latitude": 0.5}, {"longitude": -30.0}]]}, {"altitude": 12}, {"distance_km": 0}, {"timestamp": "Mon Apr 15 07:10:00 UTC 2019"}],
            [{"location": [[{"latitude": 0.5001}, {"longitude": -30.0}]]}, {"distance_km": 0.011}, {"heart_rate_bpm": 141}, {"timestamp": "Mon Apr 15 07:10:04 UTC 2019"}],
            5, [{"timestamp": "never"}]]}]"#,
            "Workouts/2019-04-15 09_10_00.0.json",
        );
        assert_eq!(problems, []);
        let run = &facts.recordings[0];
        assert_eq!(
            (run.sport, run.name.as_deref()),
            (Sport::RUNNING, Some("Loop"))
        );
        // 2019-04-15 is day 18,001 of the Unix epoch.
        let start_s = 18_001.0 * 86_400.0 + 25_800.0;
        assert_eq!((run.start_unix_s, run.utc_offset_s), (Some(start_s), None));
        assert_eq!(run.samples.time_s, [start_s, start_s + 4.0]);
        assert_eq!(run.samples.distance_m, [0.0, 11.0]);
        assert_eq!(run.samples.heart_rate_bpm[1], 141.0);
        assert_eq!(run.totals.distance_m, Some(5040.0));
        assert!(facts.activities.is_empty());
    }

    #[test]
    fn without_points_it_is_a_line_of_the_file_beside_it() {
        for (text, sport) in [
            (
                r#"[{"sport": "TREADMILL_RUNNING"}, {"duration_s": 1800}]"#,
                ("running", "treadmill"),
            ),
            (
                r#"[{"sport": "CYCLING_SPORT"}, {"duration_s": "1800"}]"#,
                ("cycling", "generic"),
            ),
            (
                r#"[{"sport": "QUIDDITCH"}, {"duration_s": 1800}]"#,
                ("other", "generic"),
            ),
        ] {
            let (facts, problems) = read_text(text, "a/2019-04-15 07_10_00.0.json");
            let listed = &facts.activities[0];
            assert_eq!(listed.file.as_deref(), Some("2019-04-15 07_10_00.0.tcx"));
            assert_eq!((listed.activity.sport.0, listed.activity.sub_sport), sport);
            assert_eq!(
                listed.activity.start_unix_s,
                Some(18_001.0 * 86_400.0 + 25_800.0)
            );
            assert_eq!(listed.activity.totals.timer_s, Some(1800.0));
            assert_eq!(problems.len(), 1, "that the start is the name's is told");
        }
        let (facts, problems) =
            read_text(r#"[{"sport": "RUNNING"}, {"duration_s": 1800}]"#, "a.json");
        assert_eq!((facts, problems.len()), (Facts::default(), 1));
        assert!(read(br#"{"sport": "RUNNING", "duration_s": 1800}"#, "a.json").is_none());
    }
}
