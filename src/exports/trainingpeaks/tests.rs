//! Invented workouts and metrics.

use super::*;
use crate::{
    exports::facts::Listed,
    model::Sport,
    problem::{Code, Problem},
    time::Clock,
};

const HEADER: &str = "\"Title\",\"WorkoutType\",\"WorkoutDescription\",\"PlannedDuration\",\"PlannedDistanceInMeters\",\"WorkoutDay\",\"CoachComments\",\"DistanceInMeters\",\"HeartRateAverage\",\"HeartRateMax\",\"CadenceAverage\",\"TimeTotalInHours\",\"TSS\",\"Rpe\",\"Feeling\",\"AthleteComments\"\n";

fn told(rows: &str) -> (Vec<Listed>, Vec<Problem>) {
    let text = format!("{HEADER}{rows}");
    assert!(is_export(text.as_bytes(), "workouts.csv"));
    let (facts, problems) = read(text.as_bytes(), "workouts.csv").expect("a file of this export");
    (facts.activities, problems)
}

#[test]
fn what_was_done_is_an_activity_of_its_day() {
    let (listed, problems) = told(
        "\"Tempo, hilly\",\"Run\",\"3 x 10\",\"1\",\"\",\"2025-09-01\",\"Well\ndone\",\"9870\",\"152\",\"171\",\"84\",\"0.75\",\"60\",\"6\",\"3\",\"knee ok\"\n",
    );
    assert_eq!(problems, []);
    let activity = &listed[0].activity;
    // 1 September 2025, noon.
    assert_eq!(
        (activity.start_unix_s, activity.clock),
        (Some(1_756_728_000.0), Clock::Day)
    );
    assert_eq!(
        (activity.sport, activity.name.as_deref()),
        (Sport::RUNNING, Some("Tempo, hilly"))
    );
    let totals = activity.totals;
    assert_eq!(
        (totals.distance_m, totals.timer_s),
        (Some(9870.0), Some(2700.0))
    );
    assert_eq!(
        (totals.heart_rate_mean_bpm, totals.heart_rate_max_bpm),
        (Some(152.0), Some(171.0))
    );
    assert_eq!(
        (totals.session_rpe, totals.cadence_mean_raw),
        (Some(6.0), Some(84.0))
    );
}

#[test]
fn what_was_only_planned_is_none() {
    let (listed, problems) = told(
        "Plan,Run,,1,10000,2025-09-03,,,,,,,,,,\nRest,Day Off,,,,2025-09-04,,,,,,,,,,\nZero,Run,,1,,2025-09-05,,0,,,,0,,,,\n",
    );
    assert_eq!((listed, problems), (vec![], vec![]));
}

#[test]
fn the_type_says_the_sport() {
    for (word, sport, sub_sport) in [
        ("Run", "running", "generic"),
        ("Bike", "cycling", "generic"),
        ("MTB", "cycling", "mountain"),
        ("Swim", "swimming", "generic"),
        ("Brick", "multisport", "generic"),
        ("Walk", "walking", "generic"),
        ("Strength", "training", "strength_training"),
        ("XC-Ski", "cross_country_skiing", "generic"),
        ("Other", "other", "generic"),
        ("Race", "unknown", "generic"),
    ] {
        let row = format!("x,{word},,,,2025-09-01,,5000,,,,0.5,,,,\n");
        let activity = &told(&row).0[0].activity;
        assert_eq!(
            (activity.sport, activity.sub_sport),
            (Sport(sport), sub_sport),
            "{word}"
        );
    }
}

