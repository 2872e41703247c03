//! Invented sessions in both layouts, their channels, and a shoe.

use super::*;
use crate::{
    exports::facts::{Facts, Listed, Worn},
    model::{Samples, Sport, Totals},
    problem::{Code, Problem},
};

/// 1 September 2025, 06:30 UTC.
const START_S: f64 = 1_756_708_200.0;

fn told(text: &str, name: &str) -> (Facts, Vec<Problem>) {
    assert!(is_export(text.as_bytes(), name), "{text}");
    read(text.as_bytes(), name).expect("a file of this export")
}

fn session(text: &str) -> (Listed, Vec<Problem>) {
    let (mut facts, problems) = told(text, "z.zip/Sport-sessions/2025-09-01_a.json");
    assert_eq!(facts.activities.len(), 1, "{text}");
    (facts.activities.remove(0), problems)
}

const FLAT: &str = r#"{"start_time": 1756708200000, "end_time": 1756710120000, "created_at": 1756709999000,
    "start_time_timezone_offset": 7200000, "distance": 5040, "duration": 1800000, "elevation_gain": 74, "elevation_loss": 71,
    "pulse_avg": 147, "pulse_max": 171, "pause_duration": 120000, "notes": "left knee sore\nagain", "indoor": false,
    "id": "a", "subjective_feeling_id": "3", "sport_type_id": "1"}"#;

#[test]
fn a_session_of_the_flat_layout() {
    let (listed, problems) = session(FLAT);
    assert_eq!(problems, []);
    assert_eq!(listed.id.as_deref(), Some("a"));
    assert_eq!(listed.file.as_deref(), Some("2025-09-01_a.gpx"));
    let activity = listed.activity;
    assert_eq!(
        (activity.start_unix_s, activity.utc_offset_s),
        (Some(START_S), Some(7200))
    );
    assert_eq!(
        (activity.sport, activity.sub_sport),
        (Sport::RUNNING, "generic")
    );
    // A note is no title: nothing shows it.
    assert_eq!(activity.name, None);
    assert_eq!(activity.comment.as_deref(), Some("left knee sore\nagain"));
    let expected = Totals {
        distance_m: Some(5040.0),
        timer_s: Some(1800.0),
        elapsed_s: Some(1920.0),
        ascent_m: Some(74.0),
        descent_m: Some(71.0),
        heart_rate_mean_bpm: Some(147.0),
        heart_rate_max_bpm: Some(171.0),
        ..Totals::default()
    };
    assert_eq!(activity.totals, expected);
}

#[test]
fn a_session_of_the_layout_with_features() {
    let (listed, problems) = session(
        r#"{"duration": "1800000", "pause": 0, "start_time_timezone_offset": -12600000, "start_time": 1756708200000,
            "end_time": 1756710000000, "features": [
            {"type": "weather", "attributes": {"temperature": NaN}},
            {"type": "track_metrics", "attributes": {"distance": 6900, "elevation_gain": 12, "elevation_loss": 13}},
            {"type": "heart_rate", "attributes": {"average": 151, "maximum": 900, "zones": []}},
            {"type": "step_rate", "attributes": {"average_step_rate": 172}}, {"type": "broken"}, 5,
            {"type": "initial_values", "attributes": {"distance": 1, "sport_type": {"id": "14"}}}],
            "id": "b", "version": 4}"#,
    );
    let activity = listed.activity;
    assert_eq!(
        (activity.sport, activity.sub_sport),
        (Sport::RUNNING, "treadmill")
    );
    assert_eq!(activity.utc_offset_s, Some(-12_600));
    let totals = activity.totals;
    assert_eq!(
        (totals.distance_m, totals.timer_s),
        (Some(6900.0), Some(1800.0))
    );
    assert_eq!(
        (totals.heart_rate_mean_bpm, totals.heart_rate_max_bpm),
        (Some(151.0), None)
    );
    assert_eq!(
        (totals.ascent_m, totals.cadence_mean_raw),
        (Some(12.0), Some(172.0))
    );
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::BadValue]);
}

