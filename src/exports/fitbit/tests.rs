//! Tests of Fitbit's files on invented entries, whole and damaged.

use super::*;
use crate::{
    exports::facts::{Facts, Night},
    model::{Sex, Sport},
    problem::{Code, Problem},
    time::Clock,
};

fn read_text(text: &str, name: &str) -> (Facts, Vec<Problem>) {
    read(text.as_bytes(), name).expect("Fitbit's")
}

#[test]
fn exercises_are_lines_on_the_walls_clock() {
    let (facts, problems) = read_text(
        r#"[{"logId": 9000, "activityName": "Run", "activityTypeId": 90009, "averageHeartRate": 147, "duration": 1860000,
        "activeDuration": 1800000, "steps": 4920, "logType": "tracker", "startTime": "09/01/25 08:30:00", "hasGps": true,
        "distance": 5.04, "distanceUnit": "Kilometer", "elevationGain": 20.0, "source": {"name": "Charge 5"},
        "heartRateZones": [{"name": "Peak", "minutes": 3}]}]"#,
        "",
    );
    assert_eq!(problems, []);
    let listed = &facts.activities[0];
    assert_eq!(
        (listed.place.as_str(), listed.id.as_deref()),
        ("entry 1", Some("9000"))
    );
    let run = &listed.activity;
    assert_eq!(
        (run.sport, run.device.as_deref()),
        (Sport::RUNNING, Some("Charge 5"))
    );
    assert_eq!(
        (run.start_unix_s, run.utc_offset_s, run.clock),
        (Some(1_756_715_400.0), None, Clock::Wall)
    );
    let totals = run.totals;
    assert_eq!(
        (
            totals.distance_m,
            totals.timer_s,
            totals.elapsed_s,
            totals.ascent_m
        ),
        (Some(5040.0), Some(1800.0), Some(1860.0), Some(20.0))
    );
    assert_eq!(
        (totals.heart_rate_mean_bpm, totals.cadence_mean_raw),
        (Some(147.0), Some(82.0))
    );
}

/// Sport and distance of an exercise with these members.
fn check(members: &str, sport: &str, sub_sport: &str, distance_m: Option<f64>) {
    let text = format!(
        r#"[{{"logId": 1, "startTime": "09/01/25 08:30:00", "activityName": "", {members}}}]"#
    );
    let (facts, _) = read_text(&text, "");
    let activity = &facts.activities[0].activity;
    assert_eq!(
        (activity.sport.0, activity.sub_sport),
        (sport, sub_sport),
        "{members}"
    );
    assert_eq!(activity.totals.distance_m, distance_m, "{members}");
}

