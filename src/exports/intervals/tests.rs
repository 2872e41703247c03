//! Invented tables and JSON.

use super::*;
use crate::{
    exports::facts::Listed,
    model::Sport,
    problem::{Code, Problem},
    time::Clock,
};

/// 1 September 2025, 06:30 UTC.
const START_S: f64 = 1_756_708_200.0;

fn told(text: &str) -> (Facts, Vec<Problem>) {
    assert!(is_export(text.as_bytes(), "x"), "{text}");
    read(text.as_bytes(), "x").expect("a file of this export")
}

fn activities(text: &str) -> (Vec<Listed>, Vec<Problem>) {
    let (facts, problems) = told(text);
    (facts.activities, problems)
}

#[test]
fn a_table_of_activities_knows_the_wall_clock() {
    let (listed, problems) = activities(
        "id,start_date_local,type,name,distance,moving_time,elapsed_time,total_elevation_gain,average_heartrate,max_heartrate,average_cadence,icu_rpe,session_rpe,icu_training_load,gear\n\
         i1,2025-09-01T08:30:00,Run,\"Easy, long\",9870.5,2700,2800,41,147,171,84,4,180,55,Blue ones\n\
         i2,2025-09-02 08:30:00,VirtualRide,,30000,3600,3600,,130,,,,,60,g123\n\
         i3,2025-09-03T18:00:00,TrailRun,,,1800,,,,,,,,,b5\n",
    );
    assert_eq!((listed.len(), problems), (3, vec![]));
    let first = &listed[0];
    assert_eq!(
        (first.id.as_deref(), first.shoe.as_deref()),
        (Some("i1"), Some("Blue ones"))
    );
    let activity = &first.activity;
    assert_eq!(
        (activity.start_unix_s, activity.clock),
        (Some(START_S + 7200.0), Clock::Wall)
    );
    assert_eq!(
        (activity.sport, activity.name.as_deref()),
        (Sport::RUNNING, Some("Easy, long"))
    );
    let totals = activity.totals;
    assert_eq!(
        (totals.distance_m, totals.moving_s, totals.elapsed_s),
        (Some(9870.5), Some(2700.0), Some(2800.0))
    );
    assert_eq!(
        (totals.session_rpe, totals.cadence_mean_raw),
        (Some(4.0), Some(84.0))
    );
    assert_eq!(
        (listed[1].activity.sport, &listed[1].shoe),
        (Sport("cycling"), &None)
    );
    assert_eq!(
        (listed[2].activity.sub_sport, &listed[2].shoe),
        ("trail", &None)
    );
}

#[test]
fn json_knows_the_moment_or_the_zone() {
    let (listed, problems) = activities(
        r#"[{"id": "i1", "start_date_local": "2025-09-01T08:30:00", "type": "Run", "start_date": "2025-09-01T06:30:00Z",
             "distance": 5000.0, "moving_time": 1500, "trainer": true, "gear": {"id": "g1", "name": "Blue ones"},
             "average_heartrate": NaN, "max_heartrate": "171", "icu_rpe": null, "perceived_exertion": 7.0},
            {"id": "i2", "start_date_local": "2025-09-01T08:30:00", "type": "Walk", "timezone": "(GMT+01:00) Europe/Berlin"},
            "broken", {"id": "i3", "type": "Run"},
            {"id": "i4", "start_date_local": "2025-09-01T08:30:00", "type": "Quidditch", "distance": -5}]"#,
    );
    let starts: Vec<_> = listed
        .iter()
        .map(|line| {
            (
                line.activity.start_unix_s,
                line.activity.utc_offset_s,
                line.activity.clock,
            )
        })
        .collect();
    assert_eq!(
        starts,
        [
            (Some(START_S), Some(7200), Clock::Utc),
            (Some(START_S), Some(7200), Clock::Utc),
            (Some(START_S + 7200.0), None, Clock::Wall),
        ]
    );
    let activity = &listed[0].activity;
    assert_eq!(
        (activity.sub_sport, listed[0].shoe.as_deref()),
        ("treadmill", Some("Blue ones"))
    );
    let totals = activity.totals;
    assert_eq!(
        (totals.heart_rate_mean_bpm, totals.heart_rate_max_bpm),
        (None, Some(171.0))
    );
    assert_eq!(
        (totals.session_rpe, listed[2].activity.sport),
        (Some(7.0), Sport::OTHER)
    );
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::ExportDamaged, Code::NoTime, Code::BadValue]);
}

#[test]
fn wellness_is_nights_and_the_heart_at_rest() {
    let table = "date,weight,restingHR,hrv,sleepSecs,sleepScore,soreness,injury,comments\n\
        2025-09-01,70.5,52,60,25200,80,1,1,\n2025-09-02,,50,,,,2,2,stairs\n2025-09-03,,54,,0,,1,1,\n,,50,,,,,,\n";
    let json = r#"[{"id": "2025-09-01", "weight": 70.5, "restingHR": 52, "sleepSecs": 25200, "sportInfo": []},
        {"id": "2025-09-02", "restingHR": 50, "sleepSecs": null}, {"id": "2025-09-03", "restingHR": "54", "sleepSecs": 0},
        {"restingHR": 50}]"#;
    for text in [table, json] {
        let (facts, problems) = told(text);
        let nights: Vec<(String, f64)> = facts
            .nights
            .iter()
            .map(|night| (night.date.to_string(), night.asleep_s))
            .collect();
        assert_eq!(nights, [("2025-09-01".to_string(), 25_200.0)], "{text}");
        assert_eq!(facts.athlete.heart_rate_rest_bpm, Some(52.0));
        assert_eq!(facts.athlete.weight_kg, Some(70.5));
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::ExportDamaged]);
    }
}

#[test]
fn other_files_are_none() {
    for text in [
        "date,pain,site\n2025-09-01,3,knee\n",
        "id,type\n1,Run\n",
        "[]",
        "{\"id\": 5}",
        "",
    ] {
        assert_eq!(read(text.as_bytes(), "x"), None, "{text}");
        assert!(!is_export(text.as_bytes(), "x"));
    }
}

#[test]
fn wellness_holds_comments_and_injuries() {
    let table =
        "date,restingHR,sleepSecs,injury,comments\n2025-09-02,50,,2,stairs\n2025-09-03,54,,,\n";
    let json = r#"[{"id": "2025-09-02", "restingHR": 50, "sleepSecs": null, "injury": 2, "comments": "stairs"},
        {"id": "2025-09-03", "restingHR": 54, "sleepSecs": 0, "injury": null, "comments": ""}]"#;
    for text in [table, json] {
        let (facts, _) = told(text);
        let said: Vec<(&str, bool)> = facts
            .comments
            .iter()
            .map(|comment| (comment.text.as_str(), comment.is_injury))
            .collect();
        assert_eq!(said, [("stairs", false), ("2", true)], "{text}");
    }
}
