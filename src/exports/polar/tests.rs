//! Tests of Polar's files on invented sessions of both generations, whole and damaged.

use super::*;
use crate::{
    exports::facts::{Facts, Night},
    model::{Activity, Athlete, Sex, Sport},
    problem::{Code, Problem},
    time::Clock,
};

/// 2025-09-01T06:30:00Z, on a wall two hours ahead.
const START_S: f64 = 1_756_708_200.0;

fn read_text(text: &str) -> (Facts, Vec<Problem>) {
    read(text.as_bytes(), "").expect("Polar's")
}

/// The only recording of a session of today's generation with these members in its only exercise.
fn exercise(members: &str) -> (Activity, Vec<Problem>) {
    let text = format!(
        r#"{{"startTime": "2025-09-01T08:30:00", "timezoneOffsetMinutes": 120, "hrAvg": 147, "hrMax": 154, "name": " Hills ",
        "product": {{"modelName": "Polar Vantage M"}}, "exercises": [{{"startTime": "2025-09-01T08:30:00", "durationMillis": 1800500,
        "distanceMeters": 5040.0, "ascentMeters": 20, "descentMeters": 21, "timezoneOffsetMinutes": 120, "sport": {{"id": "1"}},
        {members}}}]}}"#
    );
    let (mut facts, problems) = read_text(&text);
    assert_eq!((facts.recordings.len(), facts.activities.len()), (1, 0));
    (facts.recordings.remove(0), problems)
}

#[test]
fn a_session_of_today_is_read_in_si_units() {
    let (run, problems) = exercise(
        r#""samples": {"samples": [{"type": "HEART_RATE", "intervalMillis": 1000, "values": [140, NaN, 142]},
        {"type": "SPEED", "intervalMillis": 1000, "values": [NaN, 10.8, 10.8]},
        {"type": "CADENCE", "intervalMillis": 1000, "values": [82, 83, null]},
        {"type": "DISTANCE", "intervalMillis": 2000, "values": [0.0, 6.0]},
        {"type": "ALTITUDE", "intervalMillis": 1000, "values": [0, 0, 212.5]},
        {"type": "TEMPERATURE", "intervalMillis": 1000, "values": [20, 20, 20]}]},
        "routes": {"route": {"startTime": "2025-09-01T08:30:00", "wayPoints": [
        {"longitude": -30.0, "latitude": 0.5, "altitude": 12.0, "elapsedMillis": 0},
        {"longitude": -30.0, "latitude": 0.5001, "altitude": 12.0, "elapsedMillis": 1990}]}}"#,
    );
    assert_eq!(problems, []);
    assert_eq!((run.sport, run.sub_sport), (Sport::RUNNING, "generic"));
    assert_eq!(
        (run.name.as_deref(), run.device.as_deref()),
        (Some("Hills"), Some("Polar Vantage M"))
    );
    assert_eq!(
        (run.start_unix_s, run.utc_offset_s),
        (Some(START_S), Some(7200))
    );
    let totals = run.totals;
    assert_eq!(
        (totals.distance_m, totals.timer_s),
        (Some(5040.0), Some(1800.5))
    );
    assert_eq!(
        (totals.ascent_m, totals.descent_m),
        (Some(20.0), Some(21.0))
    );
    assert_eq!(
        (totals.heart_rate_mean_bpm, totals.heart_rate_max_bpm),
        (Some(147.0), Some(154.0))
    );
    let samples = &run.samples;
    assert_eq!(samples.time_s, [START_S, START_S + 1.0, START_S + 1.99]);
    assert_eq!(
        (samples.heart_rate_bpm[0], samples.heart_rate_bpm[2]),
        (140.0, 142.0)
    );
    assert!(samples.heart_rate_bpm[1].is_nan() && samples.speed_m_s[0].is_nan());
    assert_eq!((samples.speed_m_s[1], samples.cadence_raw[1]), (3.0, 83.0));
    assert_eq!((samples.distance_m[0], samples.distance_m[2]), (0.0, 6.0));
    assert!(samples.altitude_m[0].is_nan() && samples.altitude_m[1].is_nan());
    assert_eq!(
        samples.altitude_m[2], 212.5,
        "the barometer's, not the satellites'"
    );
    assert_eq!(
        (samples.latitude_deg[2], samples.longitude_deg[2]),
        (0.5001, -30.0)
    );
}