#[test]
fn sports_by_number_before_name_and_distances_by_their_unit() {
    check(r#""activityTypeId": 90009"#, "running", "generic", None);
    check(
        r#""activityTypeId": 20049, "distance": 2, "distanceUnit": "Mile""#,
        "running",
        "treadmill",
        Some(3218.688),
    );
    check(
        r#""activityTypeId": 90001, "distance": 5.04"#,
        "cycling",
        "generic",
        None,
    );
    check(
        r#""activityTypeId": 90013, "distance": "5.04", "distanceUnit": "Kilometer""#,
        "walking",
        "generic",
        Some(5040.0),
    );
    check(r#""activityTypeId": 15000"#, "unknown", "generic", None);
    let (facts, _) = read_text(
        r#"[{"logId": 1, "startTime": "09/01/25 08:30:00", "activityName": "Sport"}]"#,
        "",
    );
    assert_eq!(facts.activities[0].activity.sport, Sport::OTHER);
}

#[test]
fn broken_entries_cost_themselves() {
    let (facts, problems) = read_text(
        r#"[{"logId": 1, "activityName": "Run", "startTime": "09/01/25 08:30:00", "averageHeartRate": NaN, "duration": Infinity},
        {"logId": 2, "activityName": "Run", "startTime": "24:00"}, "entry", {"logId": 4, "activityName": "Run",
        "startTime": "09/02/25 08:30:00", "averageHeartRate": 900}, {"logId": 5, "activityName": "Run", "startTime": "09/03/25 08:3"#,
        "",
    );
    let ids: Vec<_> = facts
        .activities
        .iter()
        .filter_map(|listed| listed.id.as_deref())
        .collect();
    assert_eq!(ids, ["1", "4"]);
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(
        codes,
        [
            Code::ExportDamaged,
            Code::NoTime,
            Code::BadValue,
            Code::ExportDamaged
        ]
    );
}

#[test]
fn nights_are_main_sleeps_of_the_day_of_waking() {
    let (facts, problems) = read_text(
        r#"[{"logId": 1, "dateOfSleep": "2025-09-02", "minutesAsleep": 430, "mainSleep": true},
        {"logId": 2, "dateOfSleep": "2025-09-02", "minutesAsleep": 30, "mainSleep": false},
        {"logId": 3, "dateOfSleep": "2025-09-01", "minutesAsleep": 0, "mainSleep": true},
        {"logId": 4, "minutesAsleep": 400}]"#,
        "sleep-2025-09-01.json",
    );
    let night = Night {
        date: "2025-09-02".parse().expect("a date"),
        asleep_s: 25_800.0,
    };
    assert_eq!(facts.nights, [night]);
    assert_eq!((problems.len(), problems[0].place.as_str()), (1, "night 4"));
}

#[test]
fn the_latest_resting_heart_rate_and_the_sex() {
    let (facts, problems) = read_text(
        r#"[{"dateTime": "09/02/25 00:00:00", "value": {"date": "09/02/25", "value": 51.8, "error": 6.8}},
        {"dateTime": "09/01/25 00:00:00", "value": {"date": "09/01/25", "value": 60.0, "error": 6.8}},
        {"dateTime": "09/03/25 00:00:00", "value": {"date": null, "value": 0.0, "error": 0.0}}]"#,
        "Global Export Data/resting_heart_rate-2025-01-01.json",
    );
    assert_eq!(
        (facts.athlete.heart_rate_rest_bpm, problems),
        (Some(51.8), vec![])
    );
    let (facts, _) = read_text(
        "id,full_name,member_since,gender,height,weight\nX,x,2020-01-01,FEMALE,170,140\n",
        "Profile.csv",
    );
    assert_eq!(
        (facts.athlete.sex, facts.athlete.weight_kg),
        (Some(Sex::Female), None)
    );
}

#[test]
fn tables_know_the_moment_and_the_zone() {
    let (facts, problems) = read_text(
        "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,log_type,tracker_total_steps,tracker_total_distance_mm,\
        tracker_avg_heart_rate,tracker_peak_heart_rate,manually_logged_total_distance_mm\n\
        7,2025-09-01 21:30:00+0000,2025-09-01 22:00:00+0000,+02:00,Run,TRACKER,4920,5040000,147,160,0\n\
        8,2025-09-02 21:30:00,2025-09-02 22:00:00,-07:00,Treadmill run,MANUAL,0,0,0,0,5000000\n\
        9,2025-09-03 21:30:00,2025-09-03 22:00:00,,Outdoor Bike,TRACKER,0,15000000,0,0,\n\
        10,soon,,,Run,TRACKER,0,0,0,0,\n",
        "UserExercises_2025-09-01.csv",
    );
    let found: Vec<_> = facts
        .activities
        .iter()
        .map(|listed| {
            let activity = &listed.activity;
            let (totals, kind) = (activity.totals, (activity.sport.0, activity.sub_sport));
            (
                kind,
                activity.utc_offset_s,
                totals.distance_m,
                totals.heart_rate_mean_bpm,
            )
        })
        .collect();
    let expected = [
        (
            ("running", "generic"),
            Some(7200),
            Some(5040.0),
            Some(147.0),
        ),
        (("running", "treadmill"), Some(-25_200), Some(5000.0), None),
        (("other", "generic"), None, Some(15_000.0), None),
    ];
    assert_eq!(found, expected);
    let run = &facts.activities[0].activity;
    assert_eq!(
        (run.start_unix_s, run.clock, run.totals.cadence_mean_raw),
        (Some(1_756_762_200.0), Clock::Utc, Some(82.0))
    );
    assert_eq!((problems.len(), problems[0].code), (1, Code::NoTime));
    let (facts, _) = read_text(
        "sleep_id,sleep_type,minutes_asleep,start_utc_offset,sleep_start,end_utc_offset,sleep_end\n\
        1,STAGES,420,+02:00,2025-09-01 20:30:00+0000,+02:00,2025-09-01 22:30:00+0000\n\
        2,CLASSIC,60,+02:00,2025-09-02 11:00:00+0000,+02:00,2025-09-02 12:00:00+0000\n",
        "UserSleeps_2025-09-01.csv",
    );
    let night = Night {
        date: "2025-09-02".parse().expect("a date"),
        asleep_s: 25_200.0,
    };
    assert_eq!(facts.nights, [night]);
}

#[test]
fn other_files_are_nobodys() {
    for (text, name) in [
        (
            r#"[{"dateTime": "09/02/25 00:00:00", "value": {"bpm": 60, "confidence": 2}}]"#,
            "heart_rate-2025-09-02.json",
        ),
        (
            r#"[{"dateTime": "09/02/25 00:00:00", "value": "12"}]"#,
            "steps-2025-09-02.json",
        ),
        ("id\nX\n", "Profile.csv"),
        ("[]", "sleep-2025-09-01.json"),
    ] {
        assert!(read(text.as_bytes(), name).is_none(), "{name}");
    }
}