#[test]
fn the_number_says_the_sport() {
    for (id, sport, sub_sport) in [
        (r#""1""#, "running", "generic"),
        ("14", "running", "treadmill"),
        (r#""3""#, "cycling", "generic"),
        (r#""19""#, "walking", "generic"),
        (r#""5""#, "other", "generic"),
        (r#""4711""#, "other", "generic"),
        (r#""running""#, "running", "generic"),
    ] {
        let text = format!(r#"{{"start_time": 1756708200000, "sport_type_id": {id}}}"#);
        let activity = session(&text).0.activity;
        assert_eq!(
            (activity.sport, activity.sub_sport),
            (Sport(sport), sub_sport),
            "{id}"
        );
        let nested = format!(
            r#"{{"start_time": 1756708200000, "end_time": 1756708300000, "sport_type": {{"data": {{"id": {id}}}}}}}"#
        );
        assert_eq!(session(&nested).0.activity.sport, Sport(sport), "{id}");
    }
    let indoors = FLAT.replace("\"indoor\": false", "\"indoor\": true");
    assert_eq!(session(&indoors).0.activity.sub_sport, "indoor_running");
}

#[test]
fn what_cannot_be_is_said() {
    let odd = FLAT
        .replace("7200000", "7200001234")
        .replace("1756710120000", "1756700000000");
    let (listed, problems) = session(&odd);
    assert_eq!(
        (
            listed.activity.utc_offset_s,
            listed.activity.totals.elapsed_s
        ),
        (None, None)
    );
    assert_eq!(problems[0].code, Code::BadUtcOffset);
    let early = FLAT.replace("1756708200000", "0");
    let (facts, problems) = told(&early, "x.json");
    assert_eq!(
        (facts.activities.len(), problems[0].code),
        (0, Code::NoTime)
    );
    let cut = &FLAT[..FLAT.len() - 40];
    let (_, problems) = session(cut);
    assert!(
        problems
            .iter()
            .any(|problem| problem.code == Code::ExportDamaged)
    );
    for other in [
        "[]",
        "{}",
        "{\"start_time\": 5}",
        "x",
        "",
        "{\"timestamp\": 5, \"elevation\": 3}",
    ] {
        assert_eq!(
            read(other.as_bytes(), "Sport-sessions/x.json"),
            None,
            "{other}"
        );
    }
}

#[test]
fn heart_rates_belong_to_the_track_of_their_name() {
    let (mut facts, problems) = told(
        r#"[{"version":1,"timestamp":"2025-09-01 08:30:00 +0200","heart_rate":140,"distance":0}, {"timestamp": "?"},
            {"timestamp":1756708205000,"heart_rate":"142"}, {"timestamp":"2025-09-01 06:30:10 +0000","heart_rate":999}]"#,
        "Heart-rate-data/2025-09-01_a.json",
    );
    let listed = facts.activities.remove(0);
    assert_eq!(listed.file.as_deref(), Some("2025-09-01_a.gpx"));
    assert_eq!(listed.activity.sport, Sport::OTHER);
    let Samples {
        time_s,
        heart_rate_bpm,
        ..
    } = listed.activity.samples;
    assert_eq!(time_s, [START_S, START_S + 5.0]);
    assert_eq!(heart_rate_bpm, [140.0, 142.0]);
    assert_eq!(listed.activity.utc_offset_s, Some(7200));
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::ExportDamaged, Code::BadValue]);
}

#[test]
fn a_track_of_the_years_before_gpx() {
    let (facts, problems) = told(
        r#"[{"version":1,"timestamp":"2025-09-01 08:30:00 +0200","longitude":-30.0,"latitude":0.5,"altitude":36.5,"distance":0},
            {"timestamp":"2025-09-01 08:30:03 +0200","longitude":-30.0,"latitude":0.5001,"altitude":36.6,"distance":11}]"#,
        "GPS-data/2025-09-01_a.json",
    );
    assert_eq!(problems, []);
    let activity = &facts.recordings[0];
    assert_eq!(
        (activity.sport, activity.utc_offset_s),
        (Sport::UNKNOWN, Some(7200))
    );
    assert_eq!(activity.samples.time_s, [START_S, START_S + 3.0]);
    assert_eq!(activity.samples.latitude_deg, [0.5, 0.5001]);
    assert_eq!(activity.samples.distance_m, [0.0, 11.0]);
}

#[test]
fn a_shoe_knows_where_it_was_worn() {
    let (facts, problems) = told(
        r#"{"name": "Red ones", "created_at": 1546513413639, "milestones": [{"value": 500000, "type": "retirement_distance"}],
            "id": "s", "equipment_id": "e", "equipment_type": "shoe", "samples_ids": ["a", "b"]}"#,
        "Shoes/x.json",
    );
    assert_eq!(problems, []);
    let shoe = &facts.shoes[0];
    assert_eq!(
        (shoe.name.as_str(), shoe.limit_m),
        ("Red ones", Some(500_000.0))
    );
    assert_eq!(
        shoe.since.map(|day| day.to_string()).as_deref(),
        Some("2019-01-03")
    );
    let worn = |activity: &str| Worn {
        activity: activity.to_string(),
        shoe: "s".to_string(),
    };
    assert_eq!(facts.worn, [worn("a"), worn("b")]);
}
