//! Shoes and sleep from every source, end to end: the pain log, Garmin's gear, Strava's gear and Garmin's sleep reach the table, the
//! rules and the report.

use crate::common::gpx_run;
use chrono::{NaiveDate, TimeDelta};
use niggle::{config::Config, ingest::Silent, pipeline};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// Runs every other day of 12.96 km: 38 of them are 492 km, past the 483 km at which shoes are a note, and 37 are 480 km.
const RUNS: i64 = 38;
const RUN_M: f64 = 12_960.0;

fn first_day() -> NaiveDate {
    "2025-03-01".parse().unwrap()
}

fn run_days(runs: i64) -> impl Iterator<Item = NaiveDate> {
    (0..runs).map(|run| first_day() + TimeDelta::days(2 * run))
}

/// report.md, findings.json and runs.csv of a folder with all that the runner has.
fn report(folder: &Path, log: Option<&Path>) -> (String, Value, String) {
    let out = tempfile::tempdir().unwrap();
    let config = Config {
        inputs: vec![folder.to_path_buf()],
        pain_log: log.map(Path::to_path_buf),
        output: out.path().to_path_buf(),
        ..Config::default()
    };
    pipeline::run(&config, &Silent).unwrap();
    let read = |name: &str| fs::read_to_string(out.path().join(name)).unwrap();
    let findings = serde_json::from_str(&read("findings.json")).unwrap();
    crate::schemas::assert_keeps("findings", &findings);
    (read("report.md"), findings, read("runs.csv"))
}

/// The findings of a rule: severity and observed value.
fn of_rule<'a>(findings: &'a Value, rule: &str) -> Vec<(&'a str, f64)> {
    let all = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["rule"] == rule);
    all.map(|finding| {
        (
            finding["severity"].as_str().unwrap(),
            finding["observed"].as_f64().unwrap(),
        )
    })
    .collect()
}

/// What the last run's row says of its shoe.
fn last_shoe(runs_csv: &str) -> (String, f64) {
    let mut lines = runs_csv.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let last: Vec<&str> = lines.last().unwrap().split(',').collect();
    let cell = |name: &str| last[names.iter().position(|column| *column == name).unwrap()];
    (
        cell("shoe").to_string(),
        cell("shoe_distance_m").parse().unwrap(),
    )
}

/// The shoe is known, its distance is that of all runs, the rule speaks from 483 km on and not before.
fn check_shoe(source: &str, folder_of: impl Fn(i64) -> tempfile::TempDir, log: bool) {
    for (runs, speaks) in [(RUNS, true), (RUNS - 1, false)] {
        let folder = folder_of(runs);
        let log_file = folder.path().join("log.csv");
        let (page, findings, runs_csv) = report(folder.path(), log.then_some(log_file.as_path()));
        let (shoe, metres) = last_shoe(&runs_csv);
        assert_eq!(shoe, "Blue ones", "{source}");
        let expected_m = runs as f64 * RUN_M;
        assert!(
            (metres - expected_m).abs() < 0.001 * expected_m,
            "{source}: {metres} m of {expected_m}"
        );
        let found = of_rule(&findings, "shoe-distance");
        assert_eq!(
            found
                .iter()
                .map(|(severity, _)| *severity)
                .collect::<Vec<_>>(),
            vec!["note"; usize::from(speaks)]
        );
        assert!(
            found
                .iter()
                .all(|(_, metres)| (metres - 492_500.0).abs() < 500.0),
            "{source}: {found:?}"
        );
        assert_eq!(
            page.contains("492 km recorded on these shoes (Blue ones)."),
            speaks,
            "{source}"
        );
        assert!(
            page.contains("Blue ones"),
            "{source}: the shoe is listed beside running"
        );
    }
}

