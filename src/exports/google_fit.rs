//! The sessions of Google Fit in Google Takeout (`Fit/All Sessions/*.json`): one activity a file, named sports, times with their zone.
//! The samples lie beside them as TCX, in `Fit/Activities`. Folders have names in the account's language, so files are told by content.

use super::{
    export::{Basis, Export, Said},
    facts::{Facts, Listed},
    kit::{self, DISTANCE_M, Entry, Fault, Notes, STEPS, TIME_S, duration_s, has_keys, is_json},
};
use crate::{
    decode::HEAD_BYTES,
    model::{Activity, Format, Name, Sport, Totals},
    text::json::Piece,
};

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Google Fit",
    download: "the zip of Google Takeout",
    reads: "its TCX recordings; sessions with their sport, distance, time and steps",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// What is recorded when nobody moves by themselves.
const NO_ACTIVITIES: &[&str] = &["sleep", "still", "in_vehicle", "tilting", "meditation"];

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], _name: &str) -> bool {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    is_json(head) && has_keys(head, &["fitnessActivity", "startTime"])
}

/// See [`super::read`].
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    if !is_export(bytes, name) {
        return None;
    }
    let document = Piece::document(bytes);
    let mut notes = Notes::new("entry");
    let mut facts = Facts::default();
    kit::entries(document.entries(), &mut notes, |notes, entry| {
        facts.activities.extend(listed(entry, notes))
    });
    Some(kit::said(document, facts, &notes))
}

/// One session; None: nobody moved, or, counted, it has no usable start.
fn listed(entry: &Entry, notes: &mut Notes) -> Option<Listed> {
    let word = entry.text("fitnessActivity");
    if word
        .as_deref()
        .is_some_and(|word| NO_ACTIVITIES.contains(&word))
    {
        return None;
    }
    let Some(start) = entry.stamp("startTime") else {
        notes.add(Fault::NoStart, entry.number, "");
        return None;
    };
    let (sport, sub_sport) = sport(word.as_deref());
    let mut activity = Activity {
        sport,
        sub_sport,
        totals: totals(entry, notes),
        ..Activity::empty(Format::Export)
    };
    kit::begin(&mut activity, start, None);
    Some(Listed {
        place: format!("entry {}", entry.number),
        id: entry.text("id"),
        file: None,
        shoe: None,
        activity,
    })
}

/// `running.treadmill` is a treadmill run.
fn sport(word: Option<&str>) -> (Sport, Name) {
    match word.map(turned).as_deref() {
        // Google's word for what it could not tell.
        Some("unknown") => kit::meant(None),
        word => kit::meant(word),
    }
}

/// `running.treadmill` is a treadmill running.
fn turned(word: &str) -> String {
    match word.split_once('.') {
        Some((kind, special)) => format!("{special} {kind}"),
        None => word.to_string(),
    }
}

fn totals(entry: &Entry, notes: &mut Notes) -> Totals {
    let elapsed_s = elapsed_s(entry);
    let timer_s = entry.text("duration").and_then(|text| duration_s(&text));
    let timer_s = timer_s.filter(|seconds| *seconds > 0.0 && TIME_S.contains(seconds));
    let mut sum = |metric: &str, range| aggregate(entry, metric, notes, range);
    let steps = sum("com.google.step_count.delta", STEPS);
    Totals {
        distance_m: sum("com.google.distance.delta", DISTANCE_M).filter(|metres| *metres > 0.0),
        timer_s: timer_s.or(elapsed_s),
        elapsed_s,
        cadence_mean_raw: kit::of_steps(steps, timer_s.or(elapsed_s)),
        ..Totals::default()
    }
}

fn elapsed_s(entry: &Entry) -> Option<f64> {
    let seconds = entry.stamp("endTime")?.unix_s - entry.stamp("startTime")?.unix_s;
    (seconds > 0.0 && TIME_S.contains(&seconds)).then_some(seconds)
}

/// `"aggregate": [{"metricName": …, "floatValue": …}]`.
fn aggregate(
    entry: &Entry,
    metric: &str,
    notes: &mut Notes,
    range: std::ops::RangeInclusive<f64>,
) -> Option<f64> {
    let is_it = |one: &Entry| one.text("metricName").as_deref() == Some(metric);
    let found = entry.objects("aggregate").find(is_it)?;
    notes.first(&found, &["floatValue", "intValue"], 1.0, range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;

    fn read_text(text: &str) -> Said {
        read(text.as_bytes(), "").expect("a session")
    }

    #[test]
    fn a_session_has_its_sport_its_zone_and_its_sums() {
        let (facts, problems) = read_text(
            r#"{"fitnessActivity": "running", "startTime": "2025-09-01T23:30:00.000+02:00", "endTime": "2025-09-02T00:01:00.000+02:00",
            "duration": "1800s", "aggregate": [{"metricName": "com.google.distance.delta", "floatValue": 5040.5},
            {"metricName": "com.google.step_count.delta", "intValue": 4920}], "segment": []}"#,
        );
        assert_eq!(problems, []);
        let activity = &facts.activities[0].activity;
        assert_eq!(
            (activity.sport, activity.sub_sport),
            (Sport::RUNNING, "generic")
        );
        assert_eq!(
            (activity.start_unix_s, activity.utc_offset_s),
            (Some(1_756_762_200.0), Some(7200))
        );
        let totals = activity.totals;
        assert_eq!(
            (totals.distance_m, totals.timer_s, totals.elapsed_s),
            (Some(5040.5), Some(1800.0), Some(1860.0))
        );
        assert_eq!(totals.cadence_mean_raw, Some(82.0));
    }

    #[test]
    fn sports_are_what_they_are_called() {
        for (word, expected, sub_sport) in [
            ("running.treadmill", Sport::RUNNING, "treadmill"),
            ("running.jogging", Sport::RUNNING, "generic"),
            ("biking.mountain", Sport("cycling"), "mountain"),
            ("walking", Sport("walking"), "generic"),
            ("kick_scooter", Sport::OTHER, "generic"),
            ("other", Sport::OTHER, "generic"),
            ("unknown", Sport::UNKNOWN, "generic"),
        ] {
            assert_eq!(sport(Some(word)), (expected, sub_sport), "{word}");
        }
        let (facts, problems) = read_text(
            r#"{"fitnessActivity": "sleep", "startTime": "2025-09-01T23:30:00Z", "endTime": "2025-09-02T07:01:00Z"}"#,
        );
        assert_eq!((facts, problems), (Facts::default(), vec![]));
    }

    #[test]
    fn broken_sessions_are_told() {
        let (facts, problems) = read_text(r#"{"fitnessActivity": "running", "startTime": "soon"}"#);
        assert_eq!((facts, problems[0].code), (Facts::default(), Code::NoTime));
        let (_, problems) = read_text(
            r#"{"fitnessActivity": "running", "startTime": "2025-09-01T23:30:00Z", "dura"#,
        );
        assert_eq!(
            problems.last().map(|problem| problem.code),
            Some(Code::ExportDamaged)
        );
        assert!(read(b"{\"startTime\": 5}", "x.json").is_none());
    }
}
