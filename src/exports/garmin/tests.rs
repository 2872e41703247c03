//! Tests of Garmin's files on invented entries, whole and damaged.

use super::*;
use crate::{
    exports::{Listed, Night, Shoe, Worn},
    model::{Athlete, Format, Samples, Sport},
};
use proptest::prelude::*;

/// 2024-05-14T06:00:00Z, on a wall two hours ahead.
const RUN: &str = r#"{"activityId": 16000000001, "uploadId": 17000000001, "name": "Morning hills", "activityType": "trail_running",
    "sportType": "RUNNING", "timeZoneId": 124, "startTimeGmt": 1715666400000.0, "startTimeLocal": 1715673600000.0,
    "beginTimestamp": 1715666400000, "distance": 1012345.0, "duration": 3600500.0, "elapsedDuration": 3900000.0,
    "movingDuration": 3550000.0, "avgSpeed": 0.2812, "elevationGain": 21400.0, "elevationLoss": 20900.0, "avgHr": 148.0,
    "maxHr": 171.0, "avgDoubleCadence": 168.0, "workoutRpe": 60, "workoutFeel": 75, "hrTimeInZone_1": 1.0,
    "splits": [{"distance": 1, "measurements": [{"value": 5}]}], "parent": false}"#;

fn export(entries: &[&str]) -> String {
    format!(
        r#"[{{"summarizedActivitiesExport":[{}]}}]"#,
        entries.join(",")
    )
}

fn read_text(text: &str) -> (Facts, Vec<Problem>) {
    read(text.as_bytes(), "").expect("a file of the export")
}

fn read_activities(entries: &[&str]) -> (Vec<Listed>, Vec<Problem>) {
    let (facts, problems) = read_text(&export(entries));
    (facts.activities, problems)
}