/// The generation before, with the exercise's start and the samples' times as given.
fn former(start: &str, first_sample: &str) -> (Facts, Vec<Problem>) {
    read_text(&format!(
        r#"{{"exportVersion": "1.6", "startTime": "2025-09-01T08:30:00.000", "timeZoneOffset": 120, "distance": 5040.0,
        "duration": "PT1800.5S", "maximumHeartRate": 154, "averageHeartRate": 147,
        "physicalInformationSnapshot": {{"sex": "FEMALE", "weight, kg": 61.5, "maximumHeartRate": 188, "restingHeartRate": 48}},
        "exercises": [{{"startTime": "{start}", "stopTime": "{start}", "timezoneOffset": 120, "duration": "PT1800.5S", "distance": 5040.0,
        "sport": "TREADMILL_RUNNING", "heartRate": {{"min": 90, "avg": 146, "max": 155}},
        "samples": {{"heartRate": [{{"dateTime": "{first_sample}", "value": 140}}, {{"dateTime": "soon", "value": 141}}, {{"dateTime": "PT5S", "value": 142}}],
        "speed": [{{"dateTime": "{first_sample}"}}],
        "recordedRoute": [{{"dateTime": "{first_sample}", "longitude": -30.0, "latitude": 0.5, "altitude": 77.0}}]}}}}]}}"#
    ))
}

#[test]
fn a_session_of_the_generation_before_is_read_too() {
    let (facts, problems) = former("2025-09-01T08:30:00.000", "2025-09-01T08:30:02.000");
    assert_eq!(problems, []);
    let run = &facts.recordings[0];
    assert_eq!((run.sport, run.sub_sport), (Sport::RUNNING, "treadmill"));
    assert_eq!(
        (run.start_unix_s, run.utc_offset_s),
        (Some(START_S), Some(7200))
    );
    assert_eq!(
        (run.totals.timer_s, run.totals.distance_m),
        (Some(1800.5), Some(5040.0))
    );
    assert_eq!(run.totals.heart_rate_mean_bpm, Some(147.0));
    assert_eq!(run.samples.time_s, [START_S + 2.0, START_S + 5.0]);
    assert_eq!(run.samples.heart_rate_bpm, [140.0, 142.0]);
    assert_eq!(run.samples.altitude_m[0], 77.0);
    assert!(
        run.samples.speed_m_s.is_empty(),
        "times without values are none"
    );
    let athlete = Athlete {
        heart_rate_rest_bpm: Some(48.0),
        heart_rate_max_bpm: Some(188.0),
        weight_kg: Some(61.5),
        sex: Some(Sex::Female),
    };
    assert_eq!(run.athlete, athlete);
}

#[test]
fn an_exercise_that_begins_the_offset_before_its_session_is_in_utc() {
    let (facts, _) = former("2025-09-01T06:30:00.000", "2025-09-01T06:30:02.000");
    let run = &facts.recordings[0];
    assert_eq!(
        (run.start_unix_s, run.utc_offset_s),
        (Some(START_S), Some(7200))
    );
    assert_eq!(run.samples.time_s[0], START_S + 2.0);
}

