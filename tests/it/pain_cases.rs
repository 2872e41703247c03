//! Pain logs as people keep them (`tests/cases/pain-logs`), each with what must come of it: days and highest ratings, or a refusal
//! in one line.

use niggle::pain::{Options, PainLog, Side, Site, logged_days, read};
use serde_json::Value;
use std::{fs, path::PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/pain-logs")
}

/// The name of every case, and what is expected of it.
fn cases() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root()).expect("the cases") {
        let folder = entry.expect("a folder").path();
        let expected = fs::read_to_string(folder.join("expected.json")).expect("what is expected");
        let name = folder
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        found.push((name, serde_json::from_str(&expected).expect("JSON")));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn log_of(name: &str, expected: &Value) -> Result<PainLog, String> {
    let file = expected["file"].as_str().expect("a file");
    let bytes = fs::read(root().join(name).join(file)).expect("the log");
    read(&bytes, file, &Options::default()).map_err(|error| error.to_string())
}

fn highest(log: &PainLog, site: Site, side: Option<Side>) -> Option<f64> {
    let here = log
        .entries
        .iter()
        .filter(|entry| (entry.site, entry.side) == (Some(site), side));
    here.filter_map(|entry| entry.pain).reduce(f64::max)
}

/// Days on which every rating is 0.
fn zero_days(log: &PainLog) -> usize {
    let hurts = |day: &chrono::NaiveDate| {
        log.entries
            .iter()
            .any(|entry| entry.date == *day && entry.pain.is_some_and(|pain| pain > 0.0))
    };
    logged_days(log).iter().filter(|day| !hurts(day)).count()
}

#[test]
fn logs_are_read_or_refused_as_they_must() {
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for (name, expected) in cases() {
        let read = log_of(&name, &expected);
        let truth = &expected["truth"];
        if expected["refuse"] == Value::Bool(true) {
            tried += 1;
            let words: Vec<String> = expected["says"]
                .as_array()
                .into_iter()
                .flatten()
                .map(Value::to_string)
                .collect();
            match read {
                Ok(log) if log.rows > log.unusable_rows => {
                    wrong.push(format!("{name}: {} rows were read", log.rows))
                }
                Ok(_) => {}
                Err(line) => {
                    let says = |word: &String| line.to_lowercase().contains(word.trim_matches('"'));
                    if !words.is_empty() && !words.iter().any(says) || line.contains('\n') {
                        wrong.push(format!("{name}: {line}"));
                    }
                }
            }
            continue;
        }
        let Ok(log) = read else {
            if truth.get("days").is_some() {
                wrong.push(format!("{name}: refused: {}", read.unwrap_err()));
            }
            continue;
        };
        let found = [
            ("days", Some(logged_days(&log).len() as f64)),
            ("zero_days", Some(zero_days(&log) as f64)),
            ("left_knee_max", highest(&log, Site::Knee, Some(Side::Left))),
            (
                "right_shin_max",
                highest(&log, Site::Shin, Some(Side::Right)),
            ),
            ("knee_max", highest(&log, Site::Knee, None)),
            ("shin_max", highest(&log, Site::Shin, None)),
        ];
        for (key, found) in found {
            let Some(wanted) = truth.get(key).and_then(Value::as_f64) else {
                continue;
            };
            tried += 1;
            if found != Some(wanted) {
                wrong.push(format!("{name}: {key} is {found:?}, should be {wanted}"));
            }
        }
    }
    assert!(tried > 100, "{tried}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ostrc_answers_counted_from_one_are_turned_into_points() {
    let expected = cases()
        .into_iter()
        .find(|(name, _)| name == "04-ostrc-1-to-4")
        .expect("the case")
        .1;
    let log = log_of("04-ostrc-1-to-4", &expected).expect("a log");
    let severity = |day: &str| {
        let entry = log
            .entries
            .iter()
            .find(|entry| entry.date.to_string() == day)
            .expect("the week");
        niggle::pain::ostrc::score(entry.ostrc()).and_then(|score| score.severity)
    };
    assert_eq!(
        (severity("2025-08-31"), severity("2025-08-17")),
        (Some(0), Some(32))
    );
}