fn folder_of(entries: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in entries {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn recorded(runs: i64, log: String) -> tempfile::TempDir {
    let folder = folder_of(&[("log.csv", log)]);
    for date in run_days(runs) {
        fs::write(
            folder.path().join(format!("{date}.gpx")),
            gpx_run(date, RUN_M),
        )
        .unwrap();
    }
    folder
}

/// Garmin's list of activities, runs without a recording; ids from 7000 on.
fn garmin_summaries(runs: i64) -> String {
    let entry = |(index, date): (usize, NaiveDate)| {
        let start_ms = date
            .and_hms_opt(7, 0, 0)
            .unwrap()
            .and_utc()
            .timestamp_millis();
        json!({"activityId": 7000 + index, "name": "Loop", "activityType": "running", "beginTimestamp": start_ms,
               "startTimeGmt": start_ms, "startTimeLocal": start_ms + 3_600_000, "distance": RUN_M * 100.0,
               "duration": 4_800_000.0, "elapsedDuration": 4_800_000.0})
    };
    let list: Vec<Value> = run_days(runs).enumerate().map(entry).collect();
    json!([{"summarizedActivitiesExport": list}]).to_string()
}

const FITNESS: &str = "DI_CONNECT/DI-Connect-Fitness/runner_0_summarizedActivities.json";

#[test]
fn shoes_come_from_the_log() {
    let log = |runs: i64| {
        let rows: String = run_days(runs)
            .map(|date| format!("{date},none,0,Blue ones\n"))
            .collect();
        recorded(runs, format!("date,site,pain,shoe\n{rows}"))
    };
    check_shoe("log", log, true);
}

#[test]
fn shoes_come_from_garmins_gear() {
    let garmin = |runs: i64| {
        let worn: Vec<Value> = (0..runs)
            .map(|n| json!({"activityId": 7000 + n, "gearPk": 5}))
            .collect();
        let gear = json!([{"gearDTOS": [{"gearPk": 5, "displayName": "Blue ones", "gearTypeName": "Shoes",
                                        "gearStatusName": "active"}],
                           "gearActivityDTOs": {"5": worn}}]);
        folder_of(&[
            (FITNESS, garmin_summaries(runs)),
            (
                "DI_CONNECT/DI-Connect-Fitness/runner_gear.json",
                gear.to_string(),
            ),
        ])
    };
    check_shoe("Garmin", garmin, false);
}

#[test]
fn shoes_come_from_stravas_gear() {
    let strava = |runs: i64| {
        let header = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Gear,Filename,Elapsed Time,Moving Time,Distance";
        let row = |(index, date): (usize, NaiveDate)| {
            let date = date.format("%b %-d, %Y, 7:00:00 AM");
            format!(
                "{},\"{date}\",Loop,Run,Fast Blue,,4800.0,4800.0,{RUN_M}\n",
                900 + index
            )
        };
        let rows: String = run_days(runs).enumerate().map(row).collect();
        let shoes =
            "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nBlue ones,Fast,Blue,\n";
        folder_of(&[
            ("activities.csv", format!("{header}\n{rows}")),
            ("shoes.csv", shoes.to_string()),
        ])
    };
    check_shoe("Strava", strava, false);
}

/// The gear of the account goes before the log's word on the same run.
#[test]
fn the_accounts_gear_goes_before_the_log() {
    let worn: Vec<Value> = (0..RUNS)
        .map(|n| json!({"activityId": 7000 + n, "gearPk": 5}))
        .collect();
    let gear = json!([{"gearDTOS": [{"gearPk": 5, "displayName": "Blue ones", "gearTypeName": "Shoes"}],
                       "gearActivityDTOs": {"5": worn}}]);
    let rows: String = run_days(RUNS)
        .map(|date| format!("{date},none,0,Old ones\n"))
        .collect();
    let folder = folder_of(&[
        (FITNESS, garmin_summaries(RUNS)),
        (
            "DI_CONNECT/DI-Connect-Fitness/runner_gear.json",
            gear.to_string(),
        ),
        ("log.csv", format!("date,site,pain,shoe\n{rows}")),
    ]);
    let (_, _, runs_csv) = report(folder.path(), Some(&folder.path().join("log.csv")));
    assert_eq!(last_shoe(&runs_csv).0, "Blue ones");
    assert!(!runs_csv.contains("Old ones"));
}

/// The last 14 mornings of the runner.
fn mornings() -> impl Iterator<Item = NaiveDate> {
    let last = run_days(RUNS).last().unwrap();
    (0..14).map(move |back| last - TimeDelta::days(back))
}

fn slept_in_log(hours: f64) -> String {
    mornings().fold("date,site,pain,sleep_h\n".to_string(), |text, date| {
        text + &format!("{date},none,0,{hours}\n")
    })
}

fn slept_by_watch(hours: f64) -> String {
    let night = |date: NaiveDate| {
        let asleep_s = hours * 3600.0;
        json!({"calendarDate": date, "sleepStartTimestampGMT": format!("{}T22:00:00.0", date - TimeDelta::days(1)),
               "sleepEndTimestampGMT": format!("{date}T06:00:00.0"), "deepSleepSeconds": asleep_s / 2.0,
               "lightSleepSeconds": asleep_s / 2.0, "remSleepSeconds": 0, "awakeSleepSeconds": 600})
    };
    Value::from(mornings().map(night).collect::<Vec<_>>()).to_string()
}

/// The hours of the fortnight that sleep-short names, if it speaks.
fn fortnight(log: Option<f64>, watch: Option<f64>) -> Vec<(String, f64)> {
    let mut files = vec![(FITNESS, garmin_summaries(RUNS))];
    files.extend(log.map(|hours| ("log.csv", slept_in_log(hours))));
    files.extend(watch.map(|hours| {
        (
            "DI_CONNECT/DI-Connect-Wellness/2025_sleepData.json",
            slept_by_watch(hours),
        )
    }));
    let folder = folder_of(&files);
    let file = folder.path().join("log.csv");
    let (page, findings, _) = report(folder.path(), log.map(|_| file.as_path()));
    assert!(
        page.contains("Sleep is known for 14 of"),
        "{log:?} {watch:?}"
    );
    let found = of_rule(&findings, "sleep-short");
    assert_eq!(
        page.contains("You slept 6.5 h a night on average over two weeks"),
        !found.is_empty()
    );
    found
        .into_iter()
        .map(|(severity, hours)| (severity.to_string(), hours))
        .collect()
}

#[test]
fn sleep_comes_from_the_log_and_from_garmin() {
    let short = [("watch".to_string(), 6.5)];
    assert_eq!(fortnight(Some(6.5), None), short, "log");
    assert_eq!(fortnight(None, Some(6.5)), short, "Garmin");
    for (log, watch) in [(Some(7.5), None), (None, Some(7.5))] {
        assert_eq!(fortnight(log, watch), [], "{log:?} {watch:?}");
    }
    // What the runner wrote goes before what the watch thought.
    assert_eq!(fortnight(Some(6.5), Some(8.0)), short);
    assert_eq!(fortnight(Some(8.0), Some(6.5)), []);
}
