//! Tests of Huawei's file on invented entries, whole and damaged.

use super::*;
use crate::{
    model::Sport,
    problem::{Code, Problem},
};

/// 2025-09-01T06:30:00Z.
const START_S: f64 = 1_756_708_200.0;

fn read_text(text: &str) -> (Facts, Vec<Problem>) {
    read(text.as_bytes(), "motion path detail data.json").expect("Huawei's")
}

fn entry(number: &str, attribute: &str) -> String {
    format!(
        r#"{{"sportType": {number}, "startTime": 1756708200000, "totalTime": 1800000, "totalDistance": 5040, "timeZone": "+0200",
        "partTimeMap": {{1.0:357.1,2.0:355}}, "attribute": "{attribute}"}}"#
    )
}

#[test]
fn samples_are_lines_inside_a_text() {
    let attribute = "HW_EXT_TRACK_DETAIL@istp=lbs;k=0;lat=0.5;lon=-30.0;alt=12.0;t=1.756708200E12;\\n\
        tp=lbs;k=1;lat=0.5001;lon=-30.0;alt=12.0;t=1756708204;\\ntp=lbs;k=2;lat=90.0;lon=-80.0;alt=0.0;t=0.0;\\n\
        tp=h-r;k=1756708200000;v=141;\\ntp=h-r;k=1756708204000;v=0;\\ntp=s-r;k=23404;v=166;\\ntp=alti;k=1756708200000;v=77.5;\\n\
        tp=broken;k;v=;\\ntp=h-r;k=soon;v=9;\\n&&HW_EXT_TRACK_SIMPLIFY@is{\\\"avgHeartRate\\\":147,\\\"totalSteps\\\":4920}";
    let (facts, problems) = read_text(&format!("[{}]", entry("4", attribute)));
    assert_eq!(problems, []);
    let run = &facts.recordings[0];
    assert_eq!((run.sport, run.sub_sport), (Sport::RUNNING, "generic"));
    assert_eq!(
        (run.start_unix_s, run.utc_offset_s),
        (Some(START_S), Some(7200))
    );
    let totals = run.totals;
    assert_eq!(
        (
            totals.distance_m,
            totals.timer_s,
            totals.heart_rate_mean_bpm,
            totals.cadence_mean_raw
        ),
        (Some(5040.0), Some(1800.0), Some(147.0), Some(82.0))
    );
    let samples = &run.samples;
    assert_eq!(samples.time_s, [START_S, START_S + 4.0]);
    assert_eq!(
        (samples.latitude_deg[0], samples.latitude_deg[1]),
        (0.5, 0.5001)
    );
    assert_eq!(
        (samples.heart_rate_bpm[0], samples.cadence_raw[1]),
        (141.0, 166.0)
    );
    assert!(samples.heart_rate_bpm[1].is_nan());
    assert_eq!(samples.altitude_m[0], 77.5);
}

#[test]
fn without_samples_it_is_a_line() {
    // The one place was taken in another century.
    let attribute = "HW_EXT_TRACK_DETAIL@is&tp=lbs;k=0;lat=0.5;lon=-30.0;alt=12.0;t=1.0E12;&&HW_EXT_TRACK_SIMPLIFY@is{}";
    let entries: Vec<String> = [
        ("101", "running", "treadmill"),
        ("3", "cycling", "generic"),
        ("5", "walking", "generic"),
        ("117", "other", "generic"),
    ]
    .iter()
    .map(|(number, ..)| entry(number, attribute))
    .collect();
    let (facts, problems) = read_text(&format!("[{}]", entries.join(",")));
    assert_eq!((facts.recordings.len(), problems), (0, vec![]));
    let found: Vec<_> = facts
        .activities
        .iter()
        .map(|listed| {
            (
                listed.activity.sport.0,
                listed.activity.sub_sport,
                listed.activity.totals.distance_m,
            )
        })
        .collect();
    let expected = [
        ("running", "treadmill", Some(5040.0)),
        ("cycling", "generic", Some(5040.0)),
        ("walking", "generic", Some(5040.0)),
        ("other", "generic", Some(5040.0)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_form_before_2020_lists_days() {
    let (facts, problems) = read_text(&format!(
        r#"[{{"recordDay": 20190901, "motionPathData": [{}, {}]}}]"#,
        entry("4", ""),
        entry("3", "")
    ));
    assert_eq!((facts.activities.len(), problems), (2, vec![]));
}

#[test]
fn broken_entries_cost_themselves() {
    let (facts, problems) = read_text(
        r#"[{"sportType": 4, "startTime": 1756708200000, "totalTime": 1800000, "totalDistance": -3, "timeZone": "+9999"},
        {"sportType": 4, "startTime": 5, "totalTime": 1800000}, 17, {"sportType": 4, "startTime": 1756708200000, "totalT"#,
    );
    assert_eq!(facts.activities.len(), 1);
    assert_eq!(facts.activities[0].activity.utc_offset_s, None);
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(
        codes,
        [
            Code::ExportDamaged,
            Code::NoTime,
            Code::BadValue,
            Code::BadUtcOffset,
            Code::ExportDamaged
        ]
    );
    assert!(read(b"[{\"sportType\": 4}]", "x.json").is_none());
}
