use super::{is_export, read};
use crate::{exports::Facts, problem::Code, sport::Sport};

/// Today's layout: a line of its own first, most columns with a prefix, a comma after each row.
fn table(rows: &[&str]) -> String {
    let columns = "title,exercise_type,datauuid,start_time,end_time,time_offset,duration,distance,mean_heart_rate,max_heart_rate,mean_cadence,live_data,location_data";
    let columns = columns.split(',').enumerate();
    let header: Vec<String> = columns
        .map(|(at, name)| {
            if at == 0 {
                name.to_string()
            } else {
                format!("com.samsung.health.exercise.{name}")
            }
        })
        .collect();
    let rows: Vec<String> = rows.iter().map(|row| format!("{row},\n")).collect();
    format!(
        "com.samsung.shealth.exercise,7005009,17\n{}\n{}",
        header.join(","),
        rows.concat()
    )
}

fn facts(text: &str, name: &str) -> (Facts, Vec<Code>) {
    assert!(is_export(text.as_bytes(), name), "{name}");
    let (facts, problems) = read(text.as_bytes(), name).unwrap();
    (facts, problems.iter().map(|problem| problem.code).collect())
}

#[test]
fn exercises_are_lines_with_their_files() {
    let text = table(&[
        "Morning,1002,u1,2025-09-01 06:30:00.000,2025-09-01 07:00:30.000,UTC+0200,1800000,5040,146,170,168.0,u1.com.samsung.health.exercise.live_data.json,u1.com.samsung.health.exercise.location_data.json",
        ",11007,u2,2025-09-02 06:30:00.000,2025-09-02 07:00:00.000,UTC+0200,1800000,9000,NaN,,0,,",
        ",15005,u3,2025-09-03 06:30:00.000,,UTC-0930,2400000,6900,Infinity,,,,",
        ",1002,u4,1970-01-01 00:00:00.000,,UTC+0000,1,1,,,,,",
        ",1002,u5,never,,UTC+0000,1,1,,,,,",
    ]);
    let (facts, codes) = facts(&text, "com.samsung.shealth.exercise.20251012.csv");
    assert_eq!(
        facts.activities.len(),
        4,
        "a run of two files, a ride, a treadmill"
    );
    let run = &facts.activities[0];
    assert_eq!(
        run.file.as_deref(),
        Some("u1.com.samsung.health.exercise.live_data.json")
    );
    assert_eq!(
        (run.activity.start_unix_s, run.activity.utc_offset_s),
        (Some(1_756_708_200.0), Some(7200))
    );
    assert_eq!(
        (run.activity.sport, run.activity.name.as_deref()),
        (Sport::RUNNING, Some("Morning"))
    );
    let totals = run.activity.totals;
    assert_eq!(
        (totals.distance_m, totals.timer_s, totals.elapsed_s),
        (Some(5040.0), Some(1800.0), Some(1830.0))
    );
    assert_eq!(
        (totals.heart_rate_mean_bpm, totals.cadence_mean_raw),
        (Some(146.0), Some(168.0))
    );
    let places = &facts.activities[1];
    assert_eq!(
        places.file.as_deref(),
        Some("u1.com.samsung.health.exercise.location_data.json")
    );
    assert_eq!(
        (places.activity.sport, places.activity.totals.distance_m),
        (Sport::RUNNING, None)
    );
    let (ride, belt) = (&facts.activities[2].activity, &facts.activities[3].activity);
    assert_eq!(
        (ride.sport, ride.totals.heart_rate_mean_bpm),
        (Sport("cycling"), None)
    );
    assert_eq!(
        (belt.sub_sport, belt.utc_offset_s, belt.sport.is_open()),
        ("treadmill", Some(-34_200), true)
    );
    assert!(codes.contains(&Code::NoTime));
}

#[test]
fn the_layout_before_had_the_clock_of_the_wall() {
    let text = "com.samsung.health.exercise\ndatauuid,exercise_type,duration,distance,mean_heart_rate,time_offset,start_time,live_data\n\
        w1,1002,600000,2000,150,7200000,2021-10-08 10:48:24,w1.live_data\n";
    let (facts, codes) = facts(text, "com.samsung.health.exercise.202507.csv");
    let run = &facts.activities[0];
    assert_eq!(
        (run.activity.start_unix_s, run.activity.utc_offset_s),
        (Some(1_633_682_904.0), Some(7200))
    );
    assert_eq!(
        (run.file.as_deref(), codes),
        (Some("w1.live_data.json"), vec![])
    );
}