#[test]
fn sports_are_what_they_are_called_by_number_and_by_name() {
    for (sport, expected, sub_sport) in [
        (r#"{"id": "1"}"#, "running", "generic"),
        (r#"{"id": 17}"#, "running", "treadmill"),
        ("27", "running", "trail"),
        (r#""TRAIL_RUNNING""#, "running", "trail"),
        (r#""JOGGING""#, "running", "generic"),
        (r#""TRACK_AND_FIELD_RUNNING""#, "running", "generic"),
        (r#"{"id": "2"}"#, "cycling", "generic"),
        (r#""ROAD_BIKING""#, "cycling", "road"),
        (r#"{"id": "3"}"#, "walking", "generic"),
        (r#"{"id": "16"}"#, "other", "generic"),
        (r#"{"id": "9999"}"#, "other", "generic"),
        (r#""OTHER_OUTDOOR""#, "other", "generic"),
        ("null", "unknown", "generic"),
    ] {
        let text = format!(
            r#"{{"startTime": "2025-09-01T08:30:00", "timezoneOffsetMinutes": 120, "exercises": [{{"sport": {sport}}}]}}"#
        );
        let (facts, _) = read_text(&text);
        let activity = &facts.activities[0].activity;
        assert_eq!(
            (activity.sport.0, activity.sub_sport),
            (expected, sub_sport),
            "{sport}"
        );
    }
}

#[test]
fn exercises_of_one_session_are_activities_of_their_own() {
    let (facts, problems) = read_text(
        r#"{"startTime": "2025-09-01T08:30:00", "timezoneOffsetMinutes": 120, "distanceMeters": 30000, "durationMillis": 5400000, "exercises": [
        {"startTime": "2025-09-01T08:30:00", "sport": {"id": "2"}, "distanceMeters": 25000, "durationMillis": 3600000},
        "broken", {"startTime": "2025-09-01T09:35:00", "sport": {"id": "1"}, "distanceMeters": 5000}]}"#,
    );
    let found: Vec<_> = facts
        .activities
        .iter()
        .map(|listed| {
            (
                listed.activity.sport.0,
                listed.activity.totals.distance_m,
                listed.activity.totals.timer_s,
            )
        })
        .collect();
    let expected = [
        ("cycling", Some(25_000.0), Some(3600.0)),
        ("running", Some(5000.0), None),
    ];
    assert_eq!(found, expected, "the session's time is not the run's");
    assert_eq!(
        (problems.len(), problems[0].place.as_str()),
        (1, "exercise 2")
    );
}

#[test]
fn without_an_offset_the_clock_is_the_walls() {
    let (facts, _) = read(
        br#"{"startTime": "2025-09-01T08:30:00", "exercises": []}"#,
        "a/training-session_2025-09-01.json",
    )
    .expect("Polar's by its name");
    let activity = &facts.activities[0].activity;
    assert_eq!((activity.clock, activity.utc_offset_s), (Clock::Wall, None));
    let (facts, problems) = read_text(
        r#"{"startTime": "2025-09-01T08:30:00", "timezoneOffsetMinutes": 12345, "exercises": [{"sport": {"id": 1}}]}"#,
    );
    assert_eq!(facts.activities[0].activity.clock, Clock::Wall);
    assert_eq!(problems[0].code, Code::BadUtcOffset);
}

#[test]
fn half_a_session_is_used_as_far_as_it_is_whole() {
    let (facts, problems) = read_text(
        r#"{"startTime": "2025-09-01T08:30:00", "timezoneOffsetMinutes": 120, "exercises": [{"startTime": "2025-09-01T08:30:00",
        "durationMillis": 1800000, "distanceMeters": 5040.0, "sport": {"id": "1"}, "samples": {"samples": [{"type": "HEART_RATE",
        "intervalMillis": 1000, "values": [140, 141, 14"#,
    );
    let run = &facts.recordings[0];
    assert_eq!(run.samples.heart_rate_bpm, [140.0, 141.0]);
    assert_eq!(run.totals.distance_m, Some(5040.0));
    assert_eq!(
        problems.last().map(|problem| problem.code),
        Some(Code::ExportDamaged)
    );
}

#[test]
fn nights_and_measurements() {
    let (facts, problems) = read_text(
        r#"[{"night": "2025-09-01", "evaluation": {"sleepSpan": "PT8H", "asleepDuration": "PT7H2M30S"}},
        {"night": "2025-09-02", "evaluation": {"asleepDuration": "PT48H"}}, {"night": "2025-09-03"}, 7,
        {"evaluation": {"asleepDuration": "PT7H"}}]"#,
    );
    let night = Night {
        date: "2025-09-01".parse().expect("a date"),
        asleep_s: 25_350.0,
    };
    assert_eq!(facts.nights, [night]);
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(
        codes,
        [Code::ExportDamaged, Code::ExportDamaged, Code::BadValue]
    );
    let (facts, problems) = read_text(
        r#"{"exportVersion": "1.6", "physicalInformations": [
        {"dateTime": "2025-05-01T00:00:00.000", "restingHeartRate": 47, "sex": "MALE"},
        {"dateTime": "2024-05-01T00:00:00.000", "restingHeartRate": 55, "maximumHeartRate": 190}],
        "weights": [{"date": "2025-06-01T00:00:00.000", "weight": 70.5}, {"date": "2025-07-01", "weight": 900}], "notes": []}"#,
    );
    let athlete = Athlete {
        heart_rate_rest_bpm: Some(47.0),
        heart_rate_max_bpm: Some(190.0),
        weight_kg: Some(70.5),
        sex: Some(Sex::Male),
    };
    assert_eq!((facts.athlete, problems.len()), (athlete, 1));
}

#[test]
fn other_files_are_nobodys() {
    for (text, name) in [
        (
            r#"{"date": "2025-09-01", "summary": {"stepCount": 9000}}"#,
            "activity-2025-09-01.json",
        ),
        ("{}", "account-data-0.json"),
        ("training-session", "training-session_1.json"),
        (
            r#"{"exercises": [], "startTime": "2025-09-01T08:30:00"}"#,
            "workout.json",
        ),
    ] {
        assert!(!is_export(text.as_bytes(), name), "{text}");
        assert!(read(text.as_bytes(), name).is_none(), "{text}");
    }
}