#[test]
fn broken_rows_cost_themselves() {
    let (listed, problems) = told(
        "a,Run,,,,someday,,5000,,,,0.5,,,,\nb,Run,,,,2025-09-01,,5000,900,,,NaN,,11,,\nc,Run,,,,9/2/2025,,\"5,000\",,,,0.5,,0,,\n",
    );
    let days: Vec<Option<f64>> = listed
        .iter()
        .map(|line| line.activity.start_unix_s)
        .collect();
    assert_eq!(days, [Some(1_756_728_000.0), Some(1_756_814_400.0)]);
    let totals = listed[0].activity.totals;
    assert_eq!(
        (
            totals.heart_rate_mean_bpm,
            totals.session_rpe,
            totals.timer_s
        ),
        (None, None, None)
    );
    let totals = listed[1].activity.totals;
    assert_eq!(
        (totals.distance_m, totals.session_rpe),
        (Some(5000.0), None)
    );
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::NoTime, Code::BadValue]);
}

#[test]
fn metrics_are_nights_and_the_heart_at_rest() {
    let text = "\"Timestamp\",\"Type\",\"Value\"\n\"2025-09-01 06:00:00\",\"Sleep Hours\",\"7.1\"\n\"2025-09-01 00:00:00\",\"Pulse\",\"98\"\n\
        \"2025-09-01 07:00:00\",\"Pulse\",\"52\"\n\"2025-09-02 06:00:00\",\"Sleep Hours\",\"25\"\n\"2025-09-02 06:00:00\",\"Pulse\",\"54\"\n\
        \"2025-09-02 06:00:00\",\"Stress Level\",\"Max : 52 / Avg : 14\"\n\"never\",\"Pulse\",\"50\"\n\"2025-09-03 06:00:00\",\"Sleep Hours\",\"0\"\n";
    assert!(is_export(text.as_bytes(), "metrics.csv"));
    let (facts, problems) = read(text.as_bytes(), "metrics.csv").expect("metrics");
    let nights: Vec<(String, f64)> = facts
        .nights
        .iter()
        .map(|night| (night.date.to_string(), night.asleep_s.round()))
        .collect();
    assert_eq!(nights, [("2025-09-01".to_string(), 25_560.0)]);
    assert_eq!(facts.athlete.heart_rate_rest_bpm, Some(53.0));
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::ExportDamaged, Code::BadValue]);
}

#[test]
fn other_tables_are_none() {
    for text in [
        "Timestamp,Type,Value\n2025-09-01,temperature,5\n",
        "Title,WorkoutType\nx,Run\n",
        "",
    ] {
        assert_eq!(read(text.as_bytes(), "x.csv"), None, "{text}");
    }
}

#[test]
fn comments_are_the_athletes_own_also_where_nothing_was_done() {
    let text = format!(
        "{HEADER}Run,Run,,,,2025-09-01,coach: well,5000,,,,0.5,,4,,\"left knee,\nsore\"\nRest,Day Off,,,,2025-09-02,,,,,,,,,,flu\nRun,Run,,,,,,,,,,,,,,lost\n"
    );
    let (facts, _) = read(text.as_bytes(), "workouts.csv").expect("workouts");
    let said: Vec<(String, &str, &str)> = facts
        .comments
        .iter()
        .map(|comment| {
            (
                comment.date.to_string(),
                comment.place.as_str(),
                comment.text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("2025-09-01".to_string(), "row 2", "left knee,\nsore"),
            ("2025-09-02".to_string(), "row 3", "flu"),
        ]
    );
}

#[test]
fn metrics_hold_injuries_and_notes() {
    let text = "Timestamp,Type,Value\n2025-09-01 06:00:00,Injury,6\n2025-09-02 06:00:00,Notes,calf tight\n2025-09-03,Injury,\n\
        never,Injury,3\n2025-09-04,Soreness,5\n";
    let (facts, problems) = read(text.as_bytes(), "metrics.csv").expect("metrics");
    let said: Vec<(&str, &str, bool)> = facts
        .comments
        .iter()
        .map(|comment| {
            (
                comment.about.as_str(),
                comment.text.as_str(),
                comment.is_injury,
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("TrainingPeaks metrics", "6", true),
            ("TrainingPeaks metrics", "calf tight", false),
        ]
    );
    assert_eq!(problems.len(), 1, "the row without a day");
}