#[test]
fn samples_are_a_recording() {
    let live = r#"[{"start_time":1756708200000,"heart_rate":140.0,"distance":0},
        {"start_time":1756708201000,"heart_rate":"141","cadence":168,"distance":2.5,"speed":2.5},
        {"start_time":1756708202000,"heart_rate":NaN,"cadence":170,"distance":2.5,"speed":Infinity},
        {"start_time":4102444800000000,"heart_rate":1}, {"heart_rate":99}, 7,
        {"start_time":1756708203000,"heart_rate":143,"distance":3.0,"speed":3}"#;
    let (facts, codes) = facts(
        live,
        "jsons/com.samsung.shealth.exercise/a/u1.com.samsung.health.exercise.live_data.json",
    );
    let samples = &facts.recordings[0].samples;
    assert_eq!(
        samples.time_s,
        [1_756_708_200.0, 1_756_708_201.0, 1_756_708_202.0]
    );
    assert_eq!(samples.distance_m, [0.0, 2.5, 5.0]);
    assert_eq!(
        (samples.heart_rate_bpm[1], samples.cadence_raw[1]),
        (141.0, 168.0)
    );
    assert!(samples.heart_rate_bpm[2].is_nan());
    assert_eq!(
        codes,
        [Code::ExportDamaged, Code::ExportDamaged],
        "an entry that is none, and half a file"
    );
    let so_far = r#"[{"start_time":1756708200000,"distance":1000.0},{"start_time":1756708201000,"distance":1002.5},{"start_time":1756708202000,"distance":1005}]"#;
    let (facts, _) = self::facts(so_far, "u1.live_data.json");
    assert_eq!(
        facts.recordings[0].samples.distance_m,
        [1000.0, 1002.5, 1005.0]
    );
    let places = r#"[{"start_time":1756708200000,"latitude":52.5,"longitude":13.4,"altitude":40.5,"accuracy":3.0}]"#;
    let (facts, codes) = self::facts(places, "u1.com.samsung.health.exercise.location_data.json");
    let samples = &facts.recordings[0].samples;
    assert_eq!(
        (samples.latitude_deg[0], samples.altitude_m[0], codes),
        (52.5, 40.5, vec![])
    );
}

#[test]
fn what_only_looks_alike_is_none() {
    for (text, name) in [
        ("[]", "u1.live_data.json"),
        (r#"[{"start_time":1}]"#, "u1.live_data_internal.json"),
        (r#"[{"elapsed_time":1}]"#, "u1.live_data.json"),
        ("com.samsung.shealth.step_daily_trend,1,1\na,b\n", "x.csv"),
        ("date,pain\n", "com.samsung.shealth.exercise.csv"),
    ] {
        assert!(
            !is_export(text.as_bytes(), name) && read(text.as_bytes(), name).is_none(),
            "{name}: {text}"
        );
    }
}

#[test]
fn nights_are_their_stages() {
    let text = "com.samsung.health.sleep_stage,7006011,7\ncreate_sh_ver,start_time,sleep_id,time_offset,end_time,stage,datauuid\n\
        ,2025-09-01 21:00:00.000,s1,UTC+0200,2025-09-01 23:00:00.000,40002,a,\n\
        ,2025-09-01 23:00:00.000,s1,UTC+0200,2025-09-01 23:30:00.000,40001,b,\n\
        ,2025-09-01 23:30:00.000,s1,UTC+0200,2025-09-02 04:00:00.000,40003,c,\n\
        ,oops,s1,UTC+0200,2025-09-02 04:00:00.000,40004,d,\n";
    let (facts, codes) = facts(text, "com.samsung.health.sleep_stage.2025.csv");
    let nights: Vec<_> = facts
        .nights
        .iter()
        .map(|night| (night.date.to_string(), night.asleep_s))
        .collect();
    assert_eq!(
        (nights, codes),
        (
            vec![("2025-09-02".to_string(), 23_400.0)],
            vec![Code::ExportDamaged]
        )
    );
}
