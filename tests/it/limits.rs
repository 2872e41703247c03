//! Limits and the emergency number that a runner sets, end to end; and a pain log that is years older than the runs.
//!
//! The runner is invented: 4.8 km every other day for twelve weeks, but 5.36 km on the last Saturday: 12 % more than any run
//! before (11.67 %).

use crate::common::{gpx_run, niggle};
use chrono::{NaiveDate, TimeDelta};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

const DAYS: i64 = 82;

fn first_day() -> NaiveDate {
    "2025-03-03".parse().unwrap()
}

/// The recordings, written once.
fn recordings() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        for day in (0..=DAYS).step_by(2) {
            let date = first_day() + TimeDelta::days(day);
            let metres = if day == DAYS { 5360.0 } else { 4800.0 };
            fs::write(
                folder.path().join(format!("{date}.gpx")),
                gpx_run(date, metres),
            )
            .unwrap();
        }
        folder
    });
    folder.path()
}

/// Every file of the report, by its path in the folder.
struct Report(BTreeMap<PathBuf, Vec<u8>>);

impl Report {
    fn text(&self, name: &str) -> String {
        String::from_utf8(self.0[Path::new(name)].clone()).expect("UTF-8")
    }

    fn json(&self) -> serde_json::Value {
        let json = serde_json::from_str(&self.text("findings.json")).expect("JSON");
        crate::schemas::assert_keeps("findings", &json);
        json
    }

