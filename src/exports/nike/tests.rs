//! Tests of Nike's files on invented activities, whole and damaged.

use super::*;
use crate::{
    model::{Span, Sport},
    problem::{Code, Problem},
};

/// 2025-09-01T06:30:00Z.
const START_S: f64 = 1_756_708_200.0;

const RUN: &str = r#"{"id": "a0", "type": "run", "start_epoch_ms": 1756708200000, "end_epoch_ms": 1756710060000, "active_duration_ms": 1800000,
    "delete_indicator": false, "summaries": [{"metric": "distance", "summary": "total", "value": 5.04},
    {"metric": "pace", "summary": "mean", "value": 5.95}, {"metric": "heart_rate", "summary": "mean", "value": 147.2},
    {"metric": "steps", "summary": "total", "value": 4920}, {"metric": "ascent", "summary": "total", "value": 20.5}],
    "metrics": [{"type": "latitude", "unit": "DEG", "values": [{"start_epoch_ms": 1756708200000, "end_epoch_ms": 1756708200000, "value": 0.5},
    {"start_epoch_ms": 1756708210000, "value": 0.50025}, {"value": 3}]},
    {"type": "longitude", "values": [{"start_epoch_ms": 1756708200000, "value": -30.0}, {"start_epoch_ms": 1756708210000, "value": -30.0}]},
    {"type": "distance", "unit": "KM", "values": [{"start_epoch_ms": 1756708200000, "end_epoch_ms": 1756708210000, "value": 0.02},
    {"start_epoch_ms": 1756708210000, "end_epoch_ms": 1756708220000, "value": 0.03}]},
    {"type": "steps", "values": [{"start_epoch_ms": 1756708200000, "end_epoch_ms": 1756708210000, "value": 27}]},
    {"type": "heart_rate", "values": [{"start_epoch_ms": 1756708210000, "value": 141}, {"start_epoch_ms": 1756708220000, "value": NaN}]}],
    "moments": [{"key": "halt", "value": "pause", "timestamp": 1756708300000}, {"key": "halt", "value": "resume", "timestamp": 1756708360000},
    {"key": "split_km", "value": "1", "timestamp": 1756708400000}],
    "tags": {"com.nike.name": "Morning", "location": "outdoors", "com.nike.running.feel": "tired"}}"#;

fn read_text(text: &str) -> (Facts, Vec<Problem>) {
    read(text.as_bytes(), "NRC/activities/0.json").expect("Nike's")
}

#[test]
fn a_run_is_read_in_si_units() {
    let (facts, problems) = read_text(RUN);
    assert_eq!(problems, []);
    let run = &facts.recordings[0];
    assert_eq!((run.sport, run.sub_sport), (Sport::RUNNING, "generic"));
    assert_eq!(
        (run.name.as_deref(), run.start_unix_s),
        (Some("Morning"), Some(START_S))
    );
    let totals = run.totals;
    assert_eq!(
        (totals.distance_m, totals.timer_s, totals.elapsed_s),
        (Some(5040.0), Some(1800.0), Some(1860.0))
    );
    assert_eq!(
        (
            totals.heart_rate_mean_bpm,
            totals.ascent_m,
            totals.cadence_mean_raw
        ),
        (Some(147.2), Some(20.5), Some(82.0))
    );
    let pause = Span {
        from_s: START_S + 100.0,
        to_s: START_S + 160.0,
    };
    assert_eq!(run.pauses, [pause]);
    let samples = &run.samples;
    assert_eq!(samples.time_s, [START_S, START_S + 10.0, START_S + 20.0]);
    assert_eq!(
        (samples.latitude_deg[1], samples.longitude_deg[0]),
        (0.50025, -30.0)
    );
    assert_eq!((samples.distance_m[1], samples.distance_m[2]), (20.0, 50.0));
    assert_eq!(
        (samples.heart_rate_bpm[1], samples.cadence_raw[0]),
        (141.0, 162.0)
    );
}

#[test]
fn without_metrics_it_is_a_line_and_indoors_a_treadmill() {
    let line = |kind: &str, place: &str| {
        format!(
            r#"{{"id": "{kind}", "type": "{kind}", "start_epoch_ms": 1756708200000, "active_duration_ms": 1800000,
            "summaries": [{{"metric": "distance", "value": 5.04}}], "tags": {{"location": "{place}"}}}}"#
        )
    };
    let lines = [
        line("run", "Indoors"),
        line("cycle", "outdoors"),
        line("walk", "indoors"),
        line("quidditch", ""),
    ];
    for text in [
        format!("[{}]", lines.join(",")),
        format!(r#"{{"activities": [{}], "paging": {{}}}}"#, lines.join(",")),
    ] {
        let (facts, problems) = read_text(&text);
        assert_eq!((facts.recordings.len(), problems), (0, vec![]));
        let found: Vec<_> = facts
            .activities
            .iter()
            .map(|listed| (listed.activity.sport.0, listed.activity.sub_sport))
            .collect();
        let expected = [
            ("running", "treadmill"),
            ("other", "generic"),
            ("walking", "generic"),
            ("other", "generic"),
        ];
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn broken_activities_cost_themselves() {
    let (facts, problems) = read_text(
        r#"[{"id": "a", "type": "run", "start_epoch_ms": "1756708200000", "active_duration_ms": "1800000", "summaries": [5, {}]},
        {"id": "b", "type": "run", "start_epoch_ms": -4}, null, {"id": "c", "type": "run", "start_epoch_ms": 1756708200000, "delete_indicator": true}]"#,
    );
    assert_eq!(facts.activities.len(), 1);
    assert_eq!(facts.activities[0].activity.totals.timer_s, Some(1800.0));
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::ExportDamaged, Code::NoTime]);
    let (facts, problems) = read_text(RUN.split(r#""moments""#).next().expect("a beginning"));
    assert_eq!(
        (facts.recordings.len(), problems[0].code),
        (1, Code::ExportDamaged)
    );
    assert!(read(b"{\"start_epoch_ms\": 5}", "x.json").is_none());
}