/// One run with these members beside a start at 2024-05-14T06:00:00Z, and the codes of what was wrong.
fn read_run(members: &str) -> (Listed, Vec<Code>) {
    let entry = format!(r#"{{"startTimeGmt":1715666400000,"activityType":"running",{members}}}"#);
    let (mut listed, problems) = read_activities(&[&entry]);
    assert_eq!(listed.len(), 1, "{members}");
    (
        listed.remove(0),
        problems.iter().map(|problem| problem.code).collect(),
    )
}

fn places(problems: &[Problem]) -> Vec<(Code, Effect, &str)> {
    problems
        .iter()
        .map(|problem| (problem.code, problem.effect, problem.place.as_str()))
        .collect()
}

fn date(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a literal date")
}

#[test]
fn an_activity_is_read_in_si_units() {
    let (listed, problems) = read_activities(&[RUN]);
    assert_eq!(problems, []);
    let Listed {
        place,
        id,
        file,
        shoe,
        activity,
    } = &listed[0];
    assert_eq!(
        (place.as_str(), id.as_deref(), file, shoe),
        ("entry 1", Some("16000000001"), &None, &None)
    );
    assert_eq!(
        (activity.format, activity.sport, activity.sub_sport),
        (Format::Export, Sport::RUNNING, "trail")
    );
    assert_eq!(activity.name.as_deref(), Some("Morning hills"));
    assert_eq!(
        (activity.start_unix_s, activity.utc_offset_s),
        (Some(1_715_666_400.0), Some(7200))
    );
    let totals = activity.totals;
    assert_eq!(totals.distance_m, Some(10_123.45));
    assert_eq!(
        (totals.timer_s, totals.elapsed_s, totals.moving_s),
        (Some(3600.5), Some(3900.0), Some(3550.0))
    );
    assert_eq!(
        (totals.ascent_m, totals.descent_m),
        (Some(214.0), Some(209.0))
    );
    assert_eq!(
        (totals.heart_rate_mean_bpm, totals.heart_rate_max_bpm),
        (Some(148.0), Some(171.0))
    );
    assert_eq!((totals.session_rpe, totals.feel), (Some(6.0), Some(75.0)));
    assert_eq!(activity.samples, Samples::default());
}

#[test]
fn what_is_missing_is_absent() {
    // A treadmill has no heights; a run entered by hand has hardly anything.
    for members in [
        r#""elevationGain":null,"elevationLoss":null,"avgHr":0.0,"movingDuration":0.0"#,
        r#""manual":true"#,
    ] {
        let (listed, codes) = read_run(members);
        assert_eq!((codes, listed.id), (vec![], None), "{members}");
        assert_eq!(
            (listed.activity.utc_offset_s, listed.activity.name),
            (None, None)
        );
        assert_eq!(
            listed.activity.totals,
            crate::model::Totals::default(),
            "{members}"
        );
    }
    let (listed, codes) = read_run(
        r#""activityId":5,"distance":500000,"duration":1800000,"name":"  ","elevationGain":0"#,
    );
    let totals = listed.activity.totals;
    assert_eq!(
        (codes, totals.distance_m, totals.timer_s, totals.ascent_m),
        (vec![], Some(5000.0), Some(1800.0), Some(0.0))
    );
}

#[test]
fn the_local_day_comes_from_the_wall_clock() {
    for (local, offset_s, codes) in [
        ("1715673600000", Some(7200), vec![]),
        ("1715641200000.0", Some(-25_200), vec![]),
        ("1715687100000", Some(20_700), vec![]),
        ("1715666400000", Some(0), vec![]),
        ("1715666400400", Some(0), vec![]),
        ("\"2024-05-14 08:00:00\"", Some(7200), vec![]),
        ("1715666461000", None, vec![Code::BadUtcOffset]),
        ("1715752800000", None, vec![Code::BadUtcOffset]),
        ("null", None, vec![]),
        ("0", None, vec![]),
        // In the years 1974 and 7605, in seconds instead of milliseconds, and no time at all.
        ("134000000000", None, vec![Code::BadUtcOffset]),
        ("177846969600000", None, vec![Code::BadUtcOffset]),
        ("1715673600", None, vec![Code::BadUtcOffset]),
        ("\"yesterday\"", None, vec![Code::BadUtcOffset]),
    ] {
        let (listed, found) = read_run(&format!(r#""startTimeLocal":{local}"#));
        assert_eq!(
            (listed.activity.utc_offset_s, found),
            (offset_s, codes),
            "{local}"
        );
    }
}

#[test]
fn activities_without_a_usable_start_are_left_out_and_counted() {
    let (listed, problems) = read_activities(&[
        r#"{"activityId":1,"beginTimestamp":1715666400000}"#,
        r#"{"activityId":2}"#,
        r#"{"activityId":3,"startTimeGmt":0,"beginTimestamp":-5}"#,
        r#"{"activityId":4,"startTimeGmt":1e300}"#,
        r#"{"activityId":5,"startTimeGmt":"2024-05-14T06:00:00.0"}"#,
    ]);
    let ids: Vec<_> = listed
        .iter()
        .map(|listed| (listed.place.as_str(), listed.activity.start_unix_s))
        .collect();
    assert_eq!(
        ids,
        [
            ("entry 1", Some(1_715_666_400.0)),
            ("entry 5", Some(1_715_666_400.0))
        ]
    );
    assert_eq!(
        places(&problems),
        [(Code::NoTime, Effect::PartLost, "entry 2")]
    );
    assert_eq!(
        problems[0].detail,
        "an activity has no usable start (and 2 more)"
    );
}

#[test]
fn a_distance_in_metres_is_found_by_the_mean_speed() {
    // 10 km in an hour are 2.78 m/s, written as 0.278.
    for (members, metres, codes) in [
        (
            r#""distance":1000000,"duration":3600000,"avgSpeed":0.278"#,
            10_000.0,
            vec![],
        ),
        (
            r#""distance":10000,"duration":3600000,"avgSpeed":0.278"#,
            10_000.0,
            vec![Code::BadValue],
        ),
        (r#""distance":10000,"duration":3600000"#, 100.0, vec![]),
        (
            r#""distance":10000,"duration":3600000,"avgSpeed":0"#,
            100.0,
            vec![],
        ),
        (
            r#""distance":1000000,"duration":3600000,"avgSpeed":2.78"#,
            10_000.0,
            vec![Code::DistanceMismatch],
        ),
        // A third of the time standing still is no contradiction.
        (
            r#""distance":1000000,"duration":5400000,"avgSpeed":0.278"#,
            10_000.0,
            vec![],
        ),
    ] {
        let (listed, found) = read_run(members);
        assert_eq!(
            (listed.activity.totals.distance_m, found),
            (Some(metres), codes),
            "{members}"
        );
    }
}

#[test]
fn impossible_values_are_not_measured() {
    for (members, code) in [
        (r#""distance":-5"#, Some(Code::BadValue)),
        (r#""distance":1e300"#, Some(Code::BadValue)),
        (r#""distance":"ten miles""#, Some(Code::BadValue)),
        (r#""distance":"NaN""#, Some(Code::BadValue)),
        (r#""distance":[500000]"#, Some(Code::BadValue)),
        (r#""distance":true"#, Some(Code::BadValue)),
        (r#""distance":"""#, None),
        (r#""duration":-1000"#, Some(Code::BadValue)),
        (r#""avgHr":400"#, Some(Code::BadValue)),
        (r#""workoutRpe":120"#, Some(Code::BadValue)),
        (r#""workoutFeel":-1"#, Some(Code::BadValue)),
        (r#""elevationGain":{"metres":5}"#, Some(Code::BadValue)),
    ] {
        let (listed, found) = read_run(members);
        assert_eq!(
            listed.activity.totals,
            crate::model::Totals::default(),
            "{members}"
        );
        assert_eq!(found, Vec::from_iter(code), "{members}");
    }
    let (listed, codes) = read_run(r#""distance":"500000.0","workoutRpe":100,"workoutFeel":0"#);
    let totals = listed.activity.totals;
    assert_eq!(
        (totals.distance_m, totals.session_rpe, totals.feel, codes),
        (Some(5000.0), Some(10.0), Some(0.0), vec![])
    );
}

#[test]
fn sports_that_are_named_are_never_open() {
    let entry = |members: &str| format!(r#"{{"startTimeGmt":1715666400000,{members}}}"#);
    for (members, sport) in [
        (r#""activityType":"virtual_run""#, "running"),
        (
            r#""activityType":"lap_swimming","sportType":"SWIMMING""#,
            "swimming",
        ),
        (r#""activityType":"curling""#, "other_sport"),
        (r#""activityType":null,"sportType":"RUNNING""#, "running"),
        (r#""activityType":"other""#, "unknown"),
        (r#""activityId":1"#, "unknown"),
        // The sum of several legs, which follow as entries of their own.
        (r#""activityType":"running","parent":true"#, "multisport"),
        (
            r#""activityType":"running","parent":false,"parentId":4"#,
            "running",
        ),
    ] {
        let (listed, _) = read_activities(&[&entry(members)]);
        assert_eq!(listed[0].activity.sport, Sport(sport), "{members}");
    }
}

#[test]
fn one_bad_entry_costs_itself_only() {
    let deep = |key: &str| {
        format!(
            r#"{{"startTimeGmt":1715666400000,"{key}":{}1{}}}"#,
            "[".repeat(5000),
            "]".repeat(5000)
        )
    };
    let huge = r#"{"activityId":8,"distance":1e999}"#;
    let (listed, problems) = read_activities(&[
        RUN,
        &deep("name"),
        "null",
        "[1,2]",
        huge,
        r#"{"distance":NaN}"#,
        r#"{"a":tru}"#,
        RUN,
    ]);
    assert_eq!(
        listed
            .iter()
            .map(|listed| listed.place.as_str())
            .collect::<Vec<_>>(),
        ["entry 1", "entry 8"]
    );
    assert_eq!(
        places(&problems),
        [(Code::ExportDamaged, Effect::PartLost, "entry 2")]
    );
    assert!(
        problems[0].detail.contains("recursion limit")
            && problems[0].detail.ends_with("(and 5 more)"),
        "{problems:?}"
    );
    // What niggle does not read costs nothing, however odd it is.
    let (listed, problems) = read_activities(&[
        &deep("splits"),
        r#"{"startTimeGmt":1715666400000,"calories":1e999}"#,
    ]);
    assert_eq!((listed.len(), problems), (2, vec![]));
}

#[test]
fn several_lists_are_numbered_through() {
    let text = format!(
        r#"[ {{"version": 2, "summarizedActivitiesExport": [{RUN}, {RUN}]}}, {{"summarizedActivitiesExport" :[]}},
        {{"summarizedActivitiesExport":[{RUN}]}} ]"#
    );
    let (facts, problems) = read_text(&text);
    assert_eq!(
        facts
            .activities
            .iter()
            .map(|listed| listed.place.as_str())
            .collect::<Vec<_>>(),
        ["entry 1", "entry 2", "entry 3"]
    );
    assert_eq!(problems, []);
}

#[test]
fn minified_indented_and_marked_files_say_the_same() {
    let value: serde_json::Value = serde_json::from_str(&export(&[RUN, RUN])).unwrap();
    let expected = read_text(&export(&[RUN, RUN]));
    for text in [
        serde_json::to_string(&value).unwrap(),
        serde_json::to_string_pretty(&value).unwrap(),
        format!("\u{feff}{value}\r\n"),
        format!(" \n\t{value}"),
    ] {
        assert!(is_export(text.as_bytes(), "x"));
        assert_eq!(read_text(&text), expected);
    }
}

#[test]
fn a_cut_file_gives_its_whole_entries() {
    let whole = export(&[RUN, RUN, RUN]);
    let second_ends = export(&[RUN, RUN]).len() - "]}]".len();
    for (length, entries) in [
        (whole.len() - 1, 3),
        (whole.len() - 3, 3),
        (whole.len() - 4, 2),
        (second_ends + 20, 2),
        (second_ends, 2),
        (second_ends - 1, 1),
        (RUN.len() / 2, 0),
    ] {
        let (facts, problems) = read_text(&whole[..length]);
        assert_eq!(facts.activities.len(), entries, "{length}");
        let effect = if entries == 0 {
            Effect::Failed
        } else {
            Effect::PartLost
        };
        assert_eq!(
            places(&problems),
            [(
                Code::ExportDamaged,
                effect,
                format!("byte {length}").as_str()
            )]
        );
    }
}

#[test]
fn a_lost_or_doubled_bracket_is_told() {
    let text = format!(r#"[{{"summarizedActivitiesExport":[{RUN}],{RUN}]}}]"#);
    let (facts, problems) = read_text(&text);
    assert_eq!(facts.activities.len(), 1);
    assert_eq!(
        problems
            .iter()
            .map(|problem| problem.code)
            .collect::<Vec<_>>(),
        [Code::ExportDamaged]
    );
}

#[test]
fn broken_characters_cost_a_title_and_nothing_else() {
    let mut bytes = export(&[RUN]).into_bytes();
    let at = bytes.windows(5).position(|word| word == b"hills").unwrap();
    bytes[at] = 0xFF;
    let (facts, problems) = read(&bytes, "").unwrap();
    assert_eq!(
        facts.activities[0].activity.name.as_deref(),
        Some("Morning \u{fffd}ills")
    );
    assert_eq!(
        places(&problems),
        [(Code::TextEncoding, Effect::Noted, "entry 1")]
    );
}

const GEAR: &str = r#"[{"gearActivityDTOs": {"101": [{"activityId": 16000000001, "gearPk": 101}, {"activityId": 16000000002}],
        "102": [{"activityId": 16000000003, "gearPk": 102}], "103": [{"activityId": 16000000004, "gearPk": 103}], "104": []},
    "gearDTOS": [
        {"gearPk": 101, "uuid": "a", "displayName": null, "customMakeModel": "Quick Fox 3", "gearTypeName": "Shoes",
         "gearStatusName": "retired", "dateBegin": "2023-02-01T00:00:00.0", "dateEnd": "2023-11-30T12:00:00.0", "maximumMeters": 700000.0},
        {"gearPk": 102, "displayName": "My road bike", "gearTypeName": "Bike", "gearStatusName": "active"},
        {"gearPk": 103, "displayName": "Race day", "customMakeModel": "Lazy Dog 1", "gearTypeName": "Shoes",
         "gearStatusName": "active", "dateBegin": 1704067200000, "dateEnd": null, "maximumMeters": 0},
        {"gearPk": 104, "displayName": " ", "gearTypeName": "Shoes"}],
    "gearCollections": []}]"#;

#[test]
fn shoes_and_what_they_were_worn_on() {
    let (facts, problems) = read_text(GEAR);
    let (retired, since, until) = (
        Some(true),
        Some(date("2023-02-01")),
        Some(date("2023-11-30")),
    );
    assert_eq!(problems, []);
    assert_eq!(
        facts.shoes,
        [
            Shoe {
                key: "101".into(),
                name: "Quick Fox 3".into(),
                retired,
                since,
                until,
                limit_m: Some(700_000.0)
            },
            Shoe {
                key: "103".into(),
                name: "Race day".into(),
                retired: Some(false),
                since: Some(date("2024-01-01")),
                ..Shoe::default()
            },
            Shoe {
                key: "104".into(),
                name: "Shoe 104".into(),
                ..Shoe::default()
            },
        ]
    );
    let worn = |activity: &str, shoe: &str| Worn {
        activity: activity.into(),
        shoe: shoe.into(),
    };
    assert_eq!(
        facts.worn,
        [
            worn("16000000001", "101"),
            worn("16000000002", "101"),
            worn("16000000004", "103")
        ]
    );
}

#[test]
fn gear_without_numbers_is_counted() {
    let text = r#"{"gearDTOS":[{"gearTypeName":"Shoes"},{"gearPk":1.0,"gearTypeName":"shoes","dateBegin":"some day"},
        {"gearPk":1,"gearTypeName":"Shoes","displayName":"Again"}, 5],
        "gearActivityDTOs":{"1":[{"activityId":"9"},{"gearPk":1},{"activityId":1.5}],"2":7}}"#;
    let (facts, problems) = read_text(text);
    assert_eq!(
        facts.shoes,
        [Shoe {
            key: "1".into(),
            name: "Shoe 1".into(),
            ..Shoe::default()
        }]
    );
    assert_eq!(
        facts.worn,
        [Worn {
            activity: "9".into(),
            shoe: "1".into()
        }]
    );
    let lost = (Code::ExportDamaged, Effect::PartLost);
    assert_eq!(
        places(&problems),
        [
            (lost.0, lost.1, "gear 4"),
            (lost.0, lost.1, "gear 1"),
            (lost.0, lost.1, "link 2")
        ]
    );
}

/// The nights of entries, all dated, and the codes of what was wrong.
fn check_nights(entries: &str, expected: &[(&str, f64)], codes: &[Code]) {
    let text =
        format!(r#"[{{"calendarDate":"2024-05-01","sleepStartTimestampGMT":null}},{entries}]"#);
    let (facts, problems) = read_text(&text);
    let nights: Vec<_> = expected
        .iter()
        .map(|(day, asleep_s)| Night {
            date: date(day),
            asleep_s: *asleep_s,
        })
        .collect();
    assert_eq!(facts.nights, nights, "{entries}");
    assert_eq!(
        problems
            .iter()
            .map(|problem| problem.code)
            .collect::<Vec<_>>(),
        codes,
        "{entries}"
    );
}

#[test]
fn nights_are_deep_light_and_rem() {
    let measured = r#"{"sleepStartTimestampGMT":"2024-05-14T21:41:04.0","sleepEndTimestampGMT":"2024-05-15T05:01:04.0",
        "calendarDate":"2024-05-15","sleepWindowConfirmationType":"ENHANCED_CONFIRMED_FINAL","deepSleepSeconds":6720,
        "lightSleepSeconds":11460,"remSleepSeconds":1920,"awakeSleepSeconds":2700,"unmeasurableSeconds":60,
        "napList":[{"napTimeSec":1800}]}"#;
    check_nights(measured, &[("2024-05-15", 20_100.0)], &[]);
    // Old watches know no REM.
    let old = r#"{"calendarDate":"2016-05-14","deepSleepSeconds":15000,"lightSleepSeconds":9000,"remSleepSeconds":null}"#;
    check_nights(old, &[("2016-05-14", 24_000.0)], &[]);
    // By date, and the later of two entries for one.
    let twice = r#"{"calendarDate":"2016-05-14","lightSleepSeconds":9000}"#;
    check_nights(
        &format!("{measured},{old},{twice}"),
        &[("2016-05-14", 9000.0), ("2024-05-15", 20_100.0)],
        &[],
    );
}

#[test]
fn nights_that_were_not_measured_are_no_nights() {
    for entry in [
        r#"{"retro":false}"#,
        r#"{"calendarDate":"2024-05-15","deepSleepSeconds":0,"lightSleepSeconds":0,"remSleepSeconds":0}"#,
        r#"{"calendarDate":"2024-05-15","sleepStartTimestampGMT":"2024-05-14T21:00:00.0","sleepEndTimestampGMT":"2024-05-15T05:00:00.0","awakeSleepSeconds":600}"#,
        r#"{"calendarDate":"2024-05-15","lightSleepSeconds":600,"unmeasurableSeconds":25000}"#,
        r#"{"calendarDate":"2024-05-15","lightSleepSeconds":9000,"sleepWindowConfirmationType":"OFF_WRIST"}"#,
    ] {
        check_nights(entry, &[], &[]);
    }
    for (entry, code) in [
        (
            r#"{"calendarDate":"yesterday","lightSleepSeconds":9000}"#,
            Code::ExportDamaged,
        ),
        (r#"{"lightSleepSeconds":9000}"#, Code::ExportDamaged),
        (
            r#"{"calendarDate":"2024-05-15","lightSleepSeconds":9000,"deepSleepSeconds":-60}"#,
            Code::BadValue,
        ),
        (
            r#"{"calendarDate":"2024-05-15","lightSleepSeconds":9000,"deepSleepSeconds":"long"}"#,
            Code::BadValue,
        ),
        (
            r#"{"calendarDate":"2024-05-15","lightSleepSeconds":60000,"deepSleepSeconds":60000}"#,
            Code::BadValue,
        ),
        (
            r#"{"calendarDate":"2024-05-15","lightSleepSeconds":90OO}"#,
            Code::ExportDamaged,
        ),
    ] {
        check_nights(entry, &[], &[code]);
    }
}

#[test]
fn heart_rates_are_those_for_running() {
    let zone = |sport: &str, rest: &str, max: &str| {
        format!(
            r#"{{"trainingMethod":"HR_RESERVE","restingHeartRateUsed":{rest},"maxHeartRateUsed":{max},"zone1Floor":110{sport}}}"#
        )
    };
    let running = zone(r#","sport":"RUNNING""#, "47", "188");
    let default = zone(r#","sport":"DEFAULT""#, "51", "185");
    let cycling = zone(r#","sport":"CYCLING""#, "50", "179");
    for (entries, rest, max) in [
        (vec![&cycling, &default, &running], Some(47.0), Some(188.0)),
        (vec![&cycling, &default], Some(51.0), Some(185.0)),
        (vec![&cycling], None, None),
        (vec![&zone("", "0", "190.0")], None, Some(190.0)),
        (
            vec![&default, &zone(r#","sport":"RUNNING""#, "null", "191")],
            Some(51.0),
            Some(191.0),
        ),
        (vec![&zone("", "49", "1e6")], Some(49.0), None),
    ] {
        let text = format!(
            "[{}]",
            entries
                .iter()
                .map(|entry| entry.as_str())
                .collect::<Vec<_>>()
                .join(",")
        );
        let expected = Athlete {
            heart_rate_rest_bpm: rest,
            heart_rate_max_bpm: max,
            ..Athlete::default()
        };
        assert_eq!(read_text(&text).0.athlete, expected, "{text}");
    }
}

#[test]
fn the_latest_weight_is_taken() {
    let weight = |day: &str, weight: &str| {
        format!(r#"{{"metaData":{{"calendarDate":{day},"sequence":1}},"weight":{weight}}}"#)
    };
    let june = weight(
        r#""2024-06-02T07:00:00.0""#,
        r#"{"weight":63500.0,"sourceType":"INDEX_SCALE"}"#,
    );
    let may = weight(r#""2024-05-02T07:00:00.0""#, r#"{"weight":65000}"#);
    for (entries, kg, codes) in [
        (vec![&june, &may], Some(63.5), vec![]),
        (
            vec![
                &may,
                &weight(r#""2024-05-02T20:00:00.0""#, "64000"),
                &weight(r#""2024-07-01""#, "null"),
            ],
            Some(64.0),
            vec![],
        ),
        (
            vec![&may, &weight("[2024,5,3,6,30]", r#"{"weight":64500}"#)],
            Some(64.5),
            vec![],
        ),
        (
            vec![&may, &weight(r#""2024-07-01""#, r#"{"weight":0}"#)],
            Some(65.0),
            vec![],
        ),
        (
            vec![&may, &weight(r#""2024-07-01""#, r#"{"weight":-1}"#)],
            Some(65.0),
            vec![Code::BadValue],
        ),
        (
            vec![&may, &weight("[2024,13]", r#"{"weight":64500}"#)],
            Some(65.0),
            vec![Code::ExportDamaged],
        ),
    ] {
        let text = format!(
            "[{}]",
            entries
                .iter()
                .map(|entry| entry.as_str())
                .collect::<Vec<_>>()
                .join(",")
        );
        let (facts, problems) = read_text(&text);
        assert_eq!(
            facts.athlete,
            Athlete {
                weight_kg: kg,
                ..Athlete::default()
            },
            "{text}"
        );
        assert_eq!(
            problems
                .iter()
                .map(|problem| problem.code)
                .collect::<Vec<_>>(),
            codes,
            "{text}"
        );
    }
}

#[test]
fn files_are_known_by_their_keys_and_empty_ones_by_name() {
    for (head, name, expected) in [
        (export(&[RUN]).as_str(), "a.json", true),
        (&export(&[RUN])[..50], "a.json", true),
        (GEAR, "a.json", true),
        ("[{\"x\":1,\n \"maxHeartRateUsed\" : 1", "a", true),
        ("[]", "runner_0_summarizedActivities.json", true),
        (
            "\u{feff}[ ]",
            "DI-Connect-Wellness/7_heartRateZones.json",
            true,
        ),
        (
            "[{\"retro\":false}]",
            "2024-01-01_2024-04-10_7_sleepData.json",
            true,
        ),
        ("[]", "7_powerZones.json", false),
        (
            r#"[{"comment":"summarizedActivitiesExport"}]"#,
            "a.json",
            false,
        ),
        (
            r#"summarizedActivitiesExport: "summarizedActivitiesExport":"#,
            "7_gear.json",
            false,
        ),
        (
            r#"[{"calendarDate":"2024-05-15","totalSteps":9000,"restingHeartRate":50}]"#,
            "UDSFile_1.json",
            false,
        ),
        ("", "7_gear.json", false),
        ("id,date\n", "activities.csv", false),
    ] {
        assert_eq!(is_export(head.as_bytes(), name), expected, "{name}: {head}");
        assert_eq!(
            read(head.as_bytes(), name).is_some(),
            expected,
            "{name}: {head}"
        );
    }
    // Whatever stands before the keys, as long as they are in the head.
    let late = format!(
        r#"[{{"filler":"{}",{}"#,
        "x".repeat(60_000),
        &export(&[RUN])[2..]
    );
    assert_eq!(read_text(&late).0.activities.len(), 1);
}

#[test]
fn a_list_without_end_is_bounded() {
    let text =
        export(&[&vec![r#"{"startTimeGmt":1715666400000}"#; reader::ENTRIES_MAX + 5].join(",")]);
    let (facts, problems) = read_text(&text);
    assert_eq!(facts.activities.len(), reader::ENTRIES_MAX);
    assert_eq!(
        places(&problems),
        [(Code::TooLarge, Effect::PartLost, "entry 100001")]
    );
    let long = format!(
        r#"{{"startTimeGmt":1715666400000,"name":"{}"}}"#,
        "x".repeat(reader::ENTRY_BYTES_MAX)
    );
    let (listed, problems) = read_activities(&[RUN, &long]);
    assert_eq!(
        (listed.len(), places(&problems)),
        (1, vec![(Code::ExportDamaged, Effect::PartLost, "entry 2")])
    );
}

/// A file with some of its bytes replaced.
fn mutated(text: &str, edits: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (index, byte) in edits {
        let index = index.index(bytes.len());
        bytes[index] = *byte;
    }
    bytes
}

proptest! {
    #[test]
    fn mutated_files_never_panic_and_stay_in_range(
        which in 0..5_usize,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u8>(), prop::sample::select(b"[]{}\",:\\-9e".to_vec())]), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let night = r#"[{"calendarDate":"2024-05-15","deepSleepSeconds":6720,"lightSleepSeconds":11460,"remSleepSeconds":1920}]"#;
        let zones = r#"[{"restingHeartRateUsed":51,"maxHeartRateUsed":185,"sport":"DEFAULT"}]"#;
        let weight = r#"[{"metaData":{"calendarDate":"2024-06-02"},"weight":{"weight":63500.0}}]"#;
        let activities = export(&[RUN, RUN, RUN]);
        let (text, name) = [
            (activities.as_str(), "_summarizedActivities.json"),
            (GEAR, "_gear.json"),
            (night, "_sleepData.json"),
            (zones, "_heartRateZones.json"),
            (weight, "_userBioMetrics.json"),
        ][which];
        let bytes = mutated(text, &edits);
        let bytes = &bytes[..=cut.index(bytes.len())];
        prop_assert_eq!(is_export(bytes, name), read(bytes, name).is_some());
        if let Some((facts, _)) = read(bytes, name) {
            let totals = facts.activities.iter().map(|listed| listed.activity.totals);
            for value in totals.flat_map(|t| [t.distance_m, t.timer_s, t.ascent_m, t.session_rpe]).flatten() {
                prop_assert!(value.is_finite() && value >= 0.0);
            }
            prop_assert!(facts.nights.iter().all(|night| (0.0..=86_400.0).contains(&night.asleep_s)));
        }
    }

    #[test]
    fn damage_inside_one_entry_leaves_the_others(at in any::<prop::sample::Index>(), byte in prop::sample::select(b"x9 -.e\xFF".to_vec())) {
        // No bracket, quote or backslash is lost or added, so only the middle entry can be hurt.
        let text = export(&[RUN, RUN, RUN]);
        let begin = export(&[RUN]).len() - "]}]".len() + 1;
        let at = begin + at.index(RUN.len());
        let mut bytes = text.into_bytes();
        prop_assume!(!b"[]{}\"\\".contains(&bytes[at]));
        bytes[at] = byte;
        let places: Vec<String> = read(&bytes, "").unwrap().0.activities.into_iter().map(|listed| listed.place).collect();
        prop_assert!(places.contains(&"entry 1".to_string()) && places.contains(&"entry 3".to_string()), "{:?}", places);
    }
}