    /// The findings of a rule.
    fn findings(&self, rule: &str) -> Vec<serde_json::Value> {
        let json = self.json();
        json["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .filter(|f| f["rule"] == rule)
            .cloned()
            .collect()
    }
}

fn report(log: &str, options: &[&str]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (out, file, runs) = (
        path("out"),
        path("pain.csv"),
        recordings().to_string_lossy().into_owned(),
    );
    fs::write(&file, log).unwrap();
    let mut arguments = vec!["report", &runs, "--out", &out, "--quiet", "--pain", &file];
    arguments.extend(options);
    let (code, _, stderr) = niggle(&arguments);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{options:?}");
    let mut files = BTreeMap::new();
    for folder in [PathBuf::from(&out), PathBuf::from(&out).join("charts")] {
        for entry in fs::read_dir(&folder)
            .unwrap()
            .map(Result::unwrap)
            .filter(|entry| entry.path().is_file())
        {
            let name = entry.path().strip_prefix(&out).unwrap().to_path_buf();
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    Report(files)
}

/// A sore knee on 17 April after seven days without, the fewest that make it a new spell.
const LOG: &str = "date,site,side,pain\n2025-04-10,none,,0\n2025-04-11,none,,0\n2025-04-12,none,,0\n2025-04-13,none,,0\n\
                   2025-04-14,none,,0\n2025-04-15,none,,0\n2025-04-16,none,,0\n2025-04-17,knee,left,3\n2025-04-18,none,,0\n";

#[test]
fn a_limit_decides_what_is_flagged_and_the_report_says_so() {
    let plain = report(LOG, &[]);
    let [spike] = &plain.findings("single-run-spike")[..] else {
        panic!("one spike, 12 %")
    };
    assert_eq!(spike["limit"], 10.0);
    assert_eq!(plain.json()["limits_changed"], serde_json::json!([]));
    assert!(!plain.text("report.md").contains("changed by you"));

    let higher = report(LOG, &["--limit", "single-run-spike.small-jump-percent=15"]);
    assert!(
        higher.findings("single-run-spike").is_empty(),
        "12 % is under 15 %"
    );
    let changed = serde_json::json!([
        {"rule": "single-run-spike", "limit": "small_jump_percent", "default": 10.0, "value": 15.0}
    ]);
    assert_eq!(higher.json()["limits_changed"], changed);
    assert!(
        higher
            .text("data_dictionary.md")
            .contains("| limits_changed[] | `rule`, `limit`, `default`, `value` |")
    );
    for (page, said) in [
        (
            "report.md",
            "**Limits changed by you:** single-run-spike.small-jump-percent = 15 (default 10).",
        ),
        ("rules.md", "`small_jump_percent` = 15 (changed by you;"),
        // 15 % over 5.36 km is 6.16 km.
        (
            "report.md",
            "Next run: beyond **6.2 km** a rule would speak",
        ),
    ] {
        let text = higher.text(page);
        assert!(text.contains(said), "not said: {said}\n{text}");
    }

    // 4.8 km after 4.8 km is no step; so is no more than 11.67 % anywhere, and 11 % is under it.
    let lower = report(LOG, &["--limit", "single-run-spike.small-jump-percent=11"]);
    let [spike] = &lower.findings("single-run-spike")[..] else {
        panic!("one spike over 11 %")
    };
    assert_eq!(spike["limit"], 11.0);
    let text = lower.text("report.md");
    let brackets =
        "limit 11 %; evidence moderate, limits changed by you, [why](rules.md#single-run-spike))";
    assert!(text.contains(brackets), "{text}");
}

#[test]
fn the_look_back_uses_the_same_limits() {
    // The day of the longer run; a flag while nothing is logged says nothing of the place.
    let logged = format!("{LOG}2025-05-24,none,,0\n");
    let pairs = |log: &str, options: &[&str]| {
        let json = report(log, options).json();
        let pairs = json["backtest"]["pairs"].as_array().expect("pairs").clone();
        pairs
            .iter()
            .filter(|pair| pair["rule"] == "single-run-spike")
            .map(|pair| pair["flags"].clone())
            .collect::<Vec<serde_json::Value>>()
    };
    assert_eq!(
        (pairs(&logged, &[]), pairs(LOG, &[])),
        (vec![1.into()], vec![0.into()])
    );
    let higher = ["--limit", "single-run-spike.small-jump-percent=15"];
    assert!(pairs(&logged, &higher).is_empty());
}

#[test]
fn equal_options_give_equal_bytes() {
    let plain = report(LOG, &[]).0;
    let default = [
        "--limit",
        "single-run-spike.small-jump-percent=10",
        "--emergency-number",
        "112, 911 or 999",
    ];
    assert!(
        report(LOG, &default).0 == plain,
        "the defaults, said aloud, change nothing"
    );
    let (spike, ratio) = (
        "single-run-spike.small-jump-percent=15",
        "acwr-high.coupled-ratio=1.2",
    );
    let one = report(LOG, &["--limit", spike, "--limit", ratio]).0;
    assert!(
        one == report(LOG, &["--limit", ratio, "--limit", spike]).0,
        "in any order"
    );
    assert!(one != plain);
}

#[test]
fn what_makes_no_sense_is_a_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out").to_string_lossy().into_owned();
    let runs = recordings().to_string_lossy().into_owned();
    for (option, value, words) in [
        (
            "--limit",
            "single-run-spik.small-jump-percent=15",
            "single-run-spike",
        ),
        ("--limit", "single-run-spike.share=15", "small-jump-percent"),
        (
            "--limit",
            "single-run-spike.small-jump-percent=nan",
            "a number from 0 to 1000",
        ),
        (
            "--limit",
            "single-run-spike.small-jump-percent=-5",
            "a number from 0 to 1000",
        ),
        (
            "--limit",
            "red-flag-severe.severe-pain=10",
            "cannot be changed",
        ),
        (
            "--limit",
            "single-run-spike.small-jump-percent=150",
            "must not be above",
        ),
        ("--emergency-number", "call your neighbour", "digits"),
        ("--emergency-number", "", "digits"),
    ] {
        let (code, stdout, stderr) = niggle(&["report", &runs, "--out", &out, option, value]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{value}: {stderr}");
        assert!(stderr.contains(words), "{value}: {stderr}");
        assert!(!Path::new(&out).exists(), "nothing is written");
    }
}

#[test]
fn the_rule_names_the_option_that_works() {
    let (code, text, _) = niggle(&["rules", "single-run-spike"]);
    assert_eq!(code, Some(0));
    let option = "--limit single-run-spike.small-jump-percent=VALUE";
    assert!(text.contains(option), "{text}");
    let (_, fixed, _) = niggle(&["rules", "red-flag-severe"]);
    assert!(
        fixed.contains("Fixed: the triage table") && !fixed.contains("--limit"),
        "{fixed}"
    );
}

#[test]
fn the_emergency_number_is_the_readers() {
    let log = "date,site,side,pain,signs\n2025-05-23,none,,0,chest_pain\n2025-05-24,lower_back,,4,bladder_bowel\n";
    let (plain, own) = (
        report(log, &[]),
        report(log, &["--emergency-number", "000"]),
    );
    for rule in ["red-flag-chest", "red-flag-back"] {
        for (report, number) in [
            (&plain, "your emergency number (112, 911 or 999)"),
            (&own, "your emergency number (000)"),
        ] {
            let [found] = &report.findings(rule)[..] else {
                panic!("{rule}")
            };
            let message = found["message"].as_str().expect("a message");
            assert!(message.contains(number), "{message}");
            // Both are about the whole body, of which the first asks; the other is a reason.
            let instruction = found["instruction"].as_str().expect("an instruction");
            let facts = message
                .strip_suffix(instruction)
                .expect("it ends so")
                .trim();
            let (text, asks) = (report.text("report.md"), rule == "red-flag-chest");
            let top = text.split("\n## ").next().unwrap();
            assert!(
                text.contains(facts) && (top.contains(facts) && top.contains(instruction)) == asks,
                "{message}"
            );
        }
    }
    for name in ["report.md", "findings.json"] {
        assert!(
            !own.text(name).contains("911"),
            "{name}: another country's number"
        );
    }
}

#[test]
fn a_pain_log_years_older_than_the_runs() {
    let old = "date,site,side,pain,signs\n2009-06-01,none,,0,chest_pain\n2009-06-02,knee,left,4,\n2025-04-10,none,,0,\n";
    let report = report(old, &[]);
    // 366 days before 3 March 2025.
    assert_eq!(report.json()["period"]["from"], "2024-03-02");
    let days = report.text("days.csv");
    assert_eq!(
        days.lines().nth(1).and_then(|line| line.split(',').next()),
        Some("2024-03-02")
    );
    let text = report.text("report.md");
    let said = "2 rows of your pain log lie more than a year before your first recorded run. The rules about pain and the red flags \
                read them; tables and pictures begin on 2 Mar 2024.";
    assert!(text.contains(said), "{text}");
    let history = text.split("\n## Earlier").nth(1).expect("history");
    assert!(
        history.contains("On 1 Jun 2009 you logged chest pain."),
        "{history}"
    );
}

#[test]
fn the_last_fourteen_days_are_those_of_the_red_flags() {
    // The report speaks from 24 May; 10 May is 14 days before, 9 May is history. Sleep says nothing about pain.
    let of = |day: &str| {
        format!(
            "date,site,side,pain,signs,sleep_h\n{day},calf,left,2,numbness,\n2025-05-20,,,,,7\n"
        )
    };
    let (current, before) = (
        report(&of("2025-05-10"), &[]).text("report.md"),
        report(&of("2025-05-09"), &[]).text("report.md"),
    );
    let flags = |text: &str| {
        text.split("## Everything said of the last 14 days")
            .nth(1)
            .and_then(|t| t.split("\n## ").next())
            .unwrap()
            .to_string()
    };
    assert!(
        flags(&current).contains("10 May 2025 you logged numbness (left calf)")
            && !flags(&current).contains("**Red flags:**"),
        "{current}"
    );
    assert!(current.contains("on 10 May 2025"), "{current}");
    let since = "Nothing about pain was logged in the last 14 days (since 10 May 2025), so nothing can be said about them.";
    assert!(
        flags(&before).contains(since) && before.contains("\n## Earlier"),
        "{before}"
    );
    let quiet = report(
        "date,site,pain\n2025-05-10,none,0\n2025-05-09,none,0\n2025-05-24,none,0\n",
        &[],
    )
    .text("report.md");
    assert!(
        flags(&quiet)
            .contains("None in the 2 rows logged in the last 14 days (since 10 May 2025)."),
        "{quiet}"
    );
}

#[test]
fn a_report_in_miles_speaks_of_no_kilometre() {
    let limits = [
        "weekly-volume-high.week-m=10000",
        "single-run-spike.minimum-distance-m=1000",
    ];
    let options: Vec<&str> = ["--units", "mi"]
        .into_iter()
        .chain(limits.iter().flat_map(|l| ["--limit", l]))
        .collect();
    let found = report("date,site,pain\n2025-05-24,left knee,6\n", &options);
    assert!(!found.findings("weekly-volume-high").is_empty());
    let report = found.text("report.md");
    let kilometres: Vec<&str> = report.lines().filter(|line| line.contains(" km")).collect();
    assert!(kilometres.is_empty(), "{kilometres:#?}");
    let weekly: Vec<&str> = report
        .lines()
        .filter(|line| line.contains(" mi in one week"))
        .collect();
    assert!(
        weekly.iter().any(|line| line.contains("limit 6.2 mi")),
        "{weekly:#?}"
    );
    let json = &found.findings("weekly-volume-high")[0];
    assert_eq!(
        (json["unit"].as_str(), json["limit"].as_f64()),
        (Some("m"), Some(10_000.0)),
        "files are SI: {json}"
    );
}
